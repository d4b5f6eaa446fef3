package workbook

import (
	"slices"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Codes of the problems of a header.
const (
	CodeMissingColumn   problem.Code = "colonne-manquante"
	CodeUnknownColumn   problem.Code = "colonne-inconnue"
	CodeNearColumn      problem.Code = "colonne-presque"
	CodeDuplicateColumn problem.Code = "colonne-en-double"
	CodeRepeatedHeader  problem.Code = "en-tete-repete"
	CodeEmptySheet      problem.Code = "feuille-vide"
)

// headerSearch is how many rows that are not empty may be searched for the header.
const headerSearch = 10

// name is what a column may be called: its rank tells the header itself (0) from its aliases.
type name struct{ column, rank int }

// Layout is where the columns of a table stand in one sheet.
type Layout struct {
	File, Sheet string
	index       map[string]int // by header of the table: column from 0
	byColumn    []int          // by column of the sheet: index in the table, or -1
	folded      []string       // by column of the sheet: the header, folded
}

// Place returns the place of a column of the table in a row; that of the whole row when the sheet lacks the column.
func (l *Layout) Place(row int, header string) problem.Place {
	p := problem.Place{File: l.File, Sheet: l.Sheet, Row: row}
	if i, ok := l.index[header]; ok {
		p.Column = i + 1
	}
	return p
}

// Has reports whether the sheet has that column of the table.
func (l *Layout) Has(header string) bool {
	_, ok := l.index[header]
	return ok
}

// spellings returns every name under which the columns of a table are known, folded.
func spellings[T any](columns []Column[T]) map[string]name {
	known := map[string]name{}
	for i, c := range columns {
		for rank, s := range append([]string{c.Header}, c.Aliases...) {
			key := french.Fold(s)
			if old, ok := known[key]; !ok || old.rank > rank {
				known[key] = name{i, rank}
			}
		}
	}
	return known
}

// score counts the columns of a table that a row names.
func score(r row, known map[string]name) int {
	found := map[int]bool{}
	for _, c := range r.cells {
		if n, ok := known[french.Fold(c.text)]; ok {
			found[n.column] = true
		}
	}
	return len(found)
}

// arrange matches the cells of a header with the columns of a table and reports what does
// not match. It returns nil when a required column is missing.
func arrange[T any](b *Book, sheet string, header row, columns []Column[T], problems *problem.List) *Layout {
	l := &Layout{File: b.name, Sheet: sheet, index: map[string]int{}}
	known := spellings(columns)
	best := map[int]int{} // by column of the table: rank of the name found
	var doubles, strangers []int
	for i, c := range header.cells {
		text, _ := Clean(c.text)
		l.byColumn = append(l.byColumn, -1)
		l.folded = append(l.folded, french.Fold(text))
		if l.folded[i] == "" {
			continue
		}
		n, ok := known[l.folded[i]]
		if !ok {
			strangers = append(strangers, i)
			continue
		}
		key := columns[n.column].Header
		old, taken := l.index[key]
		switch {
		case taken && best[n.column] <= n.rank:
			doubles = append(doubles, i)
			continue
		case taken:
			doubles = append(doubles, old)
			l.byColumn[old] = -1
		}
		l.index[key], best[n.column], l.byColumn[i] = i, n.rank, n.column
	}
	report := func(code problem.Code, column int, message, remedy string) {
		p := problem.Place{File: b.name, Sheet: sheet, Row: header.number, Column: column + 1}
		value := ""
		if column >= 0 {
			value, _ = Clean(header.cells[column].text)
		}
		problems.Add(problem.Problem{Code: code, Place: p, Value: value, Message: message, Remedy: remedy})
	}
	for _, i := range doubles {
		kept := columns[known[l.folded[i]].column].Header
		report(CodeDuplicateColumn, i, "la colonne "+quote(clean(header.cells[i].text))+" fait double emploi : elle n’est pas lue",
			"ne garder qu’une colonne "+quote(kept)+french.NBSP+": celle qui est lue est en "+problem.ColumnLetters(l.index[kept]+1))
	}
	complete := true
	for _, c := range columns {
		if c.Required && !l.Has(c.Header) {
			complete = false
			report(CodeMissingColumn, -1, "la colonne "+quote(c.Header)+" manque", missingRemedy(c.Header, c.Aliases, header, strangers))
		}
	}
	for _, i := range strangers {
		code, remedy := strangerRemedy(l, columns, header.cells[i].text)
		report(code, i, "la colonne "+quote(clean(header.cells[i].text))+" est inconnue : elle n’est pas lue", remedy)
	}
	if !complete {
		return nil
	}
	return l
}

func clean(s string) string {
	s, _ = Clean(s)
	return s
}

func missingRemedy(header string, aliases []string, row row, strangers []int) string {
	var candidates []string
	for _, i := range strangers {
		candidates = append(candidates, clean(row.cells[i].text))
	}
	for _, s := range append([]string{header}, aliases...) {
		if near := problem.Nearest(s, candidates, french.Fold); near != "" {
			return "est-ce la colonne " + quote(near) + french.NNBSP + "? Si oui, la renommer " + quote(header)
		}
	}
	return "ajouter la colonne " + quote(header)
}

func strangerRemedy[T any](l *Layout, columns []Column[T], text string) (problem.Code, string) {
	for _, c := range columns {
		if l.Has(c.Header) {
			continue
		}
		if problem.Nearest(text, append([]string{c.Header}, c.Aliases...), french.Fold) != "" {
			return CodeNearColumn, "vouliez-vous dire " + quote(c.Header) + french.NNBSP + "?"
		}
	}
	return CodeUnknownColumn, "la renommer si elle est utile, sinon la laisser"
}

// repeats reports whether a row of data is the header written again.
func (l *Layout) repeats(r row) bool {
	same, filled := 0, 0
	for i, c := range r.cells {
		if strings.TrimSpace(c.text) == "" {
			continue
		}
		filled++
		if i < len(l.folded) && l.byColumn[i] >= 0 && french.Fold(c.text) == l.folded[i] {
			same++
		}
	}
	return same >= 2 && 2*same > filled || same == 1 && filled == 1 && len(l.index) == 1
}

// headerAt returns the index, among the first rows, of the one that names most columns: the
// first one unless another names more.
func headerAt[T any](rows []row, columns []Column[T]) int {
	known := spellings(columns)
	best, most := 0, 0
	for i, r := range rows {
		if n := score(r, known); n > most {
			best, most = i, n
		}
	}
	return best
}

func (r row) clone() row { return row{r.number, slices.Clone(r.cells), r.hidden} }
