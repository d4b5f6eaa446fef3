package carto

import (
	"math"

	"github.com/paulmach/orb"
)

// ring is a closed line in pixels, its first point not repeated.
type ring []orb.Point

func toRing(vertices []vertex) ring {
	r := make(ring, len(vertices))
	for i, v := range vertices {
		r[i] = orb.Point{float64(v.x) / tenth, float64(v.y) / tenth}
	}
	return r
}

// rect is an upright rectangle in pixels.
type rect struct{ x, y, w, h float64 }

func (r rect) overlaps(s rect) bool {
	return r.x < s.x+s.w && s.x < r.x+r.w && r.y < s.y+s.h && s.y < r.y+r.h
}

func (r rect) holds(s rect) bool {
	return s.x >= r.x && s.y >= r.y && s.x+s.w <= r.x+r.w && s.y+s.h <= r.y+r.h
}

// contains tells whether a point lies inside a shape, holes excepted (even-odd rule).
func contains(rings []ring, p orb.Point) bool {
	inside := false
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
				inside = !inside
			}
		}
	}
	return inside
}

// squaredDistance is the square of the distance from a point to a segment.
func squaredDistance(p, a, b orb.Point) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	ex, ey := p[0]-a[0]-t*dx, p[1]-a[1]-t*dy
	return ex*ex + ey*ey
}

// depth is the distance from a point to the nearest line of a shape, negative outside it.
func depth(rings []ring, p orb.Point) float64 {
	d := math.Inf(1)
	for _, r := range rings {
		for i, a := range r {
			next := i + 1
			if next == len(r) {
				next = 0
			}
			d = min(d, squaredDistance(p, a, r[next]))
		}
	}
	if d = math.Sqrt(d); !contains(rings, p) {
		return -d
	}
	return d
}

// middle returns where a circle sits best: the centre of mass of the widest ring when it lies well
// inside the shape, else the point farthest from its lines.
func middle(rings []ring) orb.Point {
	if len(rings) == 0 {
		return orb.Point{}
	}
	deep := deepest(rings)
	if mass := centreOfMass(widestRing(rings)); depth(rings, mass) >= 0.5*depth(rings, deep) {
		return mass
	}
	return deep
}

// roomiest returns the middle of the place where a short line of text, two and a half times as
// wide as it is high, has most room.
func roomiest(rings []ring) orb.Point {
	const ratio = 2.5
	squeezed := make([]ring, len(rings))
	for i, r := range rings {
		squeezed[i] = make(ring, len(r))
		for j, p := range r {
			squeezed[i][j] = orb.Point{p[0] / ratio, p[1]}
		}
	}
	p := deepest(squeezed)
	return orb.Point{p[0] * ratio, p[1]}
}

// deepest searches the point of a shape farthest from its lines: on a grid, then on ever finer
// ones around the best, to a hundredth of the width.
func deepest(rings []ring) orb.Point {
	if len(rings) == 0 {
		return orb.Point{}
	}
	bound := orb.Ring(widestRing(rings)).Bound()
	best, at := math.Inf(-1), bound.Center()
	try := func(p orb.Point) {
		if d := depth(rings, p); d > best+1e-9 {
			best, at = d, p
		}
	}
	const cells = 14
	dx, dy := (bound.Max[0]-bound.Min[0])/cells, (bound.Max[1]-bound.Min[1])/cells
	for i := range cells {
		for j := range cells {
			try(orb.Point{bound.Min[0] + (float64(i)+0.5)*dx, bound.Min[1] + (float64(j)+0.5)*dy})
		}
	}
	for range 4 {
		dx, dy = dx/2, dy/2
		from := at
		for i := -1.0; i <= 1; i++ {
			for j := -1.0; j <= 1; j++ {
				try(orb.Point{from[0] + i*dx, from[1] + j*dy})
			}
		}
	}
	return at
}

func widestRing(rings []ring) ring {
	best, widest := -1.0, ring(nil)
	for _, r := range rings {
		if _, a := massOf(r); a > best {
			best, widest = a, r
		}
	}
	return widest
}

func centreOfMass(r ring) orb.Point {
	p, _ := massOf(r)
	return p
}

// massOf returns the centre of mass and the area of a ring; its first point when it has no area.
func massOf(r ring) (orb.Point, float64) {
	var x, y, sum float64
	o := r[0] // near the ring, so that no digits are lost
	for i := range r {
		a, b := r[i], r[(i+1)%len(r)]
		ax, ay, bx, by := a[0]-o[0], a[1]-o[1], b[0]-o[0], b[1]-o[1]
		cross := ax*by - bx*ay
		sum += cross
		x += (ax + bx) * cross
		y += (ay + by) * cross
	}
	if sum == 0 {
		return o, 0
	}
	return orb.Point{o[0] + x/(3*sum), o[1] + y/(3*sum)}, math.Abs(sum) / 2
}
