package publish

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
)

// prose is text that compresses; the same seed gives the same text.
func prose(seed uint64, size int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := strings.Fields("le la les projet région financé établissement service numérique dossier usager atlas <td> </td> <a href=\"../\">")
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[r.IntN(len(words))] + " ")
	}
	return b.String()
}

func publishPacked(t *testing.T, out string, files map[string]string) {
	t.Helper()
	s, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Abort() })
	s.Precompress()
	var group sync.WaitGroup
	for name, text := range files {
		group.Go(func() {
			if err := s.Write(name, []byte(text)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := s.Files(); got != len(files) {
		t.Errorf("got %d files written, want %d: compressed ones are not counted", got, len(files))
	}
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
}

func unzipped(t *testing.T, name string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(content(t, name)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

func unbrotlied(t *testing.T, name string) string {
	t.Helper()
	text, err := io.ReadAll(brotli.NewReader(strings.NewReader(content(t, name))))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

func TestTextFilesAreCompressedBesideThemselves(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	files := map[string]string{
		"index.html": prose(1, 5000), "a/données.csv": prose(2, 9000), "assets/atlas.0123456789.js": prose(3, 20000),
		"petit.html": prose(4, 500), "image.png": prose(5, 5000), "classeur.xlsx": prose(6, 5000),
	}
	publishPacked(t, out, files)
	for name, text := range files {
		whole := filepath.Join(out, name)
		if packed := name != "petit.html" && name != "image.png" && name != "classeur.xlsx"; !packed {
			if content(t, whole+".gz") != "absent" || content(t, whole+".br") != "absent" {
				t.Errorf("%s: compressed, want it left alone", name)
			}
			continue
		}
		if unzipped(t, whole+".gz") != text || unbrotlied(t, whole+".br") != text {
			t.Errorf("%s: the compressed files hold another text", name)
		}
		if br, gz := len(content(t, whole+".br")), len(content(t, whole+".gz")); br >= len(text) || gz >= len(text) {
			t.Errorf("%s: got %d and %d bytes of %d", name, br, gz, len(text))
		}
	}
	sums, err := ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(sums), len(files)+2*3; got != want {
		t.Errorf("manifest lists %d files %q, want %d", got, slices.Sorted(maps.Keys(sums)), want)
	}
}

func TestCompressionIsTheSameEachTimeInAnyOrder(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		files[fmt.Sprintf("p/%d.html", i)] = prose(uint64(i), 1500*(i%5+1))
	}
	var first string
	for range 3 {
		out := filepath.Join(t.TempDir(), "public")
		publishPacked(t, out, files)
		if got := content(t, filepath.Join(out, Manifest)); first == "" {
			first = got
		} else if got != first {
			t.Fatal("two manifests of the same files differ")
		}
	}
}

func TestAnEncoderUsedAgainGivesTheBytesOfANewOne(t *testing.T) {
	used := new(encoder)
	for i, size := range []int{1 << 21, 1024, 300_000, 1100, 70_000, 1<<20 - 1, 1 << 20, 2000, 65_536, 65_535, 5000, 1 << 21, 1500} {
		data := []byte(prose(uint64(i), size)[:size])
		zipped, brotlied, err := used.compressed("a.html", data)
		if err != nil {
			t.Fatal(err)
		}
		newZipped, newBrotlied, err := new(encoder).compressed("a.html", data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(zipped, newZipped) || !bytes.Equal(brotlied, newBrotlied) {
			t.Errorf("%d bytes, the file number %d: a new encoder gives other bytes", size, i+1)
		}
	}
}

func TestUnchangedFilesKeepTheirCompressedForms(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	files := map[string]string{"a.html": prose(1, 5000), "b.html": prose(2, 5000), "c.html": prose(3, 5000), "d.html": prose(4, 5000)}
	publishPacked(t, out, files)
	// Marks that only a copy would keep: b's is what its manifest says, c's and d's are not.
	marked := mark(t, unzipped(t, filepath.Join(out, "b.html.gz")), recipe)
	tamper(t, out, "b.html.gz", marked)
	tamper(t, out, "d.html.gz", mark(t, files["d.html"], "another recipe"))
	if err := os.WriteFile(filepath.Join(out, "c.html.gz"), []byte("garbage"), 0o644); err != nil {
		t.Fatal(err)
	}
	files["a.html"] = prose(9, 5000)
	publishPacked(t, out, files)
	if got := content(t, filepath.Join(out, "b.html.gz")); got != string(marked) {
		t.Error("b.html has not changed, and was compressed again")
	}
	for _, name := range []string{"a.html", "c.html", "d.html"} {
		if unzipped(t, filepath.Join(out, name+".gz")) != files[name] {
			t.Errorf("%s: got an old compressed form", name)
		}
	}
	if fresh, _, err := new(encoder).compressed("d.html", []byte(files["d.html"])); err != nil || content(t, filepath.Join(out, "d.html.gz")) != string(fresh) {
		t.Errorf("d.html: the form of another recipe was kept (%v)", err)
	}
}

// mark compresses badly, so that the form can be told from ours.
func mark(t *testing.T, text, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.NoCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Comment = comment
	if err := fill(w, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tamper replaces a file of a site and its line of the manifest.
func tamper(t *testing.T, out, name string, data []byte) {
	t.Helper()
	whole := filepath.Join(out, name)
	manifest := strings.ReplaceAll(content(t, filepath.Join(out, Manifest)), sumOf(content(t, whole)), sumOf(string(data)))
	for path, text := range map[string][]byte{whole: data, filepath.Join(out, Manifest): []byte(manifest)} {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestAFileThatCannotBeCompressedStopsTheCommit(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publishPacked(t, out, map[string]string{"index.html": "one"})
	s, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	s.Precompress()
	// A directory stands where the compressed file should.
	if err := os.MkdirAll(filepath.Join(s.dir, "index.html.br"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := s.Write("index.html", []byte(prose(1, 5000))); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(); err == nil || !strings.Contains(err.Error(), "index.html.br") {
		t.Errorf("got error %v, want one that names index.html.br", err)
	}
	if got := content(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("got %q, want the former site", got)
	}
}
