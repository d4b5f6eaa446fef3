package site

import (
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestCoherencePageTellsContradictionsBeforeTheTable(t *testing.T) {
	ds := fixtureEdition(2023)
	publish := func(id string, territory atlas.TerritoryID, value float64, source string) {
		ds.Published = append(ds.Published, atlas.PublishedFigure{Indicator: id, Territory: territory, Value: value, Precision: atlas.Exact, Source: source})
	}
	publish("projets", atlas.France, 5, "Un article "+hostile)
	publish("projets_regionaux", atlas.RegionID("53"), 2, "Un article")
	files := compose(t, fixture(t, ds))
	got := files["2023/coherence/index.html"]
	place := 0
	for _, text := range []string{
		"4\u00a0comparaisons\u00a0: 2\u00a0concordantes et 2\u00a0contradictoires.", `<h2 id="contradictions">Ce qui se contredit</h2>`,
		"Projets financés\u00a0: deux chiffres pour une même chose", "Les sources se contredisent\u00a0: elles publient «\u00a0", "Pourquoi c’est important.",
		"Les données de l’édition donnent 5\u00a0projets.", `<table data-sortable>`, "−94\u00a0projets (−94,9\u00a0%)", "contradictoire", "concordant",
	} {
		i := strings.Index(got[place:], text)
		if i < 0 {
			t.Fatalf("no %q after what precedes it in:\n%s", text, got[place:])
		}
		place += i
	}
	if strings.Contains(got, "<script>alert") {
		t.Error("the source of a figure runs as a script")
	}
	if data := files["2023/donnees/index.html"]; !strings.Contains(data, `href="../coherence/"`) || strings.Contains(data, "Deux chiffres") {
		t.Error("the page of the data does not sum up and link to the comparison")
	}
}

func TestCoherencePageSaysThatNothingWasPublished(t *testing.T) {
	ds := fixtureEdition(2023)
	ds.Published = nil
	got := compose(t, fixture(t, ds))["2023/coherence/index.html"]
	if !strings.Contains(got, "Aucun chiffre déjà publié n’a été fourni avec cette édition") || strings.Contains(got, `id="chiffres"`) || !strings.Contains(got, `id="sommes"`) {
		t.Errorf("got a page without published figures that does not say so:\n%s", got)
	}
}
