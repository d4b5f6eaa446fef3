package narrative

import (
	"slices"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

func TestContractJoinsArticlesAndElides(t *testing.T) {
	for in, want := range map[string]string{
		"la part de le Grand Est":      "la part du Grand Est",
		"ceux de les Hauts-de-France":  "ceux des Hauts-de-France",
		"ceux de la Corse":             "ceux de la Corse",
		"mis à le rang, à les ARS":     "mis au rang, aux ARS",
		"plus que à la fin de 2022":    "plus qu’à la fin de 2022",
		"plus que en Île-de-France":    "plus qu’en Île-de-France",
		"plus que dans l’édition 2022": "plus que dans l’édition 2022",
		"le nombre de ESSMS":           "le nombre d’ESSMS",
		"de Île-de-France":             "d’Île-de-France",
		"ne équipe":                    "n’équipe",
		"ne est porté":                 "n’est porté",
		"ne comprend":                  "ne comprend",
		"de onze projets":              "de onze projets",
		"de un projet":                 "d’un projet",
		"de huit projets":              "de huit projets",
		"de Hauts-de-France":           "de Hauts-de-France",
	} {
		if got := contract(in); got != want {
			t.Errorf("contract(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTheGazetteersGenitivesAreContractedArticles(t *testing.T) {
	g := demonstration(t, 2023).Gazetteer()
	for _, level := range atlas.Levels {
		for _, territory := range g.At(level) {
			if got := contract(" de " + territory.WithArticle); got != " "+territory.Genitive {
				t.Errorf("de + %s = %q, want %q", territory.WithArticle, got, territory.Genitive)
			}
		}
	}
}

func TestExpandAgreesAndKeepsWhatItStates(t *testing.T) {
	w := words{
		"le": {text: "les Hauts-de-France", plural: true},
		"n":  {text: "1 ESSMS", id: essms},
		"k":  {text: "3 projets nationaux", plural: true, id: followed},
	}
	s, ok := expand("{le} {le:compte|comptent} {n} {n:financé|financés}{n:|s} et {k}.", w)
	if want := "Les Hauts-de-France comptent 1 ESSMS financé et 3 projets nationaux."; !ok || s.Text != want {
		t.Errorf("got %q (%v), want %q", s.Text, ok, want)
	}
	if want := []indicator.ID{essms, followed}; !slices.Equal(s.Indicators, want) {
		t.Errorf("states %v, want %v", s.Indicators, want)
	}
	if s, ok := expand("{n} et {absent}.", w); ok {
		t.Errorf("a template without its word gave %q", s.Text)
	}
}

func TestNumbersAndRanksAreSaidInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{french.Cardinal(1, french.Masculine), "un"}, {french.Cardinal(1, french.Feminine), "une"}, {french.Cardinal(19, french.Masculine), "dix-neuf"},
		{french.Cardinal(20, french.Masculine), "20"}, {french.Cardinal(1200, french.Masculine), "1\u202f200"},
		{ordinal(1, french.Feminine), "première"}, {ordinal(1, french.Masculine), "premier"}, {ordinal(2, french.Feminine), "deuxième"},
		{ordinal(10, french.Masculine), "dixième"}, {ordinal(11, french.Feminine), "11e"}, {ordinal(18, french.Feminine), "18e"},
		{tie(nil), ""}, {tie([]string{"la Corse"}), ", ex æquo avec la Corse"},
		{tie([]string{"la Corse", "Mayotte"}), ", ex æquo avec la Corse et Mayotte"},
		{tie([]string{"la Corse", "Mayotte", "la Guyane"}), ", ex æquo avec trois autres"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestComparisonIsCloseWithinItsThreshold(t *testing.T) {
	compare := func(id indicator.ID, region, france float64) string {
		ind := indicator.ByID(id)
		row := func(territory atlas.TerritoryID, x float64) indicator.Row {
			r := indicator.Row{Territory: atlas.Territory{ID: territory}, Value: atlas.Value{Number: x, Status: atlas.Available}}
			r.Text, r.Phrase = ind.Format(r.Value, atlas.Edition{})
			return r
		}
		return figure{ind: ind, row: row(atlas.RegionID("53"), region), country: row(atlas.France, france)}.comparison()
	}
	for _, c := range []struct {
		id             indicator.ID
		region, france float64
		want           string
	}{
		{segur, 0.52, 0.50, ", un niveau proche de la moyenne nationale (50,0\u00a0%)"},
		{segur, 0.521, 0.50, ", au-dessus de la moyenne nationale (50,0\u00a0%)"},
		{segur, 0.40, 0.50, ", au-dessous de la moyenne nationale (50,0\u00a0%)"},
		{density, 24.9, 24, ", un niveau proche de la moyenne nationale (24,0)"},
		{density, 26, 24, ", au-dessus de la moyenne nationale (24,0)"},
		{density, 0.04, 0.02, ", un niveau proche de la moyenne nationale (0,0)"}, // the same as shown
		{essms, 24, 2400, ""}, // a count is part of the national one
	} {
		if got := compare(c.id, c.region, c.france); got != c.want {
			t.Errorf("%s %v beside %v: got %q, want %q", c.id, c.region, c.france, got, c.want)
		}
	}
}

func TestMetaDescriptionKeepsWholeSentences(t *testing.T) {
	s := func(texts ...string) (out []Sentence) {
		for _, text := range texts {
			out = append(out, Sentence{Text: text})
		}
		return out
	}
	long := "Une phrase qui, à elle seule, " + string(slices.Repeat([]rune("tient "), 30)) + "trop de place."
	for _, c := range []struct {
		in   []Sentence
		want string
	}{
		{nil, ""},
		{s("Un.", "Deux."), "Un. Deux."},
		{s("Un.", long, "Trois."), "Un."},
		{s(long, "Deux."), long},
	} {
		if got := MetaDescription(c.in); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func day(year int) time.Time { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC) }
