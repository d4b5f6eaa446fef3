package indicator

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
)

// editions are two editions of the programme, the first at the end of 2022, the second changed.
func editions(change func(*builder)) (former, current *Results) {
	a, b := programme(), programme()
	a.ds.Edition = atlas.Edition{Year: 2022, DataState: day(2022, 12, 31)}
	a.ds.Projects = slices.DeleteFunc(a.ds.Projects, func(p *atlas.Project) bool { return p.DecidedOn.Year() > 2022 })
	change(b)
	return a.results(), b.results()
}

// said lists differences as « kind id territory year: former → current (change) ».
func said(all []Difference, of ...ID) []string {
	var out []string
	for _, d := range all {
		if slices.Contains(of, d.Indicator.ID) {
			out = append(out, spaced(fmt.Sprintf("%s %s %d: %s → %s (%s)", d.Kind, d.Territory.ID, d.Year, d.FormerText, d.CurrentText, d.ChangeText)))
		}
	}
	return out
}

func TestRevisionOfThePastIsToldBeyondTheThreshold(t *testing.T) {
	for _, c := range []struct {
		subsidy float64
		th      Thresholds
		want    []string
	}{
		{100_000, Thresholds{}, nil},
		{105_000, Thresholds{}, nil}, // 5 % is not beyond 5 %
		{106_000, Thresholds{}, []string{"révisé FR 2022: 0,10 M€ → 0,11 M€ (+6,0 %)", "révisé region:84 2022: 0,10 M€ → 0,11 M€ (+6,0 %)"}},
		{106_000, Thresholds{Relative: 0.1, Points: 0.02, Spread: 4}, nil},
		{50_000, Thresholds{}, []string{"révisé FR 2022: 0,10 M€ → 0,05 M€ (−50,0 %)", "révisé region:84 2022: 0,10 M€ → 0,05 M€ (−50,0 %)"}},
	} {
		former, current := editions(func(b *builder) { b.ds.Projects[0].Subsidy = c.subsidy })
		var got []string
		for _, line := range said(Differences(former, current, c.th), "subvention_regionale") {
			if strings.HasPrefix(line, "révisé") {
				got = append(got, line)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%.0f €, %+v: %q, want %q", c.subsidy, c.th, got, c.want)
		}
	}
}

func TestRevisionOfAShareIsCountedInPoints(t *testing.T) {
	former, current := editions(func(b *builder) { b.ds.Projects[0].Infrastructure = atlas.No })
	got := said(Differences(former, current, Thresholds{}), "part_infrastructures_projets_regionaux")
	want := []string{
		"révisé FR 2022: 100,0 % → 0,0 % (−100,0 points)", "révisé region:84 2022: 100,0 % → 0,0 % (−100,0 points)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestValuesComeAndGo(t *testing.T) {
	former, current := editions(func(b *builder) {
		b.ds.Projects[0].DecidedOn = day(2023, 1, 5) // the past of 84 is empty now
		b.ds.Envelopes = []atlas.Envelope{{Region: "84", Year: 2023, Amount: 5e6}}
	})
	former.dataset.Applications = nil
	got := said(Differences(former, current, Thresholds{}), "projets_regionaux", "enveloppe")
	want := []string{
		"nouveau FR 2023: n.d. → 5,00 M€ ()",
		"nouveau region:01 2023: 0 projet régional → 1 projet régional (à partir de zéro)",
		"nouveau region:84 2023: n.d. → 5,00 M€ ()",
		"nouveau departement:69 2023: 0 projet régional → 1 projet régional (à partir de zéro)",
		"nouveau departement:971 2023: 0 projet régional → 1 projet régional (à partir de zéro)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	back := said(Differences(current, former, Thresholds{}), "enveloppe")
	if want := []string{"disparu FR 2022: 5,00 M€ → n.d. ()", "disparu region:84 2022: 5,00 M€ → n.d. ()"}; !slices.Equal(back, want) {
		t.Errorf("the other way: got %q, want %q", back, want)
	}
}

func TestFollowedAnswersAreNoCorrections(t *testing.T) {
	pay := func(x float64) func(*atlas.Project) { return func(p *atlas.Project) { p.Paid = atlas.Known(x) } }
	edition := func(year int, paid float64) *Results {
		b := newBuilder()
		b.ds.Edition = atlas.Edition{Year: year, DataState: day(year, time.December, 31)}
		b.project("1", "84", 2022, 100, pay(paid))
		return b.results()
	}
	all := Differences(edition(2022, 50), edition(2023, 100), Thresholds{})
	if len(all) == 0 {
		t.Fatal("the payments of 2022 are not told to have changed")
	}
	for _, d := range all {
		if !d.Followed || d.Kind != Revised || d.Indicator.ID != "taux_versement" {
			t.Errorf("%s %s: followed %v, want only followed revisions of the payments", d.Kind, d.Message, d.Followed)
		}
	}
}

func TestYearsOfAFollowedIndicatorAreToldAsTheyAre(t *testing.T) {
	e := atlas.Edition{Year: 2023, DataState: day(2023, time.December, 31)}
	for id, followed := range map[ID]bool{"taux_versement": true, "part_cible_dossiers_actifs_projets_regionaux": true, "essms_finances": false, "taux_engagement": false} {
		want := ""
		if followed {
			want = "Chaque année\u00a0: les projets décidés jusque-là, dans leur état au 31\u00a0décembre 2023, et non celui qu’ils avaient alors."
		}
		if ind := ByID(id); ind.Followed != followed || ind.YearsNote(e) != want {
			t.Errorf("%s: followed %v, note %q", id, ind.Followed, ind.YearsNote(e))
		}
	}
}

// growing makes two editions where each of eight departments of one region has some ESSMS, then more.
func growing(before, after []int) (former, current *Results) {
	make := func(year int, counts []int) *Results {
		b := newBuilder()
		var regions, departments []atlas.Territory
		for i := range counts {
			code := fmt.Sprintf("%02d", i+10)
			regions = append(regions, atlas.Territory{ID: atlas.RegionID(code), Name: code, Locative: "en " + code})
			departments = append(departments, atlas.Territory{ID: atlas.DepartmentID(code), Name: code, Locative: "en " + code, Region: code})
		}
		b.ds.Gazetteer = atlas.NewGazetteer(regions, departments, nil)
		b.ds.Edition = atlas.Edition{Year: year, DataState: day(year, time.December, 31)}
		for i, n := range counts {
			code := fmt.Sprintf("%02d", i+10)
			p := b.project(code, code, 2022, 1000)
			for k := range n {
				b.link(p, fmt.Sprintf("%s-%d", code, k), code, atlas.Elderly, atlas.Public)
			}
		}
		return b.results()
	}
	return make(2022, before), make(2023, after)
}

func TestJumpIsAGrowthFarFromTheOthers(t *testing.T) {
	steady := []int{100, 102, 98, 101, 99, 100, 103, 100}
	grown := []int{150, 152, 149, 150, 148, 151, 153, 150}
	with := func(list []int, i, n int) []int { out := slices.Clone(list); out[i] = n; return out }
	for _, c := range []struct {
		name          string
		before, after []int
		want          string
	}{
		{"all alike", steady, grown, ""},
		{"one triples", steady, with(grown, 2, 300), "region:12"},
		{"one halves", steady, with(grown, 2, 50), "region:12"},
		{"a small one triples, as small ones do", with(steady, 2, 2), with(grown, 2, 6), ""},
		{"too few territories", steady[:5], with(grown[:5], 2, 300), ""},
	} {
		former, current := growing(c.before, c.after)
		var got []string
		for _, d := range Differences(former, current, Thresholds{}) {
			if d.Kind == Jumped && d.Indicator.ID == "essms_finances" && d.Territory.ID.Level == atlas.RegionLevel {
				got = append(got, d.Territory.ID.String())
				if !strings.Contains(d.Message, "pour la médiane des régions") {
					t.Errorf("%s: %q does not say what the others did", c.name, d.Message)
				}
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: jumps %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDifferencesComeByImportance(t *testing.T) {
	former, current := editions(func(b *builder) {
		b.ds.Projects[0].Subsidy = 300_000
		b.ds.Projects[0].Kind = atlas.Compliance
	})
	all := Differences(former, current, Thresholds{})
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if a.Kind > b.Kind || a.Kind == b.Kind && a.Followed == b.Followed && a.Territory.ID.Level > b.Territory.ID.Level {
			t.Errorf("%s %q before %s %q", a.Kind, a.Message, b.Kind, b.Message)
		}
	}
	if len(all) < 5 {
		t.Errorf("%d differences, want several kinds of them", len(all))
	}
	if d := Differences(current, current, Thresholds{}); len(d) > 0 {
		t.Errorf("an edition differs from itself: %s", d[0].Message)
	}
}

func TestRevisionsThatRoundingHidesAreWrittenAsTheyAre(t *testing.T) {
	for name, test := range map[string]struct {
		id           ID
		a, b         float64
		wantA, wantB string
	}{
		"a count rounded to the ten": {"essms_finances", 580, 583, "580\u00a0ESSMS", "583\u00a0ESSMS"},
		"a share with one decimal":   {"part_public_essms", 0.08301, 0.08262, "8,30\u00a0%", "8,26\u00a0%"},
	} {
		a, b := apart(ByID(test.id), atlas.Count(test.a), atlas.Count(test.b))
		if a != test.wantA || b != test.wantB {
			t.Errorf("%s: %q and %q, want %q and %q", name, a, b, test.wantA, test.wantB)
		}
	}
}

func TestSmallChangesAreNotWrittenAsNothing(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0,0\u00a0point", 0.125: "+12,5\u00a0points", -0.0004: "−0,04\u00a0point", 0.00001: "+0,001\u00a0point",
	} {
		if got := changeText(ByID("part_public_essms"), x); got != want {
			t.Errorf("%g: %q, want %q", x, got, want)
		}
	}
}
