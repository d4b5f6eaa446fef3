package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/freeze"
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

// frozenSite freezes the edition of 2022 as the fixture publishes it, once its files are altered.
func frozenSite(t *testing.T, alter func(map[string]string)) *freeze.Archive {
	t.Helper()
	files := compose(t, fixture(t, fixtureEdition(2022)))
	alter(files)
	site, manifest := fstest.MapFS{}, map[string]string{}
	for name, text := range files {
		site[name] = &fstest.MapFile{Data: []byte(text)}
		sum := sha256.Sum256([]byte(text))
		manifest[name] = hex.EncodeToString(sum[:])
	}
	name := filepath.Join(t.TempDir(), freeze.FileName)
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(freeze.Pack(f, site, manifest, 2022), f.Close()); err != nil {
		t.Fatal(err)
	}
	archive, err := freeze.Open(name, 2022)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { archive.Close() })
	return archive
}

func TestChangesSinceAFrozenEditionTellWhatIsNowDefinedOrComputedOtherwise(t *testing.T) {
	archive := frozenSite(t, func(files map[string]string) {
		alter := func(name, old, new string) {
			if !strings.Contains(files[name], old) {
				t.Fatalf("%s lacks %q", name, old)
			}
			files[name] = strings.Replace(files[name], old, new, 1)
		}
		alter("2022/donnees/definitions.csv", indicator.ByID("projets").Definition, "Une définition d’autrefois.")
		alter("2022/donnees/definitions.csv", "\nprojets_regionaux,", "\nprojets_des_regions,")
		alter("2022/donnees/indicateurs.csv", "Bretagne,subvention_regionale,200000.5,", "Bretagne,subvention_regionale,190000,")
	})
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	in.Frozen = map[int]*freeze.Archive{2022: archive}
	files := compose(t, in)
	html := files["2023/changements/index.html"]
	for _, want := range []string{
		"la définition était «\u00a0Une définition d’autrefois.\u00a0»", "Projets régionaux\u00a0: indicateur nouveau.", "indicateur abandonné.",
		"1\u00a0valeur publiée dans l’édition 2022 serait calculée autrement aujourd’hui",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if !strings.Contains(files["2022/donnees/indicateurs.csv"], "subvention_regionale,190000,") {
		t.Error("the frozen edition was composed again")
	}
}

func TestChangesQuoteTheJournal(t *testing.T) {
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	html := compose(t, in)["2023/changements/index.html"]
	if !strings.Contains(html, `href="../../journal/#edition-2023"`) {
		t.Error("the page does not lead to what the journal says of the edition")
	}
}
