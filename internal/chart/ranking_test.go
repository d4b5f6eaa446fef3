package chart

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares a chart with testdata/name.json. The tests of package render draw these files.
func golden(t *testing.T, name string, c Chart) {
	t.Helper()
	var got bytes.Buffer
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Indent(&got, raw, "", " "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs from the golden file; run go test -update ./internal/chart and look at the change\ngot  %s\nwant %s", name, got.Bytes(), want)
	}
}

var regionNames = []string{"Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte", "Île-de-France",
	"Centre-Val de Loire", "Bourgogne-Franche-Comté", "Normandie", "Hauts-de-France", "Grand Est", "Pays de la Loire",
	"Bretagne", "Nouvelle-Aquitaine", "Occitanie", "Auvergne-Rhône-Alpes", "Provence-Alpes-Côte d’Azur", "Corse"}

var shareIndicator = &indicator.Indicator{ID: "taux_couverture", Title: "Taux de couverture", Short: "Couverture",
	Unit: atlas.UnitShare, Display: indicator.Display{Scale: 0.01, Decimals: 1, Suffix: "%"}}

// ratioIndicator is an entry of the registry that is a ratio, since only the registry may say so.
func ratioIndicator(t testing.TB) *indicator.Indicator {
	t.Helper()
	ind := indicator.ByID("taux_couverture")
	if ind == nil || !ind.Ratio() {
		t.Fatal("the registry has no ratio taux_couverture")
	}
	return ind
}

// sample makes a table of the regions with those shares of 1; NaN is missing.
func sample(ind *indicator.Indicator, country float64, shares ...float64) indicator.Table {
	table := indicator.Table{Indicator: ind, Level: atlas.RegionLevel, Year: 2023,
		Edition: atlas.Edition{Year: 2023, DataState: time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)},
		Country: row(atlas.Territory{ID: atlas.France, Name: "France", Genitive: "de la France"}, country)}
	for i, share := range shares {
		name := regionNames[i%len(regionNames)]
		table.Rows = append(table.Rows, row(atlas.Territory{ID: atlas.RegionID(string(rune('A' + i))), Name: name,
			Slug: strings.ToLower(name), Genitive: "de " + name, Locative: "en " + name}, share))
	}
	for i := range table.Rows {
		r := &table.Rows[i]
		if !r.Value.Shown() {
			continue
		}
		table.Ranked++
		r.Rank = 1
		for _, o := range table.Rows {
			if o.Value.Shown() && o.Value.Number > r.Value.Number {
				r.Rank++
			}
		}
	}
	return table
}

func row(territory atlas.Territory, share float64) indicator.Row {
	if math.IsNaN(share) {
		return indicator.Row{Territory: territory, Text: "n.d.", Phrase: "non disponible"}
	}
	return indicator.Row{Territory: territory, Value: atlas.Count(share), Text: french.Number(share*100, 1), Phrase: french.Percent(share, 1)}
}

func eighteen(t testing.TB) indicator.Table {
	return sample(ratioIndicator(t), 0.563, 0.61, 0.48, 0.305, 0.57, 0, 0.652, 0.498, 0.555, 0.561, 0.5634, 0.59, 0.602,
		0.701, 0.644, 0.53, 0.512, 0.47, math.NaN())
}

func TestRankingDrawsTheRegionsFromTheHighest(t *testing.T) {
	c, err := Ranking("classement", eighteen(t), atlas.RegionID("M"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "ranking", c)
}

func TestRankingOfCountsHasNoReferenceLine(t *testing.T) {
	table := sample(indicator.ByID("essms_finances"), 1, 0.2, 0.3)
	c, err := Ranking("r", table, atlas.TerritoryID{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(c.Option), "markLine") {
		t.Errorf("option of a count = %s, want no markLine", c.Option)
	}
}

func TestRankingIsTheSameEveryTime(t *testing.T) {
	first, err := Ranking("r", eighteen(t), atlas.RegionID("B"))
	if err != nil {
		t.Fatal(err)
	}
	shuffled := eighteen(t)
	for range 20 {
		again, err := Ranking("r", shuffled, atlas.RegionID("B"))
		if err != nil || !bytes.Equal(first.Option, again.Option) {
			t.Fatalf("second option = %s, %v, want %s", again.Option, err, first.Option)
		}
	}
}

func TestRankingEscapesHostileNames(t *testing.T) {
	table := sample(ratioIndicator(t), 0.5, 0.4)
	table.Rows[0].Territory.Name = `</script><script>alert(1)</script>{c}`
	c, err := Ranking("r", table, atlas.TerritoryID{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(string(c.Option), "<>&") {
		t.Errorf("option = %s, want <, > and & escaped", c.Option)
	}
	if strings.Contains(string(c.Option), `"formatter":"</`) || strings.Contains(string(c.Option), "{c}\u00a0:") {
		t.Errorf("option = %s, want no template from a name", c.Option)
	}
}

func TestRankingKeepsZeroApartFromMissing(t *testing.T) {
	c, err := Ranking("r", sample(ratioIndicator(t), 0.5, 0, math.NaN(), 0.4), atlas.TerritoryID{})
	if err != nil {
		t.Fatal(err)
	}
	var option struct {
		YAxis  []struct{ Data []any }
		Series []struct {
			Data []*struct {
				Value *float64
				Label struct{ Formatter string }
			}
			MarkPoint struct {
				Data []struct {
					Coord []any
					Label struct{ Formatter string }
				}
			}
		}
	}
	if err := json.Unmarshal(c.Option, &option); err != nil {
		t.Fatal(err)
	}
	if got, want := option.YAxis[0].Data, []any{"Guyane", "Guadeloupe", "Martinique"}; !slices.Equal(got, want) {
		t.Errorf("names = %v, want %v", got, want)
	}
	s := option.Series[0]
	if s.Data[1] == nil || s.Data[1].Value == nil || *s.Data[1].Value != 0 || s.Data[1].Label.Formatter != "0,0" {
		t.Errorf("zero = %+v, want a datum 0 labelled 0,0", s.Data[1])
	}
	if s.Data[2] != nil {
		t.Errorf("missing = %+v, want no datum", s.Data[2])
	}
	if len(s.MarkPoint.Data) != 1 || s.MarkPoint.Data[0].Label.Formatter != "n.d." {
		t.Errorf("annotations = %+v, want one n.d.", s.MarkPoint.Data)
	}
}

func TestRankingSummarySaysWhatTheChartShows(t *testing.T) {
	nan := math.NaN()
	for _, test := range []struct {
		name      string
		table     indicator.Table
		highlight atlas.TerritoryID
		want      string
	}{
		{"usual", sample(shareIndicator, 0.5, 0.4, 0.6, nan), atlas.RegionID("A"),
			"La plus haute valeur est celle de Martinique (60,0\u00a0%), la plus basse celle de Guadeloupe (40,0\u00a0%). " +
				"Guadeloupe\u00a0: 40,0\u00a0%, 2e rang sur 2. France\u00a0: 50,0\u00a0%. Sans valeur\u00a0: Guyane."},
		{"ties", sample(shareIndicator, nan, 0.4, 0.4, 0.1), atlas.TerritoryID{},
			"Les plus hautes valeurs sont celles de Guadeloupe et de Martinique (40,0\u00a0%), la plus basse est celle de Guyane (10,0\u00a0%)."},
		{"ties at the foot", sample(shareIndicator, nan, 0.1, 0.1, 0.4), atlas.TerritoryID{},
			"La plus haute valeur est celle de Guyane (40,0\u00a0%), les plus basses sont celles de Guadeloupe et de Martinique (10,0\u00a0%)."},
		{"ties at both ends", sample(shareIndicator, nan, 0.1, 0.1, 0.4, 0.4), atlas.TerritoryID{},
			"Les plus hautes valeurs sont celles de Guyane et de La Réunion (40,0\u00a0%), les plus basses celles de Guadeloupe et de Martinique (10,0\u00a0%)."},
		{"all equal", sample(shareIndicator, nan, 0.4, 0.4), atlas.TerritoryID{}, "Tous les territoires ont la même valeur\u00a0: 40,0\u00a0%."},
		{"nothing", sample(shareIndicator, nan, nan), atlas.TerritoryID{}, "Aucune valeur n’est disponible. Sans valeur\u00a0: Guadeloupe."},
	} {
		if got := rankingSummary(test.table, test.highlight); got != test.want {
			t.Errorf("%s: summary = %q, want %q", test.name, got, test.want)
		}
	}
}

func BenchmarkRanking(b *testing.B) {
	table := eighteen(b)
	for b.Loop() {
		if _, err := Ranking("r", table, atlas.RegionID("B")); err != nil {
			b.Fatal(err)
		}
	}
}
