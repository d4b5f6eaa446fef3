package site

import (
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestChangesTellWhatWasRevisedGoneAndNew(t *testing.T) {
	former, current := fixtureEdition(2022), fixtureEdition(2023)
	current.Projects = current.Projects[1:] // P1 is gone
	for _, p := range current.Projects {
		if p.Number == "P2" {
			p.Subsidy = 95_000
		}
	}
	current.Edition.Rounding = map[string]atlas.Rounding{"projets": {{Step: 10}}}
	files := compose(t, fixture(t, former, current))
	html := files["2023/changements/index.html"]
	for what, want := range map[string]string{
		"added project":        "1\u00a0projet est nouveau",
		"project gone":         `id="projets-disparus"`,
		"revised subsidy":      "95\u202f000",
		"revised figure":       `id="tableau-revises"`,
		"rounding that begins": "Projets financés\u00a0: valeurs sans arrondi de publication dans l’édition 2022, valeurs arrondies à 10\u00a0projets près dans celle-ci.",
		"territory":            ">Bretagne</a>",
		"file":                 `href="changements.csv"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%s: the page does not say %q", what, want)
		}
	}
	if csv := files["2023/changements/changements.csv"]; !strings.Contains(csv, "révisé,non,region,53,Bretagne,subvention_regionale,2022,200000.5,2022,95000") {
		t.Errorf("the file of changes lacks the revised subsidy of Bretagne:\n%s", csv)
	}
	if _, ok := files["2022/changements/index.html"]; ok {
		t.Error("the first edition has changed since none")
	}
}

func TestEditionsThatAgreeSayThatNothingChanged(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	html := files["2023/changements/index.html"]
	for _, want := range []string{"Aucun chiffre n’a été révisé.", "Aucun chiffre n’a disparu.", "n’a disparu.", "mêmes définitions"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestARenamedIndicatorKeepsItsOldAddress(t *testing.T) {
	e := &edition{base: "2023/"}
	files := e.redirections([]indicator.Indicator{{ID: "nouveau_nom", Title: "Titre & co", Former: []indicator.ID{"ancien_nom"}}})
	if len(files) != 1 || files[0].path != "2023/indicateurs/ancien_nom/index.html" {
		t.Fatalf("files = %v, want a page at the old address", files)
	}
	for _, want := range []string{`content="0; url=../nouveau_nom/"`, `<a href="../nouveau_nom/">Titre &amp; co</a>`, `rel="canonical" href="../nouveau_nom/"`} {
		if !strings.Contains(string(files[0].data), want) {
			t.Errorf("the page at the old address lacks %s", want)
		}
	}
}
