package carto

import (
	"math"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Measure says what the limits of classes are limits of.
type Measure int

// The measures. The zero value is ByValue.
const (
	ByValue Measure = iota
	// ByPoints is the value less that of France in the same year, for shares: 0.02 is 2 points.
	ByPoints
	// ByPercent is the value over that of France in the same year, less 1: 0.05 is 5 %.
	ByPercent
)

// A value is near that of France within 2 points for a share, 5 % for another ratio: what
// package narrative calls « proche de la moyenne nationale ».
const nearPoints, nearPercent = 0.02, 0.05

// wide are the round gaps that may part the far from the very far.
var wide = []float64{0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10}

// ClassifyAround makes classes around the value of France, each year that of its own: near it in the
// middle, two classes above and two below, or one where no gap is wide. Their limits are the same on both sides and
// for all the years; the outer one is the round gap that best halves the territories which are not near
// France, the latest year weighing most as in [Classify]. Where France has no value above 0 it
// is Classify.
func ClassifyAround(tables ...indicator.Table) Classes {
	c := Classes{Years: len(tables)}
	var gaps []shownValue
	years := slices.SortedStableFunc(slices.Values(tables), func(a, b indicator.Table) int { return a.Year - b.Year })
	for i, t := range years {
		c.By = ByPercent
		near := nearPercent
		if t.Indicator.Unit == atlas.UnitShare {
			c.By, near = ByPoints, nearPoints
		}
		if positive(t.Country.Value) == 0 {
			return Classify(tables...)
		}
		for _, r := range t.Rows {
			if gap := math.Abs(c.measure(t, r.Value.Number)); r.Value.Shown() && gap >= near {
				gaps = append(gaps, shownValue{raw: gap, weight: math.Pow(3, float64(i-len(years)))})
			}
		}
		c.Limits = []float64{-near, near}
	}
	if len(gaps) == 0 {
		return c
	}
	if far := halving(gaps); far > c.Limits[1] {
		c.Limits = []float64{-far, c.Limits[0], c.Limits[1], far}
	}
	return c
}

// halving returns the wide gap that parts the weight of the gaps into the most equal halves, 0 when it
// would part none of them.
func halving(gaps []shownValue) float64 {
	total, best, most := 0.0, 0.0, 0.0
	for _, g := range gaps {
		total += g.weight
	}
	for _, limit := range wide {
		beyond := 0.0
		for _, g := range gaps {
			if g.raw >= limit {
				beyond += g.weight
			}
		}
		if smaller := min(beyond, total-beyond); smaller > most+1e-9 {
			best, most = limit, smaller
		}
	}
	return best
}

// measure returns what the limits of the classes bound, for a raw value of a table.
func (c Classes) measure(t indicator.Table, x float64) float64 {
	switch c.By {
	case ByPoints:
		return clean(x - t.Country.Value.Number)
	case ByPercent:
		return clean(x/t.Country.Value.Number - 1)
	}
	return x
}

// gapLabels returns the half-open labels of classes around France, the lowest first.
func (c Classes) gapLabels() []string {
	unit := func(x float64) string {
		if c.By == ByPercent {
			return french.NBSP + "%"
		}
		return " " + french.Plural(x*100, "point", "points")
	}
	number := func(x float64) string { return plainNumber(x * 100) }
	near := c.Limits[len(c.Limits)/2]
	middle := "à moins de " + number(near) + unit(near) + " de la France"
	if len(c.Limits) == 2 {
		return []string{"plus de " + number(near) + unit(near) + " au-dessous", middle, number(near) + unit(near) + " ou plus au-dessus"}
	}
	far := c.Limits[3]
	return []string{
		"plus de " + number(far) + unit(far) + " au-dessous",
		"plus de " + number(near) + " à " + number(far) + unit(far) + " au-dessous",
		middle,
		"de " + number(near) + " à moins de " + number(far) + unit(far) + " au-dessus",
		number(far) + unit(far) + " ou plus au-dessus",
	}
}

// below tells whether a class, from 1, is one of values below France, which hatching tells from their
// twins above where colours do not.
func (c Classes) below(class int) bool { return c.By != ByValue && class <= len(c.Limits)/2 }
