package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

const (
	signature = "Contrôle de l’atlas ESMS numérique" // author of workbooks and comments
	maxRows   = 1 << 20                              // of a sheet, as Excel bounds it
	maxText   = 32767                                // UTF-16 units of a cell, as Excel bounds it
)

// bookColumns are the columns of the problems in controle.xlsx.
var bookColumns = []struct {
	title string
	width float64
	value func(problem.Problem) any
}{
	{"Gravité", 15, func(p problem.Problem) any { return p.Severity.String() }},
	{"Fichier", 26, func(p problem.Problem) any { return clean(p.Place.File) }},
	{"Feuille", 18, func(p problem.Problem) any { return clean(p.Place.Sheet) }},
	{"Cellule", 12, func(p problem.Problem) any { return p.Place.Cell() }},
	{"Ligne", 9, func(p problem.Problem) any { return number(p.Place.Row) }},
	{"Colonne", 9, func(p problem.Problem) any { return problem.ColumnLetters(p.Place.Column) }},
	{"Valeur", 26, func(p problem.Problem) any { return clean(p.Value) }},
	{"Message", 70, func(p problem.Problem) any { return clean(p.Message) }},
	{"Que faire", 70, func(p problem.Problem) any { return clean(p.Remedy) }},
	{"Code", 24, func(p problem.Problem) any { return string(p.Code) }},
}

// number is a number that exists from 1.
func number(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// writeBook writes the problems as a workbook: a row each, typed, streamed; a second sheet counts them.
// What comes from a cell is a text, whatever it begins with.
func writeBook(w io.Writer, in Input) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := fillBook(f, in); err != nil {
		return err
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		return err
	}
	book, err := workbook.Repack(out.Bytes(), time.Time{}, workbook.SortTypes)
	if err != nil {
		return err
	}
	_, err = w.Write(book)
	return err
}

func fillBook(f *excelize.File, in Input) error {
	const problems, tally = "Problèmes", "Synthèse"
	if err := f.SetSheetName("Sheet1", problems); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: "Contrôle des classeurs", Creator: signature, LastModifiedBy: signature, Language: "fr-FR"}); err != nil {
		return err
	}
	if _, err := f.NewSheet(tally); err != nil {
		return err
	}
	styles, err := newBookStyles(f)
	if err != nil {
		return err
	}
	if err := fillProblems(f, problems, in.Problems, styles); err != nil {
		return err
	}
	return fillTally(f, tally, in, styles)
}

// bookStyles are the numbers of the styles of controle.xlsx.
type bookStyles struct {
	head, text, number int
	severity           [len(severities)]int // in the order of severities
}

func newBookStyles(f *excelize.File) (s bookStyles, err error) {
	style := func(into *int, look *excelize.Style) {
		if err == nil {
			*into, err = f.NewStyle(look)
		}
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	style(&s.head, &excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EDF3"}}})
	style(&s.text, &excelize.Style{NumFmt: 49, Alignment: top}) // a text stays one when its cell is edited
	style(&s.number, &excelize.Style{NumFmt: 1, Alignment: &excelize.Alignment{Vertical: "top"}})
	for i, severity := range severities {
		style(&s.severity[i], &excelize.Style{NumFmt: 49, Alignment: top,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{tints[severity]}}})
	}
	return s, err
}

// tints are the colours of the severities, light enough for dark text: 7:1 and more. They are
// near the usual ones and nobody else's: a copy that comes back is known by them.
var tints = map[problem.Severity]string{problem.Error: "FFC6CD", problem.Warning: "FFE598", problem.Information: "DCEAF6"}

func fillProblems(f *excelize.File, sheet string, problems []problem.Problem, styles bookStyles) error {
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(bookColumns))
	for i, c := range bookColumns {
		head[i] = excelize.Cell{StyleID: styles.head, Value: c.title}
		if err := s.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := s.SetRow("A1", head); err != nil {
		return err
	}
	row := make([]any, len(bookColumns))
	rows := min(len(problems), maxRows-1)
	for n, p := range problems[:rows] {
		for i, c := range bookColumns {
			v := c.value(p)
			style := styles.text
			switch {
			case i == 0:
				style = styles.severity[problem.Error-p.Severity]
			case c.title == "Ligne":
				style = styles.number
			}
			row[i] = excelize.Cell{StyleID: style, Value: v}
		}
		if err := s.SetRow(fmt.Sprintf("A%d", n+2), row); err != nil {
			return err
		}
	}
	if rows > 0 {
		last := problem.ColumnLetters(len(bookColumns))
		if err := s.AddTable(&excelize.Table{Range: fmt.Sprintf("A1:%s%d", last, rows+1), Name: "problemes"}); err != nil {
			return err
		}
	}
	return s.Flush()
}

// fillTally counts the problems by code, file and sheet.
func fillTally(f *excelize.File, sheet string, in Input, styles bookStyles) error {
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, width := range []float64{14, 60, 12, 16, 14, 10} {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := []any{}
	for _, title := range []string{"Par", "Nom", "Erreurs", "Avertissements", "Informations", "Total"} {
		head = append(head, excelize.Cell{StyleID: styles.head, Value: title})
	}
	if err := s.SetRow("A1", head); err != nil {
		return err
	}
	row := 1
	put := func(by, name string, c counts) error {
		row++
		cells := []any{excelize.Cell{StyleID: styles.text, Value: by}, excelize.Cell{StyleID: styles.text, Value: clean(name)}}
		for _, n := range append(c[:], c.Total()) {
			cells = append(cells, excelize.Cell{StyleID: styles.number, Value: n})
		}
		return s.SetRow(fmt.Sprintf("A%d", row), cells)
	}
	all := summarise(in.Problems)
	if err := put("tout", "", all.Counts); err != nil {
		return err
	}
	if left := len(in.Problems) - (maxRows - 1); left > 0 {
		if err := put("tout", "(une feuille ne tient pas plus de lignes\u00a0: il en manque "+french.Integer(float64(left))+", à lire dans "+TableFile+")", counts{}); err != nil {
			return err
		}
	}
	for _, g := range all.Groups {
		name := in.kind(g.Code).Title
		if name != string(g.Code) {
			name += " (" + string(g.Code) + ")"
		}
		if err := put("code", name, g.Counts); err != nil {
			return err
		}
	}
	for _, l := range all.Files {
		if err := put("fichier", l.Label, l.Counts); err != nil {
			return err
		}
	}
	for _, l := range all.Sheets {
		if err := put("feuille", l.Label, l.Counts); err != nil {
			return err
		}
	}
	return s.Flush()
}

// clean makes a text that a workbook can hold: no character that XML refuses, and no more of
// them than a cell takes, an ellipsis marking what was cut.
func clean(s string) string { return cut(lawful(s), maxText) }

// lawful replaces what XML refuses by the mark of a lost character.
func lawful(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// cut shortens a text to that many UTF-16 units, an ellipsis included.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	units, end := 0, 0
	for i, r := range s {
		if units < most {
			end = i // an ellipsis still fits here
		}
		if units += utf16.RuneLen(r); units > most {
			return s[:end] + "…"
		}
	}
	return s
}
