package carto

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// regionWidth and regionHeight are the room, in pixels, that a map of one region fills as far
// as its form allows.
const regionWidth, regionHeight = 420.0, 360.0

// DrawRegion draws the departments of one region, by classes or as a bare ground, each marked with its code, the
// key to a table beside, and its value where there is room. Give the classes of the whole
// country, so that the colours mean the same in every region; the scale of circles and the highlight are not used. It fails when the table is
// not one of departments, or when the region has none.
func (a *Atlas) DrawRegion(t indicator.Table, region string, o Options) (Map, error) {
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r indicator.Row) bool { return r.Territory.Region != region })
	s := a.sheetOf(region)
	if t.Level != atlas.DepartmentLevel || len(t.Rows) == 0 || len(s.shapes) == 0 {
		return Map{}, fmt.Errorf("indicateur %s : pas de départements à dessiner pour la région %s", t.Indicator.ID, region)
	}
	d := newDrawing(s, t, o)
	m := d.words()
	d.open(&m, "map-one")
	d.areas(outlineColour, 7)
	d.codes()
	d.svg.end("svg")
	m.SVG = template.HTML(d.svg.String())
	return m, nil
}

// sheetOf returns the sheet of one region.
func (a *Atlas) sheetOf(region string) *sheet {
	if s, ok := a.single.Load(region); ok {
		return s.(*sheet)
	}
	s := composeRegion(a.departments, region)
	a.single.Store(region, s)
	return s
}

// codes marks each department with its code, in its roomiest place and, where there is room under it, its value.
func (d *drawing) codes() {
	d.openValues()
	for _, s := range d.sheet.shapes {
		row := d.rows[s.code]
		colour := d.colour(row)
		ink, class := inkOn(colour)
		up, down := orb.Point{s.anchor[0], s.anchor[1] - 8}, orb.Point{s.anchor[0], s.anchor[1] + 8}
		both := around(s.anchor, max(widthOf(row.Text, valueSize), widthOf(s.code, codeSize))+3, valueSize+codeSize+4)
		if !s.fits(both) {
			d.text(s.anchor, valueSize, s.code, "map-code "+class, ink, colour, "middle")
			continue
		}
		d.text(up, codeSize, s.code, "map-code "+class, ink, colour, "middle")
		d.text(down, valueSize, row.Text, class, ink, colour, "middle")
	}
	d.svg.end("g")
}

// composeRegion lays out the departments of one region on a paper of their own, at the largest scale that holds.
func composeRegion(territories []territory, region string) *sheet {
	s := &sheet{}
	var l layer
	var points [][]orb.Point
	var bound orb.MultiPoint
	for i := range territories {
		t := &territories[i]
		if t.region != region {
			continue
		}
		project := zoneOf(t.region).projection()
		owner := &shape{code: t.code, region: t.region}
		s.shapes = append(s.shapes, owner)
		for _, polygon := range t.polygons {
			for _, ring := range polygon {
				projected := make([]orb.Point, len(ring)-1)
				for j := range projected {
					projected[j] = project(ring[j])
				}
				points, l.owners = append(points, projected), append(l.owners, owner)
				bound = append(bound, projected...)
			}
		}
	}
	if len(points) == 0 {
		return s
	}
	fit := fitting(bound.Bound())
	s.paper = paper{width: fit.width, tall: fit.height, tolerance: 2, smallest: 0.4}
	for _, ring := range points {
		rounded := make([]vertex, len(ring))
		for j, p := range ring {
			rounded[j] = toVertex(fit.place(p), 1)
		}
		l.rings = append(l.rings, withoutRepeats(rounded))
	}
	s.keep(l.owners, nil, l.simplify(s.tolerance, s.smallest*tenth*tenth))
	for _, shape := range s.shapes {
		shape.path, shape.anchor = encodePath(shape.rings, 1), roomiest(shape.main)
	}
	return s
}

// fit is the paper that holds a bound, and the way of a point to it.
type fit struct {
	bound         orb.Bound
	scale         float64 // pixels a metre
	width, height float64 // pixels
}

func fitting(b orb.Bound) fit {
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	scale := math.Min((regionWidth-2*margin)/w, (regionHeight-2*margin)/h)
	return fit{b, scale, w*scale + 2*margin, h*scale + 2*margin}
}

func (f fit) place(p orb.Point) orb.Point {
	return orb.Point{margin + (p[0]-f.bound.Min[0])*f.scale, margin + (f.bound.Max[1]-p[1])*f.scale}
}
