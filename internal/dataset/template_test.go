package dataset

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

func blank(t *testing.T) []byte {
	t.Helper()
	in, err := Open(dataDir(t, nil, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	data, err := in.Template()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readBook reads an edition of one workbook, given by its bytes.
func readBook(t *testing.T, data []byte) (*Dataset, []problem.Problem) {
	t.Helper()
	return read(t, dataDir(t, map[string]string{"editions/2023/a.xlsx": string(data)}, nil))
}

func TestTheSameTemplateIsTheSameBytes(t *testing.T) {
	if !bytes.Equal(blank(t), blank(t)) {
		t.Error("got different bytes")
	}
}

func TestAnEmptyTemplateIsReadWithoutError(t *testing.T) {
	_, problems := readBook(t, blank(t))
	if got, want := brief(problems), "avertissement aucune-ligne ESSMS\navertissement aucune-ligne Projets"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestATemplateFilledWithItsExamplesIsAccepted types the example of each column as a person does:
// numbers and dates become such.
func TestATemplateFilledWithItsExamplesIsAccepted(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(blank(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Sheets() {
		for i, c := range s.Columns {
			if err := f.SetCellValue(s.Name, problem.ColumnLetters(i+1)+"2", example(t, c)); err != nil {
				t.Fatal(err)
			}
		}
	}
	var filled bytes.Buffer
	if err := f.Write(&filled); err != nil {
		t.Fatal(err)
	}
	ds, problems := readBook(t, filled.Bytes())
	if len(problems) > 0 || ds == nil {
		t.Fatalf("got problems:\n%s", full(problems))
	}
	got := []int{len(ds.Projects), len(ds.ESSMS), len(ds.Applications), len(ds.Envelopes), len(ds.Fleet), len(ds.Programme), len(ds.Usages), len(ds.Published)}
	if want := []int{1, 1, 1, 1, 1, 1, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v records, want %v", got, want)
	}
}

func example(t *testing.T, d workbook.Description) any {
	t.Helper()
	switch d.Type {
	case workbook.Text, workbook.OneOf:
		return d.Example
	case workbook.Date:
		day, ok := workbook.ParseDate(d.Example)
		if !ok {
			t.Errorf("%s: the example %q is no date", d.Header, d.Example)
		}
		return day
	}
	x, err := strconv.ParseFloat(strings.Replace(d.Example, ",", ".", 1), 64)
	if err != nil {
		t.Errorf("%s: the example %q is no number", d.Header, d.Example)
	}
	return x
}

// TestWhatTheListsOfferIsAccepted writes each value of each list in the first column that offers it.
func TestWhatTheListsOfferIsAccepted(t *testing.T) {
	data := blank(t)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	columns, err := f.GetCols(listSheet)
	if err != nil {
		t.Fatal(err)
	}
	headers := map[string]string{"Régions": colRegion, "Départements": colDept, "Catégories": colCategory}
	var rows [][]any
	projects := projects()
	parc := grid{{"Région", "Département", "Champ d’intervention", "Nombre d’ESSMS"}}
	for _, list := range columns {
		header := list[0]
		if h, ok := headers[header]; ok {
			header = h
		}
		for _, v := range list[1:] {
			if v == "" {
				break // the list is shorter than others
			}
			n := len(projects)
			project, essms := projectRow(fmt.Sprint("P", n)), essmsLine(fmt.Sprintf("69%07d", n), fmt.Sprint("P", n))
			switch {
			case slices.Contains(projectHeader, any(header)):
				project = replaced(projectHeader, project, []any{header, v})
			case slices.Contains(essmsHeader, any(header)):
				essms = replaced(essmsHeader, essms, []any{header, v})
			case header == colDept:
				parc = append(parc, []any{nil, v, "PA", 1})
				continue
			default:
				continue // of an optional sheet
			}
			projects, rows = append(projects, project), append(rows, essms)
		}
	}
	_, problems := readSheets(t, map[string]grid{"Projets": projects, "ESSMS": links(rows...), "Parc": parc})
	for _, p := range problems {
		if p.Severity == problem.Error {
			t.Errorf("got %s", full([]problem.Problem{p}))
		}
	}
	if len(rows) < 30 {
		t.Errorf("got %d values tried, want every list", len(rows))
	}
}

func TestTheTemplateGuidesWhoFillsIt(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(blank(t)))
	if err != nil {
		t.Fatal(err)
	}
	names := f.GetSheetList()
	if names[0] != guideSheet || names[len(names)-1] != listSheet || len(names) != len(Sheets())+2 {
		t.Errorf("got sheets %q", names)
	}
	for _, s := range Sheets() {
		comments, err := f.GetComments(s.Name)
		if err != nil || len(comments) != len(s.Columns) {
			t.Errorf("%s: got %d comments (%v), want %d", s.Name, len(comments), err, len(s.Columns))
		}
		offered, err := f.GetDataValidations(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range s.Columns {
			cells := fmt.Sprintf("%s2:%s1048576", problem.ColumnLetters(i+1), problem.ColumnLetters(i+1))
			found := slices.ContainsFunc(offered, func(v *excelize.DataValidation) bool {
				return v.Sqref == cells && strings.HasPrefix(v.Formula1, listSheet+"!")
			})
			if want := len(c.Choices) > 0 || slices.Contains([]string{colRegion, colDept, colCategory}, c.Header); found != want {
				t.Errorf("%s, %s: got a list %v, want %v", s.Name, c.Header, found, want)
			}
		}
		if got, want := format(t, f, s, "Date de décision"), "dd/mm/yyyy"; s.Name == "Projets" && got != want {
			t.Errorf("got dates as %q, want %q", got, want)
		}
		if got, want := format(t, f, s, colSubsidy), `#,##0.00\ "€"`; s.Name == "Projets" && got != want {
			t.Errorf("got amounts as %q, want %q", got, want)
		}
		if got := format(t, f, s, "Arrondi"); got != "" {
			t.Errorf("got steps as %q, want no format", got)
		}
		if panes, err := f.GetPanes(s.Name); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: got panes %+v (%v), want a frozen header", s.Name, panes, err)
		}
	}
}

// format returns the format of the cells of a column, "" when the sheet lacks it.
func format(t *testing.T, f *excelize.File, s SheetDescription, header string) string {
	t.Helper()
	i := slices.IndexFunc(s.Columns, func(d workbook.Description) bool { return d.Header == header })
	if i < 0 {
		return ""
	}
	id, err := f.GetColStyle(s.Name, problem.ColumnLetters(i+1))
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt == nil {
		return ""
	}
	return *style.CustomNumFmt
}
