// Package publish is the only room that writes the site. It writes it whole beside the
// published one, then puts it in its place at once: a build that fails, is killed or
// finds the disk full leaves the former site as it was, and no stale file survives.
package publish

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// Manifest is the file, at the root of the site, that lists every other file with its
// SHA-256, as the command sha256sum writes and checks them. A directory that has none
// was not written here, and is never replaced.
const Manifest = "manifeste.sha256"

// Stage is a site being written. It must be ended by Commit or Abort.
type Stage struct {
	out, dir string
	lock     *flock.Flock

	mode  fs.FileMode // of new files
	rooms sync.Map    // the directories made

	mu     sync.Mutex
	sums   map[string][sha256.Size]byte
	reused int

	packed *compression // nil: nothing is compressed

	former func() map[string]string // the manifest of the published site; nil when there is none
}

// Open prepares to replace the site in the directory out, which need not exist. It
// fails when another build is under way, when out holds something else than a site
// of ours, or when the directory beside it cannot be written; messages are in French.
func Open(out string) (*Stage, error) {
	out, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	if out, err = target(out); err != nil {
		return nil, err
	}
	// Refused before anything is written, a lock above all; what changes while it is written is looked at under the lock.
	if err := apart(out); err != nil {
		return nil, err
	}
	if _, err := written(out); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return nil, fmt.Errorf("le dossier qui doit recevoir le site ne peut être créé : %w", err)
	}
	lock := flock.New(beside(out, "lock"))
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("le dossier %s ne peut être écrit : %w", filepath.Dir(out), err)
	case !locked:
		return nil, fmt.Errorf("une autre construction de %s est en cours : attendez sa fin, puis relancez", out)
	}
	s := &Stage{out: out, dir: beside(out, "new"), lock: lock, sums: map[string][sha256.Size]byte{}}
	s.former = sync.OnceValue(func() map[string]string {
		listed, err := ReadManifest(s.out)
		if err != nil {
			return nil
		}
		return listed
	})
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

// target follows the links that out may be, also where the last one leads to nothing yet.
func target(out string) (string, error) {
	for range 40 {
		info, err := os.Lstat(out)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return out, nil
		}
		next, err := os.Readlink(out)
		if err != nil {
			return "", fmt.Errorf("le lien %s ne peut être suivi\u00a0: %w", out, err)
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(out), next)
		}
		out = next
	}
	return "", fmt.Errorf("le lien %s tourne en rond", out)
}

// beside names a sibling of out: .public.new for public.
func beside(out, what string) string {
	return filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+"."+what)
}

// prepare mends what a killed build left behind, and makes an empty stage.
func (s *Stage) prepare() error {
	former := beside(s.out, "old")
	for _, dir := range []string{former, s.dir} {
		if err := leftover(dir); err != nil {
			return err
		}
	}
	if _, err := os.Lstat(s.out); errors.Is(err, fs.ErrNotExist) {
		// Killed between the two renames of a system that cannot exchange directories.
		if err := os.Rename(former, s.out); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("l’ancien site n’a pu être rétabli : %w", err)
		}
	}
	if err := ours(s.out); err != nil {
		return err
	}
	if mounted(s.out) {
		return fmt.Errorf("%s est la racine d’un volume et ne peut être remplacé d’un coup : donnez-en un sous-dossier avec --out", s.out)
	}
	if err := errors.Join(discard(former), discard(s.dir)); err != nil {
		return fmt.Errorf("les restes d’une construction interrompue n’ont pu être retirés : %w", err)
	}
	if err := os.Mkdir(s.dir, 0o755); err != nil {
		return fmt.Errorf("le dossier de travail ne peut être créé : %w", err)
	}
	mark := filepath.Join(s.dir, stageMark)
	if err := os.WriteFile(mark, nil, 0o644); err != nil {
		return err
	}
	var err error
	s.mode, err = modeOf(mark)
	return err
}

// stageMark is the file that tells a stage from somebody's directory of the same name. It
// leaves with the stage's completion.
const stageMark = ".construction-atlas"

// leftover fails when a directory that a killed build may have left is somebody's.
func leftover(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	for _, name := range []string{stageMark, Manifest} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s n’est pas un reste de construction de l’atlas : déplacez ce dossier, dont la construction a besoin du nom", dir)
}

// discard removes a directory of ours, marked as such until it is gone: killed half-way, the next
// build knows it again.
func discard(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	mark := filepath.Join(dir, stageMark)
	if err != nil || os.WriteFile(mark, nil, 0o644) != nil {
		return os.RemoveAll(dir) // a full disk may leave no room even for the mark
	}
	for _, e := range entries {
		if e.Name() != stageMark {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(err, os.Remove(mark), os.Remove(dir))
}

// ReadManifest returns the digests that the manifest of a site lists, in hexadecimal, by path.
func ReadManifest(site string) (map[string]string, error) {
	data, err := os.ReadFile(filepath.Join(site, Manifest))
	if err != nil {
		return nil, err
	}
	listed := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if sum, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
			listed[path] = sum
		}
	}
	return listed, nil
}

// Write writes one file of the site; path is relative to its root, with slashes. A
// path may be written once. A file that did not change since the published site is taken over from
// it. Several goroutines may write. data must not change afterwards.
func (s *Stage) Write(path string, data []byte) error {
	if !fs.ValidPath(path) || path == "." || path == Manifest || path == stageMark {
		return fmt.Errorf("« %s » n’est pas un chemin du site", path)
	}
	sum := sha256.Sum256(data)
	s.mu.Lock()
	_, twice := s.sums[path]
	s.sums[path] = sum
	s.mu.Unlock()
	if twice {
		return fmt.Errorf("le fichier %s est produit deux fois", path)
	}
	reused, err := s.put(path, data)
	if err != nil {
		return fmt.Errorf("écriture de %s : %w", path, err)
	}
	if reused {
		s.mu.Lock()
		s.reused++
		s.mu.Unlock()
	}
	s.pack(path, data, sum)
	return nil
}

// Files returns the number of files written so far.
func (s *Stage) Files() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sums)
}

// Commit writes the manifest and puts the site in the place of the former one, at once.
func (s *Stage) Commit() error {
	err := s.packedSums()
	if err == nil {
		err = errors.Join(s.writeManifest(), os.Remove(filepath.Join(s.dir, stageMark)))
	}
	if err == nil {
		err = swap(s.dir, s.out, beside(s.out, "old"))
	}
	if err != nil {
		err = fmt.Errorf("le nouveau site n’a pu être mis en place, l’ancien reste publié : %w", err)
	}
	return cmp.Or(err, s.end())
}

// Abort forgets what was written; the former site stays. It may follow Commit, and then does nothing.
func (s *Stage) Abort() error { return s.end() }

func (s *Stage) end() error {
	if s.lock == nil {
		return nil
	}
	s.packed.wait()
	err := errors.Join(discard(s.dir), discard(beside(s.out, "old")), s.lock.Unlock())
	s.lock = nil
	return err
}

func (s *Stage) writeManifest() error {
	f, err := os.Create(filepath.Join(s.dir, Manifest))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, path := range slices.Sorted(maps.Keys(s.sums)) {
		sum := s.sums[path]
		fmt.Fprintf(w, "%s  %s\n", hex.EncodeToString(sum[:]), path)
	}
	return errors.Join(w.Flush(), f.Close())
}
