package download

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
)

// validator reads a CSV as its Table Schema says, as another program would: it knows nothing of
// the code that wrote either.
type validator struct {
	Fields []struct {
		Name, Title, Description, Type, Format, DecimalChar string
		Constraints                                         struct {
			Required, Unique bool
			Minimum, Maximum *float64
			Pattern          string
			Enum             []string
		}
	}
	MissingValues []string
	PrimaryKey    []string
}

// check returns every fault of a CSV.
func (v validator) check(data []byte, delimiter rune) []string {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	in.Comma = delimiter
	rows, err := in.ReadAll()
	if err != nil || len(rows) == 0 {
		return []string{fmt.Sprintf("unreadable: %v", err)}
	}
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if len(rows[0]) != len(v.Fields) {
		return []string{fmt.Sprintf("%d columns for %d fields", len(rows[0]), len(v.Fields))}
	}
	seen := make([]map[string]bool, len(v.Fields))
	keys := map[string]bool{}
	for i, f := range v.Fields {
		seen[i] = map[string]bool{}
		if rows[0][i] != f.Name || f.Title == "" || f.Description == "" {
			fault("column %d is %q; its field is %q (%q, %q)", i, rows[0][i], f.Name, f.Title, f.Description)
		}
	}
	for n, row := range rows[1:] {
		var key []string
		for i, f := range v.Fields {
			text := row[i]
			if slices.Contains(v.PrimaryKey, f.Name) {
				key = append(key, text)
			}
			if slices.Contains(v.MissingValues, text) {
				if f.Constraints.Required {
					fault("row %d: %s is required", n+2, f.Name)
				}
				continue
			}
			if f.Constraints.Unique && seen[i][text] {
				fault("row %d: %s %q is there twice", n+2, f.Name, text)
			}
			seen[i][text] = true
			if problem := v.cell(i, text); problem != "" {
				fault("row %d: %s: %s", n+2, f.Name, problem)
			}
		}
		if id := strings.Join(key, "\x00"); keys[id] {
			fault("row %d: the key %q is there twice", n+2, key)
		} else if len(v.PrimaryKey) > 0 {
			keys[id] = true
		}
	}
	return faults
}

func (v validator) cell(i int, text string) string {
	f := v.Fields[i]
	number := text
	switch f.Type {
	case "integer":
		if _, err := strconv.Atoi(text); err != nil {
			return fmt.Sprintf("%q is no integer", text)
		}
	case "number":
		if f.DecimalChar != "" {
			if strings.Contains(number, ".") {
				return fmt.Sprintf("%q has a point", text)
			}
			number = strings.Replace(number, f.DecimalChar, ".", 1)
		}
		if _, err := strconv.ParseFloat(number, 64); err != nil {
			return fmt.Sprintf("%q is no number", text)
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return fmt.Sprintf("%q is no date", text)
		}
	case "string":
	default:
		return "unknown type " + f.Type
	}
	x, _ := strconv.ParseFloat(number, 64)
	switch c := f.Constraints; {
	case c.Minimum != nil && x < *c.Minimum, c.Maximum != nil && x > *c.Maximum:
		return fmt.Sprintf("%s is out of bounds", text)
	case c.Pattern != "" && !regexp.MustCompile("^(?:"+c.Pattern+")$").MatchString(text):
		return fmt.Sprintf("%q does not match %s", text, c.Pattern)
	case c.Enum != nil && !slices.Contains(c.Enum, text):
		return fmt.Sprintf("%q is none of %q", text, c.Enum)
	}
	return ""
}

func schemaOf(t *testing.T, table Table, f Format) validator {
	t.Helper()
	data, err := Schema(table, f)
	if err != nil {
		t.Fatal(err)
	}
	var v validator
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", table.Name, err)
	}
	if len(v.PrimaryKey) == 0 || !slices.Contains(v.MissingValues, "") {
		t.Errorf("%s: key %q, missing values %q", table.Name, v.PrimaryKey, v.MissingValues)
	}
	return v
}

func TestEveryCSVObeysItsSchema(t *testing.T) {
	for _, table := range tables() {
		for _, f := range Formats[:2] {
			data := encode(t, func(b *bytes.Buffer) error { return f.Encode(b, table) })
			for _, fault := range schemaOf(t, table, f).check(data, rune(f.Delimiter[0])) {
				t.Errorf("%s%s: %s", table.Name, f.Suffix, fault)
			}
		}
	}
}

func TestSchemaRefusesWhatTheDataMustNotHold(t *testing.T) {
	table := Projects(world(2023).Slice(atlas.France, 2023))
	v := schemaOf(t, table, Formats[0])
	good := strings.SplitAfter(string(encode(t, func(b *bytes.Buffer) error { return CSV(b, Table{Columns: table.Columns, Rows: table.Rows[:1]}) })), "\n")
	for name, change := range map[string]func(string) string{
		"a number twice":  func(row string) string { return row + row },
		"no number":       func(row string) string { return row[strings.Index(row, ","):] },
		"a decimal comma": func(row string) string { return strings.Replace(row, "1000.25", `"1000,25"`, 1) },
		"a French date":   func(row string) string { return strings.Replace(row, "2022-06-01", "01/06/2022", 1) },
		"a bad scope":     func(row string) string { return strings.Replace(row, "régional", "local", 1) },
		"a bad region":    func(row string) string { return strings.Replace(row, ",53,", ",Bretagne,", 1) },
		"a loss":          func(row string) string { return strings.Replace(row, "1000.25", "-1", 1) },
	} {
		body := strings.Join(good[1:], "")
		if faults := v.check([]byte(good[0]+body), ','); faults != nil {
			t.Fatalf("the row itself: %q", faults)
		}
		changed := change(body)
		if changed == body {
			t.Fatalf("%s: nothing changed in %q", name, body)
		}
		if faults := v.check([]byte(good[0]+changed), ','); faults == nil {
			t.Errorf("%s is allowed", name)
		}
	}
}

func TestCSVReadsBackToTheSameValues(t *testing.T) {
	for _, table := range tables() {
		for _, f := range Formats[:2] {
			in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(encode(t, func(b *bytes.Buffer) error { return f.Encode(b, table) }), []byte("\ufeff"))))
			in.Comma = rune(f.Delimiter[0])
			rows, err := in.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range table.Rows {
				for j, c := range row {
					if want, got := c, rows[i+1][j]; !readsBack(want, got, f.Decimal) {
						t.Errorf("%s%s, row %d, %s: %.60q, want %.60q", table.Name, f.Suffix, i+2, table.Columns[j].Name, got, want.String())
					}
				}
			}
		}
	}
}

// readsBack compares to the last bit; a CSV reader makes line feeds of the ends of lines.
func readsBack(c Cell, text, decimal string) bool {
	switch c.typ {
	case "":
		return text == ""
	case Text:
		return strings.ReplaceAll(text, "\r", "") == strings.ReplaceAll(harmless(c.text), "\r", "")
	case Date:
		day, err := time.Parse(time.DateOnly, text)
		return err == nil && day.Equal(c.date)
	}
	if decimal != "" {
		text = strings.Replace(text, decimal, ".", 1)
	}
	x, err := strconv.ParseFloat(text, 64)
	return err == nil && x == c.number
}
