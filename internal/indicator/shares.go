package indicator

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// reach is how far from the denominators at hand others are tried.
const reach = 3

// Attainable returns the counts k, ascending, for which k ÷ n is what a published share
// says. A share out of n units takes n + 1 values only: none may fit.
func Attainable(p atlas.PublishedFigure, n int) []int {
	if n <= 0 {
		return nil
	}
	low, high := bounds(p)
	var out []int
	for k := max(0, int(math.Floor(low*float64(n)))-1); k <= min(n, int(math.Ceil(high*float64(n)))+1); k++ {
		if allows(p, float64(k)/float64(n)) {
			out = append(out, k)
		}
	}
	return out
}

// population is the units that published shares are shares of, at one place and time.
type population struct {
	stem  string // of the indicators: « projets_nationaux »
	place atlas.TerritoryID
	at    cut
}

// populations says which indicator counts the units of a share, by the end of its name.
var populations = []struct {
	stem  string
	count ID
	words string
}{
	{"projets_regionaux", "projets_regionaux", "des projets régionaux"},
	{"projets_nationaux", "projets_nationaux", "des projets nationaux"},
	{"essms", "essms_finances", "des ESSMS"},
}

// hand is a denominator at hand, and where it comes from.
type hand struct {
	n      int
	origin string // « projets nationaux publiés »
}

// shares judges together the rounded shares published of each population: whether the
// number of units at hand lets all of them be, and which numbers near it would. A share
// rounded to p is always attainable out of 1 ÷ p units or more: such are left out.
func shares(c *comparer) []Verdict {
	var order []population
	groups := map[population][]atlas.PublishedFigure{}
	for _, p := range c.results.dataset.Published {
		s, ok := subjectOf(c.results, p)
		if !ok || ByID(s.indicator).Unit != atlas.UnitShare || p.Precision != atlas.Rounded && p.Precision != atlas.Exact {
			continue
		}
		for _, pop := range populations {
			if strings.HasPrefix(string(s.indicator), "part_") && strings.HasSuffix(string(s.indicator), "_"+pop.stem) {
				k := population{pop.stem, p.Territory, s.at}
				if groups[k] == nil {
					order = append(order, k)
				}
				groups[k] = append(groups[k], p)
			}
		}
	}
	var out []Verdict
	for _, k := range order {
		if v, ok := c.shares(k, groups[k]); ok {
			out = append(out, v)
		}
	}
	return out
}

func (c *comparer) shares(k population, group []atlas.PublishedFigure) (Verdict, bool) {
	hands := c.hands(k, group)
	if len(hands) == 0 || coarsest(group)*float64(hands[0].n) >= 1 {
		return Verdict{}, false
	}
	v := together(c.results, Shares, group...)
	possible := possibleOut(group, hands)
	refused := slices.DeleteFunc(slices.Clone(hands), func(h hand) bool { return slices.Contains(possible, h.n) })
	v.Agreement = Agrees
	switch {
	case len(refused) == len(hands):
		v.Agreement = Contradicts
	case len(refused) > 0:
		v.Agreement = Explained
	}
	var words []string
	for _, p := range group {
		words = append(words, wording(named(p.Indicator), p))
	}
	v.PublishedText = french.Join(words)
	v.ComputedText, v.Message = "n.d.", fmt.Sprintf("les parts publiées %s, %s (%s)", wordsOf(k.stem), placeAndTime(v), v.PublishedText)
	if len(refused) > 0 {
		v.Message += " ne peuvent être toutes exactes " + neither(refused)
	}
	if len(possible) > 0 {
		n := nearest(possible, hands)
		v.ComputedText = numerators(group, n) + " sur " + french.Integer(float64(n))
		if len(refused) == 0 {
			v.Message += fmt.Sprintf(" sont possibles sur %s (%s)", french.Integer(float64(n)), numerators(group, n))
		} else {
			v.Message += fmt.Sprintf("\u202f; elles le sont sur %s (%s)", french.Integer(float64(n)), numerators(group, n))
		}
	}
	v.Causes = c.shareCauses(k, group, hands, possible)
	return v, true
}

// hands lists the denominators at hand, one of each number: published, then computed.
func (c *comparer) hands(k population, group []atlas.PublishedFigure) []hand {
	published := registerOf(c.results)
	at := subject{territory: k.place, at: k.at}
	var out []hand
	add := func(n float64, origin string) {
		whole := int(math.Round(n))
		if whole > 0 && !slices.ContainsFunc(out, func(h hand) bool { return h.n == whole }) {
			out = append(out, hand{whole, origin})
		}
	}
	if k.stem == "projets_nationaux" && k.place == atlas.France {
		total, ok1 := published[at.of("projets")]
		regional, ok2 := countryOrRegions(c.results, published, at.of("projets_regionaux"))
		if ok1 && ok2 && regional.low == regional.high {
			add(total.Value-regional.low, "projets publiés moins projets régionaux publiés")
		}
		if sum, _, ok := sumOfRegions(c.results, published, at.of("projets_nationaux_suivis")); ok {
			add(sum.low, "somme des projets suivis publiés")
		}
	}
	if p, ok := published[at.of(countOf(k.stem))]; ok && p.Precision == atlas.Exact {
		add(p.Value, "chiffre publié")
	}
	if s := c.slice(k.at, k.place); s != nil {
		for _, p := range group {
			if ind := named(p.Indicator); ind.Has(k.place.Level) {
				v := ind.Compute(s, nil)
				add(v.Denominator.Amount+float64(v.Unknown), "données de l’édition")
				add(v.Denominator.Amount, "réponses dans les données de l’édition")
			}
		}
	}
	return out
}

func countOf(stem string) ID {
	for _, p := range populations {
		if p.stem == stem {
			return p.count
		}
	}
	return ""
}

func wordsOf(stem string) string {
	for _, p := range populations {
		if p.stem == stem {
			return p.words
		}
	}
	return ""
}

func coarsest(group []atlas.PublishedFigure) float64 {
	step := 0.0
	for _, p := range group {
		step = math.Max(step, p.Step)
	}
	return step
}

// possibleOut lists, ascending, the denominators at hand and near them out of which every share
// of the group is attainable.
func possibleOut(group []atlas.PublishedFigure, hands []hand) []int {
	tried := map[int]bool{}
	var out []int
	for _, h := range hands {
		for n := h.n - reach; n <= h.n+reach; n++ {
			if tried[n] {
				continue
			}
			tried[n] = true
			if !slices.ContainsFunc(group, func(p atlas.PublishedFigure) bool { return Attainable(p, n) == nil }) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// nearest returns the possible denominator that lies nearest to one at hand.
func nearest(possible []int, hands []hand) int {
	best, distance := 0, math.MaxInt
	for _, h := range hands {
		for _, n := range possible {
			if d := max(n-h.n, h.n-n); d < distance {
				best, distance = n, d
			}
		}
	}
	return best
}

// neither is « sur 32 (chiffre publié) », « ni sur 32 (…) ni sur 34 (…) ».
func neither(hands []hand) string {
	var out []string
	for _, h := range hands {
		out = append(out, fmt.Sprintf("sur %s (%s)", french.Integer(float64(h.n)), h.origin))
	}
	if len(out) == 1 {
		return out[0]
	}
	return "ni " + strings.Join(out, " ni ")
}

// numerators lists the counts that make the shares out of n: « 19, 22 et 13 ».
func numerators(group []atlas.PublishedFigure, n int) string {
	var out []string
	for _, p := range group {
		var each []string
		for _, k := range Attainable(p, n) {
			each = append(each, french.Integer(float64(k)))
		}
		out = append(out, strings.Join(each, " ou "))
	}
	return french.Join(out)
}

// shareCauses says which denominators each share alone allows, and how many units the
// common one leaves without answer.
func (c *comparer) shareCauses(k population, group []atlas.PublishedFigure, hands []hand, possible []int) []string {
	var out []string
	if len(possible) > 0 {
		n := nearest(possible, hands)
		if without := hands[0].n - n; without > 0 {
			out = append(out, fmt.Sprintf("%s\u00a0: %d au lieu de %d", french.Count(float64(without), "réponse semble manquer", "réponses semblent manquer"), n, hands[0].n))
		}
	}
	first, last := max(1, hands[0].n-reach), hands[0].n+reach
	for _, p := range group {
		var each []string
		for n := first; n <= last; n++ {
			for _, k := range Attainable(p, n) {
				each = append(each, fmt.Sprintf("%d sur %d", k, n))
			}
		}
		what := fmt.Sprintf("pris seul, %s (%s) ", wording(named(p.Indicator), p), named(p.Indicator).Short)
		if each == nil {
			out = append(out, what+fmt.Sprintf("n’est possible sur aucun nombre de %d à %d", first, last))
			continue
		}
		out = append(out, what+fmt.Sprintf("peut être %s, et rien d’autre sur un nombre de %d à %d", strings.Join(each, " ou "), first, last))
	}
	return out
}
