package carto

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// vertex is a corner of a boundary, in tenths of a pixel.
type vertex struct{ x, y int }

// toVertex rounds a point in pixels to the grid, in tenths of a pixel.
func toVertex(p orb.Point, grid int) vertex {
	round := func(x float64) int { return int(math.Round(x*tenth/float64(grid))) * grid }
	return vertex{round(p[0]), round(p[1])}
}

func (v vertex) compare(w vertex) int { return cmp.Or(cmp.Compare(v.x, w.x), cmp.Compare(v.y, w.y)) }

// withoutRepeats drops the vertices that rounding laid on the one before, and the spikes that it left of
// narrow inlets: there and back along one line.
func withoutRepeats(ring []vertex) []vertex {
	var out []vertex
	for _, v := range ring {
		switch n := len(out); {
		case n > 0 && out[n-1] == v:
		case n > 1 && out[n-2] == v:
			out = out[:n-1]
		default:
			out = append(out, v)
		}
	}
	for n := len(out); n > 1; n = len(out) {
		switch {
		case out[0] == out[n-1]:
			out = out[:n-1]
		case n > 2 && out[n-2] == out[0]:
			out = out[:n-2]
		case n > 2 && out[n-1] == out[1]:
			out = out[1 : n-1]
		default:
			return out
		}
	}
	return out
}

func doubleArea(ring []vertex) float64 {
	sum := 0
	for i, v := range ring {
		w := ring[(i+1)%len(ring)]
		sum += v.x*w.y - w.x*v.y
	}
	return math.Abs(float64(sum))
}

// arcKey names an arc whichever way it runs.
type arcKey struct {
	first, second, last vertex
	length              int
}

type simplified struct {
	rings   [][]vertex // as many as the layer has; empty where the ring is too small to be seen
	borders [][]vertex
}

// simplify drops the vertices that lie within the tolerance of the line without them (Douglas and
// Peucker), arc by arc: an arc runs between two places where more than two lines meet, and
// the neighbours that share it get the same line. The widest ring of a shape always stays.
func (l *layer) simplify(tolerance, smallest float64) simplified {
	nodes := findNodes(l.rings)
	arcs := map[arcKey][]vertex{}
	sides := map[arcKey][]*shape{}
	widest := l.widest()
	out := simplified{rings: make([][]vertex, len(l.rings))}
	var order []arcKey
	for i, ring := range l.rings {
		if len(ring) < 3 || doubleArea(ring)/2 < smallest {
			if widest[l.owners[i]] == i {
				out.rings[i] = speck(ring)
			}
			continue
		}
		var thin []vertex
		for _, arc := range cutAtNodes(ring, nodes) {
			reversed := canonical(arc) < 0
			if reversed {
				slices.Reverse(arc)
			}
			key := arcKey{arc[0], arc[1], arc[len(arc)-1], len(arc)}
			if _, ok := arcs[key]; !ok {
				arcs[key] = thinArc(arc, tolerance)
				order = append(order, key)
			}
			sides[key] = append(sides[key], l.owners[i])
			part := slices.Clone(arcs[key])
			if reversed {
				slices.Reverse(part)
			}
			thin = append(thin, part[:len(part)-1]...)
		}
		if thin = withoutRepeats(thin); len(thin) >= 3 {
			out.rings[i] = thin
		} else if widest[l.owners[i]] == i {
			out.rings[i] = ring
		}
	}
	for _, key := range order {
		for _, other := range sides[key] {
			meet(sides[key][0], other)
		}
	}
	out.borders = bordersOf(order, arcs, sides)
	return out
}

// widest returns the index of the widest ring of each shape.
func (l *layer) widest() map[*shape]int {
	best := map[*shape]int{}
	for i, ring := range l.rings {
		if j, ok := best[l.owners[i]]; !ok || doubleArea(ring) > doubleArea(l.rings[j]) {
			best[l.owners[i]] = i
		}
	}
	return best
}

// speck is the least that can be seen of a territory too small for the paper.
func speck(ring []vertex) []vertex {
	if len(ring) >= 3 {
		return ring
	}
	v := ring[0]
	return []vertex{{v.x - 5, v.y - 5}, {v.x + 5, v.y - 5}, {v.x + 5, v.y + 5}, {v.x - 5, v.y + 5}}
}

// findNodes returns the vertices from which other than two lines leave.
func findNodes(rings [][]vertex) map[vertex]bool {
	around := map[vertex][]vertex{}
	link := func(v, w vertex) {
		if !slices.Contains(around[v], w) {
			around[v] = append(around[v], w)
		}
	}
	for _, ring := range rings {
		for i, v := range ring {
			w := ring[(i+1)%len(ring)]
			link(v, w)
			link(w, v)
		}
	}
	nodes := map[vertex]bool{}
	for v, others := range around {
		if len(others) != 2 {
			nodes[v] = true
		}
	}
	return nodes
}

// cutAtNodes returns the arcs of a ring, each with both its ends. A ring without node is one arc, from
// its smallest vertex back to it.
func cutAtNodes(ring []vertex, nodes map[vertex]bool) [][]vertex {
	start := slices.IndexFunc(ring, func(v vertex) bool { return nodes[v] })
	if start < 0 {
		start = slices.Index(ring, slices.MinFunc(ring, vertex.compare))
	}
	var arcs [][]vertex
	arc := []vertex{ring[start]}
	for i := 1; i <= len(ring); i++ {
		v := ring[(start+i)%len(ring)]
		arc = append(arc, v)
		if nodes[v] || i == len(ring) {
			arcs = append(arcs, arc)
			arc = []vertex{v}
		}
	}
	return arcs
}

// canonical returns a negative number when the arc must be reversed to run as its twin does.
func canonical(arc []vertex) int {
	for i, j := 0, len(arc)-1; i < j; i, j = i+1, j-1 {
		if c := arc[j].compare(arc[i]); c != 0 {
			return c
		}
	}
	return 0
}

func thinArc(arc []vertex, tolerance float64) []vertex {
	last := len(arc) - 1
	kept := make([]bool, len(arc))
	kept[0], kept[last] = true, true
	if arc[0] == arc[last] { // a loop has no chord: its farthest vertex makes two
		far, best := 0, 0
		for i, v := range arc {
			if d := square(v.x-arc[0].x) + square(v.y-arc[0].y); d > best {
				far, best = i, d
			}
		}
		kept[far] = true
		mark(arc, 0, far, tolerance*tolerance, kept)
		mark(arc, far, last, tolerance*tolerance, kept)
	} else {
		mark(arc, 0, last, tolerance*tolerance, kept)
	}
	var out []vertex
	for i, v := range arc {
		if kept[i] {
			out = append(out, v)
		}
	}
	return out
}

func square(d int) int { return d * d }

func mark(arc []vertex, from, to int, tolerance2 float64, kept []bool) {
	far, best := -1, tolerance2
	for i := from + 1; i < to; i++ {
		if d := distance2(arc[i], arc[from], arc[to]); d > best {
			far, best = i, d
		}
	}
	if far < 0 {
		return
	}
	kept[far] = true
	mark(arc, from, far, tolerance2, kept)
	mark(arc, far, to, tolerance2, kept)
}

// distance2 is the square of the distance from a vertex to a segment.
func distance2(v, a, b vertex) float64 {
	return squaredDistance(orb.Point{float64(v.x), float64(v.y)},
		orb.Point{float64(a.x), float64(a.y)}, orb.Point{float64(b.x), float64(b.y)})
}

// encodePath writes rings as an SVG path of relative moves, in units of so many tenths of a pixel, without
// needless characters.
func encodePath(rings [][]vertex, unit int) string {
	w := pathWriter{unit: unit}
	for _, ring := range rings {
		w.line(ring, "z")
	}
	return string(w.text)
}

// encodeLines writes open lines as encodePath does rings.
func encodeLines(lines [][]vertex, unit int) string {
	w := pathWriter{unit: unit}
	for _, line := range lines {
		w.line(line, "")
	}
	return string(w.text)
}

// bordersOf returns the lines between two regions.
func bordersOf(order []arcKey, arcs map[arcKey][]vertex, sides map[arcKey][]*shape) [][]vertex {
	var lines [][]vertex
	for _, key := range order {
		if s := sides[key]; len(s) == 2 && s[0].region != s[1].region {
			lines = append(lines, arcs[key])
		}
	}
	return lines
}

// pathWriter writes polylines, each placed from the pen of the one before.
type pathWriter struct {
	unit int // tenths of a pixel
	text []byte
	pen  vertex
}

func (w *pathWriter) line(vertices []vertex, end string) {
	if len(vertices) == 0 {
		return
	}
	w.text = append(w.text, 'm')
	w.step(vertices[0])
	for i, v := range vertices[1:] {
		if i == 0 {
			w.text = append(w.text, 'l')
		} else if v.x-w.pen.x >= 0 {
			w.text = append(w.text, ' ')
		}
		w.step(v)
	}
	w.text = append(w.text, end...)
	if end != "" {
		w.pen = vertices[0]
	}
}

func (w *pathWriter) step(v vertex) {
	dx, dy := (v.x-w.pen.x)/w.unit, (v.y-w.pen.y)/w.unit
	w.text = strconv.AppendInt(w.text, int64(dx), 10)
	if dy >= 0 {
		w.text = append(w.text, ' ')
	}
	w.text = strconv.AppendInt(w.text, int64(dy), 10)
	w.pen = v
}
