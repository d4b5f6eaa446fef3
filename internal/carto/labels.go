package carto

import (
	"math"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// The sizes of the figures on a map, in pixels.
const (
	valueSize = 14.5
	smallSize = 10.5
	codeSize  = 12.0
)

// labeller finds places for texts that hide neither one another nor what is already there.
type labeller struct {
	taken   []rect
	circles []disc
}

type disc struct {
	centre orb.Point
	radius float64
}

func (l *labeller) free(r rect) bool {
	for _, t := range l.taken {
		if r.overlaps(t) {
			return false
		}
	}
	for _, c := range l.circles {
		if c.covers(r) {
			return false
		}
	}
	return true
}

// covers tells whether a disc covers a part of a rectangle.
func (c disc) covers(r rect) bool {
	x, y := min(max(c.centre[0], r.x), r.x+r.w), min(max(c.centre[1], r.y), r.y+r.h)
	return math.Hypot(x-c.centre[0], y-c.centre[1]) < c.radius
}

func (l *labeller) take(r rect) { l.taken = append(l.taken, r) }

// around returns the rectangle of a text of that width and size whose middle is p.
func around(p orb.Point, width, size float64) rect {
	return rect{p[0] - width/2, p[1] - size/2, width, size}
}

// widthOf estimates the width of a text in the sans-serif faces of readers' machines, on the wide side.
func widthOf(text string, size float64) float64 {
	em := 0.0
	for _, r := range text {
		switch r {
		case '\u202f', '\u00a0', ' ', ',', '.', '’', '/', 'i', 'l':
			em += 0.3
		case '%', 'M', 'm', 'W':
			em += 0.9
		default:
			em += 0.57
		}
	}
	return em * size
}

// text writes a figure whose middle, or left end, is at p, with a halo of that colour or "none".
func (d *drawing) text(p orb.Point, size float64, text, class, ink, halo, anchor string) {
	attributes := []string{"class", "map-value " + class, "x", short(p[0]), "y", short(p[1] + 0.36*size),
		"text-anchor", anchor, "font-size", short(size), "fill", ink}
	if halo != "none" {
		attributes = append(attributes, "stroke", halo, "stroke-width", "2.5", "stroke-linejoin", "round", "paint-order", "stroke")
	}
	d.svg.element("text", text, attributes...)
}

func (d *drawing) openValues() {
	d.svg.tag("g", "class", "map-values", "aria-hidden", "true", "pointer-events", "none", "font-weight", "600")
}

// values writes the figures of a choropleth: inside where they fit. On a map of regions the others stand
// beside with a leader, those of overseas regions in the corner of their box; on a map of
// departments they are left out.
func (d *drawing) values() {
	d.openValues()
	if d.table.Level == atlas.DepartmentLevel {
		d.insideValues()
		d.svg.end("g")
		return
	}
	var beside []*shape
	for _, s := range d.sheet.shapes {
		row, ok := d.rows[s.code]
		if !ok {
			continue
		}
		width := widthOf(row.Text, valueSize)
		place := around(s.anchor, width+3, valueSize)
		switch {
		case s.box != nil:
			d.corner(s, row)
		case s.fits(place):
			colour := d.colour(row)
			ink, class := inkOn(colour)
			d.labels.take(place)
			d.text(s.anchor, valueSize, row.Text, class, ink, colour, "middle")
		default:
			beside = append(beside, s)
		}
	}
	for _, s := range beside {
		d.beside(s, d.rows[s.code])
	}
	d.svg.end("g")
}

// insideValues writes the figures that fit in their department, and nowhere else.
func (d *drawing) insideValues() {
	for _, s := range d.sheet.shapes {
		row, ok := d.rows[s.code]
		place := around(s.anchor, widthOf(row.Text, smallSize)+2, smallSize)
		if !ok || !row.Value.Shown() || !s.fits(place) || !d.labels.free(place) {
			continue
		}
		d.labels.take(place)
		colour := d.colour(row)
		ink, class := inkOn(colour)
		d.text(s.anchor, smallSize, row.Text, class, ink, colour, "middle")
	}
}

// corner writes the figure of an overseas territory at the bottom left of its box.
func (d *drawing) corner(s *shape, row indicator.Row) {
	f := d.sheet.frame(*s.box)
	d.text(orb.Point{f.x + 4, f.y + f.h - 8}, 13, row.Text, "on-light", inkColour, paperColour, "start")
}

// fits tells whether a rectangle lies inside the shape.
func (s *shape) fits(r rect) bool {
	const steps = 8
	for i := range steps + 1 {
		t := float64(i) / steps
		for _, p := range []orb.Point{{r.x + t*r.w, r.y}, {r.x + t*r.w, r.y + r.h}, {r.x, r.y + t*r.h}, {r.x + r.w, r.y + t*r.h}} {
			if !contains(s.main, p) {
				return false
			}
		}
	}
	return true
}

// beside writes a figure on the nearest free place off the land, tied to its territory by a line.
// Where there is none it writes nothing: the figure is in the name of the link and in the table.
func (d *drawing) beside(s *shape, row indicator.Row) {
	width := widthOf(row.Text, valueSize)
	for distance := 20.0; distance <= 260; distance += 10 {
		for i := range 16 {
			angle := float64(i) * math.Pi / 8
			p := orb.Point{s.anchor[0] + distance*math.Cos(angle), s.anchor[1] + distance*math.Sin(angle)}
			r := around(p, width+6, valueSize+4)
			if !d.atSea(r) || !d.labels.free(r) {
				continue
			}
			d.labels.take(r)
			end := orb.Point{min(max(s.anchor[0], r.x), r.x+r.w), min(max(s.anchor[1], r.y), r.y+r.h)}
			d.svg.leaf("path", "class", "map-leader", "d", "M"+short(s.anchor[0])+" "+short(s.anchor[1])+"L"+short(end[0])+" "+short(end[1]),
				"stroke", inkColour, "stroke-width", ".8", "fill", "none")
			d.text(p, valueSize, row.Text, "on-light", inkColour, paperColour, "middle")
			return
		}
	}
}

// atSea tells whether a rectangle is on the paper, off every territory and box.
func (d *drawing) atSea(r rect) bool {
	if !(rect{0, 0, d.sheet.width, d.sheet.height()}).holds(r) {
		return false
	}
	for _, b := range d.sheet.boxes {
		if r.overlaps(d.sheet.frame(b)) {
			return false
		}
	}
	for _, s := range d.sheet.shapes {
		for _, p := range []orb.Point{{r.x, r.y}, {r.x + r.w, r.y}, {r.x, r.y + r.h}, {r.x + r.w, r.y + r.h}, {r.x + r.w/2, r.y + r.h/2}} {
			if contains(s.main, p) {
				return false
			}
		}
		for _, ring := range s.main {
			for _, p := range ring {
				if p[0] > r.x && p[0] < r.x+r.w && p[1] > r.y && p[1] < r.y+r.h {
					return false
				}
			}
		}
	}
	return true
}
