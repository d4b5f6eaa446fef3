package indicator

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func line(quantity string, year int, value float64, unit string) atlas.ProgrammeLine {
	return atlas.ProgrammeLine{Quantity: quantity, Year: year, Value: value, Unit: unit, Source: "essai"}
}

func TestGoalsAreComparedWithTheFiguresOfFrance(t *testing.T) {
	b := newBuilder()
	p := b.project("P1", "84", 2023, 30e6)
	b.link(p, "010000001", "01", atlas.Elderly, atlas.Public)
	b.ds.Programme = []atlas.ProgrammeLine{
		line("Cible : ESSMS à embarquer", 0, 4, "ESSMS"), line("Cible : projets", 0, 1, "projets"),
		line("Crédits de soutien direct aux projets", 0, 405e6, "EUR"),
		line("Cible d’usage : part de dossiers actifs", 0, 0.9, "part"), line("Enveloppe 2023 : total", 2023, 1e6, "EUR"), line("Cible : ESSMS", 0, 0, "ESSMS"),
	}
	var got []string
	for _, g := range Goals(b.results()) {
		got = append(got, strings.ReplaceAll(fmt.Sprintf("%s %s %s, reste %s", g.Indicator.ID, g.TargetText, g.Share.Phrase, g.LeftText), "\u00a0", " "))
	}
	want := []string{
		"essms_finances 4 ESSMS 25,0 %, reste 3 ESSMS", "projets 1 projet 100,0 %, reste ", "subvention_totale 405 M€ 7,4 %, reste 375 M€",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBudgetsSayWhatTheirLinesAddUpTo(t *testing.T) {
	b := newBuilder()
	b.ds.Programme = []atlas.ProgrammeLine{
		line("Crédits du Ségur", 0, 600e6, "EUR"), line("Crédits de la CNSA", 0, 30e6, "EUR"), line("Crédits de soutien direct aux projets", 0, 405e6, "EUR"),
		line("Enveloppe 2023 : SONS", 2023, 51e6, "EUR"), line("Enveloppe 2023 : part régionale (ARS)", 2023, 67e6, "EUR"),
		line("Enveloppe 2023 : programme ESMS numérique", 2023, 84e6, "EUR"), line("Enveloppe 2023 : total", 2023, 135e6, "EUR"),
		line("Enveloppe 2023 : projets nationaux", 2023, 16.7e6, "EUR"),
		line("Cible : projets", 0, 1400, "projets"),
	}
	budgets := Budgets(b.results())
	if len(budgets) != 2 || budgets[0].Year != 0 || budgets[1].Year != 2023 {
		t.Fatalf("got %+v", budgets)
	}
	for i, want := range [][]string{
		{"Les crédits totalisent 630 M€ (600 M€ + 30 M€).", "Le soutien direct aux projets en représente 64,3 %."},
		{"Les lignes totalisent 135 M€ (84 M€ + 51 M€), soit exactement le total.",
			"La part régionale et celle des projets nationaux totalisent 83,7 M€ (67 M€ + 16,7 M€), et non 84 M€ : 300 000 € de moins que les crédits du programme."},
	} {
		got := make([]string, len(budgets[i].Checks))
		for j, c := range budgets[i].Checks {
			got[j] = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(c)
		}
		if !slices.Equal(got, want) {
			t.Errorf("budget %d:\n got %q\nwant %q", budgets[i].Year, got, want)
		}
	}
	if b := budgets[0]; b.FundLines != 2 || b.Funds != "630\u00a0M€" || b.Lines[2].Line.Value != 405e6 {
		t.Errorf("the credits of the programme: %q after %d lines, then %v", b.Funds, b.FundLines, b.Lines[2].Line.Value)
	}
	var lines []string
	for _, l := range budgets[1].Lines {
		lines = append(lines, fmt.Sprintf("%d %s", l.Depth, l.Line.Quantity))
	}
	want := []string{"0 Enveloppe 2023 : total", "1 Enveloppe 2023 : programme ESMS numérique", "2 Enveloppe 2023 : part régionale (ARS)", "2 Enveloppe 2023 : projets nationaux", "1 Enveloppe 2023 : SONS"}
	if !slices.Equal(lines, want) {
		t.Errorf("order of the lines: got %q, want %q", lines, want)
	}
}

func TestWithoutSheetProgrammeThereIsNoGoalAndNoBudget(t *testing.T) {
	r := newBuilder().results()
	if g, b := Goals(r), Budgets(r); g != nil || b != nil {
		t.Errorf("got %v and %v", g, b)
	}
}

func TestByPhaseCountsTheProjectsOfEachPhaseAlone(t *testing.T) {
	b := newBuilder()
	first := b.project("P1", "84", 2021, 100, func(p *atlas.Project) { p.Phase = atlas.Seeding1 })
	b.link(first, "010000001", "01", atlas.Elderly, atlas.Public)
	second := b.project("P2", "84", 2023, 200)
	b.link(second, "010000001", "01", atlas.Elderly, atlas.Public)
	b.link(second, "690000001", "69", atlas.Elderly, atlas.Public)
	b.ds.Applications = []atlas.Application{{Region: "84", Year: 2021, Phase: atlas.Seeding1, Deposited: 4, Selected: 1}, {Region: "84", Year: 2022, Deposited: 9}}
	b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2021, Amount: 100}}
	phases := ByPhase(b.results())
	for _, c := range []struct {
		phase int
		id    ID
		at    atlas.TerritoryID
		want  string
	}{
		{0, "essms_finances", atlas.France, "1"}, {1, "essms_finances", atlas.France, "0"}, {2, "essms_finances", atlas.France, "2"},
		{0, "projets_regionaux", ara, "1"}, {2, "projets_regionaux", guadlp, "0"}, {0, "dossiers_deposes", ara, "4"}, {2, "dossiers_deposes", ara, "n.d."},
		{0, "enveloppe", ara, "///"}, {0, "taux_engagement", atlas.France, "///"},
	} {
		if got := phases[c.phase].Row(ByID(c.id), c.at).Text; got != c.want {
			t.Errorf("%s %s %s = %q, want %q", phases[c.phase].Phase, c.id, c.at, got, c.want)
		}
	}
	if !phases[0].First.Equal(day(2021, 6, 1)) || !phases[1].First.IsZero() || !phases[2].Last.Equal(day(2023, 6, 1)) {
		t.Errorf("days: %v %v %v", phases[0].First, phases[1].First, phases[2].Last)
	}
}

func TestCallsSumTheApplicationsOfEachYearAndPhase(t *testing.T) {
	b := newBuilder()
	b.ds.Applications = []atlas.Application{
		{Region: "84", Year: 2022, Phase: atlas.Generalisation, Deposited: 10, Selected: 5}, {Region: "01", Year: 2022, Phase: atlas.Generalisation, Deposited: 10, Selected: 0},
		{Region: "84", Year: 2021, Phase: atlas.Seeding2, Deposited: 2, Selected: 2}, {Region: "84", Year: 2021, Phase: atlas.Seeding1, Deposited: 0},
	}
	var got []string
	for _, c := range b.results().Slice(atlas.France, 2023).Calls() {
		got = append(got, fmt.Sprintf("%d %s %v/%v %s", c.Year, c.Phase, c.Selected, c.Deposited, c.Share.Text))
	}
	want := []string{"2021 Amorçage T1 0/0 n.d.", "2021 Amorçage T2 2/2 100,0", "2022 Généralisation 5/20 25,0"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCreditYearsCountOnlyTheRegionsThatHaveAnEnvelope(t *testing.T) {
	b := newBuilder()
	b.project("P1", "84", 2022, 60)
	b.project("P2", "01", 2022, 1000)
	b.project("P3", "84", 2023, 7)
	b.project("N1", "N:84", 2022, 5000)
	b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2022, Amount: 100}}
	r := b.results()
	for _, c := range []struct {
		at   atlas.TerritoryID
		want []string
	}{
		{ara, []string{"2022 100 60 60,0", "2023 ? 7 n.d."}},
		{atlas.France, []string{"2022 100 60 60,0 sans 01,94", "2023 ? 7 n.d."}},
		{guadlp, nil},
	} {
		var got []string
		for _, y := range r.Slice(c.at, 2023).CreditYears() {
			envelope := "?"
			if y.Envelope.Known {
				envelope = fmt.Sprint(y.Envelope.Amount)
			}
			text := fmt.Sprintf("%d %s %v %s", y.Year, envelope, y.Committed, y.Share.Text)
			if len(y.Lacking) > 0 {
				text += " sans " + strings.Join(y.Lacking, ",")
			}
			got = append(got, text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.at, got, c.want)
		}
	}
}

func TestCreditYearsAgreeWithTheRateOfCommitment(t *testing.T) {
	b := newBuilder()
	b.project("P1", "84", 2022, 60)
	b.project("P2", "84", 2023, 30)
	b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2022, Amount: 100}, {Region: "84", Year: 2023, Amount: 20}}
	r := b.results()
	committed, given := 0.0, 0.0
	for _, y := range r.Slice(ara, 2023).CreditYears() {
		committed, given = committed+y.Committed, given+y.Envelope.Amount
	}
	if v := r.Value("taux_engagement", ara, 2023); v.Numerator.Amount != committed || v.Denominator.Amount != given {
		t.Errorf("the years sum to %v of %v, the indicator says %v of %v", committed, given, v.Numerator.Amount, v.Denominator.Amount)
	}
}

func TestPaymentsSortProjectsByWhatWasPaid(t *testing.T) {
	b := newBuilder()
	for i, paid := range []atlas.Quantity{{}, atlas.Known(0), atlas.Known(20), atlas.Known(50), atlas.Known(49.5), atlas.Known(80), atlas.Known(100)} {
		b.project(fmt.Sprint("P", i), "84", 2022, 100, func(p *atlas.Project) {
			p.Paid = paid
			if i%3 == 0 {
				p.ActiveFiles = atlas.Known(0.31 * float64(min(i, 3)))
			}
		})
	}
	var got []string
	for _, c := range b.results().Slice(ara, 2023).Payments() {
		got = append(got, fmt.Sprintf("%s: %d (%d %d %d) %v/%v", c.Payment.Label(), c.Projects, c.Reached, c.Below, c.Unanswered, c.Paid, c.Granted))
	}
	want := []string{
		"aucun versement: 1 (0 0 1) 0/100", "moins de la moitié: 1 (0 0 1) 20/100", "la moitié (premier versement): 2 (1 0 1) 99.5/200",
		"plus de la moitié: 1 (0 0 1) 80/100", "la totalité (les deux versements): 1 (1 0 0) 100/100", "montant versé non renseigné: 1 (0 1 0) 0/100",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestUnderMinimumListsWhatTheShareCounts(t *testing.T) {
	b := newBuilder()
	b.project("P1", "84", 2022, 1)
	b.project("P2", "01", 2022, 1)
	r := b.results()
	small := r.Slice(atlas.France, 2023).UnderMinimum()
	if v := r.Value("part_sous_seuil_projets_regionaux", atlas.France, 2023); float64(len(small)) != v.Numerator.Amount || len(small) != 2 {
		t.Errorf("%d projects listed, %v counted", len(small), v.Numerator.Amount)
	}
}

func TestScaleComparesTheProjectsItIsFor(t *testing.T) {
	lines := []atlas.ScaleLine{
		{Kind: "Acquisition", To: 1, Euros: 100}, {Kind: "Acquisition", To: 1, Euros: 20}, {Kind: "Acquisition", From: 2, Euros: 50},
		{Kind: "Mise en conformité", To: 1, Euros: 30}, {Kind: "Petit organisme", Small: true, Euros: 1e6},
	}
	b := newBuilder()
	national := func(number string, kind atlas.ProjectKind, subsidy float64, essms int, change ...func(*atlas.Project)) {
		p := b.project(number, "N:84;01", 2022, subsidy, append(change, func(p *atlas.Project) { p.Kind = kind })...)
		for i := range essms {
			b.link(p, fmt.Sprintf("01%s%05d", number, i), "01", atlas.Elderly, atlas.Public)
		}
	}
	national("N1", atlas.Acquisition, 130, 1)
	national("N2", atlas.Acquisition, 90, 2)
	national("N3", atlas.MixedKind, 60, 1)
	national("N4", atlas.Acquisition, 1e9, 0)
	national("N5", atlas.Acquisition, 1e9, 1, func(p *atlas.Project) { p.Phase = atlas.Seeding1 })
	small := b.project("P1", "84", 2022, 1e9)
	b.link(small, "690000009", "69", atlas.Elderly, atlas.Public)
	var got []string
	for _, c := range b.results().Slice(atlas.France, 2023).Scale(lines) {
		got = append(got, fmt.Sprintf("%s %d-%d: %v, %d projects of %d, mean %v, above %d", c.Kind, c.From, c.To, c.PerESSMS, c.Projects, c.Links, c.Mean.Amount, c.Above))
	}
	want := []string{
		"Acquisition 0-1: 120, 1 projects of 1, mean 130, above 1", "Acquisition 2-0: 50, 1 projects of 2, mean 45, above 0",
		"Mise en conformité 0-1: 30, 0 projects of 0, mean 0, above 0",
		"Mixte 0-1: 120, 1 projects of 1, mean 60, above 0", "Mixte 2-0: 50, 0 projects of 0, mean 0, above 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestByCategoryCountsEveryESSMSOnce(t *testing.T) {
	known := map[string]atlas.Category{
		"500": {Code: "500", Field: atlas.Elderly}, "182": {Code: "182", Field: atlas.Disability}, "199": {Code: "199", ClosedOn: "2015-01-05"}, "605": {Code: "605"},
	}
	b := newBuilder()
	p := b.project("P1", "84", 2022, 1)
	for i, category := range []string{"500", "500", "605", "999", ""} {
		b.link(p, fmt.Sprintf("01000000%d", i), "01", atlas.Elderly, atlas.Public).ESSMS.Category = category
	}
	s := b.results().Slice(atlas.France, 2023)
	var got []string
	sum := 0
	for _, c := range s.ByCategory(known) {
		got = append(got, fmt.Sprintf("%s %d", c.Category.Code, c.Count))
		sum += c.Count
	}
	if want := []string{"500 2", "182 0", "605 1", "999 1", " 1"}; !slices.Equal(got, want) || sum != len(s.ESSMS) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSurveysKeepRatesAsGiven(t *testing.T) {
	b := newBuilder()
	b.ds.Usages = []atlas.UsageRate{
		{Year: 2023, Service: "DUI", Field: atlas.Disability, Rate: 0.5, Source: "A"}, {Year: 2022, Service: "DUI", Rate: 0.435, Source: "A", Respondents: atlas.Known(12)},
		{Region: "84", Year: 2022, Service: "DMP", Rate: 0.1, Source: "A"}, {Region: "84", Year: 2022, Service: "DMP", Rate: 0.2, Source: "B"},
	}
	s := Surveys(b.results())
	if !slices.Equal(s.Years, []int{2022, 2023}) || !slices.Equal(s.Services, []string{"DUI", "DMP"}) || !slices.Equal(s.Fields, []atlas.Field{"", atlas.Disability}) || !slices.Equal(s.Sources, []string{"A", "B"}) {
		t.Errorf("got %+v", s)
	}
	for _, c := range []struct {
		region string
		year   int
		want   string
	}{{"", 2022, "43,5"}, {"84", 2022, ""}, {"", 2021, ""}} {
		if got := s.Rate(c.region, c.year, "DUI", "").Text; got != c.want {
			t.Errorf("DUI %q %d = %q, want %q", c.region, c.year, got, c.want)
		}
	}
	if got, want := s.Rate("84", 2022, "DMP", "").Text, "10,0 ou 20,0"; got != want {
		t.Errorf("two surveys: got %q, want %q", got, want)
	}
}
