package site

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// equipped is the fixture where the ESSMS of P1 are those: « FINESS|name|commune|department|field » each.
func equipped(lines ...string) *dataset.Dataset {
	ds := fixtureEdition(2023)
	g := ds.Gazetteer
	ds.Gazetteer = atlas.NewGazetteer(g.Regions(), g.Departments(), []atlas.Commune{
		{Code: "35238", Name: "Rennes", Department: "35"}, {Code: "29019", Name: "Brest", Department: "29"}, {Code: "35115", Name: "Fougères", Department: "35"},
	})
	p := ds.Projects[0]
	p.Links = nil
	for _, line := range lines {
		part := strings.Split(line, "|")
		of := &atlas.ESSMS{FINESS: part[0], Name: part[1], Commune: part[2], Department: part[3], Field: atlas.Elderly}
		link := &atlas.Link{Project: p, ESSMS: of, Field: atlas.Field(part[4])}
		p.Links, of.Links = append(p.Links, link), append(of.Links, link)
		ds.ESSMS = append(ds.ESSMS, of)
	}
	return ds
}

var essmsLine = regexp.MustCompile(`(?s)<tr><th scope="row">([^<]*)</th>(<td.*?)</tr>`)

// essmsNamed are the rows of the list of ESSMS of a page, their cells cut by « | ».
func essmsNamed(page string) []string {
	_, page, _ = strings.Cut(page, `aria-labelledby="essms"`)
	page, _, _ = strings.Cut(page, "</table>")
	var rows []string
	for _, row := range essmsLine.FindAllStringSubmatch(page, -1) {
		cells := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(row[2], "</td>", "|"), "")
		rows = append(rows, strings.ReplaceAll(html.UnescapeString(row[1]+"|"+strings.TrimSuffix(cells, "|")), "\u00a0", " "))
	}
	return rows
}

func TestProjectPageNamesExactlyItsESSMSByPlace(t *testing.T) {
	ds := equipped(
		"350000005|Sans commune||35|PH", "990000009||||", "350000003|SAMSAH de l'Est|35238|35|PH", "350000002|Éhpad <b>|35238|35|PA",
		"350000004|Zéphyr|35115|35|PA", "290000001|IME|29019|29|PH", "350000001|Éhpad <b>|35238|35|PA", "978000001|Ailleurs|97801||")
	seul := &atlas.Link{Project: ds.Projects[0], ESSMS: &atlas.ESSMS{FINESS: "350000099", Name: "SONS seul", Department: "35"}, SONSOnly: true}
	ds.Projects[0].SONS = []*atlas.Link{seul}
	page := compose(t, fixture(t, ds))["2023/projets/P1/index.html"]
	want := []string{
		"290000001|IME|Brest (29)|Personnes handicapées", "350000004|Zéphyr|Fougères (35)|Personnes âgées", "350000001|Éhpad <b>|Rennes (35)|Personnes âgées", "350000002|Éhpad <b>|Rennes (35)|Personnes âgées",
		"350000003|SAMSAH de l’Est|Rennes (35)|Personnes handicapées", "350000005|Sans commune|n.d.|Personnes handicapées", "978000001|Ailleurs|97801|n.d.", "990000009|n.d.|n.d.|n.d.",
	}
	if got := essmsNamed(page); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the page names\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if strings.Contains(page, "350000099") {
		t.Error("the page names an ESSMS of SONS alone")
	}
	if strings.Contains(page, "La liste des") {
		t.Error("a short list is folded")
	}
}

func TestProjectPageFoldsALongListOfESSMS(t *testing.T) {
	for n, folded := range map[int]bool{mostESSMS: false, mostESSMS + 1: true, mostFolded: true} {
		var lines []string
		for i := range n {
			lines = append(lines, fmt.Sprintf("35%07d|Nom|35238|35|PA", i))
		}
		page := compose(t, fixture(t, equipped(lines...)))["2023/projets/P1/index.html"]
		if got := len(essmsNamed(page)); got != n {
			t.Errorf("the page names %d ESSMS, want %d", got, n)
		}
		if got := strings.Contains(page, fmt.Sprintf("<summary>La liste des %d ESSMS</summary>", n)); got != folded {
			t.Errorf("%d ESSMS are folded: %v", n, got)
		}
	}
}

func TestProjectOfManyESSMSListsThemOnPagesOfTheirOwn(t *testing.T) {
	var lines []string
	for i := range 2*essmsPerPage + 1 {
		lines = append(lines, fmt.Sprintf("35%07d|Nom|35238|35|PA", i))
	}
	files := compose(t, fixture(t, equipped(lines...)))
	page := files["2023/projets/P1/index.html"]
	if got := len(essmsNamed(page)); got != previewed || !strings.Contains(page, `<a class="more" href="essms/">Les 201 ESSMS du projet</a>`) {
		t.Errorf("the page names %d ESSMS, want %d and a link to all", got, previewed)
	}
	var got []string
	for _, name := range []string{"essms/", "essms/2/", "essms/3/"} {
		for _, row := range essmsNamed(files["2023/projets/P1/"+name+"index.html"]) {
			number, _, _ := strings.Cut(row, "|")
			got = append(got, number+"|Nom|35238|35|PA")
		}
	}
	if strings.Join(got, "\n") != strings.Join(lines, "\n") {
		t.Errorf("the pages name %d ESSMS, want the %d of the project, each once", len(got), len(lines))
	}
	if files["2023/projets/P2/essms/index.html"] != "" {
		t.Error("a small project has pages of ESSMS")
	}
}

func TestProjectWithoutESSMSListsNone(t *testing.T) {
	if page := compose(t, fixture(t, equipped()))["2023/projets/P1/index.html"]; page == "" || strings.Contains(page, `aria-labelledby="essms"`) {
		t.Error("a project without ESSMS has a list of them")
	}
}
