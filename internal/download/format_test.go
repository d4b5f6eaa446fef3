package download

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/atlas"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func encode(t *testing.T, f func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tables() []Table {
	r := world(2023)
	s := r.Slice(brittany, 2023)
	return []Table{Indicators(r), Projects(s), ESSMS(s), TerritoryIndicators(r, s.Territory), Projects(r.Slice(atlas.RegionID("01"), 2023))}
}

// same compares a text read back with a cell, as numbers where the cell is one.
func same(c Cell, got string) bool {
	switch c.typ {
	case Integer, Number:
		x, err := strconv.ParseFloat(got, 64)
		return err == nil && math.Abs(x-c.number) <= 1e-12*math.Abs(c.number)
	case Date:
		serial, err := strconv.ParseFloat(got, 64)
		day, err2 := excelize.ExcelDateToTime(serial, false)
		return err == nil && err2 == nil && day.Equal(c.date)
	case Text:
		return got == safe(c.text)
	}
	return got == ""
}

func TestWorkbookOfATableReadsBackTheSame(t *testing.T) {
	for _, table := range tables() {
		f, err := excelize.OpenReader(bytes.NewReader(encode(t, func(b *bytes.Buffer) error { return XLSX(b, table) })), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("Données")
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(table.Rows)+1 {
			t.Fatalf("%s: %d rows, want %d", table.Name, len(rows), len(table.Rows)+1)
		}
		for i, row := range table.Rows {
			for j, cell := range row {
				got := ""
				if j < len(rows[i+1]) {
					got = rows[i+1][j]
				}
				if !same(cell, got) {
					t.Errorf("%s, row %d, %s: %.60q, want %.60q", table.Name, i+2, table.Columns[j].Name, got, cell.String())
				}
				if cell.typ == Text {
					at, _ := excelize.CoordinatesToCellName(j+1, i+2)
					if kind, _ := f.GetCellType("Données", at); kind != excelize.CellTypeInlineString {
						t.Errorf("%s, %s is of type %v, want a text", table.Name, at, kind)
					}
				}
			}
		}
		props, err := f.GetDocProps()
		if err != nil || props.Title != table.Title || props.Language != "fr-FR" {
			t.Errorf("%s: properties %+v (%v)", table.Name, props, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestExcelCSVReadsBackTheSame(t *testing.T) {
	for _, table := range tables() {
		data := encode(t, func(b *bytes.Buffer) error { return ExcelCSV(b, table) })
		text, marked := strings.CutPrefix(string(data), "\ufeff")
		if !marked || !strings.HasSuffix(text, "\r\n") {
			t.Errorf("%s: byte order mark %v, end %q", table.Name, marked, text[len(text)-2:])
		}
		in := csv.NewReader(strings.NewReader(text))
		in.Comma = ';'
		rows, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range table.Rows {
			for j, cell := range row {
				got, want := rows[i+1][j], cell.String()
				switch cell.typ {
				case Number:
					want = strings.Replace(want, ".", ",", 1)
				case Text:
					want = strings.ReplaceAll(harmless(want), "\r", "") // the line ends of the file are CRLF
				}
				if got != want {
					t.Errorf("%s, row %d, %s: %.60q, want %.60q", table.Name, i+1, table.Columns[j].Name, got, want)
				}
				if cell.typ == Text && strings.ContainsRune("=+-@\t\r", rune(got[0])) {
					t.Errorf("%s: %.40q may be run", table.Name, got)
				}
			}
		}
	}
}

func TestJSONReadsBackTheSameInTheOrderOfTheColumns(t *testing.T) {
	for _, table := range tables() {
		data := encode(t, func(b *bytes.Buffer) error { return JSON(b, table) })
		var rows []map[string]any
		if err := json.Unmarshal(data, &rows); err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		if len(rows) != len(table.Rows) {
			t.Fatalf("%s: %d objects, want %d", table.Name, len(rows), len(table.Rows))
		}
		for i, row := range table.Rows {
			if len(rows[i]) != len(table.Columns) {
				t.Errorf("%s, object %d: %d keys, want %d", table.Name, i, len(rows[i]), len(table.Columns))
			}
			for j, cell := range row {
				var want any
				switch cell.typ {
				case Integer, Number:
					want = cell.number
				case Text, Date:
					want = strings.ToValidUTF8(cell.String(), "\ufffd")
				}
				if got := rows[i][table.Columns[j].Name]; got != want {
					t.Errorf("%s, object %d, %s: %v, want %v", table.Name, i, table.Columns[j].Name, got, want)
				}
			}
		}
		at := 0
		line, _, _ := strings.Cut(string(data[min(2, len(data)):]), "\n")
		for _, c := range table.Columns {
			found := strings.Index(line, `"`+c.Name+`":`)
			if len(table.Rows) > 0 && found < at {
				t.Errorf("%s: key %s is not in the order of the columns", table.Name, c.Name)
			}
			at = found
		}
	}
}

func TestFormatsGiveTheSameBytesTwice(t *testing.T) {
	for _, f := range Formats {
		for i, table := range tables() {
			one := encode(t, func(b *bytes.Buffer) error { return f.Encode(b, table) })
			two := encode(t, func(b *bytes.Buffer) error { return f.Encode(b, tables()[i]) })
			if !bytes.Equal(one, two) {
				t.Errorf("%s%s: %d and %d bytes that differ", table.Name, f.Suffix, len(one), len(two))
			}
		}
	}
}

func TestFormatsAreNamedForLinks(t *testing.T) {
	var suffixes []string
	for _, f := range Formats {
		if f.Label == "" || f.MediaType == "" || f.Encode == nil || slices.Contains(suffixes, f.Suffix) {
			t.Errorf("format %+v", f)
		}
		suffixes = append(suffixes, f.Suffix)
	}
	if want := []string{".csv", "-excel.csv", ".xlsx", ".json"}; !slices.Equal(suffixes, want) {
		t.Errorf("suffixes %v, want %v", suffixes, want)
	}
}

func TestCSVAreTheGoldenOnes(t *testing.T) {
	r := results()
	s := r.Slice(atlas.RegionID("01"), 2023)
	for _, table := range []Table{Projects(s), ESSMS(s), Indicator(r, indicatorNamed(t, "subvention_moyenne_regionale"))} {
		for _, f := range Formats[:2] {
			got := encode(t, func(b *bytes.Buffer) error { return f.Encode(b, table) })
			golden := filepath.Join("testdata", table.Name+f.Suffix)
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s\ngot\n%s\nwant\n%s", golden, got, want)
			}
		}
	}
}

func TestSafeKeepsWhatFitsAndMarksWhatIsCut(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"=1+1", "=1+1"}, {"a\x00b\x1fc", "a\ufffdb\ufffdc"}, {"tab\tline\n", "tab\tline\n"}, {"\xff", "\ufffd"}, {"\u202eabc", "\u202eabc"},
		{strings.Repeat("a", maxText), strings.Repeat("a", maxText)},
		{strings.Repeat("a", maxText+1), strings.Repeat("a", maxText-1) + "…"},
		{strings.Repeat("é", maxText), strings.Repeat("é", maxText)},
		{strings.Repeat("𝄞", maxText), strings.Repeat("𝄞", maxText/2) + "…"},
	} {
		if got := safe(c.in); got != c.want {
			t.Errorf("safe(%.20q) is %d bytes %.20q, want %d bytes %.20q", c.in, len(got), got, len(c.want), c.want)
		}
	}
}

func FuzzTextStaysTextInAWorkbook(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		table := Table{Name: "essai", Title: s, On: time.Unix(0, 0), Columns: []Column{{"texte", Text, "Texte", "Texte", anything}}, Rows: [][]Cell{{text(s)}}}
		data := encode(t, func(b *bytes.Buffer) error { return XLSX(b, table) })
		for _, fault := range faults(t, data) {
			t.Error(fault)
		}
		book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		if got, err := book.GetCellValue("Données", "A2"); err != nil || got != safe(s) {
			t.Errorf("%.60q (%v), want %.60q", got, err, safe(s))
		}
	})
}
