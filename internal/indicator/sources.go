package indicator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Role is what rows of the workbooks do in a value.
type Role string

// The roles, as the open data writes them. A row of a ratio's numerator is most often also one
// of its denominator.
const (
	CountedRole   Role = "compte"       // of a count or a sum
	NumeratorRole Role = "numerateur"   // of a ratio
	BaseRole      Role = "denominateur" // of a ratio
	UnknownRole   Role = "sans_reponse" // left out of both for want of an answer
)

// Roles lists the roles in the order they are told.
var Roles = []Role{CountedRole, NumeratorRole, BaseRole, UnknownRole}

// Label returns the role in French words: « Lignes du numérateur ».
func (r Role) Label() string {
	return map[Role]string{CountedRole: "Lignes comptées", NumeratorRole: "Lignes du numérateur",
		BaseRole: "Lignes du dénominateur", UnknownRole: "Lignes sans réponse"}[r]
}

// Range is consecutive rows of one sheet, both ends included; 1 is the first row of the sheet.
type Range struct {
	File, Sheet string
	First, Last int
}

// Source is the rows that have one role in a value, each once, by file, sheet and row.
type Source struct {
	Role   Role
	Ranges []Range
	Count  int // of rows
}

// Sources are the rows of the workbooks that a value is made of, by role; a role without row is
// left out.
func (e Explanation) Sources() []Source {
	counted := CountedRole
	if e.Indicator.Ratio() {
		counted = NumeratorRole
	}
	var out []Source
	for _, s := range []struct {
		role Role
		rows []atlas.Origin
	}{{counted, e.Trace.Counted}, {BaseRole, e.Trace.Base}, {UnknownRole, e.Trace.Unknown}} {
		if found := rangesOf(s.rows); found != nil {
			source := Source{Role: s.role, Ranges: found}
			for _, r := range found {
				source.Count += r.Last - r.First + 1
			}
			out = append(out, source)
		}
	}
	return out
}

// rangesOf gathers rows, each once, by file, sheet and row.
func rangesOf(origins []atlas.Origin) []Range {
	type sheet struct{ file, name string }
	rows := map[sheet][]int{}
	for _, o := range origins {
		at := sheet{o.File, o.Sheet}
		rows[at] = append(rows[at], o.Row)
	}
	var out []Range
	for at, list := range rows {
		slices.Sort(list)
		for i := 0; i < len(list); {
			j := i
			for j+1 < len(list) && list[j+1] <= list[j]+1 {
				j++
			}
			out = append(out, Range{at.file, at.name, list[i], list[j]})
			i = j + 1
		}
	}
	slices.SortFunc(out, func(a, b Range) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.First, b.First))
	})
	return out
}

// Lines writes the rows for a reader, one line a sheet: « essms.xlsx › ESSMS › lignes 2–5, 9 ».
// Of each sheet it writes that many ranges at most, and how many rows it leaves out; 0 writes all.
func (s Source) Lines(most int) []string {
	var lines []string
	for list := s.Ranges; len(list) > 0; {
		n, rows := 0, 0
		for n < len(list) && list[n].File == list[0].File && list[n].Sheet == list[0].Sheet {
			rows += list[n].Last - list[n].First + 1
			n++
		}
		written := list[:n]
		if most > 0 && n > most {
			written = list[:most]
		}
		var parts []string
		for _, r := range written {
			parts = append(parts, r.parts()...)
			rows -= r.Last - r.First + 1
		}
		line := fmt.Sprintf("%s › %s › %s %s", list[0].File, list[0].Sheet, lineNoun(written), strings.Join(parts, ", "))
		if rows > 0 {
			line += " et " + french.Count(float64(rows), "autre", "autres")
		}
		lines = append(lines, line)
		list = list[n:]
	}
	return lines
}

func lineNoun(list []Range) string {
	if len(list) == 1 && list[0].First == list[0].Last {
		return "ligne"
	}
	return "lignes"
}

// parts are « 2–5 », or each of two rows alone.
func (r Range) parts() []string {
	switch r.Last - r.First {
	case 0:
		return []string{french.Year(r.First)}
	case 1:
		return []string{french.Year(r.First), french.Year(r.Last)}
	}
	return []string{french.Year(r.First) + "–" + french.Year(r.Last)}
}
