package site

import (
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Table is a table as a page shows it: the first column names the rows.
type Table struct {
	ID, Caption string
	Head        string // header of the first column
	Columns     []Column
	Rows        []TableRow
	Sortable    bool
}

// Column is a column after the first.
type Column struct {
	Text    string
	Unit    string // « % », printed small under the text
	Numeric bool
}

// TableRow is a row; its first cell is its header.
type TableRow struct {
	Head  Link
	Cells []Cell
	Total bool // France, beside the territories
	// Territory is the place that a map beside the table shows, « region:53 »; empty for none.
	Territory string
}

// Cell is a cell. Sort is what it is ordered by, where its text will not do.
type Cell struct {
	Text, Href, Sort string
	Spoken           string // what an abbreviation stands for: « non disponible »
	Numeric          bool
	Whole            bool // never broken over two lines
}

// number is a cell that holds a value, ordered by its raw number.
func number(r indicator.Row) Cell {
	c := Cell{Text: r.Text, Numeric: true, Sort: raw(r.Value)}
	if !r.Value.Shown() {
		c.Spoken = r.Phrase
	}
	return c
}

func raw(v atlas.Value) string {
	if !v.Shown() {
		return ""
	}
	return rawNumber(v.Number)
}

func rawNumber(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// quantity is a cell that holds a raw part of a ratio, in whole units.
func quantity(q atlas.Quantity) Cell {
	if !q.Known {
		return Cell{Text: "n.d.", Spoken: "non disponible", Numeric: true}
	}
	return Cell{Text: french.Integer(q.Amount), Sort: rawNumber(q.Amount), Numeric: true}
}

// count is a cell that holds a whole number.
func count(n int) Cell {
	return Cell{Text: french.Integer(float64(n)), Sort: strconv.Itoa(n), Numeric: true}
}

// rankCell is « 5e », or « – » without rank.
func rankCell(r indicator.Row) Cell {
	if r.Rank == 0 {
		return Cell{Text: "–", Spoken: "sans rang", Numeric: true}
	}
	return Cell{Text: ordinal(r), Sort: strconv.Itoa(r.Rank), Numeric: true}
}

// ordinal agrees with « région » or « département ».
func ordinal(r indicator.Row) string {
	gender := french.Feminine
	if r.Territory.ID.Level == atlas.DepartmentLevel {
		gender = french.Masculine
	}
	return french.Ordinal(r.Rank, gender)
}

// rankAmong is « 5e sur 18 », or "" without rank.
func rankAmong(r indicator.Row, t indicator.Table) string {
	if r.Rank == 0 {
		return ""
	}
	return ordinal(r) + " sur " + strconv.Itoa(t.Ranked)
}

// territoryTable shows an indicator for every territory of a level, France first.
func (e *edition) territoryTable(t indicator.Table, l *linker) *Table {
	ind := t.Indicator
	table := &Table{
		ID: "tableau-" + string(ind.ID), Head: french.Capitalize(levelNoun(t.Level)), Sortable: true,
		Caption: ind.Title + " par " + levelNoun(t.Level) + ", " + e.state(),
		Columns: []Column{{Text: "Valeur", Unit: t.UnitLabel(), Numeric: true}},
	}
	unknown := hasUnknown(t)
	if ind.Ratio() {
		table.Columns = append(table.Columns, Column{Text: "Numérateur", Numeric: true}, Column{Text: "Dénominateur", Numeric: true})
	}
	if unknown {
		table.Columns = append(table.Columns, Column{Text: "Sans réponse", Numeric: true})
	}
	table.Columns = append(table.Columns, Column{Text: "Rang", Numeric: true})
	add := func(r indicator.Row, head Link, total bool) {
		row := TableRow{Head: head, Cells: []Cell{number(r)}, Total: total, Territory: r.Territory.ID.String()}
		if ind.Ratio() {
			row.Cells = append(row.Cells, quantity(r.Value.Numerator), quantity(r.Value.Denominator))
		}
		if unknown {
			row.Cells = append(row.Cells, count(r.Value.Unknown))
		}
		row.Cells = append(row.Cells, rankCell(r))
		table.Rows = append(table.Rows, row)
	}
	if ind.Has(atlas.CountryLevel) {
		add(t.Country, Link{Text: "France"}, true)
	}
	for _, r := range e.ordered(t.Rows) {
		head := Link{Text: r.Territory.Name}
		if path := e.territoryPath(r.Territory.ID); l.has(path) {
			head.Href = l.to(path)
		}
		add(r, head, false)
	}
	return table
}

// inUnit ends the title of a figure whose values are written without their unit: « (en M€) ».
func inUnit(ind *indicator.Indicator) string {
	if ind.Display.Suffix == "" {
		return ""
	}
	return " (en" + french.NBSP + ind.Display.Suffix + ")"
}

func levelNoun(l atlas.Level) string {
	if l == atlas.DepartmentLevel {
		return "département"
	}
	return "région"
}

func hasUnknown(t indicator.Table) bool {
	if t.Country.Value.Unknown > 0 {
		return true
	}
	for _, r := range t.Rows {
		if r.Value.Unknown > 0 {
			return true
		}
	}
	return false
}

// yearsTable shows an indicator at the end of each year, for France and for the territories of
// a level, where it has them.
func (e *edition) yearsTable(ind *indicator.Indicator, level atlas.Level, l *linker) *Table {
	table := &Table{
		ID: "annees-" + string(ind.ID), Head: "Territoire", Sortable: true,
		Caption: ind.Title + ", cumul à la fin de chaque année" + inUnit(ind),
	}
	for _, y := range e.years {
		table.Columns = append(table.Columns, Column{Text: e.moment(y), Numeric: true})
	}
	add := func(id atlas.TerritoryID, head Link, total bool) {
		row := TableRow{Head: head, Total: total, Territory: id.String()}
		for _, y := range e.years {
			row.Cells = append(row.Cells, number(e.row(ind.ID, id, y)))
		}
		table.Rows = append(table.Rows, row)
	}
	if ind.Has(atlas.CountryLevel) {
		add(atlas.France, Link{Text: "France"}, true)
	}
	if level == atlas.CountryLevel {
		return table
	}
	for _, r := range e.ordered(e.table(ind.ID, level).Rows) {
		head := Link{Text: r.Territory.Name}
		if path := e.territoryPath(r.Territory.ID); l.has(path) {
			head.Href = l.to(path)
		}
		add(r.Territory.ID, head, false)
	}
	return table
}
