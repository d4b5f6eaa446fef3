package workbook

import (
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Kind says how the cells of a column are read.
type Kind int

// The kinds of column.
const (
	Text   Kind = iota // as written; a number keeps its digits, without « .0 »
	Number             // a number
	Amount             // a number of 0 or more
	Count              // a number of 0 or more, normally whole
	Year               // a year of four digits
	Date               // a day
	Share              // a number from 0 to 1, or a text ending in %
	Figure             // a number, or a text ending in %
	OneOf              // a word of a closed list
)

// String describes the kind in French, for the documentation of a column.
func (k Kind) String() string {
	return [...]string{"texte", "nombre", "nombre positif ou nul", "nombre entier positif ou nul", "année", "date",
		"nombre de 0 à 1, ou pourcentage", "nombre", "liste fermée"}[k]
}

// Choice is a word of a closed list and the other ways of writing it.
type Choice struct {
	Value   string
	Aliases []string
}

// Column is a column of a sheet that becomes a T: its name, its parser, its check and its
// documentation.
type Column[T any] struct {
	Header  string   // « N° de projet »
	Aliases []string // other headers, the most likely first
	Doc     string   // French, one sentence: what to write
	Example string
	Kind    Kind
	// Required: the sheet must have the column. CellRequired: every row must fill it.
	Required, CellRequired bool
	Choices                []Choice // of a OneOf column
	// Set stores a cell that was read. It is not called for an empty cell, nor for one
	// that could not be read. It may report more on the cell.
	Set func(*T, *Cell)
}

// Description is what a column says to whoever fills it or reads the data dictionary.
type Description struct {
	Header, Doc, Example, Kind string
	Type                       Kind
	Aliases                    []string
	Required, CellRequired     bool
	Choices                    []string
}

// Describe documents a table of columns, in its order.
func Describe[T any](columns []Column[T]) []Description {
	out := make([]Description, len(columns))
	for i, c := range columns {
		out[i] = Description{Header: c.Header, Doc: c.Doc, Example: c.Example, Kind: c.Kind.String(), Type: c.Kind,
			Aliases: c.Aliases, Required: c.Required, CellRequired: c.CellRequired, Choices: values(c.Choices)}
	}
	return out
}

func values(choices []Choice) []string {
	var out []string
	for _, c := range choices {
		out = append(out, c.Value)
	}
	return out
}

// Choose returns the word of the list that a text stands for, whatever its case, accents
// and punctuation.
func Choose(choices []Choice, text string) (string, bool) {
	key := french.Fold(text)
	if key == "" {
		return "", false
	}
	for _, c := range choices {
		if french.Fold(c.Value) == key {
			return c.Value, true
		}
	}
	for _, c := range choices {
		for _, a := range c.Aliases {
			if french.Fold(a) == key {
				return c.Value, true
			}
		}
	}
	return "", false
}

func quoteList(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, ", ")
}

// quote puts a text between French quotation marks, shortened when it is long.
func quote(s string) string { return "«" + french.NBSP + problem.Shorten(s) + french.NBSP + "»" }
