package workbook

import (
	"cmp"
	"fmt"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/french"
)

// guideWidths are the widths of the columns of the guide, in characters.
var guideWidths = [...]int{18, 42, 30, 62, 34}

// lineHeight is the height of a line of text, in points.
const lineHeight = 15

// writeGuide writes the first sheet: what to do, what each sheet is for, what each column expects.
func (w *formWriter) writeGuide() error {
	sheet := w.form.Guide
	if err := w.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	for i, width := range guideWidths {
		letters := string(rune('A' + i))
		if err := w.file.SetColWidth(sheet, letters, letters, float64(width)); err != nil {
			return err
		}
	}
	g := guide{file: w.file, sheet: sheet, styles: w.styles}
	g.line(styleTitle, w.form.Title)
	g.skip()
	for i, step := range w.form.Steps {
		g.prose(fmt.Sprintf("%d. %s", i+1, french.Typeset(step)))
	}
	g.skip()
	g.line(styleHead, "Feuille", "Contenu", "Faut-il la remplir"+french.NNBSP+"?", "", "")
	for _, s := range w.form.Sheets {
		needed := "facultative"
		if s.Required {
			needed = "obligatoire"
		}
		g.line(styleBody, s.Name, french.Capitalize(french.Typeset(s.Doc)), needed, "", "")
	}
	g.skip()
	g.line(styleHead, "Feuille", "Colonne", "Faut-il la remplir"+french.NNBSP+"?", "Ce qu’il faut écrire", "Exemple")
	for _, s := range w.form.Sheets {
		for _, c := range s.Columns {
			g.line(styleBody, s.Name, c.Header, need(c.Description), french.Capitalize(french.Typeset(c.Doc))+" ("+french.Typeset(c.Kind)+").", c.Example)
		}
	}
	hide := false
	return cmp.Or(g.err, w.file.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &hide}), w.printed(sheet, "landscape"))
}

// guide writes the lines of the first sheet, one under another; the first fault stops it.
type guide struct {
	file   *excelize.File
	sheet  string
	styles map[formStyle]int
	row    int
	err    error
}

func (g *guide) skip() { g.row++ }

func (g *guide) line(style formStyle, cells ...string) {
	g.row++
	lines := 1
	for i, text := range cells {
		lines = max(lines, 1+len([]rune(text))/(guideWidths[i]+2))
		ref := fmt.Sprint(string(rune('A'+i)), g.row)
		g.err = cmp.Or(g.err, g.file.SetCellStr(g.sheet, ref, text), g.file.SetCellStyle(g.sheet, ref, ref, g.styles[style]))
	}
	if style == styleBody {
		g.err = cmp.Or(g.err, g.file.SetRowHeight(g.sheet, g.row, float64(lineHeight*lines)))
	}
}

// prose writes a sentence over the width of the tables.
func (g *guide) prose(text string) {
	g.line(styleProse, text)
	first, last := fmt.Sprint("A", g.row), fmt.Sprint("E", g.row)
	width := 0
	for _, n := range guideWidths {
		width += n
	}
	lines := 1 + len([]rune(text))/width
	g.err = cmp.Or(g.err, g.file.MergeCell(g.sheet, first, last), g.file.SetRowHeight(g.sheet, g.row, float64(lineHeight*lines+3)))
}
