package demo_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// open opens a workbook of the edition of 2022, the smaller one, as any program would.
func open(t *testing.T, name string) *excelize.File {
	t.Helper()
	edition(t, 2022)
	f, err := excelize.OpenFile(filepath.Join(once().dir, "editions", "2022", name), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestSheetsHaveAFrozenHeaderAndAFilter(t *testing.T) {
	for name, want := range map[string]string{
		"projets.xlsx": "Projets, Candidatures, Enveloppes", "essms.xlsx": "ESSMS", "references.xlsx": "Parc, Usages, Programme, Chiffres publiés",
	} {
		f := open(t, name)
		if got := strings.Join(f.GetSheetList(), ", "); got != want {
			t.Errorf("%s has sheets %s, want %s", name, got, want)
		}
		filters := map[string]bool{}
		for _, d := range f.GetDefinedName() {
			filters[d.Scope] = filters[d.Scope] || strings.Contains(d.Name, "FilterDatabase")
		}
		for _, sheet := range f.GetSheetList() {
			panes, err := f.GetPanes(sheet)
			if err != nil || !panes.Freeze || panes.YSplit != 1 {
				t.Errorf("%s › %s: panes %+v, %v, want the first row frozen", name, sheet, panes, err)
			}
			id, err := f.GetCellStyle(sheet, "A1")
			if err != nil {
				t.Fatal(err)
			}
			if style, err := f.GetStyle(id); err != nil || style.Font == nil || !style.Font.Bold {
				t.Errorf("%s › %s: header %+v, %v, want it bold", name, sheet, style, err)
			}
			if !filters[sheet] {
				t.Errorf("%s › %s has no filter", name, sheet)
			}
		}
	}
}

func TestCellsAreTyped(t *testing.T) {
	files := map[string]*excelize.File{}
	for _, c := range []struct {
		file, sheet, cell string
		kind              excelize.CellType
		format            string
	}{
		{"projets.xlsx", "Projets", "A2", excelize.CellTypeInlineString, "49"},
		{"projets.xlsx", "Projets", "D3", excelize.CellTypeInlineString, "49"},
		{"projets.xlsx", "Projets", "H2", excelize.CellTypeUnset, "dd/mm/yyyy"},
		{"projets.xlsx", "Projets", "L2", excelize.CellTypeUnset, `#,##0\ "€"`},
		{"projets.xlsx", "Enveloppes", "C2", excelize.CellTypeUnset, `#,##0\ "€"`},
		{"essms.xlsx", "ESSMS", "A2", excelize.CellTypeInlineString, "49"},
		{"essms.xlsx", "ESSMS", "D2", excelize.CellTypeInlineString, "49"},
		{"essms.xlsx", "ESSMS", "G2", excelize.CellTypeInlineString, "49"},
		{"references.xlsx", "Parc", "A2", excelize.CellTypeInlineString, "49"},
		{"references.xlsx", "Usages", "E2", excelize.CellTypeUnset, "0 %"},
	} {
		if files[c.file] == nil {
			files[c.file] = open(t, c.file)
		}
		f := files[c.file]
		value, _ := f.GetCellValue(c.sheet, c.cell)
		kind, err := f.GetCellType(c.sheet, c.cell)
		if err != nil {
			t.Fatal(err)
		}
		id, _ := f.GetCellStyle(c.sheet, c.cell)
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		format := fmt.Sprint(style.NumFmt)
		if style.CustomNumFmt != nil {
			format = *style.CustomNumFmt
		}
		if kind != c.kind || format != c.format || value == "" {
			t.Errorf("%s › %s › %s = %q of type %v and format %q, want type %v and format %q", c.file, c.sheet, c.cell, value, kind, format, c.kind, c.format)
		}
	}
}

func TestDatesAreDays(t *testing.T) {
	f := open(t, "projets.xlsx")
	rows, err := f.GetRows("Projets", excelize.Options{RawCellValue: false})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows[1:] {
		day, err := time.Parse("02/01/2006", row[7])
		if err != nil || day.Year() < 2021 || day.Year() > 2022 || day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			t.Errorf("row %d: decided on %q, want a working day of 2021 or 2022 as 31/12/2022", i+2, row[7])
		}
	}
}

func TestWorkbooksDescribeThemselvesInFrench(t *testing.T) {
	p, err := open(t, "essms.xlsx").GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "Atlas régional ESMS numérique – édition 2022 – essms" || p.Language != "fr-FR" || !strings.Contains(p.Description, "inventées") || p.Created != "2023-05-16T00:00:00Z" {
		t.Errorf("properties %+v", *p)
	}
}
