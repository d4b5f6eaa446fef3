package carto

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func ratio(percent float64) atlas.Value {
	return atlas.Ratio(atlas.Known(percent), atlas.Known(100), 1)
}

// percentages makes a table of regions 1, 2, … with these values; negative ones are missing.
func percentages(values ...float64) indicator.Table {
	var rows []indicator.Row
	for i, x := range values {
		v := ratio(x)
		if x < 0 {
			v = atlas.Value{}
		}
		rows = append(rows, row(atlas.RegionLevel, fmt.Sprint(i), "R", v))
	}
	return table(share(), atlas.RegionLevel, rows...)
}

func TestClassesAreRoundQuantiles(t *testing.T) {
	for name, c := range map[string]struct {
		tables []indicator.Table
		limits []float64
		labels []string
	}{
		"eighteen regions": {
			[]indicator.Table{percentages(35, 35.1, 35.9, 40, 40.4, 40.5, 46.2, 48.3, 48.6, 48.8, 51.7, 53.8, 55.1, 59.6, 62.7, 62.8, 63, 70)},
			[]float64{0.4, 0.48, 0.5, 0.6},
			[]string{"moins de 40", "de 40 à moins de 48", "de 48 à moins de 50", "de 50 à moins de 60", "60 ou plus"},
		},
		"one value":            {[]indicator.Table{percentages(12, 12, 12)}, nil, []string{"toutes les valeurs"}},
		"two values":           {[]indicator.Table{percentages(12, 40)}, nil, []string{"toutes les valeurs"}},
		"four values":          {[]indicator.Table{percentages(10, 20, 30, 41)}, []float64{0.3}, []string{"moins de 30", "30 ou plus"}},
		"zeros and ones":       {[]indicator.Table{percentages(0, 0, 0, 100, 100, 50)}, []float64{0.5}, []string{"moins de 50", "50 ou plus"}},
		"missing are left out": {[]indicator.Table{percentages(-1, 10, 20, -1, 30, 41)}, []float64{0.3}, []string{"moins de 30", "30 ou plus"}},
		"years together":       {[]indicator.Table{percentages(10, 20), percentages(30, 41)}, []float64{0.4}, []string{"moins de 40", "40 ou plus"}},
	} {
		got := Classify(c.tables...)
		if !slices.Equal(got.Limits, c.limits) || !slices.Equal(got.labels(share().Display), c.labels) {
			t.Errorf("%s: got limits %v %q, want %v %q", name, got.Limits, got.labels(share().Display), c.limits, c.labels)
		}
	}
	if got := Classify(percentages(-1, -1)); got.Count() != 0 || got.Limits != nil {
		t.Errorf("no value: got %+v, want no class", got)
	}
}

func TestTheLatestMapKeepsContrastWhenFiguresPileUp(t *testing.T) {
	var years []indicator.Table
	for year := 2019; year <= 2023; year++ {
		values := make([]float64, 18)
		for i := range values {
			values[i] = float64(year-2018)*10 + float64(i) + 0.4
		}
		tab := percentages(values...)
		tab.Year = year
		years = append(years, tab)
	}
	c, counts := Classify(years...), make([]int, 6)
	for _, r := range years[4].Rows {
		counts[c.Of(indicator.Table{}, r.Value.Number)]++
	}
	used := 0
	for _, n := range counts {
		used += min(1, n)
	}
	if used < 4 || slices.Max(counts) > 9 {
		t.Errorf("the latest year has %v regions in the classes of %v, want four classes in use and none above 9", counts[1:], c.Limits)
	}
	slices.Reverse(years)
	if got := Classify(years...); !slices.Equal(got.Limits, c.Limits) {
		t.Errorf("got limits %v from tables in another order, want %v", got.Limits, c.Limits)
	}
}

func TestAValueEqualToALimitIsInTheClassAbove(t *testing.T) {
	c := Classes{Limits: []float64{0.4, 0.6}, Years: 1}
	for x, want := range map[float64]int{0: 1, 0.3999: 1, 0.4: 2, 0.5999: 2, 0.6: 3, 1: 3} {
		if got := c.Of(indicator.Table{}, x); got != want {
			t.Errorf("Of(%v) = %d, want %d", x, got, want)
		}
	}
}

// Whatever the values, a limit never stands between a value and what a reader sees of it: the
// value printed falls in the class of the raw value, where the decimals allow it.
func TestRoundedLimitsMoveNobody(t *testing.T) {
	for seed := 1.0; seed < 60; seed++ {
		var values []float64
		for i := range 18 {
			values = append(values, 100*math.Abs(math.Sin(seed*float64(i+1)*12.9898)))
		}
		tab := percentages(values...)
		c := Classify(tab)
		if n := c.Count(); n != 5 || !slices.IsSorted(c.Limits) {
			t.Errorf("seed %v: got %d classes with limits %v, want 5 in order", seed, n, c.Limits)
		}
		counts := make([]int, 6)
		for _, r := range tab.Rows {
			counts[c.Of(indicator.Table{}, r.Value.Number)]++
			printed := atlas.RoundTo(r.Value.Number*100, 0.1) / 100
			if c.Of(indicator.Table{}, r.Value.Number) != c.Of(indicator.Table{}, printed) {
				t.Errorf("seed %v: %v is in class %d, printed %v in class %d, of %v", seed, r.Value.Number, c.Of(indicator.Table{}, r.Value.Number), printed, c.Of(indicator.Table{}, printed), c.Limits)
			}
		}
		if slices.Min(counts[1:]) < 2 || slices.Max(counts[1:]) > 6 {
			t.Errorf("seed %v: classes of %v regions with limits %v, want 2 to 6 each", seed, counts[1:], c.Limits)
		}
	}
}

func TestDepartmentsHaveSixClassesWithNarrowEnds(t *testing.T) {
	var rows []indicator.Row
	for i := range 101 {
		rows = append(rows, row(atlas.DepartmentLevel, fmt.Sprint(i), "D", ratio(float64(i)+0.3)))
	}
	c := Classify(table(share(), atlas.DepartmentLevel, rows...))
	counts := make([]int, 7)
	for _, r := range rows {
		counts[c.Of(indicator.Table{}, r.Value.Number)]++
	}
	if c.Count() != 6 || counts[1] > 9 || counts[6] > 9 || counts[3] < 18 {
		t.Errorf("got %v departments in the classes of %v, want 6 classes, narrow at the ends", counts[1:], c.Limits)
	}
}

func TestRoundestNumberInAnInterval(t *testing.T) {
	for _, c := range []struct{ low, high, want float64 }{
		{48, 49, 49}, {37, 62, 50}, {0.12, 0.49, 0.4}, {998, 1003, 1000}, {14.12, 14.19, 14.15}, {99.95, 100, 100}, {0, 3, 2}, {-3, 5, 0}, {399.7, 399.9, 399.8},
	} {
		if got, _ := roundest(c.low, c.high); got != c.want {
			t.Errorf("roundest(%v, %v) = %v, want %v", c.low, c.high, got, c.want)
		}
	}
}

func TestPaletteDarkensAtEveryStep(t *testing.T) {
	for n := 1; n <= 6; n++ {
		colours := Palette(n)
		if len(colours) != n {
			t.Fatalf("Palette(%d) has %d colours", n, len(colours))
		}
		for i := range colours[1:] {
			if r := (luminance(colours[i]) + 0.05) / (luminance(colours[i+1]) + 0.05); r < 1.3 {
				t.Errorf("Palette(%d): contrast %.2f between classes %d and %d, want 1.3 at least", n, r, i+1, i+2)
			}
		}
		for _, c := range append(colours, circleColour, noDataColour) {
			ink, _ := inkOn(c)
			a, b := luminance(ink)+0.05, luminance(c)+0.05
			if r := max(a, b) / min(a, b); r < 4.5 {
				t.Errorf("figures on %s have contrast %.2f, want 4.5", c, r)
			}
		}
	}
}
