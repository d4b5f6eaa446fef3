package indicator

import (
	"math"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Growth is the change between two counts or amounts, in whole per cent of the former one:
// « +50 % », « −3 % », « 0 % ». It is computed on raw values, like every figure; it is "" when either
// is not shown or the former one is not above 0.
func Growth(former, now atlas.Value) string {
	if !former.Shown() || !now.Shown() || former.Number <= 0 {
		return ""
	}
	change := now.Number/former.Number - 1
	text := french.Percent(change, 0)
	if math.Round(100*change) > 0 {
		return "+" + text
	}
	return text
}

// smallestBase is the number under which a growth in percent says nothing: of 12 ESSMS, 6 more are
// half as many again.
const smallestBase = 50

// Measurable reports whether a growth from a count or an amount may be said in percent.
func Measurable(former atlas.Value) bool { return former.Shown() && former.Number >= smallestBase }
