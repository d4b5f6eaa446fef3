package carto

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// national gives the tables of France a national value.
func national(tab indicator.Table, percent float64) indicator.Table {
	tab.Country = indicator.Row{Territory: atlas.Territory{ID: atlas.France}, Value: ratio(percent)}
	tab.Country.Text, tab.Country.Phrase = tab.Indicator.Format(tab.Country.Value, tab.Edition)
	return tab
}

func TestEveryKindOfMapIsAsReviewed(t *testing.T) {
	a := load(t)
	shares := national(regionTable(share(), ratio(12.5), ratio(40), ratio(21)), 20)
	departments := func(ind *indicator.Indicator, values ...atlas.Value) indicator.Table {
		var rows []indicator.Row
		for i, place := range [][3]string{{"45", "24", "Levant"}, {"75", "11", "Ponant"}, {"972", "02", "Île"}} {
			r := row(atlas.DepartmentLevel, place[0], place[2], values[i])
			r.Territory.Region = place[1]
			rows = append(rows, r)
		}
		return table(ind, atlas.DepartmentLevel, rows...)
	}
	drawn := func(m Map, err error) Map {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for name, m := range map[string]Map{
		"around":              drawn(a.Draw(shares, Options{Description: "Constat.", Href: pageOf, Classes: ClassifyAround(shares)})),
		"departments-classes": drawn(a.Draw(departments(share(), ratio(1), ratio(2), atlas.Value{}), Options{Href: pageOf})),
		"departments-circles": drawn(a.Draw(departments(number(), atlas.Count(3), atlas.Count(0), atlas.Count(900)), Options{Href: pageOf})),
		"one-region":          drawn(a.DrawRegion(departments(share(), ratio(1), ratio(2), ratio(3)), "24", Options{Href: pageOf})),
		"small-around":        drawn(a.DrawSmall(shares, "carte", Options{ID: "carte-2023", Description: "Constat.", Classes: ClassifyAround(shares)})),
		"small-circles":       drawn(a.DrawSmall(regionTable(number(), atlas.Count(0), atlas.Count(1200), atlas.Count(300)), "carte", Options{ID: "carte-2023"})),
	} {
		checkDrawing(t, string(m.SVG))
		got := strings.ReplaceAll(string(m.SVG)+"\n"+string(m.Legend.Circles), "><", ">\n<") + "\n\n" + m.Legend.Unit + "\n" + m.Legend.Note + "\n"
		for _, c := range m.Legend.Classes {
			got += c.Class + " " + c.Colour + " " + c.Fill + " " + c.Label + "\n"
		}
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the drawing changed; review it with -update and git diff\ngot:\n%s", file, got)
		}
	}
}

func TestClassesAroundFranceAreTheSameOnBothSidesAndForAllYears(t *testing.T) {
	now := national(regionTable(share(), ratio(12.5), ratio(40), ratio(21)), 20)
	before := national(regionTable(share(), ratio(3), ratio(12), ratio(7)), 6)
	before.Year = 2022
	c := ClassifyAround(before, now)
	if n := len(c.Limits); c.By != ByPoints || n != 4 || c.Limits[0] != -c.Limits[3] || c.Limits[1] != -c.Limits[2] || c.Limits[2] != 0.02 {
		t.Fatalf("got %+v, want four limits in points, alike on both sides, the inner at 2 points", c)
	}
	for _, test := range []struct {
		table indicator.Table
		value float64
		want  int
	}{
		{now, 0.40, 5}, {now, 0.25, 4}, {now, 0.22, 4}, {now, 0.2199, 3}, {now, 0.20, 3}, {now, 0.18, 3}, {now, 0.1799, 2},
		{now, 0.05, 1}, {before, 0.06, 3}, {before, 0.12, 4}, {before, 0.25, 5},
	} {
		if got := c.Of(test.table, test.value); got != test.want {
			t.Errorf("%v in %d (France %v): class %d of %v, want %d", test.value, test.table.Year, test.table.Country.Value.Number, got, c.Limits, test.want)
		}
	}
	if lone := ClassifyAround(regionTable(share(), ratio(1), ratio(2), ratio(3))); lone.By != ByValue {
		t.Errorf("without a value for France: %+v, want classes of values", lone)
	}
	near := ClassifyAround(national(regionTable(share(), ratio(20), ratio(21), ratio(19)), 20))
	if len(near.Limits) != 2 {
		t.Errorf("all near France: limits %v, want the two of the middle", near.Limits)
	}
}

func TestArrowKeysReachEveryTerritoryFromEveryOther(t *testing.T) {
	a := loadFrance(t)
	for _, level := range []atlas.Level{atlas.RegionLevel, atlas.DepartmentLevel} {
		s := a.sheets[level]
		next := map[string][]string{}
		for _, sh := range s.shapes {
			next[sh.code] = strings.Fields(s.neighbours(sh, func(*shape) bool { return true }))
			if len(next[sh.code]) != 4 {
				t.Fatalf("%s: %q, want four neighbours or dashes", sh.code, next[sh.code])
			}
		}
		for from := range next {
			seen, queue := map[string]bool{from: true}, []string{from}
			for len(queue) > 0 {
				for _, to := range next[queue[0]] {
					if to != "-" && !seen[to] {
						seen[to], queue = true, append(queue, to)
					}
				}
				queue = queue[1:]
			}
			if len(seen) != len(s.shapes) {
				t.Errorf("%s: from %s the keys reach %d territories, want %d", level, from, len(seen), len(s.shapes))
			}
		}
	}
}
