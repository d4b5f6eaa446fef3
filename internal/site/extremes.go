package site

import (
	"esms.example/atlas/internal/indicator"
)

// mostExtreme is how many territories a table of extremes shows at each end.
const mostExtreme = 8

// extremes is the top and the bottom of a table, with France between: what a reader looks for first on
// a map of a hundred departments. Equal values at the cut are shown in the order of the codes.
func (e *edition) extremes(t indicator.Table, l *linker) *Table {
	table := &Table{ID: "extremes", Head: "Département", Caption: "Les plus élevés et les plus faibles",
		Columns: []Column{{Text: "Valeur", Unit: t.UnitLabel(), Numeric: true}, {Text: "Rang", Numeric: true}}}
	ranked := t.ByRank()[:t.Ranked]
	add := func(rows []indicator.Row) {
		for _, r := range rows {
			head := Link{Text: r.Territory.Name}
			if path := e.territoryPath(r.Territory.ID); l.has(path) {
				head.Href = l.to(path)
			}
			table.Rows = append(table.Rows, TableRow{Head: head, Territory: r.Territory.ID.String(), Cells: []Cell{number(r), rankCell(r)}})
		}
	}
	if len(ranked) <= 2*mostExtreme {
		add(ranked)
		return table
	}
	add(ranked[:mostExtreme])
	if t.Indicator.Ratio() && t.Country.Value.Shown() {
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: "France"}, Total: true, Cells: []Cell{number(t.Country), {Text: "–", Spoken: "sans rang", Numeric: true}}})
	}
	add(ranked[len(ranked)-mostExtreme:])
	return table
}
