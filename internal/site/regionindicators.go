package site

import (
	"context"
	"fmt"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// RegionIndicators is the page of all the indicators of a region: among the other regions, and
// beside France. They stand apart from the page of the region, which would be twice as heavy.
type RegionIndicators struct {
	Lead          string
	Among         Figure // the region among the others
	AllRegions    Link
	Themes        []*Table
	ThemeCaptions Captions
}

// regionIndicatorsPath is the place of that page.
func (e *edition) regionIndicatorsPath(t atlas.Territory) string {
	return e.regionPath(t) + "indicateurs/"
}

func regionIndicatorsPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, t := range e.regions {
		heading := "Tous les indicateurs " + t.Genitive
		pages = append(pages, &page{
			path: e.regionIndicatorsPath(t), heading: heading, crumb: "Tous les indicateurs",
			title:       fmt.Sprintf("%s, édition %d", heading, e.about.Year),
			description: fmt.Sprintf("Les %d indicateurs %s, leur rang et la valeur de la France, %s.", e.regionalCount(), t.Genitive, e.state()),
			cardOf:      e.regionPath(t), unplanned: true, model: e.regionIndicatorsModel(c, t),
		})
	}
	return pages
}

// regionalCount is how many indicators a region has.
func (e *edition) regionalCount() (n int) {
	for _, theme := range indicator.Themes {
		n += len(e.regional(theme))
	}
	return n
}

func (e *edition) regionIndicatorsModel(c *composer, t atlas.Territory) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		p := &RegionIndicators{
			Lead: fmt.Sprintf("Les %d indicateurs de la région %s, leur rang parmi les %d régions et la valeur de la France.",
				e.regionalCount(), e.state(), len(e.regions)),
			AllRegions: l.link("Toutes les régions, indicateur par indicateur", e.ratiosPath()),
		}
		for _, theme := range indicator.Themes {
			if table := e.themeTable(theme, t, l); len(table.Rows) > 0 {
				p.Themes = append(p.Themes, table)
			}
		}
		p.ThemeCaptions = e.regionCaptions(c, t)
		var err error
		p.Among, err = e.stripsFigure(ctx, c, l, t)
		return p, err
	}
}

// regionComparisons leads from the page of a region to all its indicators, theme by theme.
func (e *edition) regionComparisons(t atlas.Territory, p *RegionPage, l *linker) {
	for _, theme := range indicator.Themes {
		if len(e.regional(theme)) > 0 {
			p.Themes = append(p.Themes, l.link(string(theme), e.regionIndicatorsPath(t)+"#"+themeID(theme)))
		}
	}
	p.AllIndicators = l.link("Les "+french.Integer(float64(e.regionalCount()))+" indicateurs "+t.Genitive, e.regionIndicatorsPath(t))
	p.AllRegions = l.link("Toutes les régions, indicateur par indicateur", e.ratiosPath())
	p.Compare = l.link("Comparer à une, deux ou trois autres régions", e.comparePath())
	p.Compare.Href += "?regions=" + t.Slug
	p.Explore = l.link("Explorer la carte", e.explorerPath())
	p.Explore.Href += "?territoire=" + t.Slug
}

// regional lists the indicators of a theme that a region has.
func (e *edition) regional(theme indicator.Theme) []*indicator.Indicator {
	var out []*indicator.Indicator
	for i := range indicator.All {
		if ind := &indicator.All[i]; ind.Theme == theme && ind.Has(atlas.RegionLevel) {
			out = append(out, ind)
		}
	}
	return out
}

// themeID is the anchor of the table of a theme.
func themeID(theme indicator.Theme) string { return "theme-" + french.Slug(string(theme)) }

// themeTable shows the indicators of a theme in a region, beside France.
func (e *edition) themeTable(theme indicator.Theme, t atlas.Territory, l *linker) *Table {
	table := &Table{
		ID: themeID(theme), Caption: string(theme) + sharesOf[theme], Head: "Indicateur",
		Columns: []Column{{Text: t.Name, Numeric: true}, {Text: "France", Numeric: true},
			{Text: "Rang sur" + french.NBSP + strconv.Itoa(len(e.regions)), Numeric: true}},
	}
	for _, ind := range e.regional(theme) {
		row := e.now(ind.ID, t.ID)
		country := Cell{Text: "///", Spoken: "sans objet", Numeric: true}
		if ind.Has(atlas.CountryLevel) {
			country = figureCell(ind, e.now(ind.ID, atlas.France))
		}
		rank := rankCell(row)
		if among := e.table(ind.ID, atlas.RegionLevel); row.Rank > 0 && among.Ranked < len(e.regions) {
			rank.Text = rankAmong(row, among)
		}
		table.Rows = append(table.Rows, TableRow{
			Head: l.link(rowTitle(ind), e.indicatorPath(ind.ID)), Cells: []Cell{e.tracedCell(ind, row, l), country, rank},
		})
	}
	return table
}

// sharesOf says, of the themes made of shares, what the shares are of: their rows then
// need only their short titles.
var sharesOf = map[indicator.Theme]string{
	indicator.ThemeProfile: " (part des projets régionaux)",
	indicator.ThemePublic:  " (part des ESSMS financés)",
}

func rowTitle(ind *indicator.Indicator) string {
	if sharesOf[ind.Theme] != "" {
		return ind.Short
	}
	return ind.Title
}

// figureCell shows a value with its unit, without its noun.
func figureCell(ind *indicator.Indicator, r indicator.Row) Cell {
	c := number(r)
	c.Text = large(ind, r)
	return c
}

// hereAndThere tells the two rules by which things are counted in a region.
const hereAndThere = "Un ESSMS est compté dans la région où il est implanté, un projet dans celle de l’ARS qui le finance."

// regionCaptions are those of the tables of a region.
func (e *edition) regionCaptions(c *composer, t atlas.Territory) Captions {
	return e.placeCaptions(c, t, hereAndThere,
		"Projets régionaux financés par l’ARS et ESSMS implantés "+t.Locative+", hors financement SONS seul.")
}

// placeCaptions are those of the tables that compare a territory: where things are counted, what the
// signs mean, and its number of ESSMS read aloud.
func (e *edition) placeCaptions(c *composer, t atlas.Territory, counted, champ string) Captions {
	ind := indicator.ByID("essms_finances")
	notes := []string{
		counted + " Le rang va de la valeur la plus élevée à la plus faible, avant arrondi.",
		"n.d." + french.NBSP + ": donnée non disponible" + french.NNBSP + "; ///" + french.NBSP + ": sans objet.",
	}
	return Captions{
		Notes: append(notes, e.roundingNotes(ind.ID)...), Reading: french.Capitalize(e.state()) + ", " + uncapitalize(ind.Reading(e.now(ind.ID, t.ID))),
		Champ: champ, Source: sentence(sourceLine(c.settings, e)),
	}
}
