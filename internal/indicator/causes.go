package indicator

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// mostCauses is how many likely causes a verdict gives at most.
const mostCauses = 4

// edge is the part of its interval, at either end, where a figure agrees only just.
const edge = 0.1

// causes looks for what would make a published figure true: other figures of the same
// sheet, then other ways of counting the same records. Each one is found by computing it;
// none is guessed. A figure that agrees has at most the remark that it does so only just.
func (c *comparer) causes(v Verdict) []string {
	if v.Agreement == Agrees {
		return justAgrees(v)
	}
	out := slices.Concat(c.otherWordings(v), rounded(v), beyondWording(v), c.otherReadings(v), c.otherMoments(v), otherUnits(v))
	return out[:min(len(out), mostCauses)]
}

// justAgrees remarks that a loosely worded figure is nearly too far.
func justAgrees(v Verdict) []string {
	low, high := bounds(v.Published)
	if v.Published.Precision == atlas.Exact || v.Published.Precision == atlas.Rounded || low == high {
		return nil
	}
	x, margin := v.Computed.Number, (high-low)*edge
	far := v.Published.Precision != atlas.JustUnder && high-x < margin || v.Published.Precision != atlas.MoreThan && x-low < margin
	if !far {
		return nil
	}
	return []string{fmt.Sprintf("la valeur calculée est à la limite de ce que «\u00a0%s\u00a0» permet (de %s à %s)",
		v.Published.Precision, plain(v.Indicator, low), plain(v.Indicator, high))}
}

// otherWordings finds the published figures for the same thing that agree where this one
// does not: the source, or two sources, contradict each other.
func (c *comparer) otherWordings(v Verdict) []string {
	var out []string
	for _, q := range c.results.dataset.Published {
		if q == v.Published || named(q.Indicator) != v.Indicator || q.Territory != v.Territory.ID || c.when(q) != c.when(v.Published) || !allows(q, v.Computed.Number) {
			continue
		}
		if q.Source == v.Published.Source {
			out = append(out, fmt.Sprintf("la source se contredit\u00a0: elle publie aussi «\u00a0%s\u00a0», qui concorde", wording(v.Indicator, q)))
			continue
		}
		out = append(out, fmt.Sprintf("les sources se contredisent\u00a0: «\u00a0%s\u00a0» publie «\u00a0%s\u00a0», qui concorde", q.Source, wording(v.Indicator, q)))
	}
	return out
}

// rounded finds the coarser step at which the computed value rounds, or is cut, to the
// published one. A step above a tenth of the value would explain anything.
func rounded(v Verdict) []string {
	p, x := v.Published, v.Computed.Number
	if p.Value == 0 || p.Precision != atlas.Exact && p.Precision != atlas.Rounded {
		return nil
	}
	for _, step := range coarser(p) {
		if same(atlas.RoundTo(x, step), p.Value) {
			return []string{fmt.Sprintf("arrondi\u00a0: à %s près, la valeur calculée donne le chiffre publié", plainStep(v.Indicator, step))}
		}
	}
	for _, step := range coarser(p) {
		if same(math.Floor(x/step+1e-9)*step, p.Value) {
			return []string{fmt.Sprintf("arrondi\u00a0: tronquée à %s près, la valeur calculée donne le chiffre publié", plainStep(v.Indicator, step))}
		}
	}
	return nil
}

// coarser lists the steps 1 and 5 × 10ⁿ, from that of the figure to a tenth of its value,
// of which the published value is a multiple.
func coarser(p atlas.PublishedFigure) []float64 {
	var out []float64
	for n := -4; n < 10; n++ {
		for _, m := range []float64{1, 5} {
			step := m * math.Pow10(n)
			if step >= p.Step && step <= math.Abs(p.Value)/10 && same(atlas.RoundTo(p.Value, step), p.Value) {
				out = append(out, step)
			}
		}
	}
	return out
}

// beyondWording says that a figure of loose wording lies on the right side but too far, or by
// how little the computed value leaves what it allows.
func beyondWording(v Verdict) []string {
	low, high := bounds(v.Published)
	x := v.Computed.Number
	switch {
	case v.Published.Precision == atlas.MoreThan && x > high, v.Published.Precision == atlas.JustUnder && x < low:
		return []string{fmt.Sprintf("«\u00a0%s\u00a0» reste vrai, mais à plus de 5\u00a0%%", v.PublishedText)}
	case v.Published.Precision == atlas.Exact || v.Published.Precision == atlas.Rounded:
		return nil
	}
	nearest := high
	if x <= low {
		nearest = low
	}
	if math.Abs(x-nearest) > math.Abs(v.Published.Value)/100 {
		return nil
	}
	return []string{fmt.Sprintf("la valeur calculée n’est qu’à %s de la borne (%s)", gap(v.Indicator, math.Abs(x-nearest)), plain(v.Indicator, nearest))}
}

// otherReadings finds the other ways of counting the same records that agree.
func (c *comparer) otherReadings(v Verdict) []string {
	var out []string
	s := c.slice(c.when(v.Published), v.Territory.ID)
	if s == nil {
		return nil
	}
	for _, r := range readingsOf(v.Indicator) {
		x := r.value(c, s, c.when(v.Published))
		if x.Shown() && !same(x.Number, v.Computed.Number) && allows(v.Published, x.Number) {
			_, text := v.Indicator.Format(x, atlas.Edition{})
			out = append(out, r.text+french.NBSP+": "+text)
		}
	}
	return out
}

// otherMoments finds the other years and phases at which the indicator agrees.
func (c *comparer) otherMoments(v Verdict) []string {
	at := c.when(v.Published)
	var out []string
	try := func(x atlas.Value, text string) {
		if x.Shown() && !same(x.Number, v.Computed.Number) && allows(v.Published, x.Number) {
			_, phrase := v.Indicator.Format(x, atlas.Edition{})
			out = append(out, text+french.NBSP+": "+phrase)
		}
	}
	value := func(at cut) atlas.Value {
		if s := c.slice(at, v.Territory.ID); s != nil {
			return v.Indicator.Compute(s, nil)
		}
		return atlas.Value{}
	}
	years := c.results.Years()
	i, isYear := slices.BinarySearch(years, at.year)
	if isYear && i > 0 && !v.Indicator.Ratio() {
		if former := value(cut{years[i-1], at.phase}); former.Shown() {
			try(atlas.Count(v.Computed.Number-former.Number), "l’année "+french.Year(at.year)+" seule, et non le cumul")
		}
	}
	for _, year := range years {
		if year != at.year {
			try(value(cut{year, at.phase}), "une autre année, "+DateLabel(c.results.Edition(), year))
		}
	}
	for _, phase := range phases {
		if phase != at.phase {
			try(value(cut{at.year, phase}), cmp.Or(phaseWords[phase], "une autre phase, "+string(phase)))
		}
	}
	return out
}

// phases are those that a figure may be about; the empty one is all of them.
var phases = []atlas.Phase{"", atlas.Seeding1, atlas.Seeding2, atlas.Generalisation}

var phaseWords = map[atlas.Phase]string{"": "toutes phases réunies"}

// otherUnits finds a slip of unit: thousands, millions, or a percentage for a fraction.
func otherUnits(v Verdict) []string {
	for _, u := range []struct {
		factor float64
		text   string
	}{{0.01, "un pourcentage écrit pour une fraction de 1"}, {1e3, "des milliers écrits pour des unités"}, {1e6, "des millions écrits pour des unités"}} {
		q := v.Published
		q.Value, q.Step = q.Value*u.factor, q.Step*u.factor
		if allows(q, v.Computed.Number) && (u.factor > 1 || v.Indicator.Unit == atlas.UnitShare) {
			return []string{"l’unité de la feuille" + french.NBSP + ": " + u.text}
		}
	}
	return nil
}

// same reports whether two numbers differ by binary noise only.
func same(x, y float64) bool { return math.Abs(x-y) <= noise(y) }

// plain writes a value of an indicator for a sentence.
func plain(ind *Indicator, x float64) string {
	_, text := ind.Format(atlas.Count(x), atlas.Edition{})
	return text
}

// plainStep writes a rounding step with the decimals that it needs: « 10 projets », « 5 % ».
func plainStep(ind *Indicator, step float64) string {
	_, text := ind.Format(atlas.Count(step), atlas.Edition{Rounding: map[string]atlas.Rounding{string(ind.ID): {{Step: step}}}})
	return text
}
