// Package problem says what is wrong in an input, where, and how to mend it.
//
// Faults in inputs are Problems: all of them are gathered, sorted by place and shown
// at once, in French. Faults in the world (a full disk, a missing program) are errors.
package problem

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"esms.example/atlas/internal/french"
)

// Severity says what a problem prevents. The zero value is Information.
type Severity int

// The severities, from the lightest.
const (
	Information Severity = iota // worth knowing
	Warning                     // the figure stands, somebody should look
	Error                       // nothing may be published
)

// String returns the severity in French, as reports print it.
func (s Severity) String() string {
	return [...]string{"information", "avertissement", "erreur"}[s]
}

// Code is the stable name of a kind of problem, lower case with hyphens: « cellule-vide ».
type Code string

// Place is where a problem stands. Sheet and cell may be absent.
type Place struct {
	File, Sheet string
	Row, Column int // from 1; 0: the whole sheet, or the whole row
}

// Cell returns the place within the sheet as a spreadsheet shows it: « F12 », « ligne 12 »,
// « colonne F », or "" for the whole sheet.
func (p Place) Cell() string {
	switch {
	case p.Row > 0 && p.Column > 0:
		return ColumnLetters(p.Column) + itoa(p.Row)
	case p.Row > 0:
		return "ligne " + itoa(p.Row)
	case p.Column > 0:
		return "colonne " + ColumnLetters(p.Column)
	}
	return ""
}

// String writes « projets.xlsx › Projets › F12 ».
func (p Place) String() string {
	parts := slices.DeleteFunc([]string{p.File, p.Sheet, p.Cell()}, func(s string) bool { return s == "" })
	return strings.Join(parts, " › ")
}

// Compare orders places by file, sheet, row, column.
func (p Place) Compare(q Place) int {
	return cmp.Or(strings.Compare(p.File, q.File), strings.Compare(p.Sheet, q.Sheet),
		cmp.Compare(p.Row, q.Row), cmp.Compare(p.Column, q.Column))
}

// Problem is one fault of an input. A code of the catalogue has its severity there: whoever
// finds a problem need not say it.
type Problem struct {
	Code     Code
	Severity Severity
	Place    Place
	Value    string // the offending text as read; may be empty
	Message  string // French, no final stop
	Remedy   string // French: what to do; may be empty
}

// longest is how many characters of a value a report shows.
const longest = 80

// Shorten cuts a text to 80 characters, the last of which is « … » then.
func Shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return s
}

// List gathers problems. The zero value is empty and ready; it may be used by several goroutines.
type List struct {
	mu       sync.Mutex
	problems []Problem
}

// Add gathers problems. It gives them the severity that the catalogue has for their code, cuts
// their values to 80 characters, and sets the spaces of French typography in their messages and remedies.
func (l *List) Add(ps ...Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range ps {
		if s, ok := SeverityOf(p.Code); ok {
			p.Severity = s
		}
		p.Value = Shorten(p.Value)
		p.Message, p.Remedy = french.Typeset(p.Message), french.Typeset(p.Remedy)
		l.problems = append(l.problems, p)
	}
}

// Sorted returns the problems by place, then severity (worst first), then code and message.
func (l *List) Sorted() []Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := slices.Clone(l.problems)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Value, b.Value))
	})
	return out
}

// Count returns how many problems of that severity were gathered.
func (l *List) Count(s Severity) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, p := range l.problems {
		if p.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether anything gathered forbids publishing.
func (l *List) HasErrors() bool { return l.Count(Error) > 0 }
