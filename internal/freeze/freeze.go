// Package freeze keeps an edition as it was published. An archive holds the files of its
// pages, the assets that they need and the digest of each: later builds publish them byte
// for byte, whatever has changed in the program since.
package freeze

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
