package render

import (
	"bytes"
	"context"
	"testing"
)

func webFonts(t *testing.T, r *Renderer) map[string][]byte {
	t.Helper()
	fonts, err := r.WebFonts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}

func TestWebFontsAreSmallAndTheSameEachTime(t *testing.T) {
	first, second := webFonts(t, open(t, Options{})), webFonts(t, open(t, Options{}))
	if got, want := len(first), len(faces); got != want {
		t.Errorf("got %d fonts, want %d", got, want)
	}
	const limit = 25_000
	for name, font := range first {
		if !bytes.HasPrefix(font, []byte("wOF2")) || len(font) > limit {
			t.Errorf("%s: %d bytes, beginning with %.4q; want at most %d bytes of WOFF2", name, len(font), font, limit)
		}
		if !bytes.Equal(font, second[name]) {
			t.Errorf("%s: the second making differs from the first", name)
		}
	}
}

func TestCacheSparesTheMakingOfFonts(t *testing.T) {
	dir := t.TempDir()
	want := webFonts(t, open(t, Options{CacheDir: dir}))
	r := open(t, Options{CacheDir: dir})
	r.worker.script = "/nonexistent.mjs"
	for name, font := range webFonts(t, r) {
		if !bytes.Equal(font, want[name]) {
			t.Errorf("%s: the kept font differs from the one made", name)
		}
	}
}
