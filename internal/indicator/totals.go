package indicator

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// interval is the values that published figures allow.
type interval struct{ low, high float64 }

func (a interval) plus(b interval) interval  { return interval{a.low + b.low, a.high + b.high} }
func (a interval) minus(b interval) interval { return interval{a.low - b.high, a.high - b.low} }
func (a interval) times(b interval) interval { return interval{a.low * b.low, a.high * b.high} } // of positive numbers

// meets reports whether some value is in both.
func (a interval) meets(b interval) bool {
	low, high := math.Max(a.low, b.low), math.Min(a.high, b.high)
	return low < high || same(low, high) && (a.low == a.high || b.low == b.high)
}

func intervalOf(p atlas.PublishedFigure) interval {
	low, high := bounds(p)
	return interval{low, high}
}

// register is the published figures by what they are about; of two for the same thing
// the first is kept.
type register map[subject]atlas.PublishedFigure

type subject struct {
	indicator ID
	territory atlas.TerritoryID
	at        cut
}

// ofRegions lists the figures of the regions for some indicators, at one time.
func (published register) ofRegions(r *Results, ids []ID, at subject) []atlas.PublishedFigure {
	var out []atlas.PublishedFigure
	for _, id := range ids {
		for _, t := range r.Gazetteer().Regions() {
			if p, ok := published[subject{id, t.ID, at.at}]; ok {
				out = append(out, p)
			}
		}
	}
	return out
}

func (s subject) of(id ID) subject { return subject{id, s.territory, s.at} }

func registerOf(r *Results) register {
	out := register{}
	for _, p := range r.dataset.Published {
		s, ok := subjectOf(r, p)
		if _, seen := out[s]; ok && !seen {
			out[s] = p
		}
	}
	return out
}

// years lists, ascending, the years that figures of all phases are about.
func (published register) years() []int {
	var out []int
	for s := range published {
		if s.at.phase == "" {
			out = append(out, s.at.year)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func subjectOf(r *Results, p atlas.PublishedFigure) (subject, bool) {
	ind := named(p.Indicator)
	if ind == nil {
		return subject{}, false
	}
	at := cut{p.Year, p.Phase}
	if at.year == 0 {
		at.year = r.LastYear()
	}
	return subject{ind.ID, p.Territory, at}, true
}

// repetitions finds the things that were published twice with figures that cannot both be true.
func repetitions(r *Results) []Verdict {
	var order []subject
	groups := map[subject][]atlas.PublishedFigure{}
	for _, p := range r.dataset.Published {
		s, ok := subjectOf(r, p)
		if !ok {
			continue
		}
		if groups[s] == nil {
			order = append(order, s)
		}
		groups[s] = append(groups[s], p)
	}
	var out []Verdict
	for _, s := range order {
		if group := groups[s]; !allMeet(group) {
			out = append(out, repetition(r, s, group))
		}
	}
	return out
}

func allMeet(group []atlas.PublishedFigure) bool {
	for i, p := range group {
		for _, q := range group[:i] {
			if !intervalOf(p).meets(intervalOf(q)) {
				return false
			}
		}
	}
	return true
}

func repetition(r *Results, s subject, group []atlas.PublishedFigure) Verdict {
	v := together(r, Repetition, group...)
	var words []string
	for _, p := range group {
		words = append(words, "«\u00a0"+wording(v.Indicator, p)+"\u00a0»")
	}
	who := "les sources se contredisent\u00a0: elles publient"
	if allSame(group) {
		who = "la source se contredit\u00a0: elle publie"
	}
	v.Agreement, v.PublishedText, v.ComputedText = Contradicts, strings.Join(words, "\u202f; "), "n.d."
	v.Message = fmt.Sprintf("%s %s pour une même chose (%s, %s)", who, french.Join(words), v.Indicator.Title, placeAndTime(v))
	if computed := r.Slice(s.territory, s.at.year); computed != nil && s.at.phase == "" && v.Indicator.Has(s.territory.Level) {
		v.Computed = v.Indicator.Compute(computed, nil)
		_, v.ComputedText = v.Indicator.Format(v.Computed, atlas.Edition{})
	}
	return v
}

func allSame(group []atlas.PublishedFigure) bool {
	return !slices.ContainsFunc(group, func(p atlas.PublishedFigure) bool { return p.Source != group[0].Source })
}

// together begins a verdict over several published figures, named after the first.
func together(r *Results, s Subject, figures ...atlas.PublishedFigure) Verdict {
	v := Verdict{Subject: s, Published: figures[0], Indicator: named(figures[0].Indicator)}
	v.Territory, _ = r.Gazetteer().Territory(figures[0].Territory)
	for _, p := range figures {
		if p.Source != "" && !slices.Contains(v.Sources, p.Source) {
			v.Sources = append(v.Sources, p.Source)
		}
	}
	return v
}

func placeAndTime(v Verdict) string {
	if when := Moment(v.Published); when != "" {
		return v.Territory.Locative + ", " + when
	}
	return v.Territory.Locative
}

// parts are indicators of the country whose published figures must add up to another's.
var parts = []struct {
	whole ID
	parts [2]ID
}{
	{"projets", [2]ID{"projets_regionaux", "projets_nationaux"}},
	{"subvention_totale", [2]ID{"subvention_regionale", "subvention_nationale"}},
}

// total is an identity between published figures: a total is the regional projects
// times their mean plus the national projects times theirs.
type total struct {
	whole, regionalMean, nationalMean ID
}

var totals = []total{
	{"subvention_totale", "subvention_moyenne_regionale", "subvention_moyenne_nationale"},
}

// contradictoryTotals looks for published totals of France that no data could satisfy
// together with the published parts, means and numbers of projects. It needs no computed
// value, so that a contradiction is not blamed on the workbooks.
func contradictoryTotals(r *Results) []Verdict {
	published := registerOf(r)
	var out []Verdict
	for _, year := range published.years() {
		at := subject{territory: atlas.France, at: cut{year: year}}
		for _, p := range parts {
			whole, ok1 := published[at.of(p.whole)]
			a, ok2 := published[at.of(p.parts[0])]
			b, ok3 := published[at.of(p.parts[1])]
			if sum := intervalOf(a).plus(intervalOf(b)); ok1 && ok2 && ok3 && !sum.meets(intervalOf(whole)) {
				out = append(out, brokenSum(r, whole, a, b))
			}
		}
		for _, t := range totals {
			if v, ok := t.judge(r, published, at); ok {
				out = append(out, v)
			}
		}
	}
	return out
}

func brokenSum(r *Results, whole, a, b atlas.PublishedFigure) Verdict {
	v := together(r, Identity, whole, a, b)
	v.Agreement, v.PublishedText = Contradicts, wording(v.Indicator, whole)
	v.Computed = atlas.Count(a.Value + b.Value)
	v.measure()
	v.ComputedText = plain(v.Indicator, a.Value+b.Value)
	v.Message = fmt.Sprintf("les chiffres publiés se contredisent\u00a0: «\u00a0%s\u00a0» %s, mais «\u00a0%s\u00a0» et «\u00a0%s\u00a0» font %s",
		v.PublishedText, placeAndTime(v), wording(named(a.Indicator), a), wording(named(b.Indicator), b), v.ComputedText)
	v.Causes = rounded(v)
	return v
}

// judge compares a published total with what the published means allow; false when a
// figure is missing or nothing contradicts.
func (t total) judge(r *Results, published register, at subject) (Verdict, bool) {
	projects, ok1 := published[at.of("projets")]
	whole, ok2 := published[at.of(t.whole)]
	regionalMean, ok3 := published[at.of(t.regionalMean)]
	nationalMean, ok4 := published[at.of(t.nationalMean)]
	regionalProjects, ok5 := countryOrRegions(r, published, at.of("projets_regionaux"))
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 {
		return Verdict{}, false
	}
	over := func(national interval) interval {
		return regionalProjects.times(intervalOf(regionalMean)).plus(national.times(intervalOf(nationalMean)))
	}
	allowed := over(intervalOf(projects).minus(regionalProjects))
	if allowed.meets(intervalOf(whole)) {
		return Verdict{}, false
	}
	v := together(r, Identity, whole, projects, regionalMean, nationalMean)
	v.Agreement, v.PublishedText = Contradicts, wording(v.Indicator, whole)
	v.ComputedText = "de " + plain(v.Indicator, allowed.low) + " à " + plain(v.Indicator, allowed.high)
	v.Message = fmt.Sprintf("les chiffres publiés se contredisent\u00a0: «\u00a0%s\u00a0» et «\u00a0%s\u00a0», mais les moyennes publiées n’autorisent que %s",
		v.PublishedText, wording(ByID("projets"), projects), v.ComputedText)
	if followed, _, ok := sumOfRegions(r, published, at.of("projets_nationaux_suivis")); ok && over(followed).meets(intervalOf(whole)) {
		sum, again := followed.plus(regionalProjects), over(followed)
		if extra := sum.low - projects.Value; extra > 0 {
			v.Causes = []string{fmt.Sprintf("avec %s, somme des chiffres régionaux, les mêmes moyennes donnent de %s à %s, ce qui concorde\u00a0: %s de trop, suivi par plusieurs ARS et compté plusieurs fois, ou retiré depuis",
				plain(ByID("projets"), sum.low), plain(v.Indicator, again.low), plain(v.Indicator, again.high),
				french.Count(extra, "projet national serait", "projets nationaux seraient"))}
			if extra >= 2 {
				v.Causes[0] = strings.Replace(v.Causes[0], "suivi par plusieurs ARS et compté plusieurs fois, ou retiré depuis", "suivis par plusieurs ARS et comptés plusieurs fois, ou retirés depuis", 1)
			}
		}
	}
	return v, true
}

// countryOrRegions is the interval of a number over France: the published one, else the
// sum of the regions' when every region has one.
func countryOrRegions(r *Results, published register, s subject) (interval, bool) {
	if p, ok := published[s]; ok {
		return intervalOf(p), true
	}
	sum, lacking, ok := sumOfRegions(r, published, s)
	return sum, ok && lacking == nil
}

// sumOfRegions adds up the published figures of the regions, and lists the codes of those
// that have none; false when none has any.
func sumOfRegions(r *Results, published register, s subject) (sum interval, lacking []string, ok bool) {
	for _, t := range r.Gazetteer().Regions() {
		p, has := published[subject{s.indicator, t.ID, s.at}]
		if !has {
			lacking = append(lacking, t.ID.Code)
			continue
		}
		sum, ok = sum.plus(intervalOf(p)), true
	}
	return sum, lacking, ok
}
