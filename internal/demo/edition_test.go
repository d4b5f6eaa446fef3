package demo_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/demo"
	"esms.example/atlas/internal/problem"
)

func TestEditionsReadWithNoWarningButTheirGaps(t *testing.T) {
	for _, year := range demo.Years() {
		edition(t, year)
		gaps := 0
		for _, p := range once().problems[year] {
			if p.Code == dataset.CodeUnknownValue {
				gaps++
			} else if p.Severity > problem.Information {
				t.Errorf("%d: %s %s, %s %q: %s", year, p.Severity, p.Code, p.Place, p.Value, p.Message)
			}
		}
		check(t, within{"gaps", float64(gaps), 100, 700})
	}
}

func TestEditionSaysWhatItIs(t *testing.T) {
	for _, year := range demo.Years() {
		e := edition(t, year).Edition
		if e.State != atlas.Demonstration || e.DataState.Year() != year || e.PublishedOn.Year() != year+1 {
			t.Errorf("edition of %d: %+v", year, e)
		}
		if want := "Atlas régional ESMS numérique – édition " + strconv.Itoa(year); e.Title != want {
			t.Errorf("title %q, want %q", e.Title, want)
		}
		for x, step := range map[float64]float64{95: 5, 100: 10, 1990: 10} {
			if got := e.Rounding["essms_finances"].StepFor(x); got != step {
				t.Errorf("step for %v ESSMS: %v, want %v", x, got, step)
			}
		}
		if !strings.Contains(strings.Join(e.Notes, " "), "inventés") {
			t.Errorf("the notes of %d do not say that the data are invented: %q", year, e.Notes)
		}
	}
}

func TestEveryNameSaysItIsInvented(t *testing.T) {
	for _, year := range demo.Years() {
		ds := edition(t, year)
		for _, p := range ds.Projects {
			if !invented(p.Holder) || !invented(p.Title) || p.Software != "" && !invented(p.Software) {
				t.Errorf("project %s: %q, %q, %q", p.Number, p.Holder, p.Title, p.Software)
			}
			if p.SIREN != "" && !strings.HasPrefix(p.SIREN, "000") {
				t.Errorf("project %s: SIREN %s may be a real one", p.Number, p.SIREN)
			}
		}
		finess := regexp.MustCompile(`^(\d[0-9AB]99\d{5}|97\d{7})$`)
		for _, e := range ds.ESSMS {
			if !invented(e.Name) {
				t.Errorf("ESSMS %s: %q", e.FINESS, e.Name)
			}
			if !finess.MatchString(e.FINESS) || strings.HasPrefix(e.FINESS, "97") && e.FINESS[2:4] != "99" {
				t.Errorf("FINESS %s may be a real one", e.FINESS)
			}
		}
	}
}

func invented(name string) bool {
	return strings.Contains(name, "fictif") || strings.Contains(name, "fictive")
}

func TestFinessNumbersBelongToTheDepartment(t *testing.T) {
	for _, e := range edition(t, 2023).ESSMS {
		want := e.Department
		if strings.HasPrefix(want, "97") {
			want = "97"
		}
		if e.Department == "976" {
			want = "98"
		}
		if e.Department != "" && !strings.HasPrefix(e.FINESS, want) {
			t.Errorf("ESSMS %s is in department %s", e.FINESS, e.Department)
		}
	}
}

func TestEditionsHaveTheGapsOfRealOnes(t *testing.T) {
	for _, year := range demo.Years() {
		ds := edition(t, year)
		twice, nowhere, sonsOnly, unknownField, unknownStatus := 0, 0, 0, 0, 0
		for _, e := range ds.ESSMS {
			financed := slices.ContainsFunc(e.Links, func(l *atlas.Link) bool { return !l.SONSOnly })
			projects := 0
			for _, l := range e.Links {
				if !l.SONSOnly {
					projects++
				}
			}
			switch {
			case !financed:
				sonsOnly++
				continue
			case projects > 1:
				twice++
			}
			if e.Commune == "" {
				nowhere++
			}
			if e.Field == "" {
				unknownField++
			}
			if e.Status == "" {
				unknownStatus++
			}
		}
		small, elsewhere, noSIREN, unpaid := 0, 0, 0, 0
		for _, p := range ds.Projects {
			if p.SIREN == "" {
				noSIREN++
			}
			if !p.Paid.Known {
				unpaid++
			}
			if !isRegional(p) {
				continue
			}
			region, _ := ds.Gazetteer.Territory(atlas.RegionID(p.Regions[0]))
			if len(p.Links) < region.MinProjectSize {
				small++
			}
			away := 0
			for _, l := range p.Links {
				if l.ESSMS.Region != "" && l.ESSMS.Region != p.Regions[0] {
					away++
				}
			}
			if away > 0 {
				elsewhere++
			}
			if 2*away > len(p.Links) {
				t.Errorf("%d: project %s has %d of its %d ESSMS in other regions", year, p.Number, away, len(p.Links))
			}
		}
		check(t,
			within{"ESSMS in two projects", float64(twice), 100, 500}, within{"ESSMS without commune", float64(nowhere), 50, 200},
			within{"ESSMS of SONS alone", float64(sonsOnly), 80, 240}, within{"ESSMS of unknown field", float64(unknownField), 50, 500},
			within{"ESSMS of unknown status", float64(unknownStatus), 50, 500}, within{"small projects", float64(small), 60, 280},
			within{"projects with ESSMS in another region", float64(elsewhere), 40, 200}, within{"projects without SIREN", float64(noSIREN), 10, 80},
			within{"projects of unknown payment", float64(unpaid), 20, 160})
	}
}

func TestCoverageIsPlausibleEverywhere(t *testing.T) {
	ds := edition(t, 2023)
	fleet, located := map[atlas.TerritoryID]float64{}, map[atlas.TerritoryID]float64{}
	for _, r := range ds.Fleet {
		d, _ := ds.Gazetteer.Territory(r.Territory)
		fleet[r.Territory] += r.Number
		fleet[atlas.RegionID(d.Region)] += r.Number
	}
	for _, e := range ds.ESSMS {
		if e.Region != "" && slices.ContainsFunc(e.Links, func(l *atlas.Link) bool { return !l.SONSOnly }) {
			located[atlas.DepartmentID(e.Department)]++
			located[atlas.RegionID(e.Region)]++
		}
	}
	for _, r := range ds.Gazetteer.Regions() {
		check(t, within{"coverage of " + r.Name, located[r.ID] / fleet[r.ID], 0.2, 0.7})
	}
	for _, d := range ds.Gazetteer.Departments() {
		check(t, within{"coverage of " + d.Name, located[d.ID] / fleet[d.ID], 0.05, 0.7})
	}
}

func TestEditionOf2022IsTheSameProgrammeOneYearEarlier(t *testing.T) {
	before, after := edition(t, 2022), map[string]*atlas.Project{}
	for _, p := range edition(t, 2023).Projects {
		after[p.Number] = p
	}
	revised := 0
	for _, p := range before.Projects {
		later := after[p.Number]
		if later == nil || p.DecidedOn.Year() > 2022 {
			t.Fatalf("project %s, decided on %s, is not in the edition of 2023", p.Number, p.DecidedOn)
		}
		if p.Subsidy != later.Subsidy {
			revised++
		}
		if p.Paid.Known && later.Paid.Known && p.Paid.Amount > later.Paid.Amount+20000 {
			t.Errorf("project %s: %v paid by 2022, %v by 2023", p.Number, p.Paid, later.Paid)
		}
		if p.Holder != later.Holder || len(p.Links) != len(later.Links) || p.DominantField() != later.DominantField() {
			t.Errorf("project %s has changed: %+v, then %+v", p.Number, p, later)
		}
	}
	check(t, exactly("projects", len(before.Projects), 431), exactly("subsidies revised", revised, 3))
	for _, a := range before.Applications {
		if a.Year > 2022 {
			t.Errorf("application of %d in the edition of 2022", a.Year)
		}
	}
	for _, e := range before.Envelopes {
		if e.Year > 2022 {
			t.Errorf("envelope of %d in the edition of 2022", e.Year)
		}
	}
}

func TestWritingTwiceGivesTheSameBytes(t *testing.T) {
	w := once()
	if w.err != nil {
		t.Fatal(w.err)
	}
	again := t.TempDir()
	g := edition(t, 2023).Gazetteer
	if err := demo.Write(again, os.DirFS(filepath.Join(data, "references")), g); err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join(w.dir, "editions"), again)
}

func TestCommittedEditionsAreThoseWritten(t *testing.T) {
	compare(t, filepath.Join(once().dir, "editions"), filepath.Join(data, "editions"))
}

// compare asks that the files of the demonstration be the same in two directories.
func compare(t *testing.T, a, b string) {
	t.Helper()
	for _, year := range demo.Years() {
		for _, name := range []string{"edition.toml", "projets.xlsx", "essms.xlsx", "references.xlsx"} {
			path := filepath.Join(strconv.Itoa(year), name)
			x, err := os.ReadFile(filepath.Join(a, path))
			if err != nil {
				t.Fatal(err)
			}
			y, err := os.ReadFile(filepath.Join(b, path))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(x, y) {
				t.Errorf("%s differs: %d and %d bytes; write the editions again with « atlas demo data/editions »", path, len(x), len(y))
			}
		}
	}
}

func TestWriteFailsWithoutAFigureToCalibrateOn(t *testing.T) {
	dir := filepath.Join(data, "references")
	for _, c := range []struct{ name, old, new, want string }{
		{"chiffres-publies.csv", "edition_2023,demandes,", "edition_2023,autre,", "edition_2023, demandes"},
		{"regions-publiees.csv", "28,Normandie,960,37,3,", "28,Normandie,960,37,2,", "33 suivis pour 32 projets nationaux"},
		{"regions-publiees.csv", "28,Normandie,960,", "28,Normandie,neuf cents,", "ligne 10"},
		{"bareme-subventions-2022.csv", "Petit organisme", "Autre organisme", "Petit organisme"},
		{"categories-finess.csv", ",PJM,PJM,", ",,,", "PJM"},
	} {
		refs := fstest.MapFS{}
		for _, name := range []string{"chiffres-publies.csv", "regions-publiees.csv", "bareme-subventions-2022.csv", "categories-finess.csv"} {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if name == c.name {
				if !strings.Contains(string(text), c.old) {
					t.Fatalf("%s does not hold %q", name, c.old)
				}
				text = []byte(strings.ReplaceAll(string(text), c.old, c.new))
			}
			refs[name] = &fstest.MapFile{Data: text}
		}
		out := t.TempDir()
		err := demo.Write(out, refs, edition(t, 2023).Gazetteer)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q for %q: error %v, want one about %q", c.new, c.old, err, c.want)
		}
		if left, _ := os.ReadDir(out); len(left) > 0 {
			t.Errorf("with %q for %q: %v was written", c.new, c.old, left)
		}
	}
}

func TestUsagesAndProgrammeAreThere(t *testing.T) {
	for year, want := range map[int]struct{ programme, published int }{2022: {7, 16}, 2023: {14, 79}} {
		ds := edition(t, year)
		check(t, exactly("programme lines", len(ds.Programme), float64(want.programme)), exactly("published figures", len(ds.Published), float64(want.published)),
			exactly("rates of use", len(ds.Usages), float64(year-2021)*19*5*2))
		for _, f := range ds.Published {
			if f.Year == 0 || f.Year > year || f.Source == "" {
				t.Errorf("%d: published figure %+v", year, f)
			}
		}
	}
}
