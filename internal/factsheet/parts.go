package factsheet

import (
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// beside names, for an indicator that France does not have, the one to show in its place.
var beside = map[indicator.ID]indicator.ID{"projets_nationaux_suivis": "projets_nationaux"}

// figures are indicators in large type.
func (w *writer) figures(ids []indicator.ID, t atlas.TerritoryID) []figure {
	var out []figure
	for i, id := range ids {
		ind, row := indicator.ByID(id), w.now(id, t)
		f := figure{Label: ind.Short, Value: value(ind, row), Headline: i == 0}
		if !row.Value.Shown() {
			f.Spoken = row.Phrase
		}
		if t.Level == atlas.RegionLevel {
			f.Rank = rank(row, w.table(id, t.Level, w.year()))
			f.Country = "France" + french.NBSP + ": "
			if other, ok := beside[id]; ok {
				f.Country += w.now(other, atlas.France).Phrase
			} else {
				f.Country += value(ind, w.now(id, atlas.France))
			}
		}
		f.Trend, f.Change = w.change(ind, row, t)
		out = append(out, f)
	}
	return out
}

// rank is « 2e sur 18 régions ».
func rank(r indicator.Row, t indicator.Table) string {
	if r.Rank == 0 {
		return ""
	}
	return fmt.Sprintf("%s sur %d régions", french.Ordinal(r.Rank, french.Feminine), t.Ranked)
}

// change compares a value, as it is shown, with that of the end of the year before; it says nothing of an
// indicator whose past years are no trend.
func (w *writer) change(ind *indicator.Indicator, now indicator.Row, t atlas.TerritoryID) (trend, words string) {
	years := w.results.Years()
	if len(years) < 2 || !now.Value.Shown() || ind.Followed {
		return "", ""
	}
	before := years[len(years)-2]
	row := w.row(ind.ID, t, before)
	if !row.Value.Shown() {
		return "", ""
	}
	when := indicator.DateLabel(w.about, before)
	switch {
	case row.Text == now.Text:
		return "level", "stable depuis " + when
	case row.Value.Number < now.Value.Number:
		trend, words = "up", "en hausse"
	default:
		trend, words = "down", "en baisse"
	}
	return trend, words + french.NBSP + ": " + value(ind, row) + " " + when
}

// shade finishes a map: words, legend, form.
func shade(m carto.Map) drawing {
	d := drawing{Title: m.Title, SVG: printed(string(m.SVG)), Alt: "Carte" + french.NBSP + ": " + m.Title + ". " + m.Description,
		Unit: m.Legend.Unit, NoData: m.Legend.NoData, Note: m.Legend.Note, Share: 0.46, Height: 200}
	for _, c := range m.Legend.Classes {
		d.Legend = append(d.Legend, swatch{c.Colour, c.Hatch, c.Label})
	}
	slices.Reverse(d.Legend) // on a line, the lowest comes first
	return d
}

// printed gives a drawing the font of the sheet.
func printed(svg string) string {
	return strings.ReplaceAll(svg, `font-family="sans-serif"`, `font-family="Source Sans 3"`)
}

// areas are the values of territories, then of what they are part of.
func (w *writer) areas(head string, ids []indicator.ID, level atlas.Level, of []atlas.Territory, whole atlas.Territory) table {
	t := table{Columns: []column{{Text: head}}, Total: true}
	for _, id := range ids {
		ind := indicator.ByID(id)
		text := ind.Short
		if ind.Display.Suffix != "" {
			text += " (" + ind.Display.Suffix + ")"
		}
		t.Columns = append(t.Columns, column{text, true})
	}
	add := func(name string, id atlas.TerritoryID) {
		cells := []string{name}
		for _, i := range ids {
			row := w.now(i, id)
			if !indicator.ByID(i).Has(id.Level) {
				row.Text = "///"
			}
			cells = append(cells, row.Text)
		}
		t.Rows = append(t.Rows, cells)
	}
	for _, one := range of {
		name := one.Name
		if level == atlas.DepartmentLevel {
			name = one.ID.Code + " " + name
		}
		add(name, one.ID)
	}
	add(whole.Name, whole.ID)
	return t
}

// group is a class of ESSMS; that of those without answer has no share.
type group struct {
	label   string
	count   int
	unknown bool
}

// breakdown is a way to split the ESSMS of a territory.
type breakdown struct {
	title, head, known string
	share              indicator.ID // whose format the shares take
	groups             func(*indicator.Slice) []group
}

var byField = breakdown{
	title: "ESSMS financés par champ d’intervention", head: "Champ", known: "de champ connu", share: "part_handicap_essms",
	groups: func(s *indicator.Slice) []group {
		var out []group
		for _, f := range s.ByField() {
			out = append(out, group{french.Capitalize(f.Field.Label()), f.Count, f.Field == ""})
		}
		return out
	},
}

var byStatus = breakdown{
	title: "ESSMS financés par statut", head: "Statut", known: "de statut connu", share: "part_non_lucratif_essms",
	groups: func(s *indicator.Slice) []group {
		var out []group
		for _, f := range s.ByStatus() {
			out = append(out, group{french.Capitalize(f.Status.Label()), f.Count, f.Status == ""})
		}
		return out
	},
}

// composition splits the ESSMS of a territory, beside those of France. Parts are counted
// exactly, as on the page: rounded to the ten, the smallest would vanish beside a share that
// says they exist.
func (w *writer) composition(b breakdown, t atlas.Territory) barTable {
	here, france := b.groups(w.results.Slice(t.ID, w.year())), b.groups(w.results.Slice(atlas.France, w.year()))
	out, notes := barTable{Title: b.title, Columns: []string{b.head, "ESSMS", "Part"}, Room: 32}, w.compositionNotes(b)
	regional := t.ID != atlas.France
	if regional {
		out.Columns[2] = "Région"
		out.Columns = append(out.Columns, "France")
	}
	marked := false
	for i, g := range here {
		if g.count == 0 && france[i].count == 0 {
			continue
		}
		row := barRow{Label: g.label, Cells: []barCell{{Text: french.Integer(float64(g.count)), Bar: -1}, w.part(here, i, b.share)}}
		row.Cells[1].Strong = true
		if regional {
			national := w.part(france, i, b.share)
			if row.Cells[1].Bar >= 0 && national.Bar >= 0 {
				row.Cells[1].Mark = []float64{national.Bar}
				marked = true
			}
			national.Bar = -1
			row.Cells = append(row.Cells, national)
		}
		out.Rows = append(out.Rows, row)
	}
	if marked {
		notes = append(notes, "Trait noir"+french.NBSP+": France.")
	}
	out.Note = strings.Join(notes, " ")
	return out
}

// compositionNotes say what the shares are of, in the words of the page.
func (w *writer) compositionNotes(b breakdown) []string {
	notes := []string{"Les parts se rapportent aux ESSMS " + b.known + "."}
	if w.rounded() {
		notes = append(notes, "Les nombres d’ESSMS ne sont pas arrondis.")
	}
	return notes
}

// rounded reports whether the edition rounds the numbers of financed ESSMS.
func (w *writer) rounded() bool { return len(w.about.Rounding["essms_finances"]) > 0 }

// part is the share of a group among those that have an answer.
func (w *writer) part(groups []group, i int, share indicator.ID) barCell {
	if groups[i].unknown {
		return barCell{Text: "///", Bar: -1}
	}
	known := 0
	for _, g := range groups {
		if !g.unknown {
			known += g.count
		}
	}
	v := atlas.Ratio(atlas.Known(float64(groups[i].count)), atlas.Known(float64(known)), 1)
	_, phrase := indicator.ByID(share).Format(v, w.about)
	if !v.Shown() {
		return barCell{Text: "n.d.", Bar: -1}
	}
	return barCell{Text: phrase, Bar: v.Number}
}

// growth shows indicators at the end of each year.
func (w *writer) growth(title string, ids []indicator.ID, t atlas.TerritoryID) barTable {
	out := barTable{Title: title, Columns: []string{"En cumul"}, Room: 34}
	for _, id := range ids {
		out.Columns = append(out.Columns, indicator.ByID(id).Short)
	}
	highest := map[indicator.ID]float64{}
	for _, id := range ids {
		for _, p := range w.results.Series(indicator.ByID(id), t).Points {
			if p.Row.Value.Shown() {
				highest[id] = max(highest[id], p.Row.Value.Number)
			}
		}
	}
	for _, y := range w.results.Years() {
		row := barRow{Label: french.Capitalize(indicator.DateLabel(w.about, y))}
		for _, id := range ids {
			r := w.row(id, t, y)
			cell := barCell{Text: value(indicator.ByID(id), r), Bar: -1, Strong: true}
			if r.Value.Shown() && highest[id] > 0 {
				cell.Bar = r.Value.Number / highest[id]
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// dots shows the place of a region among all, or how far apart they are when it is France.
func (w *writer) dots(title string, ids []indicator.ID, t atlas.Territory) dotTable {
	out := dotTable{Title: title, Columns: []string{"Indicateur", "Min.", "Répartition", "Max.", "France"}}
	regional := t.ID != atlas.France
	if regional {
		out.Here = t.Name
		out.Columns = []string{"Indicateur", "Min.", "Répartition", "Max.", "Région", "France", "Rang"}
	}
	for _, id := range ids {
		ind, table := indicator.ByID(id), w.table(id, atlas.RegionLevel, w.year())
		d := chart.DotPlot(table, t.ID)
		row := dotRow{Label: ind.Short, Alt: ind.Short + ". " + d.Summary, Others: d.Others, Here: d.Here, Reference: d.Reference,
			Low: "n.d.", High: "n.d."}
		if ind.Theme == indicator.ThemePublic {
			row.Label += " (part des ESSMS)"
		}
		if table.Ranked > 0 {
			row.Low, row.High = value(ind, d.Low), value(ind, d.High)
		}
		france := value(ind, w.now(id, atlas.France))
		if regional {
			here := w.now(id, t.ID)
			place := rank(here, table)
			if place == "" {
				place = "///"
			}
			row.Cells = []string{value(ind, here), france, strings.TrimSuffix(place, " régions")}
		} else {
			row.Cells = []string{france}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// terms are the definitions of indicators.
func terms(ids ...indicator.ID) []term {
	var out []term
	for _, id := range ids {
		ind := indicator.ByID(id)
		out = append(out, term{ind.Short, ind.Definition})
	}
	return out
}

// notes say how to read the figures of any sheet.
func (w *writer) notes(first ...string) []string {
	notes := append(first, "Le rang va de la valeur la plus élevée à la plus faible"+french.NNBSP+"; il est établi sur les valeurs non arrondies.")
	if w.rounded() {
		notes = append(notes, "Les nombres d’ESSMS financés sont arrondis, sauf par champ et par statut"+french.NNBSP+"; la somme des lignes peut différer du total.")
	}
	return append(notes, "n.d."+french.NBSP+": non disponible"+french.NNBSP+"; ///"+french.NBSP+": sans objet.")
}
