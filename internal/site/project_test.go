package site

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// addedTo adds a project without ESSMS to the fixture.
func addedTo(ds *dataset.Dataset, p atlas.Project) {
	if p.DecidedOn.IsZero() {
		p.DecidedOn = day(ds.Edition.Year, 3, 1)
	}
	if p.Scope == "" {
		p.Scope, p.Regions = atlas.Regional, []string{"53"}
	}
	ds.Projects = append(ds.Projects, &p)
}

// textOf is what a page says, without its marks.
func textOf(page string) string {
	_, page, _ = strings.Cut(page, "<main")
	page, _, _ = strings.Cut(page, "</main>")
	page = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")
	return strings.Join(strings.Fields(html.UnescapeString(page)), " ")
}

func TestProjectPageSaysWhatIsKnownAndWhatIsNot(t *testing.T) {
	ds := fixtureEdition(2023)
	ds.Projects[0].Paid, ds.Projects[0].ActiveFiles = atlas.Known(60_000), atlas.Known(0.9)
	ds.Projects[0].Software, ds.Projects[0].Grouping = "DUI d’essai", atlas.Cluster
	ds.Projects[0].Origin = atlas.Origin{File: "projets.xlsx", Sheet: "Projets", Row: 2}
	files := compose(t, fixture(t, ds))
	for path, test := range map[string]struct{ says, not []string }{
		"2023/projets/P1/index.html": {
			[]string{"Porté en grappe par Porteur " + hostile, "à hauteur de 120 000 €", "Il concerne 3 ESSMS dans 2 départements (Finistère et Ille-et-Vilaine), en majorité du champ « personnes handicapées »",
				"60 000 € ont été versés, soit 50,0 % de la subvention", "1re sur 2 par le montant", "Sous le minimum de la région (15)", "40 000 €", "90 %", "Cible de 90 % atteinte", "DUI d’essai",
				"Ille-et-Vilaine 2 66,7 %", "Finistère 1 33,3 %", "Personnes âgées 1 33,3 %", "Public 3 100,0 %", "projets.xlsx › Projets › ligne 2", "Projet régional", "1er mars 2021"},
			[]string{"Amorçage", "/// "},
		},
		"2023/projets/P4/index.html": {
			[]string{"ce projet national reçoit une subvention de 900 000 € et est suivi par les ARS Île-de-France et Bretagne", "Montant versé n.d.", "Dossiers actifs n.d.", "SIREN n.d.", "ARS qui suivent Île-de-France , Bretagne",
				"Champ non renseigné 1 ///", "Paris Île-de-France 1", "dans 3 régions", "donnée non disponible"},
			[]string{"Taille minimale", "ont été versés"},
		},
		"2023/projets/P3/index.html": {[]string{"Département inconnu 1 ///", "Paris 3 100,0 %"}, nil},
	} {
		page := textOf(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(files[path]))
		for _, want := range test.says {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		for _, unwanted := range test.not {
			if strings.Contains(page, unwanted) {
				t.Errorf("%s says %q", path, unwanted)
			}
		}
		if t.Failed() {
			t.Log(page)
		}
	}
}

func TestEveryProjectIsLinkedFromTheListsThatNameIt(t *testing.T) {
	ds := fixtureEdition(2023)
	addedTo(ds, atlas.Project{Number: "../é vil/x", Title: hostile, Holder: hostile})
	addedTo(ds, atlas.Project{Number: "nationaux", Title: "Un numéro réservé", Holder: "Porteur " + hostile})
	files := compose(t, fixture(t, ds))
	slugs := projectSlugs(ds.Projects)
	for _, p := range ds.Projects {
		if files["2023/projets/"+slugs[p]+"/index.html"] == "" {
			t.Errorf("%q has no page", p.Number)
		}
		lists := []string{fmt.Sprintf("2023/projets/annees/%d/index.html", p.DecidedOn.Year())}
		if p.Scope == atlas.National {
			lists = append(lists, "2023/projets/nationaux/index.html")
		}
		for _, code := range p.Regions {
			lists = append(lists, "2023/regions/"+map[string]string{"53": "bretagne", "11": "ile-de-france", "94": "corse"}[code]+"/projets/index.html")
		}
		for _, list := range lists {
			if !strings.Contains(files[list], "/"+slugs[p]+`/"`) {
				t.Errorf("%s does not lead to %q", list, p.Number)
			}
		}
	}
	if strings.Contains(files["plan-du-site/index.html"], "projets/P1/") || !strings.Contains(files["sitemap.xml"], "2023/projets/P1/") {
		t.Error("project pages belong to sitemap.xml, not to the plan that people read")
	}
}

func TestListsHaveAHundredProjectsAPage(t *testing.T) {
	ds := fixtureEdition(2023)
	for i := range 205 {
		addedTo(ds, atlas.Project{Number: fmt.Sprintf("N%03d", i), Title: "Titre", Holder: "Porteur", Subsidy: float64(i)})
	}
	files := compose(t, fixture(t, ds))
	for page, want := range map[string]int{
		"regions/bretagne/projets/": 101, "regions/bretagne/projets/2/": 100, "regions/bretagne/projets/3/": 7, // and P4, a national one, on the first
		"projets/annees/2023/": 100, "projets/annees/2023/2/": 100, "projets/annees/2023/3/": 6, "projets/annees/2022/": 3,
	} {
		body := files["2023/"+page+"index.html"]
		if got := strings.Count(body, `<th scope="row">`); got != want {
			t.Errorf("%s: %d rows, want %d", page, got, want)
		}
		if paged := strings.Contains(body, `class="pages"`); paged != (page != "projets/annees/2022/") {
			t.Errorf("%s: leads to other pages: %v", page, paged)
		}
	}
	for _, beyond := range []string{"regions/bretagne/projets/4/", "projets/annees/2023/4/", "projets/annees/2022/2/"} {
		if files["2023/"+beyond+"index.html"] != "" {
			t.Errorf("%s exists", beyond)
		}
	}
}

func TestDirectoryHoldsEveryProjectAndItsLineOfTheOpenData(t *testing.T) {
	ds := fixtureEdition(2023)
	ds.Projects[1].Title = "Sur deux\nlignes, \"citées\""
	addedTo(ds, atlas.Project{Number: "=1+1", Title: "=HYPERLINK()", Holder: "x", Subsidy: 0.5})
	files := compose(t, fixture(t, ds))
	var rows []directoryRow
	if err := json.Unmarshal([]byte(files["2023/projets/projets.json"]), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(ds.Projects) {
		t.Errorf("%d projects, want %d", len(rows), len(ds.Projects))
	}
	for _, suffix := range []string{".csv", "-excel.csv"} {
		var out exported
		if err := json.Unmarshal([]byte(files["2023/projets/export"+suffix+".json"]), &out); err != nil {
			t.Fatal(err)
		}
		got := out.Header
		whole := files["2023/donnees/projets"+suffix]
		lines := slices.Clone(out.Lines)
		slices.SortFunc(lines, func(a, b string) int { return strings.Index(whole, a) - strings.Index(whole, b) })
		if got += strings.Join(lines, ""); got != whole {
			t.Errorf("%s: header and lines make\n%s\nwant the open data\n%s", suffix, got, whole)
		}
		for i, row := range rows {
			if number := strings.TrimPrefix(out.Lines[i], "'"); !strings.HasPrefix(number, row.Number) {
				t.Errorf("%s: line %d is %q, want that of %s", suffix, i, out.Lines[i], row.Number)
			}
		}
	}
}

func TestFacetsGiveEachProjectAnAnswer(t *testing.T) {
	ds := fixtureEdition(2023)
	for i, subsidy := range []float64{0, 99_999.99, 100_000, 199_999, 200_000, 1_000_000, 5e9} {
		addedTo(ds, atlas.Project{Number: fmt.Sprintf("S%d", i), Title: "x", Holder: "x", Subsidy: subsidy, Kind: atlas.MixedKind, Phase: atlas.Seeding1})
	}
	c, err := newComposer(fixture(t, ds))
	if err != nil {
		t.Fatal(err)
	}
	e := c.editions[0]
	want := map[string]string{"S0": "0-100", "S1": "0-100", "S2": "100-200", "S3": "100-200", "S4": "200-500", "S5": "1000", "S6": "1000", "P1": "100-200"}
	for _, f := range e.facets() {
		for _, p := range e.projects.all {
			for _, i := range f.options(p) {
				if i < 0 || i >= len(f.Options) {
					t.Fatalf("%s: option %d of %s, want one of %d", f.ID, i, p.Number, len(f.Options))
				}
				if key := f.Options[i].Key; f.ID == "subvention" && want[p.Number] != "" && key != want[p.Number] {
					t.Errorf("%s: subsidy class %s, want %s", p.Number, key, want[p.Number])
				}
			}
		}
		keys := map[string]bool{}
		for _, o := range f.Options {
			if keys[o.Key] {
				t.Errorf("%s: key %s twice", f.ID, o.Key)
			}
			keys[o.Key] = true
		}
	}
}

func TestHoldersAreOneBodyUnderOneSIRENOrOneName(t *testing.T) {
	projects := []*atlas.Project{
		{Number: "1", Holder: "Les Genêts", SIREN: "123456782"}, {Number: "2", Holder: "LES GENETS"}, {Number: "3", Holder: "Autre nom", SIREN: "123456782"},
		{Number: "4", Holder: "Les Pins"}, {Number: "5", Holder: "les pins"}, {Number: "6", Holder: "Le Val", SIREN: "1"}, {Number: "7", Holder: "Le Val", SIREN: "2"}, {Number: "8", Holder: "Le Val"},
	}
	f := newPortfolio(projects, nil)
	for number, want := range map[string]string{"1": "2 3", "2": "1 3", "3": "1 2", "4": "5", "5": "4", "6": "", "7": "", "8": ""} {
		var got []string
		for _, p := range projects {
			if p.Number == number {
				for _, q := range f.others(p) {
					got = append(got, q.Number)
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("others of %s: %q, want %q", number, got, want)
		}
	}
}

func TestFlowOfNationalProjectsAddsUp(t *testing.T) {
	c, err := newComposer(fixture(t, fixtureEdition(2023)))
	if err != nil {
		t.Fatal(err)
	}
	e := c.editions[0]
	l := &linker{known: c.known, from: e.nationalPath()}
	f := e.flow(e.results.Slice(atlas.France, 2023).National, l)
	if f == nil || len(f.Rows) != 1 || l.err != nil {
		t.Fatalf("flow %+v, %v", f, l.err)
	}
	var columns []string
	for _, r := range f.Regions {
		columns = append(columns, r.Text)
	}
	if got := strings.Join(columns, " ") + " = " + f.Rows[0].Total + " = " + strings.Join(f.Totals, " "); got != "Bretagne Corse Île-de-France = 3 = 1 1 1 3" {
		t.Errorf("flow of P4: %q", got)
	}
}

// TestOneChangedCellChangesOnlyWhatShowsIt is what makes a second build write little.
func TestOneChangedCellChangesOnlyWhatShowsIt(t *testing.T) {
	before := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	ds := fixtureEdition(2023)
	ds.Projects[0].Software = "Autre DUI"
	after := compose(t, fixture(t, fixtureEdition(2022), ds))
	if len(before) != len(after) {
		t.Errorf("%d files, then %d", len(before), len(after))
	}
	for name, data := range after {
		if before[name] == data {
			continue
		}
		page := strings.HasSuffix(name, ".html")
		if page && name != "2023/projets/P1/index.html" && !strings.HasPrefix(name, "2023/donnees/") || strings.HasPrefix(name, "2022/") {
			t.Errorf("%s changed with the software of P1", name)
		}
	}
	if before["2023/projets/P1/index.html"] == after["2023/projets/P1/index.html"] {
		t.Error("the page of P1 did not change")
	}
}
