package narrative

import (
	"math"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// figure is the value of an indicator in a territory, beside that of France.
type figure struct {
	ind          *indicator.Indicator
	row, country indicator.Row
	edition      atlas.Edition
}

func (f figure) shown() bool { return f.row.Value.Shown() }

// zero reports whether the value is known and nothing.
func (f figure) zero() bool { return f.shown() && f.row.Value.Number == 0 }

// number is the value as it is written: rounded by the edition, then by its decimals.
func (f figure) number() float64 { return f.ind.Displayed(f.row.Value.Number, f.edition) }

// word is the value in a sentence: « 980 ESSMS ». A value that rounding brings to nothing is
// « moins de 5 ESSMS ».
func (f figure) word() word {
	text := f.row.Phrase
	if f.number() == 0 && !f.zero() {
		_, phrase := f.ind.Format(atlas.Count(f.ind.Step(f.row.Value.Number, f.edition)), atlas.Edition{})
		return word{"moins de " + phrase, true, f.ind.ID}
	}
	return word{text, f.number()/f.ind.Display.Scale >= 2, f.ind.ID}
}

// national is the value of France in brackets: « 24,2 », « 52,0 % »; empty when it is not
// known of every region.
func (f figure) national() string {
	switch v := f.country.Value; {
	case !v.Shown() || len(v.Lacking) > 0:
		return ""
	case f.ind.Display.Suffix != "":
		return f.country.Phrase
	}
	return f.country.Text
}

// The gaps under which a value is said to be close to the national one: in points for a share,
// relative for another ratio.
const (
	closePoints   = 0.02
	closeRelative = 0.05
	noise         = 1e-9 // of the subtraction: 0.52 − 0.50 is close
)

// near reports whether a ratio is close to that of France.
func (f figure) near() bool {
	gap := f.gap()
	if f.row.Text == f.country.Text {
		return true
	}
	if f.ind.Unit == atlas.UnitShare {
		return gap <= closePoints+noise
	}
	return gap <= closeRelative*math.Abs(f.country.Value.Number)+noise
}

func (f figure) gap() float64 { return math.Abs(f.row.Value.Number - f.country.Value.Number) }

// comparison places a ratio beside that of France: « , au-dessus de la moyenne nationale
// (24,2) »; empty when there is nothing to compare.
func (f figure) comparison() string {
	france := f.national()
	if france == "" || !f.ind.Ratio() || f.row.Territory.ID == atlas.France {
		return ""
	}
	level := "au-dessous de"
	switch {
	case f.near():
		level = "un niveau proche de"
	case f.row.Value.Number > f.country.Value.Number:
		level = "au-dessus de"
	}
	return ", " + level + " la moyenne nationale (" + france + ")"
}

// beside is the value of France in brackets after that of the territory: « (52,0 % en France) ».
func (f figure) beside() string {
	if f.national() == "" || f.row.Territory.ID == atlas.France {
		return ""
	}
	return " (" + f.national() + " en France)"
}

// units are the numerator and denominator of a share of things that are counted, and whether
// they are few enough to be said as such. The last is false when the edition rounds the share,
// or the number of things that it is taken over, by the indicators named.
func (f figure) units(over ...indicator.ID) (yes, all int, few bool) {
	v := f.row.Value
	if !v.Numerator.Known || !v.Denominator.Known {
		return 0, 0, false
	}
	yes, all = int(v.Numerator.Amount), int(v.Denominator.Amount)
	return yes, all, all < tiny && !f.roundedBy(over...)
}

func (f figure) roundedBy(over ...indicator.ID) bool {
	for _, id := range append(over, f.ind.ID) {
		if len(f.edition.Rounding[string(id)]) > 0 {
			return true
		}
	}
	return false
}
