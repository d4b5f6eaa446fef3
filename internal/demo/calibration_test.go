package demo_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// within is a figure of the demonstration and the bounds, included, that it must keep.
type within struct {
	name      string
	got       float64
	low, high float64
}

func exactly[N int | float64](name string, got N, want float64) within {
	return within{name, float64(got), want, want}
}

// rounds asks that a figure round to the published one.
func rounds(name string, got, want, step float64) within {
	return within{name, atlas.RoundTo(got, step), atlas.RoundTo(want, step), atlas.RoundTo(want, step)}
}

func check(t *testing.T, figures ...within) {
	t.Helper()
	for _, f := range figures {
		if f.got < f.low || f.got > f.high || math.IsNaN(f.got) {
			t.Errorf("%s = %v, want %v to %v", f.name, f.got, f.low, f.high)
		}
	}
}

func mean(sum float64, n int) float64 { return sum / float64(n) }

func TestEditionOf2023AgreesWithWhatWasPublished(t *testing.T) {
	ds := edition(t, 2023)
	all, regional, national := count(ds, everyProject), count(ds, isRegional), count(ds, isNational)
	answering := func(m map[atlas.Answer]int) int { return m[atlas.Yes] + m[atlas.No] }
	check(t,
		exactly("projects", all.projects, 684),
		exactly("regional projects", regional.projects, 652),
		exactly("national projects", national.projects, 32),
		within{"distinct ESSMS, « près de 17 000 »", float64(all.essms), 16150, 16999},
		rounds("ESSMS by regional project", mean(float64(regional.links), regional.projects), 20, 1),
		rounds("ESSMS by national project", mean(float64(national.links), national.projects), 119, 1),
		rounds("mean regional subsidy", mean(regional.subsidies, regional.projects), 377000, 1000),
		rounds("mean national subsidy", mean(national.subsidies, national.projects), 862000, 1000),
		within{"subsidies, which contradict « plus de 275 M€ »", all.subsidies, 273e6, 274.999e6},
		rounds("share of infrastructure, regional", mean(float64(regional.infrastructure[atlas.Yes]), answering(regional.infrastructure)), 0.56, 0.01),
		rounds("share of non-profit, regional", mean(float64(regional.statuses[atlas.NonProfit]), regional.projects), 0.75, 0.01),
		rounds("share of handicap, regional", mean(float64(regional.fields[atlas.Disability]), regional.projects), 0.52, 0.01),
		exactly("national projects with infrastructure", national.infrastructure[atlas.Yes], 19),
		exactly("national projects without", national.infrastructure[atlas.No], 12),
		exactly("national projects without an answer", national.infrastructure[""], 1),
		exactly("national projects of non-profit bodies", national.statuses[atlas.NonProfit], 22),
		exactly("national projects of unknown status", national.statuses[""], 1),
		exactly("national projects of handicap", national.fields[atlas.Disability], 13),
		exactly("national projects of unknown field", national.fields[""], 1),
		exactly("regional projects of unknown field", regional.fields[""], 0),
		exactly("regional projects of unknown status", regional.statuses[""], 0),
	)
	for _, p := range ds.Projects {
		if isNational(p) && p.Infrastructure == "" {
			for _, l := range p.Links {
				if l.Category != "" || l.Field != "" || l.Status != "" {
					t.Fatalf("the national project without an answer, %s, has %+v", p.Number, *l)
				}
			}
		}
	}
}

func TestStatesOfEarlierYearsAgreeWithThePress(t *testing.T) {
	for _, year := range []int{2022, 2023} {
		ds := edition(t, year)
		at := func(y int, keep func(*atlas.Project) bool) census { return count(ds, decidedBy(y, keep)) }
		check(t,
			exactly("regional projects of 2021", at(2021, isRegional).projects, 224),
			exactly("national projects of 2021", at(2021, isNational).projects, 9),
			within{"ESSMS of 2021, « environ 6 000 »", float64(at(2021, everyProject).essms), 5700, 6300},
			exactly("regional projects of 2022", at(2022, isRegional).projects, 406),
			exactly("national projects of 2022", at(2022, isNational).projects, 25),
			within{"ESSMS of 2022, « plus de 11 000 »", float64(at(2022, everyProject).essms), 11001, 11550},
			rounds("subsidies of 2022", at(2022, everyProject).subsidies, 188.4e6, 1e5),
		)
	}
}

func TestFirstCallIsThePublishedOne(t *testing.T) {
	for _, year := range []int{2022, 2023} {
		ds := edition(t, year)
		c := count(ds, isFirstCall)
		naq := count(ds, isFirstCallOf75)
		check(t,
			exactly("projects", c.projects, 71),
			exactly("national projects", count(ds, func(p *atlas.Project) bool { return isFirstCall(p) && isNational(p) }).projects, 0),
			exactly("compliance", c.kinds[atlas.Compliance], 37),
			exactly("acquisition", c.kinds[atlas.Acquisition], 26),
			exactly("both kinds", c.kinds[atlas.MixedKind], 8),
			exactly("handicap", c.fields[atlas.Disability], 33),
			exactly("older people", c.fields[atlas.Elderly], 28),
			exactly("both fields", c.fields[atlas.FieldMixed], 10),
			exactly("clusters", c.groupings[atlas.Cluster], 31),
			exactly("single bodies", c.groupings[atlas.SingleBody], 40),
			exactly("distinct ESSMS", c.essms, 1340),
			exactly("distinct ESSMS located in Nouvelle-Aquitaine", c.located["75"], 120),
			exactly("projects of Nouvelle-Aquitaine", naq.projects, 5),
			exactly("their distinct ESSMS", naq.essms, 120),
			within{"subsidies, « environ 24 M€ »", c.subsidies, 0.95 * 24e6, 1.05 * 24e6},
		)
	}
}

// publishedRegions reads the published figures of the regions.
func publishedRegions(t *testing.T) map[string][4]float64 {
	t.Helper()
	f, err := os.Open(filepath.Join(data, "references", "regions-publiees.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][4]float64{}
	for _, row := range rows[1:] {
		var v [4]float64
		for i, s := range row[2:6] {
			v[i], _ = strconv.ParseFloat(s, 64) // no follow-up published: 0
		}
		out[row[0]] = v
	}
	return out
}

func TestRegionsAgreeWithWhatWasPublished(t *testing.T) {
	ds := edition(t, 2023)
	all, followed, twice := count(ds, everyProject), map[string]int{}, 0
	regional := map[string]int{}
	for _, p := range ds.Projects {
		if isRegional(p) {
			regional[p.Regions[0]]++
			continue
		}
		for _, r := range p.Regions {
			followed[r]++
		}
		if len(p.Regions) == 2 {
			twice++
		}
	}
	published := publishedRegions(t)
	if len(published) != 18 {
		t.Fatalf("%d regions published, want 18", len(published))
	}
	sum := 0
	for code, want := range published {
		step := 10.0
		if all.located[code] < 100 {
			step = 5
		}
		check(t,
			rounds("ESSMS of "+code, float64(all.located[code]), want[0], step),
			exactly("regional projects of "+code, regional[code], want[1]),
			exactly("national projects followed by "+code, followed[code], want[2]))
		sum += followed[code]
	}
	check(t, exactly("follow-ups", sum, 34), exactly("projects followed twice", twice, 2))
}

func TestEnvelopesAreCommittedAsPublished(t *testing.T) {
	ds := edition(t, 2023)
	published := publishedRegions(t)
	byYear, byRegion := map[int]float64{}, map[string]map[int]float64{}
	for _, e := range ds.Envelopes {
		byYear[e.Year] += e.Amount
		if byRegion[e.Region] == nil {
			byRegion[e.Region] = map[int]float64{}
		}
		byRegion[e.Region][e.Year] += e.Amount
		if e.Year == 2023 {
			check(t, exactly("envelope of "+e.Region, e.Amount, published[e.Region][3]))
		}
	}
	subsidies := count(ds, isRegional).subsidies
	check(t,
		exactly("envelopes of 2023", byYear[2023], 67e6),
		within{"envelopes of 2021 and 2022", byYear[2021] + byYear[2022], 182.5e6, 183.8e6},
		within{"rate of commitment", subsidies / (byYear[2021] + byYear[2022] + byYear[2023]), 0.98, 0.985})
	for code := range published {
		given := 0.0
		for year := 2021; year <= 2023; year++ {
			given += byRegion[code][year]
			committed := count(ds, decidedBy(year, func(p *atlas.Project) bool { return isRegional(p) && p.Regions[0] == code })).subsidies
			check(t, within{code + " committed by " + strconv.Itoa(year), committed / given, 0.7, 1.1})
		}
	}
}

func TestApplicationsAreThePublishedOnes(t *testing.T) {
	for year, ds := range map[int]*dataset.Dataset{2022: edition(t, 2022), 2023: edition(t, 2023)} {
		deposited, selected := map[atlas.Phase]float64{}, map[atlas.Phase]float64{}
		total, naq := 0.0, [2]float64{}
		for _, a := range ds.Applications {
			deposited[a.Phase] += a.Deposited
			selected[a.Phase] += a.Selected
			total += a.Deposited
			if a.Selected > a.Deposited || a.Year > year {
				t.Errorf("%d: implausible application %+v", year, a)
			}
			if a.Region == "75" && a.Phase == atlas.Seeding1 {
				naq = [2]float64{a.Deposited, a.Selected}
			}
		}
		check(t,
			exactly("deposited, first call", deposited[atlas.Seeding1], 242),
			exactly("selected, first call", selected[atlas.Seeding1], 71),
			exactly("deposited, Nouvelle-Aquitaine", naq[0], 24),
			exactly("selected, Nouvelle-Aquitaine", naq[1], 5),
			within{"selected, second call", selected[atlas.Seeding2], 153, deposited[atlas.Seeding2]})
		if year == 2023 {
			check(t, within{"deposited in all, « près de 1 000 »", total, 950, 999})
		}
	}
}
