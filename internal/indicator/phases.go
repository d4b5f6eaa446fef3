package indicator

import (
	"time"

	"esms.example/atlas/internal/atlas"
)

// Phases lists the phases of the programme, in their order.
var Phases = []atlas.Phase{atlas.Seeding1, atlas.Seeding2, atlas.Generalisation}

// PhaseFigures are the figures of the projects of one phase, at the data state.
type PhaseFigures struct {
	Phase atlas.Phase
	// First and Last are the days of its first and last decision; zero without any.
	First, Last time.Time
	slices      map[atlas.TerritoryID]*Slice
	results     *Results
}

// ByPhase computes the figures of each phase, from its projects, their links and the rows of
// Candidatures that name it. An ESSMS may be in projects of several phases: it counts in each, and once
// in the whole.
func ByPhase(r *Results) []PhaseFigures {
	var out []PhaseFigures
	for _, phase := range Phases {
		f := PhaseFigures{Phase: phase, slices: slicesOf(r.dataset, cut{r.LastYear(), phase}), results: r}
		for _, p := range everyProject(f.slices[atlas.France]) {
			if f.First.IsZero() || p.DecidedOn.Before(f.First) {
				f.First = p.DecidedOn
			}
			if p.DecidedOn.After(f.Last) {
				f.Last = p.DecidedOn
			}
		}
		out = append(out, f)
	}
	return out
}

// Row is the value of an indicator for the projects of the phase, without rank; missing where the
// indicator does not exist for the territory. Envelopes and Parc have no phase: what is computed from
// them has no meaning here, and is not applicable.
func (f PhaseFigures) Row(ind *Indicator, t atlas.TerritoryID) Row {
	territory, _ := f.results.Gazetteer().Territory(t)
	row := Row{Territory: territory}
	if s := f.slices[t]; s != nil && ind.Has(t.Level) {
		row.Value = ind.Compute(s, nil)
	}
	switch ind.ID {
	case "enveloppe", "taux_engagement", "taux_couverture":
		row.Value = atlas.Value{Status: atlas.NotApplicable}
	}
	row.Text, row.Phrase = ind.Format(row.Value, f.results.Edition())
	return row
}

// Call is the applications of one call: a year and, where it is known, a phase.
type Call struct {
	Year                int
	Phase               atlas.Phase // may be empty
	Deposited, Selected float64
	Share               Share // selected ÷ deposited
}

// Calls sums the applications of a territory by year and phase, in their order; none without sheet
// Candidatures.
func (s *Slice) Calls() []Call {
	type name struct {
		year  int
		phase atlas.Phase
	}
	sums, order := map[name]*Call{}, []name{}
	for _, a := range s.Applications {
		n := name{a.Year, a.Phase}
		if sums[n] == nil {
			sums[n] = &Call{Year: a.Year, Phase: a.Phase}
			order = append(order, n)
		}
		sums[n].Deposited += a.Deposited
		sums[n].Selected += a.Selected
	}
	rank := map[atlas.Phase]int{atlas.Seeding1: 1, atlas.Seeding2: 2, atlas.Generalisation: 3}
	sortBy(order, func(n name) int { return n.year*10 + rank[n.phase] })
	var out []Call
	for _, n := range order {
		c := *sums[n]
		c.Share = shareOf(atlas.Known(c.Selected), atlas.Known(c.Deposited))
		out = append(out, c)
	}
	return out
}
