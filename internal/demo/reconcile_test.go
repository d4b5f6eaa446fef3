package demo_test

import (
	"fmt"
	"slices"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/demo"
	"esms.example/atlas/internal/indicator"
)

// contradictions are the published figures that the demonstration contradicts on purpose:
// they contradict others of the same source, or of another.
var contradictions = map[int][]string{
	2022: {"essms_finances FR 2021 Amorçage T1 1356", "projets FR 2021  230"},
	2023: {"essms_finances FR 2021 Amorçage T1 1356", "projets FR 2021  230", "subvention_totale FR 2023  275000000"},
}

func TestPublishedFiguresAgreeButForTheKnownContradictions(t *testing.T) {
	for _, year := range demo.Years() {
		ds := edition(t, year)
		var found []string
		agreed := 0
		for i, v := range indicator.Reconcile(indicator.Compute(ds)) {
			if i >= len(ds.Published) {
				break // what follows compares published figures among themselves
			}
			p := v.Published
			switch v.Agreement {
			case indicator.Agrees:
				agreed++
			case indicator.Contradicts:
				found = append(found, fmt.Sprintf("%s %s %d %s %.0f", p.Indicator, p.Territory, p.Year, p.Phase, p.Value))
			default:
				t.Errorf("%d: %s of %s cannot be compared: %s", year, p.Indicator, p.Territory, v.Message)
			}
		}
		slices.Sort(found)
		if want := contradictions[year]; !slices.Equal(found, want) {
			t.Errorf("%d: contradicted %q, want %q", year, found, want)
		}
		if want := len(ds.Published) - len(contradictions[year]); agreed != want {
			t.Errorf("%d: %d published figures agree, want %d", year, agreed, want)
		}
	}
}

func TestEveryIndicatorHasAValueForFrance(t *testing.T) {
	r := indicator.Compute(edition(t, 2023))
	for i := range indicator.All {
		ind := &indicator.All[i]
		if v := r.Value(ind.ID, atlas.France, 2023); ind.Has(atlas.CountryLevel) && !v.Shown() {
			t.Errorf("%s is not available for France: %+v", ind.ID, v)
		}
	}
}
