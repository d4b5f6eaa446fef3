package factsheet

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// cellsOf returns the texts of a row of the file: the first row of any table that starts with a name and has so many cells.
func cellsOf(w written, name string, cells int) []string {
	for _, row := range w.root.all("TR") {
		var texts []string
		for _, cell := range append(row.all("TH"), row.all("TD")...) {
			texts = append(texts, strings.TrimSpace(plainSpaces(cell.words())))
		}
		if len(texts) == cells && texts[0] == plainSpaces(name) {
			return texts
		}
	}
	return nil
}

func TestKeyFiguresAreThoseOfTheTables(t *testing.T) {
	r, files := sheets(t)
	for _, f := range files {
		region := regionNamed(r, f.Name)
		if region.Name == "" {
			continue
		}
		text := plainSpaces(read(t, f.PDF).root.words())
		for _, id := range regionFigures {
			ind := indicator.ByID(id)
			row, _ := r.Table(ind, atlas.RegionLevel, r.LastYear()).Row(region.ID)
			want := plainSpaces("\n" + ind.Short + "\n" + shown(ind, row) + "\n" + french.Ordinal(row.Rank, french.Feminine) + " sur 18 régions\n")
			if row.Rank == 0 {
				want = plainSpaces("\n" + ind.Short + "\n" + row.Text)
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s: %s: %q is not in\n%s", f.Path, id, want, text)
			}
		}
	}
}

func TestDepartmentsAndPlacesAreThoseOfTheTables(t *testing.T) {
	r, files := sheets(t)
	for _, f := range files {
		region := regionNamed(r, f.Name)
		if region.Name == "" {
			continue
		}
		w := read(t, f.PDF)
		for _, d := range r.Gazetteer().Departments() {
			if d.Region != region.ID.Code {
				continue
			}
			want := []string{d.ID.Code + " " + d.Name}
			for _, id := range []indicator.ID{"essms_finances", mapped, "taux_couverture"} {
				row, _ := r.Table(indicator.ByID(id), atlas.DepartmentLevel, r.LastYear()).Row(d.ID)
				want = append(want, plainSpaces(row.Text))
			}
			if got := cellsOf(w, want[0], len(want)); !slices.Equal(got, want) {
				t.Errorf("%s: row %q, want %q", f.Path, got, want)
			}
		}
		for _, id := range compared {
			ind := indicator.ByID(id)
			table := r.Table(ind, atlas.RegionLevel, r.LastYear())
			row, _ := table.Row(region.ID)
			name := ind.Short
			if ind.Theme == indicator.ThemePublic {
				name += " (part des ESSMS)"
			}
			ranked := table.ByRank()
			want := []string{name, shown(ind, ranked[table.Ranked-1]), "", shown(ind, ranked[0]), shown(ind, row), shown(ind, table.Country),
				french.Ordinal(row.Rank, french.Feminine) + " sur 18"}
			for i := range want {
				want[i] = plainSpaces(want[i])
			}
			if got := cellsOf(w, name, len(want)); !slices.Equal(got, want) {
				t.Errorf("%s: row %q, want %q", f.Path, got, want)
			}
		}
	}
}

// The parts of a composition are counted exactly, as on the page: a share above 0 never
// stands beside a number rounded to 0.
func TestCompositionIsCountedExactly(t *testing.T) {
	r, files := sheets(t)
	for _, f := range files {
		of := regionNamed(r, f.Name).ID
		switch f.Name {
		case "Projets nationaux":
			continue
		case "France":
			of = atlas.France
		}
		w := read(t, f.PDF)
		slice := r.Slice(of, r.LastYear())
		for _, split := range []breakdown{byField, byStatus} {
			got := countsUnder(w, split.head)
			for _, g := range split.groups(slice) {
				if want := plainSpaces(french.Integer(float64(g.count))); g.count > 0 && got[g.label] != want {
					t.Errorf("%s: %s: %q ESSMS, want %q", f.Path, g.label, got[g.label], want)
				}
			}
			text := plainSpaces(w.root.words())
			if want := "Les parts se rapportent aux ESSMS " + split.known + ". Les nombres d’ESSMS ne sont pas arrondis."; !strings.Contains(text, want) {
				t.Errorf("%s: no note %q", f.Path, want)
			}
		}
	}
}

// countsUnder returns the second cells of the table whose first header is head, by the first.
func countsUnder(w written, head string) map[string]string {
	out := map[string]string{}
	for _, table := range w.root.all("Table") {
		rows := table.all("TR")
		if strings.TrimSpace(rows[0].all("TH")[0].words()) != head {
			continue
		}
		for _, row := range rows[1:] {
			cells := append(row.all("TH"), row.all("TD")...)
			out[strings.TrimSpace(cells[0].words())] = strings.TrimSpace(plainSpaces(cells[1].words()))
		}
	}
	return out
}

var numberPattern = regexp.MustCompile(`\d+(?:\x{202f}\d{3})*(?:,\d+)?`)

// Whatever stands on a sheet and looks like a number is the text of a computed value, of a
// record or of the edition: nothing was formatted on the way.
func TestNoNumberIsMadeUp(t *testing.T) {
	r, files := sheets(t)
	country := textsOf(r, atlas.France)
	for _, level := range []atlas.Level{atlas.RegionLevel} {
		for i := range indicator.All {
			if ind := &indicator.All[i]; ind.Has(level) {
				for _, row := range r.Table(ind, level, r.LastYear()).Rows {
					country[row.Text] = true // extremes, and the sheets of the country
				}
			}
		}
	}
	for _, f := range files {
		known := map[string]bool{}
		of := atlas.France
		if region := regionNamed(r, f.Name); region.Name != "" {
			of = region.ID
			for _, d := range r.Gazetteer().Departments() {
				if d.Region == region.ID.Code {
					for text := range textsOf(r, d.ID) {
						known[text] = true
					}
				}
			}
		}
		for text := range textsOf(r, of) {
			known[text] = true
		}
		d := documentNamed(t, r, f.Name)
		allowed := strings.Join(append(append(slices.Concat(d.sheet.Projects.Rows...), d.sheet.Notes...), slices.Concat(d.sheet.Summary, d.sheet.Colophon, legend(d))...), " ")
		allowed += d.sheet.Kicker + d.sheet.State + d.sheet.Address + " 100\u202f000 1 2 18 31 2021 2022 2023 100 "
		for _, id := range terms(compared...) {
			allowed += id.Text
		}
		for _, area := range d.sheet.Areas.Rows {
			allowed += " " + strings.SplitN(area[0], " ", 2)[0] // codes
		}
		for _, m := range numberPattern.FindAllString(allowed, -1) {
			known[m] = true
		}
		for _, m := range numberPattern.FindAllString(read(t, f.PDF).root.words(), -1) {
			if rank := len(m) <= 2; !known[m] && !country[m] && !rank {
				t.Errorf("%s: the number %q is that of no value", f.Path, m)
			}
		}
	}
}

func legend(d document) []string {
	var out []string
	for _, s := range d.sheet.Map.Legend {
		out = append(out, s.Label)
	}
	return append(out, d.sheet.Map.Note)
}

// textsOf are the texts of all values of a territory, and of its composition.
func textsOf(r *indicator.Results, t atlas.TerritoryID) map[string]bool {
	out := map[string]bool{}
	for i := range indicator.All {
		for _, y := range r.Years() {
			out[r.Row(&indicator.All[i], t, y).Text] = true
		}
	}
	if t.Level == atlas.DepartmentLevel {
		return out
	}
	slice := r.Slice(t, r.LastYear())
	fields, statuses := map[string]int{}, map[string]int{}
	for _, f := range slice.ByField() {
		fields[string(f.Field)] = f.Count
	}
	for _, s := range slice.ByStatus() {
		statuses[string(s.Status)] = s.Count
	}
	for _, counts := range []map[string]int{fields, statuses} {
		total := 0
		for name, n := range counts {
			if name != "" {
				total += n
			}
		}
		for _, n := range counts {
			out[french.Integer(float64(n))] = true
			out[french.Number(100*float64(n)/float64(max(1, total)), 1)] = true
		}
	}
	return out
}

func shown(ind *indicator.Indicator, r indicator.Row) string {
	if ind.Display.Suffix != "" && r.Value.Shown() {
		return r.Phrase
	}
	return r.Text
}

func regionNamed(r *indicator.Results, name string) atlas.Territory {
	for _, t := range r.Gazetteer().Regions() {
		if t.Name == name {
			return t
		}
	}
	return atlas.Territory{}
}

func documentNamed(t *testing.T, r *indicator.Results, name string) document {
	t.Helper()
	documents, err := compose(input(t, r))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("no sheet of %s", name)
	return document{}
}
