package carto

import (
	"fmt"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestDescriptionReadsAsFrench(t *testing.T) {
	national := func(tab indicator.Table, percent float64) indicator.Table {
		tab.Country.Value = ratio(percent)
		_, tab.Country.Phrase = tab.Indicator.Format(tab.Country.Value, tab.Edition)
		return tab
	}
	six := func(values ...float64) indicator.Table {
		var rows []indicator.Row
		for i, x := range values {
			rows = append(rows, row(atlas.DepartmentLevel, fmt.Sprint(i), string(rune('A'+i)), atlas.Count(x)))
		}
		return table(number(), atlas.DepartmentLevel, rows...)
	}
	for name, c := range map[string]struct {
		table indicator.Table
		want  string
	}{
		"ratio": {national(regionTable(share(), ratio(12.5), ratio(40), ratio(30)), 20),
			"La valeur la plus élevée est celle de Ouest (40,0\u00a0%)\u202f; la plus faible est celle de Île (12,5\u00a0%). 2\u00a0régions sur 3 dépassent la valeur nationale (20,0\u00a0%)."},
		"one above": {national(regionTable(share(), ratio(12.5), ratio(40), atlas.Value{}), 20),
			"La valeur la plus élevée est celle de Ouest (40,0\u00a0%)\u202f; la plus faible est celle de Île (12,5\u00a0%). Une seule région sur 2 dépasse la valeur nationale (20,0\u00a0%). Sans valeur\u00a0: Est."},
		"none above": {national(regionTable(share(), ratio(12.5), ratio(40)), 60),
			"La valeur la plus élevée est celle de Ouest (40,0\u00a0%)\u202f; la plus faible est celle de Île (12,5\u00a0%). Aucune région sur 2 ne dépasse la valeur nationale (60,0\u00a0%)."},
		"all equal":  {regionTable(share(), ratio(40), ratio(40)), "La valeur est la même partout\u00a0: 40,0\u00a0%."},
		"lone value": {regionTable(share(), ratio(40), atlas.Value{}), "Seule valeur\u00a0: celle de Île, 40,0\u00a0%. Sans valeur\u00a0: Ouest."},
		"no value":   {regionTable(share(), atlas.Value{}), "Aucune valeur n’est disponible par région."},
		"podium": {six(7, 6, 5, 4, 3, 0),
			"La valeur la plus élevée est celle de A (7\u00a0choses), devant celles de B (6\u00a0choses) et de C (5\u00a0choses)\u202f; la plus faible est celle de F (0\u00a0chose)."},
		"ties": {six(7, 7, 5, 0, 0, 0, 0),
			"La valeur la plus élevée est celle de A et de B (7\u00a0choses)\u202f; la plus faible est celle de\u00a04\u00a0départements (0\u00a0chose)."},
	} {
		if got := describe(c.table); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestTitleNamesIndicatorLevelAndDate(t *testing.T) {
	tab := regionTable(share(), ratio(40))
	if got, want := title(tab), "Part inventée par région, 31\u00a0décembre 2023"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	tab.Year = 2021
	if got, want := title(tab), "Part inventée par région, fin 2021"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
