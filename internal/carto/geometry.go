package carto

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Geometry is the composed sheet of a level, for those who draw it again elsewhere: the very
// outlines, boxes and zoom that [Atlas.Draw] draws. Lengths are pixels of that drawing, from its
// top left corner; paths are relative SVG paths in tenths of a pixel.
type Geometry struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
	Areas  []Area  `json:"areas"` // in the order of their codes
	Frames []Frame `json:"frames"`
	// Borders are those of the regions, on a sheet of departments; else empty.
	Borders string `json:"borders,omitempty"`
}

// Area is a territory on a sheet.
type Area struct {
	Code string `json:"code"`
	// Polygons are closed paths: an outline each, its holes after it.
	Polygons []string `json:"polygons"`
	// Centre is where its circle stands, Label the middle of the place for its figure.
	Centre [2]float64 `json:"centre"`
	Label  [2]float64 `json:"label"`
}

// Frame is a box where territories are drawn at another scale than the metropole.
type Frame struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
	Name   string  `json:"name"`
	Scale  string  `json:"scale"` // « ×1,2 »
}

// Geometry returns the sheet of the regions or of the departments; false for another level.
func (a *Atlas) Geometry(level atlas.Level) (Geometry, bool) {
	s := a.sheets[level]
	if s == nil {
		return Geometry{}, false
	}
	g := Geometry{Width: toTenth(s.width), Height: toTenth(s.height()), Frames: []Frame{}}
	if level == atlas.DepartmentLevel {
		g.Borders = encodeLines(s.borders, 1)
	}
	for i := range s.boxes {
		b := &s.boxes[i]
		if !slices.ContainsFunc(s.shapes, func(sh *shape) bool { return sh.box == b }) {
			continue
		}
		f := s.frame(*b)
		g.Frames = append(g.Frames, Frame{X: toTenth(f.x), Y: toTenth(f.y), Width: toTenth(f.w), Height: toTenth(f.h),
			Name: b.name, Scale: "×" + french.Number(b.scale, decimalsOf(b.scale))})
	}
	for _, sh := range s.shapes {
		g.Areas = append(g.Areas, Area{Code: sh.code, Polygons: polygonPaths(sh.rings), Centre: pixels(sh.centre), Label: pixels(s.labelPlace(sh, level))})
	}
	return g, true
}

// labelPlace is where the figure of a territory reads best: the bottom left of its box for an
// overseas region, as on the drawing, else the roomiest place.
func (s *sheet) labelPlace(sh *shape, level atlas.Level) orb.Point {
	if sh.box == nil || level != atlas.RegionLevel {
		return sh.anchor
	}
	f := s.frame(*sh.box)
	return orb.Point{f.x + 22, f.y + f.h - 9}
}

// polygonPaths gathers rings into polygons: a ring in an odd number of others is a hole of the
// innermost of them.
func polygonPaths(rings [][]vertex) []string {
	lines := make([]ring, len(rings))
	for i, r := range rings {
		lines[i] = toRing(r)
	}
	around := make([][]int, len(rings)) // the rings that hold a ring
	for i, line := range lines {
		inside := deepest(lines[i : i+1]) // no vertex, which another ring might touch
		_, area := massOf(line)
		for j, other := range lines {
			if _, wider := massOf(other); wider > area && contains(lines[j:j+1], inside) {
				around[i] = append(around[i], j)
			}
		}
	}
	polygons := make([][][]vertex, len(rings))
	for i := range rings {
		if len(around[i])%2 == 0 {
			polygons[i] = append([][]vertex{rings[i]}, polygons[i]...)
			continue
		}
		owner := slices.MaxFunc(around[i], func(a, b int) int { return len(around[a]) - len(around[b]) })
		polygons[owner] = append(polygons[owner], rings[i])
	}
	paths := []string{}
	for i, p := range polygons {
		if len(around[i])%2 == 0 {
			paths = append(paths, encodePath(p, 1))
		}
	}
	return paths
}

func pixels(p orb.Point) [2]float64 { return [2]float64{toTenth(p[0]), toTenth(p[1])} }

func toTenth(x float64) float64 { return math.Round(x*10) / 10 }

func toHundredth(x float64) float64 { return math.Round(x*100) / 100 }

// Design is what a map says, without its drawing: the class or the circle of each row of its table,
// the legend, the words. It is what [Atlas.Draw] shows.
type Design struct {
	Title, Description string
	Unit               string         // of the legend
	Classes            []DesignClass  // the highest first; none for circles
	Nested             []LegendCircle // the widest first; none for classes
	NoData             bool           // some rows have no value
	Note               string
	// Class and Radius are, for each row of the table in its order, the class, from 1, 0 for none,
	// and the radius of the circle in pixels of the drawing, 0 for none.
	Class  []int
	Radius []float64
}

// DesignClass is an entry of the legend, the ink that reads best on its colour, and the colour of
// its hatching; empty where it has none.
type DesignClass struct {
	LegendClass
	Ink, Hatch string
}

// LegendCircle is a circle of the legend, in pixels of the drawing.
type LegendCircle struct {
	Radius float64 `json:"radius"`
	Text   string  `json:"text"`
}

// Design tells how a table is drawn under the same options as [Atlas.Draw]. It fails when Draw
// would for want of a map.
func (a *Atlas) Design(t indicator.Table, o Options) (Design, error) {
	s := a.sheets[t.Level]
	if s == nil || t.Indicator.Map == indicator.NoMap {
		return Design{}, fmt.Errorf("indicateur %s : pas de carte au niveau %s", t.Indicator.ID, t.Level)
	}
	d := newDrawing(s, t, o)
	m := d.words()
	out := Design{Title: m.Title, Description: m.Description, Unit: m.Legend.Unit, NoData: m.Legend.NoData, Note: m.Legend.Note,
		Class: make([]int, len(t.Rows)), Radius: make([]float64, len(t.Rows))}
	if t.Indicator.Map == indicator.Classes {
		out.byClasses(t, d.classes, m.Legend.Classes)
	} else {
		out.byCircles(t, o, s)
	}
	return out, nil
}

func (d *Design) byClasses(t indicator.Table, c Classes, legend []LegendClass) {
	for _, entry := range legend {
		ink, _ := inkOn(entry.Colour)
		made := DesignClass{LegendClass: entry, Ink: ink}
		if c.below(entry.Index) {
			made.Hatch = hatchOn(entry.Colour)
		}
		d.Classes = append(d.Classes, made)
	}
	for i, r := range t.Rows {
		if r.Value.Shown() && c.Count() > 0 {
			d.Class[i] = c.Of(t, r.Value.Number)
		}
	}
}

func (d *Design) byCircles(t indicator.Table, o Options, s *sheet) {
	d.Note = circleNote(t)
	scale := o.Scale
	if scale <= 0 {
		scale = ScaleRadius(t)
	}
	for i, r := range t.Rows {
		d.Radius[i] = toHundredth(radius(positive(r.Value), scale, widestRadius(t.Level)))
	}
	legend := (&drawing{sheet: s, table: t, options: o}).nested(scale)
	for i, v := range legend.values {
		d.Nested = append(d.Nested, LegendCircle{Radius: toHundredth(legend.radii[i]), Text: legend.text(v, &t)})
	}
}
