package indicator

import (
	"slices"

	"esms.example/atlas/internal/atlas"
)

// Row is a line of a Table: one territory, its value, formatted once.
type Row struct {
	Territory atlas.Territory
	Value     atlas.Value
	Text      string // for a column whose header says the unit: « 980 », « 56,3 », « n.d. »
	Phrase    string // for a sentence, a label, an alternative: « 980 ESSMS », « 56,3 % », « non disponible »
	Rank      int    // from 1, highest first, equal raw values sharing a rank; 0 without value
}

// Table is an indicator at one level at the end of one year: what every map, chart,
// page and download of it is drawn from.
type Table struct {
	Indicator *Indicator
	Edition   atlas.Edition
	Level     atlas.Level
	Year      int   // the cumulative year; Edition.DataState.Year() at the data state
	Country   Row   // France; Value is missing where the indicator does not exist for it
	Rows      []Row // in the order of the codes
	Ranked    int   // how many rows have a rank
}

// ByRank returns the rows from the highest value to the lowest, those without value last;
// equal ones in the order of their codes.
func (t Table) ByRank() []Row { return byRank(t.Rows) }

// Row returns the row of a territory, and whether the table has it.
func (t Table) Row(id atlas.TerritoryID) (Row, bool) {
	if id == atlas.France {
		return t.Country, true
	}
	for _, r := range t.Rows {
		if r.Territory.ID == id {
			return r, true
		}
	}
	return Row{}, false
}

// Within returns the table of departments less the rows outside a region. Ranks stay those among all the
// departments; Ranked counts those of the region.
func (t Table) Within(region atlas.TerritoryID) Table {
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r Row) bool { return r.Territory.Region != region.Code })
	t.Ranked = 0
	for _, r := range t.Rows {
		if r.Rank > 0 {
			t.Ranked++
		}
	}
	return t
}

// UnitLabel returns the unit as the header of a column shows it: « % », « M€ », « ESSMS ».
func (t Table) UnitLabel() string {
	d := t.Indicator.Display
	if d.Suffix != "" {
		return d.Suffix
	}
	return d.Plural
}

// Point is one year of a Series.
type Point struct {
	Year int
	Row  Row
}

// Series is an indicator of one territory over the cumulative years.
type Series struct {
	Indicator *Indicator
	Territory atlas.Territory
	Edition   atlas.Edition // whose data state the last year may stand for
	Points    []Point       // in the order of the years
}
