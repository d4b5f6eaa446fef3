package indicator

import (
	"slices"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestESSMSCountWhereTheyAreLocatedAndProjectsWhereTheyAreFinanced(t *testing.T) {
	b := newBuilder()
	p := b.project("1", "84", 2022, 100)
	b.link(p, "A", "01", atlas.Elderly, atlas.Public)
	b.link(p, "B", "971", atlas.Elderly, atlas.Public) // financed by ARA, located in Guadeloupe
	b.link(p, "C", "", atlas.Elderly, atlas.Public)    // in France, nobody knows where
	q := b.project("2", "01", 2023, 300)
	b.link(q, "B", "971", atlas.Elderly, atlas.Public) // again: still one ESSMS
	n := b.project("3", "N:84;94", 2023, 1000)
	b.link(n, "D", "69", atlas.Disability, atlas.NonProfit)
	r := b.results()
	check(t, r, []expectation{
		{"essms_finances", atlas.France, 2023, 4}, {"essms_finances", ara, 2023, 2}, {"essms_finances", guadlp, 2023, 1},
		{"essms_finances", corse, 2023, 0}, {"essms_finances", ain, 2023, 1}, {"essms_finances", rhone, 2023, 1},
		{"essms_finances", atlas.France, 2022, 3}, {"essms_finances", rhone, 2022, 0},
		{"projets", atlas.France, 2023, 3}, {"projets_regionaux", atlas.France, 2023, 2}, {"projets_regionaux", ara, 2023, 1},
		{"projets_regionaux", guadlpDpt, 2023, 2}, {"projets_regionaux", guadlpDpt, 2022, 1}, {"projets_regionaux", rhone, 2023, 0},
		{"projets_nationaux", atlas.France, 2023, 1}, {"projets_nationaux_suivis", ara, 2023, 1}, {"projets_nationaux_suivis", corse, 2023, 1},
		{"essms_par_projet_regional", atlas.France, 2023, 2}, {"essms_par_projet_regional", ara, 2023, 3}, {"essms_par_projet_national", atlas.France, 2023, 1},
		{"subvention_totale", atlas.France, 2023, 1400}, {"subvention_nationale", atlas.France, 2023, 1000}, {"subvention_regionale", guadlp, 2023, 300},
		{"subvention_moyenne_regionale", atlas.France, 2023, 200}, {"subvention_par_essms", atlas.France, 2023, 100},
		{"essms_pour_100000_habitants", ara, 2023, 2.0 / 300_000 * 100_000},
	})
	checkMissing(t, r, []expectation{
		{"subvention_moyenne_regionale", corse, 2023, 0},    // no project: no mean
		{"essms_pour_100000_habitants", corse, 2023, 0},     // unknown population
		{"projets", ara, 2023, 0},                           // does not exist for a region
		{"projets_nationaux_suivis", atlas.France, 2023, 0}, // nor that for France
	})
	if want := []int{2022, 2023}; !slices.Equal(r.Years(), want) {
		t.Errorf("years = %v, want %v", r.Years(), want)
	}
}

func TestSONSAloneIsLeftOutOfEverythingElse(t *testing.T) {
	b := newBuilder()
	p := b.project("1", "84", 2022, 100)
	b.link(p, "A", "01", atlas.Elderly, atlas.Public)
	b.sons(p, "B", "01")
	q := b.project("2", "84", 2023, 100)
	b.sons(q, "A", "01")
	b.link(q, "C", "01", atlas.Elderly, atlas.Public)
	b.sons(p, "C", "01") // SONS alone in 2022, financed in 2023
	r := b.results()
	check(t, r, []expectation{
		{"essms_finances", ain, 2023, 2}, {"essms_sons_seul", ain, 2023, 1},
		{"essms_finances", ain, 2022, 1}, {"essms_sons_seul", ain, 2022, 2},
		{"essms_par_projet_regional", ara, 2023, 1}, {"part_sous_seuil_projets_regionaux", ara, 2023, 1},
	})
}

func TestDominantFieldNeedsStrictlyMoreThanHalf(t *testing.T) {
	b := newBuilder()
	fields := func(number string, fields ...atlas.Field) {
		p := b.project(number, "84", 2023, 1)
		for i, f := range fields {
			b.link(p, number+string(rune('a'+i)), "01", f, "")
		}
	}
	fields("1", atlas.Disability, atlas.Disability, atlas.Elderly)
	fields("2", atlas.Disability, atlas.Elderly) // a tie: mixte, in the denominator
	fields("3", atlas.Disability, "", "")        // one known out of one
	fields("4", "", "")                          // unknown: in neither
	fields("5")                                  // no ESSMS: unknown too
	fields("6", atlas.Elderly, atlas.Elderly, "")
	r := b.results()
	check(t, r, []expectation{
		{"part_handicap_projets_regionaux", ara, 2023, 0.5}, {"part_personnes_agees_projets_regionaux", ara, 2023, 0.25},
	})
	v := r.Value("part_handicap_projets_regionaux", ara, 2023)
	if v.Unknown != 2 || v.Numerator != atlas.Known(2) || v.Denominator != atlas.Known(4) {
		t.Errorf("numerator %v, denominator %v, unknown %d; want 2, 4, 2", v.Numerator, v.Denominator, v.Unknown)
	}
	checkMissing(t, r, []expectation{{"part_non_lucratif_projets_regionaux", ara, 2023, 0}})
}

func TestUnansweredProjectsCountInNeitherPartOfAShare(t *testing.T) {
	b := newBuilder()
	b.project("1", "84", 2023, 100, func(p *atlas.Project) {
		p.Infrastructure, p.Grouping, p.Listing, p.Kind = atlas.Yes, atlas.Cluster, atlas.Segur, atlas.MixedKind
		p.ActiveFiles, p.Paid = atlas.Known(0.9), atlas.Known(50)
	})
	b.project("2", "84", 2023, 300, func(p *atlas.Project) {
		p.Infrastructure, p.Grouping, p.Listing, p.Kind = atlas.No, atlas.SingleBody, atlas.Unlisted, atlas.Compliance
		p.ActiveFiles, p.Paid = atlas.Known(0.89), atlas.Known(0)
	})
	b.project("3", "84", 2023, 600)
	r := b.results()
	check(t, r, []expectation{
		{"part_infrastructures_projets_regionaux", ara, 2023, 0.5}, {"part_grappes_projets_regionaux", ara, 2023, 0.5},
		{"part_segur_projets_regionaux", ara, 2023, 0.5}, {"part_cible_dossiers_actifs_projets_regionaux", ara, 2023, 0.5},
		{"part_mise_en_conformite_projets_regionaux", ara, 2023, 2.0 / 3}, {"part_acquisition_projets_regionaux", ara, 2023, 2.0 / 3},
		{"taux_versement", ara, 2023, 0.125}, {"part_sous_seuil_projets_regionaux", ara, 2023, 1},
	})
}

func TestMinimumSizeIsThatOfTheRegionThatFinances(t *testing.T) {
	b := newBuilder()
	for _, region := range []string{"84", "01"} {
		p := b.project(region, region, 2023, 1)
		for i := range 8 {
			b.link(p, region+string(rune('a'+i)), "01", "", "")
		}
	}
	check(t, b.results(), []expectation{
		{"part_sous_seuil_projets_regionaux", ara, 2023, 1}, {"part_sous_seuil_projets_regionaux", guadlp, 2023, 0},
		{"part_sous_seuil_projets_regionaux", atlas.France, 2023, 0.5},
	})
}

func TestSharesOfESSMSAreOverDistinctESSMSOfKnownAnswer(t *testing.T) {
	b := newBuilder()
	p, q := b.project("1", "84", 2023, 1), b.project("2", "84", 2023, 1)
	b.link(p, "A", "01", atlas.Disability, atlas.NonProfit)
	b.link(q, "A", "01", atlas.Disability, atlas.NonProfit)
	b.link(p, "B", "01", atlas.Shelter, atlas.Public)
	b.link(p, "C", "01", "", atlas.ForProfit)
	b.link(p, "D", "", atlas.Guardianship, "")
	r := b.results()
	check(t, r, []expectation{
		{"part_handicap_essms", ain, 2023, 0.5}, {"part_social_essms", ain, 2023, 0.5}, {"part_social_essms", atlas.France, 2023, 2.0 / 3},
		{"part_public_essms", ara, 2023, 1.0 / 3}, {"part_non_lucratif_essms", atlas.France, 2023, 1.0 / 3}, {"part_lucratif_essms", ara, 2023, 1.0 / 3},
		{"part_domicile_essms", ain, 2023, 0}, {"part_personnes_agees_essms", ain, 2023, 0},
	})
	s := r.Slice(ara, 2023)
	if got := s.ByField(); got[len(got)-1] != (FieldCount{"", 1}) || got[1] != (FieldCount{atlas.Disability, 1}) {
		t.Errorf("by field: %v", got)
	}
	if got := s.ByStatus(); got[0] != (StatusCount{atlas.NonProfit, 1}) || got[len(got)-1] != (StatusCount{"", 0}) {
		t.Errorf("by status: %v", got)
	}
}

func TestASumOverNoRowIsMissingAndFranceNamesTheRegionsThatLack(t *testing.T) {
	b := newBuilder()
	b.project("1", "84", 2021, 80)
	b.project("2", "84", 2022, 30) // no envelope that year
	b.project("3", "84", 2023, 10)
	b.project("4", "94", 2023, 500) // a region without envelope
	b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2021, Amount: 100}, {Region: "84", Year: 2023, Amount: 20}, {Region: "01", Year: 2023, Amount: 0}}
	b.ds.Applications = []atlas.Application{{Region: "84", Year: 2021, Deposited: 8, Selected: 2}, {Region: "84", Year: 2023, Deposited: 2, Selected: 2}}
	r := b.results()
	check(t, r, []expectation{
		{"enveloppe", ara, 2023, 120}, {"enveloppe", ara, 2022, 100}, {"enveloppe", guadlp, 2023, 0}, {"enveloppe", atlas.France, 2023, 120},
		{"taux_engagement", ara, 2023, 0.75}, {"taux_engagement", ara, 2022, 0.8}, {"taux_engagement", atlas.France, 2023, 0.75},
		{"dossiers_deposes", ara, 2023, 10}, {"taux_selection", ara, 2023, 0.4}, {"taux_selection", ara, 2021, 0.25}, {"dossiers_deposes", atlas.France, 2022, 8},
	})
	checkMissing(t, r, []expectation{
		{"enveloppe", corse, 2023, 0}, {"enveloppe", guadlp, 2022, 0}, {"taux_engagement", guadlp, 2023, 0}, {"taux_engagement", corse, 2023, 0},
		{"dossiers_deposes", corse, 2023, 0}, {"taux_selection", guadlp, 2023, 0}, {"taux_couverture", ara, 2023, 0}, {"taux_couverture", atlas.France, 2023, 0},
	})
	if got, want := r.Value("enveloppe", atlas.France, 2023).Lacking, []string{"94"}; !slices.Equal(got, want) {
		t.Errorf("regions that lack an envelope: %v, want %v", got, want)
	}
}

func TestFleetOfARegionIsThatOfItsDepartmentsIfAny(t *testing.T) {
	b := newBuilder()
	p := b.project("1", "84", 2023, 1)
	for _, f := range []string{"A", "B", "C"} {
		b.link(p, f, "01", atlas.Elderly, "")
	}
	b.ds.Fleet = []atlas.FleetRow{
		{Territory: ara, Number: 1000}, {Territory: ain, Number: 4}, {Territory: ain, Number: 2, Field: atlas.Elderly}, {Territory: rhone, Number: 6},
		{Territory: guadlp, Number: 12},
	}
	r := b.results()
	check(t, r, []expectation{
		{"taux_couverture", ain, 2023, 0.5}, {"taux_couverture", ara, 2023, 0.25}, {"taux_couverture", rhone, 2023, 0},
		{"taux_couverture", guadlp, 2023, 0}, {"taux_couverture", atlas.France, 2023, 0.125},
	})
	checkMissing(t, r, []expectation{{"taux_couverture", guadlpDpt, 2023, 0}, {"taux_couverture", corse, 2023, 0}})
	if got := r.Value("taux_couverture", atlas.France, 2023).Lacking; !slices.Equal(got, []string{"94"}) {
		t.Errorf("regions without fleet: %v", got)
	}
}

func TestExplainNamesTheRowsCounted(t *testing.T) {
	b := newBuilder()
	p := b.project("1", "84", 2023, 1, func(p *atlas.Project) { p.Infrastructure = atlas.Yes }) // row 2
	b.link(p, "A", "01", atlas.Disability, "")                                                  // row 3
	b.link(p, "B", "01", atlas.Disability, "")                                                  // row 4
	b.link(p, "C", "01", atlas.Disability, "")                                                  // row 5
	b.project("2", "84", 2023, 1)                                                               // row 6
	b.project("3", "84", 2022, 1, func(p *atlas.Project) { p.Infrastructure = atlas.No })       // row 7
	r := b.results()
	e, err := r.Explain(ByID("part_infrastructures_projets_regionaux"), ara, 2023)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rows []atlas.Origin
		want string
	}{{e.Trace.Counted, "p.xlsx › Projets › ligne 2"}, {e.Trace.Base, "p.xlsx › Projets › lignes 2, 7"}, {e.Trace.Unknown, "p.xlsx › Projets › ligne 6"}} {
		if got := Rows(c.rows); len(got) != 1 || got[0] != c.want {
			t.Errorf("rows %q, want %q", got, c.want)
		}
	}
	e, _ = r.Explain(ByID("essms_finances"), ain, 2023)
	if got := Rows(e.Trace.Counted); len(got) != 1 || got[0] != "e.xlsx › ESSMS › lignes 3–5" {
		t.Errorf("rows %q", got)
	}
	if _, err := r.Explain(ByID("projets"), ara, 2023); err == nil {
		t.Error("an indicator was explained at a level where it does not exist")
	}
}

func TestEveryIndicatorTracesTheRowsOfItsNumbers(t *testing.T) {
	b := newBuilder()
	p := b.project("1", "84", 2023, 1, func(p *atlas.Project) { p.Paid = atlas.Known(1) })
	b.link(p, "A", "01", atlas.Disability, "")
	b.sons(p, "S", "01")
	n := b.project("2", "N:84", 2023, 1)
	b.link(n, "B", "01", atlas.Disability, "")
	o := atlas.Origin{File: "x", Sheet: "y", Row: 1}
	b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2023, Amount: 1, Origin: o}}
	b.ds.Applications = []atlas.Application{{Region: "84", Year: 2023, Deposited: 1, Selected: 1, Origin: o}}
	b.ds.Fleet = []atlas.FleetRow{{Territory: ara, Number: 1, Origin: o}}
	r := b.results()
	for i := range All {
		ind := &All[i]
		level := ind.Levels[0]
		e, err := r.Explain(ind, r.Gazetteer().At(level)[min(1, len(r.Gazetteer().At(level))-1)].ID, 2023)
		if err != nil {
			t.Fatal(err)
		}
		if e.Row.Value.Shown() && e.Row.Value.Number > 0 && len(e.Trace.Counted) == 0 {
			t.Errorf("%s = %v traces no row", ind.ID, e.Row.Value.Number)
		}
	}
}

func BenchmarkCompute(b *testing.B) {
	build := newBuilder()
	for i := range 1400 {
		p := build.project(string(rune(0x4e00+i)), "84", 2021+i%3, 1000)
		for j := range 26 {
			build.link(p, string([]rune{rune(0x4e00 + i), rune(0x4e00 + j)}), []string{"01", "69", "971"}[j%3], atlas.Fields[j%8], atlas.Statuses[j%3])
		}
	}
	for b.Loop() {
		Compute(build.ds)
	}
}
