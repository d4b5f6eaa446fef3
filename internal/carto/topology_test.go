package carto

import (
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
)

// segments counts how often each segment of a sheet is drawn, whichever way it runs.
func segments(s *sheet) map[[2]vertex]int {
	count := map[[2]vertex]int{}
	for _, shape := range s.shapes {
		for _, ring := range shape.rings {
			for i, v := range ring {
				w := ring[(i+1)%len(ring)]
				if w.compare(v) < 0 {
					v, w = w, v
				}
				count[[2]vertex{v, w}]++
			}
		}
	}
	return count
}

func TestNeighboursShareTheirBorderToTheLastDigit(t *testing.T) {
	count := segments(load(t).sheets[atlas.RegionLevel])
	shared := 0
	for _, n := range count {
		if n == 2 {
			shared++
		}
	}
	if shared != 4 {
		t.Errorf("got %d shared segments, want the 4 of the crooked border", shared)
	}
}

func TestFranceHasNeitherGapNorOverlap(t *testing.T) {
	a := loadFrance(t)
	for _, level := range []atlas.Level{atlas.RegionLevel, atlas.DepartmentLevel} {
		s := a.sheets[level]
		var everything []ring
		var shapes [][]ring
		for _, shape := range s.shapes {
			shapes = append(shapes, ringsOf(shape))
			everything = append(everything, ringsOf(shape)...)
		}
		inside, overlaps, gaps := 0, 0, 0
		for x := 100.37; x < s.width; x += 4.3 {
			for y := 1.41; y < s.height(); y += 4.3 {
				p := orb.Point{x, y}
				owners := 0
				for _, rings := range shapes {
					if contains(rings, p) {
						owners++
					}
				}
				inside += min(1, owners)
				overlaps += max(0, owners-1)
				// Off every shape but walled in on the land side would be a gap: even-odd over all
				// rings counts a point between two shapes as outside, like the sea.
				if owners == 0 && landOnAllSides(everything, p) {
					gaps++
				}
			}
		}
		if overlaps > 0 || gaps > 0 || inside < 5500 {
			t.Errorf("%s: of %d points on land %d in two territories, %d in a gap; want none", level, inside, overlaps, gaps)
		}
	}
}

// landOnAllSides tells whether a point is within half a pixel of land in the four directions.
func landOnAllSides(rings []ring, p orb.Point) bool {
	for _, d := range []orb.Point{{0.5, 0}, {-0.5, 0}, {0, 0.5}, {0, -0.5}} {
		if !contains(rings, orb.Point{p[0] + d[0], p[1] + d[1]}) {
			return false
		}
	}
	return true
}

func ringsOf(s *shape) []ring {
	var out []ring
	for _, r := range s.rings {
		out = append(out, toRing(r))
	}
	return out
}

func TestNoSegmentHasThreeSides(t *testing.T) {
	a := loadFrance(t)
	for _, level := range []atlas.Level{atlas.RegionLevel, atlas.DepartmentLevel} {
		for segment, n := range segments(a.sheets[level]) {
			if n > 2 {
				t.Errorf("%s: segment %v drawn %d times, want 2 at most", level, segment, n)
			}
		}
	}
}

func TestSimplifyKeepsCornersAndDropsTheRest(t *testing.T) {
	one, other := &shape{code: "1", region: "1"}, &shape{code: "2", region: "2"}
	l := layer{owners: []*shape{one, other}, rings: [][]vertex{
		{{0, 0}, {50, 1}, {100, 0}, {100, 100}, {99, 200}, {0, 200}},
		{{99, 200}, {100, 100}, {100, 0}, {300, 0}, {300, 200}},
	}}
	got := l.simplify(2, 1)
	for i, want := range [][]vertex{
		{{100, 0}, {99, 200}, {0, 200}, {0, 0}},
		{{99, 200}, {100, 0}, {300, 0}, {300, 200}},
	} {
		sorted := func(r []vertex) []vertex { return slices.SortedFunc(slices.Values(r), vertex.compare) }
		if !slices.Equal(sorted(got.rings[i]), sorted(want)) {
			t.Errorf("ring %d: got %v, want the corners %v", i, got.rings[i], want)
		}
	}
	if want := "m99 200l1-200"; encodeLines(got.borders, 1) != want {
		t.Errorf("border between the two regions: got %q, want %q", encodeLines(got.borders, 1), want)
	}
}

func TestTheWidestRingStaysHoweverSmall(t *testing.T) {
	one := &shape{}
	l := layer{owners: []*shape{one, one}, rings: [][]vertex{{{0, 0}, {2, 0}, {2, 2}}, {{9, 9}}}}
	got := l.simplify(5, 1000)
	if len(got.rings[0]) < 3 || len(got.rings[1]) != 0 {
		t.Errorf("got %v, want the first ring kept and the second gone", got.rings)
	}
}

func TestPathsAreRelativeAndShort(t *testing.T) {
	got := encodePath([][]vertex{{{10, 20}, {15, 20}, {15, 10}}, {{100, 100}, {90, 110}, {80, 100}}}, 1)
	if want := "m10 20l5 0 0-10zm90 80l-10 10-10-10z"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMapsStayLight(t *testing.T) {
	a := loadFrance(t)
	for _, c := range []struct {
		level atlas.Level
		kB    int
	}{{atlas.RegionLevel, 40}, {atlas.DepartmentLevel, 95}} {
		m, err := a.Draw(franceTable(a, share(), c.level, 1), Options{Href: pageOf})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.SVG) > c.kB*1000 {
			t.Errorf("%s: map of %d bytes, want %d kB at most", c.level, len(m.SVG), c.kB)
		}
	}
	if n := len(a.Locator("53")); n > 4500 || strings.Contains(string(a.Locator("53")), "<text") {
		t.Errorf("locator of %d bytes, want 4500 at most and no text", n)
	}
}
