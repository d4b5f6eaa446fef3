package chart

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

// sized is a distribution of projects of these sizes.
func sized(regional, national []float64) Histogram {
	b := NewBins(append(append([]float64{}, regional...), national...))
	h := Histogram{Bins: b, Scale: 1, Axis: "ESSMS par projet", One: "projet", Many: "projets",
		Median: 17, MedianText: "médiane\u00a0: 17 ESSMS", WholeSentences: "La moitié des projets réunissent moins de 17 ESSMS."}
	for i := range b.Count {
		h.Labels = append(h.Labels, fmt.Sprintf("de %g à moins de %g ESSMS", b.Low(i), b.High(i)))
	}
	for _, s := range []struct {
		name   string
		values []float64
	}{{"Projets régionaux", regional}, {"Projets nationaux", national}} {
		if s.values == nil {
			continue
		}
		counts := make([]int, b.Count)
		for _, v := range s.values {
			counts[b.Of(v)]++
		}
		h.Series = append(h.Series, HistogramSeries{s.name, counts})
	}
	return h
}

// skewed makes n sizes as those of projects are spread: many small, few large.
func skewed(n int, largest float64) []float64 {
	var out []float64
	for i := range n {
		out = append(out, 3+math.Floor(largest*math.Pow(float64(i)/float64(n), 3)))
	}
	return out
}

func TestHistogramsShowHowManyProjectsAreInEachClass(t *testing.T) {
	for name, h := range map[string]Histogram{
		"histogram": sized(skewed(652, 100), nil), "histogram-stacked": sized(skewed(652, 100), skewed(32, 140)),
	} {
		c, err := DrawHistogram("tailles", "Nombre d’ESSMS par projet", h)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, c)
	}
}

func TestClassesThatShareTheFirstPlaceAreAllNamed(t *testing.T) {
	h := Histogram{Labels: []string{"a", "b", "c"}, One: "projet", Many: "projets"}
	for _, test := range []struct {
		totals []int
		want   string
	}{
		{[]int{1, 3, 2}, "La classe la plus nombreuse\u00a0: b, 3\u00a0projets sur 6."},
		{[]int{2, 1, 2}, "Les classes les plus nombreuses\u00a0: a et c, 2\u00a0projets chacune sur 5."},
	} {
		if got := h.summary(test.totals); got != test.want {
			t.Errorf("%v: %q, want %q", test.totals, got, test.want)
		}
	}
}

func TestHistogramsWithoutClassAreRefused(t *testing.T) {
	for name, h := range map[string]Histogram{
		"nothing": {}, "no series": {Bins: Bins{0, 1, 2, false}, Labels: []string{"a", "b"}},
		"other classes": {Bins: Bins{0, 1, 2, false}, Labels: []string{"a", "b"}, Series: []HistogramSeries{{"s", []int{1}}}},
	} {
		if _, err := DrawHistogram("h", "", h); !errors.Is(err, ErrHistogram) {
			t.Errorf("%s: error = %v, want ErrHistogram", name, err)
		}
	}
}

func TestClassesAreRoundedAndHoldEveryValueOnce(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   Bins
	}{
		{nil, Bins{}},
		{[]float64{7}, Bins{First: 7, Width: 1, Count: 1}},
		{skewed(652, 100), Bins{First: 0, Width: 10, Count: 10, Open: true}},
		{[]float64{120_000, 480_000, 950_000}, Bins{First: 100_000, Width: 50_000, Count: 9, Open: true}},
	} {
		got := NewBins(test.values)
		if got != test.want {
			t.Errorf("%d values: classes = %+v, want %+v", len(test.values), got, test.want)
		}
		for _, v := range test.values {
			if i := got.Of(v); v < got.Low(i) || v >= got.High(i) {
				t.Errorf("%v is in the class from %v to %v, want one that holds it", v, got.Low(i), got.High(i))
			}
		}
	}
}
