package indicator

import (
	"math"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Amount writes euros as they are said: « 16,7 M€ », « 630 M€ », « 300 000 € »; an amount that
// no tenth of a million tells exactly is rounded to the tenth.
func Amount(x float64) string {
	if math.Abs(x) < 1e6 {
		return euros(x)
	}
	millions := clear(atlas.RoundTo(x/1e6, 0.1))
	return french.Number(millions, min(decimalsOf(millions), 1)) + french.NBSP + "M€"
}

// Share is a ratio written once for readers: « 45,3 % », « n.d. » where it cannot be known.
type Share struct {
	Value        atlas.Value
	Text, Phrase string // without and with its sign, as of a Row
}

// shareOf is part over whole.
func shareOf(part, whole atlas.Quantity) Share {
	v := atlas.Ratio(part, whole, 1)
	text, phrase := ByID("taux_selection").Format(v, atlas.Edition{})
	return Share{v, text, phrase}
}
