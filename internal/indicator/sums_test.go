package indicator

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

// about returns the verdicts of a subject, as « agreement: message ».
func about(r *Results, s Subject) []string {
	var out []string
	for _, v := range Reconcile(r) {
		if v.Subject == s {
			out = append(out, v.Agreement.String()+": "+spaced(v.Message))
		}
	}
	return out
}

func TestSumOfRegionsFollowsTheRulesOfEachCount(t *testing.T) {
	regions := func(id string, values ...float64) []atlas.PublishedFigure {
		var out []atlas.PublishedFigure
		for i, code := range []string{"01", "84", "94"}[:len(values)] {
			out = append(out, exactly(id, atlas.RegionID(code), values[i]))
		}
		return out
	}
	for _, c := range []struct {
		name    string
		country atlas.PublishedFigure
		regions []atlas.PublishedFigure
		want    []Agreement // none: nothing can be said
	}{
		{"every project is of one region", exactly("projets_regionaux", atlas.France, 6), regions("projets_regionaux", 1, 2, 3), []Agreement{Agrees}},
		{"a project too many", exactly("projets_regionaux", atlas.France, 5), regions("projets_regionaux", 1, 2, 3), []Agreement{Contradicts}},
		{"a project too few", exactly("projets_regionaux", atlas.France, 7), regions("projets_regionaux", 1, 2, 3), []Agreement{Contradicts}},
		{"a region is not published", exactly("projets_regionaux", atlas.France, 7), regions("projets_regionaux", 1, 2), nil},
		{"ESSMS of no region", exactly("essms_finances", atlas.France, 7), regions("essms_finances", 1, 2, 3), []Agreement{Explained}},
		{"more ESSMS in the regions than in France", exactly("essms_finances", atlas.France, 5), regions("essms_finances", 1, 2, 3), []Agreement{Contradicts}},
		{"the same, though a region lacks", exactly("essms_finances", atlas.France, 2), regions("essms_finances", 1, 2), []Agreement{Contradicts}},
		{"national projects followed by several", exactly("projets_nationaux", atlas.France, 5), regions("projets_nationaux_suivis", 1, 2, 3), []Agreement{Explained}},
		{"national projects followed by none", exactly("projets_nationaux", atlas.France, 9), regions("projets_nationaux_suivis", 1, 2, 3), []Agreement{Contradicts}},
		{"France is not published", exactly("projets", atlas.France, 9), regions("projets_regionaux", 1, 2, 3), nil},
	} {
		b := programme()
		b.ds.Published = append([]atlas.PublishedFigure{c.country}, c.regions...)
		var got []Agreement
		for _, v := range Reconcile(b.results()) {
			if v.Subject == Sum {
				got = append(got, v.Agreement)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRegionSumsStandToFranceAsTheirRulesSay(t *testing.T) {
	b := programme()
	b.ds.Published = []atlas.PublishedFigure{exactly("projets", atlas.France, 5), exactly("projets_regionaux", ara, 2), exactly("projets_nationaux_suivis", ara, 2)}
	var got []string
	for _, s := range RegionSums(b.results()) {
		got = append(got, spaced(fmt.Sprintf("%s: published %s, %s; computed %s, %s; holds %v", s.Indicator.ID, s.PublishedCountry, s.PublishedSum, s.CountryText, s.SumText, s.Holds)))
	}
	want := []string{
		"essms_finances: published n.d., n.d.; computed 5 ESSMS, 4 ESSMS; holds true",
		"essms_sons_seul: published n.d., n.d.; computed 1 ESSMS, 1 ESSMS; holds true",
		"projets: published 5 projets, 4 projets (2 chiffres régionaux sur 6); computed 5 projets, 6 projets; holds true",
		"projets_regionaux: published n.d., 2 projets régionaux (1 chiffre régional sur 3); computed 3 projets régionaux, 3 projets régionaux; holds true",
		"projets_nationaux: published n.d., 2 projets nationaux (1 chiffre régional sur 3); computed 2 projets nationaux, 3 projets nationaux; holds true",
		"subvention_regionale: published n.d., n.d.; computed 0,6 M€, 0,6 M€; holds true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTotalIsTheSumOfItsPublishedParts(t *testing.T) {
	for whole, want := range map[float64][]string{
		233: nil,
		230: {"contradictoire: les chiffres publiés se contredisent : « 230 projets » en France, fin 2021, mais « 224 projets régionaux » et « 9 projets nationaux » font 233 projets"},
	} {
		b := programme()
		for id, x := range map[string]float64{"projets": whole, "projets_regionaux": 224, "projets_nationaux": 9} {
			p := exactly(id, atlas.France, x)
			p.Year = 2021 // no project was decided then: published figures are compared among themselves all the same
			b.ds.Published = append(b.ds.Published, p)
		}
		if got := about(b.results(), Identity); !slices.Equal(got, want) {
			t.Errorf("%v projects: %q, want %q", whole, got, want)
		}
	}
}

func TestRepetitionIsAContradictionOnlyWhenNoValueSuitsBoth(t *testing.T) {
	word := func(value float64, precision atlas.Precision, step float64) atlas.PublishedFigure {
		return atlas.PublishedFigure{Indicator: "projets", Territory: atlas.France, Value: value, Precision: precision, Step: step}
	}
	for _, c := range []struct {
		a, b atlas.PublishedFigure
		want int
	}{
		{word(684, atlas.Exact, 0), word(684, atlas.Exact, 0), 0},
		{word(684, atlas.Exact, 0), word(686, atlas.Exact, 0), 1},
		{word(684, atlas.Exact, 0), word(680, atlas.Rounded, 10), 0},
		{word(684, atlas.Exact, 0), word(700, atlas.JustUnder, 0), 0},
		{word(700, atlas.MoreThan, 0), word(700, atlas.JustUnder, 0), 1},
		{word(690, atlas.Rounded, 10), word(680, atlas.Rounded, 10), 1},
	} {
		b := programme()
		b.ds.Published = []atlas.PublishedFigure{c.a, c.b}
		if got := about(b.results(), Repetition); len(got) != c.want {
			t.Errorf("%s %v and %s %v: %q, want %d contradictions", c.a.Precision, c.a.Value, c.b.Precision, c.b.Value, got, c.want)
		}
	}
}

func TestEnvelopesOfAYearAreComparedWithTheAmountPublishedForIt(t *testing.T) {
	for amount, want := range map[float64]string{
		67_000_000: "concordant: les enveloppes de 2 régions en 2023 totalisent 67 000 000 €, soit exactement le montant publié (« Enveloppe 2023 : part régionale » : 67 000 000 €)",
		66_000_000: "contradictoire: les enveloppes de 2 régions en 2023 totalisent 67 000 000 €, et non le montant publié (« Enveloppe 2023 : part régionale » : 66 000 000 €)",
	} {
		b := programme()
		b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2023, Amount: 60_000_000}, {Region: "01", Year: 2023, Amount: 7_000_000}, {Region: "01", Year: 2022, Amount: 1}}
		b.ds.Programme = []atlas.ProgrammeLine{{Quantity: "Enveloppe 2023 : part régionale", Year: 2023, Value: amount}, {Quantity: "Enveloppe 2023 : total", Year: 2023, Value: 5}}
		if got := about(b.results(), Credits); len(got) != 1 || got[0] != want {
			t.Errorf("%.0f published: %q, want %q", amount, got, want)
		}
	}
}

func TestShareIsAttainableOutOfFewNumbers(t *testing.T) {
	rounded := func(x float64) atlas.PublishedFigure {
		return atlas.PublishedFigure{Value: x, Precision: atlas.Rounded, Step: 0.01}
	}
	for _, c := range []struct {
		figure atlas.PublishedFigure
		n      int
		want   []int
	}{
		{rounded(0.61), 31, []int{19}}, {rounded(0.61), 32, nil}, {rounded(0.61), 34, nil}, {rounded(0.71), 31, []int{22}},
		{rounded(0.42), 31, []int{13}}, {rounded(0), 3, []int{0}}, {rounded(1), 3, []int{3}}, {rounded(0.56), 652, []int{362, 363, 364, 365, 366, 367, 368}},
		{atlas.PublishedFigure{Value: 0.5, Precision: atlas.Exact}, 4, []int{2}}, {rounded(0.5), 0, nil},
	} {
		if got := Attainable(c.figure, c.n); !slices.Equal(got, c.want) {
			t.Errorf("%v out of %d: %v, want %v", c.figure.Value, c.n, got, c.want)
		}
	}
}

func TestAttainableAgreesWithTryingEveryCount(t *testing.T) {
	for n := 1; n <= 60; n++ {
		for percent := 0; percent <= 100; percent++ {
			p := atlas.PublishedFigure{Value: float64(percent) / 100, Precision: atlas.Rounded, Step: 0.01}
			var want []int
			for k := 0; k <= n; k++ {
				if allows(p, float64(k)/float64(n)) {
					want = append(want, k)
				}
			}
			if got := Attainable(p, n); !slices.Equal(got, want) {
				t.Fatalf("%d %% of %d: %v, want %v", percent, n, got, want)
			}
		}
	}
}

func TestSharesOfOnePopulationAreJudgedTogether(t *testing.T) {
	for _, c := range []struct {
		name    string
		total   float64 // published national projects
		percent []float64
		want    string
	}{
		{"attainable", 31, []float64{0.61, 0.71, 0.42}, "concordant: les parts publiées des projets nationaux, en France (61 %, 71 % et 42 %) sont possibles sur 31 (19, 22 et 13)"},
		{"out of one number near it", 32, []float64{0.61, 0.71, 0.42},
			"contradictoire: les parts publiées des projets nationaux, en France (61 %, 71 % et 42 %) ne peuvent être toutes exactes sur 32 (chiffre publié) ; elles le sont sur 31 (19, 22 et 13)"},
		{"out of none near it", 20, []float64{0.61, 0.71, 0.42},
			"contradictoire: les parts publiées des projets nationaux, en France (61 %, 71 % et 42 %) ne peuvent être toutes exactes sur 20 (chiffre publié)"},
		{"too many projects to tell", 400, []float64{0.61, 0.71, 0.42}, ""},
	} {
		b := newBuilder()
		b.project("1", "84", 2023, 1)
		b.ds.Published = []atlas.PublishedFigure{exactly("projets_nationaux", atlas.France, c.total)}
		for i, id := range []string{"infrastructures", "non_lucratif", "handicap"} {
			b.ds.Published = append(b.ds.Published, atlas.PublishedFigure{Indicator: fmt.Sprintf("part_%s_projets_nationaux", id), Territory: atlas.France,
				Value: c.percent[i], Precision: atlas.Rounded, Step: 0.01})
		}
		if got := strings.Join(about(b.results(), Shares), "\n"); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}
