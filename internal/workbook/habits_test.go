package workbook

import (
	"strings"
	"testing"

	"esms.example/atlas/internal/problem"
)

func TestHabitsOfASheetAreReportedOnce(t *testing.T) {
	value := func(row, attrs string) string {
		return `<row r="` + row + `"` + attrs + `><c r="A` + row + `" t="str"><v>a</v></c><c r="B` + row + `"><v>1</v></c></row>`
	}
	for _, c := range []struct{ name, rows, after, problems string }{
		{"hidden rows", value("2", "") + value("3", ` hidden="1"`) + value("4", ` ht="3" hidden="true"`), "", "avertissement lignes-masquees ligne 3"},
		{"hidden row without data, shown row", value("2", ` hidden="0"`) + `<row r="3" hidden="1"><c r="A3" s="0"/></row>`, "", ""},
		{"blank rows", value("2", "") + value("5", "") + value("7", ""), "", "information ligne-vide ligne 3"},
		{"blank rows after the data", value("2", "") + `<row r="9"><c r="A9" s="0"/></row>`, "", ""},
		{"merged cells", value("2", "") + value("3", ""), `<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>`, "avertissement cellule-fusionnee A2"},
		{"merged cells of columns not read", value("2", ""), `<mergeCells count="2"><mergeCell ref="C2:D3"/><mergeCell ref="A9:A12"/><mergeCell ref="x"/></mergeCells>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := readPairs(t, zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + c.rows + `</sheetData>` + c.after + `</worksheet>`}))
			if problems != c.problems {
				t.Errorf("got %q, want %q", problems, c.problems)
			}
		})
	}
}

func TestHiddenSheetIsReportedWhenItHoldsRows(t *testing.T) {
	book := strings.Replace(bookXML, `name="S"`, `name="S" state="veryHidden"`, 1)
	row := `<row r="2"><c r="B2"><v>1</v></c></row>`
	for rows, want := range map[string]string{row: "avertissement feuille-masquee ", "": ""} {
		_, problems := readPairs(t, zipped(t, map[string]string{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheetOpen + header + rows + sheetClose}))
		if problems != want {
			t.Errorf("got %q, want %q", problems, want)
		}
	}
}

func TestACellHasOneProblem(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"the most severe", "dou\u200bze", "erreur type-incorrect B2"},
		{"the first among equals", "1\u200b2", "avertissement caractere-invisible B2"},
	} {
		_, problems := readPairs(t, rowsOf(t, header+`<row r="2"><c r="B2" t="str"><v>`+c.text+`</v></c></row>`))
		if problems != c.want {
			t.Errorf("%s: got %q, want %q", c.name, problems, c.want)
		}
	}
	var list problem.List
	cell := Cell{}
	cell.Report(CodeMended, "un", "")
	cell.Report(CodeMended, "deux", "")
	cell.settle(&list)
	if got, want := list.Sorted()[0].Message, "un\u202f; deux"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTextsThatASpreadsheetWouldRun(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "avertissement texte-formule A2", "@SUM(A1)": "avertissement texte-formule A2", "+33 1": "avertissement texte-formule A2",
		"-": "", "a=b": "", "− 3": ""} {
		_, problems := readPairs(t, rowsOf(t, header+`<row r="2"><c r="A2" t="str"><v>`+text+`</v></c><c r="B2"><v>1</v></c></row>`))
		if problems != want {
			t.Errorf("%q: got %q, want %q", text, problems, want)
		}
	}
}

// FuzzMerged looks for merged cells in any text.
func FuzzMerged(f *testing.F) {
	f.Add(`</sheetData><mergeCells><mergeCell ref="A2:B3"/></mergeCells>`)
	f.Add(`sheetData><mergeCell ref='ZZZZZZZ9:A1'`)
	f.Fuzz(func(t *testing.T, part string) {
		for _, a := range merged([]byte(part)) {
			if a.left < 1 || a.top < 1 || a.right < a.left || a.bottom < a.top {
				t.Errorf("got %+v", a)
			}
		}
	})
}
