package publish

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"

	"github.com/andybalholm/brotli"
)

// compression makes, beside each text file of a stage, what a web server sends in its place to the
// browsers that accept it: the same name and .gz, or .br. Several files are compressed at once.
type compression struct {
	room  chan struct{}
	group sync.WaitGroup

	former map[string]string // the manifest of the published site
	dir    string            // of the published site

	mu   sync.Mutex
	err  error // the first
	sums map[string][sha256.Size]byte
}

// smallest is the size, in bytes, under which a file is not worth compressing: it fits in one packet anyway.
const smallest = 1024

// compressible are the formats of text.
var compressible = map[string]bool{".html": true, ".css": true, ".js": true, ".json": true, ".jsonld": true, ".geojson": true,
	".svg": true, ".csv": true, ".xml": true, ".rdf": true, ".ttl": true, ".txt": true, ".md": true}

// hashedName is that of a file which browsers keep for ever: it is worth more work.
var hashedName = regexp.MustCompile(`^assets/.*\.[0-9a-f]{10}\.[a-z]+$`)

// recipe names how files are compressed; it is written in the header of each .gz. Change it with the
// levels or the encoders, and nothing made before is used again.
const recipe = "a1"

// The levels, measured on the 36 MB of text of the demonstration, one core of the reference machine:
// Brotli 5 makes 15.5 % of it at 40 MB/s, 9 gains 0.5 point at 8 MB/s, and 11 makes 10.0 % at 0.5 MB/s;
// gzip 6 makes 16.7 % at 53 MB/s, 9 gains 0.4 point at 38 MB/s.
const (
	brotliPages, brotliHashed = 5, 11
	gzipPages, gzipHashed     = 6, 9
)

// Precompress makes the stage compress every text file that is written from now on. What the published
// site has already compressed, from the same content, is copied.
func (s *Stage) Precompress() {
	former, err := ReadManifest(s.out)
	if err != nil {
		former = nil // there is no former site
	}
	s.packed = &compression{room: make(chan struct{}, runtime.GOMAXPROCS(0)), former: former, dir: s.out, sums: map[string][sha256.Size]byte{}}
}

// pack compresses a file that was just written, unless it is small or no text. It returns as soon as there
// is room for the work; data must not change afterwards.
func (s *Stage) pack(name string, data []byte, sum [sha256.Size]byte) {
	c := s.packed
	if c == nil || len(data) < smallest || !compressible[path.Ext(name)] {
		return
	}
	c.room <- struct{}{}
	c.group.Go(func() {
		defer func() { <-c.room }()
		err := c.write(s, name, data, sum)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.err = cmp.Or(c.err, err)
	})
}

// wait waits until nothing is being compressed.
func (c *compression) wait() {
	if c != nil {
		c.group.Wait()
	}
}

// packedSums ends the compression and returns its first error. The sums of its files join those of the stage.
func (s *Stage) packedSums() error {
	c := s.packed
	c.wait()
	if c == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, sum := range c.sums {
		if _, twice := s.sums[name]; twice {
			return fmt.Errorf("le fichier %s est produit deux fois", name)
		}
		s.sums[name] = sum
	}
	return c.err
}

// write writes both compressed files of a file.
func (c *compression) write(s *Stage, name string, data []byte, sum [sha256.Size]byte) error {
	zipped, brotlied, kept := c.kept(name, sum)
	if !kept {
		var err error
		if zipped, brotlied, err = compressed(name, data); err != nil {
			return fmt.Errorf("compression de %s : %w", name, err)
		}
	}
	for ext, content := range map[string][]byte{".gz": zipped, ".br": brotlied} {
		if _, err := s.put(name+ext, content); err != nil {
			return fmt.Errorf("écriture de %s : %w", name+ext, err)
		}
		c.mu.Lock()
		c.sums[name+ext] = sha256.Sum256(content)
		c.mu.Unlock()
	}
	return nil
}

// kept returns what the published site has compressed from the same content, by the same recipe.
func (c *compression) kept(name string, sum [sha256.Size]byte) (zipped, brotlied []byte, ok bool) {
	if c.former[name] != hex.EncodeToString(sum[:]) {
		return nil, nil, false
	}
	zipped, brotlied = c.read(name+".gz"), c.read(name+".br")
	if zipped == nil || brotlied == nil {
		return nil, nil, false
	}
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	return zipped, brotlied, err == nil && r.Comment == recipe
}

// read returns a file of the published site, nil unless it is what the manifest says.
func (c *compression) read(name string) []byte {
	content, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(name)))
	if sum := sha256.Sum256(content); err != nil || c.former[name] != hex.EncodeToString(sum[:]) {
		return nil
	}
	return content
}

// compressed compresses a file. The same content gives the same bytes: so each has an encoder of its own,
// since a Brotli encoder used again finds other matches.
func compressed(name string, data []byte) (zipped, brotlied []byte, err error) {
	zip, level := gzipPages, brotliPages
	if hashedName.MatchString(name) {
		zip, level = gzipHashed, brotliHashed
	}
	var a, b bytes.Buffer
	g, err := gzip.NewWriterLevel(&a, zip)
	if err != nil {
		return nil, nil, err
	}
	g.Comment = recipe
	err = errors.Join(fill(g, data), fill(brotli.NewWriterLevel(&b, level), data))
	return a.Bytes(), b.Bytes(), err
}

func fill(w io.WriteCloser, data []byte) error {
	_, err := w.Write(data)
	return errors.Join(err, w.Close())
}
