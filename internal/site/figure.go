package site

import (
	"context"
	"fmt"
	"html/template"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/render"
)

// Figure is a map, charts or both, the table of their figures, and what must stand under them.
type Figure struct {
	ID, Title string
	Map       *Map
	Charts    []*Chart
	Beside    *Table // shown beside the drawing
	Table     *Table // folded under it
	Captions
}

// Captions stand under a figure or a table, in the order of these fields.
type Captions struct {
	Notes                  []string
	Reading, Champ, Source string
	Credit                 string // of the base map
}

// Map is a drawn map with its legend.
type Map struct {
	SVG     template.HTML
	Unit    string
	Classes []MapClass
	NoData  bool   // some territories are hatched
	Note    string // how the classes or the circles are made
}

// MapClass is an entry of a legend by classes.
type MapClass struct {
	Class, Colour, Label string
	Count                string // « 5 régions »
}

// Chart is a drawn chart. Its summary is for those who do not see it: the others read the
// same in the caption and in the table.
type Chart struct {
	ID, Title, Summary string
	SVG                template.HTML
	Option             string // the link to its ECharts option
	Script             string // the link to the script that draws it again, for readers who explore it; may be empty
}

// drawMap draws the table of an indicator, nil where it has no map. The classes, and the
// scale of the circles, are the same for all the years of the edition.
func (c *composer) drawMap(e *edition, t indicator.Table, id string, l *linker) (*Map, error) {
	if c.in.Maps == nil || t.Indicator.Map == indicator.NoMap || len(t.Rows) == 0 {
		return nil, nil
	}
	var years []indicator.Table
	for _, y := range e.years {
		years = append(years, e.tableAt(t.Indicator.ID, t.Level, y))
	}
	options := carto.Options{ID: id, Href: c.mapTarget(e, t.Level, l)}
	if t.Indicator.Map == indicator.Classes {
		options.Classes = carto.Classify(years...)
	} else {
		options.Scale = carto.ScaleRadius(years...)
	}
	m, err := c.in.Maps.Draw(t, options)
	if err != nil {
		return nil, fmt.Errorf("carte de %s : %w", t.Indicator.ID, err)
	}
	out := &Map{SVG: m.SVG, Unit: m.Legend.Unit, NoData: m.Legend.NoData, Note: m.Legend.Note}
	if suffix := t.Indicator.Display.Suffix; suffix != "" {
		out.Unit = "En" + french.NBSP + suffix
	}
	for _, class := range m.Legend.Classes {
		out.Classes = append(out.Classes, MapClass{
			Class: class.Class, Colour: class.Colour, Label: class.Label, Count: territories(class.Count, t.Level),
		})
	}
	return out, nil
}

// mapTarget links each region of a map to its page; departments have none.
func (c *composer) mapTarget(e *edition, level atlas.Level, l *linker) func(atlas.TerritoryID) string {
	if level != atlas.RegionLevel {
		return nil
	}
	paths := map[atlas.TerritoryID]string{}
	for _, t := range e.regions {
		paths[t.ID] = l.to(e.regionPath(t))
	}
	return func(id atlas.TerritoryID) string { return paths[id] }
}

// chartScript is the script that draws charts in the reader's browser.
const chartScript = "graphiques"

// drawChart draws a chart, and keeps its option beside the page for the interactive version; the
// list is empty when the site has none.
func (c *composer) drawChart(ctx context.Context, l *linker, made chart.Chart, err error) ([]*Chart, error) {
	if err != nil || c.in.Charts == nil {
		return nil, err
	}
	svg, err := c.in.Charts(ctx, render.Job{ID: made.ID, Option: made.Option, Width: made.Width, Height: made.Height})
	if err != nil {
		return nil, fmt.Errorf("graphique %s : %w", made.ID, err)
	}
	drawn := &Chart{ID: made.ID, Title: made.Title, Summary: made.Summary, SVG: svg, Option: l.attach(made.ID+".json", made.Option)}
	if script := c.script(chartScript); script != "" {
		drawn.Script = l.to(script)
	}
	return []*Chart{drawn}, nil
}
