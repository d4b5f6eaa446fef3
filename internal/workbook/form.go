package workbook

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Form is a blank workbook to fill in: a guide, the sheets, and the lists that their cells
// choose from.
type Form struct {
	Title     string
	Guide     string   // name of the first sheet, which explains the others
	Steps     []string // what to do, in order, for the guide
	Sheets    []FormSheet
	ListSheet string // name of the last sheet
	Lists     []FormList
}

// FormSheet is a sheet to fill in.
type FormSheet struct {
	Name, Doc string
	Required  bool
	Columns   []FormColumn
}

// FormColumn is a column to fill in. List is the title of the list that its cells choose
// from, "" for none. Open: the list helps, and other values may be written.
type FormColumn struct {
	Description
	List string
	Open Openness
}

// Openness says whether a cell may hold what its list does not.
type Openness int

// The opennesses. The zero value refuses what is not in the list.
const (
	ClosedList Openness = iota
	OpenList
)

// FormList is a column of the sheet of lists.
type FormList struct {
	Title  string
	Values []string
}

// Write makes the workbook: the same form gives the same bytes. It fails only when a column names
// a list that there is not, or when a name is one that a spreadsheet refuses.
func (form Form) Write() ([]byte, error) {
	w := formWriter{form: form, file: excelize.NewFile()}
	defer w.file.Close()
	for _, step := range []func() error{w.makeStyles, w.writeGuide, w.writeSheets, w.writeLists} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("modèle de classeur\u00a0: %w", err)
		}
	}
	err := w.file.SetDocProps(&excelize.DocProperties{Title: form.Title, Language: "fr-FR"})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := w.file.Write(&out); err != nil {
		return nil, err
	}
	return Repack(out.Bytes(), time.Time{}, SortTypes)
}

type formWriter struct {
	form   Form
	file   *excelize.File
	styles map[formStyle]int
}

// formStyle is one of the looks of a form: that of a kind of column is formStyle(kind).
type formStyle int

const (
	styleRequired formStyle = iota + 100 // header of a column that must be filled
	styleOptional
	styleTitle
	styleProse
	styleHead // of a table of the guide or of the lists
	styleBody
)

const (
	ink      = "1F2A44"
	paper    = "FFFFFF"
	pale     = "E8ECF4"
	typeface = "Calibri"
	maxLines = 1_048_576 // rows of a worksheet
)

func (w *formWriter) makeStyles() error {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	bold := func(colour string) *excelize.Font {
		return &excelize.Font{Family: typeface, Size: 11, Bold: true, Color: colour}
	}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	format := func(code string) excelize.Style { return excelize.Style{CustomNumFmt: &code} }
	looks := map[formStyle]excelize.Style{
		styleRequired: {Font: bold(paper), Fill: fill(ink), Alignment: top},
		styleOptional: {Font: bold(ink), Fill: fill(pale), Alignment: top},
		styleTitle:    {Font: &excelize.Font{Family: typeface, Bold: true, Size: 16, Color: ink}},
		styleProse:    {Alignment: top},
		styleHead:     {Font: bold(paper), Fill: fill(ink), Alignment: top},
		styleBody:     {Alignment: top, Border: []excelize.Border{{Type: "bottom", Style: 1, Color: pale}}},

		formStyle(Text): format("@"), formStyle(OneOf): {},
		formStyle(Number): {}, formStyle(Figure): {},
		formStyle(Amount): format(`#,##0.00\ "€"`), formStyle(Count): format("#,##0"),
		formStyle(Year): format("0"), formStyle(Date): format("dd/mm/yyyy"), formStyle(Share): format(`0.0\ %`),
	}
	w.styles = map[formStyle]int{}
	for name := formStyle(0); name <= styleBody; name++ {
		look, ok := looks[name]
		if !ok {
			continue
		}
		id, err := w.file.NewStyle(&look)
		if err != nil {
			return err
		}
		w.styles[name] = id
	}
	return nil
}

func (w *formWriter) writeSheets() error {
	for _, s := range w.form.Sheets {
		if _, err := w.file.NewSheet(s.Name); err != nil {
			return err
		}
		for i, c := range s.Columns {
			if err := w.writeColumn(s, c, problem.ColumnLetters(i+1)); err != nil {
				return fmt.Errorf("colonne %s de %s\u00a0: %w", c.Header, s.Name, err)
			}
		}
		last := problem.ColumnLetters(len(s.Columns))
		err := cmp.Or(
			w.file.SetRowHeight(s.Name, 1, 32),
			w.file.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
			w.file.AutoFilter(s.Name, "A1:"+last+"1", nil),
			w.printed(s.Name, "landscape"))
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *formWriter) writeColumn(s FormSheet, c FormColumn, letters string) error {
	name, head := s.Name, styleOptional
	if c.Required {
		head = styleRequired
	}
	width := min(max(float64(len([]rune(c.Header)))+4, float64(len([]rune(c.Example)))+3, 12), 34)
	err := cmp.Or(
		w.file.SetColWidth(name, letters, letters, width),
		w.file.SetColStyle(name, letters, w.styles[c.style()]),
		w.file.SetCellStr(name, letters+"1", c.Header),
		w.file.SetCellStyle(name, letters+"1", letters+"1", w.styles[head]),
		w.file.AddComment(name, excelize.Comment{Cell: letters + "1", Author: w.form.Title, Width: 300, Height: 150,
			Paragraph: []excelize.RichTextRun{{Text: c.comment()}}}))
	if err != nil {
		return err
	}
	validation, err := w.validation(c, letters)
	if err != nil || validation == nil {
		return err
	}
	return w.file.AddDataValidation(name, validation)
}

// style is the look of the cells of a column: that of its kind, and euros only where its header says so.
func (c FormColumn) style() formStyle {
	if c.Type == Amount && !strings.Contains(c.Header, "€") {
		return formStyle(Number)
	}
	return formStyle(c.Type)
}

// comment says what to write in a column.
func (c FormColumn) comment() string {
	return need(c.Description) + "\n" + french.Capitalize(french.Typeset(c.Doc)) + ".\n\nType" + french.NBSP + ": " + french.Typeset(c.Kind) + ".\nExemple" + french.NBSP + ": " + c.Example
}

// need says how much a column is needed.
func need(d Description) string {
	switch {
	case d.CellRequired:
		return "Obligatoire, à chaque ligne."
	case d.Required:
		return french.Typeset("La colonne doit exister ; une cellule inconnue reste vide.")
	}
	return "Facultative."
}

// validation returns what a spreadsheet accepts in the cells of a column; nil: anything.
func (w *formWriter) validation(c FormColumn, letters string) (*excelize.DataValidation, error) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s2:%s%d", letters, letters, maxLines))
	v.SetError(excelize.DataValidationErrorStyleStop, "Valeur refusée", "Attendu"+french.NBSP+": "+french.Typeset(c.Kind)+".")
	switch {
	case c.List != "":
		source, err := w.listRange(c.List)
		if err != nil {
			return nil, err
		}
		v.SetSqrefDropList(source)
		if c.Open == OpenList {
			v.ShowErrorMessage = false
		}
		return v, nil
	case c.Type == Amount || c.Type == Count:
		return v, v.SetRange(0, 1e12, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case c.Type == Share:
		return v, v.SetRange(0, 1, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case c.Type == Year:
		return v, v.SetRange(2000, 2100, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	case c.Type == Date:
		return v, v.SetRange(36526, 73415, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween) // 2000 to 2100
	}
	return nil, nil
}

// listRange returns the cells of a list.
func (w *formWriter) listRange(title string) (string, error) {
	for i, l := range w.form.Lists {
		if l.Title == title {
			letters := problem.ColumnLetters(i + 1)
			return fmt.Sprintf("%s!$%s$2:$%s$%d", w.form.ListSheet, letters, letters, len(l.Values)+1), nil
		}
	}
	return "", fmt.Errorf("la liste %s n’existe pas", title)
}

func (w *formWriter) writeLists() error {
	sheet := w.form.ListSheet
	if _, err := w.file.NewSheet(sheet); err != nil {
		return err
	}
	for i, l := range w.form.Lists {
		letters := problem.ColumnLetters(i + 1)
		width := len([]rune(l.Title))
		for row, v := range l.Values {
			width = max(width, len([]rune(v)))
			if err := w.file.SetCellStr(sheet, fmt.Sprint(letters, row+2), v); err != nil {
				return err
			}
		}
		err := cmp.Or(
			w.file.SetCellStr(sheet, letters+"1", l.Title),
			w.file.SetCellStyle(sheet, letters+"1", letters+"1", w.styles[styleHead]),
			w.file.SetColWidth(sheet, letters, letters, float64(min(width+3, 44))))
		if err != nil {
			return err
		}
	}
	return cmp.Or(w.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		w.printed(sheet, "landscape"))
}

// printed makes a sheet as wide as a page of A4.
func (w *formWriter) printed(sheet, orientation string) error {
	a4, one, many, fit := 9, 1, 0, true
	return cmp.Or(
		w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}),
		w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}
