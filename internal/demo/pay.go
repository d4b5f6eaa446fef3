package demo

import (
	"math"

	"esms.example/atlas/internal/atlas"
)

// progress is what becomes of a project after its decision, whatever the edition.
type progress struct {
	settled  int     // the year in which its targets are met and the second half paid; 0: not yet
	declared bool    // whether the ARS says what it paid
	active   float64 // share of active files, at the end; 0: never said
	revision float64 // what its subsidy was before a later amendment, less what it is: 2022 edition
}

// pay invents the progress of each project: targets are met a year or two after the
// decision, and half of the subsidy is paid before.
func (p *plan) pay() map[*draft]progress {
	r := stream(drawPayments)
	met := [periods]struct{ first, second float64 }{ // chances to settle in 2022, in 2023
		seeding1: {0.30, 0.45}, seeding2: {0.08, 0.42}, year2022: {0, 0.16}, year2023: {0, 0}}
	out := map[*draft]progress{}
	for _, d := range p.all() {
		s := progress{declared: r.IntN(100) < 91}
		switch x := r.Float64(); {
		case x < met[d.period].first:
			s.settled = 2022
		case x < met[d.period].first+met[d.period].second:
			s.settled = 2023
		}
		if said := r.IntN(100) < 74; said || s.settled > 0 {
			s.active = 0.2 + 0.72*r.Float64()
		}
		if s.settled > 0 {
			s.active = 0.9 + 0.1*r.Float64()
		}
		out[d] = s
	}
	p.amend(out)
	return out
}

// revisions are what the subsidies of three projects of 2021 lost or gained in 2023. They
// cancel out, so that the total published for 2022 stands in both editions.
var revisions = []float64{14000, -9000, -5000}

func (p *plan) amend(all map[*draft]progress) {
	next := 0
	for _, d := range p.regional {
		if next == len(revisions) {
			return
		}
		if d.period != seeding2 || d.Subsidy < 300000 || all[d].settled == 2022 {
			continue
		}
		s := all[d]
		s.revision = revisions[next]
		all[d] = s
		next++
	}
}

// paid is the amount paid for a project by the end of a year: half at the signature, all
// when its targets are met; unknown where the ARS does not say.
func (s progress) paid(d *draft, subsidy float64, year int) atlas.Quantity {
	switch {
	case !s.declared || d.DecidedOn.Year() == year && d.DecidedOn.Month() >= 11:
		return atlas.Quantity{}
	case s.settled != 0 && s.settled <= year:
		return atlas.Known(subsidy)
	}
	return atlas.Known(math.Floor(subsidy / 2))
}

// activeFiles is the share of active files at the end of a year; it grows by a third a year.
func (s progress) activeFiles(d *draft, year int) atlas.Quantity {
	if s.active == 0 || d.DecidedOn.Year() >= year {
		return atlas.Quantity{}
	}
	x := s.active
	if s.settled == 0 || s.settled > year {
		for y := year; y < lastYear; y++ {
			x *= 0.67
		}
	}
	return atlas.Known(math.Floor(x*100) / 100)
}
