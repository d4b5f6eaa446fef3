package workbook

import (
	"math"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/problem"
)

func TestParseNumberReadsWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct {
		in      string
		want    float64
		percent bool
		ok      bool
	}{
		{"377 000,50 €", 377000.5, false, true}, {"377\u202f000\u00a0€", 377000, false, true}, {"12345.67", 12345.67, false, true},
		{"1.234.567", 1234567, false, true}, {"1,234,567.8", 1234567.8, false, true}, {"1.234,5", 1234.5, false, true},
		{"−12,5", -12.5, false, true}, {"92 %", 0.92, true, true}, {"92,5%", 0.925, true, true}, {"1500 euros", 1500, false, true},
		{"12,34,5", 0, false, false}, {"1.2.3,4", 0, false, false}, {"", 0, false, false}, {"€", 0, false, false}, {"NaN", 0, false, false},
		{"Infinity", 0, false, false}, {"0x1p4", 0, false, false}, {"1_000", 0, false, false}, {"12 k€", 0, false, false}, {"12-13", 0, false, false},
	} {
		got, percent, ok := ParseNumber(c.in)
		if ok != c.ok || ok && (math.Abs(got-c.want) > 1e-9 || percent != c.percent) {
			t.Errorf("ParseNumber(%q) = %v, %v, %v, want %v, %v, %v", c.in, got, percent, ok, c.want, c.percent, c.ok)
		}
	}
}

func TestParseDateReadsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]string{
		"2023-12-31": "2023-12-31", "2023-12-31T23:59:59Z": "2023-12-31", "2023-12-31 10:00:00": "2023-12-31", "31/12/2023": "2023-12-31",
		"1/2/2023": "2023-02-01", "31-12-2023": "2023-12-31", "31.12.23": "2023-12-31", "31 décembre 2023": "2023-12-31", "1er janvier 2024": "2024-01-01",
		"dimanche 31 déc. 2023": "2023-12-31", "29/02/2024": "2024-02-29", "2023/12/31": "2023-12-31", "5 juil 2023": "2023-07-05",
		"29/02/2023": "", "31/04/2023": "", "12/31/2023": "", "2023": "", "00/01/2023": "", "2023-13-01": "", "": "", "demain": "", "3 jui 2023": "", "31 frimaire 2023": "",
	} {
		day, ok := ParseDate(in)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("ParseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSerialFollowsTheCalendarOfTheWorkbook(t *testing.T) {
	for _, c := range []struct {
		x    float64
		at04 bool
		want string
	}{
		{45291, false, "2023-12-31"}, {45291.75, false, "2023-12-31"}, {45291.99999999, false, "2024-01-01"}, {1, false, "1900-01-01"}, {59, false, "1900-02-28"},
		{61, false, "1900-03-01"}, {60, false, ""}, {0, false, ""}, {-1, false, ""}, {3e6, false, ""}, {43829, true, "2023-12-31"}, {0, true, "1904-01-01"}, {math.NaN(), false, ""},
	} {
		day, ok := Serial(c.x, c.at04)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("Serial(%v, %v) = %q, want %q", c.x, c.at04, got, c.want)
		}
	}
}

func TestSharesStayBetweenZeroAndOne(t *testing.T) {
	for _, c := range []struct {
		text   string
		nature nature
		want   float64
		fault  string
	}{
		{"0.92", numeric, 0.92, ""}, {"0", numeric, 0, ""}, {"1", numeric, 1, ""}, {"1.0000000001", numeric, 1, ""}, {"92 %", textual, 0.92, ""}, {"92,5\u00a0%", textual, 0.925, ""},
		{"0,92", textual, 0.92, "avertissement"}, {"92", numeric, 0, "erreur"}, {"120 %", textual, 0, "erreur"}, {"-0.1", numeric, 0, "erreur"}, {"beaucoup", textual, 0, "erreur"},
	} {
		var list problem.List
		cell := Cell{}
		ok := cell.read(rawCell{c.text, c.nature}, Share, nil, false)
		cell.settle(&list)
		fault := ""
		for _, p := range list.Sorted() {
			fault += p.Severity.String()
		}
		if fault != c.fault || ok && math.Abs(cell.Number-c.want) > 1e-12 || ok == (c.fault == "erreur") {
			t.Errorf("share %q: got %v, %q, want %v, %q", c.text, cell.Number, fault, c.want, c.fault)
		}
	}
}

func TestChooseIgnoresCaseAccentsAndPunctuation(t *testing.T) {
	list := []Choice{{Value: "privé non lucratif", Aliases: []string{"PNL"}}, {Value: "public"}}
	for in, want := range map[string]string{"PRIVE-NON-LUCRATIF": "privé non lucratif", " Public ": "public", "pnl": "privé non lucratif", "publics": "", "": "", "-": ""} {
		if got, ok := Choose(list, in); got != want || ok != (want != "") {
			t.Errorf("Choose(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestDescribeFollowsTheTable(t *testing.T) {
	got := Describe(pairColumns)
	if len(got) != 3 || got[1].Header != "Valeur" || !got[1].CellRequired || got[2].Kind != "date" {
		t.Errorf("got %+v", got)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1,2", "−3 €", "12.345,6", "5%", "1e9", ",", "."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if x, _, ok := ParseNumber(s); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
			t.Errorf("ParseNumber(%q) = %v", s, x)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"31/12/2023", "2023-1-1", "1er mai 2023", "9999-99-99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if day, ok := ParseDate(s); ok && (day.Hour() != 0 || day.Location() != time.UTC || day.Year() < 1) {
			t.Errorf("ParseDate(%q) = %v", s, day)
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add("a\u200bb\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		once, _ := Clean(s)
		if twice, invisible := Clean(once); twice != once || invisible {
			t.Errorf("Clean(%q) = %q, then %q", s, once, twice)
		}
	})
}

// FuzzHeader puts any text in the header and in a cell.
func FuzzHeader(f *testing.F) {
	f.Add("Nom", "Valeur", "1")
	f.Add("N\u00b0", "VALEUR (\u20ac)", "\u202f")
	f.Fuzz(func(t *testing.T, a, b, value string) {
		var list problem.List
		book := &Book{name: "a.xlsx"}
		r := reader[pair]{book: book, sheet: "S", columns: pairColumns, problems: &list}
		r.visit(row{number: 1, cells: []rawCell{{text: a}, {text: b}}})
		r.visit(row{number: 2, cells: []rawCell{{text: value}, {text: value, nature: textual}}})
		r.settle()
		for _, p := range list.Sorted() {
			if p.Message == "" || strings.ContainsAny(p.Message, "\n\r") {
				t.Errorf("message %q", p.Message)
			}
		}
	})
}

// FuzzOpen opens arbitrary bytes, and arbitrary worksheets, as a workbook.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(header))
	f.Add([]byte(`<row r="2"><c r="B2"><f>1</f></c></row>`))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(`<row r="1048577"><c r="ZZZZ1" t="s"><v>99</v>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, content := range [][]byte{data, rowsOf(t, string(data))} {
			var list problem.List
			book, ok := Open("a.xlsx", content, &list)
			if !ok {
				if !list.HasErrors() {
					t.Error("refused without a problem")
				}
				continue
			}
			for _, s := range book.Sheets() {
				Read(book, s, pairColumns, &list)
			}
			if err := book.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}
