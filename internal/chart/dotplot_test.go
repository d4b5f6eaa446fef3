package chart

import (
	"slices"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// dotRows is a table of regions with these values; a negative one is missing.
func dotRows(france float64, values ...float64) indicator.Table {
	row := func(name string, x float64) indicator.Row {
		r := indicator.Row{Territory: atlas.Territory{ID: atlas.RegionID(name), Name: name}, Text: "n.d.", Phrase: "non disponible"}
		if x >= 0 {
			r.Value = atlas.Count(x)
			r.Text, r.Phrase = indicator.ByID("taux_couverture").Format(r.Value, atlas.Edition{})
		}
		return r
	}
	t := indicator.Table{Indicator: indicator.ByID("taux_couverture"), Level: atlas.RegionLevel, Country: row("France", france)}
	for i, x := range values {
		r := row(string(rune('A'+i)), x)
		if x >= 0 {
			r.Rank = 1
			for _, y := range values {
				if y > x {
					r.Rank++
				}
			}
			t.Ranked++
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func TestDotPlotPlacesTerritoriesBetweenTheirExtremes(t *testing.T) {
	for name, test := range map[string]struct {
		table                 indicator.Table
		here                  string
		others, at, reference []float64
		summary               string
	}{
		"one apart": {dotRows(0.45, 0.25, 0.75, 0.5), "C", []float64{0, 1}, []float64{0.5}, []float64{0.4},
			"De 25,0\u00a0% (A) à 75,0\u00a0% (B)\u202f; C\u00a0: 50,0\u00a0%, 2e sur 3\u202f; France\u00a0: 45,0\u00a0%."},
		"none apart":       {dotRows(0.25, 0.25, 0.75), "", []float64{0, 1}, nil, []float64{0}, "De 25,0\u00a0% (A) à 75,0\u00a0% (B)\u202f; France\u00a0: 25,0\u00a0%."},
		"equal":            {dotRows(-1, 0.5, 0.5), "A", []float64{0.5}, []float64{0.5}, nil, "De 50,0\u00a0% (B) à 50,0\u00a0% (A)\u202f; A\u00a0: 50,0\u00a0%, 1re sur 2."},
		"missing here":     {dotRows(0.9, 0.25, 0.75, -1), "C", []float64{0, 1}, nil, nil, "De 25,0\u00a0% (A) à 75,0\u00a0% (B)."},
		"nothing is known": {dotRows(-1, -1, -1), "A", nil, nil, nil, "Aucune valeur n’est disponible."},
	} {
		d := DotPlot(test.table, atlas.RegionID(test.here))
		if !slices.Equal(d.Others, test.others) || !slices.Equal(d.Here, test.at) || !near(d.Reference, test.reference) {
			t.Errorf("%s: others %v, here %v, France %v, want %v, %v, %v", name, d.Others, d.Here, d.Reference, test.others, test.at, test.reference)
		}
		if d.Summary != test.summary {
			t.Errorf("%s: summary = %q, want %q", name, d.Summary, test.summary)
		}
	}
}

func near(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x-y < 1e-9 && y-x < 1e-9 })
}
