package site

import (
	"fmt"
	"html/template"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// Multiples are small maps of one indicator, one a year, with one legend for all.
type Multiples struct {
	Title    string
	Subtitle string // as of a Figure
	Maps     []SmallMap
	Legend
	Captions
	Outlines  template.HTML // that the maps borrow, for where the map that has them is not
	TakeAways []TakeAway
}

// SmallMap is the map of a year.
type SmallMap struct {
	Heading string // « Fin 2022 »
	Country string // « France : 24,2 »; empty where the indicator has no value for France
	SVG     template.HTML
}

// drawMultiples draws an indicator at the end of each year with the outlines of the map that stands on the same page
// under the ID of; nil where it has no map, or one year.
func (c *composer) drawMultiples(e *edition, t indicator.Table, of string) (*Multiples, error) {
	ind := t.Indicator
	if c.in.Maps == nil || ind.Map == indicator.NoMap || len(t.Rows) == 0 || len(e.years) < 2 {
		return nil, nil
	}
	options := e.mapOptions(t)
	out := &Multiples{Title: ind.Title + " par " + levelNoun(t.Level) + ", à la fin de chaque année" + inUnit(ind), Captions: c.captions(e, t)}
	for _, year := range e.yearsOf(t) {
		options.ID, options.Description = of+"-"+strconv.Itoa(year.Year), narrative.Pattern(year)
		m, err := c.in.Maps.DrawSmall(year, of, options)
		if err != nil {
			return nil, fmt.Errorf("cartes par année de %s : %w", ind.ID, err)
		}
		small := SmallMap{Heading: e.moment(year.Year), SVG: m.SVG}
		if ind.Has(atlas.CountryLevel) {
			small.Country = "France" + french.NBSP + ": " + large(ind, year.Country)
		}
		out.Maps = append(out.Maps, small)
		noData := out.NoData || m.Legend.NoData
		out.Legend = legendOf(m, year, options.Classes)
		out.Circles, out.NoData = m.Legend.Circles, noData
	}
	out.oneLegend(ind)
	out.Credit, out.Outlines = c.settings.MapCredit, c.in.Maps.Outlines(t.Level, of)
	out.Notes = append([]string{e.yearsNote(ind) + " " + sameScale(ind)}, out.Notes...)
	return out, nil
}

// oneLegend makes the legend of the latest map that of all: without the counts, which change from year to year.
func (m *Multiples) oneLegend(ind *indicator.Indicator) {
	for i := range m.Classes {
		m.Classes[i].Count = ""
	}
	if ind.AroundFrance && len(m.Classes) > 0 {
		m.Unit = "Écart à la valeur de la France à la même date"
	}
}

// sameScale says what makes the maps of the years comparable.
func sameScale(ind *indicator.Indicator) string {
	if ind.Map == indicator.Circles {
		return "L’échelle des cercles est la même sur toutes les cartes."
	}
	return "Les limites des classes sont les mêmes sur toutes les cartes."
}
