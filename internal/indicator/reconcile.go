package indicator

import (
	"fmt"
	"math"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Agreement says whether a published figure and the computed one agree.
type Agreement int

// The agreements. The zero value is NotComparable.
const (
	NotComparable Agreement = iota // the registry does not compute what was published
	Agrees
	Contradicts
)

// String returns the agreement in French.
func (a Agreement) String() string {
	return [...]string{"non comparable", "concordant", "contradictoire"}[a]
}

// Verdict is a published figure beside the computed one.
type Verdict struct {
	Published atlas.PublishedFigure
	Indicator *Indicator // nil when the registry has none of that name
	Territory atlas.Territory
	// PublishedText and ComputedText are both written for the reader, the published one
	// with its wording: « plus de 275,0 M€ », « 273,4 M€ ».
	PublishedText, ComputedText string
	Computed                    atlas.Value
	Agreement                   Agreement
	// Message is one French sentence that says what was found, without final stop.
	Message string
}

// tolerance is how far « environ », « plus de » and « près de » may be from the computed value.
const tolerance = 0.05

// Reconcile compares the figures of sheet « Chiffres publiés » with the computed ones, in
// the order of the sheet's dataset, then the published ones among themselves.
func Reconcile(r *Results) []Verdict {
	phases := map[cut]map[atlas.TerritoryID]*Slice{}
	var out []Verdict
	for _, p := range r.dataset.Published {
		out = append(out, reconcile(r, p, phases))
	}
	return append(out, contradictoryTotals(r)...)
}

func reconcile(r *Results, p atlas.PublishedFigure, phases map[cut]map[atlas.TerritoryID]*Slice) Verdict {
	v := Verdict{Published: p, Indicator: named(p.Indicator)}
	v.Territory, _ = r.Gazetteer().Territory(p.Territory)
	if v.Indicator == nil {
		v.PublishedText, v.ComputedText = strconv.FormatFloat(p.Value, 'f', -1, 64), "n.d."
		v.Message = fmt.Sprintf("aucun indicateur ne s’appelle «\u00a0%s\u00a0»", p.Indicator)
		return v
	}
	v.PublishedText = wording(v.Indicator, p)
	year := p.Year
	if year == 0 {
		year = r.LastYear()
	}
	c := cut{year, p.Phase}
	if phases[c] == nil {
		phases[c] = slicesOf(r.dataset, c)
	}
	s := phases[c][p.Territory]
	if s == nil || !v.Indicator.Has(p.Territory.Level) || year > r.LastYear() {
		v.ComputedText, v.Message = "n.d.", "l’indicateur n’est pas calculé pour ce territoire ou cette année"
		return v
	}
	v.Computed = v.Indicator.Compute(s, nil)
	_, v.ComputedText = v.Indicator.Format(v.Computed, atlas.Edition{})
	if !v.Computed.Shown() {
		v.Message = "la valeur calculée n’est pas disponible"
		return v
	}
	v.Agreement = Contradicts
	if allows(p, v.Computed.Number) {
		v.Agreement = Agrees
	}
	v.Message = compared(v)
	return v
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

// allows reports whether a computed value is what a published figure says.
func allows(p atlas.PublishedFigure, x float64) bool {
	noise := 1e-9 * math.Max(1, math.Abs(p.Value))
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
	difference := v.Computed.Number - v.Published.Value
	_, gap := v.Indicator.Format(atlas.Count(math.Abs(difference)), atlas.Edition{})
	place := v.Territory.Locative
	if v.Published.Phase != "" {
		place += " (" + string(v.Published.Phase) + ")"
	}
	sentence := fmt.Sprintf("%s, %s\u00a0: publié %s, calculé %s", v.Indicator.Title, place, v.PublishedText, v.ComputedText)
	if v.Agreement == Agrees {
		return sentence
	}
	return sentence + ", écart de " + gap
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
