package indicator

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Agreement says whether what was published and what is computed agree.
type Agreement int

// The agreements. The zero value is NotComparable.
const (
	NotComparable Agreement = iota // the registry does not compute what was published
	Agrees
	Contradicts
	Explained // they differ, and the rules of the counts or the records say why
)

// String returns the agreement in French.
func (a Agreement) String() string {
	return [...]string{"non comparable", "concordant", "contradictoire", "expliqué"}[a]
}

// Subject is what a verdict compares. The zero value is Figure.
type Subject int

// The subjects, in the order Reconcile judges them.
const (
	Figure     Subject = iota // a published figure and the computed one
	Repetition                // two published figures for one thing
	Identity                  // a published total and what published means and numbers allow
	Sum                       // the regions and the country
	Shares                    // published shares and the number of units they are shares of
	Credits                   // the envelopes of a year and the amount published for them
)

// String returns the subject in French.
func (s Subject) String() string {
	return [...]string{"chiffre", "chiffre publié deux fois", "total et parties", "somme des régions", "parts possibles", "enveloppes de l’année"}[s]
}

// Verdict is a published figure beside the computed one or, when Subject is not Figure,
// published figures judged together.
type Verdict struct {
	Subject   Subject
	Published atlas.PublishedFigure // the first of them
	Indicator *Indicator            // nil when the registry has none of that name
	Territory atlas.Territory
	Sources   []string // of every figure judged, each once, in their order
	// PublishedText and ComputedText are both written for the reader, the published one
	// with its wording: « plus de 275,0 M€ », « 273,4 M€ ».
	PublishedText, ComputedText string
	Computed                    atlas.Value
	// Difference is computed less published, raw; meaningless unless Computed is shown.
	// DifferenceText writes it with its sign, in points for a share (« +1,5 point »), and
	// RelativeText over the published value (« −0,6 % »); both empty without a difference to show.
	Difference                   float64
	DifferenceText, RelativeText string
	Agreement                    Agreement
	// Message is one French sentence that says what was found, without final stop.
	Message string
	// Causes are the likely causes of a difference, each one a computation that gives the
	// published figure or a fact about it; French, without final stop, the most telling first.
	Causes []string
}

// tolerance is how far « environ », « plus de » and « près de » may be from the computed value.
const tolerance = 0.05

// Reconcile compares the figures of sheet « Chiffres publiés » with the computed ones, in
// the order of the sheet's dataset, one verdict each; then the published ones among
// themselves, in the order of the subjects.
func Reconcile(r *Results) []Verdict {
	c := &comparer{results: r, cuts: map[cut]map[atlas.TerritoryID]*Slice{}}
	var out []Verdict
	for _, p := range r.dataset.Published {
		out = append(out, c.figure(p))
	}
	out = append(out, repetitions(r)...)
	out = append(out, contradictoryTotals(r)...)
	out = append(out, sums(r)...)
	out = append(out, shares(c)...)
	return append(out, credits(r)...)
}

// comparer compares published figures with the results of an edition. It keeps the
// slices of the phases that it had to make.
type comparer struct {
	results *Results
	cuts    map[cut]map[atlas.TerritoryID]*Slice
}

// slice returns the records of a territory in a cut; nil where there is none.
func (c *comparer) slice(at cut, t atlas.TerritoryID) *Slice {
	if s := c.results.Slice(t, at.year); s != nil && at.phase == "" {
		return s
	}
	if c.cuts[at] == nil {
		c.cuts[at] = slicesOf(c.results.dataset, at)
	}
	return c.cuts[at][t]
}

// when is the cut that a published figure describes.
func (c *comparer) when(p atlas.PublishedFigure) cut {
	if p.Year == 0 {
		return cut{c.results.LastYear(), p.Phase}
	}
	return cut{p.Year, p.Phase}
}

func (c *comparer) figure(p atlas.PublishedFigure) Verdict {
	v := together(c.results, Figure, p)
	if v.Indicator == nil {
		v.PublishedText, v.ComputedText = rawText(p.Value), "n.d."
		v.Message = fmt.Sprintf("aucun indicateur ne s’appelle «\u00a0%s\u00a0»", p.Indicator)
		return v
	}
	v.PublishedText = wording(v.Indicator, p)
	at := c.when(p)
	s := c.slice(at, p.Territory)
	if s == nil || !v.Indicator.Has(p.Territory.Level) || at.year > c.results.LastYear() {
		v.ComputedText, v.Message = "n.d.", "l’indicateur n’est pas calculé pour ce territoire ou cette année"
		return v
	}
	v.Computed = v.Indicator.Compute(s, nil)
	_, v.ComputedText = v.Indicator.Format(v.Computed, atlas.Edition{})
	if !v.Computed.Shown() {
		v.Message = "la valeur calculée n’est pas disponible"
		return v
	}
	v.measure()
	v.Agreement = Contradicts
	if allows(p, v.Computed.Number) {
		v.Agreement = Agrees
	}
	v.Message = compared(v)
	v.Causes = c.causes(v)
	return v
}

// rawText writes a number of unknown unit as the sheet does.
func rawText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// measure sets the difference of a comparable figure and writes it.
func (v *Verdict) measure() {
	v.Difference = v.Computed.Number - v.Published.Value
	if math.Abs(v.Difference) <= noise(v.Published.Value) {
		v.Difference = 0
		return
	}
	v.DifferenceText = signedGap(v.Indicator, v.Difference)
	if v.Published.Value != 0 {
		v.RelativeText = signed(v.Difference/math.Abs(v.Published.Value)*100, 1) + french.NBSP + "%"
	}
}

// signedGap writes a difference with its sign, in points for a share.
func signedGap(ind *Indicator, x float64) string {
	sign := "+"
	if x < 0 {
		sign = french.Minus
	}
	return sign + gap(ind, math.Abs(x))
}

// gap writes the size of a difference, in points for a share. One too small for the usual decimals is
// written with those, 6 at most, that show it; in euros for an amount, with cents below 10.
func gap(ind *Indicator, x float64) string {
	if ind.Unit == atlas.UnitShare {
		x *= 100
		return french.Number(x, decimalsToSee(x, 1)) + french.NBSP + french.Plural(clear(x), "point", "points")
	}
	_, text := ind.Format(atlas.Count(x), atlas.Edition{})
	number, unit, _ := strings.Cut(text, french.NBSP)
	switch {
	case x == 0 || strings.ContainsAny(number, "123456789"):
		return text
	case ind.Unit == atlas.UnitEuro && x >= 10:
		return french.Number(x, 0) + french.NBSP + "€"
	case ind.Unit == atlas.UnitEuro:
		return french.Number(x, decimalsToSee(x, 2)) + french.NBSP + "€"
	}
	return french.Number(x, decimalsToSee(x, 1)) + french.NBSP + unit
}

// decimalsToSee returns how many decimals show a figure of x other than 0: at least as many as least, 6 at most.
func decimalsToSee(x float64, least int) int {
	for least < 6 && x > 0 && x < 0.5*math.Pow10(-least) {
		least++
	}
	return least
}

func signed(x float64, decimals int) string {
	text := french.Number(x, decimals)
	if x > 0 {
		return "+" + text
	}
	return text
}

// named returns the indicator whose name or title a sheet writes, whatever its case,
// accents and punctuation; nil when there is none.
func named(text string) *Indicator {
	for i := range All {
		if f := french.Fold(text); f == french.Fold(string(All[i].ID)) || f == french.Fold(All[i].Title) {
			return &All[i]
		}
	}
	return nil
}

// bounds returns the interval of computed values that a published figure allows; the
// published value itself is outside it when worded « plus de » or « près de ».
func bounds(p atlas.PublishedFigure) (low, high float64) {
	margin := math.Abs(p.Value) * tolerance
	switch p.Precision {
	case atlas.Rounded:
		return p.Value - p.Step/2, p.Value + p.Step/2
	case atlas.About:
		return p.Value - margin, p.Value + margin
	case atlas.MoreThan:
		return p.Value, p.Value + margin
	case atlas.JustUnder:
		return p.Value - margin, p.Value
	}
	return p.Value, p.Value
}

// noise is how far two numbers of that size may lie from each other and be the same.
func noise(x float64) float64 { return 1e-9 * math.Max(1, math.Abs(x)) }

// allows reports whether a computed value is what a published figure says.
func allows(p atlas.PublishedFigure, x float64) bool {
	noise := noise(p.Value)
	low, high := bounds(p)
	switch p.Precision {
	case atlas.Rounded:
		return math.Abs(atlas.RoundTo(x, p.Step)-p.Value) <= noise
	case atlas.MoreThan:
		return x > low+noise && x <= high+noise
	case atlas.JustUnder:
		return x >= low-noise && x < high-noise
	}
	return x >= low-noise && x <= high+noise
}

func compared(v Verdict) string {
	place := v.Territory.Locative
	if when := Moment(v.Published); when != "" {
		place += " (" + when + ")"
	}
	sentence := fmt.Sprintf("%s, %s\u00a0: publié %s, calculé %s", v.Indicator.Title, place, v.PublishedText, v.ComputedText)
	if v.Agreement == Agrees || v.Difference == 0 { // « plus de 3 » and 3 differ by nothing
		return sentence
	}
	return sentence + ", écart de " + gap(v.Indicator, math.Abs(v.Difference))
}

// Moment is the year and phase that a published figure states: « fin 2022 », « Amorçage T1,
// 2021 »; empty when it states neither.
func Moment(p atlas.PublishedFigure) string {
	switch {
	case p.Year > 0 && p.Phase != "":
		return string(p.Phase) + ", " + french.Year(p.Year)
	case p.Year > 0:
		return "fin " + french.Year(p.Year)
	}
	return string(p.Phase)
}

// wording writes a published figure with the word of its precision.
func wording(ind *Indicator, p atlas.PublishedFigure) string {
	edition := atlas.Edition{}
	if p.Precision == atlas.Rounded {
		edition.Rounding = map[string]atlas.Rounding{string(ind.ID): {{Step: p.Step}}}
	}
	_, phrase := ind.Format(atlas.Count(p.Value), edition)
	switch p.Precision {
	case atlas.About, atlas.MoreThan, atlas.JustUnder:
		return string(p.Precision) + " " + phrase
	}
	return phrase
}
