package site

import (
	"context"
	"fmt"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// besideRegionMap are the indicators of the table beside the map of a region's departments. The map
// shows the second.
var besideRegionMap = []indicator.ID{"essms_finances", "essms_pour_100000_habitants", "taux_couverture"}

// departmentsFigure is the map of a region's departments, in the classes of the whole country, beside their
// table; nil for a region of one department, of which there is nothing to compare.
func (e *edition) departmentsFigure(ctx context.Context, c *composer, t atlas.Territory, l *linker) (*Figure, error) {
	national := e.table(besideRegionMap[1], atlas.DepartmentLevel)
	table := national.Within(t.ID)
	if c.in.Maps == nil || len(table.Rows) < 2 {
		return nil, nil
	}
	options := e.mapOptions(national)
	options.ID, options.Href, options.Description = "departements", e.mapTarget(atlas.DepartmentLevel, l), narrative.Pattern(table)
	drawn, err := c.in.Maps.DrawRegion(national, t.ID.Code, options)
	if err != nil {
		return nil, fmt.Errorf("carte des départements %s : %w", t.Genitive, err)
	}
	f := c.underMap(Figure{
		ID: "departements", Title: national.Indicator.Title + " par département " + t.Locative + ", " + e.state(),
		Map: mapOf(drawn, table, options.Classes), Beside: e.besideMap(table, t, l), Captions: c.captions(e, table),
	})
	f.Notes = append(f.Notes, "Le code de chaque département est sur la carte. Le rang est celui de la carte, parmi les "+french.Count(float64(national.Ranked), "département", "départements")+
		" de France dont la valeur est connue.")
	f.Notes = append(f.Notes, e.roundingNotes(besideRegionMap[0], besideRegionMap[2])...) // that of the map has its own
	f.Provenance = e.provenances(t.ID, l, besideRegionMap...)
	ind := national.Indicator
	return &f, c.takeAway(ctx, e, l, &f, taking{
		title: ind.Title + " par département " + t.Locative, subtitle: e.moments(ind, e.state()),
		data: func(name string) download.Table {
			return download.OfTables(e.results, name, f.Beside.Caption, e.besideTables(t)...)
		},
	})
}

// besideTables are the values of the table beside the map of a region's departments: those of France, of the
// region, then of each department.
func (e *edition) besideTables(region atlas.Territory) []indicator.Table {
	var tables []indicator.Table
	for _, id := range besideRegionMap {
		table := e.table(id, atlas.DepartmentLevel).Within(region.ID)
		table.Rows = append([]indicator.Row{e.now(id, region.ID)}, e.ordered(table.Rows)...)
		tables = append(tables, table)
	}
	return tables
}

// besideMap is the table of a region's departments: the key to the codes of the map, and its values.
func (e *edition) besideMap(t indicator.Table, region atlas.Territory, l *linker) *Table {
	table := &Table{ID: "tableau-departements", Head: "Département", Caption: "Les départements " + region.Genitive + ", " + e.state(), Sortable: true}
	lines := []TableRow{{Head: Link{Text: region.Name}, Total: true}, {Head: Link{Text: "France"}, Total: true}}
	for _, id := range besideRegionMap {
		ind := indicator.ByID(id)
		table.Columns = append(table.Columns, Column{Text: ind.Short, Numeric: true, Unit: ind.Display.Suffix})
		lines[0].Cells = append(lines[0].Cells, number(e.now(id, region.ID)))
		lines[1].Cells = append(lines[1].Cells, number(e.now(id, atlas.France)))
	}
	table.Columns = append(table.Columns, Column{Text: "Rang", Numeric: true})
	none := Cell{Text: "–", Spoken: "sans rang", Numeric: true}
	lines[0].Cells, lines[1].Cells = append(lines[0].Cells, none), append(lines[1].Cells, none)
	table.Rows = lines
	for _, r := range e.ordered(t.Rows) {
		row := TableRow{Head: Link{Text: r.Territory.Name + " (" + r.Territory.ID.Code + ")"}, Territory: r.Territory.ID.String()}
		if path := e.territoryPath(r.Territory.ID); l.has(path) {
			row.Head.Href = l.to(path)
		}
		for _, id := range besideRegionMap {
			row.Cells = append(row.Cells, number(e.now(id, r.Territory.ID)))
		}
		row.Cells = append(row.Cells, rankCell(r))
		table.Rows = append(table.Rows, row)
	}
	return table
}
