package site

import (
	"fmt"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

func contain(t *testing.T, files map[string]string, path string, want ...string) {
	t.Helper()
	text, ok := files[path]
	if !ok {
		t.Errorf("no page %s", path)
		return
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not hold %q", path, w)
		}
	}
}

func TestEveryDepartmentHasItsPageBesideItsRegionAndFrance(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2023)))
	for _, code := range []string{"29", "35", "75", "2A"} {
		contain(t, files, "2023/departements/index.html", `href="`+code+`/"`)
		contain(t, files, "2023/departements/"+code+"/index.html", "Département "+code, `href="indicateurs.csv"`, `href="essms-excel.csv"`, `href="projets.csv"`, `href="essms/"`)
		contain(t, files, "2023/departements/"+code+"/essms/index.html", "N° FINESS")
	}
	contain(t, files, "2023/departements/29/index.html", "Bretagne", "France", "sur 4", "P2", `href="../35/"`)
	contain(t, files, "2023/regions/bretagne/index.html", `href="../../departements/29/"`, `href="../../departements/35/"`)
	// The national project that equips the Ille-et-Vilaine is listed, with its one ESSMS there out of three.
	contain(t, files, "2023/departements/35/index.html", ">P4</a>", "National")
	for path, text := range files {
		if strings.HasPrefix(path, "2023/departements/") && strings.HasSuffix(path, ".html") && strings.Contains(text, "<script>alert") {
			t.Errorf("%s holds the markup of a cell", path)
		}
	}
}

func TestADepartmentWithoutESSMSSaysSo(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2021)))
	contain(t, files, "2021/departements/75/index.html", "aucun ESSMS implanté dans le Paris")
	if _, ok := files["2021/departements/75/essms/index.html"]; ok {
		t.Error("an empty list of ESSMS has a page")
	}
}

func TestTheESSMSOfADepartmentAreListedOnceEachInPages(t *testing.T) {
	ds := fixtureEdition(2023)
	p := ds.Projects[0]
	for i := range 230 {
		e := &atlas.ESSMS{FINESS: fmt.Sprintf("Z%08d", i), Name: fmt.Sprint("Résidence ", i), Department: "29", Region: "53", Commune: fmt.Sprint("29", 100+i%7)}
		l := &atlas.Link{Project: p, ESSMS: e}
		p.Links, e.Links = append(p.Links, l), append(e.Links, l)
		ds.ESSMS = append(ds.ESSMS, e)
	}
	files := compose(t, fixture(t, ds))
	all := files["2023/departements/29/essms/index.html"] + files["2023/departements/29/essms/2/index.html"] + files["2023/departements/29/essms/3/index.html"]
	for i := range 230 {
		if n := strings.Count(all, fmt.Sprintf(`<th scope="row">Z%08d</th>`, i)); n != 1 {
			t.Errorf("Z%08d is listed %d times", i, n)
		}
	}
	contain(t, files, "2023/departements/29/essms/2/index.html", `aria-current="page"><span class="hidden">Page </span>2</a>`)
	if _, ok := files["2023/departements/29/essms/4/index.html"]; ok {
		t.Error("there is a fourth page")
	}
}

func TestADepartmentWithManyProjectsHasTheirListApart(t *testing.T) {
	ds := fixtureEdition(2023)
	e := ds.Projects[0].Links[0].ESSMS
	for i := range 15 {
		p := &atlas.Project{Number: fmt.Sprintf("Q%02d", i), Title: "T", Holder: "H", Scope: atlas.Regional, Regions: []string{"53"}, DecidedOn: day(2023, 2, 1), Kind: atlas.Acquisition}
		l := &atlas.Link{Project: p, ESSMS: e}
		p.Links, e.Links = append(p.Links, l), append(e.Links, l)
		ds.Projects = append(ds.Projects, p)
	}
	files := compose(t, fixture(t, ds))
	contain(t, files, "2023/departements/35/index.html", `href="projets/"`, "Les 17 projets")
	contain(t, files, "2023/departements/35/projets/index.html", ">Q00</a>", ">Q14</a>", ">P4</a>")
}

func TestThePagesOnTheProgrammeSayWhichSheetIsMissing(t *testing.T) {
	ds := fixtureEdition(2023)
	ds.Envelopes = nil
	files := compose(t, fixture(t, ds))
	for slug, sheet := range map[string]string{"": "Programme", "candidatures/": "Candidatures", "enveloppes/": "Enveloppes", "usages/": "Usages"} {
		contain(t, files, "2023/programme/"+slug+"index.html", "n’a pas de feuille "+sheet, "ne vaut pas zéro")
		if strings.Contains(files["2023/programme/"+slug+"index.html"], "<tbody>") {
			t.Errorf("%s shows a table without its sheet", slug)
		}
	}
	contain(t, files, "2023/programme/bareme/index.html", "Aucun barème")
}

// withProgramme gives an edition its optional sheets, with hostile names.
func withProgramme(ds *dataset.Dataset) *dataset.Dataset {
	ds.Programme = []atlas.ProgrammeLine{
		{Quantity: "Cible\u00a0: ESSMS " + hostile, Value: 40, Unit: "ESSMS", Source: hostile},
		{Quantity: "Enveloppe 2023\u00a0: total", Year: 2023, Value: 150e6, Unit: "EUR", Source: "Source A"},
		{Quantity: "Enveloppe 2023\u00a0: programme ESMS numérique", Year: 2023, Value: 84e6, Unit: "EUR", Source: "Source A"},
		{Quantity: "Enveloppe 2023\u00a0: SONS", Year: 2023, Value: 66e6, Unit: "EUR", Source: "Source A"},
	}
	ds.Applications = []atlas.Application{{Region: "53", Year: 2022, Phase: atlas.Generalisation, Deposited: 8, Selected: 2}}
	ds.Usages = []atlas.UsageRate{{Year: 2023, Service: "DUI", Field: atlas.Elderly, Rate: 0.435, Respondents: atlas.Known(120), Source: hostile}}
	ds.Scale = []atlas.ScaleLine{{Kind: "Acquisition", Size: "moins de 50 ESSMS", To: 49, Component: hostile, Euros: 7000, Condition: hostile, Source: hostile}}
	ds.Categories = map[string]atlas.Category{"500": {Code: "500", Name: "Etablissement " + hostile, Field: atlas.Elderly}}
	for _, p := range ds.Projects {
		p.Phase = atlas.Generalisation
	}
	return ds
}

func TestThePagesOnTheProgrammeShowTheirSheetsAsText(t *testing.T) {
	files := compose(t, fixture(t, withProgramme(fixtureEdition(2023))))
	page := func(slug string) string { return "2023/programme/" + slug + "index.html" }
	contain(t, files, page(""), "40\u00a0ESSMS", "150\u00a0M€", "soit exactement le total", "Source A", `href="programme.csv"`)
	contain(t, files, page("phases/"), "Généralisation", "Le calendrier des appels à projets", `href="phases.csv"`)
	contain(t, files, page("candidatures/"), "25,0", `href="candidatures-excel.csv"`)
	contain(t, files, page("enveloppes/"), "2022, enveloppe", "100\u202f000\u00a0€", `href="enveloppes.csv"`)
	contain(t, files, page("paiements/"), "Montant versé non renseigné", "90\u00a0%", `href="paiements.csv"`)
	contain(t, files, page("bareme/"), "7\u202f000\u00a0€", "moins de 50 ESSMS", `href="bareme.csv"`)
	contain(t, files, page("petits-projets/"), "Projets sous le seuil", `href="petits-projets.csv"`)
	contain(t, files, page("sons/"), "SONS", `href="essms_sons_seul.csv"`)
	contain(t, files, page("usages/"), "43,5", "120", "tels qu’ils ont été donnés", `href="usages.csv"`)
	contain(t, files, page("eligibilite/"), "Établissement", `href="categories.csv"`)
	for i := range chapters {
		path := page(strings.TrimPrefix(chapters[i].slug+"/", "/"))
		if strings.Contains(files[path], "<script>alert") {
			t.Errorf("%s holds the markup of a cell", path)
		}
		if !strings.Contains(files[path], `aria-current="page"`) {
			t.Errorf("%s does not say where it stands among the chapters", path)
		}
		if chapterDescriptions[chapters[i].slug] == "" {
			t.Errorf("%s has no description", path)
		}
	}
}

func TestTheFunnelGoesFromTheRegionWithMostApplications(t *testing.T) {
	ds := withProgramme(fixtureEdition(2023))
	ds.Applications = []atlas.Application{
		{Region: "53", Year: 2022, Phase: atlas.Generalisation, Deposited: 8, Selected: 2},
		{Region: "94", Year: 2022, Phase: atlas.Generalisation, Deposited: 20, Selected: 12},
	}
	files := compose(t, fixture(t, ds))
	option := files["2023/programme/candidatures/entonnoir.json"]
	if most, fewer := strings.Index(option, `"Corse"`), strings.Index(option, `"Bretagne"`); most < 0 || most > fewer {
		t.Errorf("Corse, with 20 applications, stands at %d and Bretagne, with 8, at %d: %s", most, fewer, option)
	}
	contain(t, files, "2023/programme/candidatures/index.html", `<p class="pattern">Dans les 2`, "à 60,0\u00a0% en Corse.</p>")
}
