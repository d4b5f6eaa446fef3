package plate

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// sheet is a plate being composed; y is where what comes next begins.
type sheet struct {
	fonts    *Fonts
	out      strings.Builder
	width, y float64
	hatched  bool    // a pattern is to be defined
	scale    float64 // of the type of a card
}

// safety is how much of a line is filled, so that the text stays inside in the wider font, Arial or
// like it, of a reader who has not the one measured.
const safety = 0.9

// leading is the height of a line, in em.
const leading = 1.28

// leadingOf is the height of a line of type of that size, in em: large type is set tight.
func leadingOf(size float64) float64 {
	if size > 40 {
		return 1.14
	}
	return leading
}

// mark writes a warning across the top.
func (s *sheet) mark(text string) {
	s.y = margin
	if text == "" {
		return
	}
	const size, height = 13.0, 26.0
	lines := s.fonts.Wrap(text, (s.width-2*margin)*safety, size, Semibold)
	full := height + float64(len(lines)-1)*size*leading
	s.rect(0, 0, s.width, full, wash)
	s.rect(0, full, s.width, 1, golden)
	s.y = (height - size*leading) / 2
	for _, line := range lines {
		s.text(margin, line, size, Semibold, warned)
	}
	s.y = full + 17
}

// lines writes a text over the width of the plate, and moves below it.
func (s *sheet) lines(text string, size float64, weight Weight, colour string) {
	wrap := s.fonts.Wrap
	if weight == Bold {
		wrap = s.fonts.balance
	}
	for _, line := range wrap(text, (s.width-2*margin)*safety, size, weight) {
		s.text(margin, line, size, weight, colour)
	}
}

// text writes one line at x, and moves below it.
func (s *sheet) text(x float64, line string, size float64, weight Weight, colour string) {
	s.word(x, s.y+size*(leadingOf(size)-0.26), line, size, weight, colour)
	s.y += size * leadingOf(size)
}

// word writes a line on a base line.
func (s *sheet) word(x, base float64, line string, size float64, weight Weight, colour string) {
	fmt.Fprintf(&s.out, `<text x="%s" y="%s" font-size="%s"%s%s fill="%s">%s</text>`,
		short(x), short(base), short(size), weighed(weight), s.length(x, line, size, weight), colour, escape(line))
}

// length gives a line that a wide font would push out of the sheet the width that it has in ours.
func (s *sheet) length(x float64, line string, size float64, weight Weight) string {
	const widest = 1.35 // times ours, that of DejaVu Sans
	width := s.fonts.Width(line, size, weight)
	if x+width*widest < s.width-margin/2 {
		return ""
	}
	return fmt.Sprintf(` textLength="%s" lengthAdjust="spacingAndGlyphs"`, short(width))
}

func weighed(w Weight) string {
	if w == Regular {
		return ""
	}
	return fmt.Sprintf(` font-weight="%d"`, int(w))
}

func (s *sheet) rect(x, y, width, height float64, colour string) {
	fmt.Fprintf(&s.out, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, short(x), short(y), short(width), short(height), colour)
}

// legend writes the classes in as many columns as their labels leave, row by row.
func (s *sheet) legend(unit string, swatches []Swatch) {
	if len(swatches) == 0 {
		return
	}
	if unit != "" {
		s.lines(unit, legendSize, Semibold, ink)
		s.y += 2
	}
	inner, gap := s.width-2*margin, 18.0
	widest := 0.0
	for _, w := range swatches {
		widest = max(widest, s.fonts.Width(w.Label, legendSize, Regular)/safety)
	}
	column := min(swatchWidth+8+widest+gap, inner)
	columns := int(max(1, math.Floor((inner+gap)/column)))
	columns = min(columns, 3, len(swatches))
	rows := (len(swatches) + columns - 1) / columns
	top, height := s.y, legendSize*1.45
	for i, w := range swatches {
		x, y := margin+float64(i/rows)*column, top+float64(i%rows)*height
		s.swatch(x, y+2.5, w.Colour)
		label := w.Label
		if lines := s.fonts.Wrap(label, inner-swatchWidth-8, legendSize, Regular); len(lines) > 1 {
			label = strings.TrimSuffix(lines[0], "…") + "…"
		}
		s.word(x+swatchWidth+8, y+legendSize, label, legendSize, Regular, ink)
	}
	s.y = top + float64(rows)*height + 10
}

func (s *sheet) swatch(x, y float64, colour string) {
	if colour == "" {
		s.hatched, colour = true, ownHatching
	}
	const height = 14
	if strings.HasPrefix(colour, "url(") && colour != ownHatching {
		fmt.Fprintf(&s.out, `<rect transform="translate(%s %s) scale(.1)" width="%s" height="%d" fill="%s" stroke="#6b7885" stroke-width="8"/>`,
			short(x), short(y), short(swatchWidth*10), height*10, escape(colour))
		return
	}
	fmt.Fprintf(&s.out, `<rect x="%s" y="%s" width="%s" height="%d" fill="%s" stroke="#6b7885" stroke-width=".8"/>`,
		short(x), short(y), short(swatchWidth), height, escape(colour))
}

const ownHatching = "url(#plate-nd)"

// draw puts a drawing at a width, and moves below it.
func (s *sheet) draw(d *drawing, x, y, width float64) {
	height := width * d.height / d.width
	s.place(d, x, y, width, height)
	s.y = y + height
}

// place puts a drawing in a box.
func (s *sheet) place(d *drawing, x, y, width, height float64) {
	fmt.Fprintf(&s.out, `<svg x="%s" y="%s" width="%s" height="%s" viewBox="%s"%s>%s</svg>`,
		short(x), short(y), short(width), short(height), escape(d.box), d.attributes, d.content)
}

const families = `'Source Sans 3', 'Source Sans Pro', Calibri, Carlito, 'Segoe UI', Arial, sans-serif`

// image closes the sheet at the height reached.
func (s *sheet) image(title, description string) Image {
	width, height := int(math.Ceil(s.width)), int(math.Ceil(s.y))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="%s">`,
		width, height, width, height, families)
	b.WriteString("<title>" + escape(title) + "</title>")
	if description != "" {
		b.WriteString("<desc>" + escape(description) + "</desc>")
	}
	if s.hatched {
		b.WriteString(`<defs><pattern id="plate-nd" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
			`<rect width="6" height="6" fill="#ffffff"/><path d="M0 0V6" stroke="#8a8f94" stroke-width="2.4"/></pattern></defs>`)
	}
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="%s"/>`, width, height, paper)
	b.WriteString(s.out.String())
	b.WriteString("</svg>\n")
	return Image{b.String(), width, height}
}

// short writes a length to the tenth, without needless characters.
func short(x float64) string {
	x = math.Round(x*10) / 10
	if x == 0 {
		x = 0 // no negative zero
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
