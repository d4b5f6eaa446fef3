package atlas

// Status says what the absence or presence of a number means.
type Status int

// The statuses of a value. The zero value is Missing: a value nobody computed is
// never taken for 0.
const (
	Missing       Status = iota // « n.d. »: it exists, nobody knows it
	Available                   // computed from the records
	NotApplicable               // « /// »: it has no meaning here
	Secret                      // « s »: withheld
	AsPublished                 // taken from a published figure, not recomputed
)

// String returns the status as column « statut » of the open data writes it.
func (s Status) String() string {
	return [...]string{"non_disponible", "disponible", "sans_objet", "secret", "publie"}[s]
}

// Unit is what a value counts.
type Unit string

// The units, as column « unite » of the open data writes them.
const (
	UnitESSMS    Unit = "ESSMS"
	UnitProjects Unit = "projets"
	UnitFiles    Unit = "dossiers"
	UnitEuro     Unit = "EUR"
	UnitShare    Unit = "part" // a fraction of 1
)

// Value is one computed figure. The same Value is shown on the page, in the
// alternative texts and in every download, formatted once.
type Value struct {
	Number float64 // raw, in the indicator's unit; meaningless unless Shown
	// Numerator and Denominator are those of a ratio, raw; unknown for a count or a sum.
	Numerator, Denominator Quantity
	Status                 Status
	// Unknown is the number of units (projects, ESSMS) left out of both numerator and
	// denominator because they gave no answer.
	Unknown int
	// Lacking lists the codes of the regions of which an optional sheet has no row, for a
	// sum or ratio over France.
	Lacking []string
}

// Shown reports whether the value has a number to show.
func (v Value) Shown() bool { return v.Status == Available || v.Status == AsPublished }

// Count returns an available value that is no ratio.
func Count(n float64) Value { return Value{Number: n, Status: Available} }

// Ratio returns numerator ÷ denominator × scale; missing when either is unknown or the
// denominator is 0. Both are kept for the reader either way.
func Ratio(numerator, denominator Quantity, scale float64) Value {
	v := Value{Numerator: numerator, Denominator: denominator}
	if numerator.Known && denominator.Known && denominator.Amount != 0 {
		v.Number = numerator.Amount / denominator.Amount * scale
		v.Status = Available
	}
	return v
}
