package chart

import (
	"math"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestAGrowthSaysWhereItComesFromAndWhereItStands(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{0.12, 0.31, 0.563}, "De la fin de 2021 à celle de 2023, on passe de 12,0 à 56,3\u00a0%."},
		{[]float64{math.NaN(), 0.31, 0.563}, "De la fin de 2022 à celle de 2023, on passe de 31,0 à 56,3\u00a0%."},
		{[]float64{0.31, 0.2, 0.31}, "On retrouve à la fin de 2023 la valeur de la fin de 2021\u00a0: 31,0\u00a0%."},
		{[]float64{math.NaN(), math.NaN(), 0.31}, ""},
	} {
		if got := growthFinding(series(shareIndicator, "Bretagne", c.values...)); got != c.want {
			t.Errorf("%v: got %q, want %q", c.values, got, c.want)
		}
	}
}

func TestAGrowthThatStopsWithinAYearSaysSo(t *testing.T) {
	s := series(shareIndicator, "Bretagne", 0.12, 0.31, 0.563)
	s.Edition = atlas.Edition{DataState: time.Date(2023, 6, 30, 0, 0, 0, 0, time.UTC)}
	if got, want := growthFinding(s), "De la fin de 2021 au 30\u00a0juin 2023, on passe de 12,0 à 56,3\u00a0%."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := growthSummary([]indicator.Series{s}), "à la fin de 2022 et 56,3\u00a0% au 30\u00a0juin 2023."; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end with %q", got, want)
	}
}

func TestTheYearsOfAFollowedIndicatorAreNoTrend(t *testing.T) {
	if got := growthFinding(series(indicator.ByID("taux_versement"), "Bretagne", 0.79, 0.70, 0.64)); got != "" {
		t.Errorf("got %q, want no finding", got)
	}
}

func TestACompositionSaysWhereTwoWholesDifferMost(t *testing.T) {
	for _, c := range []struct {
		about string
		rows  []CompositionRow
		want  string
	}{
		{"a gap", []CompositionRow{
			{"Bretagne", []Part{{"Personnes âgées", 50, "50\u00a0%"}, {"Handicap", 50, "50\u00a0%"}}},
			{"France", []Part{{"Personnes âgées", 40, "40\u00a0%"}, {"Handicap", 55, "55\u00a0%"}, {"Autre", 5, "5\u00a0%"}}},
		}, "Le plus grand écart porte sur «\u00a0personnes âgées\u00a0»\u00a0: 50\u00a0% (Bretagne), 40\u00a0% (France)."},
		{"wholes alike", []CompositionRow{
			{"Bretagne", []Part{{"Public", 500, "50,0\u00a0%"}, {"Privé", 500, "50,0\u00a0%"}}},
			{"France", []Part{{"Public", 496, "49,6\u00a0%"}, {"Privé", 504, "50,4\u00a0%"}}},
		}, "Les parts sont presque les mêmes\u00a0: aucune ne diffère de plus d’un point."},
		{"one whole", []CompositionRow{{"Bretagne", []Part{{"Public", 50, "50\u00a0%"}}}}, ""},
		{"nothing to divide", []CompositionRow{{"Bretagne", []Part{{"Public", 50, "50\u00a0%"}}}, {"France", []Part{{"Public", 0, "n.d."}}}}, ""},
	} {
		made, err := Composition("statuts", "Statut", c.rows)
		if err != nil {
			t.Fatal(err)
		}
		if made.Finding != c.want {
			t.Errorf("%s: got %q, want %q", c.about, made.Finding, c.want)
		}
	}
}
