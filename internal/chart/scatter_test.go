package chart

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestScatterNamesRegionsWhereThereIsRoom(t *testing.T) {
	y := eighteen(t)
	x := amounts(y, "subvention_moyenne_regionale", 400_000)
	for i := range x.Rows { // off the line
		x.Rows[i].Value.Number += float64(i*i%7) * 9000
	}
	c, err := Scatter("nuage", x, y)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "scatter", c)
	for _, want := range []string{"dépassent la France pour les deux grandeurs", "Sans l’une des deux valeurs\u00a0: Corse."} {
		if !strings.Contains(c.Summary, want) {
			t.Errorf("summary = %q, want %q in it", c.Summary, want)
		}
	}
}

func TestScatterOfNothingIsRefused(t *testing.T) {
	empty := sample(ratioIndicator(t), 0.5, math.NaN(), math.NaN())
	if _, err := Scatter("nuage", empty, empty); !errors.Is(err, ErrPairs) {
		t.Errorf("error = %v, want ErrPairs", err)
	}
}

func TestScalesAreRounded(t *testing.T) {
	for _, test := range []struct {
		values    []float64
		unit      float64
		low, high float64
		marks     []string
	}{
		{[]float64{0.183, 0.451}, 0.01, 0.1, 0.5, []string{"10", "20", "30", "40", "50"}},
		{[]float64{3.2, 4.1}, 1, 3.2, 4.2, []string{"3,2", "3,4", "3,6", "3,8", "4,0", "4,2"}},
		{[]float64{151_000, 1_234_000}, 1000, 0, 1_500_000, []string{"0", "500", "1\u202f000", "1\u202f500"}},
		{[]float64{7, 7}, 1, 7, 8, []string{"7", "8"}},
	} {
		s := rounded(test.values, 5, test.unit)
		if math.Abs(s.low-test.low) > 1e-9 || math.Abs(s.high-test.high) > 1e-9 || !slices.Equal(s.marks, test.marks) {
			t.Errorf("%v: scale = %+v, want %v to %v, %q", test.values, s, test.low, test.high, test.marks)
		}
	}
}

func TestLongNamesBreakInTwoEvenLines(t *testing.T) {
	for name, want := range map[string]string{
		"Corse": "Corse", "Provence-Alpes-Côte d’Azur": "Provence-Alpes-|Côte d’Azur", "Auvergne-Rhône-Alpes": "Auvergne-|Rhône-Alpes",
		"Centre-Val de Loire": "Centre-Val|de Loire", "Bourgogne-Franche-Comté": "Bourgogne-|Franche-Comté",
	} {
		if got := strings.Join(twoLines(name), "|"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
