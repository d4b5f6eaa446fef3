package indicator

import (
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

// spaced writes a sentence with ordinary spaces, so that tests can be read.
func spaced(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

// programme has three regional projects (two in 84, one in 01), two national ones of which one
// is followed by two ARS, five ESSMS in six lines, one of them nowhere, and one of SONS alone.
func programme() *builder {
	b := newBuilder()
	b.ds.Edition.Rounding = nil
	p1 := b.project("1", "84", 2022, 100_000, func(p *atlas.Project) { p.Phase = atlas.Seeding1; p.Infrastructure = atlas.Yes })
	p2 := b.project("2", "84", 2023, 200_000, func(p *atlas.Project) { p.Infrastructure = atlas.No })
	p3 := b.project("3", "01", 2023, 300_000)
	n1 := b.project("4", "N:84;01", 2023, 1_000_000)
	n2 := b.project("5", "N:84", 2023, 2_000_000)
	b.link(p1, "A", "01", atlas.Disability, atlas.Public)
	b.link(p2, "A", "01", atlas.Disability, atlas.Public)
	b.link(p2, "B", "69", atlas.Disability, atlas.Public)
	b.link(p3, "C", "971", atlas.Elderly, atlas.NonProfit)
	b.link(n1, "D", "", atlas.Elderly, atlas.Public)
	b.link(n2, "E", "69", atlas.Elderly, atlas.Public)
	b.sons(p3, "F", "971")
	return b
}

func exactly(id string, t atlas.TerritoryID, value float64) atlas.PublishedFigure {
	return atlas.PublishedFigure{Indicator: id, Territory: t, Value: value, Precision: atlas.Exact, Source: "un article"}
}

func TestCausesAreOtherCountsThatGiveThePublishedFigure(t *testing.T) {
	with := func(p atlas.PublishedFigure, change func(*atlas.PublishedFigure)) atlas.PublishedFigure {
		change(&p)
		return p
	}
	for _, c := range []struct {
		figure atlas.PublishedFigure
		want   string // one of the causes; empty: none at all
	}{
		{exactly("essms_finances", atlas.France, 6), "les lignes de la feuille ESSMS, et non les ESSMS distincts : 6 ESSMS"},
		{exactly("essms_finances", atlas.France, 6), "avec les ESSMS financés par SONS seul : 6 ESSMS"},
		{exactly("essms_finances", atlas.France, 4), "les ESSMS localisés dans une région, sans ceux dont la commune manque ou n’est dans aucune : 4 ESSMS"},
		{exactly("essms_finances", atlas.France, 3), "les ESSMS des seuls projets régionaux : 3 ESSMS"},
		{exactly("essms_finances", ara, 2), "les ESSMS des projets que l’ARS finance, où qu’ils soient : 2 ESSMS"},
		{exactly("projets", atlas.France, 6), "la somme des régions, où un projet national compte pour chaque ARS qui le suit : 6 projets"},
		{exactly("projets", atlas.France, 3), "les projets régionaux seuls : 3 projets"},
		{exactly("projets_nationaux", atlas.France, 3), "la somme des régions, où un projet national compte pour chaque ARS qui le suit : 3 projets nationaux"},
		{exactly("projets_regionaux", ara, 4), "avec les projets nationaux : 4 projets régionaux"},
		{exactly("subvention_totale", atlas.France, 600_000), "les projets régionaux seuls : 0,6 M€"},
		{exactly("projets", atlas.France, 1), "une autre année, fin 2022 : 1 projet"},
		{exactly("projets", atlas.France, 4), "l’année 2023 seule, et non le cumul : 4 projets"},
		{exactly("projets_regionaux", ara, 1), "une autre phase, Amorçage T1 : 1 projet régional"},
		{with(exactly("projets_regionaux", ara, 2), func(p *atlas.PublishedFigure) { p.Phase = atlas.Seeding1 }), "toutes phases réunies : 2 projets régionaux"},
		{with(exactly("part_infrastructures_projets_regionaux", atlas.France, 0.33), func(p *atlas.PublishedFigure) { p.Precision, p.Step = atlas.Rounded, 0.01 }),
			"en comptant au dénominateur ceux qui n’ont pas répondu : 33,3 %"},
		{exactly("part_handicap_projets_regionaux", atlas.France, 0.4), "la part des ESSMS, et non des projets : 40,0 %"},
		{exactly("part_infrastructures_projets_regionaux", atlas.France, 50), "l’unité de la feuille : un pourcentage écrit pour une fraction de 1"},
		{exactly("subvention_regionale", atlas.France, 600), "l’unité de la feuille : des milliers écrits pour des unités"},
		{with(exactly("subvention_totale", atlas.France, 3_630_000), func(p *atlas.PublishedFigure) { p.Precision = atlas.MoreThan }),
			"la valeur calculée n’est qu’à 30 000 € de la borne (3,6 M€)"},
		{with(exactly("subvention_totale", atlas.France, 3_000_000), func(p *atlas.PublishedFigure) { p.Precision = atlas.MoreThan }),
			"« plus de 3,0 M€ » reste vrai, mais à plus de 5 %"},
		{exactly("subvention_totale", atlas.France, 3_600_000), ""}, // agrees
		{exactly("essms_finances", atlas.France, 77), ""},           // nothing gives it
	} {
		b := programme()
		b.ds.Published = []atlas.PublishedFigure{c.figure}
		v := Reconcile(b.results())[0]
		var got []string
		for _, cause := range v.Causes {
			got = append(got, spaced(cause))
		}
		if c.want == "" && got != nil || c.want != "" && !slices.Contains(got, c.want) {
			t.Errorf("%s %s published %v, computed %s (%s): causes %q, want %q", c.figure.Indicator, c.figure.Territory, c.figure.Value, v.ComputedText, v.Agreement, got, c.want)
		}
	}
}

func TestRoundingIsACauseAtTheFinestStepThatExplains(t *testing.T) {
	for _, c := range []struct {
		published, computed float64
		want                string
	}{
		{230, 233, "arrondi : à 10 projets près, la valeur calculée donne le chiffre publié"},
		{700, 684, "arrondi : à 50 projets près, la valeur calculée donne le chiffre publié"},
		{680, 689, "arrondi : tronquée à 10 projets près, la valeur calculée donne le chiffre publié"},
		{684, 689, ""}, // 684 is a multiple of no coarser step
		{10, 14, ""},   // a step of 10 would explain anything
	} {
		v := Verdict{Published: exactly("projets", atlas.France, c.published), Indicator: ByID("projets"), Computed: atlas.Count(c.computed)}
		got := spaced(strings.Join(rounded(v), " | "))
		if got != c.want {
			t.Errorf("published %v, computed %v: %q, want %q", c.published, c.computed, got, c.want)
		}
	}
}

func TestDifferenceIsWrittenWithItsSignAndShare(t *testing.T) {
	for _, c := range []struct {
		figure         atlas.PublishedFigure
		text, relative string
	}{
		{exactly("projets", atlas.France, 4), "+1 projet", "+25,0 %"},
		{exactly("projets", atlas.France, 10), "−5 projets", "−50,0 %"},
		{exactly("projets", atlas.France, 5), "", ""},
		{exactly("essms_sons_seul", ara, 0), "", ""},
		{exactly("essms_sons_seul", guadlp, 0), "+1 ESSMS", ""},
		{exactly("part_infrastructures_projets_regionaux", atlas.France, 0.48), "+2,0 points", "+4,2 %"},
	} {
		b := programme()
		b.ds.Published = []atlas.PublishedFigure{c.figure}
		v := Reconcile(b.results())[0]
		if spaced(v.DifferenceText) != c.text || spaced(v.RelativeText) != c.relative {
			t.Errorf("%s published %v: difference %q (%q), want %q (%q)", c.figure.Indicator, c.figure.Value, v.DifferenceText, v.RelativeText, c.text, c.relative)
		}
	}
}

func TestEveryReadingIsOfAnIndicatorAndComputesEverywhere(t *testing.T) {
	r := programme().results()
	c := &comparer{results: r, cuts: map[cut]map[atlas.TerritoryID]*Slice{}}
	for id := range readings {
		if ByID(id) == nil {
			t.Errorf("readings of %q, which is no indicator", id)
		}
	}
	for i := range All {
		for _, level := range All[i].Levels {
			for _, place := range r.Gazetteer().At(level) {
				at := cut{year: 2023}
				for _, reading := range readingsOf(&All[i]) {
					if v := reading.value(c, c.slice(at, place.ID), at); v.Number != v.Number {
						t.Errorf("%s, %s, %q: not a number", All[i].ID, place.ID, reading.text)
					}
				}
			}
		}
	}
}
