package chart

import (
	"errors"
	"math"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// fields divides a whole between the fields of intervention, the unknown last.
func fields(label string, counts ...float64) CompositionRow {
	total, r := 0.0, CompositionRow{Label: label}
	for _, n := range counts {
		total += n
	}
	for i, n := range counts {
		f := atlas.Field("")
		if i < len(atlas.Fields) {
			f = atlas.Fields[i]
		}
		r.Parts = append(r.Parts, Part{Label: f.Label(), Value: n, Text: french.Percent(n/total, 0)})
	}
	return r
}

func TestCompositionDividesRowsBetweenNineCategories(t *testing.T) {
	c, err := Composition("champs", "Champ d’intervention des ESSMS", []CompositionRow{
		fields("Bretagne", 300, 250, 90, 60, 20, 15, 8, 2, 40),
		fields("France", 2800, 3100, 900, 700, 300, 250, 90, 40, 120),
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "composition-fields", c)
}

func TestCompositionSaysWhenARowHasNothing(t *testing.T) {
	c, err := Composition("statuts", "Statut des ESSMS", []CompositionRow{
		{"Régional", []Part{{"privé non lucratif", 75, "75\u00a0%"}, {"public", 18, "18\u00a0%"}, {"privé lucratif", 7, "7\u00a0%"}}},
		{"National", []Part{{"privé non lucratif", 0, "0\u00a0%"}, {"public", 0, "0\u00a0%"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "composition-statuses", c)
	if want := "National\u00a0: non disponible."; !strings.HasSuffix(c.Summary, want) {
		t.Errorf("summary = %q, want it to end with %q", c.Summary, want)
	}
}

func TestCompositionRefusesTooManyRows(t *testing.T) {
	for _, n := range []int{0, 5} {
		if _, err := Composition("c", "", make([]CompositionRow, n)); !errors.Is(err, ErrRows) {
			t.Errorf("%d rows: error = %v, want ErrRows", n, err)
		}
	}
}

func TestCategoriesKeepTheirColour(t *testing.T) {
	if got, want := swatchOf("personnes handicapées", 0), swatches[1]; got.color != want.color {
		t.Errorf("PH drawn first = %s, want its own colour %s", got.color, want.color)
	}
	if got := swatchOf("non renseigné", 2); got.color != unknownSwatch.color {
		t.Errorf("unknown = %s, want %s", got.color, unknownSwatch.color)
	}
}

// series makes a series from 2021 on; NaN is missing.
func series(ind *indicator.Indicator, name string, shares ...float64) indicator.Series {
	s := indicator.Series{Indicator: ind, Territory: atlas.Territory{Name: name}}
	for i, share := range shares {
		s.Points = append(s.Points, indicator.Point{Year: 2021 + i, Row: row(s.Territory, share)})
	}
	return s
}

func TestGrowthOfOneSeriesDrawsColumns(t *testing.T) {
	c, err := Growth("croissance", series(shareIndicator, "Bretagne", math.NaN(), 0.31, 0.563))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "growth-columns", c)
	want := "Bretagne\u00a0: non disponible à la fin de 2021, 31,0\u00a0% à la fin de 2022 et 56,3\u00a0% à la fin de 2023."
	if c.Summary != want {
		t.Errorf("summary = %q, want %q", c.Summary, want)
	}
}

func TestGrowthOfTwoSeriesDrawsLines(t *testing.T) {
	c, err := Growth("croissance-2", series(shareIndicator, "Bretagne", 0.12, 0.31, 0.563), series(shareIndicator, "France", 0.2, 0.36, 0.498))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "growth-lines", c)
}

func TestGrowthRefusesSeriesOfOtherYears(t *testing.T) {
	for name, all := range map[string][]indicator.Series{
		"none":     nil,
		"no point": {series(shareIndicator, "Bretagne")},
		"lengths":  {series(shareIndicator, "Bretagne", 0.1), series(shareIndicator, "France", 0.1, 0.2)},
	} {
		if _, err := Growth("g", all...); !errors.Is(err, ErrSeries) {
			t.Errorf("%s: error = %v, want ErrSeries", name, err)
		}
	}
}
