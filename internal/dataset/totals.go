package dataset

import (
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// CodeJump is the code of a total that jumps from an edition to the next.
const CodeJump problem.Code = "total-en-rupture"

// What a total, which is cumulative, may do from an edition to the next without a warning: lose a
// fiftieth, as when a project is withdrawn, or triple. Below the least it is too small to tell.
const (
	mayFallTo  = 0.98
	mayGrowBy  = 3
	leastTotal = 10
)

// CompareTotals warns of the totals of an edition that jump against the former one: projects,
// ESSMS and subsidies, of France and, for its regional projects, of each region. A nil edition has
// nothing to say.
func CompareTotals(former, current *Dataset, problems *problem.List) {
	if former == nil || current == nil {
		return
	}
	before, after := totalsOf(former), totalsOf(current)
	territories := append([]atlas.Territory{current.Gazetteer.Country()}, current.Gazetteer.Regions()...)
	for _, t := range territories {
		a, b := before[t.ID.Code], after[t.ID.Code]
		for _, total := range []struct {
			from, to float64
			write    func(float64) string
		}{
			{a.projects, b.projects, func(x float64) string { return french.Count(x, "projet", "projets") }},
			{a.essms, b.essms, func(x float64) string { return french.Count(x, "ESSMS", "ESSMS") }},
			{a.subsidies, b.subsidies, func(x float64) string { return euros(x) + " de subventions" }},
		} {
			if total.from < leastTotal || mayFallTo*total.from <= total.to && total.to <= mayGrowBy*total.from {
				continue
			}
			problems.Add(problem.Problem{Code: CodeJump, Place: problem.Place{File: strconv.Itoa(current.Edition.Year)},
				Message: t.Name + " : " + total.write(total.to) + ", contre " + total.write(total.from) + " dans l’édition " + strconv.Itoa(former.Edition.Year),
				Remedy:  "vérifier que tous les classeurs sont là, et que les montants sont dans la même unité"})
		}
	}
}

type totals struct{ projects, essms, subsidies float64 }

// totalsOf sums an edition by code of region, and for France under « FR ».
func totalsOf(ds *Dataset) map[string]totals {
	sums := map[string]totals{}
	for _, p := range ds.Projects {
		codes := []string{atlas.France.Code}
		if p.Scope == atlas.Regional {
			codes = append(codes, p.Regions...)
		}
		for _, code := range codes {
			t := sums[code]
			t.projects++
			t.subsidies += p.Subsidy
			sums[code] = t
		}
	}
	for _, e := range ds.ESSMS {
		for _, code := range []string{atlas.France.Code, e.Region} {
			t := sums[code]
			t.essms++
			sums[code] = t
		}
	}
	return sums
}
