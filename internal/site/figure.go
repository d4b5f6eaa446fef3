package site

import (
	"context"
	"fmt"
	"html/template"

	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/render"
)

// Figure is a map, charts or both, the table of their figures, and what must stand under them.
type Figure struct {
	ID, Title string
	Subtitle  string // what the title leaves to the page around; empty on that page
	Map       *Map
	Multiples *Multiples // instead of a map and charts: maps by year
	Charts    []*Chart
	Beside    *Table // shown beside the drawing
	Table     *Table // folded under it
	Captions
	TakeAways []TakeAway // none when the site offers none
}

// Captions stand under a figure or a table, in the order of these fields.
type Captions struct {
	Notes                  []string
	Reading, Champ, Source string
	Credit                 string // of the base map
	Provenance             []Link // where the figures come from, indicator by indicator
}

// Chart is a drawn chart. Its summary is for those who do not see it: the others read the
// same in the caption and in the table.
type Chart struct {
	ID, Title, Summary string
	Finding            string // what to see in it, in a sentence; may be empty
	SVG                template.HTML
	Option             string // the link to its ECharts option
	Script             string // the link to the script that draws it again, for readers who explore it; may be empty
}

// Finding is what the drawings show, in a sentence: that of the map, or else of the first chart.
func (f Figure) Finding() string {
	switch {
	case f.Map != nil:
		return f.Map.Sentence
	case len(f.Charts) > 0:
		return f.Charts[0].Finding
	}
	return ""
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
	drawn := &Chart{ID: made.ID, Title: made.Title, Summary: made.Summary, Finding: made.Finding, SVG: svg, Option: l.attach(made.ID+".json", made.Option)}
	if script := c.script(chartScript); script != "" {
		drawn.Script = l.to(script)
	}
	return []*Chart{drawn}, nil
}
