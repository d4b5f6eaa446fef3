package carto

import (
	"fmt"
	"html/template"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// SmallWidth is the width at which maps of [Atlas.DrawSmall] are made to be shown, in CSS pixels: the
// scale of the legend of their circles.
const SmallWidth = 280.0

// smallHatching widens the hatching of small maps, whose lines would run together at their size.
const smallHatching = 2.5

// DrawSmall draws a table as [Atlas.Draw] does, but for a map to be shown small, beside those of other
// years: without figures, names or links. It borrows the outlines of a map of the same level drawn on the same page
// with the ID of. Its Legend.Circles is to the scale of SmallWidth.
func (a *Atlas) DrawSmall(t indicator.Table, of string, o Options) (Map, error) {
	s := a.sheets[t.Level]
	if s == nil || t.Indicator.Map == indicator.NoMap {
		return Map{}, fmt.Errorf("indicateur %s : pas de carte au niveau %s", t.Indicator.ID, t.Level)
	}
	d := newDrawing(s, t, o)
	m := d.words()
	d.smallHead(&m)
	d.smallFrames()
	d.smallAreas(of)
	if t.Indicator.Map == indicator.Circles {
		scale := o.Scale
		if scale <= 0 {
			scale = ScaleRadius(t)
		}
		d.smallDiscs(scale)
		m.Legend.Circles = d.nested(scale).shrunk(SmallWidth / s.width).alone(&t)
		m.Legend.Note = circleNote(t)
	}
	d.close(&m)
	return m, nil
}

func (d *drawing) smallHead(m *Map) {
	id, w := d.options.ID, &d.svg
	w.tag("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "map map-small",
		"viewBox", fmt.Sprintf("0 0 %s %s", short(d.sheet.width), short(d.sheet.height())),
		"role", "img", "aria-labelledby", id+"-titre", "aria-describedby", id+"-desc")
	w.element("title", m.Title, "id", id+"-titre")
	w.element("desc", m.Description, "id", id+"-desc")
	d.patterns(m.Legend, smallHatching)
}

func (d *drawing) smallFrames() {
	w := &d.svg
	w.tag("g", "class", "map-frames", "fill", "none", "stroke", outlineColour, "stroke-width", "1.5")
	for i := range d.sheet.boxes {
		b := &d.sheet.boxes[i]
		if slices.ContainsFunc(d.sheet.shapes, func(s *shape) bool { return s.box == b }) {
			f := d.sheet.frame(*b)
			w.leaf("rect", "class", "map-frame", "x", short(f.x), "y", short(f.y), "width", short(f.w), "height", short(f.h))
		}
	}
	w.end("g")
}

// smallAreas draws the territories class by class, with the outlines of another map.
func (d *drawing) smallAreas(of string) {
	stroke, width := outlineColour, 12.0
	if d.table.Indicator.Map == indicator.Circles {
		stroke, width = lineColour, 16
	}
	w := &d.svg
	w.tag("g", "transform", d.sheet.scaling(), "fill-rule", "evenodd", "stroke", stroke, "stroke-width", d.sheet.length(width), "stroke-linejoin", "round")
	type look struct{ class, fill string }
	var looks []look
	members := map[look][]string{}
	for _, s := range d.sheet.shapes {
		row, known := d.rows[s.code]
		l := look{}
		l.class, l.fill = d.fill(row, known)
		if members[l] == nil {
			looks = append(looks, l)
		}
		members[l] = append(members[l], s.code)
	}
	for _, l := range looks {
		w.tag("g", "class", l.class, "fill", l.fill)
		for _, code := range members[l] {
			w.leaf("use", "href", "#"+of+"-"+code)
		}
		w.end("g")
	}
	w.end("g")
}

func (d *drawing) smallDiscs(scale float64) {
	w := &d.svg
	w.tag("g", "class", "map-discs", "fill", circleColour, "fill-opacity", ".9", "stroke", lineColour, "stroke-width", "1.5")
	for _, b := range d.bubbles(scale) {
		if b.r > 0 {
			w.leaf("circle", "cx", short(b.shape.centre[0]), "cy", short(b.shape.centre[1]), "r", fine(b.r))
		}
	}
	w.end("g")
}

// shrunk returns the legend to another scale.
func (l nestedLegend) shrunk(by float64) nestedLegend {
	l.radii = slices.Clone(l.radii)
	for i := range l.radii {
		l.radii[i] *= by
	}
	return l
}

// Outlines is an SVG that shows nothing: the outlines that maps of [Atlas.DrawSmall] borrow, for where the map with
// the ID of is not drawn.
func (a *Atlas) Outlines(level atlas.Level, of string) template.HTML {
	var w writer
	w.tag("svg", "class", "hidden", "width", "0", "height", "0", "aria-hidden", "true")
	w.tag("defs")
	if s := a.sheets[level]; s != nil {
		for _, shape := range s.shapes {
			w.leaf("path", "id", of+"-"+shape.code, "d", shape.path)
		}
	}
	w.end("defs", "svg")
	return template.HTML(w.String())
}
