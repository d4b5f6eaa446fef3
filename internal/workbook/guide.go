package workbook

import (
	"cmp"
	"fmt"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/french"
)

// writeGuide writes the first sheet: what to do, what each sheet is for, what each column expects.
func (w *formWriter) writeGuide() error {
	sheet := w.form.Guide
	if err := w.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	for i, width := range []float64{24, 30, 22, 62, 34} {
		letters := string(rune('A' + i))
		if err := w.file.SetColWidth(sheet, letters, letters, width); err != nil {
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
	for i, text := range cells {
		ref := fmt.Sprint(string(rune('A'+i)), g.row)
		g.err = cmp.Or(g.err, g.file.SetCellStr(g.sheet, ref, text), g.file.SetCellStyle(g.sheet, ref, ref, g.styles[style]))
	}
}

// prose writes a sentence over the width of the tables.
func (g *guide) prose(text string) {
	g.line(styleProse, text)
	first, last := fmt.Sprint("A", g.row), fmt.Sprint("E", g.row)
	lines := 1 + len([]rune(text))/150
	g.err = cmp.Or(g.err, g.file.MergeCell(g.sheet, first, last), g.file.SetRowHeight(g.sheet, g.row, float64(16*lines)))
}
