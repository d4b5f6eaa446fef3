package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

// TestTheSameNumberStandsEverywhere builds the committed edition and reads every value back
// from every format: open data, workbooks, pages, printed sheets. Raw numbers must be those of
// the results to the last digit, displayed ones the texts that the results were given once.
// Each format counts its comparisons, so that none passes by showing nothing.
func TestTheSameNumberStandsEverywhere(t *testing.T) {
	s := builtSite(t)
	for _, format := range []struct {
		name string
		read func(*testing.T, built)
	}{
		{"open data", openDataAgree},
		{"workbooks", workbooksAgree},
		{"region pages", regionPagesAgree},
		{"home", homeAgrees},
		{"list of regions", regionListAgrees},
		{"indicator pages", indicatorPagesAgree},
		{"printed sheets", sheetsAgree},
	} {
		t.Run(format.name, func(t *testing.T) { format.read(t, s) })
	}
}

const everywhereYear = 2023

// built is the committed edition, built, and what it must say.
type built struct {
	dir    string // of the edition
	r      *indicator.Results
	tables map[indicator.ID]map[atlas.Level]indicator.Table // at the data state
}

func builtSite(t *testing.T) built {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	var said bytes.Buffer
	o := buildOptions{out: out, year: everywhereYear, skipImages: true, skipArchives: true, uncompressed: true} // nothing of these is read
	if err := build(t.Context(), o, io.Discard, &said); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	data := filepath.Join("..", "..", "data")
	in, err := dataset.Open(data, data)
	if err != nil {
		t.Fatal(err)
	}
	var problems problem.List
	editions, err := readEditions(t.Context(), in, everywhereYear, &problems, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	s := built{filepath.Join(out, strconv.Itoa(everywhereYear)), editions[0].results, map[indicator.ID]map[atlas.Level]indicator.Table{}}
	for i := range indicator.All {
		ind := &indicator.All[i]
		s.tables[ind.ID] = map[atlas.Level]indicator.Table{}
		for _, level := range ind.Levels {
			s.tables[ind.ID][level] = s.r.Table(ind, level, s.r.LastYear())
		}
	}
	return s
}

// row is the value of an indicator at the data state, with its rank; the zero row where the
// indicator does not exist, and false.
func (s built) row(id indicator.ID, t atlas.TerritoryID) (indicator.Row, bool) {
	table, ok := s.tables[id][t.Level]
	if !ok {
		return indicator.Row{}, false
	}
	return table.Row(t)
}

// having lists the indicators that exist at a level.
func having(level atlas.Level) []*indicator.Indicator {
	var out []*indicator.Indicator
	for i := range indicator.All {
		if indicator.All[i].Has(level) {
			out = append(out, &indicator.All[i])
		}
	}
	return out
}

// values is how many values the edition has at some levels in one year.
func (s built) values(levels ...atlas.Level) int {
	n := 0
	for _, level := range levels {
		n += len(having(level)) * len(s.r.Gazetteer().At(level))
	}
	return n
}

// shownAs is a value beside a label that says its noun: with its unit where it has a sign.
func shownAs(ind *indicator.Indicator, r indicator.Row) string {
	if ind.Display.Suffix != "" && r.Value.Shown() {
		return r.Phrase
	}
	return r.Text
}

// comparison is the reading of one format.
type comparison struct {
	t     *testing.T
	count int
	seen  map[string]bool
}

// once notes a place that a format shows, which it must not show again in place of another.
func (c *comparison) once(where string) {
	c.t.Helper()
	if c.seen[where] {
		c.t.Errorf("%s is there twice", where)
	}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	c.seen[where] = true
}

// text compares what is shown, spaces included.
func (c *comparison) text(where, got, want string) {
	c.t.Helper()
	c.count++
	if got != want {
		c.t.Errorf("%s: shown as %q, want %q", where, got, want)
	}
}

// raw compares a written number with a value, to the last digit; where the value has none,
// the cell must hold absent.
func (c *comparison) raw(where, got string, want atlas.Value, absent string) {
	c.t.Helper()
	c.number(where, got, atlas.Quantity{Amount: want.Number, Known: want.Shown()}, absent)
}

func (c *comparison) number(where, got string, want atlas.Quantity, absent string) {
	c.t.Helper()
	c.count++
	if !want.Known {
		if got != absent {
			c.t.Errorf("%s = %q, want %q", where, got, absent)
		}
		return
	}
	if x, err := strconv.ParseFloat(got, 64); err != nil || x != want.Amount {
		c.t.Errorf("%s = %q, want %v", where, got, want.Amount)
	}
}

// expect fails unless a format gave as many comparisons as it must.
func (c *comparison) expect(what string, want int) {
	c.t.Helper()
	if c.count != want {
		c.t.Errorf("%s gave %d comparisons, want %d", what, c.count, want)
	}
	c.t.Logf("%s: %d comparisons", what, c.count)
}

// openDataAgree reads the open data of the edition, of each region and of each indicator.
func openDataAgree(t *testing.T, s built) {
	years := len(s.r.Years())
	file := func(name string, rows int) {
		c := comparison{t: t}
		for _, record := range recordsOf(t, filepath.Join(s.dir, name)) {
			s.compareRecord(&c, name, record)
		}
		c.expect(name, rows*years*openDataComparisons)
	}
	for _, suffix := range []string{".csv", "-excel.csv", ".json", ".xlsx"} {
		file("donnees/indicateurs"+suffix, s.values(atlas.Levels[:]...))
	}
	for _, suffix := range []string{".csv", "-excel.csv"} {
		for _, region := range s.r.Gazetteer().Regions() {
			file("regions/"+region.Slug+"/indicateurs"+suffix, len(having(atlas.RegionLevel)))
		}
		for i := range indicator.All {
			ind, rows := &indicator.All[i], 0
			for _, level := range ind.Levels {
				rows += len(s.r.Gazetteer().At(level))
			}
			file("indicateurs/"+string(ind.ID)+"/"+string(ind.ID)+suffix, rows)
		}
	}
}

// openDataComparisons is how many comparisons a row of open data gives.
const openDataComparisons = 5

func (s built) compareRecord(c *comparison, name string, record map[string]string) {
	id := atlas.TerritoryID{Code: record["code"]}
	for _, level := range atlas.Levels {
		if level.String() == record["niveau"] {
			id.Level = level
		}
	}
	if record["niveau"] == atlas.CountryLevel.String() {
		id = atlas.France
	}
	year, _ := strconv.Atoi(record["annee"])
	ind := indicator.ByID(indicator.ID(record["indicateur"]))
	where := name + ": " + record["indicateur"] + " " + id.String() + " " + record["annee"]
	if ind == nil || !ind.Has(id.Level) {
		c.t.Errorf("%s: no such indicator there", where)
		return
	}
	c.once(where)
	v := s.r.Value(ind.ID, id, year)
	c.raw(where, record["valeur"], v, "")
	c.number(where+" numerateur", record["numerateur"], v.Numerator, "")
	c.number(where+" denominateur", record["denominateur"], v.Denominator, "")
	c.text(where, record["statut"], v.Status.String())
	c.text(where, record["unite"], string(ind.Unit))
}

// decimalPoint turns a decimal comma into a point, and spoils a number that has a point.
var decimalPoint = strings.NewReplacer(",", ".", ".", "?")

// recordsOf reads a file of open data; numbers have a decimal point.
func recordsOf(t *testing.T, path string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	switch {
	case strings.HasSuffix(path, ".json"):
		return jsonRecords(t, data)
	case strings.HasSuffix(path, ".xlsx"):
		rows = sheetRows(t, data, "Données")
	default:
		in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		if strings.HasSuffix(path, "-excel.csv") {
			in.Comma = ';'
		}
		if rows, err = in.ReadAll(); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, cell := range row {
			if strings.HasSuffix(path, "-excel.csv") && slices.Contains([]string{"valeur", "numerateur", "denominateur"}, rows[0][i]) {
				cell = decimalPoint.Replace(cell)
			}
			record[rows[0][i]] = cell
		}
		out = append(out, record)
	}
	return out
}

func jsonRecords(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	in := json.NewDecoder(bytes.NewReader(data))
	in.UseNumber()
	var rows []map[string]any
	if err := in.Decode(&rows); err != nil {
		t.Fatal(err)
	}
	out := make([]map[string]string, len(rows))
	for i, row := range rows {
		out[i] = map[string]string{}
		for name, v := range row {
			switch v := v.(type) {
			case string:
				out[i][name] = v
			case json.Number:
				out[i][name] = v.String()
			}
		}
	}
	return out
}

// sheetRows reads the raw cells of a sheet.
func sheetRows(t *testing.T, data []byte, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// workbooksAgree reads the workbooks of the regions and of France. Their cells hold raw values
// under number formats; the column of the displayed value says what the site shows.
func workbooksAgree(t *testing.T, s built) {
	france, _ := s.r.Gazetteer().Territory(atlas.France)
	for _, place := range append([]atlas.Territory{france}, s.r.Gazetteer().Regions()...) {
		name := "donnees/atlas-2023-france.xlsx"
		if place.ID != atlas.France {
			name = "regions/" + place.Slug + "/atlas-2023-" + place.Slug + ".xlsx"
		}
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		w := workbookReading{comparison{t: t}, s, name, place}
		w.indicators(sheetRows(t, data, "Indicateurs"))
		w.synthesis(sheetRows(t, data, "Synthèse"))
	}
}

type workbookReading struct {
	comparison
	built
	name  string
	place atlas.Territory
}

func (w *workbookReading) regional() bool { return w.place.ID != atlas.France }

// cell compares a cell of a workbook: a raw number, or the sign that stands for its absence.
func (w *workbookReading) cell(where, got string, ind *indicator.Indicator, t atlas.TerritoryID, year int) {
	if !ind.Has(t.Level) {
		w.text(where, got, "///")
		return
	}
	row := w.r.Row(ind, t, year)
	w.raw(where, got, row.Value, row.Text)
}

func (w *workbookReading) indicators(rows [][]string) {
	w.count = 0
	years := w.r.Years()
	for _, cells := range rows[1:] {
		at := map[string]string{}
		for i, cell := range cells {
			at[rows[0][i]] = cell
		}
		ind := indicator.ByID(indicator.ID(at["Identifiant"]))
		if ind == nil {
			w.t.Errorf("%s: no indicator %q", w.name, at["Identifiant"])
			continue
		}
		where := w.name + " Indicateurs " + string(ind.ID)
		w.once(where)
		for _, y := range years {
			w.cell(where, at[french.Capitalize(indicator.DateLabel(w.r.Edition(), y))], ind, w.place.ID, y)
		}
		now, _ := w.row(ind.ID, w.place.ID)
		w.text(where, at["Valeur affichée sur le site"], now.Phrase)
		absent := "n.d."
		if !ind.Ratio() {
			absent = "///"
		}
		w.number(where, at["Numérateur"], now.Value.Numerator, absent)
		w.number(where, at["Dénominateur"], now.Value.Denominator, absent)
		if w.regional() {
			w.cell(where, at["France"], ind, atlas.France, w.r.LastYear())
			w.number(where, at["Rang"], atlas.Quantity{Amount: float64(now.Rank), Known: now.Rank > 0}, "n.d.")
		}
	}
	each := len(years) + 3
	if w.regional() {
		each += 2
	}
	w.expect(w.name+" Indicateurs", each*len(having(w.place.ID.Level)))
}

// synthesis reads the tables of the first sheet, each known by its first header.
func (w *workbookReading) synthesis(rows [][]string) {
	w.count = 0
	want := 0
	titles := map[string]*indicator.Indicator{}
	for _, ind := range having(w.place.ID.Level) {
		titles[ind.Title] = ind
	}
	years := map[string]int{}
	for _, y := range w.r.Years() {
		years[french.Capitalize(indicator.DateLabel(w.r.Edition(), y))] = y
	}
	parts := map[string]compositionWanted{}
	var head []string
	figures := 0
	for _, cells := range rows {
		if len(cells) == 0 {
			head = nil
			continue
		}
		switch cells[0] {
		case "Indicateur", "Année":
			head = cells
			continue
		case "Champ d’intervention", "Statut":
			head, parts = cells, w.compositions(w.place.ID)[cells[0]]
			want += len(parts) * (len(cells) - 1)
			continue
		}
		if len(head) < 2 || len(cells) < 2 {
			continue
		}
		where := w.name + " Synthèse " + cells[0]
		switch head[0] {
		case "Indicateur":
			w.once(where)
			figures++
			want += w.figure(where, head, cells, titles[cells[0]])
		case "Année":
			for i, id := range w.growing() {
				w.cell(where, cells[i+1], indicator.ByID(id), w.place.ID, years[cells[0]])
			}
		default:
			p := parts[cells[0]]
			w.number(where, cells[1], atlas.Known(float64(p.count)), "")
			for i, v := range []atlas.Value{p.here, p.france}[:len(cells)-2] {
				w.raw(where, cells[i+2], v, "///")
			}
		}
	}
	if figures < 10 {
		w.t.Errorf("%s Synthèse: %d key figures, want 10 or more", w.name, figures)
	}
	w.expect(w.name+" Synthèse", want+3*len(years))
}

func (w *workbookReading) growing() []indicator.ID {
	if w.regional() {
		return growthOfRegion
	}
	return growthOfFrance
}

// figure compares a line of the key figures, and returns how many comparisons it must give:
// the evolution is a difference that no other format shows.
func (w *workbookReading) figure(where string, head, cells []string, ind *indicator.Indicator) int {
	if ind == nil {
		w.t.Errorf("%s: no such indicator", where)
		return 0
	}
	now, _ := w.row(ind.ID, w.place.ID)
	previous := w.r.Years()[len(w.r.Years())-2]
	w.cell(where, cells[1], ind, w.place.ID, w.r.LastYear())
	for i, title := range head {
		switch {
		case i < 2:
		case title == "France":
			w.cell(where, cells[i], ind, atlas.France, w.r.LastYear())
		case title == "Rang":
			w.number(where, cells[i], atlas.Quantity{Amount: float64(now.Rank), Known: now.Rank > 0}, "n.d.")
		case title == "Fin "+strconv.Itoa(previous) && ind.Followed:
			w.text(where, cells[i], "///") // the former year is known in its state of today
		case title == "Fin "+strconv.Itoa(previous):
			w.cell(where, cells[i], ind, w.place.ID, previous)
		}
	}
	if w.regional() {
		return 4
	}
	return 2
}
