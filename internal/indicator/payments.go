package indicator

import (
	"math"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Payment says how much of its subsidy a project was paid. Half is due at signature, the other
// half when the targets of use are met.
type Payment int

// The states of payment.
const (
	PaidUnknown Payment = iota // no amount in sheet Projets
	PaidNothing
	PaidPart    // more than nothing, less than half
	PaidHalf    // half: the first payment
	PaidBeyond  // more than half, less than all
	PaidInFull  // all
	paymentKind // how many there are
)

var paymentLabels = [paymentKind]string{
	PaidUnknown: "montant versé non renseigné", PaidNothing: "aucun versement", PaidPart: "moins de la moitié",
	PaidHalf: "la moitié (premier versement)", PaidBeyond: "plus de la moitié", PaidInFull: "la totalité (les deux versements)",
}

// Label names the state in French.
func (p Payment) Label() string { return paymentLabels[p] }

// paymentOf returns the state of a project, to the euro.
func paymentOf(p *atlas.Project) Payment {
	half := p.Subsidy / 2
	switch {
	case !p.Paid.Known:
		return PaidUnknown
	case p.Paid.Amount < 0.5:
		return PaidNothing
	case p.Paid.Amount > p.Subsidy-1:
		return PaidInFull
	case math.Abs(p.Paid.Amount-half) <= 1:
		return PaidHalf
	case p.Paid.Amount < half:
		return PaidPart
	}
	return PaidBeyond
}

// PaymentCount is the regional projects in one state of payment, by whether their rate of active files
// reaches the target.
type PaymentCount struct {
	Payment                    Payment
	Projects                   int
	Reached, Below, Unanswered int     // that reach the target, that do not, whose rate is unknown
	Granted, Paid              float64 // euros; Paid is 0 for PaidUnknown
}

// Payments counts the regional projects by state of payment, from nothing to all, those without
// amount last; states without project are left out.
func (s *Slice) Payments() []PaymentCount {
	var counts [paymentKind]PaymentCount
	for _, p := range s.Regional {
		c := &counts[paymentOf(p)]
		c.Projects++
		c.Granted += p.Subsidy
		c.Paid += p.Paid.Amount
		switch activeFilesReached(s, p) {
		case atlas.Yes:
			c.Reached++
		case atlas.No:
			c.Below++
		default:
			c.Unanswered++
		}
	}
	var out []PaymentCount
	for _, state := range []Payment{PaidNothing, PaidPart, PaidHalf, PaidBeyond, PaidInFull, PaidUnknown} {
		if c := counts[state]; c.Projects > 0 {
			c.Payment = state
			out = append(out, c)
		}
	}
	return out
}

// ActiveFilesTarget is the share of active files on which the second payment depends, as it is
// written: « 90 % ».
func ActiveFilesTarget() string { return french.Percent(activeFilesTarget, 0) }

// UnderMinimum lists the regional projects that gather fewer financed ESSMS than the minimum of the region that
// finances them, in the order of the dataset.
func (s *Slice) UnderMinimum() []*atlas.Project {
	var out []*atlas.Project
	for _, p := range s.Regional {
		if underMinimum(s, p) == atlas.Yes {
			out = append(out, p)
		}
	}
	return out
}
