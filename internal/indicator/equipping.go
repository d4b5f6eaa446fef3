package indicator

import (
	"cmp"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// Equipment is a project in the territory that it equips.
type Equipment struct {
	Project *atlas.Project
	Here    int // its distinct financed ESSMS located in the territory, at least 1
}

// Equipping lists the projects, national ones included, that finance an ESSMS located in the
// territory by the end of the year: the most ESSMS here first, then in the order of their numbers. It is
// wider than Regional, which for a region holds the projects that its ARS finances wherever their ESSMS are.
func (s *Slice) Equipping() []Equipment {
	here := map[*atlas.Project]int{}
	for _, e := range s.ESSMS {
		for _, p := range s.Financing(e) {
			here[p]++
		}
	}
	out := make([]Equipment, 0, len(here))
	for p, n := range here {
		out = append(out, Equipment{p, n})
	}
	slices.SortFunc(out, func(a, b Equipment) int {
		return cmp.Or(cmp.Compare(b.Here, a.Here), strings.Compare(a.Project.Number, b.Project.Number))
	})
	return out
}

// Financing lists, once each, the projects that finance an ESSMS by the end of the year of the slice, in
// the order of their numbers; those that pay it by SONS alone are left out.
func (s *Slice) Financing(e *atlas.ESSMS) []*atlas.Project {
	var out []*atlas.Project
	for _, l := range e.Links {
		if !l.SONSOnly && s.kept(l.Project) {
			out = append(out, l.Project)
		}
	}
	slices.SortFunc(out, func(a, b *atlas.Project) int { return strings.Compare(a.Number, b.Number) })
	return slices.Compact(out)
}
