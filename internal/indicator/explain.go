package indicator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Explanation is where one figure comes from, down to the rows of the workbooks.
type Explanation struct {
	Indicator *Indicator
	Edition   atlas.Edition
	Year      int
	Row       Row
	Trace     Trace
}

// Explain recomputes one value and notes the rows it counts. The indicator must exist
// for the territory, and the year be one of Years.
func (r *Results) Explain(ind *Indicator, t atlas.TerritoryID, year int) (Explanation, error) {
	s := r.Slice(t, year)
	switch {
	case s == nil:
		return Explanation{}, fmt.Errorf("ni territoire %s ni année %d dans l’édition %d", t, year, r.Edition().Year)
	case !ind.Has(t.Level):
		return Explanation{}, fmt.Errorf("l’indicateur %s n’existe pas au niveau %s", ind.ID, t.Level)
	}
	e := Explanation{Indicator: ind, Edition: r.Edition(), Year: year, Row: r.Row(ind, t, year)}
	ind.Compute(s, &e.Trace)
	return e, nil
}

// Rows writes the rows of a trace for a reader, one line a sheet: « essms.xlsx › ESSMS ›
// lignes 2–5, 9 ». A row noted twice is written once.
func Rows(origins []atlas.Origin) []string {
	origins = slices.Clone(origins)
	slices.SortFunc(origins, func(a, b atlas.Origin) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
	})
	origins = slices.Compact(origins)
	var lines []string
	for len(origins) > 0 {
		first, n := origins[0], 0
		for n < len(origins) && origins[n].File == first.File && origins[n].Sheet == first.Sheet {
			n++
		}
		lines = append(lines, fmt.Sprintf("%s › %s › %s %s", first.File, first.Sheet,
			french.Plural(float64(n), "ligne", "lignes"), ranges(origins[:n])))
		origins = origins[n:]
	}
	return lines
}

func ranges(sheet []atlas.Origin) string {
	var parts []string
	for i := 0; i < len(sheet); {
		j := i
		for j+1 < len(sheet) && sheet[j+1].Row == sheet[j].Row+1 {
			j++
		}
		switch {
		case j == i:
			parts = append(parts, fmt.Sprint(sheet[i].Row))
		case j == i+1:
			parts = append(parts, fmt.Sprint(sheet[i].Row), fmt.Sprint(sheet[j].Row))
		default:
			parts = append(parts, fmt.Sprintf("%d–%d", sheet[i].Row, sheet[j].Row))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
