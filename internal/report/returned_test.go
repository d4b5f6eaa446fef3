package report

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/problem"
)

// book makes a workbook.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// give returns the copy of one workbook, opened, and its bytes.
func give(t testing.TB, data []byte, problems ...problem.Problem) (*excelize.File, []byte) {
	t.Helper()
	var list problem.List
	for _, p := range problems {
		p.Place.File = "a.xlsx"
		list.Add(p)
	}
	dir := t.TempDir()
	result, err := returnBooks(dir, Input{Problems: list.Sorted(), Workbooks: fstest.MapFS{"a.xlsx": {Data: data}}})
	must(t, err)
	if len(result.Refused) > 0 || len(result.Returned) != 1 {
		t.Fatalf("got %+v", result)
	}
	out, err := os.ReadFile(filepath.Join(dir, "retour", "a.xlsx"))
	must(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(out))
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f, out
}

func at(sheet string, row, column int, s problem.Severity, message string) problem.Problem {
	return problem.Problem{Code: "essai", Severity: s, Place: problem.Place{Sheet: sheet, Row: row, Column: column}, Message: message, Remedy: "corriger"}
}

// rich is a workbook that has of everything.
func rich(t testing.TB) []byte {
	return book(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "Projets"))
		must(t, f.SetSheetRow("Projets", "A1", &[]any{"N°", "Montant", "Note"}))
		head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E79"}}})
		must(t, err)
		must(t, f.SetCellStyle("Projets", "A1", "C1", head))
		euros := "#,##0.00 \"€\""
		money, err := f.NewStyle(&excelize.Style{CustomNumFmt: &euros, Border: []excelize.Border{{Type: "top", Style: 1, Color: "FF0000"}}})
		must(t, err)
		for row := 2; row <= 6; row++ {
			must(t, f.SetSheetRow("Projets", fmt.Sprintf("A%d", row), &[]any{fmt.Sprintf("P%d", row), 1000.5 * float64(row), "=pas une formule"}))
			must(t, f.SetCellStyle("Projets", fmt.Sprintf("B%d", row), fmt.Sprintf("B%d", row), money))
		}
		must(t, f.SetCellFormula("Projets", "B7", "SUM(B2:B6)"))
		must(t, f.SetColWidth("Projets", "A", "A", 33))
		must(t, f.SetRowHeight("Projets", 3, 44))
		must(t, f.MergeCell("Projets", "C4", "D5"))
		must(t, f.AddComment("Projets", excelize.Comment{Cell: "A2", Author: "Une collègue", Text: "à revoir"}))
		must(t, f.AutoFilter("Projets", "A1:C6", nil))
		must(t, f.AddDataValidation("Projets", &excelize.DataValidation{Sqref: "A2:A6", Type: "list", Formula1: `"P2,P3"`, AllowBlank: true}))
		must(t, f.AddTable("Projets", &excelize.Table{Range: "F1:G3", Name: "liste"}))
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: "montants", RefersTo: "Projets!$B$2:$B$6", Scope: "Projets"}))
		must(t, f.ProtectSheet("Projets", &excelize.SheetProtectionOptions{Password: "x"}))
		_, err = f.NewSheet("Caché")
		must(t, err)
		must(t, f.SetCellValue("Caché", "A1", "dessous"))
		must(t, f.SetSheetVisible("Caché", false))
		_, err = f.NewSheet("contrôle")
		must(t, err)
		must(t, f.AddChart("contrôle", "B2", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "x", Values: "Projets!$B$2:$B$6"}}}))
	})
}

func TestTheCopyColoursAndCommentsFaultyCells(t *testing.T) {
	f, _ := give(t, rich(t),
		at("Projets", 2, 1, problem.Error, "numéro faux"), at("Projets", 2, 1, problem.Warning, "numéro laid"),
		at("Projets", 3, 2, problem.Warning, "montant haut"), at("Projets", 1, 3, problem.Information, "colonne inconnue"),
		at("Projets", 40, 30, problem.Error, "cellule vide"), at("Projets", 4, 0, problem.Warning, "ligne en double"),
		at("Caché", 1, 1, problem.Warning, "feuille masquée"), at("Projets", 0, 0, problem.Error, "trop de lignes"))
	comments := map[string]string{}
	for _, sheet := range []string{"Projets", "Caché"} {
		list, err := f.GetComments(sheet)
		must(t, err)
		for _, c := range list {
			text := c.Text
			for _, run := range c.Paragraph {
				text += run.Text
			}
			if comments[sheet+c.Cell] != "" {
				t.Errorf("%s %s has two comments", sheet, c.Cell)
			}
			comments[sheet+c.Cell] = strings.TrimPrefix(text, separator+"\n")
		}
	}
	for _, want := range []struct{ sheet, cell, tint, comment string }{
		{"Projets", "A2", "FFC6CD", "à revoir\n\n– Contrôle de l’atlas –\nErreur\u00a0: numéro faux\n→ corriger\n\nAvertissement\u00a0: numéro laid\n→ corriger"},
		{"Projets", "B3", "FFE598", "Avertissement\u00a0: montant haut\n→ corriger"},
		{"Projets", "C1", "DCEAF6", "Information\u00a0: colonne inconnue\n→ corriger"},
		{"Projets", "AD40", "FFC6CD", "Erreur\u00a0: cellule vide\n→ corriger"},
		{"Projets", "A4", "FFE598", "Avertissement\u00a0: ligne en double\n→ corriger"},
		{"Caché", "A1", "FFE598", "Avertissement\u00a0: feuille masquée\n→ corriger"},
		{"Projets", "B2", "", ""},
	} {
		id, err := f.GetCellStyle(want.sheet, want.cell)
		must(t, err)
		style, err := f.GetStyle(id)
		must(t, err)
		if got := strings.Join(style.Fill.Color, " "); got != want.tint {
			t.Errorf("%s!%s: colour %q, want %q", want.sheet, want.cell, got, want.tint)
		}
		if got := comments[want.sheet+want.cell]; got != want.comment {
			t.Errorf("%s!%s: comment %q, want %q", want.sheet, want.cell, got, want.comment)
		}
	}
	if n := len(comments); n != 6 {
		t.Errorf("%d comments, want 6: %v", n, comments)
	}
}

func TestTheCopyKeepsEverythingElse(t *testing.T) {
	data := rich(t)
	f, out := give(t, data, at("Projets", 3, 2, problem.Error, "montant haut"), at("Projets", 1, 1, problem.Error, "en-tête"))
	before, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	defer before.Close()
	for _, sheet := range before.GetSheetList() {
		for row := 1; row < 9; row++ {
			for column := 1; column < 8; column++ {
				cell, _ := excelize.CoordinatesToCellName(column, row)
				for name, read := range map[string]func(*excelize.File) (string, error){
					"value":   func(f *excelize.File) (string, error) { return f.GetCellValue(sheet, cell) },
					"formula": func(f *excelize.File) (string, error) { return f.GetCellFormula(sheet, cell) },
				} {
					want, err := read(before)
					must(t, err)
					got, err := read(f)
					must(t, err)
					if got != want {
						t.Errorf("%s of %s!%s: got %q, want %q", name, sheet, cell, got, want)
					}
				}
			}
		}
	}
	id, _ := f.GetCellStyle("Projets", "B3")
	style, err := f.GetStyle(id)
	must(t, err)
	if style.CustomNumFmt == nil || *style.CustomNumFmt != "#,##0.00 \"€\"" || len(style.Border) != 1 {
		t.Errorf("the format and borders of a coloured cell are lost: %+v", style)
	}
	id, _ = f.GetCellStyle("Projets", "A1")
	style, err = f.GetStyle(id)
	must(t, err)
	if !style.Font.Bold || style.Font.Color != "000000" {
		t.Errorf("white text on a light colour, or no longer bold: %+v", style.Font)
	}
	width, _ := f.GetColWidth("Projets", "A")
	height, _ := f.GetRowHeight("Projets", 3)
	merged, _ := f.GetMergeCells("Projets")
	visible, _ := f.GetSheetVisible("Caché")
	got := fmt.Sprintf("%v %v %v %v", width, height, len(merged), visible)
	if want := "33 44 1 false"; got != want {
		t.Errorf("width, height, merged cells, visible: got %s, want %s", got, want)
	}
	if got := fmt.Sprint(f.GetSheetList()); got != "[Contrôle (2) Projets Caché contrôle]" {
		t.Errorf("sheets %s", got)
	}
	names := f.GetDefinedName()
	for _, n := range names {
		if n.Scope != "Projets" {
			t.Errorf("name %q moved to %q", n.Name, n.Scope)
		}
	}
	if len(names) != 2 { // montants, and that of the filter
		t.Errorf("names: got %+v, want 2", names)
	}
	sameParts(t, data, out)
}

// sameParts wants the parts that have no reason to change to be there byte for byte.
func sameParts(t *testing.T, before, after []byte) {
	t.Helper()
	want, got := partsOf(t, before), partsOf(t, after)
	kept := 0
	for name, data := range want {
		switch {
		case got[name] == "":
			t.Errorf("%s is gone", name)
		case got[name] == data:
			kept++
		case strings.Contains(name, "charts") || strings.Contains(name, "tables") || strings.Contains(name, "theme") || strings.Contains(name, "sharedStrings"):
			t.Errorf("%s has changed", name)
		}
	}
	if kept < 5 {
		t.Errorf("%d parts are kept as they were", kept)
	}
}

func partsOf(t *testing.T, book []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	must(t, err)
	parts := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		if parts[f.Name] != "" {
			t.Errorf("%s is there twice", f.Name)
		}
		parts[f.Name] = string(data)
	}
	return parts
}

func TestTheSummaryLinksToCells(t *testing.T) {
	f, _ := give(t, book(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "L'année"))
		must(t, f.SetCellValue("L'année", "B2", 3))
	}), at("L'année", 2, 2, problem.Error, "faux"), at("L'année", 0, 0, problem.Warning, "feuille entière"), at("", 0, 0, problem.Warning, "classeur entier"), at("L'année", 0, 28, problem.Warning, "colonne"))
	if got := f.GetSheetList()[0]; got != "Contrôle" || f.GetActiveSheetIndex() != 0 {
		t.Fatalf("in front stands %q, active sheet %d", got, f.GetActiveSheetIndex())
	}
	rows, err := f.GetRows("Contrôle")
	must(t, err)
	links := map[string]string{}
	for i, row := range rows {
		if len(row) < 5 {
			continue
		}
		_, target, err := f.GetCellHyperLink("Contrôle", fmt.Sprintf("C%d", i+1))
		must(t, err)
		links[row[4]] = target
	}
	want := map[string]string{"Problème": "", "faux": "'L''année'!B2", "feuille entière": "'L''année'!A1", "classeur entier": "", "colonne": "'L''année'!AB1"}
	if fmt.Sprint(links) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", links, want)
	}
}

func TestHostileTextsStayTexts(t *testing.T) {
	var problems []problem.Problem
	for i, v := range hostile {
		p := at("Sheet1", i+1, 1, problem.Error, v)
		p.Value, p.Remedy = v, v
		problems = append(problems, p)
	}
	f, out := give(t, book(t, func(f *excelize.File) { must(t, f.SetCellValue("Sheet1", "A1", "x")) }), problems...)
	for row := 1; row < 30; row++ {
		for column := 'A'; column <= 'G'; column++ {
			if formula, _ := f.GetCellFormula("Contrôle", fmt.Sprintf("%c%d", column, row)); formula != "" {
				t.Errorf("formula %q", formula)
			}
		}
	}
	rows, err := f.GetRows("Contrôle")
	must(t, err)
	found := map[string]bool{}
	for _, row := range rows {
		if len(row) > 3 {
			found[row[3]] = true
		}
	}
	for _, want := range []string{"=HYPERLINK(\"http://exemple.fr\")", "@SUM(A1)", `<script>alert(1)</script>`, "_x0041_", "é ]]> &amp; </t>", "😀"} {
		if !found[want] {
			t.Errorf("%q is not in the summary: %v", want, found)
		}
	}
	list, err := f.GetComments("Sheet1")
	must(t, err)
	if len(list) != len(hostile) {
		t.Errorf("%d comments, want %d", len(list), len(hostile))
	}
	wellFormed(t, out)
}

func TestTheOriginalIsNeverTouched(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "2023", "a.xlsx")
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, rich(t), 0o444))
	day := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	must(t, os.Chtimes(path, day, day))
	before := state(t, path)
	p := at("Projets", 2, 1, problem.Error, "faux")
	p.Place.File = "2023/a.xlsx"
	reports := t.TempDir()
	result, err := Write(reports, Input{Problems: []problem.Problem{p}, Workbooks: os.DirFS(dir), Templates: templates})
	must(t, err)
	if got := state(t, path); got != before {
		t.Errorf("the original changed: %s, was %s", got, before)
	}
	if got := fmt.Sprint(result.Returned); got != "[retour/2023/a.xlsx]" {
		t.Errorf("returned %s", got)
	}
	var files []string
	must(t, filepath.WalkDir(reports, func(path string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			rel, _ := filepath.Rel(reports, path)
			files = append(files, filepath.ToSlash(rel))
		}
		return err
	}))
	if got, want := fmt.Sprint(files), "[controle.csv controle.html controle.xlsx retour/2023/a.xlsx]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func state(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	data, err := os.ReadFile(path)
	must(t, err)
	return fmt.Sprintf("%x %s %s", sha256.Sum256(data), info.ModTime(), info.Mode())
}

func TestACopySentBackIsCleanedOfTheFormerCheck(t *testing.T) {
	_, first := give(t, rich(t), at("Projets", 2, 1, problem.Error, "un"), at("Projets", 3, 2, problem.Error, "deux"), at("Projets", 4, 2, problem.Error, "trois"),
		at("Caché", 1, 1, problem.Warning, "quatre"))
	f, second := give(t, first, at("Projets", 3, 2, problem.Warning, "cinq"))
	if got := fmt.Sprint(f.GetSheetList()); got != "[Contrôle (2) Projets Caché contrôle]" {
		t.Errorf("sheets %s", got)
	}
	title, _ := f.GetCellValue("Contrôle (2)", "A2")
	if title != "1 avertissement." {
		t.Errorf("the summary says %q", title)
	}
	got := map[string]string{}
	for _, sheet := range []string{"Projets", "Caché"} {
		list, err := f.GetComments(sheet)
		must(t, err)
		for _, c := range list {
			text := c.Text
			for _, run := range c.Paragraph {
				text += run.Text
			}
			got[c.Cell] += strings.TrimPrefix(text, separator+"\n")
		}
	}
	want := map[string]string{"A2": "à revoir", "B3": "Avertissement\u00a0: cinq\n→ corriger"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("comments: got %q, want %q", got, want)
	}
	for cell, want := range map[string]string{"Projets!A2": "", "Projets!B3": tints[problem.Warning], "Projets!B4": "", "Caché!A1": ""} {
		sheet, ref, _ := strings.Cut(cell, "!")
		id, _ := f.GetCellStyle(sheet, ref)
		style, err := f.GetStyle(id)
		must(t, err)
		if got := strings.Join(style.Fill.Color, " "); got != want {
			t.Errorf("%s: colour %q, want %q", cell, got, want)
		}
	}
	boxes := 0
	for name, data := range partsOf(t, second) {
		if strings.HasSuffix(name, ".vml") {
			boxes += strings.Count(data, `ObjectType="Note"`)
		}
	}
	if boxes != len(want) {
		t.Errorf("%d boxes, want %d", boxes, len(want))
	}
	wellFormed(t, second)
}

func TestCopiesOfMendedWorkbooksAreRemoved(t *testing.T) {
	dir := t.TempDir()
	books := fstest.MapFS{"a.xlsx": {Data: rich(t)}, "2023/b.xlsx": {Data: rich(t)}}
	var problems []problem.Problem
	for _, file := range []string{"2023/b.xlsx", "a.xlsx"} {
		p := at("Projets", 2, 1, problem.Error, "faux")
		p.Place.File = file
		problems = append(problems, p)
	}
	_, err := returnBooks(dir, Input{Problems: problems, Workbooks: books})
	must(t, err)
	mine := filepath.Join(dir, "retour", "notes.xlsx")
	must(t, os.WriteFile(mine, rich(t), 0o644))
	result, err := returnBooks(dir, Input{Problems: problems[1:], Workbooks: books})
	must(t, err)
	for name, want := range map[string]bool{"a.xlsx": true, "2023/b.xlsx": false, "notes.xlsx": true} {
		if _, err := os.Stat(filepath.Join(dir, "retour", name)); (err == nil) != want {
			t.Errorf("%s: %v, want it there: %v", name, err, want)
		}
	}
	if len(result.Returned) != 1 {
		t.Errorf("returned %v", result.Returned)
	}
}
