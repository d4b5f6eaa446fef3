package site

import (
	"context"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// IndicatorList is the list of the indicators by theme.
type IndicatorList struct {
	Lead   string
	Themes []ThemeValues
}

// ThemeValues are the indicators of a theme with their value over France.
type ThemeValues struct {
	Title, ID string
	Items     []IndicatorItem
}

// IndicatorItem is an entry of the list.
type IndicatorItem struct {
	Link       Link
	Definition string
	Value      string // over France
	Spoken     string
	Levels     string // « France, régions, départements »
}

func (e *edition) indicatorListModel(*composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		list := &IndicatorList{Lead: french.Integer(float64(len(indicator.All))) + " indicateurs, calculés " + e.state() +
			" et à la fin de chaque année précédente. La valeur affichée est celle de la France."}
		for _, theme := range indicator.Themes {
			t := ThemeValues{Title: string(theme), ID: french.Slug(string(theme))}
			for i := range indicator.All {
				if ind := &indicator.All[i]; ind.Theme == theme {
					t.Items = append(t.Items, e.indicatorItem(ind, l))
				}
			}
			list.Themes = append(list.Themes, t)
		}
		return list, nil
	}
}

func (e *edition) indicatorItem(ind *indicator.Indicator, l *linker) IndicatorItem {
	item := IndicatorItem{
		Link: l.link(ind.Title, e.indicatorPath(ind.ID)), Definition: ind.Definition, Levels: levelNames(ind),
		Value: "///", Spoken: "sans objet pour la France",
	}
	if ind.Has(atlas.CountryLevel) {
		row := e.now(ind.ID, atlas.France)
		item.Value, item.Spoken = large(ind, row), ""
		if !row.Value.Shown() {
			item.Spoken = row.Phrase
		}
	}
	return item
}

func levelNames(ind *indicator.Indicator) string {
	var names []string
	for _, l := range ind.Levels {
		names = append(names, [...]string{"France", "régions", "départements"}[l])
	}
	return french.Capitalize(french.Join(names))
}

// IndicatorPage is an indicator for France and the territories of one level.
type IndicatorPage struct {
	Theme                     Link
	Definition, Method, Champ string
	National                  KeyFigure
	HasNational               bool
	Sentence                  string
	Views                     []Link
	Figure                    Figure // map and ranking
	HasFigure                 bool
	Growth                    *Figure    // of France, for an indicator that has no page of its years
	Multiples                 *Multiples // maps by year, of the departments
	Table                     *Table
	Source                    string // of the table, whose other captions stand under the map
	Captions                  Captions
	Downloads                 []Link
	Citation                  string
}

func (e *edition) indicatorModel(c *composer, ind *indicator.Indicator, level atlas.Level) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		t := e.tableFor(ind, level)
		p := &IndicatorPage{
			Theme:      l.link(string(ind.Theme), e.base+"indicateurs/#"+french.Slug(string(ind.Theme))),
			Definition: ind.Definition, Method: ind.Method, Champ: sentence(ind.Champ), Views: e.indicatorViews(ind, l),
			Captions: c.captions(e, t), Citation: sentence(sourceLine(c.settings, e)),
		}
		p.Downloads = e.downloads(e.indicatorPath(ind.ID), l)
		p.Captions.Provenance = e.provenances(atlas.France, l, ind.ID)
		l.described = c.describeIndicator(e, ind, l)
		if p.HasNational = ind.Has(atlas.CountryLevel); p.HasNational {
			p.National = e.keyFigure(ind.ID, atlas.France, l)
			p.Sentence = french.Capitalize(e.state()) + ", " + uncapitalize(ind.Reading(t.Country))
		}
		if len(t.Rows) > 0 && t.Level != atlas.CountryLevel {
			p.Table = e.territoryTable(t, l)
		}
		return p, e.indicatorFigures(ctx, c, l, p, t)
	}
}

// tableFor returns the table that a page of that level shows: that of France alone where
// the indicator has no such level.
func (e *edition) tableFor(ind *indicator.Indicator, level atlas.Level) indicator.Table {
	if ind.Has(level) {
		return e.table(ind.ID, level)
	}
	return e.table(ind.ID, atlas.CountryLevel)
}

// indicatorFigures draws the map, the ranking of the regions, and what no other view of the indicator shows.
func (e *edition) indicatorFigures(ctx context.Context, c *composer, l *linker, p *IndicatorPage, t indicator.Table) error {
	ind := t.Indicator
	m, err := c.drawMap(e, t, "carte", l)
	if err != nil {
		return err
	}
	f := Figure{ID: "carte", Title: ind.Title + " par " + levelNoun(t.Level) + ", " + e.state() + inUnit(ind), Map: m, Captions: p.Captions}
	if t.Level == atlas.RegionLevel && t.Ranked > 0 {
		made, err := chart.Ranking("classement", t, atlas.TerritoryID{})
		if f.Charts, err = c.drawChart(ctx, l, made, err); err != nil {
			return err
		}
	}
	if t.Level == atlas.DepartmentLevel && m != nil {
		f.Beside = e.extremes(t, l)
	}
	p.Figure, p.HasFigure = c.underMap(f), f.Map != nil || len(f.Charts) > 0
	if p.HasFigure {
		p.Source = p.Captions.Source
	}
	if err := c.takeAway(ctx, e, l, &p.Figure, e.takingTable(t, p.Table)); err != nil {
		return err
	}
	if t.Level == atlas.DepartmentLevel {
		if p.Multiples, err = c.drawMultiples(e, t, f.ID); err != nil {
			return err
		}
		if p.Multiples != nil {
			p.Multiples.Provenance = p.Captions.Provenance
		}
		return c.offerMultiples(ctx, e, l, t, p.Multiples)
	}
	if e.hasYears(ind) {
		return nil
	}
	p.Growth, err = e.countryGrowth(ctx, c, l, t)
	return err
}
