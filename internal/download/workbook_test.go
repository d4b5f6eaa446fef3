package download

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func indicatorNamed(t *testing.T, id indicator.ID) *indicator.Indicator {
	t.Helper()
	ind := indicator.ByID(id)
	if ind == nil {
		t.Fatalf("no indicator %s", id)
	}
	return ind
}

func makeBook(t testing.TB, r, former *indicator.Results, id atlas.TerritoryID) []byte {
	t.Helper()
	data, err := Workbook(r, former, id)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sheetRows(t *testing.T, data []byte, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// faults lists what is wrong in the archive of a workbook: parts that are no XML or have no
// media type, relationships that lead nowhere, formulas, columns out of order.
func faults(t *testing.T, data []byte) []string {
	t.Helper()
	var out []string
	fault := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	types, extensions := map[string]bool{}, map[string]bool{}
	for name, part := range parts {
		base := path.Join(path.Dir(path.Dir(name)), "") // of the relationships of a part
		column, lastColumn := 0, 0
		err := eachElement(part, func(e xml.StartElement) {
			at := func(name string) string {
				for _, a := range e.Attr {
					if a.Name.Local == name {
						return a.Value
					}
				}
				return ""
			}
			switch e.Name.Local {
			case "Override":
				if types[at("PartName")] = true; parts[strings.TrimPrefix(at("PartName"), "/")] == nil {
					fault("%s names %s, which is not there", name, at("PartName"))
				}
			case "Default":
				extensions[at("Extension")] = true
			case "Relationship":
				target := path.Join(base, at("Target"))
				if strings.HasPrefix(at("Target"), "/") {
					target = at("Target")[1:]
				}
				if at("TargetMode") == "External" || parts[target] == nil {
					fault("%s leads to %s", name, at("Target"))
				}
			case "f":
				if !strings.HasPrefix(name, "xl/charts/") { // where it is a reference to cells
					fault("%s has a formula", name)
				}
			case "col":
				if column, _ = strconv.Atoi(at("min")); column <= lastColumn && strings.HasPrefix(name, "xl/worksheets/") {
					fault("%s: column %d after column %d", name, column, lastColumn)
				}
				lastColumn = column
			}
		})
		if err != nil {
			fault("%s: %v", name, err)
		}
	}
	for name := range parts {
		if name != "[Content_Types].xml" && !types["/"+name] && !extensions[strings.TrimPrefix(path.Ext(name), ".")] {
			fault("%s has no media type", name)
		}
	}
	slices.Sort(out)
	return out
}

func eachElement(part []byte, visit func(xml.StartElement)) error {
	d := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			visit(e)
		}
	}
}

func TestWorkbookIsSoundAndHasNoFormula(t *testing.T) {
	for _, id := range []atlas.TerritoryID{atlas.France, brittany, atlas.RegionID("01")} {
		for _, fault := range faults(t, makeBook(t, world(2023), world(2022), id)) {
			t.Errorf("%s: %s", id, fault)
		}
	}
}

func TestWorkbookOfAnEditionOfOneYearHasNoChange(t *testing.T) {
	data := makeBook(t, results(), nil, atlas.RegionID("01"))
	for _, fault := range faults(t, data) {
		t.Error(fault)
	}
	rows := sheetRows(t, data, synthesisSheet)
	head := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "Indicateur" })
	if want := []string{"Indicateur", "Guadeloupe", "France", "Rang"}; head < 0 || !slices.Equal(rows[head], want) {
		t.Errorf("head %v, want %v", rows[max(head, 0)], want)
	}
}

func TestWorkbookGivesTheSameBytesTwice(t *testing.T) {
	want := makeBook(t, world(2023), world(2022), brittany)
	for range 5 {
		if got := makeBook(t, world(2023), world(2022), brittany); !bytes.Equal(got, want) {
			t.Fatalf("%d and %d bytes that differ", len(got), len(want))
		}
	}
}

func TestWorkbookHasTheIndicatorsComputed(t *testing.T) {
	r := world(2023)
	for _, id := range []atlas.TerritoryID{atlas.France, brittany, atlas.RegionID("01")} {
		rows := sheetRows(t, makeBook(t, r, nil, id), "Indicateurs")
		byID := map[string][]string{}
		for _, row := range rows[1:] {
			byID[row[len(rows[0])-1]] = row
		}
		seen := 0
		for i := range indicator.All {
			ind := &indicator.All[i]
			row, there := byID[string(ind.ID)]
			if there != ind.Has(id.Level) {
				t.Errorf("%s, %s: there is a row: %v", id, ind.ID, there)
			}
			if !there {
				continue
			}
			seen++
			for y, year := range r.Years() {
				checkValue(t, ind, r.Value(ind.ID, id, year), row[3+y])
			}
			if id.Level == atlas.RegionLevel && ind.Has(atlas.CountryLevel) {
				checkValue(t, ind, r.Value(ind.ID, atlas.France, 2023), row[3+len(r.Years())])
			}
			if got, want := row[slices.Index(rows[0], "Valeur affichée sur le site")], r.Row(ind, id, 2023).Phrase; got != want {
				t.Errorf("%s, %s is shown %q, want %q", id, ind.ID, got, want)
			}
		}
		if seen != len(byID) || seen != len(rows)-1 {
			t.Errorf("%s: %d rows for %d indicators", id, len(rows)-1, seen)
		}
	}
}

// checkValue compares a raw cell with the value computed.
func checkValue(t *testing.T, ind *indicator.Indicator, v atlas.Value, got string) {
	t.Helper()
	if !v.Shown() {
		if want, _ := ind.Format(v, atlas.Edition{}); got != want {
			t.Errorf("%s: %q, want %q", ind.ID, got, want)
		}
		return
	}
	if x, err := strconv.ParseFloat(got, 64); err != nil || math.Abs(x-v.Number) > 1e-12*math.Abs(v.Number) {
		t.Errorf("%s: %q, want %v", ind.ID, got, v.Number)
	}
}

func TestSynthesisSetsTheTerritoryBesideFranceAndTheFormerYear(t *testing.T) {
	r, former := world(2023), world(2022)
	rows := sheetRows(t, makeBook(t, r, former, brittany), synthesisSheet)
	head := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "Indicateur" })
	if want := []string{"Indicateur", "Bretagne & <b>", "France", "Rang", "Fin 2022", "Évolution depuis fin 2022", "Selon l’édition 2022"}; head < 0 || !slices.Equal(rows[head], want) {
		t.Fatalf("head %v, want %v", rows[max(head, 0)], want)
	}
	now, then := r.Value("essms_finances", brittany, 2023), r.Value("essms_finances", brittany, 2022)
	want := []string{"ESSMS financés", raw(now.Number), raw(r.Value("essms_finances", atlas.France, 2023).Number), "1", raw(then.Number), raw(now.Number - then.Number),
		raw(former.Value("essms_finances", brittany, 2022).Number)}
	if !slices.Equal(rows[head+1], want) || now.Number == then.Number {
		t.Errorf("row %v, want %v", rows[head+1], want)
	}
	paid := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "Taux de versement des subventions" })
	if got := rows[paid]; got[1] == "///" || got[4] != "///" || got[5] != "///" || got[6] == "///" {
		t.Errorf("payments %v, want neither former value nor change but that of the former edition", got)
	}
	all := fmt.Sprint(rows)
	for _, want := range []string{"Taux de versement des subventions\u00a0: pas d’évolution. Chaque année\u00a0: les projets décidés", "Données de démonstration", "Source\u00a0: CNSA, Atlas régional (données de démonstration), situation au 31\u00a0décembre 2023.",
		"Licence Ouverte 2.0", "n.d.\u00a0: donnée non disponible", "///\u00a0: sans objet", "ESSMS financés par champ", "ESSMS financés par statut"} {
		if !strings.Contains(all, want) {
			t.Errorf("the synthesis does not say %q", want)
		}
	}
}

func raw(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func TestRecordsOfTheWorkbookAreThoseOfTheCSV(t *testing.T) {
	r := world(2023)
	data := makeBook(t, r, nil, brittany)
	s := r.Slice(brittany, 2023)
	for sheet, table := range map[string]Table{"Projets": Projects(s), "ESSMS": ESSMS(s)} {
		rows := sheetRows(t, data, sheet)
		if len(rows) != len(table.Rows)+1 {
			t.Fatalf("%s: %d rows, want %d", sheet, len(rows), len(table.Rows)+1)
		}
		for i, row := range table.Rows {
			for j, cell := range row {
				if got := rows[i+1][j]; !same(cell, got) && (cell.typ != "" || got != "n.d.") {
					t.Errorf("%s, row %d, %s: %.60q, want %.60q", sheet, i+2, table.Columns[j].Title, got, cell.String())
				}
			}
		}
	}
}

func TestWorkbookIsMadeToBeReadAndPrinted(t *testing.T) {
	data := makeBook(t, world(2023), nil, brittany)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, want := f.GetSheetList(), []string{"Synthèse", "Indicateurs", "Projets", "ESSMS", "Définitions"}; !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	names := map[string]bool{}
	for _, n := range f.GetDefinedName() {
		names[n.Name+" "+n.Scope] = true
	}
	for i, sheet := range f.GetSheetList() {
		if !names["_xlnm.Print_Area "+sheet] || i > 0 && !names["_xlnm.Print_Titles "+sheet] {
			t.Errorf("%s has no print area or titles in %v", sheet, names)
		}
		if i == 0 {
			continue
		}
		if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: panes %+v (%v)", sheet, panes, err)
		}
		if tables, err := f.GetTables(sheet); err != nil || len(tables) != 1 {
			t.Errorf("%s: tables %v (%v)", sheet, tables, err)
		}
	}
	props, err := f.GetDocProps()
	if err != nil || props.Title != "ESMS numérique\u00a0: Bretagne & <b>, édition 2023" || props.Language != "fr-FR" || props.Created != "2024-05-15T00:00:00Z" || props.Creator == "" {
		t.Errorf("properties %+v (%v)", props, err)
	}
}

func TestEveryChartHasAnAlternative(t *testing.T) {
	data := makeBook(t, world(2023), nil, brittany)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	alternatives, charts := []string(nil), 0
	for _, f := range r.File {
		if strings.HasPrefix(f.Name, "xl/charts/chart") {
			charts++
		}
		if !strings.HasPrefix(f.Name, "xl/drawings/drawing") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := eachElement(part, func(e xml.StartElement) {
			if e.Name.Local == "cNvPr" {
				alternatives = append(alternatives, e.Attr[slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "descr" })].Value)
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	if charts != 4 || len(alternatives) != charts {
		t.Fatalf("%d charts, %d alternatives, want 4", charts, len(alternatives))
	}
	want := "Histogramme de l’évolution, en cumul, de la Bretagne\u00a0: ESSMS financés. fin 2022\u00a0: 11\u00a0ESSMS\u202f; 31\u00a0décembre 2023\u00a0: 22\u00a0ESSMS."
	if alternatives[0] != want {
		t.Errorf("alternative %q, want %q", alternatives[0], want)
	}
}

func TestThereIsNoWorkbookOfADepartment(t *testing.T) {
	for _, id := range []atlas.TerritoryID{atlas.DepartmentID("35"), atlas.RegionID("99")} {
		if data, err := Workbook(world(2023), nil, id); err == nil || data != nil {
			t.Errorf("%s: %d bytes, error %v", id, len(data), err)
		}
	}
}

func TestNumberFormatsWriteWhatTheAtlasShows(t *testing.T) {
	for id, want := range map[indicator.ID]string{
		"essms_finances":               "#,##0",
		"essms_par_projet_regional":    "#,##0.0",
		"taux_couverture":              "#,##0.0\"\u00a0\"%",
		"subvention_regionale":         "#,##0.0,,\"\u00a0M€\"",
		"subvention_moyenne_regionale": "#,##0,\"\u00a0k€\"",
	} {
		if got := displayFormat(indicatorNamed(t, id).Display); got != want {
			t.Errorf("%s: format %s, want %s", id, got, want)
		}
	}
	for _, c := range []struct {
		column Column
		want   string
	}{
		{Column{Name: "subvention_eur", Type: Number}, euroFormat}, {Column{Name: "taux_dossiers_actifs", Type: Number}, percentFormat},
		{Column{Name: "siren", Type: Text}, "@"}, {Column{Name: "annee", Type: Integer}, "0"},
		{Column{Name: "date_decision", Type: Date}, "dd/mm/yyyy"}, {Column{Name: "valeur", Type: Number}, ""},
	} {
		if got := c.column.cellFormat(); got != c.want {
			t.Errorf("%s: format %s, want %s", c.column.Name, got, c.want)
		}
	}
}

func BenchmarkWorkbookOfARegion(b *testing.B) {
	r, former := world(2023), world(2022)
	for b.Loop() {
		makeBook(b, r, former, brittany)
	}
}
