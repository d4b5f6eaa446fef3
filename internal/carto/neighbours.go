package carto

import (
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// directions are those of the arrow keys, in the order of the attribute data-voisins: left, right, up, down.
var directions = [...]orb.Point{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}

// neighbours returns the codes of the territories that the arrow keys lead to from a shape, « - » for none:
// « 53 24 28 75 ». Among those chosen, a territory that shares a border comes first, then the nearest
// one that way, across the sea or from box to box.
func (s *sheet) neighbours(from *shape, chosen func(*shape) bool) string {
	codes := make([]string, len(directions))
	for i, way := range directions {
		bordering, any := from.nearest(s.shapes, way, func(to *shape) bool { return chosen(to) && from.borders(to) }), (*shape)(nil)
		if bordering == nil {
			any = from.nearest(s.shapes, way, chosen)
		}
		switch {
		case bordering != nil:
			codes[i] = bordering.code
		case any != nil:
			codes[i] = any.code
		default:
			codes[i] = "-"
		}
	}
	return strings.Join(codes, " ")
}

// nearest returns the shape whose middle is nearest that way, within 60 degrees of it; nil for none.
func (sh *shape) nearest(shapes []*shape, way orb.Point, chosen func(*shape) bool) *shape {
	best, least := (*shape)(nil), math.Inf(1)
	for _, to := range shapes {
		dx, dy := to.home[0]-sh.home[0], to.home[1]-sh.home[1]
		along, aside := dx*way[0]+dy*way[1], math.Abs(dx*way[1])+math.Abs(dy*way[0])
		if to == sh || along < 1 || along < 0.577*aside || !chosen(to) {
			continue
		}
		if far := along + 2*aside; far < least {
			best, least = to, far
		}
	}
	return best
}

func (sh *shape) borders(other *shape) bool { return slices.Contains(sh.bordering, other) }

// meet notes that two shapes share a border.
func meet(a, b *shape) {
	if a != b && !a.borders(b) {
		a.bordering, b.bordering = append(a.bordering, b), append(b.bordering, a)
	}
}
