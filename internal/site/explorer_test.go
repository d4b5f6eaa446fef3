package site

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// decoded reads a file of data of a composed site.
func decoded[T any](t *testing.T, files map[string]string, name string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(files[name]), &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func TestExplorerDataHoldEveryRowAsThePagesSayIt(t *testing.T) {
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	files := compose(t, in)
	seen := 0
	for _, r := range in.Editions {
		base := fmt.Sprintf("%d/explorer/", r.Edition().Year)
		for i := range indicator.All {
			ind := &indicator.All[i]
			_, has := files[base+string(ind.ID)+".json"]
			if has != explored(ind) {
				t.Errorf("%s%s.json: exists %v, want %v", base, ind.ID, has, explored(ind))
			}
			if !has {
				continue
			}
			data := decoded[explorerIndicator](t, files, base+string(ind.ID)+".json")
			for _, level := range mapLevels {
				if !ind.Has(level) {
					continue
				}
				for _, y := range r.Years() {
					view := data.Levels[levelKeys[level]].Years[year(y)]
					for k, row := range r.Table(ind, level, y).Rows {
						seen++
						phrase := data.Ends[view.End[k]]
						if whole, is := strings.CutPrefix(phrase, "="); is {
							phrase = whole
						} else {
							phrase = view.Text[k] + phrase
						}
						if view.Text[k] != row.Text || phrase != row.Phrase || view.Rank[k] != row.Rank || (view.Raw[k] != nil) != row.Value.Shown() {
							t.Errorf("%s %d %s: %q %q rank %d, want %q %q rank %d", ind.ID, y, row.Territory.ID, view.Text[k], phrase, view.Rank[k], row.Text, row.Phrase, row.Rank)
						}
						if row.Value.Shown() && *view.Raw[k] != row.Value.Number {
							t.Errorf("%s %d %s: raw %v, want %v", ind.ID, y, row.Territory.ID, *view.Raw[k], row.Value.Number)
						}
					}
				}
			}
		}
	}
	if seen < 500 {
		t.Errorf("%d rows compared, want all", seen)
	}
}

func TestExplorerLevelsNameEveryTerritoryInOneOrder(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	files := compose(t, in)
	for _, level := range mapLevels {
		data := decoded[explorerLevel](t, files, "2023/explorer/"+levelKeys[level]+".json")
		places := in.Editions[0].Gazetteer().At(level)
		if len(data.Territories) != len(places) || len(data.Areas) != len(places) || len(data.Order) != len(places) {
			t.Fatalf("%s: %d territories, %d areas, want %d", level, len(data.Territories), len(data.Areas), len(places))
		}
		for i, p := range places {
			if data.Territories[i].Name != p.Name || data.Areas[i].Code != p.ID.Code {
				t.Errorf("%s: %s with the outline of %s, want %s", level, data.Territories[i].Name, data.Areas[i].Code, p.ID.Code)
			}
			page := path.Join("2023/explorer", data.Territories[i].Page, "index.html")
			if _, ok := files[page]; !ok {
				t.Errorf("%s leads to %s, which does not exist", p.Name, page)
			}
		}
	}
}

func TestExplorerWithoutScriptsLeadsToEveryIndicator(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	html := files["2023/explorer/index.html"]
	for i := range indicator.All {
		ind := &indicator.All[i]
		for _, level := range ind.Levels {
			href := `href="../indicateurs/` + string(ind.ID) + `/"`
			if level == atlas.DepartmentLevel {
				href = `href="../indicateurs/` + string(ind.ID) + `/departements/"`
			}
			if !strings.Contains(html, href) {
				t.Errorf("no link %s", href)
			}
		}
	}
	if !strings.Contains(html, `href="../../2022/explorer/"`) {
		t.Error("no link to the explorer of the other edition")
	}
}

func TestComparisonPlacesValuesBetweenTheirExtremes(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	files := compose(t, in)
	data := decoded[compared](t, files, "2023/comparer/regions.json")
	rows := 0
	for _, theme := range data.Themes {
		for _, row := range theme.Rows {
			rows++
			ind := indicator.ByID(indicator.ID(row.ID))
			for i, region := range data.Regions {
				want := in.Editions[0].Row(ind, atlas.RegionID(region.Code), 2023)
				if row.Text[i] != large(ind, want) || (row.Raw[i] == nil) == want.Value.Shown() || data.Statuses[row.Status[i]] != want.Value.Status.String() {
					t.Errorf("%s, %s: %q, want %q", row.ID, region.Name, row.Text[i], large(ind, want))
				}
				if at := row.At[i]; (at == nil) == want.Value.Shown() || at != nil && (*at < 0 || *at > 1000) {
					t.Errorf("%s, %s: place %v, want one from 0 to 1000 where there is a value", row.ID, region.Name, at)
				}
			}
			if hasFrance := len(row.Text) == len(data.Regions)+1; hasFrance != ind.Has(atlas.CountryLevel) {
				t.Errorf("%s: France %v, want %v", row.ID, hasFrance, ind.Has(atlas.CountryLevel))
			} else if hasFrance && !ind.Ratio() && row.At[len(data.Regions)] != nil {
				t.Errorf("%s: the total of France has a place among the regions", row.ID)
			}
		}
	}
	if rows < 25 {
		t.Errorf("%d indicators compared, want all those of regions", rows)
	}
	for _, test := range []struct {
		low, high, x float64
		want         int
	}{{0, 10, 0, 0}, {0, 10, 10, 1000}, {2, 4, 3, 500}, {5, 5, 5, 500}} {
		if got := *placeBetween(test.low, test.high, test.x); got != test.want {
			t.Errorf("placeBetween(%v, %v, %v) = %d, want %d", test.low, test.high, test.x, got, test.want)
		}
	}
}
