package atlas

import (
	"math"
	"time"
)

// EditionState says how far the figures of an edition may be relied upon.
type EditionState string

// The states of an edition.
const (
	Demonstration EditionState = "demonstration" // invented data: every page says so
	Provisional   EditionState = "provisoire"
	Final         EditionState = "definitif"
)

// Edition is one yearly publication of the atlas.
type Edition struct {
	Year        int       // its directory and its place in URLs
	Title       string    // « Atlas régional ESMS numérique 2023 »
	DataState   time.Time // the day whose state it describes (date_arret), 00:00 UTC
	PublishedOn time.Time // the day it comes out (date_publication), 00:00 UTC
	State       EditionState
	Rounding    map[string]Rounding // by indicator; absent: no rounding beyond the display
	Notes       []string            // sentences printed on the home page
	// PublishedOnly tells that the edition has no record of projects nor ESSMS: its figures are those of
	// sheet « Chiffres publiés », as published.
	PublishedOnly bool
}

// Rounding is the publication rounding of an indicator: steps by size, in ascending
// order of their bounds, the last one without bound. An empty Rounding rounds nothing.
type Rounding []RoundingStep

// RoundingStep rounds values below Below (0: all the others) to a multiple of Step, in
// the unit of the indicator.
type RoundingStep struct{ Below, Step float64 }

// StepFor returns the step that applies to x, 0 when none does.
func (r Rounding) StepFor(x float64) float64 {
	for _, s := range r {
		if s.Below == 0 || math.Abs(x) < s.Below {
			return s.Step
		}
	}
	return 0
}

// Round rounds x to the step for its size, halves away from zero.
func (r Rounding) Round(x float64) float64 { return RoundTo(x, r.StepFor(x)) }

// RoundTo rounds x to the nearest multiple of step, halves away from zero; a step of
// 0 or less leaves x as it is. The quotient is first cleared of binary noise, so that
// 0.285 to the step 0.01 is 0.29.
func RoundTo(x, step float64) float64 {
	if step <= 0 {
		return x
	}
	q := x / step
	q = math.Round(q*1e9) / 1e9
	return math.Round(q) * step
}
