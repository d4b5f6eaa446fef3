package report

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// rowsPerTable is how many problems stand in one table of the page: browsers lay out one
// table at a time.
const rowsPerTable = 500

// openUpTo is the number of problems of a code that the page shows at once; more are folded.
const openUpTo = 25

// longest is how many characters of a value are shown.
const longest = 300

// page is the model of controle.html.
type page struct {
	summary
	Tally           string
	ByFile, BySheet countTable
	Kinds           []section
}

// countTable shows lines of counts.
type countTable struct {
	Caption, Head string
	Lines         []line
}

// section is the part of the page about one code.
type section struct {
	group
	Kind
	Open   bool
	Tables []table
}

// table is a part of the problems of a code.
type table struct {
	Caption string
	Rows    []problem.Problem
}

// writePage writes the page of the problems: one file that needs nothing else.
func writePage(w io.Writer, in Input) error {
	t, err := template.New(PageFile).Funcs(template.FuncMap{
		"integer": func(n int) string { return french.Integer(float64(n)) },
		"count":   count,
		"shown":   shown,
		"title":   func(c problem.Code) string { return in.kind(c).Title },
	}).ParseFS(in.Templates, PageFile)
	if err != nil {
		return err
	}
	p := page{summary: summarise(in.Problems), Tally: problem.Tally(in.Problems)}
	p.ByFile = countTable{"Problèmes par fichier", "Fichier", p.Files}
	p.BySheet = countTable{"Problèmes par feuille", "Feuille", p.Sheets}
	for _, g := range p.Groups {
		p.Kinds = append(p.Kinds, sectionOf(g, in.kind(g.Code)))
	}
	return t.Execute(w, p)
}

func sectionOf(g group, k Kind) section {
	s := section{group: g, Kind: k, Open: len(g.Problems) <= openUpTo}
	for from := 0; from < len(g.Problems); from += rowsPerTable {
		to := min(from+rowsPerTable, len(g.Problems))
		caption := k.Title
		if len(g.Problems) > rowsPerTable {
			caption += fmt.Sprintf(", %s à %s sur %s", french.Integer(float64(from+1)), french.Integer(float64(to)), french.Integer(float64(len(g.Problems))))
		}
		s.Tables = append(s.Tables, table{caption, g.Problems[from:to]})
	}
	return s
}

// shown makes a text from a cell fit to be looked at: on one line, with a mark where a character
// cannot be seen, and not too long.
func shown(s string) string {
	n := 0
	for i := range s {
		if n++; n > longest {
			s = s[:i] + "…"
			break
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || 0x7f <= r && r < 0xa0 || 0x200b <= r && r <= 0x200f || 0x2028 <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || r == 0xfeff:
			return '\ufffd'
		}
		return r
	}, s)
}
