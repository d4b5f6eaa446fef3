package indicator

import (
	"fmt"
	"math"

	"esms.example/atlas/internal/atlas"
)

// total is an identity between published figures: a total is the regional projects
// times their mean plus the national projects times theirs.
type total struct {
	whole, regionalMean, nationalMean ID
}

var totals = []total{
	{"subvention_totale", "subvention_moyenne_regionale", "subvention_moyenne_nationale"},
}

// interval is the values that published figures allow.
type interval struct{ low, high float64 }

func (a interval) plus(b interval) interval  { return interval{a.low + b.low, a.high + b.high} }
func (a interval) minus(b interval) interval { return interval{a.low - b.high, a.high - b.low} }
func (a interval) times(b interval) interval { return interval{a.low * b.low, a.high * b.high} } // of positive numbers

// contradictoryTotals looks for published figures of France at the data state that no data
// could satisfy together: a total outside what the published means and numbers of
// projects allow. It needs no computed value, so that a contradiction is not blamed on the
// workbooks.
func contradictoryTotals(r *Results) []Verdict {
	published := publishedAtDataState(r)
	projects, ok1 := published[key{indicator: "projets", territory: atlas.France}]
	regionalProjects, ok2 := sumOfRegions(r, published, "projets_regionaux")
	if !ok1 || !ok2 {
		return nil
	}
	var out []Verdict
	for _, t := range totals {
		whole, has := published[key{indicator: t.whole, territory: atlas.France}]
		means, hasBoth := means(published, t)
		if !has || !hasBoth {
			continue
		}
		number := intervalOf(projects)
		allowed := regionalProjects.times(means[0]).plus(number.minus(regionalProjects).times(means[1]))
		given := intervalOf(whole)
		if math.Max(allowed.low, given.low) < math.Min(allowed.high, given.high) {
			continue
		}
		out = append(out, contradiction(t, whole, projects, allowed))
	}
	return out
}

func contradiction(t total, whole, projects atlas.PublishedFigure, allowed interval) Verdict {
	ind := ByID(t.whole)
	_, low := ind.Format(atlas.Count(allowed.low), atlas.Edition{})
	_, high := ind.Format(atlas.Count(allowed.high), atlas.Edition{})
	text := wording(ind, whole)
	return Verdict{
		Published: whole, Indicator: ind, Agreement: Contradicts,
		PublishedText: text, ComputedText: "de " + low + " à " + high,
		Message: fmt.Sprintf("les chiffres publiés se contredisent\u00a0: «\u00a0%s\u00a0» et «\u00a0%s\u00a0», mais les moyennes publiées n’autorisent que de %s à %s",
			text, wording(ByID("projets"), projects), low, high),
	}
}

func means(published map[key]atlas.PublishedFigure, t total) (out [2]interval, ok bool) {
	for i, id := range []ID{t.regionalMean, t.nationalMean} {
		p, has := published[key{indicator: id, territory: atlas.France}]
		if !has {
			return out, false
		}
		out[i] = intervalOf(p)
	}
	return out, true
}

// sumOfRegions is the interval of a number over France: the published one, else the sum of
// the regions' when every region has one.
func sumOfRegions(r *Results, published map[key]atlas.PublishedFigure, id ID) (interval, bool) {
	if p, ok := published[key{indicator: id, territory: atlas.France}]; ok {
		return intervalOf(p), true
	}
	var sum interval
	for _, t := range r.Gazetteer().Regions() {
		p, ok := published[key{indicator: id, territory: t.ID}]
		if !ok {
			return interval{}, false
		}
		sum = sum.plus(intervalOf(p))
	}
	return sum, true
}

func intervalOf(p atlas.PublishedFigure) interval {
	low, high := bounds(p)
	return interval{low, high}
}

// publishedAtDataState indexes the published figures of all phases at the data state; of
// two figures for the same thing the first is kept.
func publishedAtDataState(r *Results) map[key]atlas.PublishedFigure {
	out := map[key]atlas.PublishedFigure{}
	for _, p := range r.dataset.Published {
		ind := named(p.Indicator)
		if ind == nil {
			continue
		}
		k := key{indicator: ind.ID, territory: p.Territory}
		_, seen := out[k]
		if !seen && p.Phase == "" && (p.Year == 0 || p.Year == r.LastYear()) {
			out[k] = p
		}
	}
	return out
}
