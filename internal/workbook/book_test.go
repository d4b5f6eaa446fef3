package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"esms.example/atlas/internal/problem"
)

// parts of a workbook written by hand: each test replaces what it is about.
const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	rootRels     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML      = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookRels     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	strings0     = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Nom</t></si><si><t>Valeur</t></si><si><r><t>ri</t></r><r><t>che</t></r></si></sst>`
	sheetOpen    = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetClose   = `</sheetData></worksheet>`
)

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{"[Content_Types].xml": contentTypes, "_rels/.rels": rootRels, "xl/workbook.xml": bookXML,
		"xl/_rels/workbook.xml.rels": bookRels, "xl/sharedStrings.xml": strings0}
	for name, text := range parts {
		all[name] = text
		if text == "" {
			delete(all, name)
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rowsOf makes a workbook of one sheet with those rows of XML.
func rowsOf(t testing.TB, rows string) []byte {
	return zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + rows + sheetClose})
}

type pair struct {
	name  string
	value float64
	day   string
}

var pairColumns = []Column[pair]{
	{Header: "Nom", Aliases: []string{"Libellé"}, Required: true, Set: func(p *pair, c *Cell) { p.name = c.Text }},
	{Header: "Valeur", Required: true, CellRequired: true, Kind: Number, Set: func(p *pair, c *Cell) { p.value = c.Number }},
	{Header: "Jour", Kind: Date, Set: func(p *pair, c *Cell) { p.day = c.Time.Format("2006-01-02") }},
}

// readPairs reads sheet S of a workbook and returns its records and problems as short text.
func readPairs(t testing.TB, data []byte) (records, problems string) {
	t.Helper()
	var list problem.List
	var lines []string
	if book, ok := Open("a.xlsx", data, &list); ok {
		for _, sheet := range book.Find("s") {
			for _, r := range Read(book, sheet, pairColumns, &list) {
				lines = append(lines, fmt.Sprintf("%d:%s=%v%s", r.Origin.Row, r.Value.name, r.Value.value, r.Value.day))
			}
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	var faults []string
	for _, p := range list.Sorted() {
		faults = append(faults, fmt.Sprintf("%s %s %s", p.Severity, p.Code, p.Place.Cell()))
	}
	return strings.Join(lines, " "), strings.Join(faults, "; ")
}

const header = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`

func TestReadsWhatEveryProgramWrites(t *testing.T) {
	inline := func(s string) string { return `<c t="inlineStr"><is><t>` + s + `</t></is></c>` }
	for _, c := range []struct {
		name  string
		parts map[string]string
		want  string
	}{
		{"shared and rich texts", map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + `<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1.5</v></c></row>` + sheetClose}, "2:riche=1.5"},
		{"no reference at all, inline texts", map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + `<row>` + inline("Nom") + inline("Valeur") + `</row><row>` + inline("a") + `<c><v>2</v></c></row><row>` + inline("b") + `<c t="n"><v>3.0</v></c></row>` + sheetClose, "xl/sharedStrings.xml": ""}, "2:a=2 3:b=3"},
		{"columns apart, empty rows, styled blanks", map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + `<row r="3"><c r="C3" t="s"><v>0</v></c><c r="E3" t="s"><v>1</v></c></row><row r="4" ht="12"/><row r="7"><c r="A7" s="0"/><c r="C7" t="str"><v>a</v></c><c r="E7"><v>4</v></c></row>` + sheetClose}, "7:a=4"},
		{"prefixed names", map[string]string{"xl/worksheets/sheet1.xml": strings.NewReplacer("</", "</x:", "<", "<x:", `xmlns=`, `xmlns:x=`).Replace(sheetOpen + header + `<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2"><v>5</v></c></row>` + sheetClose)}, "2:a=5"},
		{"absolute part name elsewhere", map[string]string{"xl/_rels/workbook.xml.rels": strings.ReplaceAll(bookRels, `"worksheets/sheet1.xml"`, `"/xl/feuilles/un.xml"`), "xl/feuilles/un.xml": sheetOpen + header + `<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2"><v>6</v></c></row>` + sheetClose}, "2:a=6"},
		{"texts elsewhere", map[string]string{"xl/_rels/workbook.xml.rels": strings.ReplaceAll(bookRels, `"sharedStrings.xml"`, `"/xl/textes.xml"`), "xl/textes.xml": strings0, "xl/sharedStrings.xml": "", "xl/worksheets/sheet1.xml": sheetOpen + header + `<row r="2"><c r="B2"><v>7</v></c></row>` + sheetClose}, "2:=7"},
		{"strict format", map[string]string{
			"_rels/.rels":                strings.ReplaceAll(rootRels, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
			"xl/_rels/workbook.xml.rels": strings.ReplaceAll(bookRels, "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
			"xl/workbook.xml":            strings.NewReplacer("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships", "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main").Replace(bookXML),
			"xl/sharedStrings.xml":       strings.ReplaceAll(strings0, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
			"xl/worksheets/sheet1.xml":   strings.ReplaceAll(sheetOpen, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main") + `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><v>Jour</v></c></row><row r="2"><c r="B2"><v>8</v></c><c r="C2" t="d"><v>2023-05-06T00:00:00</v></c></row>` + sheetClose}, "2:=82023-05-06"},
		{"formulas with results", map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + `<row r="2"><c r="A2" t="str"><f>IF(1,"","")</f><v></v></c><c r="B2"><f>4+5</f><v>9</v></c></row>` + sheetClose}, "2:=9"},
		{"comment among the rows", map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + `<!-- <row r="9"><c> --><row r="2"><c r="B2"><v>1</v></c></row>` + sheetClose}, "2:=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems := readPairs(t, zipped(t, c.parts))
			if got != c.want || problems != "" {
				t.Errorf("got %q and problems %q, want %q and none", got, problems, c.want)
			}
		})
	}
}

func TestCellFaultsAreReportedAtTheirCell(t *testing.T) {
	jour := `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><v>Jour</v></c></row>`
	for _, c := range []struct{ name, cells, records, problems string }{
		{"formula without result", `<c r="B2"><f>1+1</f></c>`, "2:=0", "erreur formule-sans-valeur B2"},
		{"formula with an empty result", `<c r="B2"><f>1+1</f><v></v></c>`, "2:=0", "erreur formule-sans-valeur B2"},
		{"formula with a closed empty result", `<c r="B2"><f>1+1</f><v/></c>`, "2:=0", "erreur formule-sans-valeur B2"},
		{"formula of a text without result", `<c r="A2" t="str"><f>A1</f></c><c r="B2"><v>1</v></c>`, "2:=1", "erreur formule-sans-valeur A2"},
		{"shared formula without result", `<c r="B2"><f t="shared" si="0"/></c>`, "2:=0", "erreur formule-sans-valeur B2"},
		{"formula without result in a column not read", `<c r="B2"><v>1</v></c><c r="D2"><f>1+1</f></c>`, "2:=1", ""},
		{"error value", `<c r="B2" t="e"><v>#N/A</v></c>`, "2:=0", "erreur valeur-erreur B2"},
		{"error value of a formula", `<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "2:=0", "erreur valeur-erreur B2"},
		{"error value as text", `<c r="B2" t="str"><v>#REF!</v></c>`, "2:=0", "erreur valeur-erreur B2"},
		{"error value in a column not read", `<c r="B2"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c>`, "2:=1", ""},
		{"empty required cell", `<c r="A2" t="str"><v>a</v></c>`, "2:a=0", "erreur cellule-vide B2"},
		{"words for a number", `<c r="B2" t="str"><v>douze</v></c>`, "2:=0", "erreur type-incorrect B2"},
		{"not a number", `<c r="B2" t="str"><v>NaN</v></c>`, "2:=0", "erreur type-incorrect B2"},
		{"infinity", `<c r="B2"><v>1e999</v></c>`, "2:=0", "erreur type-incorrect B2"},
		{"hexadecimal", `<c r="B2" t="str"><v>0x10</v></c>`, "2:=0", "erreur type-incorrect B2"},
		{"Boolean for a number", `<c r="B2" t="b"><v>1</v></c>`, "2:=0", "erreur type-incorrect B2"},
		{"percentage for a number", `<c r="B2" t="str"><v>12 %</v></c>`, "2:=0", "erreur type-incorrect B2"},
		{"number as text", `<c r="B2" t="str"><v>377` + "\u202f" + `000,50` + "\u00a0" + `€</v></c>`, "2:=377000.5", "avertissement montant-avec-unite B2"},
		{"text of thousands or of decimals", `<c r="B2" t="str"><v>377,000</v></c>`, "2:=0", "erreur nombre-ambigu B2"},
		{"text of many decimals", `<c r="B2" t="str"><v>0,125</v></c>`, "2:=0.125", "avertissement nombre-en-texte B2"},
		{"exponent", `<c r="B2"><v>7.5E8</v></c>`, "2:=7.5e+08", ""},
		{"code stored as a number", `<c r="A2"><v>4.0</v></c><c r="B2"><v>1</v></c>`, "2:4=1", ""},
		{"code stored with an exponent", `<c r="A2"><v>7.5E8</v></c><c r="B2"><v>1</v></c>`, "2:750000000=1", ""},
		{"text that looks like an exponent", `<c r="A2" t="str"><v>12E3</v></c><c r="B2"><v>1</v></c>`, "2:12E3=1", ""},
		{"text that keeps its zeros", `<c r="A2" t="str"><v>004.0</v></c><c r="B2"><v>1</v></c>`, "2:004.0=1", ""},
		{"spaces around", `<c r="A2" t="str"><v>` + "\u00a0 a\tb \n" + `</v></c><c r="B2"><v>1</v></c>`, "2:a b=1", ""},
		{"invisible characters", `<c r="A2" t="str"><v>a` + "\u200b\ufeff" + `b</v></c><c r="B2"><v>1</v></c>`, "2:ab=1", "avertissement caractere-invisible A2"},
		{"date with an hour", `<c r="B2"><v>1</v></c><c r="C2"><v>45291.99</v></c>`, "2:=12023-12-31", ""},
		{"date as French text", `<c r="B2"><v>1</v></c><c r="C2" t="str"><v>31/12/2023</v></c>`, "2:=12023-12-31", "avertissement date-en-texte C2"},
		{"date that does not exist", `<c r="B2"><v>1</v></c><c r="C2" t="str"><v>31/02/2023</v></c>`, "2:=1", "erreur type-incorrect C2"},
		{"date in American order", `<c r="B2"><v>1</v></c><c r="C2" t="str"><v>12/31/2023</v></c>`, "2:=1", "erreur type-incorrect C2"},
		{"negative date", `<c r="B2"><v>1</v></c><c r="C2"><v>-3</v></c>`, "2:=1", "erreur type-incorrect C2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, problems := readPairs(t, rowsOf(t, jour+`<row r="2">`+c.cells+`</row>`))
			if records != c.records || problems != c.problems {
				t.Errorf("got %q and %q, want %q and %q", records, problems, c.records, c.problems)
			}
		})
	}
}

func TestHeadersAreFoundAndChecked(t *testing.T) {
	text := func(ref, s string) string { return `<c r="` + ref + `" t="str"><v>` + s + `</v></c>` }
	number := func(ref, s string) string { return `<c r="` + ref + `"><v>` + s + `</v></c>` }
	for _, c := range []struct{ name, rows, records, problems string }{
		{"alias, case, accents, order", `<row r="1">` + text("A1", "VALEUR") + text("B1", "libelle") + `</row><row r="2">` + number("A2", "1") + text("B2", "a") + `</row>`, "2:a=1", ""},
		{"title rows above", `<row r="1">` + text("A1", "Atlas") + `</row><row r="2">` + text("A2", "Nom") + `</row><row r="4">` + text("A4", "Nom") + text("B4", "Valeur") + `</row><row r="5">` + text("A5", "a") + number("B5", "1") + `</row>`, "5:a=1", ""},
		{"header repeated", header + `<row r="2">` + text("A2", "a") + number("B2", "1") + `</row><row r="3">` + text("A3", "Nom") + text("B3", "Valeur") + `</row><row r="4">` + text("A4", "b") + number("B4", "2") + `</row>`, "2:a=1 4:b=2", "avertissement en-tete-repete ligne 3"},
		{"unknown column", `<row r="1">` + text("A1", "Nom") + text("B1", "Valeur") + text("C1", "Jours") + `</row>`, "", "avertissement colonne-presque C1"},
		{"missing column", `<row r="1">` + text("A1", "Nom") + text("B1", "Valeurs") + `</row>`, "", "erreur colonne-manquante ligne 1; avertissement colonne-presque B1"},
		{"column twice", `<row r="1">` + text("A1", "Nom") + text("B1", "Valeur") + text("C1", "valeur") + `</row><row r="2">` + number("B2", "1") + number("C2", "2") + `</row>`, "2:=1", "avertissement colonne-en-double C1"},
		{"alias before the header itself", `<row r="1">` + text("A1", "Libellé") + text("B1", "Valeur") + text("C1", "Nom") + `</row><row r="2">` + text("A2", "x") + number("B2", "1") + text("C2", "a") + `</row>`, "2:a=1", "avertissement colonne-en-double A1"},
		{"empty sheet", ``, "", "erreur colonne-manquante "},
		{"rows of nothing but unread columns", `<row r="1">` + text("A1", "Nom") + text("B1", "Valeur") + `</row><row r="2">` + text("D2", "note") + `</row>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, problems := readPairs(t, rowsOf(t, c.rows))
			if records != c.records || problems != c.problems {
				t.Errorf("got %q and %q, want %q and %q", records, problems, c.records, c.problems)
			}
		})
	}
}

func TestSuggestionsNameTheNearest(t *testing.T) {
	var list problem.List
	book, ok := Open("a.xlsx", rowsOf(t, `<row r="1"><c r="A1" t="str"><v>Nom</v></c><c r="B1" t="str"><v>Valuer</v></c></row>`), &list)
	if !ok {
		t.Fatal("not opened")
	}
	Read(book, "S", pairColumns, &list)
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"est-ce la colonne «\u00a0Valuer\u00a0»\u202f? Si oui, la renommer «\u00a0Valeur\u00a0»", "vouliez-vous dire «\u00a0Valeur\u00a0»\u202f?"}
	for i, p := range list.Sorted() {
		if p.Remedy != want[i] {
			t.Errorf("remedy of %s: got %q, want %q", p.Code, p.Remedy, want[i])
		}
	}
}

func TestDatesOf1904AreRead(t *testing.T) {
	book := strings.Replace(bookXML, "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	records, problems := readPairs(t, zipped(t, map[string]string{"xl/workbook.xml": book,
		"xl/worksheets/sheet1.xml": sheetOpen + `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><v>Jour</v></c></row><row><c/><c><v>1</v></c><c><v>43829</v></c></row>` + sheetClose}))
	if want := "2:=12023-12-31"; records != want || problems != "information dates-1904 C2" {
		t.Errorf("got %q and %q, want %q and the information", records, problems, want)
	}
}

func TestWhatIsNoWorkbookIsAProblem(t *testing.T) {
	sound := rowsOf(t, header)
	for name, data := range map[string][]byte{
		"empty":                nil,
		"text":                 []byte("Nom;Valeur\n"),
		"page":                 []byte("<html><table></table></html>"),
		"old workbook":         append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...),
		"encrypted":            append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, utf16("EncryptedPackage")...),
		"truncated":            sound[:len(sound)/2],
		"first bytes":          sound[:10],
		"other archive":        zipped(t, map[string]string{"xl/workbook.xml": "", "_rels/.rels": "", "xl/_rels/workbook.xml.rels": ""}),
		"OpenDocument":         []byte("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
		"broken sheet":         zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + `<row r="2"><c r="A2"`}),
		"broken in the middle": zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + `<row r="2"><c r="A2"></b></c></row><row r="3"><c r="A3"><v>1</v></c></row>` + sheetClose}),
		"no sheet":             zipped(t, map[string]string{"xl/workbook.xml": strings.Replace(bookXML, `<sheet name="S" sheetId="1" r:id="rId1"/>`, "", 1)}),
	} {
		t.Run(name, func(t *testing.T) {
			want := "erreur classeur-illisible"
			switch name {
			case "encrypted":
				want = "erreur classeur-protege"
			case "old workbook", "OpenDocument", "text", "page":
				want = "erreur classeur-deguise"
			}
			if _, problems := readPairs(t, data); !strings.HasPrefix(problems, want) {
				t.Errorf("got problems %q, want %q", problems, want)
			}
		})
	}
}

func TestTooLargeWorkbookIsRefusedUnread(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, UncompressedSize64: maxUnzipped + 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte{3, 0}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, problems := readPairs(t, b.Bytes()); problems != "erreur classeur-trop-grand " {
		t.Errorf("got problems %q, want a workbook too large", problems)
	}
}

func TestStrayCellFarAwayCostsNothing(t *testing.T) {
	records, problems := readPairs(t, rowsOf(t, header+`<row r="2"><c r="B2"><v>1</v></c><c r="XFD2"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>`))
	if want := "2:=1"; records != want || problems != "" {
		t.Errorf("got %q and %q, want %q", records, problems, want)
	}
}
