package demo

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/workbook"
)

// format is how a column of a written sheet shows its cells.
type format int

const (
	plain format = iota // texts, codes included: a leading zero stays
	day
	euros
	integer
	percent
	year
	anyNumber
	formats
)

// column is a column of a written sheet: nil cells are left empty.
type column[T any] struct {
	header string
	width  float64
	format format
	value  func(T) any
}

// sheet is a named sheet ready to be written.
type sheet struct {
	name    string
	headers []string
	widths  []float64
	formats []format
	rows    [][]any
}

// newSheet lays records out in columns, in the order of the column table of package dataset.
func newSheet[T any](name string, columns []column[T], records []T) sheet {
	s := sheet{name: name}
	columns = inOrder(name, columns)
	for _, c := range columns {
		s.headers = append(s.headers, c.header)
		s.widths = append(s.widths, c.width)
		s.formats = append(s.formats, c.format)
	}
	for _, record := range records {
		row := make([]any, len(columns))
		for i, c := range columns {
			row[i] = c.value(record)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// inOrder sorts columns as the column table of package dataset does. It panics when the
// table knows no such sheet or column: the two packages have come apart.
func inOrder[T any](name string, columns []column[T]) []column[T] {
	rank := map[string]int{}
	for _, d := range dataset.Sheets() {
		if d.Name == name {
			for i, c := range d.Columns {
				for _, header := range append(c.Aliases, c.Header) {
					rank[header] = i
				}
			}
		}
	}
	for _, c := range columns {
		if _, ok := rank[c.header]; !ok {
			panic("demo: no column " + c.header + " in sheet " + name)
		}
	}
	return slices.SortedStableFunc(slices.Values(columns), func(a, b column[T]) int { return cmp.Compare(rank[a.header], rank[b.header]) })
}

// properties are the document properties of a workbook.
type properties struct {
	title, description string
	on                 time.Time // creation and last change: a fixed day, so that bytes repeat
}

// encode writes sheets as a workbook: bold frozen header in row 1, column widths, a filter,
// dates, amounts and shares as typed cells, codes as text. The same sheets give the same bytes.
func encode(p properties, sheets []sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := describe(f, p); err != nil {
		return nil, err
	}
	styles, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err == nil {
			err = s.write(f, styles)
		}
		if err != nil {
			return nil, fmt.Errorf("feuille %s : %w", s.name, err)
		}
	}
	f.SetActiveSheet(0)
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		return nil, err
	}
	return workbook.Repack(out.Bytes(), p.on)
}

func describe(f *excelize.File, p properties) error {
	on := p.on.Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: p.title, Description: p.description, Subject: "Données de démonstration, inventées",
		Creator: "Atlas ESMS numérique", LastModifiedBy: "Atlas ESMS numérique", Keywords: "ESMS numérique, démonstration, fictif",
		Category: "Démonstration", Language: "fr-FR", Created: on, Modified: on}); err != nil {
		return err
	}
	return f.SetAppProps(&excelize.AppProperties{Application: "atlas demo", Company: "Atlas ESMS numérique (démonstration)"})
}

// styles holds the style of each format, and of the header.
type styles struct {
	header int
	cells  [formats]int
}

func newStyles(file *excelize.File) (styles, error) {
	var s styles
	const text, grouped, number = 49, 3, 1 // formats built into every office program
	date, money, share := "dd/mm/yyyy", `#,##0\ "€"`, "0 %"
	for f, style := range [formats]excelize.Style{plain: {NumFmt: text}, day: {CustomNumFmt: &date}, euros: {CustomNumFmt: &money},
		integer: {NumFmt: grouped}, percent: {CustomNumFmt: &share}, year: {NumFmt: number}, anyNumber: {}} {
		id, err := file.NewStyle(&style)
		if err != nil {
			return s, err
		}
		s.cells[f] = id
	}
	var err error
	s.header, err = file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EDF3"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Color: "5B6B7D", Style: 1}},
	})
	return s, err
}

func (s sheet) write(f *excelize.File, styles styles) error {
	last, err := excelize.CoordinatesToCellName(len(s.headers), len(s.rows)+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(s.name, "A1:"+last, nil); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, width := range s.widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}}}); err != nil {
		return err
	}
	header := make([]any, len(s.headers))
	for i, h := range s.headers {
		header[i] = excelize.Cell{StyleID: styles.header, Value: h}
	}
	if err := w.SetRow("A1", header, excelize.RowOpts{Height: 32}); err != nil {
		return err
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for j, v := range row {
			if v != nil {
				cells[j] = excelize.Cell{StyleID: styles.cells[s.formats[j]], Value: v}
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}
