package indicator

import (
	"cmp"
	"slices"

	"esms.example/atlas/internal/atlas"
)

// CreditYear is the envelope of a year beside what was committed that year.
type CreditYear struct {
	Year     int
	Envelope atlas.Quantity // euros; unknown where sheet Enveloppes has no row
	// Committed is the subsidies of the regional projects decided that year, in euros; over
	// France, where some regions have an envelope for the year, those of these regions alone.
	Committed float64
	Share     Share // committed ÷ envelope; missing without envelope
	// EnvelopeText and CommittedText are those amounts for readers: « 10,3 M€ ».
	EnvelopeText, CommittedText string
	Lacking                     []string // over France, the codes of the regions without envelope that year, where others have one
}

// CreditYears compares envelopes and commitments year by year, from the first year that has
// either to the last; none without sheet Enveloppes.
func (s *Slice) CreditYears() []CreditYear {
	if len(s.Envelopes) == 0 {
		return nil
	}
	years := map[int]*CreditYear{}
	at := func(y int) *CreditYear {
		if years[y] == nil {
			years[y] = &CreditYear{Year: y}
		}
		return years[y]
	}
	given := map[int][]atlas.Envelope{}
	for _, e := range s.Envelopes {
		y := at(e.Year)
		y.Envelope = atlas.Known(y.Envelope.Amount + e.Amount)
		given[e.Year] = append(given[e.Year], e)
	}
	for _, p := range s.Regional {
		y := p.DecidedOn.Year()
		open := slices.ContainsFunc(given[y], func(e atlas.Envelope) bool { return e.Region == p.Regions[0] })
		if row := at(y); open || len(given[y]) == 0 {
			row.Committed += p.Subsidy
		}
	}
	var out []CreditYear
	for _, y := range years {
		y.Lacking = lacking(s, given[y.Year], envelopeRegion)
		y.Share = shareOf(atlas.Known(y.Committed), y.Envelope)
		y.CommittedText, y.EnvelopeText = Amount(y.Committed), "n.d."
		if y.Envelope.Known {
			y.EnvelopeText = Amount(y.Envelope.Amount)
		}
		out = append(out, *y)
	}
	sortBy(out, func(y CreditYear) int { return y.Year })
	return out
}

// sortBy orders values by a number.
func sortBy[T any](list []T, of func(T) int) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(of(a), of(b)) })
}
