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

func TestEveryNameOfACrowdFindsAPlaceOfItsOwn(t *testing.T) {
	y := eighteen(t)
	x := amounts(y, "subvention_moyenne_regionale", 400_000)
	for i := range y.Rows { // a crowd on the lines of France
		y.Rows[i].Value.Number = y.Country.Value.Number + float64(i*7%5)*0.08 - 0.16
		x.Rows[i].Value.Number = x.Country.Value.Number + float64(i)*18000 - 170000
	}
	y.Rows[0].Value.Number, y.Rows[1].Value.Number = 0.1, 0.9
	x.Rows[0].Value.Number, x.Rows[1].Value.Number = 200_000, 600_000
	points, _ := pairs(x, y)
	place := func(p pair) (float64, float64) {
		return 40 + (p.x.Value.Number-200_000)/1000, 420 - p.y.Value.Number*400
	}
	labels := nameDots(append(points, pair{x.Country, y.Country}), place, rect{2, 34, Width - 2, 420})
	if n := unnamed(labels); n > 0 {
		t.Errorf("%d names found no place", n)
	}
	var names []rect
	led := 0
	for i, p := range points {
		px, py := place(p)
		at := labels[i].at(px, py)
		if slices.ContainsFunc(names, at.meets) {
			t.Errorf("the name of %s lies on another", p.x.Territory.Name)
		}
		names = append(names, at)
		if labels[i].leader != nil {
			led++
		}
	}
	for i, l := range labels {
		if l.leader == nil {
			continue
		}
		others := slices.Clone(names)
		if i < len(others) {
			others = slices.Delete(others, i, i+1)
		}
		if !free(*l.leader, others) {
			t.Errorf("the line of label %d crosses a name", i)
		}
	}
	if led == 0 {
		t.Error("no name stands at the end of a line")
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
