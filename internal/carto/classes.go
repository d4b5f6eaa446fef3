package carto

import (
	"math"
	"slices"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Classes are the colour classes of an indicator at one level, the same for all the years they
// were made from. The zero value has none: [Atlas.Draw] then makes its own.
type Classes struct {
	// Limits are the bounds between two classes, ascending, raw (a share of 0.6, not 60). A value
	// equal to a limit belongs to the class above it. n limits make n+1 classes.
	Limits []float64
	// By says what the limits bound: the values, or their gaps to the value of France.
	By Measure
	// Years is how many tables the classes were made from; 0: no class at all.
	Years int
}

// Count returns the number of classes.
func (c Classes) Count() int {
	if c.Years == 0 {
		return 0
	}
	return len(c.Limits) + 1
}

// Of returns the class of a raw value of a table, from 1, the lowest.
func (c Classes) Of(t indicator.Table, x float64) int {
	i, equal := slices.BinarySearch(c.Limits, c.measure(t, x))
	if equal {
		i++
	}
	return i + 1
}

// ClassesOf makes the classes of the maps of one indicator, wherever they are drawn: around the value of France where
// that is the question ([ClassifyAround]), else [Classify].
func ClassesOf(tables ...indicator.Table) Classes {
	if len(tables) > 0 && tables[0].Indicator.AroundFrance {
		return ClassifyAround(tables...)
	}
	return Classify(tables...)
}

// Classify makes the classes of one indicator from the values of all its territories in the tables
// given, which are one level over the years. Limits are quantiles: five classes for regions; six for
// departments, at 5, 27.5, 50, 72.5 and 95 %; fewer when there are few distinct values. Figures pile up
// over the years: each year weighs three times the one before, so that the latest map, the one most read, keeps
// contrasts.
// Each limit is the roundest number that leaves every territory in its class, both by its raw
// value and by the value printed.
func Classify(tables ...indicator.Table) Classes {
	var values []shownValue
	years := slices.SortedStableFunc(slices.Values(tables), func(a, b indicator.Table) int { return a.Year - b.Year })
	for i, t := range years {
		values = append(values, shownValues(t, math.Pow(3, float64(i-len(years))))...)
	}
	if len(values) == 0 {
		return Classes{}
	}
	slices.SortFunc(values, shownValue.compare)
	display, reach := tables[0].Indicator.Display, reachOf(len(values)/len(tables))
	classes := Classes{Years: len(tables)}
	for _, p := range probabilities(tables[0].Level, values) {
		if limit, ok := limitNear(values, p, reach, display); ok && !slices.Contains(classes.Limits, limit) {
			classes.Limits = append(classes.Limits, limit)
		}
	}
	slices.Sort(classes.Limits)
	return classes
}

// shownValue is a value in the unit of the display, raw and as it is printed.
type shownValue struct{ raw, printed, weight float64 }

func (v shownValue) compare(w shownValue) int {
	switch {
	case v.raw < w.raw:
		return -1
	case v.raw > w.raw:
		return 1
	}
	return 0
}

func shownValues(t indicator.Table, weight float64) []shownValue {
	var out []shownValue
	for _, r := range t.Rows {
		if x := r.Value.Number; r.Value.Shown() && !math.IsNaN(x) && !math.IsInf(x, 0) {
			x /= scaleOf(t.Indicator.Display)
			out = append(out, shownValue{x, atlas.RoundTo(x, printedStep(t, r.Value.Number)), weight})
		}
	}
	return out
}

// printedStep returns the step, in the unit of the display, to which a table prints a raw value.
func printedStep(t indicator.Table, raw float64) float64 {
	if step := t.Edition.Rounding[string(t.Indicator.ID)].StepFor(raw); step > 0 {
		return step / scaleOf(t.Indicator.Display)
	}
	return math.Pow10(-t.Indicator.Display.Decimals)
}

// scaleOf returns the divisor of the display; 1 when none is given.
func scaleOf(d indicator.Display) float64 {
	if d.Scale == 0 {
		return 1
	}
	return d.Scale
}

func probabilities(level atlas.Level, values []shownValue) []float64 {
	distinct := 1
	for i := range values[1:] {
		if values[i].printed != values[i+1].printed {
			distinct++
		}
	}
	switch {
	case level == atlas.DepartmentLevel && distinct >= 24:
		return []float64{0.05, 0.275, 0.5, 0.725, 0.95}
	case distinct >= 10:
		return []float64{0.2, 0.4, 0.6, 0.8}
	}
	n := max(1, (distinct+1)/2) // two values a class, or nearly
	out := make([]float64, 0, n-1)
	for i := 1; i < n; i++ {
		out = append(out, float64(i)/float64(n))
	}
	return out
}

// limitNear returns the limit that cuts the sorted values nearest to a share p of their weight. A place
// within reach of it is preferred when it makes a rounder limit; so is, however far, one that does not part two
// values printed alike.
func limitNear(values []shownValue, p, reach float64, d indicator.Display) (float64, bool) {
	total := 0.0
	for _, v := range values {
		total += v.weight
	}
	below := 0.0
	best, found := candidate{}, false
	for i := 1; i < len(values); i++ {
		low, high := values[i-1], values[i]
		below += low.weight
		if low.raw == high.raw {
			continue
		}
		c := candidate{distance: math.Abs(below/total - p)}
		above, upTo := max(low.raw, low.printed), min(high.raw, high.printed)
		if c.faithful = above < upTo; !c.faithful {
			above, upTo = low.raw, high.raw
		}
		c.limit, c.step = roundest(above, upTo)
		if !found || c.better(best, reach) {
			best, found = c, true
		}
	}
	return best.limit * scaleOf(d), found
}

// reachOf returns how far from its quantile, as a share, a limit may stand for tables of n values: one place of
// eighteen, three at most.
func reachOf(n int) float64 { return min(0.06, 3/float64(max(1, n))) }

// candidate is a limit at one of the possible places.
type candidate struct {
	limit, step, distance float64
	faithful              bool // printed values fall on the side of raw ones
}

func (c candidate) better(than candidate, reach float64) bool {
	near, thanNear := c.distance <= reach+1e-9, than.distance <= reach+1e-9
	switch {
	case c.faithful != than.faithful:
		return c.faithful
	case near != thanNear:
		return near
	case !near && c.distance != than.distance:
		return c.distance < than.distance
	case c.step != than.step:
		return c.step > than.step
	}
	return c.distance < than.distance
}

// roundest returns the roundest number above low and not above high: the multiple of the largest step
// among 10, 5, 2 and 1 times a power of ten that has one there, the nearest to their middle.
func roundest(low, high float64) (limit, step float64) {
	middle := (low + high) / 2
	exponent := int(math.Ceil(math.Log10(max(math.Abs(low), math.Abs(high), high-low)))) + 1
	for e := exponent; e > exponent-17; e-- {
		for _, digit := range []float64{5, 2, 1} {
			step := digit * math.Pow10(e)
			for _, n := range []float64{math.Round(middle / step), math.Floor(high / step)} {
				if x := clean(n * step); x > low && x <= high {
					return x, step
				}
			}
		}
	}
	return high, 0
}

// clean clears the binary noise of a product with a power of ten.
func clean(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// labels returns the half-open labels of the classes in the unit of the display, the lowest first.
func (c Classes) labels(d indicator.Display) []string {
	if c.By != ByValue {
		return c.gapLabels()
	}
	shown := make([]string, len(c.Limits))
	for i, limit := range c.Limits {
		shown[i] = plainNumber(limit / scaleOf(d))
	}
	if len(shown) == 0 {
		return []string{"toutes les valeurs"}
	}
	out := []string{"moins de " + shown[0]}
	for i := range shown[1:] {
		out = append(out, "de "+shown[i]+" à moins de "+shown[i+1])
	}
	return append(out, shown[len(shown)-1]+" ou plus")
}

// plainNumber writes a round number with the decimals it needs.
func plainNumber(x float64) string {
	x = clean(x)
	for decimals := range 9 {
		if clean(atlas.RoundTo(x, math.Pow10(-decimals))) == x {
			return french.Number(x, decimals)
		}
	}
	return french.Number(x, 9)
}
