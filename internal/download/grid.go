package download

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// gridColumn is a column of a grid.
type gridColumn struct {
	title string
	style style   // of its cells that have none of their own
	width float64 // in characters; 0: as wide as its texts, within reason
}

// gridCell is a cell with a style of its own.
type gridCell struct {
	value any
	style style
}

// grid is a sheet of rows under one frozen header, an Excel table with its filter: what
// people sort, filter and read by machine. A cell is nil, a string, a number, a time.Time or
// a gridCell.
type grid struct {
	sheet   string
	table   string // the name of the Excel table: ASCII letters, unique in the workbook
	frozen  int    // how many columns stay on screen
	columns []gridColumn
	rows    [][]any
	page    page
}

// write adds the sheet of a grid to the workbook.
func (b *book) write(g grid) {
	b.add(g.sheet)
	corner := columnName(len(g.columns)) + "$" + strconv.Itoa(max(len(g.rows), 1)+1)
	b.lay(g.sheet, g.page, "$A$1:$"+corner)
	b.do(func() error { // codes are texts on purpose
		return b.file.AddIgnoredErrors(g.sheet, "A1:"+strings.Replace(corner, "$", "", 1), excelize.IgnoredErrorsNumberStoredAsText)
	})
	b.do(func() error {
		w, err := b.file.NewStreamWriter(g.sheet)
		if err != nil {
			return err
		}
		if err := b.writeGrid(w, g); err != nil {
			return err
		}
		return w.Flush()
	})
}

func (b *book) writeGrid(w *excelize.StreamWriter, g grid) error {
	for i, c := range slices.Backward(g.columns) { // the library puts each column before those set
		if err := w.SetColWidth(i+1, i+1, g.width(i, c)); err != nil {
			return err
		}
	}
	corner := columnName(g.frozen+1) + "2"
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: g.frozen, YSplit: 1, TopLeftCell: corner, ActivePane: activePane(g.frozen),
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: activePane(g.frozen)}}}); err != nil {
		return err
	}
	head := make([]any, len(g.columns))
	for i, c := range g.columns {
		head[i] = excelize.Cell{StyleID: b.style(style{role: g.headRole(i)}), Value: safe(c.title)}
	}
	if err := w.SetRow("A1", head, excelize.RowOpts{Height: 34}); err != nil {
		return err
	}
	for i, row := range g.rows {
		if err := w.SetRow("A"+strconv.Itoa(i+2), b.cells(g, row), excelize.RowOpts{Height: g.height(row)}); err != nil {
			return err
		}
	}
	if b.err != nil {
		return b.err
	}
	stripes := true
	return w.AddTable(&excelize.Table{Range: "A1:" + columnName(len(g.columns)) + strconv.Itoa(len(g.rows)+1),
		Name: g.table, StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
}

// cells are the cells of a row: typed, styled, never a formula. A string is written as an
// inline string, which no program runs.
func (b *book) cells(g grid, row []any) []any {
	out := make([]any, len(row))
	for i, v := range row {
		s := g.columns[i].style
		if cell, ok := v.(gridCell); ok {
			v, s = cell.value, cell.style
		}
		if text, ok := v.(string); ok {
			v = safe(text)
		}
		if v != nil {
			out[i] = excelize.Cell{StyleID: b.style(s), Value: v}
		}
	}
	return out
}

// The widths of columns, in characters.
const (
	narrowest = 9
	widest    = 48
)

// width is wide enough for the longest text of a column, and for the words of its header.
func (g grid) width(i int, c gridColumn) float64 {
	if c.width > 0 {
		return c.width
	}
	longest := narrowest
	for word := range strings.FieldsSeq(c.title) {
		longest = max(longest, utf8.RuneCountInString(word)+3) // the button of the filter
	}
	longest = max(longest, utf8.RuneCountInString(c.title)/2+4) // two lines
	for _, row := range g.rows {
		v := row[i]
		if cell, ok := v.(gridCell); ok {
			v = cell.value
		}
		switch v := v.(type) {
		case string:
			longest = max(longest, utf8.RuneCountInString(v)+2)
		case float64, int:
			longest = max(longest, 13)
		default:
			longest = max(longest, 11)
		}
		if longest >= widest {
			return widest
		}
	}
	return float64(longest)
}

// headRole aligns the header of a column as its first cell.
func (g grid) headRole(i int) role {
	s := g.columns[i].style
	if len(g.rows) > 0 {
		if cell, ok := g.rows[0][i].(gridCell); ok {
			s = cell.style
		}
	}
	if s.role == body && s.format != "" && s.format != textFormat {
		return numberHead
	}
	return columnHead
}

// height is that of a row whose wrapped texts show whole, in points, up to the most that
// Excel allows: not every program finds it by itself.
func (g grid) height(row []any) float64 {
	lines := 1
	for i, v := range row {
		if text, ok := v.(string); ok && g.columns[i].style.role == wrapped {
			lines = max(lines, linesOf(text, g.columns[i].width))
		}
	}
	return min(float64(lines)*rowHeight, 409)
}

// linesOf is how many lines a text takes in a column of that many digits, its letters being
// narrower on average.
func linesOf(text string, width float64) int {
	width = (width - 1) * 1.08 // texts are indented
	lines, used := 1, 0
	for word := range strings.FieldsFuncSeq(text, breaks) {
		n := utf8.RuneCountInString(word)
		if used > 0 && float64(used+n) > width {
			lines, used = lines+1, 0
		}
		lines += int(float64(n) / (width + 1)) // of a word longer than the column
		used += n + 1
	}
	return lines
}

// breaks reports whether a line may break at a character; no-break spaces hold it.
func breaks(r rune) bool { return r == ' ' || r == '\n' }

func activePane(frozenColumns int) string {
	if frozenColumns > 0 {
		return "bottomRight"
	}
	return "bottomLeft"
}

func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic("download: no column " + strconv.Itoa(n))
	}
	return name
}
