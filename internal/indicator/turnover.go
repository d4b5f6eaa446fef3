package indicator

import (
	"math"

	"esms.example/atlas/internal/atlas"
)

// EveryRevision is the thresholds of who tells all that was revised, however little, and
// leaves growth aside.
var EveryRevision = Thresholds{Relative: 1e-9, Points: 1e-9, Spread: math.Inf(1)}

// Turnover is what became of the projects from an edition to the next. Projects are known by
// their numbers; each list is in the order of the numbers.
type Turnover struct {
	Added   []*atlas.Project  // of the current edition, not in the former
	Gone    []*atlas.Project  // of the former edition, not in the current
	Revised []ProjectRevision // in both, otherwise described
}

// ProjectRevision is a project whose subsidy or number of financed ESSMS is not what the
// former edition said.
type ProjectRevision struct{ Former, Current *atlas.Project }

// TurnoverOf compares the projects of two editions.
func TurnoverOf(former, current *Results) Turnover {
	var out Turnover
	was := map[string]*atlas.Project{}
	for _, p := range former.dataset.Projects {
		was[p.Number] = p
	}
	for _, p := range current.dataset.Projects {
		switch old := was[p.Number]; {
		case old == nil:
			out.Added = append(out.Added, p)
		case math.Abs(old.Subsidy-p.Subsidy) > noise(old.Subsidy) || len(old.Links) != len(p.Links):
			out.Revised = append(out.Revised, ProjectRevision{old, p})
		}
		delete(was, p.Number)
	}
	for _, p := range former.dataset.Projects {
		if was[p.Number] != nil {
			out.Gone = append(out.Gone, p)
		}
	}
	return out
}
