package site

import (
	"context"
	"fmt"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// route is a kind of page of an edition: which pages of that kind there are, and the
// template that shows them. A page below another in its path stands below it for the reader.
type route struct {
	template string
	section  string // the entry of the menu
	pages    func(*composer, *edition) []*page
}

// routes are the kinds of page that every edition has.
var routes = []route{
	{"home.html", "accueil", homePages},
	{"indicators.html", "indicateurs", indicatorListPages},
	{"indicator.html", "indicateurs", indicatorPages},
	{"indicatorview.html", "indicateurs", indicatorYearsPages},
	{"indicatorview.html", "indicateurs", indicatorPairPages},
	{"regions.html", "regions", regionListPages},
	{"region.html", "regions", regionPages},
	{"regionindicators.html", "regions", regionIndicatorsPages},
	{"projects.html", "regions", regionProjectsPages},
	{"departments.html", "regions", departmentListPages},
	{"department.html", "regions", departmentPages},
	{"listing.html", "regions", departmentESSMSPages},
	{"listing.html", "regions", departmentProjectPages},
	{"directory.html", "projets", directoryPages},
	{"national.html", "projets", nationalProjectsPages},
	{"project-years.html", "projets", yearProjectsPages},
	{"project.html", "projets", projectPages},
	{"listing.html", "projets", projectESSMSPages},
	{"distribution.html", "projets", distributionPages},
	{"ratios.html", "regions", ratiosPages},
	{"provenance.html", "indicateurs", provenancePages},
	{"programme.html", "programme", programmePages},
	{"data.html", "donnees", dataPages},
	{"sheets.html", "regions", sheetPages},
	{"coherence.html", "donnees", coherencePages},
	{"changes.html", "donnees", changesPages},
	{"explorer.html", "explorer", explorerPages},
	{"compare.html", "explorer", comparePages},
}

// sections are the entries of the menu that belong to an edition.
var sections = []struct{ name, text, path string }{
	{"accueil", "Accueil", ""},
	{"indicateurs", "Indicateurs", "indicateurs/"},
	{"regions", "Régions", "regions/"},
	{"projets", "Projets", "projets/"},
	{"explorer", "Explorer", "explorer/"},
	{"programme", "Programme", "programme/"},
	{"donnees", "Données", "donnees/"},
}

// listPages lists every page of the site.
func (c *composer) listPages() error {
	for _, e := range c.editions {
		for _, r := range e.routes() {
			for _, p := range r.pages(c, e) {
				p.template, p.section, p.edition = r.template, r.section, e
				c.pages = append(c.pages, p)
			}
		}
	}
	c.pages = append(c.pages, c.rootPage())
	for _, text := range c.prose {
		c.pages = append(c.pages, c.prosePage(text))
	}
	if e := c.latest(); e.archive == nil && !e.about.PublishedOnly { // else there is no component of today to show
		c.pages = append(c.pages, c.stylePage())
	}
	c.pages = append(c.pages, c.searchPage(), problemsPage(), &page{
		path: "plan-du-site/", template: "plan.html", heading: "Plan du site", title: "Plan du site",
		description: "Toutes les pages de l’atlas, édition par édition.", model: c.planModel,
	}, &page{
		path: "404.html", template: "missing.html", heading: "Page introuvable", title: "Page introuvable",
		description: "Cette adresse ne correspond à aucune page de l’atlas.", hidden: true,
		model: func(context.Context, *linker) (any, error) { return nil, nil },
	})
	return nil
}

// menu lists the sections of an edition, and the method.
func (c *composer) menu(p *page, e *edition, l *linker) []Link {
	var links []Link
	for _, s := range sections {
		if !l.has(e.base + s.path) {
			continue // an edition without records has fewer
		}
		link := l.link(s.text, e.base+s.path)
		link.Current = link.Current || p.section == s.name
		links = append(links, link)
	}
	if l.has("methode/") {
		links = append(links, l.link("Méthode", "methode/"))
	}
	if c.searches() {
		links = append(links, l.link("Recherche", searchPath))
	}
	return links
}

// footer lists the prose pages and the plan of the site.
func (c *composer) footer(l *linker) []Link {
	var links []Link
	for _, text := range c.prose {
		if text.slug != "accessibilite" { // it has its own line
			links = append(links, l.link(text.title, text.slug+"/"))
		}
	}
	return append(links, l.link("Plan du site", "plan-du-site/"),
		l.link("Données à télécharger", c.latest().base+"donnees/"))
}

// rootPage shows the home of the latest edition at the root of the site.
func (c *composer) rootPage() *page {
	e := c.latest()
	first := e.routes()[0]
	home := first.pages(c, e)[0]
	home.template, home.section, home.edition = first.template, first.section, e
	home.title = c.settings.Name + ", dernière édition"
	home.canonical, home.hidden = e.base, true
	home.path = ""
	return home
}

func homePages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base, heading: e.heading(), crumb: fmt.Sprintf("Édition %d", e.about.Year), title: e.title(),
		description: fmt.Sprintf("Chiffres, cartes et fiches régionales du programme ESMS numérique %s.", e.state()),
		model:       e.homeModel(c), card: e.homeCard(c),
	}}
}

func indicatorListPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "indicateurs/", heading: "Indicateurs", title: fmt.Sprintf("Indicateurs, édition %d", e.about.Year),
		description: fmt.Sprintf("Tous les indicateurs de l’atlas par thème, avec leur valeur nationale %s.", e.state()),
		model:       e.indicatorListModel(c),
	}}
}

// indicatorPages makes, for each indicator, the page of France and its regions and, where
// there is one, that of the departments.
func indicatorPages(c *composer, e *edition) []*page {
	var pages []*page
	for i := range indicator.All {
		ind := &indicator.All[i]
		pages = append(pages, &page{
			path: e.indicatorPath(ind.ID), heading: ind.Title,
			title:       fmt.Sprintf("%s, édition %d", ind.Title, e.about.Year),
			description: ind.Definition, model: e.indicatorModel(c, ind, atlas.RegionLevel),
			found: finding{"Indicateur", ind.Definition, string(ind.ID) + " " + ind.Short}, card: e.indicatorCard(c, ind),
		})
		if ind.Has(atlas.DepartmentLevel) {
			pages = append(pages, &page{
				path: departmentsPath(e, ind.ID), heading: ind.Title + " par département", crumb: "Par département",
				title:       fmt.Sprintf("%s par département, édition %d", ind.Title, e.about.Year),
				description: "Par département. " + ind.Definition, model: e.indicatorModel(c, ind, atlas.DepartmentLevel), cardOf: e.indicatorPath(ind.ID),
			})
		}
	}
	return pages
}

func departmentsPath(e *edition, id indicator.ID) string {
	return e.indicatorPath(id) + "departements/"
}

func regionListPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "regions/", heading: "Régions", title: fmt.Sprintf("Régions, édition %d", e.about.Year),
		description: fmt.Sprintf("Les régions de l’atlas et leurs principaux chiffres %s.", e.state()),
		model:       e.regionListModel(c),
	}}
}

func regionPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, t := range e.regions {
		pages = append(pages, &page{
			path: e.regionPath(t), heading: t.Name, title: fmt.Sprintf("%s, édition %d", t.Name, e.about.Year),
			description: c.regionDescription(e, t), found: foundPlace("Région", t),
			model: e.regionModel(c, t), card: e.regionCard(c, t),
		})
	}
	return pages
}

func dataPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "donnees/", heading: "Données", title: fmt.Sprintf("Données à télécharger, édition %d", e.about.Year),
		description: "Fichiers ouverts de l’édition, dictionnaire des indicateurs et contrôle de cohérence.",
		model:       e.dataModel(c),
	}}
}
