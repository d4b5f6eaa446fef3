package site

import (
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// The columns of the machine-readable contract that these tests look at.
const (
	yearColumn, codeColumn, indicatorColumn, valueColumn = 1, 3, 5, 6
)

func recordsOf(t *testing.T, files map[string]string, name string) [][]string {
	t.Helper()
	text, found := files[name]
	if !found {
		t.Fatalf("no file %s", name)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return records[1:]
}

func TestDataOfAFigureAreAllThatItShows(t *testing.T) {
	in := offering(t, fixtureEdition(2023))
	files, r := compose(t, in), in.Editions[0]
	years := []string{"2021", "2022", "2023"}
	ratio := indicator.ByID("subvention_par_essms")
	var ratios []indicator.ID
	for _, ind := range indicator.All {
		if ind.Ratio() && ind.Has(atlas.RegionLevel) {
			ratios = append(ratios, ind.ID)
		}
	}
	for name, test := range map[string]struct {
		indicators   []indicator.ID
		years, codes []string
	}{
		"2023/atlas-2023-progression.csv":                            {growing.france, years, []string{"FR"}},
		"2023/regions/bretagne/atlas-2023-bretagne-progression.csv":  {growing.region, years, []string{"53"}},
		"2023/regions/bretagne/atlas-2023-bretagne-departements.csv": {besideRegionMap, years[2:], []string{"FR", "53", "35", "29"}},
		"2023/regions/tableau/atlas-2023-tableau-parmi.csv":          {ratios, years[2:], []string{"FR", "53", "11", "94"}},
		"2023/indicateurs/" + string(ratio.ID) + "/annees/atlas-2023-" + string(ratio.ID) + "-annees-cartes-annees.csv": {
			[]indicator.ID{ratio.ID}, years, []string{"FR", "53", "11", "94"}},
		"2023/indicateurs/" + string(ratio.ID) + "/croisement/atlas-2023-" + string(ratio.ID) + "-croisement-nuage.csv": {
			[]indicator.ID{ratio.ID, ratio.Companion}, years[2:], []string{"FR", "53", "11", "94"}},
	} {
		seen := map[string]bool{}
		for _, record := range recordsOf(t, files, name) {
			id, year := indicator.ID(record[indicatorColumn]), record[yearColumn]
			if !slices.Contains(test.indicators, id) || !slices.Contains(test.years, year) || !slices.Contains(test.codes, record[codeColumn]) {
				t.Errorf("%s holds %q, which its figure does not show", name, record)
				continue
			}
			seen[fmt.Sprint(id, year, record[codeColumn])] = true
			place := atlas.DepartmentID(record[codeColumn])
			switch record[2] {
			case "pays":
				place = atlas.France
			case "region":
				place = atlas.RegionID(record[codeColumn])
			}
			y, _ := strconv.Atoi(year)
			want := ""
			if v := r.Value(id, place, y); v.Shown() {
				want = strconv.FormatFloat(v.Number, 'f', -1, 64)
			}
			if record[valueColumn] != want {
				t.Errorf("%s: %s of %s in %s = %q, want %q", name, id, record[codeColumn], year, record[valueColumn], want)
			}
		}
		for _, id := range test.indicators {
			for _, year := range test.years {
				for _, code := range test.codes {
					if !seen[fmt.Sprint(id, year, code)] {
						t.Errorf("%s lacks %s of %s in %s", name, id, code, year)
					}
				}
			}
		}
	}
}

func TestDataOfADistributionCountEveryProject(t *testing.T) {
	in := offering(t, fixtureEdition(2023))
	files, r := compose(t, in), in.Editions[0]
	for name, place := range map[string]atlas.TerritoryID{
		"2023/repartition-des-projets/atlas-2023-repartition-des-projets-montants.csv":                           atlas.France,
		"2023/regions/bretagne/repartition-des-projets/atlas-2023-bretagne-repartition-des-projets-montants.csv": atlas.RegionID("53"),
	} {
		slice := r.Slice(place, 2023)
		regional, national, before := 0, 0, ""
		for i, record := range recordsOf(t, files, name) {
			n, _ := strconv.Atoi(record[8])
			m, _ := strconv.Atoi(record[9])
			regional, national = regional+n, national+m
			if i > 0 && record[6] != before {
				t.Errorf("%s: class %q begins at %s, want where the one before ends: %s", name, record[5], record[6], before)
			}
			if before = record[7]; (record[9] == "") != (place != atlas.France) {
				t.Errorf("%s: national projects = %q in %q", name, record[9], record[5])
			}
			if want := median(measures[1].values(slice.Regional)); record[10] != strconv.FormatFloat(want, 'f', -1, 64) {
				t.Errorf("%s: median = %s, want %g", name, record[10], want)
			}
		}
		if want := len(slice.Regional); regional != want {
			t.Errorf("%s counts %d regional projects, want %d", name, regional, want)
		}
		if want := len(slice.National); place == atlas.France && national != want {
			t.Errorf("%s counts %d national projects, want %d", name, national, want)
		}
	}
}

func TestDotPlotsOfRegionsShareTheirData(t *testing.T) {
	files := compose(t, offering(t, fixtureEdition(2023)))
	at := "2023/regions/bretagne/indicateurs/reprendre/parmi-1/"
	if link := `href="../../../../tableau/atlas-2023-tableau-parmi.csv"`; !strings.Contains(files[at+"index.html"], link) {
		t.Errorf("%s lacks %s:\n%s", at, link, files[at+"index.html"])
	}
	for name := range files {
		if base := path.Base(name); strings.HasSuffix(base, "-parmi.csv") && name != "2023/regions/tableau/atlas-2023-tableau-parmi.csv" {
			t.Errorf("%s repeats the data of the table of the regions", name)
		}
	}
}
