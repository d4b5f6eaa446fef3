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
	"path"
	"regexp"
	"runtime"
	"sync"

	"github.com/andybalholm/brotli"
)

// compression makes, beside each text file of a stage, what a web server sends in its place to the
// browsers that accept it: the same name and .gz, or .br. Several files are compressed at once.
type compression struct {
	room  chan *encoder
	group sync.WaitGroup

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
	encoders := make(chan *encoder, runtime.GOMAXPROCS(0))
	for range cap(encoders) {
		encoders <- &encoder{}
	}
	s.packed = &compression{room: encoders, sums: map[string][sha256.Size]byte{}}
}

// pack compresses a file that was just written, unless it is small or no text. It returns as soon as there
// is room for the work; data must not change afterwards.
func (s *Stage) pack(name string, data []byte, sum [sha256.Size]byte) {
	c := s.packed
	if c == nil || len(data) < smallest || !compressible[path.Ext(name)] {
		return
	}
	e := <-c.room
	c.group.Go(func() {
		defer func() { c.room <- e }()
		err := c.write(s, e, name, data, sum)
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

// write writes both compressed files of a file, or takes them over.
func (c *compression) write(s *Stage, e *encoder, name string, data []byte, sum [sha256.Size]byte) error {
	zipped, brotlied, kept := c.kept(s, name, sum)
	if !kept {
		var err error
		if zipped, brotlied, err = e.compressed(name, data); err != nil {
			return fmt.Errorf("compression de %s : %w", name, err)
		}
	}
	for ext, content := range map[string][]byte{".gz": zipped, ".br": brotlied} {
		if !kept || s.takeOver(name+ext) != nil {
			if _, err := s.put(name+ext, content); err != nil {
				return fmt.Errorf("écriture de %s : %w", name+ext, err)
			}
		}
		c.mu.Lock()
		c.sums[name+ext] = sha256.Sum256(content)
		c.mu.Unlock()
	}
	return nil
}

// kept returns what the published site has compressed from the same content, by the same recipe.
func (c *compression) kept(s *Stage, name string, sum [sha256.Size]byte) (zipped, brotlied []byte, ok bool) {
	if s.former()[name] != hex.EncodeToString(sum[:]) {
		return nil, nil, false
	}
	zipped, brotlied = s.Published(name+".gz"), s.Published(name+".br")
	if zipped == nil || brotlied == nil {
		return nil, nil, false
	}
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	return zipped, brotlied, err == nil && r.Comment == recipe
}

// encoder compresses one file after another: a new encoder for each would cost more than the work itself.
type encoder struct {
	zipped, brotlied bytes.Buffer
	gzip             *gzip.Writer   // of level gzipPages; nil before the first file
	brotli           *brotli.Writer // of level brotliPages, for files under long; nil before the first
}

// long is the size, in bytes, from which Brotli looks for matches in another way: an encoder that is used
// again keeps to its way, so those files have one of their own, lest the same content gave other bytes.
const long = 1 << 20

// compressed compresses a file. The same content gives the same bytes. They are good until the next file.
func (e *encoder) compressed(name string, data []byte) (zipped, brotlied []byte, err error) {
	e.zipped.Reset()
	e.brotlied.Reset()
	g, b, err := e.writers(hashedName.MatchString(name), len(data))
	if err != nil {
		return nil, nil, err
	}
	g.Comment = recipe
	err = errors.Join(fill(g, data), fill(b, data))
	return e.zipped.Bytes(), e.brotlied.Bytes(), err
}

// writers are the two encoders of a file, ready.
func (e *encoder) writers(hashed bool, size int) (g *gzip.Writer, b *brotli.Writer, err error) {
	if hashed {
		g, err = gzip.NewWriterLevel(&e.zipped, gzipHashed)
		return g, brotli.NewWriterLevel(&e.brotlied, brotliHashed), err
	}
	if e.gzip == nil {
		if e.gzip, err = gzip.NewWriterLevel(&e.zipped, gzipPages); err != nil {
			return nil, nil, err
		}
	}
	e.gzip.Reset(&e.zipped)
	if size >= long {
		return e.gzip, brotli.NewWriterLevel(&e.brotlied, brotliPages), nil
	}
	if e.brotli == nil {
		e.brotli = brotli.NewWriterLevel(&e.brotlied, brotliPages)
	}
	e.brotli.Reset(&e.brotlied)
	return e.gzip, e.brotli, nil
}

func fill(w io.WriteCloser, data []byte) error {
	_, err := w.Write(data)
	return errors.Join(err, w.Close())
}
