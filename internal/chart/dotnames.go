package chart

import (
	"cmp"
	"math"
	"slices"
)

// dotLabel is the name of a dot, in one or two lines, and its place from the centre of the
// dot; without lines there was no room.
type dotLabel struct {
	lines  []string
	dx, dy float64
	align  string
	leader *rect // from the dot (left, top) to a name away from it; nil beside the dot
}

// at is the place that a name takes around a dot that stands at x and y.
func (l dotLabel) at(x, y float64) rect {
	width, height := 0.0, float64(labelLine*len(l.lines))
	for _, line := range l.lines {
		width = max(width, textWidth(line)*SmallSize/FontSize)
	}
	start := x + l.dx - width*map[string]float64{"left": 0, "center": 0.5, "right": 1}[l.align]
	return rect{start, y + l.dy - height/2, start + width, y + l.dy + height/2}
}

const labelLine = 14 // from one line of a name to the next

// directions are the places of a name around its dot, the best first.
var directions = []struct{ x, y float64 }{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -0.75}, {1, 0.75}, {-1, -0.75}, {-1, 0.75}}

// nameDots finds for each name a place that meets no dot, no other name and, where it can be, none
// of the lines through the last point: beside its dot, or else further, at the end of a line. Those that stand
// furthest from the last point, France, are served first, after France itself; where some find no place, they are
// served before the others.
func nameDots(points []pair, place func(pair) (float64, float64), plot rect) []dotLabel {
	d := naming{plot: plot, order: make([]int, len(points))}
	for i, p := range points {
		x, y := place(p)
		d.order[i], d.names, d.at = i, append(d.names, p.x.Territory.Name), append(d.at, [2]float64{x, y})
	}
	last := len(points) - 1
	distance := func(i int) float64 {
		if i < last {
			return -math.Hypot(d.at[i][0]-d.at[last][0], d.at[i][1]-d.at[last][1])
		}
		return math.Inf(-1)
	}
	slices.SortStableFunc(d.order, func(a, b int) int { return cmp.Compare(distance(a), distance(b)) })
	const tries = 8
	best := d.name()
	for labels, i := best, 0; i < tries && unnamed(best) > 0; i++ {
		slices.SortStableFunc(d.order, func(a, b int) int { return cmp.Compare(min(1, len(labels[a].lines)), min(1, len(labels[b].lines))) })
		if labels = d.name(); unnamed(labels) < unnamed(best) {
			best = labels
		}
	}
	return best
}

// naming is what names dots: the last of them is France.
type naming struct {
	names []string
	at    [][2]float64
	order []int // in which they are named
	plot  rect
}

// name gives the dots their names, in their order: those beside a dot, then those that need a line.
func (d naming) name() []dotLabel {
	labels := make([]dotLabel, len(d.at))
	var taken []rect
	for _, p := range d.at {
		taken = append(taken, rect{p[0] - dotRadius, p[1] - dotRadius, p[0] + dotRadius, p[1] + dotRadius})
	}
	france := d.at[len(d.at)-1]
	lines := []rect{{d.plot.left, france[1] - 1, d.plot.right, france[1] + 1}, {france[0] - 1, d.plot.top, france[0] + 1, d.plot.bottom}}
	var crowded []int
	for _, i := range d.order {
		l, at, ok := nameDot(d.names[i], d.at[i][0], d.at[i][1], slices.Concat(taken, lines), d.plot)
		if !ok {
			crowded = append(crowded, i)
			continue
		}
		labels[i], taken = l, append(taken, at)
	}
	for _, i := range crowded {
		name, x, y := d.names[i], d.at[i][0], d.at[i][1]
		l, at, ok := nameAfar(name, x, y, taken, lines, d.plot)
		if !ok { // better on a line of France than nowhere
			l, at, ok = nameDot(name, x, y, taken, d.plot)
		}
		if !ok {
			l, at, ok = nameAfar(name, x, y, taken, nil, d.plot)
		}
		if !ok {
			continue
		}
		if labels[i], taken = l, append(taken, at); l.leader != nil {
			taken = append(taken, alongside(*l.leader)...)
		}
	}
	return labels
}

// nameDot tries the name whole, then in two lines, beside the dot.
func nameDot(name string, x, y float64, taken []rect, plot rect) (dotLabel, rect, bool) {
	for _, lines := range forms(name) {
		height := float64(labelLine * len(lines))
		for _, d := range directions {
			dx, dy := d.x*(dotRadius+4), d.y*(dotRadius+2+height/2)
			l := dotLabel{lines, dx, dy, map[float64]string{1: "left", 0: "center", -1: "right"}[d.x], nil}
			at := l.at(x, y)
			if at.within(plot) && !slices.ContainsFunc(taken, at.meets) {
				return l, at, true
			}
		}
	}
	return dotLabel{}, rect{}, false
}

// forms are a name whole, then in two lines if it is long.
func forms(name string) [][]string {
	if broken := twoLines(name); len(broken) > 1 {
		return [][]string{{name}, broken}
	}
	return [][]string{{name}}
}

// farthest is how long the line from a dot to its name may be, in pixels.
const farthest = 100.0

// nameAfar tries places ever further around the dot, at the end of a line that meets no name and no other dot. The line
// may cross those of France; the name may not.
func nameAfar(name string, x, y float64, taken, lines []rect, plot rect) (dotLabel, rect, bool) {
	barred := slices.Concat(taken, lines)
	for distance := 16.0; distance <= farthest; distance += 4 {
		for _, form := range forms(name) {
			for turn := range 24 {
				l := afar(form, x, y, distance, float64(turn)*math.Pi/12)
				if at := l.at(x, y); at.within(plot) && !slices.ContainsFunc(barred, at.meets) && free(*l.leader, taken) {
					return l, at, true
				}
			}
		}
	}
	return dotLabel{}, rect{}, false
}

// afar sets a name at a distance from its dot, at the end of a line.
func afar(lines []string, x, y, distance, angle float64) dotLabel {
	across, down, align := math.Cos(angle), math.Sin(angle), "left"
	switch {
	case math.Abs(across) < 0.01:
		align = "center"
		distance += float64(labelLine*len(lines)) / 2
	case across < 0:
		align = "right"
	}
	end := distance - 3
	if align == "center" {
		end -= float64(labelLine*len(lines)) / 2
	}
	return dotLabel{lines, distance * across, distance * down, align,
		&rect{x + (dotRadius+1)*across, y + (dotRadius+1)*down, x + end*across, y + end*down}}
}

// free tells whether a line meets none of the places taken.
func free(line rect, taken []rect) bool {
	return !slices.ContainsFunc(alongside(line), func(r rect) bool { return slices.ContainsFunc(taken, r.meets) })
}

// alongside covers a line with small places.
func alongside(line rect) []rect {
	var out []rect
	dx, dy := line.right-line.left, line.bottom-line.top
	steps := math.Ceil(math.Hypot(dx, dy) / 2)
	for i := 0.0; i <= steps; i++ {
		x, y := line.left+dx*i/steps, line.top+dy*i/steps
		out = append(out, rect{x - 0.5, y - 0.5, x + 0.5, y + 0.5})
	}
	return out
}

// leaders draws the lines from dots to the names away from them.
func leaders(labels []dotLabel) []any {
	var out []any
	for _, l := range labels {
		if l.leader != nil {
			out = append(out, rule(l.leader.left, l.leader.top, l.leader.right, l.leader.bottom, Muted))
		}
	}
	return out
}

// unnamed counts the dots whose name found no room.
func unnamed(labels []dotLabel) int {
	n := 0
	for _, l := range labels {
		if l.lines == nil {
			n++
		}
	}
	return n
}
