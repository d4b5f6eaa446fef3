package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/problem"
)

func TestRowsBeyondTheLastOneAreRefusedAtOnce(t *testing.T) {
	for _, number := range []string{"1048577", "2000000000", "2&#48;00000000", "9000000000000000000", "99999999999999999999"} {
		t.Run(number, func(t *testing.T) {
			start := time.Now()
			_, problems := readPairs(t, rowsOf(t, header+`<row r="`+number+`"><c t="str"><v>a</v></c><c><v>1</v></c></row>`))
			if problems != "erreur classeur-trop-grand " {
				t.Errorf("got %q, want a workbook too large", problems)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestManyWideRowsAreRefused(t *testing.T) {
	var rows strings.Builder
	for i := 2; i < 200_000; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i, i)
	}
	if _, problems := readPairs(t, rowsOf(t, header+rows.String())); problems != "erreur classeur-trop-grand " {
		t.Errorf("got %q, want a workbook too large", problems)
	}
}

func TestNumbersBeyondReasonAreRefused(t *testing.T) {
	for _, kind := range []Kind{Number, Amount, Count, Figure} {
		for text, want := range map[string]Kind{"1e308": -1, "1000000000001": -1, "1000000000000": kind} {
			cell := Cell{}
			cell.read(rawCell{text: text, nature: numeric}, kind, nil, false)
			if want < 0 != (cell.found.Code == CodeWrongType) {
				t.Errorf("%s as %s: got problem %q", text, kind, cell.found.Code)
			}
		}
	}
}

func TestCountsAreWholeNumbers(t *testing.T) {
	for text, want := range map[string]float64{"4": 4, "4.0": 4, "2.9999999999999996": 3, "2.5": -1, "0.001": -1} {
		cell := Cell{}
		cell.read(rawCell{text: text, nature: numeric}, Count, nil, false)
		if want < 0 != (cell.found.Code == CodeWrongType) || want >= 0 && (cell.Number != want || cell.found.Code != "") {
			t.Errorf("%s: got %v with problem %q, want %v", text, cell.Number, cell.found.Code, want)
		}
	}
}

func TestAYearAloneIsNoDate(t *testing.T) {
	for text, wrong := range map[string]bool{"2021": true, "2022.0": true, "2100": true, "45291": false, "45291.5": false, "2022.5": false} {
		for _, date1904 := range []bool{false, true} {
			cell := Cell{}
			cell.read(rawCell{text: text, nature: numeric}, Date, nil, date1904)
			if wrong != (cell.found.Code == CodeWrongType) {
				t.Errorf("%s, 1904 %v: read as %v with problem %q, want it refused: %v", text, date1904, cell.Time, cell.found.Code, wrong)
			}
		}
	}
}

func TestAPartThatIsThereTwiceIsOneProblem(t *testing.T) {
	for _, second := range []string{"xl/worksheets/sheet1.xml", `xl\worksheets\sheet1.xml`} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, p := range [][2]string{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", rootRels}, {"xl/workbook.xml", bookXML}, {"xl/_rels/workbook.xml.rels", bookRels},
			{"xl/sharedStrings.xml", strings0}, {"xl/worksheets/sheet1.xml", sheetOpen + header + sheetClose}, {second, sheetOpen + header + `<row r="2"><c r="B2"><v>1</v></c></row>` + sheetClose}} {
			w, err := z.Create(p[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(p[1])); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if records, problems := readPairs(t, b.Bytes()); records != "" || problems != "erreur classeur-illisible " {
			t.Errorf("%s: got %q and %q, want one unreadable workbook", second, records, problems)
		}
	}
}

// english are words of the libraries' messages.
var english = regexp.MustCompile(`(?i)\b(unexpected|zip|not|valid|file|error|syntax|expected|invalid|element|closed|missing|row|found|limit)\b`)

func TestWhatIsWrongIsSaidInFrench(t *testing.T) {
	sound := rowsOf(t, header)
	for name, data := range map[string][]byte{
		"truncated":      sound[:len(sound)/2],
		"first bytes":    sound[:10],
		"cut sheet":      zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOpen + header + `<row r="2"><c r="A2"`}),
		"bad reference":  rowsOf(t, header+`<row r="2"><c r="!!"><v>1</v></c></row>`),
		"broken book":    zipped(t, map[string]string{"xl/workbook.xml": "<workbook><sheets>"}),
		"missing book":   zipped(t, map[string]string{"xl/workbook.xml": ""}),
		"row of letters": rowsOf(t, header+`<row r="deux"><c><v>1</v></c></row>`),
	} {
		var list problem.List
		if book, ok := Open("a.xlsx", data, &list); ok {
			for _, sheet := range book.Sheets() {
				Read(book, sheet, pairColumns, &list)
			}
			_ = book.Close()
		}
		for _, p := range list.Sorted() {
			if word := english.FindString(p.Message); word != "" {
				t.Errorf("%s: %q says %q", name, p.Message, word)
			}
		}
		if !list.HasErrors() {
			t.Errorf("%s: no error", name)
		}
	}
}
