package site

import (
	"context"
	"fmt"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// publishedRoutes are the kinds of page of an edition without records: its figures are those
// already published, listed with their wording and their source, and nothing is computed.
var publishedRoutes = []route{
	{"published.html", "accueil", publishedHomePages},
	{"published.html", "indicateurs", publishedIndicatorPages},
	{"published.html", "regions", publishedRegionPages},
	{"published.html", "donnees", publishedDataPages},
}

// routes are the kinds of page that an edition has.
func (e *edition) routes() []route {
	if e.about.PublishedOnly {
		return publishedRoutes
	}
	return routes
}

// PublishedPage shows figures that were published and not recomputed.
type PublishedPage struct {
	Lead, Warning string
	Tables        []*Table
	Links         []Link // to the pages below
	Downloads     []Link
	Captions
}

// publishedWarning is said on every page of such an edition.
const publishedWarning = "Chiffres publiés, repris tels quels de leurs sources\u00a0: l’atlas n’a pas les données qui permettraient de les recalculer."

// publishedPage begins a page of such an edition.
func (e *edition) publishedPage(c *composer, lead string, l *linker) *PublishedPage {
	return &PublishedPage{Lead: lead, Warning: publishedWarning, Captions: Captions{
		Notes:  []string{"«\u00a0Environ\u00a0», «\u00a0plus de\u00a0» et «\u00a0près de\u00a0» sont les mots de la source. Un chiffre qu’aucune source ne donne n’est pas zéro\u00a0: il manque."},
		Source: sentence(sourceLine(c.settings, e) + "\u202f; source de chaque chiffre dans le tableau"),
	}, Links: []Link{l.link("Indicateurs", e.base+"indicateurs/"), l.link("Régions", e.base+"regions/"), l.link("Données", e.base+"donnees/")}}
}

// figures are the published figures that a test keeps.
func (e *edition) figures(keep func(indicator.PublishedFigure) bool) []indicator.PublishedFigure {
	var out []indicator.PublishedFigure
	for _, f := range e.results.Published() {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}

// publishedTable lists figures; head says what names the rows. It is nil without any.
func (e *edition) publishedTable(id, caption, head string, figures []indicator.PublishedFigure, name func(indicator.PublishedFigure) Link) *Table {
	if len(figures) == 0 {
		return nil
	}
	table := &Table{ID: id, Caption: caption, Head: head, Columns: []Column{
		{Text: "Chiffre publié", Numeric: true}, {Text: "Situation"}, {Text: "Source"}}, Sortable: len(figures) > largest}
	for _, f := range figures {
		moment := f.Moment
		if moment == "" {
			moment = e.state()
		}
		table.Rows = append(table.Rows, TableRow{Head: name(f), Cells: []Cell{
			{Text: f.Text, Sort: rawNumber(f.Figure.Value), Numeric: true}, {Text: french.Capitalize(moment)}, {Text: f.Source}}})
	}
	return table
}

// byTheme lists the figures of a territory, theme by theme, then those of no indicator.
func (e *edition) byTheme(t atlas.TerritoryID, l *linker) []*Table {
	name := func(f indicator.PublishedFigure) Link {
		if f.Indicator == nil {
			return Link{Text: f.Name}
		}
		return l.link(f.Name, e.indicatorPath(f.Indicator.ID))
	}
	var tables []*Table
	for _, theme := range append(append([]indicator.Theme(nil), indicator.Themes...), "") {
		found := e.figures(func(f indicator.PublishedFigure) bool {
			return f.Territory.ID == t && (f.Indicator == nil && theme == "" || f.Indicator != nil && f.Indicator.Theme == theme)
		})
		caption := string(theme)
		if theme == "" {
			caption = "Autres chiffres"
		}
		if table := e.publishedTable("theme-"+french.Slug(caption), caption, "Indicateur", found, name); table != nil {
			tables = append(tables, table)
		}
	}
	return tables
}

func publishedHomePages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base, heading: e.heading(), crumb: fmt.Sprintf("Édition %d", e.about.Year), title: e.title(),
		description: fmt.Sprintf("Chiffres publiés du programme ESMS numérique %s, avec leurs sources.", e.state()),
		model: func(_ context.Context, l *linker) (any, error) {
			p := e.publishedPage(c, "Les chiffres du programme ESMS numérique en France "+e.state()+", tels qu’ils ont été publiés.", l)
			p.Tables = e.byTheme(atlas.France, l)
			p.Notes = append(p.Notes, e.about.Notes...)
			return p, nil
		},
	}}
}

// publishedIndicatorPages are the list of the indicators that have a figure, and a page for each
// indicator, which says so when it has none: the texts of the site may name any.
func publishedIndicatorPages(c *composer, e *edition) []*page {
	pages := []*page{{
		path: e.base + "indicateurs/", heading: "Indicateurs", title: fmt.Sprintf("Indicateurs, édition %d", e.about.Year),
		description: "Les indicateurs dont un chiffre a été publié.",
	}}
	var listed []*indicator.Indicator
	for i := range indicator.All {
		ind := &indicator.All[i]
		found := e.figures(func(f indicator.PublishedFigure) bool { return f.Indicator == ind })
		if len(found) > 0 {
			listed = append(listed, ind)
		}
		pages = append(pages, &page{
			path: e.indicatorPath(ind.ID), heading: ind.Title, title: fmt.Sprintf("%s, édition %d", ind.Title, e.about.Year),
			description: ind.Definition, found: finding{"Indicateur", ind.Definition, string(ind.ID)},
			model: func(_ context.Context, l *linker) (any, error) {
				p := e.publishedPage(c, ind.Definition, l)
				if len(found) == 0 {
					p.Lead += " Aucun chiffre n’en a été publié pour cette édition."
					return p, nil
				}
				p.Tables = []*Table{e.publishedTable("chiffres", "Chiffres publiés", "Territoire", found, func(f indicator.PublishedFigure) Link {
					return Link{Text: f.Territory.Name}
				})}
				return p, nil
			},
		})
	}
	pages[0].model = func(_ context.Context, l *linker) (any, error) {
		p := e.publishedPage(c, french.Count(float64(len(listed)), "indicateur a", "indicateurs ont")+" au moins un chiffre publié.", l)
		p.Links = nil
		for _, ind := range listed {
			p.Links = append(p.Links, l.link(ind.Title, e.indicatorPath(ind.ID)))
		}
		return p, nil
	}
	return pages
}

// publishedRegionPages are the list of the regions, and the page of each.
func publishedRegionPages(c *composer, e *edition) []*page {
	pages := []*page{{
		path: e.base + "regions/", heading: "Régions", title: fmt.Sprintf("Régions, édition %d", e.about.Year),
		description: "Les chiffres publiés de chaque région.",
		model: func(_ context.Context, l *linker) (any, error) {
			p := e.publishedPage(c, "Chaque région a les chiffres que l’on a publiés d’elle.", l)
			p.Links = nil
			for _, t := range e.regions {
				p.Links = append(p.Links, l.link(t.Name, e.regionPath(t)))
			}
			return p, nil
		},
	}}
	for _, t := range e.regions {
		pages = append(pages, &page{
			path: e.regionPath(t), heading: t.Name, title: fmt.Sprintf("%s, édition %d", t.Name, e.about.Year),
			description: fmt.Sprintf("Les chiffres publiés %s.", strings.TrimSpace(t.Genitive)), found: foundPlace("Région", t),
			model: func(_ context.Context, l *linker) (any, error) {
				p := e.publishedPage(c, "Les chiffres du programme ESMS numérique "+t.Locative+" "+e.state()+", tels qu’ils ont été publiés.", l)
				if p.Tables = e.byTheme(t.ID, l); len(p.Tables) == 0 {
					p.Lead = "Aucun chiffre n’a été publié " + t.Locative + " pour cette édition."
				}
				return p, nil
			},
		})
	}
	return pages
}

func publishedDataPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "donnees/", heading: "Données", title: fmt.Sprintf("Données à télécharger, édition %d", e.about.Year),
		description: "Les chiffres publiés de l’édition, en fichiers ouverts.",
		model: func(_ context.Context, l *linker) (any, error) {
			p := e.publishedPage(c, "Les chiffres de l’édition sont ouverts à la réutilisation"+french.NBSP+": citez leur source et leur date.", l)
			p.Downloads = e.downloads(e.base+"donnees/", l)
			return p, nil
		},
	}}
}

// publishedTables are the open data of an edition without records.
func (e *edition) publishedTables() map[string][]download.Table {
	return map[string][]download.Table{e.base + "donnees/": {download.Indicators(e.results), download.Published(e.results)}}
}
