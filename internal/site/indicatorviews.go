package site

import (
	"context"
	"fmt"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// The views of an indicator, each a page: its regions, its departments, its years, beside another indicator. One
// page for all would be three times as heavy.

// indicatorViews links the views that an indicator has; none where there is one.
func (e *edition) indicatorViews(ind *indicator.Indicator, l *linker) []Link {
	views := []Link{l.link("Par région", e.indicatorPath(ind.ID))}
	if ind.Has(atlas.DepartmentLevel) {
		views = append(views, l.link("Par département", departmentsPath(e, ind.ID)))
	}
	if e.hasYears(ind) {
		views = append(views, l.link("Année par année", e.indicatorYearsPath(ind.ID)))
	}
	if e.hasPair(ind) {
		views = append(views, l.link("Avec un autre indicateur", e.indicatorPairPath(ind.ID)))
	}
	if len(views) == 1 {
		return nil
	}
	return views
}

// hasYears reports whether an indicator has a page of its regions year by year.
func (e *edition) hasYears(ind *indicator.Indicator) bool {
	return len(e.years) > 1 && ind.Has(atlas.RegionLevel)
}

// hasPair reports whether an indicator has a page beside another: some region has a value for both.
func (e *edition) hasPair(ind *indicator.Indicator) bool {
	companion := indicator.ByID(ind.Companion)
	if companion == nil {
		return false
	}
	for _, t := range e.regions {
		if e.now(ind.ID, t.ID).Value.Shown() && e.now(companion.ID, t.ID).Value.Shown() {
			return true
		}
	}
	return false
}

func (e *edition) indicatorYearsPath(id indicator.ID) string { return e.indicatorPath(id) + "annees/" }

func (e *edition) indicatorPairPath(id indicator.ID) string {
	return e.indicatorPath(id) + "croisement/"
}

// indicatorYearsPages are the maps and the figures of the regions at the end of each year.
func indicatorYearsPages(c *composer, e *edition) []*page {
	return e.viewPages(e.hasYears, func(ind *indicator.Indicator) *page {
		return &page{
			path: e.indicatorYearsPath(ind.ID), heading: ind.Title + ", année par année", crumb: "Année par année",
			description: "À la fin de chaque année, région par région. " + ind.Definition, model: e.indicatorYearsModel(c, ind),
		}
	})
}

// indicatorPairPages set a ratio of the regions against another.
func indicatorPairPages(c *composer, e *edition) []*page {
	return e.viewPages(e.hasPair, func(ind *indicator.Indicator) *page {
		return &page{
			path: e.indicatorPairPath(ind.ID), heading: ind.Title + ", avec un autre indicateur", crumb: "Avec un autre indicateur",
			description: fmt.Sprintf("%s et %s, région par région.", ind.Title, uncapitalizeNoun(indicator.ByID(ind.Companion).Title)),
			model:       e.indicatorPairModel(c, ind),
		}
	})
}

// viewPages makes a page for each indicator that has such a view.
func (e *edition) viewPages(has func(*indicator.Indicator) bool, make func(*indicator.Indicator) *page) []*page {
	var pages []*page
	for i := range indicator.All {
		ind := &indicator.All[i]
		if !has(ind) {
			continue
		}
		p := make(ind)
		p.title = fmt.Sprintf("%s, édition %d", p.heading, e.about.Year)
		p.cardOf, p.unplanned = e.indicatorPath(ind.ID), true
		pages = append(pages, p)
	}
	return pages
}

// IndicatorView is a view of an indicator beside that of its own page.
type IndicatorView struct {
	Theme     Link
	Lead      string
	Views     []Link
	Growth    *Figure    // of France
	Multiples *Multiples // maps by year
	Figure    *Figure    // the values of one indicator against another's
	Table     *Table
	Captions  Captions
}

func (e *edition) indicatorView(ind *indicator.Indicator, l *linker) *IndicatorView {
	return &IndicatorView{
		Theme: l.link(string(ind.Theme), e.base+"indicateurs/#"+french.Slug(string(ind.Theme))),
		Lead:  ind.Definition, Views: e.indicatorViews(ind, l),
	}
}

func (e *edition) indicatorYearsModel(c *composer, ind *indicator.Indicator) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		t, p := e.table(ind.ID, atlas.RegionLevel), e.indicatorView(ind, l)
		p.Table, p.Captions = e.yearsTable(ind, atlas.RegionLevel, l), c.captions(e, t)
		p.Captions.Provenance = e.provenances(atlas.France, l, ind.ID)
		if note := ind.YearsNote(e.about); note != "" {
			p.Captions.Notes = append([]string{note}, p.Captions.Notes...)
		}
		var err error
		if p.Growth, err = e.countryGrowth(ctx, c, l, t); err != nil {
			return nil, err
		}
		if p.Multiples, err = c.drawMultiples(e, t, "carte"); err != nil {
			return nil, err
		}
		if p.Multiples != nil {
			p.Multiples.Provenance = p.Captions.Provenance
		}
		return p, c.offerMultiples(ctx, e, l, t, p.Multiples)
	}
}

// countryGrowth draws an indicator of France at the end of each year; nil where it has none, or one year.
func (e *edition) countryGrowth(ctx context.Context, c *composer, l *linker, t indicator.Table) (*Figure, error) {
	if len(e.years) < 2 || !t.Indicator.Has(atlas.CountryLevel) {
		return nil, nil
	}
	f, err := e.growthFigure(ctx, c, l, atlas.France, []indicator.ID{t.Indicator.ID})
	f.Notes = append(f.Notes, e.notes(t)...)
	return &f, err
}

func (e *edition) indicatorPairModel(c *composer, ind *indicator.Indicator) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		p := e.indicatorView(ind, l)
		var err error
		p.Figure, err = e.scatterFigure(ctx, c, l, ind)
		return p, err
	}
}
