// Package download writes the open data of the atlas: tables whose columns say what they
// hold, in the formats of one list. A table is described once; its CSV, and whatever
// format comes later, follow from the description.
package download

import (
	"strconv"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
)

// Type is the type of a column, in the words of Table Schema.
type Type string

// The types of columns.
const (
	Text    Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Date    Type = "date"
)

// Column describes a column: its name in the files (lower case, no accent), its type and, in
// French, its title in a sheet made for readers, and what it holds. The name of a column of
// amounts ends in _eur, that of a column of fractions of 1 begins with taux_ or part_.
type Column struct {
	Name        string
	Type        Type
	Title       string
	Doc         string
	Constraints Constraints
}

// Cell is one typed cell. The zero value is an empty cell: something missing, or without object.
type Cell struct {
	text   string
	number float64
	date   time.Time
	typ    Type // "" for an empty cell
}

func text[S ~string](s S) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{typ: Text, text: strings.ToValidUTF8(string(s), "\ufffd")}
}

func integer(n int) Cell { return Cell{typ: Integer, number: float64(n)} }

func number(x float64) Cell { return Cell{typ: Number, number: x} }

func date(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{typ: Date, date: t}
}

func quantity(q atlas.Quantity) Cell {
	if !q.Known {
		return Cell{}
	}
	return number(q.Amount)
}

// String writes a cell as open data does: decimal point, ISO date, nothing for what is
// missing. A number keeps every digit that it needs to be read back to the same value.
func (c Cell) String() string {
	switch c.typ {
	case Integer, Number:
		return strconv.FormatFloat(c.number, 'f', -1, 64)
	case Date:
		return c.date.Format(time.DateOnly)
	}
	return c.text
}

// Table is one file of open data, in whatever format.
type Table struct {
	Name  string   // of the file, without extension, ASCII: « projets »
	Title string   // French, without final stop
	Kind  string   // names its schema where several tables have the same columns; empty: Name
	Doc   string   // French: what a row is, and what is left out; one sentence or more
	Key   []string // the columns that tell two rows apart
	// On is the day of the document properties of a workbook, that of the edition; the zero
	// time leaves them without date.
	On      time.Time
	Columns []Column
	Rows    [][]Cell // as many cells as columns
}
