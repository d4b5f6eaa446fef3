package indicator

import (
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestPublishedFigureAllowsWhatItsWordingSays(t *testing.T) {
	for _, c := range []struct {
		precision atlas.Precision
		step      float64
		value, x  float64
		want      bool
	}{
		{atlas.Exact, 0, 684, 684, true}, {atlas.Exact, 0, 684, 685, false},
		{atlas.Rounded, 10, 1990, 1994.9, true}, {atlas.Rounded, 10, 1990, 1995, false}, {atlas.Rounded, 10, 1990, 1985, true},
		{atlas.Rounded, 0.01, 0.56, 0.5649, true}, {atlas.Rounded, 0.01, 0.29, 0.285, true},
		{atlas.About, 0, 6000, 5700, true}, {atlas.About, 0, 6000, 5699, false}, {atlas.About, 0, 6000, 6300, true},
		{atlas.MoreThan, 0, 275e6, 275e6, false}, {atlas.MoreThan, 0, 275e6, 275e6 + 1, true}, {atlas.MoreThan, 0, 275e6, 289e6, false},
		{atlas.JustUnder, 0, 17000, 17000, false}, {atlas.JustUnder, 0, 17000, 16150, true}, {atlas.JustUnder, 0, 17000, 16149, false},
	} {
		if got := allows(atlas.PublishedFigure{Value: c.value, Precision: c.precision, Step: c.step}, c.x); got != c.want {
			t.Errorf("%s %v (step %v) allows %v: %v, want %v", c.precision, c.value, c.step, c.x, got, c.want)
		}
	}
}

func TestAContradictionNeverShowsAGapOfZero(t *testing.T) {
	for _, c := range []struct {
		id   ID
		x    float64
		want string
	}{
		{"subvention_totale", 1.5e6, "1,5\u00a0M€"}, {"subvention_totale", 583.78, "584\u00a0€"}, {"subvention_totale", 0.01, "0,01\u00a0€"},
		{"taux_versement", 0.012, "1,2\u00a0point"}, {"taux_versement", 0.0002, "0,02\u00a0point"}, {"essms_par_projet_regional", 0.004, "0,004\u00a0ESSMS"}, {"projets", 3, "3\u00a0projets"},
	} {
		if got := gap(ByID(c.id), c.x); got != c.want {
			t.Errorf("%s: gap of %v is %q, want %q", c.id, c.x, got, c.want)
		}
	}
	v := Verdict{Indicator: ByID("projets"), Agreement: Contradicts, PublishedText: "plus de 3 projets", ComputedText: "3 projets"}
	if got := compared(v); strings.Contains(got, "écart") {
		t.Errorf("got %q, want no gap", got)
	}
}

func TestReconcileComparesByYearPhaseAndTerritory(t *testing.T) {
	b := newBuilder()
	b.project("1", "84", 2021, 100, func(p *atlas.Project) { p.Phase = atlas.Seeding1 })
	b.project("2", "84", 2023, 100)
	b.ds.Applications = []atlas.Application{{Region: "84", Year: 2021, Phase: atlas.Seeding1, Deposited: 5}, {Region: "84", Year: 2021, Deposited: 7}}
	figure := func(id string, territory atlas.TerritoryID, year int, phase atlas.Phase, value float64) {
		b.ds.Published = append(b.ds.Published, atlas.PublishedFigure{Indicator: id, Territory: territory, Year: year, Phase: phase, Value: value, Precision: atlas.Exact})
	}
	figure("projets", atlas.France, 0, "", 2)
	figure("Projets financés", atlas.France, 2021, "", 1)
	figure("projets_regionaux", ara, 0, atlas.Seeding1, 1)
	figure("dossiers_deposes", ara, 0, atlas.Seeding1, 5)
	figure("projets", atlas.France, 0, "", 3)
	figure("projets", ara, 0, "", 3)
	figure("inconnu", atlas.France, 0, "", 3)
	figure("taux_couverture", ara, 0, "", 0.5)
	want := []Agreement{Agrees, Agrees, Agrees, Agrees, Contradicts, NotComparable, NotComparable, NotComparable}
	verdicts := Reconcile(b.results())
	if last := verdicts[len(verdicts)-1]; len(verdicts) != len(want)+1 || last.Subject != Repetition || last.Agreement != Contradicts {
		t.Errorf("%d verdicts, the last on %v, want that 2 and 3 projects were published for one thing", len(verdicts), last.Subject)
	}
	for i, v := range verdicts[:len(want)] {
		if v.Agreement != want[i] || v.Message == "" {
			t.Errorf("%s %s: %s (%s), want %s", v.Published.Indicator, v.Published.Territory, v.Agreement, v.Message, want[i])
		}
	}
}

// The published atlas says 684 projects and more than 275 M€, and means that allow less.
func TestPublishedTotalAndMeansContradictEachOther(t *testing.T) {
	b := newBuilder()
	publish := func(id string, value float64, precision atlas.Precision, step float64) {
		b.ds.Published = append(b.ds.Published, atlas.PublishedFigure{Indicator: id, Territory: atlas.France, Value: value, Precision: precision, Step: step})
	}
	publish("projets", 684, atlas.Exact, 0)
	publish("projets_regionaux", 652, atlas.Exact, 0)
	publish("subvention_moyenne_regionale", 377_000, atlas.Rounded, 1000)
	publish("subvention_moyenne_nationale", 862_000, atlas.Rounded, 1000)
	publish("subvention_totale", 275e6, atlas.MoreThan, 0)
	judge := func() (out Verdict) {
		for _, v := range Reconcile(b.results()) {
			if v.Subject == Identity {
				out = v
			}
		}
		return out
	}
	v := judge()
	if v.Agreement != Contradicts || !strings.Contains(v.Message, "plus de 275,0\u00a0M€") || !strings.Contains(v.Message, "684\u00a0projets") {
		t.Errorf("verdict %s: %q", v.Agreement, v.Message)
	}
	b.ds.Published[0].Value = 686 // the sum of the regions: then the means allow it
	if v := judge(); v.Message != "" {
		t.Errorf("686 projects still contradict: %q", v.Message)
	}
}
