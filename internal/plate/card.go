package plate

import "fmt"

// The size of a card, in pixels: what social networks show beside a link.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// Card is an image that stands for a page: a figure, what it is, and a drawing. Empty texts are
// left out.
type Card struct {
	Kicker  string // above the title: the edition
	Title   string
	Figure  string // in very large type
	Caption string // under the figure: where and when
	Lines   []Line // more figures
	Mark    string // « Données de démonstration »
	Source  string
	Drawing string   // an SVG with a view box; empty: none
	Omit    []string // classes of what is too small to be read
}

// Line is a figure and its name.
type Line struct{ Figure, Name string }

// The measures of a card, in pixels.
const (
	cardMargin = 60.0
	cardText   = 580.0 // the width of the texts beside a drawing
	cardFoot   = 64.0  // the height of the foot, that bears mark and source
)

// Card lays a card out: texts on the left, drawing on the right, mark and source under both.
// Type grows smaller until all fits; it fails when the drawing cannot be read.
func (f *Fonts) Card(c Card) (Image, error) {
	var d *drawing
	width := CardWidth - 2*cardMargin
	if c.Drawing != "" {
		var err error
		if d, err = read(c.Drawing, c.Omit); err != nil {
			return Image{}, fmt.Errorf("card %q: %w", c.Title, err)
		}
		width = cardText
	}
	bottom := CardHeight - cardFoot - 20
	var s *sheet
	for scale := 1.0; ; scale *= 0.94 {
		s = &sheet{fonts: f, width: CardWidth, y: 46}
		s.cardTexts(c, width, scale)
		if s.y <= bottom || scale < 0.3 {
			break
		}
	}
	if free := bottom - s.y; free > 0 { // the texts stand a little above the middle
		top := 46 + min(free*0.4, 90)
		scale := s.scale
		s = &sheet{fonts: f, width: CardWidth, y: top}
		s.cardTexts(c, width, scale)
	}
	if d != nil {
		s.cardDrawing(d)
	}
	s.foot(c)
	s.y = CardHeight
	return s.image(c.Title, c.Figure+" – "+c.Caption), nil
}

// cardTexts writes the column of texts.
func (s *sheet) cardTexts(c Card, width, scale float64) {
	s.scale = scale
	s.rect(0, 0, CardWidth, 12, accent)
	column := func(text string, size float64, weight Weight, colour string) {
		for _, line := range s.fonts.balance(text, width*safety, size*scale, weight) {
			s.text(cardMargin, line, size*scale, weight, colour)
		}
	}
	column(c.Kicker, 26, Semibold, accent)
	s.y += 6 * scale
	column(c.Title, 52, Bold, ink)
	if c.Figure != "" {
		s.y += 10 * scale
		column(c.Figure, 108, Bold, accent)
	}
	column(c.Caption, 28, Regular, soft)
	for _, l := range c.Lines {
		s.y += 8 * scale
		column(l.Figure+" "+l.Name, 32, Semibold, ink)
	}
}

// cardDrawing puts the drawing, as large as it may be, right of the texts.
func (s *sheet) cardDrawing(d *drawing) {
	const left, top = cardMargin + cardText + 4, 26.0
	width, height := CardWidth-left-20, CardHeight-cardFoot-top-10
	scale := min(width/d.width, height/d.height)
	w, h := d.width*scale, d.height*scale
	s.place(d, left+(width-w)/2, top+(height-h)/2, w, h)
}

// foot writes the mark and the source across the bottom.
func (s *sheet) foot(c Card) {
	top := CardHeight - cardFoot
	ground, colour, text := "#f4f7fa", soft, c.Source
	if c.Mark != "" {
		ground, colour = wash, warned
	}
	s.rect(0, top, CardWidth, cardFoot, ground)
	const size = 22.0
	base, x := top+cardFoot/2+size*0.34, cardMargin
	if c.Mark != "" {
		s.word(x, base, c.Mark, size, Bold, colour)
		x += s.fonts.Width(c.Mark, size, Bold)/safety + 24
	}
	fit := size
	for fit > 12 && s.fonts.Width(text, fit, Regular) > (CardWidth-cardMargin-x)*safety {
		fit -= 0.5
	}
	if lines := s.fonts.Wrap(text, (CardWidth-cardMargin-x)*safety, fit, Regular); len(lines) > 0 {
		s.word(x, base, lines[0], fit, Regular, colour)
	}
}
