package carto

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// widestRadius returns the radius of the circle of the scale value, in pixels.
func widestRadius(l atlas.Level) float64 {
	if l == atlas.DepartmentLevel {
		return 22
	}
	return 36
}

// boxRadius is the widest circle that an overseas box takes, beside its name and its figure.
const boxRadius = 19.0

// ScaleRadius returns the value of the widest circle for tables of one indicator at one level over the
// years: the greatest value, or more where an overseas circle would not stay in its box. It is
// 0 when no value is above 0.
func ScaleRadius(tables ...indicator.Table) float64 {
	scale := 0.0
	for _, t := range tables {
		for _, r := range t.Rows {
			x := positive(r.Value)
			region := r.Territory.ID.Code
			if t.Level == atlas.DepartmentLevel {
				region = r.Territory.Region
			}
			if zoneOf(region) != metropole {
				x *= square2(max(1, widestRadius(t.Level)/boxRadius))
			}
			scale = max(scale, x)
		}
	}
	return scale
}

func square2(x float64) float64 { return x * x }

// positive returns the number of a value that has a circle, else 0.
func positive(v atlas.Value) float64 {
	if !v.Shown() || math.IsNaN(v.Number) || math.IsInf(v.Number, 0) {
		return 0
	}
	return max(0, v.Number)
}

// radius is proportional to the square root of the value, so that areas compare as values do.
func radius(value, scale, widest float64) float64 {
	if scale <= 0 || value <= 0 {
		return 0
	}
	return widest * math.Sqrt(value/scale)
}

// bubble is a territory with its circle.
type bubble struct {
	shape *shape
	row   indicator.Row
	r     float64
}

// circle draws proportional circles on a grey ground.
func (d *drawing) circle(m *Map) {
	scale := d.options.Scale
	if scale <= 0 {
		scale = ScaleRadius(d.table)
	}
	d.open(m, "map-circles")
	d.frames()
	d.areas(lineColour, 8)
	d.overlay()
	bubbles := d.bubbles(scale)
	d.discs(bubbles)
	legend := d.nested(scale)
	d.circleValues(bubbles, legend)
	d.svg.WriteString(string(legend.draw(&d.table)))
	d.close(m)
	m.Legend.Circles = legend.alone(&d.table)
	m.Legend.Note = circleNote(d.table)
}

// bubbles returns the territories that have a row, the widest circle first.
func (d *drawing) bubbles(scale float64) []bubble {
	var out []bubble
	for _, s := range d.sheet.shapes {
		if row, ok := d.rows[s.code]; ok {
			out = append(out, bubble{s, row, radius(positive(row.Value), scale, widestRadius(d.table.Level))})
		}
	}
	slices.SortStableFunc(out, func(a, b bubble) int { return cmp.Compare(b.r, a.r) })
	return out
}

// discs draws the circles. Their links are for the mouse: the keyboard and screen readers
// have those of the areas.
func (d *drawing) discs(bubbles []bubble) {
	w := &d.svg
	w.tag("g", "class", "map-discs", "aria-hidden", "true", "fill", circleColour, "fill-opacity", ".9", "stroke", lineColour, "stroke-width", ".8")
	for _, b := range bubbles {
		if b.r == 0 {
			continue
		}
		d.labels.circles = append(d.labels.circles, disc{b.shape.centre, b.r})
		href := d.href(b.row, true)
		if href != "" {
			w.tag("a", "href", href, "tabindex", "-1", "data-code", b.shape.code)
		}
		class := "map-circle"
		if b.row.Territory.ID == d.options.Highlight {
			class += " is-here"
		}
		w.leaf("circle", "class", class, "cx", short(b.shape.centre[0]), "cy", short(b.shape.centre[1]), "r", fine(b.r))
		if href != "" {
			w.end("a")
		}
	}
	w.end("g")
}

// fine writes a radius to the hundredth, so that areas stay proportional for small circles.
func fine(r float64) string { return strconv.FormatFloat(math.Round(r*100)/100, 'f', -1, 64) }

// circleValues writes figures in the circles or, on a map of regions, beside them.
func (d *drawing) circleValues(bubbles []bubble, legend nestedLegend) {
	d.labels.take(legend.bounds())
	for _, b := range d.sheet.boxes {
		d.labels.take(d.sheet.frame(b))
	}
	d.openValues()
	for _, b := range bubbles {
		size := valueSize
		if d.table.Level == atlas.DepartmentLevel {
			size = smallSize
		}
		width := widthOf(b.row.Text, size)
		ink, class := inkOn(circleColour)
		place, fits := within(b, bubbles, width, size*0.72)
		switch {
		case b.shape.box != nil && d.table.Level == atlas.RegionLevel:
			d.corner(b.shape, b.row)
		case fits:
			d.text(place, size, b.row.Text, class, ink, "none", "middle")
		case d.table.Level == atlas.RegionLevel:
			d.nextTo(b, width)
		}
	}
	d.svg.end("g")
}

// within returns the middle of a place in the circle for a text of that width and height: the centre, or
// aside where smaller circles, drawn later, cover the centre.
func within(b bubble, bubbles []bubble, width, height float64) (orb.Point, bool) {
	slack := b.r - 1.5 - math.Hypot(width/2, height/2)
	if slack < 0 {
		return orb.Point{}, false
	}
	for _, distance := range []float64{0, slack / 2, slack} {
		for i := range 8 {
			angle := float64(i) * math.Pi / 4
			p := orb.Point{b.shape.centre[0] + distance*math.Cos(angle), b.shape.centre[1] + distance*math.Sin(angle)}
			if !slices.ContainsFunc(bubbles, func(other bubble) bool {
				return other.shape != b.shape && other.r <= b.r && disc{other.shape.centre, other.r}.covers(around(p, width, height))
			}) {
				return p, true
			}
		}
	}
	return orb.Point{}, false
}

// nextTo writes a figure on a free side of its circle, in its place when there is no circle.
func (d *drawing) nextTo(b bubble, width float64) {
	c, gap := b.shape.centre, b.r+2.5
	half, line := width/2, valueSize/2
	for _, p := range []orb.Point{
		{c[0] + gap + half, c[1]}, {c[0] - gap - half, c[1]}, {c[0], c[1] + gap + line}, {c[0], c[1] - gap - line},
		{c[0] + 0.75*gap + half, c[1] + 0.75*gap + line}, {c[0] - 0.75*gap - half, c[1] + 0.75*gap + line},
		{c[0] + 0.75*gap + half, c[1] - 0.75*gap - line}, {c[0] - 0.75*gap - half, c[1] - 0.75*gap - line},
	} {
		if b.r == 0 {
			p = c
		}
		r := around(p, width, valueSize*0.8)
		if (rect{0, 0, d.sheet.width, d.sheet.height()}).holds(r) && d.labels.free(r) {
			d.labels.take(r)
			d.text(p, valueSize, b.row.Text, "on-light", inkColour, paperColour, "middle")
			return
		}
	}
}

// nestedLegend is three circles, or fewer, one in the other, with round values.
type nestedLegend struct {
	values []float64 // raw, descending
	radii  []float64
	right  float64 // the right end of its figures
	top    float64
}

const (
	legendSize = 13.0
	legendHead = 22.0 // for the unit
)

// nested chooses the values of the legend: the greatest round value of the table, then about a
// quarter and a twentieth of it. Counts stay whole.
func (d *drawing) nested(scale float64) nestedLegend {
	l := nestedLegend{right: d.sheet.width - margin, top: margin}
	unit, greatest := scaleOf(d.table.Indicator.Display), 0.0
	for _, r := range d.table.Rows {
		greatest = max(greatest, positive(r.Value))
	}
	if greatest == 0 {
		return l
	}
	for _, share := range []float64{1, 0.25, 0.05} {
		v := roundBelow(greatest * share / unit)
		if d.table.Indicator.Display.Suffix == "" {
			v = max(1, math.Round(v))
		}
		v = clean(v * unit)
		if v <= greatest && (len(l.values) == 0 || v < l.values[len(l.values)-1]) {
			l.values = append(l.values, v)
			l.radii = append(l.radii, radius(v, scale, widestRadius(d.table.Level)))
		}
	}
	return l
}

// roundBelow returns the greatest of 1, 2 and 5 times a power of ten that is not above x.
func roundBelow(x float64) float64 {
	p := math.Pow10(int(math.Floor(math.Log10(x))))
	for _, digit := range []float64{10, 5, 2} {
		if clean(digit*p) <= x {
			return clean(digit * p)
		}
	}
	return p
}

func (l nestedLegend) bounds() rect {
	if len(l.values) == 0 {
		return rect{}
	}
	w := 2*l.radii[0] + 70
	return rect{l.right - w, l.top, w, l.height()}
}

// height is that of the circles, or of their figures where the circles are smaller.
func (l nestedLegend) height() float64 {
	return legendHead + max(2*l.radii[0]+legendSize, 2+(float64(len(l.radii))-0.4)*legendSize)
}

// draw draws the legend at the top right of the map, so that it keeps the map's scale at every width.
func (l nestedLegend) draw(t *indicator.Table) template.HTML {
	if len(l.values) == 0 {
		return ""
	}
	var w writer
	w.tag("g", "class", "map-legend", "aria-hidden", "true", "font-size", short(legendSize), "fill", inkColour)
	w.element("text", t.UnitLabel(), "class", "map-unit", "x", short(l.right), "y", short(l.top+legendSize-2), "text-anchor", "end", "font-weight", "600")
	width := 0.0
	for _, v := range l.values {
		width = max(width, widthOf(l.text(v, t), legendSize))
	}
	r := l.radii[0]
	x, bottom := l.right-width-10-r, l.top+legendHead+2*r+2
	above := math.Inf(-1)
	for i, v := range l.values {
		top := bottom - 2*l.radii[i]
		y := max(top, above+legendSize)
		above = y
		w.leaf("circle", "class", "map-circle-legend", "cx", short(x), "cy", short(bottom-l.radii[i]), "r", fine(l.radii[i]),
			"fill", "none", "stroke", inkColour, "stroke-width", ".8")
		w.leaf("path", "class", "map-leader", "d", "M"+short(x)+" "+short(top)+"L"+short(l.right-width-4)+" "+short(y),
			"stroke", inkColour, "stroke-width", ".5", "fill", "none")
		w.element("text", l.text(v, t), "x", short(l.right), "y", short(y+0.36*legendSize), "text-anchor", "end")
	}
	w.end("g")
	return template.HTML(w.String())
}

func (l nestedLegend) text(v float64, t *indicator.Table) string {
	return plainNumber(v / scaleOf(t.Indicator.Display))
}

// alone returns the legend as a drawing of its own.
func (l nestedLegend) alone(t *indicator.Table) template.HTML {
	if len(l.values) == 0 {
		return ""
	}
	words := make([]string, len(l.values))
	for i, v := range l.values {
		words[i] = l.text(v, t)
	}
	widest := 0.0
	for _, word := range words {
		widest = max(widest, widthOf(word, legendSize))
	}
	l.right, l.top = max(2*l.radii[0]+widest+11, widthOf(t.UnitLabel(), legendSize)*1.1), 1
	var w writer
	w.tag("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "map-circles-alone", "width", short(l.right+1), "height", short(l.height()+2),
		"viewBox", "0 0 "+short(l.right+1)+" "+short(l.height()+2), "role", "img", "font-family", "sans-serif",
		"aria-label", "Légende des cercles"+french.NBSP+": "+french.Join(words)+french.NBSP+t.UnitLabel())
	w.WriteString(string(l.draw(t)))
	w.end("svg")
	return template.HTML(w.String())
}

func circleNote(t indicator.Table) string {
	note := "La surface de chaque cercle est proportionnelle à la valeur."
	var zero []string
	for _, r := range t.Rows {
		if r.Value.Shown() && r.Value.Number == 0 {
			zero = append(zero, r.Territory.Name)
		}
	}
	if len(zero) == 0 {
		return note
	}
	slices.SortFunc(zero, french.Collator().CompareString)
	if len(zero) > 12 {
		return note + " Sans cercle, valeur nulle" + french.NBSP + ": " + french.Count(float64(len(zero)), nounOf(t.Level), nounOf(t.Level)+"s") + "."
	}
	return note + " Sans cercle, valeur nulle" + french.NBSP + ": " + french.Join(zero) + "."
}
