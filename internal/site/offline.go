package site

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"esms.example/atlas/internal/french"
)

// archivePath is where the offline archive of an edition stands.
func (e *edition) archivePath() string {
	return fmt.Sprintf("%satlas-%d.zip", e.base, e.about.Year)
}

// offline makes, for each edition, the archive of the site that opens from a disk without a server:
// the same pages, with links written out to index.html and data also as scripts. What leads
// out of the archive, to another edition, leads to the site on the web where its address is known, and
// nowhere else. It may be used by several goroutines.
type offline struct {
	c         *composer
	deflaters sync.Pool // of *deflater

	mu      sync.Mutex
	entries map[*edition]map[string]entry
	former  map[*edition]map[string]entry // of the archives that are published: read only
}

// entry is a file of an archive, already compressed.
type entry struct {
	header zip.FileHeader
	data   []byte
	sum    string // SHA-256
}

func newOffline(c *composer) *offline {
	o := &offline{c: c, entries: map[*edition]map[string]entry{}, former: map[*edition]map[string]entry{}}
	for _, e := range c.editions {
		if e.archive != nil { // a frozen edition has its own
			continue
		}
		o.entries[e] = map[string]entry{}
		if c.in.Offline && c.in.Published != nil {
			o.former[e] = packedBefore(c.in.Published(e.archivePath()), o.root(e))
		}
	}
	return o
}

// archiveRecipe, the comment of an archive, names how its files are compressed. Change it with the level, and no
// file compressed before is used again.
const archiveRecipe = "atlas 1"

// packedBefore are the compressed files of an archive that was published, by their name below root; none when it is
// no archive, or of another recipe.
func packedBefore(archive []byte, root string) map[string]entry {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil || z.Comment != archiveRecipe {
		return nil
	}
	list, err := fs.ReadFile(z, root+archiveManifest)
	if err != nil {
		return nil
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(list)) {
		if sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
			sums[name] = sum
		}
	}
	made := map[string]entry{}
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, root)
		at, err := f.DataOffset()
		if err == nil && f.Method == zip.Deflate {
			made[name] = entry{data: archive[at : at+int64(f.CompressedSize64)], sum: sums[name]}
		}
	}
	return made
}

// add puts a file of the site in the archives that hold it: those of its edition, or all of them.
func (o *offline) add(name string, data []byte) error {
	if name == "index.html" || apart[path.Base(name)] {
		return nil
	}
	for e := range o.entries {
		if o.holds(e, name) {
			if err := o.put(e, name, o.rewritten(e, name, data)); err != nil {
				return err
			}
			if strings.HasSuffix(name, ".json") && path.Base(path.Dir(name)) != "donnees" {
				if err := o.put(e, name+".js", slices.Concat([]byte("atlas.receive("), data, []byte(");\n"))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// apart are the files that serve a site on the web alone.
var apart = map[string]bool{"404.html": true, "robots.txt": true, "sitemap.xml": true, ".htaccess": true, "_headers": true, "_redirects": true, "nginx.conf": true}

// holds reports whether the archive of an edition has a file: not those of another edition.
func (o *offline) holds(e *edition, name string) bool {
	for _, other := range o.c.editions {
		if other != e && (strings.HasPrefix(name, other.base) || strings.HasPrefix(name, other.searchIndexPath())) {
			return false
		}
	}
	return name != e.archivePath()
}

// preload finds the fonts that a page asks for early, which a browser refuses from a disk; those of the
// style sheet it takes.
var preload = regexp.MustCompile(`<link rel="preload"[^>]*>\n?`)

// rewritten is a file as an archive holds it.
func (o *offline) rewritten(e *edition, name string, data []byte) []byte {
	if path.Ext(name) != ".html" {
		return data
	}
	dir := path.Dir(name)
	return withLinks(preload.ReplaceAll(data, nil), func(to string) (string, bool) {
		switch {
		case strings.Contains(to, ":") || strings.HasPrefix(to, "/"):
			return to, true // out of the site
		case to == "":
			return to, true // the same page
		}
		whole := path.Join(dir, to)
		if strings.HasSuffix(to, "/") {
			to += "index.html"
			if whole += "/index.html"; whole == "./index.html" {
				whole = "index.html"
			}
		}
		if whole == "index.html" || (o.c.known[strings.TrimSuffix(whole, "index.html")] || isTaken(whole)) && o.holds(e, whole) {
			return to, true
		}
		return o.c.base + strings.TrimSuffix(whole, "index.html"), o.c.base != "/"
	})
}

// withLinks is a page whose links, without their query and fragment, lead where led says. Those that it does
// not keep leave the page.
func withLinks(page []byte, led func(to string) (string, bool)) []byte {
	out := make([]byte, 0, len(page)+len(page)/16)
	for from, at := 0, 0; ; {
		next := bytes.Index(page[at:], []byte(`="`))
		if next < 0 {
			return append(out, page[from:]...)
		}
		name := linkName(page[at : at+next])
		at += next + len(`="`)
		length := bytes.IndexByte(page[at:], '"')
		if name == 0 || length < 0 {
			continue
		}
		value := page[at : at+length]
		if end := bytes.IndexAny(value, "#?"); end >= 0 {
			value = value[:end]
		}
		if to, kept := led(string(value)); kept {
			out = append(append(out, page[from:at]...), to...)
			from = at + len(value)
		} else {
			out = append(out, page[from:at-len(`="`)-name]...)
			from = at + length + len(`"`)
		}
		at += length
	}
}

// linkName is the length of the name of an attribute that leads from a page to another, with the space
// before it, which ends a text; 0 when there is none.
func linkName(text []byte) int {
	for _, name := range [...]string{"href", "action"} {
		if before, found := bytes.CutSuffix(text, []byte(name)); found && len(before) > 0 && unicode.IsSpace(rune(before[len(before)-1])) {
			return 1 + len(name)
		}
	}
	return 0
}

// packed are the kinds of files that are compressed already.
var packed = map[string]bool{".png": true, ".pdf": true, ".xlsx": true, ".woff2": true, ".zip": true}

func (o *offline) put(e *edition, name string, data []byte) error {
	digest := sha256.Sum256(data)
	made := entry{sum: hex.EncodeToString(digest[:]), data: data, header: zip.FileHeader{
		Name: o.root(e) + name, Method: zip.Store, Modified: e.about.PublishedOn,
		CRC32: crc32.ChecksumIEEE(data), CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data)),
	}}
	if !packed[path.Ext(name)] {
		var err error
		if former := o.former[e][name]; former.sum == made.sum {
			made.data = former.data
		} else if made.data, err = o.deflate(data); err != nil {
			return fmt.Errorf("archive %s\u00a0: %s\u00a0: %w", e.archivePath(), name, err)
		}
		made.header.Method, made.header.CompressedSize64 = zip.Deflate, uint64(len(made.data))
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.entries[e][name] = made
	return nil
}

// deflater compresses one file after another: a new one for each would cost more than the work itself.
type deflater struct {
	out bytes.Buffer
	in  *flate.Writer
}

func (o *offline) deflate(data []byte) ([]byte, error) {
	d, _ := o.deflaters.Get().(*deflater)
	if d == nil {
		d = &deflater{}
		var err error
		if d.in, err = flate.NewWriter(nil, flate.DefaultCompression); err != nil {
			return nil, err
		}
	}
	defer o.deflaters.Put(d)
	d.out.Reset()
	d.in.Reset(&d.out)
	_, err := d.in.Write(data)
	if err = cmp.Or(err, d.in.Close()); err != nil {
		return nil, err
	}
	return bytes.Clone(d.out.Bytes()), nil
}

// archiveManifest lists the digests of the other files of an archive.
const archiveManifest = "manifeste.sha256"

// root is the directory that an archive unpacks to.
func (o *offline) root(e *edition) string { return fmt.Sprintf("atlas-%d/", e.about.Year) }

// finish hands over the archives, once every file has been added.
func (o *offline) finish(write func(path string, data []byte) error) error {
	for _, e := range o.c.editions {
		if o.entries[e] == nil {
			continue
		}
		texts := []file{
			{"index.html", o.entrance(e)}, {"LISEZ-MOI.txt", o.readme(e)},
			{"LICENCE.txt", []byte(fmt.Sprintf("%s\n%s\n\nSource\u00a0: %s.\n", o.c.settings.Licence, o.c.settings.LicenceURL, o.c.citation(e)))},
		}
		for _, f := range texts {
			if err := o.put(e, f.path, f.data); err != nil {
				return err
			}
		}
		if err := o.put(e, archiveManifest, o.manifest(e)); err != nil {
			return err
		}
		var b bytes.Buffer
		b.Grow(o.size(e))
		z := zip.NewWriter(&b)
		for _, name := range slices.Sorted(maps.Keys(o.entries[e])) {
			made := o.entries[e][name]
			w, err := z.CreateRaw(&made.header)
			if err == nil {
				_, err = w.Write(made.data)
			}
			if err != nil {
				return fmt.Errorf("archive %s\u00a0: %w", e.archivePath(), err)
			}
		}
		if err := cmp.Or(z.SetComment(archiveRecipe), z.Close()); err != nil {
			return fmt.Errorf("archive %s\u00a0: %w", e.archivePath(), err)
		}
		delete(o.entries, e)
		if err := write(e.archivePath(), b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// size is about that of an archive, a little above.
func (o *offline) size(e *edition) int {
	sum := 1 << 10
	for _, made := range o.entries[e] {
		sum += len(made.data) + 2*len(made.header.Name) + 200
	}
	return sum
}

// entrance is the first page of an archive: it leads to the edition.
func (o *offline) entrance(e *edition) []byte {
	return redirection(e.base+"index.html", e.title(), "La page d’accueil de l’atlas est ici")
}

func (o *offline) manifest(e *edition) []byte {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(o.entries[e])) {
		fmt.Fprintf(&b, "%s  %s\n", o.entries[e][name].sum, name)
	}
	return []byte(b.String())
}

func (o *offline) readme(e *edition) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", e.title(), strings.Repeat("=", len([]rune(e.title()))))
	if e.demonstration() {
		fmt.Fprint(&b, "DONNÉES DE DÉMONSTRATION\u00a0: noms et chiffres sont inventés, ils ne doivent pas être cités.\n\n")
	}
	fmt.Fprintf(&b, "Cette archive contient l’atlas entier de l’édition %d, situation %s.\n\n", e.about.Year, e.state())
	fmt.Fprintf(&b, "Lire l’atlas\u00a0: décompresser l’archive, puis ouvrir index.html dans un navigateur. Ni serveur ni réseau ne sont nécessaires.\n")
	fmt.Fprintf(&b, "Données\u00a0: dossier %sdonnees (CSV, Excel, JSON)\u202f; la page %sdonnees/index.html dit ce que contient chaque fichier.\n", e.base, e.base)
	fmt.Fprintf(&b, "Vérifier les fichiers\u00a0: sha256sum --check manifeste.sha256\n")
	if o.c.base != "/" {
		fmt.Fprintf(&b, "Adresse permanente\u00a0: %s%s\n", o.c.base, e.base)
	}
	fmt.Fprintf(&b, "\nSource\u00a0: %s, %s.\n", o.c.citation(e), o.c.settings.Licence)
	return []byte(french.Typeset(b.String()))
}
