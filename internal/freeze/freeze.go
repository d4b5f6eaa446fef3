// Package freeze keeps an edition as it was published. An archive holds the files of its
// pages, the assets that they need and the digest of each: later builds publish them byte
// for byte, whatever has changed in the program since.
package freeze

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// FileName is the name of the archive in the directory of its edition.
const FileName = "fige.zip"

// The parts of an archive: the digests of all the files, as sha256sum writes them, and the files.
const (
	manifestName = "manifeste.sha256"
	filesDir     = "site/"
)

// What an archive may hold, lest a faulty one fill the memory: beyond, it is no archive of ours.
const (
	maxFiles = 200_000
	maxSize  = 1 << 30 // of one file, in bytes
)

// Pack writes the archive of the edition of a year from a published site, whose manifest
// gives the digest of each file. It takes the files of the edition, the assets that they
// need and, for the latest edition, the page at the root; compressed copies are left out, since they
// are made again. The same site gives the same bytes. It fails, in French, when
// the site has no such edition, or when a file is not what the manifest says.
func Pack(w io.Writer, site fs.FS, manifest map[string]string, year int) error {
	base := strconv.Itoa(year) + "/"
	if manifest[base+"index.html"] == "" {
		return fmt.Errorf("le site publié n’a pas d’édition %d\u00a0: construisez-le, puis figez-la", year)
	}
	p := packer{site: site, manifest: manifest, contents: map[string][]byte{}}
	for _, name := range slices.Sorted(maps.Keys(manifest)) {
		if strings.HasPrefix(name, base) && !p.copied(name) || name == "index.html" && latest(manifest) == year {
			if err := p.take(name); err != nil {
				return err
			}
		}
	}
	if err := p.takeAssets(); err != nil {
		return err
	}
	return p.write(w)
}

// latest is the latest year that a site has an edition of.
func latest(manifest map[string]string) int {
	last := 0
	for name := range manifest {
		if dir, file, _ := strings.Cut(name, "/"); file == "index.html" {
			if y, err := strconv.Atoi(dir); err == nil {
				last = max(last, y)
			}
		}
	}
	return last
}

type packer struct {
	site     fs.FS
	manifest map[string]string
	contents map[string][]byte
}

// copied reports whether a file is the compressed copy of another.
func (p *packer) copied(name string) bool {
	ext := path.Ext(name)
	return (ext == ".gz" || ext == ".br") && p.manifest[strings.TrimSuffix(name, ext)] != ""
}

func (p *packer) take(name string) error {
	data, err := fs.ReadFile(p.site, name)
	if err != nil {
		return fmt.Errorf("lecture du site publié\u00a0: %w", err)
	}
	if digest(data) != p.manifest[name] {
		return fmt.Errorf("le fichier %s du site publié n’est plus celui qui a été écrit\u00a0: reconstruisez le site", name)
	}
	p.contents[name] = data
	return nil
}

// takeAssets takes the assets whose names stand in the texts already taken, those that these
// assets name, and so on.
func (p *packer) takeAssets() error {
	left := map[string]bool{}
	for name := range p.manifest {
		if strings.HasPrefix(name, "assets/") && !p.copied(name) {
			left[name] = true
		}
	}
	fresh := slices.Sorted(maps.Keys(p.contents))
	for len(fresh) > 0 {
		var found []string
		for _, from := range fresh {
			if !speaks[path.Ext(from)] {
				continue
			}
			for name := range left {
				if bytes.Contains(p.contents[from], []byte(path.Base(name))) {
					delete(left, name)
					found = append(found, name)
				}
			}
		}
		for _, name := range found {
			if err := p.take(name); err != nil {
				return err
			}
		}
		fresh = found
	}
	return nil
}

// speaks tells the files whose text may name an asset.
var speaks = map[string]bool{".html": true, ".css": true, ".js": true, ".svg": true}

func (p *packer) write(w io.Writer) error {
	z := zip.NewWriter(w)
	var manifest bytes.Buffer
	names := slices.Sorted(maps.Keys(p.contents))
	for _, name := range names {
		fmt.Fprintf(&manifest, "%s  %s\n", digest(p.contents[name]), name)
	}
	if err := add(z, manifestName, manifest.Bytes()); err != nil {
		return err
	}
	for _, name := range names {
		if err := add(z, filesDir+name, p.contents[name]); err != nil {
			return err
		}
	}
	return z.Close()
}

func add(z *zip.Writer, name string, data []byte) error {
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write(data)
	}
	return err
}

// Archive is a frozen edition. Its methods may be called concurrently.
type Archive struct {
	year  int
	files map[string]*zip.File
	close func() error
}

// Open reads the archive of the edition of a year and checks every file against its digest.
// It fails, in French, saying how to unfreeze the edition, when anything has been altered.
func Open(name string, year int) (*Archive, error) {
	z, err := zip.OpenReader(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, altered(year, fmt.Sprintf("%s ne se lit pas (%v)", FileName, err))
	}
	a := &Archive{year: year, files: map[string]*zip.File{}, close: z.Close}
	if fault := a.check(&z.Reader); fault != "" {
		return nil, errors.Join(altered(year, fault), z.Close())
	}
	return a, nil
}

// altered says what is wrong with an archive, and what may be done.
func altered(year int, fault string) error {
	return fmt.Errorf("l’édition %d est figée et son archive a été altérée\u00a0: %s. Remettez l’archive d’origine %s. %s", year, fault, FileName, Unfreezing(year))
}

// Unfreezing says how an edition is unfrozen.
func Unfreezing(year int) string {
	return fmt.Sprintf("Pour la dégeler, c’est-à-dire la reconstruire avec le programme d’aujourd’hui, supprimez data/editions/%d/%s", year, FileName)
}

// check fills the archive, and returns what is wrong, empty when nothing is.
func (a *Archive) check(z *zip.Reader) string {
	if len(z.File) > maxFiles {
		return "elle contient trop de fichiers"
	}
	sums := map[string]string{}
	for _, f := range z.File {
		name, inside := strings.CutPrefix(f.Name, filesDir)
		switch {
		case f.Name == manifestName:
			data, err := read(f)
			if err != nil {
				return err.Error()
			}
			sums = parse(data)
		case !inside || !fs.ValidPath(name) || !a.owns(name):
			return fmt.Sprintf("le fichier «\u00a0%s\u00a0» n’est pas de l’édition", f.Name)
		case a.files[name] != nil:
			return fmt.Sprintf("le fichier %s y est deux fois", name)
		default:
			a.files[name] = f
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		f := a.files[name]
		if f == nil {
			return fmt.Sprintf("le fichier %s manque", name)
		}
		if data, err := read(f); err != nil || digest(data) != sums[name] {
			return fmt.Sprintf("le fichier %s a changé", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		if sums[name] == "" {
			return fmt.Sprintf("le fichier %s a été ajouté", name)
		}
	}
	if a.files[strconv.Itoa(a.year)+"/index.html"] == nil {
		return "elle n’a pas la page d’accueil de l’édition"
	}
	return ""
}

// owns reports whether a path may belong to the edition.
func (a *Archive) owns(name string) bool {
	return name == "index.html" || strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, strconv.Itoa(a.year)+"/")
}

// Paths returns the paths of the files in the site, in alphabetical order.
func (a *Archive) Paths() []string { return slices.Sorted(maps.Keys(a.files)) }

// Has reports whether the archive holds a file of the site.
func (a *Archive) Has(name string) bool { return a.files[name] != nil }

// Read returns the content of a file of the site.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.files[name]
	if f == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return read(f)
}

// Close closes the file of the archive.
func (a *Archive) Close() error { return a.close() }

func read(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("le fichier %s ne se lit pas\u00a0: %w", f.Name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("le fichier %s ne se lit pas\u00a0: %w", f.Name, err)
	case len(data) > maxSize:
		return nil, fmt.Errorf("le fichier %s est trop gros", f.Name)
	}
	return data, nil
}

func parse(manifest []byte) map[string]string {
	sums := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(manifest))
	for lines.Scan() {
		if sum, name, ok := strings.Cut(lines.Text(), "  "); ok {
			sums[name] = sum
		}
	}
	return sums
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
