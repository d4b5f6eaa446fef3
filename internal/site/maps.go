package site

import (
	"fmt"
	"html/template"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// Map is a drawn map with its legend.
type Map struct {
	SVG      template.HTML
	Sentence string // what the map shows: its text alternative, printed beside it
	Legend
	Note string // how the classes or the circles are made
}

// Legend is what a page prints beside a map.
type Legend struct {
	Unit    string
	Classes []MapClass
	Circles template.HTML // where the map itself does not bear them
	NoData  bool          // some territories are hatched
	Around  bool          // the classes are gaps to the value of France
}

// MapClass is an entry of a legend by classes.
type MapClass struct {
	Class, Fill, Label string
	Count              string // « 5 régions »
}

// drawMap draws the table of an indicator, nil where it has no map.
func (c *composer) drawMap(e *edition, t indicator.Table, id string, l *linker) (*Map, error) {
	if c.in.Maps == nil || t.Indicator.Map == indicator.NoMap || len(t.Rows) == 0 {
		return nil, nil
	}
	options := e.mapOptions(t)
	options.ID, options.Href = id, e.mapTarget(t.Level, l)
	m, err := c.in.Maps.Draw(t, options)
	if err != nil {
		return nil, fmt.Errorf("carte de %s : %w", t.Indicator.ID, err)
	}
	return mapOf(m, t, options.Classes), nil
}

func mapOf(m carto.Map, t indicator.Table, classes carto.Classes) *Map {
	return &Map{SVG: m.SVG, Sentence: m.Description, Legend: legendOf(m, t, classes), Note: m.Legend.Note}
}

func legendOf(m carto.Map, t indicator.Table, classes carto.Classes) Legend {
	out := Legend{Unit: m.Legend.Unit, NoData: m.Legend.NoData, Around: classes.By != carto.ByValue}
	if suffix := t.Indicator.Display.Suffix; suffix != "" && !out.Around {
		out.Unit = "En" + french.NBSP + suffix
	}
	for _, class := range m.Legend.Classes {
		out.Classes = append(out.Classes, MapClass{
			Class: class.Class, Fill: class.Fill, Label: class.Label, Count: territories(class.Count, t.Level),
		})
	}
	return out
}

// mapOptions are what the maps of an indicator say and what they have in common over the years of the
// edition: classes, or scale.
func (e *edition) mapOptions(t indicator.Table) carto.Options {
	years, o := e.yearsOf(t), carto.Options{Description: narrative.Pattern(t)}
	if t.Indicator.Map == indicator.Classes {
		o.Classes = carto.ClassesOf(years...)
	} else {
		o.Scale = carto.ScaleRadius(years...)
	}
	return o
}

// yearsOf returns a table at the end of each year of the edition.
func (e *edition) yearsOf(t indicator.Table) []indicator.Table {
	var years []indicator.Table
	for _, y := range e.years {
		years = append(years, e.tableAt(t.Indicator.ID, t.Level, y))
	}
	return years
}

// mapTarget links each territory of a map to its page, where there is one.
func (e *edition) mapTarget(level atlas.Level, l *linker) func(atlas.TerritoryID) string {
	return func(id atlas.TerritoryID) string {
		if path := e.territoryPath(id); l.has(path) {
			return l.to(path)
		}
		return ""
	}
}

// territoryPath is the place of the page of a region or department.
func (e *edition) territoryPath(id atlas.TerritoryID) string {
	t, _ := e.results.Gazetteer().Territory(id)
	if id.Level == atlas.DepartmentLevel {
		return e.departmentPath(t)
	}
	return e.regionPath(t)
}
