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
	"os"
	"slices"
	"strconv"
	"strings"
)

// What an archive may hold, lest a faulty one fill the memory: beyond, it is no archive of ours.
const (
	maxFiles = 200_000
	maxSize  = 1 << 30 // of one file, in bytes
	maxTotal = 8 << 30 // of all of them, in bytes
)

// Archive is a frozen edition. Its methods may be called concurrently.
type Archive struct {
	year  int
	files map[string]*zip.File
	sums  map[string]string
	close func() error
}

// Open reads the archive of the edition of a year and checks every file against its digest.
// It fails, in French, saying how to unfreeze the edition, when anything has been altered.
func Open(name string, year int) (*Archive, error) {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil, altered(year, FileName+" n’est pas un fichier")
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, altered(year, FileName+" ne se lit pas, ou n’est pas une archive entière")
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
	return fmt.Sprintf("Pour la dégeler, c’est-à-dire la reconstruire avec le programme d’aujourd’hui, supprimez %s du dossier editions/%d des données", FileName, year)
}

// check fills the archive, and returns what is wrong, empty when nothing is.
func (a *Archive) check(z *zip.Reader) string {
	if fault := outsize(z); fault != "" {
		return fault
	}
	a.sums = map[string]string{}
	for _, f := range z.File {
		name, inside := strings.CutPrefix(f.Name, filesDir)
		switch {
		case f.Name == manifestName:
			data, err := read(f)
			if err != nil {
				return err.Error()
			}
			a.sums = parse(data)
		case !inside || !fs.ValidPath(name) || strings.Contains(name, `\`) || !a.owns(name):
			return fmt.Sprintf("le fichier «\u00a0%s\u00a0» n’est pas de l’édition", f.Name)
		case a.files[name] != nil:
			return fmt.Sprintf("le fichier %s y est deux fois", name)
		default:
			a.files[name] = f
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.sums)) {
		f := a.files[name]
		if f == nil {
			return fmt.Sprintf("le fichier %s manque", name)
		}
		if sum, err := digestOf(f); err != nil || sum != a.sums[name] {
			return fmt.Sprintf("le fichier %s a changé", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		if a.sums[name] == "" {
			return fmt.Sprintf("le fichier %s a été ajouté", name)
		}
	}
	if a.files[strconv.Itoa(a.year)+"/index.html"] == nil {
		return "elle n’a pas la page d’accueil de l’édition"
	}
	return ""
}

// outsize says which bound an archive passes, empty when it passes none. What it says of the sizes is held against what
// is read.
func outsize(z *zip.Reader) string {
	if len(z.File) > maxFiles {
		return "elle contient trop de fichiers"
	}
	var total uint64
	for _, f := range z.File {
		if total += f.UncompressedSize64; f.UncompressedSize64 > maxSize || total > maxTotal {
			return fmt.Sprintf("avec le fichier «\u00a0%s\u00a0», son contenu est trop gros", f.Name)
		}
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
	data, err := read(f)
	if err == nil && digest(data) != a.sums[name] {
		return nil, altered(a.year, fmt.Sprintf("le fichier %s a changé", name))
	}
	return data, err
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

// digestOf is the digest of a file, which is not kept in memory.
func digestOf(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), err
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
