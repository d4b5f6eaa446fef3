package indicator

import (
	"math"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Format writes a value for the readers of an edition, rounded once: text for a column
// whose header says the unit, phrase for anywhere else. It is the only place where a
// figure becomes words.
func (ind *Indicator) Format(v atlas.Value, e atlas.Edition) (text, phrase string) {
	switch v.Status {
	case atlas.Missing:
		return "n.d.", "non disponible"
	case atlas.NotApplicable:
		return "///", "sans objet"
	case atlas.Secret:
		return "s", "couvert par le secret statistique"
	}
	d := ind.Display
	decimals := d.Decimals
	step := e.Rounding[string(ind.ID)].StepFor(v.Number)
	if step > 0 {
		decimals = decimalsOf(step / d.Scale)
	}
	shown := clear(atlas.RoundTo(v.Number, step) / d.Scale)
	text = french.Number(shown, decimals)
	if d.Suffix != "" {
		return text, text + french.NBSP + d.Suffix
	}
	// The noun agrees with the number as it is shown, not as it is.
	agreeing := atlas.RoundTo(shown, math.Pow10(-decimals))
	return text, text + french.NBSP + french.Plural(agreeing, d.Singular, d.Plural)
}

// Step returns the step to which Format rounds x: that of the edition, else the last decimal of the indicator; both
// in the unit of the indicator, not of its display.
func (ind *Indicator) Step(x float64, e atlas.Edition) float64 {
	if step := e.Rounding[string(ind.ID)].StepFor(x); step > 0 {
		return step
	}
	return ind.Display.Scale * math.Pow10(-ind.Display.Decimals)
}

// Displayed returns the number that Format writes, in the unit of the indicator.
func (ind *Indicator) Displayed(x float64, e atlas.Edition) float64 {
	return atlas.RoundTo(x, ind.Step(x, e))
}

// clear removes the binary noise of a division: 0.57 ÷ 0.01 is 57, not 56.99999999999999.
func clear(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 14, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// decimalsOf returns how many decimals a multiple of step needs, 6 at most.
func decimalsOf(step float64) int {
	for n := range 6 {
		if s := step * math.Pow10(n); math.Abs(s-math.Round(s)) < 1e-6*math.Max(1, s) {
			return n
		}
	}
	return 6
}

// Reading is the sentence that reads the value of a row aloud, without its date: « En
// Bretagne, le programme finance 980 ESSMS. » It says so when there is no value.
func (ind *Indicator) Reading(r Row) string {
	place := french.Capitalize(r.Territory.Locative)
	if !r.Value.Shown() {
		return place + ", cette donnée est " + notShown[r.Value.Status] + "."
	}
	return strings.NewReplacer("{lieu}", place, "{valeur}", r.Phrase).Replace(ind.Sentence)
}

var notShown = map[atlas.Status]string{
	atlas.Missing:       "non disponible",
	atlas.NotApplicable: "sans objet",
	atlas.Secret:        "couverte par le secret statistique",
}
