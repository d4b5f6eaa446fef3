package render

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// faces are the web fonts, by the file name that the style sheet gives them: the face of
// Source Sans that each is made from.
var faces = [...]struct{ name, face string }{
	{"source-sans-3-400.woff2", "Regular"},
	{"source-sans-3-600.woff2", "Semibold"},
	{"source-sans-3-700.woff2", "Bold"},
}

// webCharacters are the first and last of each run of characters that the web fonts hold:
// what French is written with, the names of Europe, and the signs of the pages. A character
// beyond them is drawn in another font of the reader's.
var webCharacters = [...][2]rune{
	// Latin: basic; supplement and extended A, with guillemets, no-break space, œ Œ Ÿ; Romanian Ș ș Ț ț.
	{0x20, 0x7e}, {0xa0, 0x17f}, {0x218, 0x21b},
	// Thin space; narrow no-break space, between thousands and before ; ! ?
	{0x2009, 0x2009}, {0x202f, 0x202f},
	// No-break hyphen, dashes, quotation marks, bullet, ellipsis, ‰ ′ ‹ › €
	{0x2011, 0x2011}, {0x2013, 0x2014}, {0x2018, 0x2019}, {0x201c, 0x201d}, {0x2022, 0x2022}, {0x2026, 0x2026},
	{0x2030, 0x2030}, {0x2032, 0x2032}, {0x2039, 0x203a}, {0x20ac, 0x20ac},
	// Arrows, − ≈ ≤ ≥ ▲ ▼
	{0x2190, 0x2195}, {0x2212, 0x2212}, {0x2248, 0x2248}, {0x2264, 0x2265}, {0x25b2, 0x25b2}, {0x25bc, 0x25bc},
}

// fontIngredients are the files that a web font depends on, beside its face and its characters.
var fontIngredients = [...]string{
	workerFile, "render/webfont.mjs", "render/font.mjs", "node_modules/source-sans/package.json",
	"node_modules/subset-font/package.json", "node_modules/harfbuzzjs/package.json", "node_modules/wawoff2/package.json",
}

// WebFonts makes the fonts of the pages, as WOFF2, by the file name that the style sheet
// gives them: Source Sans 3, with its kerning and figures, cut down to webCharacters. The same
// packages always give the same bytes. It fails, telling in French what to install, when
// a package is missing.
func (r *Renderer) WebFonts(ctx context.Context) (map[string][]byte, error) {
	fonts := map[string][]byte{}
	for _, f := range faces {
		font, err := r.webFont(ctx, f.face)
		if err != nil {
			return nil, fmt.Errorf("fabrication de la police %s : %w", f.name, err)
		}
		fonts[f.name] = font
	}
	return fonts, nil
}

func (r *Renderer) webFont(ctx context.Context, face string) ([]byte, error) {
	fingerprint, err := fingerprint(r.assets, fontIngredients[:])
	if err != nil {
		return nil, err
	}
	option, err := json.Marshal(struct {
		Face       string `json:"face"`
		Characters string `json:"characters"`
	}{face, allOf(webCharacters[:])})
	if err != nil {
		return nil, err
	}
	cache := cache{dir: r.kept, suffix: ".woff2", fingerprint: fingerprint}
	return r.bytes(ctx, r.worker.do, cache, request{Kind: "font", Option: option})
}

// allOf writes out runs of characters.
func allOf(runs [][2]rune) string {
	var b strings.Builder
	for _, run := range runs {
		for c := run[0]; c <= run[1]; c++ {
			b.WriteRune(c)
		}
	}
	return b.String()
}
