package indicator

import (
	"math"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// smallestBase is the number under which a growth in percent says nothing: of 12 ESSMS, 6 more are
// half as many again.
const smallestBase = 50

// Growth is the change between two values of a count or an amount, as the editions was and is write them, in
// whole per cent of the former: « +50 % », « −3 % ». It is that of the raw values, and "" where a reader
// finds another between the values as they are displayed; so it is for a ratio, for a change of less than half a
// per cent, from less than 50 ESSMS, projects or euros, and where either value is not shown.
func (ind *Indicator) Growth(former, now atlas.Value, was, is atlas.Edition) string {
	if ind.Ratio() || !former.Shown() || !now.Shown() {
		return ""
	}
	before, after := ind.Displayed(former.Number, was), ind.Displayed(now.Number, is)
	if before < smallestBase || former.Number <= 0 {
		return ""
	}
	change := now.Number/former.Number - 1
	percent := math.Round(100 * change)
	if percent == 0 || percent != math.Round(100*(after/before-1)) {
		return ""
	}
	text := french.Percent(change, 0)
	if percent > 0 {
		return "+" + text
	}
	return text
}
