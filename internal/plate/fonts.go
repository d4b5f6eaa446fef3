package plate

import (
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Weight is how bold a text is, as in CSS.
type Weight int

// The weights of the plates.
const (
	Regular  Weight = 400
	Semibold Weight = 600
	Bold     Weight = 700
)

// Fonts measures texts in Source Sans, the font of the site. It may be used by several goroutines.
type Fonts struct{ faces map[Weight]*face }

// face holds the advances of a font, in em.
type face struct {
	advances map[rune]float64
	widest   float64 // of a character that it lacks
}

// The narrow no-break space of the font is too thin to part thousands; a painted plate has the wide one.
const narrow, wide = '\u202f', '\u00a0'

// The characters that are measured once for all; a rarer one takes the width of the widest.
const lastMeasured = 0x2fff

// LoadFonts reads the faces of Source Sans from the directory of the web sources (assets), where
// the packages are installed. It fails, telling in French what to install, when one is missing.
func LoadFonts(assets fs.FS) (*Fonts, error) {
	f := &Fonts{faces: map[Weight]*face{}}
	for weight, name := range map[Weight]string{Regular: "Regular", Semibold: "Semibold", Bold: "Bold"} {
		data, err := fs.ReadFile(assets, "node_modules/source-sans/TTF/SourceSans3-"+name+".ttf")
		if err != nil {
			return nil, fmt.Errorf("la police Source Sans 3 est introuvable (%w) : les bibliothèques web ne sont pas installées. "+
				"Lancez : npm ci --ignore-scripts --prefix assets", err)
		}
		if f.faces[weight], err = measured(data); err != nil {
			return nil, fmt.Errorf("reading Source Sans 3 %s: %w", name, err)
		}
	}
	return f, nil
}

func measured(data []byte) (*face, error) {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	const em = 1000
	out := &face{advances: map[rune]float64{}}
	var buffer sfnt.Buffer
	for r := rune(' '); r <= lastMeasured; r++ {
		glyph, err := parsed.GlyphIndex(&buffer, r)
		if err != nil || glyph == 0 {
			continue
		}
		advance, err := parsed.GlyphAdvance(&buffer, glyph, fixed.I(em), font.HintingNone)
		if err != nil {
			return nil, err
		}
		out.advances[r] = float64(advance) / 64 / em
		out.widest = max(out.widest, out.advances[r])
	}
	out.advances[narrow] = out.advances[wide]
	return out, nil
}

// Width returns the width of a line of text, in the unit of its size. Kerning is left out, so that
// it is at most a little too large.
func (f *Fonts) Width(text string, size float64, weight Weight) float64 {
	face, total := f.faces[weight], 0.0
	for _, r := range text {
		advance, known := face.advances[r]
		if !known {
			advance = face.widest
		}
		total += advance
	}
	return total * size
}

// Wrap breaks a text into lines no wider than width, at its ordinary spaces; no-break spaces hold. A
// word that is wider alone is cut. A text of spaces has no line.
func (f *Fonts) Wrap(text string, width, size float64, weight Weight) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(text, breaks) {
		for _, piece := range f.cut(word, width, size, weight) {
			longer := piece
			if line != "" {
				longer = line + " " + piece
			}
			if line != "" && f.Width(longer, size, weight) > width {
				lines, longer = append(lines, line), piece
			}
			line = longer
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// balance is Wrap with lines of about the same width: as narrow as their number allows.
func (f *Fonts) balance(text string, width, size float64, weight Weight) []string {
	lines := f.Wrap(text, width, size, weight)
	for narrower := width; len(lines) > 1; {
		narrower -= size / 2
		tried := f.Wrap(text, narrower, size, weight)
		if len(tried) > len(lines) || narrower < width/2 {
			break
		}
		lines = tried
	}
	return lines
}

// breaks reports whether a line may end at a character: an ordinary space.
func breaks(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// cut divides a word that is wider than a line.
func (f *Fonts) cut(word string, width, size float64, weight Weight) []string {
	if f.Width(word, size, weight) <= width {
		return []string{word}
	}
	var pieces []string
	piece := ""
	for _, r := range word {
		if piece != "" && f.Width(piece+string(r), size, weight) > width {
			pieces, piece = append(pieces, piece), ""
		}
		piece += string(r)
	}
	return append(pieces, piece)
}
