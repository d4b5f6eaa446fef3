package report

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"esms.example/atlas/internal/problem"
)

// mark is what the copy of a sheet says of one of its cells.
type mark struct {
	row, column int // from 1
	severity    problem.Severity
	text        string // of its comment; "" for a colour alone
}

func (m mark) ref() string { return problem.ColumnLetters(m.column) + strconv.Itoa(m.row) }

// worksheet copies the part of a sheet with its marked cells coloured. Marks come by row and
// column, one for each cell.
type worksheet struct {
	*walker
	marks   []mark
	restyle func(style int, s problem.Severity) int // the style of a cell, coloured
	plain   func(style int) int                     // the style of a cell that is not marked; nil when all keep theirs
	legacy  string                                  // what follows the < of the element of the drawing of the comments, "" when the sheet has it
	columns []columnStyle
	prefix  string // of the names of the format
	depth   int
	after   bool // the rows are past
}

// columnStyle is the style of the empty cells of some columns.
type columnStyle struct{ from, to, style int }

// followers are the elements that stand after the drawing of the comments.
var followers = map[string]bool{"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true,
	"webPublishItems": true, "tableParts": true, "extLst": true, "AlternateContent": true}

var errDisorder = errors.New("les lignes ou les cellules d’une feuille ne sont pas dans l’ordre")

func (w *worksheet) copy() error {
	for w.next() {
		t := w.tag
		if t.end {
			w.depth--
		}
		switch {
		case t.name == "sheetView" && !t.end:
			w.write(t.without("tabSelected").raw) // the summary is the only sheet in front
		case t.name == "col" && !t.end:
			w.column(t)
			w.keep()
		case t.name == "sheetData" && !t.end:
			w.data(t)
			continue // its end included
		case w.depth == 1 && !t.end && followers[t.name] && w.after, w.depth == 0 && t.end:
			if w.legacy != "" {
				w.put("<" + w.prefix + w.legacy)
				w.legacy = ""
			}
			w.keep()
		default:
			w.keep()
		}
		if !t.end && !t.empty {
			w.depth++
		}
	}
	if w.err == nil && !w.after {
		return errNoWorkbook
	}
	return w.err
}

func (w *worksheet) column(t tag) {
	style := integer(t.attribute("style"))
	if style > 0 {
		w.columns = append(w.columns, columnStyle{integer(t.attribute("min")), integer(t.attribute("max")), style})
	}
}

func integer(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// data copies the rows.
func (w *worksheet) data(t tag) {
	w.after = true
	w.prefix = t.prefix
	if t.empty {
		w.write(t.opened().raw)
		w.rowsBefore(maxRows+1, t.prefix)
		w.put(t.closing())
		return
	}
	w.keep()
	last := 0
	for w.next() {
		switch t := w.tag; {
		case t.name == "sheetData" && t.end:
			w.rowsBefore(maxRows+1, t.prefix)
			w.keep()
			return
		case t.name == "row" && !t.end:
			number := integer(t.attribute("r"))
			if number == 0 {
				number = last + 1
			}
			if number <= last {
				w.fail(errDisorder)
			}
			last = number
			w.rowsBefore(number, t.prefix)
			w.row(number, t)
		default:
			w.keep()
		}
	}
}

// rowsBefore adds the marked rows before that number, which the sheet lacks.
func (w *worksheet) rowsBefore(number int, prefix string) {
	for len(w.marks) > 0 && w.marks[0].row < number {
		row := w.marks[0].row
		w.put(fmt.Sprintf(`<%srow r="%d">`, prefix, row))
		w.cellsBefore(row, maxColumns+1, 0, prefix)
		w.put("</" + prefix + "row>")
	}
}

// maxColumns is the number of columns of a sheet.
const maxColumns = 16384

// cellsBefore adds the marked cells of a row before that column, which the sheet lacks. They
// take the style of their row, else of their column.
func (w *worksheet) cellsBefore(row, column, style int, prefix string) {
	for len(w.marks) > 0 && w.marks[0].row == row && w.marks[0].column < column {
		m := w.marks[0]
		w.marks = w.marks[1:]
		base := style
		for _, c := range w.columns {
			if base == 0 && c.from <= m.column && m.column <= c.to {
				base = c.style
			}
		}
		w.put(fmt.Sprintf(`<%sc r="%s" s="%d"/>`, prefix, m.ref(), w.restyle(base, m.severity)))
	}
}

// row copies a row whose tag was read.
func (w *worksheet) row(number int, t tag) {
	if w.plain == nil && (len(w.marks) == 0 || w.marks[0].row != number) {
		w.keep()
		if !t.empty {
			w.whole("row")
		}
		return
	}
	style := integer(t.attribute("s"))
	w.write(t.without("spans").opened().raw) // a hint that more cells would belie
	if t.empty {
		w.cellsBefore(number, maxColumns+1, style, t.prefix)
		w.put(t.closing())
		return
	}
	last := 0
	for w.next() {
		switch t := w.tag; {
		case t.name == "row" && t.end:
			w.cellsBefore(number, maxColumns+1, style, t.prefix)
			w.keep()
			return
		case t.name == "c" && !t.end:
			column := columnOf(t.attribute("r"))
			if column == 0 {
				column = last + 1
			}
			if column <= last {
				w.fail(errDisorder)
			}
			last = column
			w.cellsBefore(number, column, style, t.prefix)
			w.cell(number, column, t)
		default:
			w.keep()
		}
	}
}

func (w *worksheet) cell(row, column int, t tag) {
	if len(w.marks) > 0 && w.marks[0].row == row && w.marks[0].column == column {
		w.write(t.with("s", strconv.Itoa(w.restyle(integer(t.attribute("s")), w.marks[0].severity))).raw)
		w.marks = w.marks[1:]
	} else if style := integer(t.attribute("s")); w.plain != nil && w.plain(style) != style {
		w.write(t.with("s", strconv.Itoa(w.plain(style))).raw)
	} else {
		w.keep()
	}
	if !t.empty {
		w.whole("c")
	}
}

// whole copies up to the end of the element just opened.
func (w *walker) whole(name string) {
	for w.next() {
		w.keep()
		if w.tag.end && w.tag.name == name {
			return
		}
	}
}

// columnOf returns the column of a reference, 0 when there is none.
func columnOf(ref string) int {
	n := 0
	for _, r := range strings.ToUpper(ref) {
		if r < 'A' || r > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	return n
}

// selectNone copies a part with no tab selected, that of a sheet without marks.
func selectNone(in io.Reader, out io.Writer) error {
	w := newWalker(in, out)
	for w.next() {
		if t := w.tag; t.name == "sheetView" && !t.end {
			w.write(t.without("tabSelected").raw)
			continue
		}
		w.keep()
		if w.tag.name == "sheetData" {
			break
		}
	}
	if w.err != nil {
		return w.err
	}
	_, err := io.Copy(out, w.in) // nothing more to look at
	return err
}
