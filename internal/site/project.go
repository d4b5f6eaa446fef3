package site

import (
	"context"
	"fmt"
	"html/template"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// ProjectPage is the page of a project.
type ProjectPage struct {
	Number        string
	Kind          []Link // « Projet régional », « Bretagne », « Amorçage T1 »
	Lead          []string
	Figures       []ProjectFigure
	Map           template.HTML // empty without maps, or without ESSMS of a known department
	Departments   *Split        // nil without ESSMS
	Folded        string        // « Les 66 départements », where they are folded under the regions
	Regions       *Split        // shown first where the departments are many; else nil
	Fields        *Split
	Statuses      *Split
	ESSMS         *Table // nil without ESSMS
	Unfold        string // « La liste des 45 ESSMS », where they are folded
	AllESSMS      Link   // empty when the table shows them all
	ESSMSCaption  string // of that list
	Facts         []Fact
	Others        []Link
	AllOthers     Link
	Rows          []string // of the workbooks
	Lists         []Link
	Captions      Captions
	WhereCaptions []string
}

// ProjectFigure is a figure of a project in large type, with what it is compared with.
type ProjectFigure struct {
	Label, Value, Spoken string
	Notes                []string
}

// Fact is what is known of a project under one name.
type Fact struct {
	Name, Value string
	Spoken      string // what an abbreviation stands for
	Links       []Link // in the place of the value
	Note        string
}

// projectPath is the place of a project's page.
func (e *edition) projectPath(p *atlas.Project) string {
	return e.base + "projets/" + e.projects.slugs[p] + "/"
}

func projectPages(c *composer, e *edition) []*page {
	pages := make([]*page, len(e.projects.all))
	for i, p := range e.projects.all {
		pages[i] = &page{
			path: e.projectPath(p), heading: french.Isolated(p.Title), crumb: p.Number,
			title:       fmt.Sprintf("%s – projet %s, édition %d", french.Isolated(p.Title), e.projects.slugs[p], e.about.Year),
			description: e.projectDescription(p), unplanned: true, found: e.foundProject(p),
			model: func(_ context.Context, l *linker) (any, error) { return e.projectPage(c, p, l), nil },
		}
	}
	return pages
}

// projectDescription is for search engines and previews: « Projet régional porté par …
// (Bretagne) : 12 ESSMS, 377 000 € de subvention. »
func (e *edition) projectDescription(p *atlas.Project) string {
	return fmt.Sprintf("Projet %s %s, porté par %s (%s)%s: %s, %s de subvention.", p.Scope, p.Number, french.Isolated(p.Holder),
		french.Join(e.regionNames(p)), french.NBSP, essms(len(p.Links)), euros(p.Subsidy))
}

// mostDepartments is how many departments the page of a project shows unfolded.
const mostDepartments = 14

func (e *edition) projectPage(c *composer, p *atlas.Project, l *linker) *ProjectPage {
	page := &ProjectPage{
		Number: p.Number, Kind: e.projectKind(p, l),
		Lead: e.projectLead(p), Figures: e.projectFigures(p), Facts: e.projectFacts(p, l),
		Departments: e.departmentSplit(p, l), Fields: fieldSplit(p), Statuses: statusSplit(p),
		Rows: projectRows(p), Captions: e.projectPageCaptions(c, p),
	}
	if page.Departments != nil && len(page.Departments.Rows) > mostDepartments {
		page.Regions = e.regionSplit(p, l)
		page.Folded = "Les " + strconv.Itoa(len(e.departmentsOf(p))) + " départements"
	}
	e.listESSMS(p, page, l)
	e.locate(c, p, page)
	e.otherProjects(p, page, l)
	for _, code := range p.Regions {
		if t, ok := e.results.Gazetteer().Territory(atlas.RegionID(code)); ok {
			page.Lists = append(page.Lists, l.link("Les projets "+t.Genitive, e.regionPath(t)+"projets/"))
		}
	}
	if p.Scope == atlas.National {
		page.Lists = append(page.Lists, l.link("Les projets nationaux", e.nationalPath()))
	}
	page.Lists = append(page.Lists, l.link("Les projets décidés en "+year(p.DecidedOn.Year()), e.yearProjectsPath(p.DecidedOn.Year(), 1)),
		l.link("Tous les projets", e.base+"projets/"))
	return page
}

// regionNames are the names of the regions of the ARS that finance or follow a project.
func (e *edition) regionNames(p *atlas.Project) []string {
	var names []string
	for _, code := range p.Regions {
		if t, ok := e.results.Gazetteer().Territory(atlas.RegionID(code)); ok {
			names = append(names, t.Name)
		}
	}
	return names
}

func (e *edition) projectKind(p *atlas.Project, l *linker) []Link {
	kind := []Link{{Text: "Projet " + string(p.Scope)}}
	if p.Scope == atlas.National {
		kind[0] = l.link("Projet national", e.nationalPath())
	}
	kind = append(kind, e.regionLinks(p, l)...)
	if p.Phase != "" {
		kind = append(kind, Link{Text: string(p.Phase)})
	}
	return append(kind, Link{Text: "Décidé le " + french.Date(p.DecidedOn)})
}

func (e *edition) regionLinks(p *atlas.Project, l *linker) []Link {
	var links []Link
	for _, code := range p.Regions {
		if t, ok := e.results.Gazetteer().Territory(atlas.RegionID(code)); ok {
			links = append(links, l.link(t.Name, e.regionPath(t)))
		}
	}
	return links
}

// locate draws the map: that of the region of a regional project most of whose ESSMS are there,
// else that of France.
func (e *edition) locate(c *composer, p *atlas.Project, page *ProjectPage) {
	if c.in.Maps == nil || len(p.Links) == 0 {
		return
	}
	counts, home, nowhere := map[string]int{}, 0, 0
	for _, link := range p.Links {
		if link.ESSMS.Department != "" {
			counts[link.ESSMS.Department]++
		} else {
			nowhere++
		}
		if p.Scope == atlas.Regional && link.ESSMS.Region == p.Regions[0] {
			home++
		}
	}
	region := ""
	if p.Scope == atlas.Regional && 2*home > len(p.Links) {
		region = p.Regions[0]
		t, _ := e.results.Gazetteer().Territory(atlas.RegionID(region))
		page.WhereCaptions = append(page.WhereCaptions, "Sur la carte, le nombre d’ESSMS du projet dans chaque département "+t.Genitive+".")
		if outside := len(p.Links) - home - nowhere; outside > 0 {
			page.WhereCaptions = append(page.WhereCaptions, french.Capitalize(essms(outside))+" hors de la région "+
				french.Plural(float64(outside), "n’y figure pas.", "n’y figurent pas."))
		}
	} else {
		page.WhereCaptions = append(page.WhereCaptions, "Sur la carte, la surface de chaque disque est proportionnelle au nombre d’ESSMS du projet dans le département.")
	}
	if nowhere > 0 {
		page.WhereCaptions = append(page.WhereCaptions, french.Capitalize(essms(nowhere))+" de commune inconnue "+
			french.Plural(float64(nowhere), "n’y figure pas.", "n’y figurent pas."))
	}
	page.Map = c.in.Maps.Where(region, counts, "Carte des ESSMS du projet "+p.Number+" par département")
}

// mostOthers is how many other projects of a holder its pages list.
const mostOthers = 8

func (e *edition) otherProjects(p *atlas.Project, page *ProjectPage, l *linker) {
	others := e.projects.others(p)
	for _, q := range others[:min(mostOthers, len(others))] {
		link := l.link(french.Isolated(q.Title), e.projectPath(q))
		link.Note = string(q.Number) + " · " + essms(len(q.Links)) + " · " + euros(q.Subsidy)
		page.Others = append(page.Others, link)
	}
	if rest := len(others) - len(page.Others); rest > 0 {
		page.AllOthers = Link{
			Text: "Les " + strconv.Itoa(len(others)+1) + " projets du même porteur",
			Href: l.to(e.base+"projets/") + "?q=" + template.URLQueryEscaper(p.Holder),
		}
	}
}

// projectRows are the rows of the workbooks that a project was read from.
func projectRows(p *atlas.Project) []string {
	origins := []atlas.Origin{p.Origin}
	for _, link := range p.Links {
		origins = append(origins, link.Origin)
	}
	for _, link := range p.SONS {
		origins = append(origins, link.Origin)
	}
	if p.Origin == (atlas.Origin{}) {
		return nil
	}
	return indicator.Rows(origins)
}

func (e *edition) projectPageCaptions(c *composer, p *atlas.Project) Captions {
	notes := []string{"Les ESSMS sont ceux du projet, hors financement SONS seul, où qu’ils soient implantés\u202f; un ESSMS de champ ou de statut inconnu ne compte pas dans les parts."}
	notes[0] = french.Typeset(notes[0])
	if !p.Paid.Known || !p.ActiveFiles.Known || p.Infrastructure == "" || p.Grouping == "" || p.Listing == "" || p.Software == "" {
		notes = append(notes, "n.d."+french.NBSP+": donnée non disponible dans les classeurs.")
	}
	return Captions{Notes: notes, Champ: "Projet financé par le programme " + e.state() + ".", Source: sentence(sourceLine(c.settings, e))}
}

// euros is an amount as decisions write it, without rounding but that of the cents.
func euros(x float64) string { return french.Integer(x) + french.NBSP + "€" }

// essms is « 12 ESSMS ».
func essms(n int) string { return french.Count(float64(n), "ESSMS", "ESSMS") }
