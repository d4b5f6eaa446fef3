package site

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

// searched composes a site whose search keeps its documents as its index.
func searched(t *testing.T) (map[string]string, map[string][]searchDocument) {
	t.Helper()
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	in.Scripts = map[string][]byte{"recherche": []byte("recherche()")}
	in.SearchIndex = func(_ context.Context, documents json.RawMessage) ([]byte, error) { return documents, nil }
	files := compose(t, in)
	indexes := map[string][]searchDocument{}
	for _, year := range []string{"2022", "2023"} {
		var list []searchDocument
		if err := json.Unmarshal([]byte(files["recherche/"+year+".json"]), &list); err != nil {
			t.Fatalf("index of %s: %v", year, err)
		}
		indexes[year] = list
	}
	return files, indexes
}

func TestTheSearchFindsPlacesIndicatorsProjectsHoldersAndPages(t *testing.T) {
	files, indexes := searched(t)
	byPath := map[string]searchDocument{}
	ids := map[int]bool{}
	for _, d := range indexes["2023"] {
		byPath[d.Path] = d
		if ids[d.ID] {
			t.Errorf("two documents have the number %d", d.ID)
		}
		ids[d.ID] = true
		page, _, _ := strings.Cut(d.Path, "?")
		if _, ok := files[page+"index.html"]; !ok {
			t.Errorf("the search leads to %s, which does not exist", d.Path)
		}
		if strings.HasPrefix(d.Path, "2022/") {
			t.Errorf("the search of 2023 leads to %s", d.Path)
		}
	}
	for path, want := range map[string]searchDocument{
		"2023/regions/bretagne/":           {Title: "Bretagne", Kind: "Région", Words: "53"},
		"2023/departements/35/":            {Title: "Ille-et-Vilaine", Kind: "Département", Words: "35"},
		"2023/indicateurs/essms_finances/": {Title: "ESSMS financés", Kind: "Indicateur"},
		"methode/":                         {Title: "Méthode", Kind: "Page"},
		"2023/donnees/":                    {Title: "Données", Kind: "Page"},
	} {
		if got := byPath[path]; got.Kind != want.Kind || got.Title != want.Title || !strings.Contains(got.Words, want.Words) {
			t.Errorf("%s is found as %+v, want %+v", path, got, want)
		}
	}
	kinds := map[string]int{}
	for _, d := range indexes["2023"] {
		kinds[d.Kind]++
	}
	if kinds["Projet"] != len(fixtureProjects) || kinds["Porteur"] != 1 {
		t.Errorf("%d projects and %d holders of several, want %d and 1", kinds["Projet"], kinds["Porteur"], len(fixtureProjects))
	}
}

func TestTheSearchTellsWhereESSMSAreNamed(t *testing.T) {
	files, _ := searched(t)
	page := files["recherche/index.html"]
	for _, year := range []string{"2022", "2023"} {
		line := `<li data-edition="` + year + `" data-departments="`
		_, rest, found := strings.Cut(page, line)
		codes, rest, _ := strings.Cut(rest, `"`)
		if !found || !strings.Contains(codes, "2A") || !strings.Contains(rest, `<a href="../`+year+`/donnees/essms.csv" download>`) {
			t.Errorf("%s: the page does not lead to the ESSMS: departments %q", year, codes)
		}
		for code := range strings.FieldsSeq(codes) {
			if files[year+"/departements/"+code+"/essms/index.html"] == "" {
				t.Errorf("%s: no list of ESSMS of %s", year, code)
			}
		}
	}
	if !strings.Contains(textOf(page), "Les ESSMS n’y sont pas") {
		t.Error("the page does not say that ESSMS are not searched")
	}
	if without := compose(t, fixture(t, fixtureEdition(2023)))["recherche/index.html"]; !strings.Contains(without, `donnees/essms.csv`) {
		t.Error("a page without search does not lead to the ESSMS")
	}
}

func TestPagesOfferTheSearchAndItsOwnDoesNotRepeatIt(t *testing.T) {
	files, _ := searched(t)
	const field = `class="site-search"`
	if !strings.Contains(files["2023/regions/corse/index.html"], field) || !strings.Contains(files["2023/regions/corse/index.html"], `action="../../../recherche/"`) {
		t.Error("a page does not offer the search")
	}
	if strings.Contains(files["recherche/index.html"], field) {
		t.Error("the page of the search has two fields")
	}
	without := compose(t, fixture(t, fixtureEdition(2023)))
	if strings.Contains(without["2023/index.html"], field) || strings.Contains(without["recherche/index.html"], "<form") {
		t.Error("a site without search offers one")
	}
}

func TestTheDirectoryIsAskedForAHolderWhateverItsName(t *testing.T) {
	e := &edition{base: "2023/", about: atlas.Edition{Year: 2023}}
	if got, want := e.directorySearch(`A & B "x"/é`), "2023/projets/?q=A+%26+B+%22x%22%2F%C3%A9"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
