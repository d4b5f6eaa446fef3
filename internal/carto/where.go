package carto

import (
	"html/template"
	"math"
	"slices"
	"strconv"
)

// Where draws where a few things are: the departments of one region with their number on them or,
// for no region, all of France with a circle on each, whose area is in proportion to the number. counts
// are by code of department; those outside the region are not drawn. The drawing is an image that
// bears the title as its name, without id: a page gives the numbers in a table beside it. It
// returns "" when nothing would be marked.
func (a *Atlas) Where(region string, counts map[string]int, title string) template.HTML {
	s := a.whereSheet(region)
	var marked []*shape
	most := 0
	for _, shape := range s.shapes {
		if n := counts[shape.code]; n > 0 {
			marked, most = append(marked, shape), max(most, n)
		}
	}
	if len(marked) == 0 {
		return ""
	}
	var w writer
	w.Grow(8 << 10)
	class := "map map-where"
	if region == "" {
		class += " map-where-france"
	}
	w.tag("svg", "xmlns", "http://www.w3.org/2000/svg", "class", class,
		"viewBox", "0 0 "+short(s.width)+" "+short(s.height()), "role", "img", "aria-label", title, "font-family", "sans-serif")
	w.tag("g", "transform", "scale(.1)", "fill-rule", "evenodd", "stroke", lineColour, "stroke-width", lineWidth(region), "stroke-linejoin", "round")
	for _, b := range s.boxes {
		f := s.frame(b)
		w.leaf("rect", "class", "map-frame", "x", short(f.x*tenth), "y", short(f.y*tenth), "width", short(f.w*tenth), "height", short(f.h*tenth),
			"fill", "none", "stroke", groundDarkColour, "stroke-width", "6")
	}
	fills(&w, s.shapes, func(shape *shape) bool { return counts[shape.code] == 0 }, "ground", groundColour)
	fills(&w, marked, func(*shape) bool { return true }, "map-marked", markedColour(region))
	w.end("g")
	if region == "" {
		whereCircles(&w, marked, counts, most)
	} else {
		whereNumbers(&w, marked, counts)
	}
	w.end("svg")
	return template.HTML(w.String())
}

// lineWidth is that of the borders, in tenths of a pixel.
func lineWidth(region string) string {
	if region == "" {
		return "4"
	}
	return "10"
}

// markedPaleColour is that of a department under a circle.
const markedPaleColour = "#b9d3e3"

// markedColour is darker under figures than under circles.
func markedColour(region string) string {
	if region == "" {
		return markedPaleColour
	}
	return circleColour
}

func fills(w *writer, shapes []*shape, chosen func(*shape) bool, class, colour string) {
	w.start("path", []string{"class", class, "fill", colour})
	w.WriteString(` d="`)
	for _, s := range shapes {
		if chosen(s) {
			w.WriteString(absolute(s)) // digits, letters and spaces only: nothing to escape
		}
	}
	w.WriteString(`"/>`)
}

// whereNumbers writes the number of each department in its roomiest place.
func whereNumbers(w *writer, marked []*shape, counts map[string]int) {
	const size = 19.0
	w.tag("g", "class", "map-values", "aria-hidden", "true", "font-weight", "700", "font-size", short(size), "text-anchor", "middle",
		"fill", paperColour, "stroke", circleColour, "stroke-width", "3", "stroke-linejoin", "round", "paint-order", "stroke")
	for _, s := range marked {
		w.element("text", strconv.Itoa(counts[s.code]), "x", short(s.anchor[0]), "y", short(s.anchor[1]+0.36*size))
	}
	w.end("g")
}

// whereCircles draws the circles, the largest first, so that none hides another.
func whereCircles(w *writer, marked []*shape, counts map[string]int, most int) {
	const widest, least = 5.5, 0.9 // pixels
	bySize := slices.Clone(marked)
	slices.SortStableFunc(bySize, func(s, t *shape) int { return counts[t.code] - counts[s.code] })
	w.tag("g", "fill", circleColour, "fill-opacity", ".82", "stroke", paperColour, "stroke-width", ".5")
	for _, s := range bySize {
		r := max(least, widest*math.Sqrt(float64(counts[s.code])/float64(max(most, 10))))
		w.leaf("circle", "cx", short(s.centre[0]), "cy", short(s.centre[1]), "r", short(r))
	}
	w.end("g")
}

// whereSheet is the small sheet of a region, or of France for "", composed when first asked for.
func (a *Atlas) whereSheet(region string) *sheet {
	key := "where " + region
	if s, ok := a.single.Load(key); ok {
		return s.(*sheet)
	}
	var s *sheet
	if region == "" {
		s = compose(a.departments, wherePaper())
	} else {
		s = composeRegion(a.departments, region)
		s = thinner(s)
	}
	made, _ := a.single.LoadOrStore(key, s)
	return made.(*sheet)
}

// wherePaper is that of all departments, small and without detail: its coordinates have few digits, and
// pages show it at twice its size.
func wherePaper() paper {
	return paper{width: 160, tolerance: 6, smallest: 1, boxes: append(overseasBoxes(), parisBox())}
}

// thinner drops what a small drawing cannot show. Arcs between neighbours stay shared.
func thinner(s *sheet) *sheet {
	out := &sheet{paper: s.paper}
	var l layer
	for _, old := range s.shapes {
		fresh := &shape{code: old.code, region: old.region}
		out.shapes = append(out.shapes, fresh)
		for _, ring := range old.rings {
			l.owners, l.rings = append(l.owners, fresh), append(l.rings, ring)
		}
	}
	out.keep(l.owners, nil, l.simplify(9, 3*tenth*tenth))
	for _, shape := range out.shapes {
		shape.path, shape.anchor = encodePath(shape.rings, 1), roomiest(shape.main)
	}
	return out
}
