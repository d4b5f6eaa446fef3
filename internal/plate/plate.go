// Package plate composes figures that stand alone: a map or a chart with its title, legend, notes,
// source and licence in one SVG, ready to be printed elsewhere, and the cards that social
// networks show beside a link. Texts are laid out with the metrics of the real font; a
// plate loads nothing, runs nothing and links to nothing.
package plate

import (
	"fmt"
	"strings"
)

// Plate is what a figure to take away shows. Empty texts are left out.
type Plate struct {
	Title, Subtitle string
	Lead            string   // what the drawing shows, in a sentence
	Drawing         string   // an SVG with a view box
	Key             string   // a drawn legend, an SVG with a view box, at the scale of the drawing
	Width           float64  // of the plate, in pixels; the drawing takes what its margins leave
	Unit            string   // heads the legend
	Legend          []Swatch // in reading order
	Mark            string   // « Données de démonstration », said at the top
	Notes           []string // « Note : … »
	Source          string   // « Source : … »
	Credits         []string // base map, licence
	Site            string   // the name of the site
}

// Swatch is an entry of a legend.
type Swatch struct {
	Colour string // « #a3d6a6 », or « url(#e1) » for a pattern of the drawing, in tenths of a pixel; empty: hatched, what is not available
	Label  string
}

// Image is an SVG with its size in pixels.
type Image struct {
	SVG           string
	Width, Height int
}

// Margin is what a plate leaves empty around its drawing, in pixels.
const Margin = 20

// The measures of a plate, in pixels.
const (
	margin      = float64(Margin)
	titleSize   = 23.0
	subSize     = 16.0
	leadSize    = 15.0
	legendSize  = 14.0
	captionSize = 12.5
	swatchWidth = 26.0
)

// Its colours, on white.
const (
	ink    = "#16202b"
	soft   = "#4a5866"
	rule   = "#c3ccd5"
	accent = "#1f4e79"
	paper  = "#ffffff"
	wash   = "#fff3d1"
	warned = "#4f3800"
	golden = "#d9a514"
)

// Compose lays a plate out from top to bottom: mark, title, subtitle, legend, drawing, notes,
// source, credits. Its height follows from what it holds. It fails when the drawing cannot be
// read or when the plate is too narrow.
func (f *Fonts) Compose(p Plate) (Image, error) {
	inner := p.Width - 2*margin
	if inner < 200 {
		return Image{}, fmt.Errorf("plate %q: %g pixels are too few", p.Title, p.Width)
	}
	d, err := read(p.Drawing, nil)
	if err != nil {
		return Image{}, fmt.Errorf("plate %q: %w", p.Title, err)
	}
	s := &sheet{fonts: f, width: p.Width}
	s.mark(p.Mark)
	s.rect(margin, s.y, 44, 5, accent)
	s.y += 15
	s.lines(p.Title, titleSize, Bold, ink)
	if p.Subtitle != "" {
		s.y += 3
		s.lines(p.Subtitle, subSize, Regular, soft)
	}
	if p.Lead != "" {
		s.y += 5
		s.lines(p.Lead, leadSize, Regular, ink)
	}
	s.y += 12
	s.legend(p.Unit, p.Legend)
	scale := inner / d.width
	if p.Key != "" {
		key, err := read(p.Key, nil)
		if err != nil {
			return Image{}, fmt.Errorf("plate %q: legend: %w", p.Title, err)
		}
		s.draw(key, margin, s.y, min(key.width*scale, inner))
		s.y += 8
	}
	s.draw(d, margin, s.y, inner)
	s.y += 14
	s.rect(margin, s.y, inner, 1, rule)
	s.y += 8
	for _, note := range p.Notes {
		s.lines(note, captionSize, Regular, soft)
		s.y += 3
	}
	if p.Source != "" {
		s.lines(p.Source, captionSize, Semibold, ink)
		s.y += 3
	}
	for _, credit := range p.Credits {
		s.lines(credit, captionSize, Regular, soft)
	}
	if p.Site != "" {
		s.y += 3
		s.lines(p.Site, captionSize, Bold, accent)
	}
	s.y += margin - 4
	return s.image(p.Title, describe(p)), nil
}

// describe is the text of a plate for those who do not see it.
func describe(p Plate) string {
	parts := append([]string{p.Mark, p.Subtitle}, p.Notes...)
	var said []string
	for _, part := range append(parts, p.Source) {
		if part != "" {
			said = append(said, strings.TrimSuffix(part, ".")+".")
		}
	}
	return strings.Join(said, " ")
}
