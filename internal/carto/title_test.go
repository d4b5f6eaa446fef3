package carto

import "testing"

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
