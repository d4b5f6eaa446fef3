package indicator

import (
	"esms.example/atlas/internal/atlas"
)

// The computations that entries of the registry are made of. Each returns a function
// of a slice; all of them work on raw numbers, rounded only when shown.

type compute = func(*Slice, *Trace) atlas.Value

// projectsOf chooses the projects of a slice that a computation is about.
type projectsOf func(*Slice) []*atlas.Project

func regional(s *Slice) []*atlas.Project { return s.Regional }
func national(s *Slice) []*atlas.Project { return s.National }
func everyProject(s *Slice) []*atlas.Project {
	return append(append([]*atlas.Project(nil), s.Regional...), s.National...)
}

// countESSMS counts ESSMS.
func countESSMS(of func(*Slice) []*atlas.ESSMS) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		for _, e := range of(s) {
			t.counted(s.rows(t, e)...)
		}
		return atlas.Count(float64(len(of(s))))
	}
}

func financed(s *Slice) []*atlas.ESSMS { return s.ESSMS }
func sonsOnly(s *Slice) []*atlas.ESSMS { return s.SONSOnly }

// countProjects counts projects.
func countProjects(of projectsOf) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		for _, p := range of(s) {
			t.counted(p.Origin)
		}
		return atlas.Count(float64(len(of(s))))
	}
}

// sumSubsidies sums the subsidies of projects, in euros.
func sumSubsidies(of projectsOf) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		sum := 0.0
		for _, p := range of(s) {
			sum += p.Subsidy
			t.counted(p.Origin)
		}
		return atlas.Count(sum)
	}
}

// linksPerProject is the mean number of financed links of a project.
func linksPerProject(of projectsOf) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		links := 0
		for _, p := range of(s) {
			links += len(p.Links)
			t.counted(linkRows(t, p)...)
			t.base(p.Origin)
		}
		return ratio(float64(links), float64(len(of(s))), 1)
	}
}

// subsidyPerProject is the mean subsidy of a project, in euros.
func subsidyPerProject(of projectsOf) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		sum := sumSubsidies(of)(s, t)
		for _, p := range of(s) {
			t.base(p.Origin)
		}
		return ratio(sum.Number, float64(len(of(s))), 1)
	}
}

// subsidyPerLink is the subsidies of projects over their financed links, in euros.
func subsidyPerLink(of projectsOf) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		sum := sumSubsidies(of)(s, t)
		links := 0
		for _, p := range of(s) {
			links += len(p.Links)
			t.base(linkRows(t, p)...)
		}
		return ratio(sum.Number, float64(links), 1)
	}
}

// shareOfProjects is the share of the projects that answer yes among those that answer.
func shareOfProjects(of projectsOf, answer func(*Slice, *atlas.Project) atlas.Answer) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		return share(of(s), t,
			func(p *atlas.Project) atlas.Answer { return answer(s, p) },
			func(p *atlas.Project) []atlas.Origin { return []atlas.Origin{p.Origin} })
	}
}

// shareOfESSMS is the share of the distinct financed ESSMS that answer yes among those that answer.
func shareOfESSMS(answer func(*atlas.ESSMS) atlas.Answer) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		return share(s.ESSMS, t, answer, func(e *atlas.ESSMS) []atlas.Origin { return s.rows(t, e) })
	}
}

func share[T any](units []T, t *Trace, answer func(T) atlas.Answer, rows func(T) []atlas.Origin) atlas.Value {
	yes, known := 0, 0
	for _, u := range units {
		switch answer(u) {
		case "":
			t.unknown(rows(u)...)
			continue
		case atlas.Yes:
			yes++
			t.counted(rows(u)...)
		}
		known++
		t.base(rows(u)...)
	}
	v := ratio(float64(yes), float64(known), 1)
	v.Unknown = len(units) - known
	return v
}

func ratio(numerator, denominator, scale float64) atlas.Value {
	return atlas.Ratio(atlas.Known(numerator), atlas.Known(denominator), scale)
}

// populationSource says where populations are read.
const populationSource = "le dénominateur est la population du territoire, lue dans territoires/regions.csv et departements.csv (France\u00a0: somme des régions)"

// essmsPerInhabitants is the financed ESSMS for that many inhabitants.
func essmsPerInhabitants(inhabitants float64) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		n := countESSMS(financed)(s, t)
		t.beside(populationSource)
		population := atlas.Quantity{Amount: float64(s.Territory.Population), Known: s.Territory.Population > 0}
		return atlas.Ratio(atlas.Known(n.Number), population, inhabitants)
	}
}

// coverage is the financed ESSMS over the ESSMS of sheet Parc.
func coverage(s *Slice, t *Trace) atlas.Value {
	n := countESSMS(financed)(s, t)
	var fleet atlas.Quantity
	for _, f := range s.Fleet {
		fleet = atlas.Known(fleet.Amount + f.Number)
		t.base(f.Origin)
	}
	v := atlas.Ratio(atlas.Known(n.Number), fleet, 1)
	v.Lacking = lacking(s, s.Fleet, func(f atlas.FleetRow) string { return s.regionOf(f.Territory) })
	return v
}

// paidShare is the amounts paid over the subsidies of the projects whose amount paid is known.
func paidShare(of projectsOf) compute {
	return func(s *Slice, t *Trace) atlas.Value {
		paid, granted, unknown := 0.0, 0.0, 0
		for _, p := range of(s) {
			if !p.Paid.Known {
				unknown++
				t.unknown(p.Origin)
				continue
			}
			paid += p.Paid.Amount
			granted += p.Subsidy
			t.counted(p.Origin)
			t.base(p.Origin)
		}
		v := ratio(paid, granted, 1)
		v.Unknown = unknown
		return v
	}
}

// deposited sums the applications deposited; missing without any row.
func deposited(s *Slice, t *Trace) atlas.Value {
	return sumRows(s, t, s.Applications, applicationRegion,
		func(a atlas.Application) (float64, atlas.Origin) { return a.Deposited, a.Origin })
}

// selectionRate is the applications selected over those deposited.
func selectionRate(s *Slice, t *Trace) atlas.Value {
	in := deposited(s, nil)
	selected := atlas.Quantity{Known: in.Shown()}
	for _, a := range s.Applications {
		selected.Amount += a.Selected
		t.counted(a.Origin)
		t.base(a.Origin)
	}
	v := atlas.Ratio(selected, atlas.Quantity{Amount: in.Number, Known: in.Shown()}, 1)
	v.Lacking = in.Lacking
	return v
}

// envelopes sums the credits given to the ARS, in euros; missing without any row.
func envelopes(s *Slice, t *Trace) atlas.Value {
	return sumRows(s, t, s.Envelopes, envelopeRegion,
		func(e atlas.Envelope) (float64, atlas.Origin) { return e.Amount, e.Origin })
}

// commitmentRate is the subsidies of the regional projects decided in the years that
// have an envelope for the region, over those envelopes.
func commitmentRate(s *Slice, t *Trace) atlas.Value {
	given := envelopes(s, nil)
	type credit struct {
		region string
		year   int
	}
	open := map[credit]bool{}
	for _, e := range s.Envelopes {
		open[credit{e.Region, e.Year}] = true
		t.base(e.Origin)
	}
	committed := atlas.Quantity{Known: given.Shown()}
	for _, p := range s.Regional {
		if open[credit{p.Regions[0], p.DecidedOn.Year()}] {
			committed.Amount += p.Subsidy
			t.counted(p.Origin)
		}
	}
	v := atlas.Ratio(committed, atlas.Quantity{Amount: given.Number, Known: given.Shown()}, 1)
	v.Lacking = given.Lacking
	return v
}

func applicationRegion(a atlas.Application) string { return a.Region }
func envelopeRegion(e atlas.Envelope) string       { return e.Region }

// sumRows sums the rows of an optional sheet; missing without any row.
func sumRows[T any](s *Slice, t *Trace, rows []T, region func(T) string, amount func(T) (float64, atlas.Origin)) atlas.Value {
	if len(rows) == 0 {
		return atlas.Value{}
	}
	sum := 0.0
	for _, r := range rows {
		x, origin := amount(r)
		sum += x
		t.counted(origin)
	}
	v := atlas.Count(sum)
	v.Lacking = lacking(s, rows, region)
	return v
}
