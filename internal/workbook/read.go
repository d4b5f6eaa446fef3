package workbook

import (
	"context"
	"errors"
	"path"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Record is a row of a sheet, read.
type Record[T any] struct {
	Value  T
	Origin atlas.Origin
	layout *Layout
	told   uint64 // by column of the sheet: its cell has a problem, reported
	faults uint64 // by column of the sheet: its cell has an error, reported
}

// Report reports a problem on the cell of a column. A cell that has a problem already gets no
// other but an error.
func (r *Record[T]) Report(problems *problem.List, header string, code problem.Code, value, message, remedy string) {
	p := problem.Problem{Code: code, Place: r.Place(header), Value: value, Message: message, Remedy: remedy}
	if severity, _ := problem.SeverityOf(code); severity < problem.Error && r.told&bit(p.Place.Column) != 0 {
		return
	}
	r.told |= bit(p.Place.Column)
	problems.Add(p)
}

// Faulty tells whether a cell of one of these columns has an error, reported already; without
// columns, whether any cell of the row has.
func (r *Record[T]) Faulty(headers ...string) bool {
	if len(headers) == 0 {
		return r.faults != 0
	}
	return slices.ContainsFunc(headers, func(h string) bool { return r.faults&bit(r.Place(h).Column) != 0 })
}

// bit is the mark of a column counted from 1; columns beyond the 63rd share the last one.
func bit(column int) uint64 { return 1 << min(column, 63) }

// Place returns the place of one column of the record.
func (r *Record[T]) Place(header string) problem.Place { return r.layout.Place(r.Origin.Row, header) }

// Has reports whether the sheet of the record has that column.
func (r *Record[T]) Has(header string) bool { return r.layout.Has(header) }

// Read reads the rows of a sheet, in their order. Faults are reported; a row with a faulty cell is
// returned with what could be read. Empty rows, title rows above the header and headers repeated
// among the data are skipped.
func Read[T any](b *Book, sheet string, columns []Column[T], problems *problem.List) []Record[T] {
	records, _ := ReadContext(context.Background(), b, sheet, columns, problems)
	return records
}

// ReadContext reads as Read does, until the context is done: it returns the error of the context
// then, and no other.
func ReadContext[T any](ctx context.Context, b *Book, sheet string, columns []Column[T], problems *problem.List) ([]Record[T], error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := reader[T]{book: b, sheet: sheet, columns: columns, problems: problems}
	err := b.rows(ctx, sheet, r.visit)
	if err == nil {
		r.settle()
		r.reportHabits()
	}
	switch place := (problem.Place{File: b.name, Sheet: sheet}); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errTooLarge):
		problems.Add(problem.Problem{Code: CodeTooLarge, Place: place, Message: errTooLarge.Error(), Remedy: lighten})
	case err != nil:
		problems.Add(problem.Problem{Code: CodeUnreadable, Place: place,
			Message: "la feuille est abîmée et n’a pas pu être lue jusqu’au bout" + detail(err), Remedy: resave})
	}
	return r.records, nil
}

type reader[T any] struct {
	book     *Book
	sheet    string
	columns  []Column[T]
	problems *problem.List
	waiting  []row // the first rows, until the header is known
	settled  bool
	layout   *Layout // nil: the header will not do
	records  []Record[T]
	habits   habits
}

// visit takes the next row; it returns false when the rest need not be read.
func (r *reader[T]) visit(current row) bool {
	if !r.settled {
		r.waiting = append(r.waiting, current.clone())
		if len(r.waiting) < headerSearch {
			return true
		}
		r.settle()
		return r.layout != nil
	}
	r.record(current)
	return true
}

// settle chooses the header among the rows waiting and reads the others.
func (r *reader[T]) settle() {
	if r.settled {
		return
	}
	r.settled = true
	if len(r.waiting) == 0 {
		r.reportEmpty()
		return
	}
	at := headerAt(r.waiting, r.columns)
	if r.layout = arrange(r.book, r.sheet, r.waiting[at], r.columns, r.problems); r.layout == nil {
		return
	}
	for _, w := range r.waiting[at+1:] {
		r.record(w)
	}
	r.waiting = nil
}

func (r *reader[T]) reportEmpty() {
	place := problem.Place{File: r.book.name, Sheet: r.sheet}
	for _, c := range r.columns {
		if c.Required {
			r.problems.Add(problem.Problem{Code: CodeMissingColumn, Place: place,
				Message: "la feuille est vide" + french.NBSP + ": la colonne " + quote(c.Header) + " manque", Remedy: "remplir la feuille, ou la supprimer si elle est facultative"})
			return
		}
	}
	r.problems.Add(problem.Problem{Code: CodeEmptySheet, Place: place, Message: "la feuille est vide"})
}

func (r *reader[T]) record(current row) {
	r.habits.pass(current.number)
	if r.layout.repeats(current) {
		r.problems.Add(problem.Problem{Code: CodeRepeatedHeader,
			Place:   problem.Place{File: r.book.name, Sheet: r.sheet, Row: current.number},
			Message: "la ligne répète les en-têtes" + french.NBSP + ": elle n’est pas lue", Remedy: "supprimer la ligne"})
		return
	}
	rec := Record[T]{layout: r.layout, Origin: atlas.Origin{File: path.Base(r.book.name), Sheet: r.sheet, Row: current.number}}
	anything := false
	var empty []int
	for i, c := range r.columns {
		at, ok := r.layout.index[c.Header]
		if !ok {
			continue
		}
		cell := Cell{place: r.layout.Place(current.number, c.Header)}
		raw := current.at(at)
		if cell.read(raw, c.Kind, c.Choices, r.book.date1904) {
			c.Set(&rec.Value, &cell)
		} else if !cell.failed && c.CellRequired {
			empty = append(empty, i)
		}
		if cell.settle(r.problems) {
			rec.told |= bit(cell.place.Column)
		}
		if cell.dated && r.book.date1904 {
			r.habits.since1904.note(cell.place)
		}
		anything = anything || cell.failed || cell.raw != ""
		if cell.failed {
			rec.faults |= bit(cell.place.Column)
		}
	}
	if !anything {
		return // what the row holds stands in columns that are not read
	}
	for _, i := range empty {
		column := bit(r.layout.Place(0, r.columns[i].Header).Column)
		rec.faults |= column
		rec.told |= column
		r.problems.Add(problem.Problem{Code: CodeEmptyCell, Place: r.layout.Place(current.number, r.columns[i].Header),
			Message: "la cellule est vide alors que " + quote(r.columns[i].Header) + " est obligatoire", Remedy: fill(r.columns[i].Doc)})
	}
	if current.hidden {
		r.habits.hidden.note(problem.Place{File: r.book.name, Sheet: r.sheet, Row: current.number})
	}
	r.records = append(r.records, rec)
}

func fill(doc string) string {
	if doc == "" {
		return "remplir la cellule"
	}
	return "remplir la cellule" + french.NBSP + ": " + doc
}
