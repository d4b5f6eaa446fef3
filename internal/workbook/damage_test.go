package workbook

import (
	"strings"
	"testing"
)

// What a damaged workbook no longer says is never read as an empty cell, nor as a shorter sheet.
func TestNothingOfADamagedSheetIsLostInSilence(t *testing.T) {
	three := `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><v>Jour</v></c></row>`
	row := func(cells string) string { return `<row r="2">` + cells + `</row>` }
	whole := `<c r="B2"><v>1</v></c>`
	for _, c := range []struct{ name, rows, want string }{
		{"text number beyond the list", row(`<c r="A2" t="s"><v>3</v></c>` + whole), "erreur classeur-illisible A2"},
		{"text number below zero", row(`<c r="A2" t="s"><v>-1</v></c>` + whole), "erreur classeur-illisible A2"},
		{"text number that is none", row(`<c r="A2" t="s"><v>1e0</v></c>` + whole), "erreur classeur-illisible A2"},
		{"empty text number", row(`<c r="A2" t="s"><v></v></c>` + whole), ""},
		{"style that is none", row(whole + `<c r="C2" s="x"><v>45291</v></c>`), "erreur classeur-illisible C2"},
		{"formula that is none", row(whole + `<c r="C2"><f si="x">1</f><v>45291</v></c>`), "erreur classeur-illisible C2"},
		{"entity that is none, in the last row", row(whole + `<c r="C2"><v>&jour;</v></c>`), "erreur classeur-illisible "},
		{"bare ampersand, in the last row", row(whole + `<c r="C2" t="str"><v>a & b</v></c>`), "erreur classeur-illisible "},
		{"tags crossed, in the last row", row(whole + `<c r="C2"><v>45291</c></v>`), "erreur classeur-illisible "},
		{"character that is none, in the last row", row(whole + "<c r=\"C2\" t=\"str\"><v>a\x01</v></c>"), "erreur classeur-illisible "},
		{"a row twice", row(whole) + row(whole), "erreur classeur-illisible "},
		{"rows out of order", `<row r="3">` + strings.ReplaceAll(whole, "B2", "B3") + `</row>` + row(whole), "erreur classeur-illisible "},
		{"a cell twice", row(whole + whole), "erreur classeur-illisible "},
		{"cells out of order", row(whole + `<c r="A2" t="str"><v>a</v></c>`), "erreur classeur-illisible "},
		{"all is well", row(whole + `<c r="C2"><v>45291</v></c>`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, got := readPairs(t, rowsOf(t, three+c.rows)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestASheetThatIsNotThereIsADamage(t *testing.T) {
	second := strings.Replace(bookXML, "</sheets>", `<sheet name="T" sheetId="2" r:id="rId3"/></sheets>`, 1)
	rels := func(target string) string {
		return strings.Replace(bookRels, "</Relationships>", `<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`+target+`"/></Relationships>`, 1)
	}
	sheet := sheetOpen + header + sheetClose
	for _, c := range []struct {
		name  string
		parts map[string]string
		want  string
	}{
		{"no part", map[string]string{"xl/workbook.xml": second, "xl/_rels/workbook.xml.rels": rels(`worksheet" Target="worksheets/sheet2.xml`)}, "erreur classeur-illisible "},
		{"no relationship", map[string]string{"xl/workbook.xml": second}, "erreur classeur-illisible "},
		{"chart sheet", map[string]string{"xl/workbook.xml": second, "xl/_rels/workbook.xml.rels": rels(`chartsheet" Target="chartsheets/sheet1.xml`)}, ""},
		{"two of one name", map[string]string{"xl/workbook.xml": strings.Replace(second, `"T"`, `"s"`, 1), "xl/worksheets/sheet2.xml": sheet,
			"xl/_rels/workbook.xml.rels": rels(`worksheet" Target="worksheets/sheet2.xml`)}, "erreur classeur-illisible "},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.parts["xl/worksheets/sheet1.xml"] = sheet
			if _, got := readPairs(t, zipped(t, c.parts)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestATextLongerThanACellMayHoldIsRefused(t *testing.T) {
	for length, want := range map[int]string{32767: "", 32768: "erreur type-incorrect A2"} {
		if _, got := readPairs(t, rowsOf(t, header+`<row r="2"><c r="A2" t="str"><v>`+strings.Repeat("é", length)+`</v></c><c r="B2"><v>1</v></c></row>`)); got != want {
			t.Errorf("%d characters: got %q, want %q", length, got, want)
		}
	}
}
