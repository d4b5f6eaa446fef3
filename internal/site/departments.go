package site

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// departmentPath is the place of a department's page: its INSEE code as it is, « 2A », « 971 ».
func (e *edition) departmentPath(t atlas.Territory) string {
	return e.base + "departements/" + t.ID.Code + "/"
}

// departments are those of the edition, in the order of their codes.
func (e *edition) departments() []atlas.Territory { return e.results.Gazetteer().Departments() }

func departmentListPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "departements/", heading: "Départements", title: fmt.Sprintf("Départements, édition %d", e.about.Year),
		description: fmt.Sprintf("Les départements de l’atlas et leurs principaux chiffres %s.", e.state()),
		model:       e.departmentListModel(c),
	}}
}

func departmentPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, t := range e.departments() {
		pages = append(pages, &page{
			path: e.departmentPath(t), heading: t.Name, crumb: t.Name + " (" + t.ID.Code + ")",
			title:       fmt.Sprintf("%s (%s), édition %d", t.Name, t.ID.Code, e.about.Year),
			description: departmentDescription(e, t), found: foundPlace("Département", t), model: e.departmentModel(c, t),
		})
	}
	return pages
}

func departmentDescription(e *edition, t atlas.Territory) string {
	return cmp.Or(narrative.MetaDescription(narrative.Department(e.results, t.ID.Code)),
		fmt.Sprintf("Chiffres du programme ESMS numérique %s %s.", t.Locative, e.state()))
}

// exportDepartments lists what each department's page offers.
func (e *edition) exportDepartments(offered map[string][]download.Table) {
	france := e.results.Slice(atlas.France, e.year())
	for _, t := range e.departments() {
		s := e.results.Slice(t.ID, e.year())
		offered[e.departmentPath(t)] = []download.Table{
			download.TerritoryIndicators(e.results, t), download.Breakdown(s, france), download.Equipping(s), download.ESSMS(s),
		}
	}
}

// DepartmentList is the list of the departments.
type DepartmentList struct {
	Lead  string
	Map   Figure
	Table *Table
	Captions
}

// listedDepartments are the indicators of the list of departments.
var listedDepartments = []indicator.ID{"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "projets_regionaux"}

func (e *edition) departmentListModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		t := e.table(listedDepartments[0], atlas.DepartmentLevel)
		m, err := c.drawMap(e, t, "carte", l)
		if err != nil {
			return nil, err
		}
		list := &DepartmentList{
			Lead: "Chaque département a sa page" + french.NBSP + ": chiffres et rangs, publics et statuts, projets qui le concernent, liste de ses ESSMS.",
			Map:  c.underMap(Figure{ID: "carte", Title: "Les ESSMS financés, département par département", Map: m, Captions: c.captions(e, t)}),
		}
		list.Table = e.departmentTable(l)
		list.Captions = c.captions(e, t)
		list.Captions.Provenance, list.Map.Provenance = e.provenances(atlas.France, l, listedDepartments...), e.provenances(atlas.France, l, listedDepartments[0])
		list.Champ = "ESSMS implantés dans le département" + french.NNBSP + "; projets régionaux qui concernent au moins un de ces ESSMS."
		return list, c.takeAway(ctx, e, l, &list.Map, e.takingTable(t, list.Table))
	}
}

// departmentTable compares the departments, France first.
func (e *edition) departmentTable(l *linker) *Table {
	table := &Table{ID: "tableau-departements", Caption: "Les départements, " + e.state(), Head: "Département", Sortable: true,
		Columns: []Column{{Text: "Code"}, {Text: "Région"}}}
	france := TableRow{Head: Link{Text: "France"}, Total: true, Cells: []Cell{{Whole: true}, {Whole: true}}}
	for _, id := range listedDepartments {
		ind := indicator.ByID(id)
		table.Columns = append(table.Columns, Column{Text: ind.Short, Numeric: true, Unit: ind.Display.Suffix})
		france.Cells = append(france.Cells, number(e.now(id, atlas.France)))
	}
	table.Rows = append(table.Rows, france)
	for _, t := range e.departments() {
		region := e.regionOf(t)
		row := TableRow{Head: l.link(t.Name, e.departmentPath(t)), Territory: t.ID.String(), Cells: []Cell{
			{Text: t.ID.Code, Whole: true}, {Text: region.Name, Href: l.to(e.regionPath(region)), Whole: true},
		}}
		for _, id := range listedDepartments {
			row.Cells = append(row.Cells, number(e.now(id, t.ID)))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// regionOf returns the region of a department.
func (e *edition) regionOf(t atlas.Territory) atlas.Territory {
	region, _ := e.results.Gazetteer().Territory(atlas.RegionID(t.Region))
	return region
}

// DepartmentPage is the page of a department.
type DepartmentPage struct {
	Name, Code, Locative, State string
	Region                      Link
	Locator                     template.HTML // empty without maps
	Lead, Facts                 []string
	Figures                     []KeyFigure
	Fields, Statuses            Figure
	Growth                      Figure
	Empty                       string // says that no ESSMS is financed; the figures above are then left out
	Themes                      []*Table
	ThemeCaptions               Captions
	Projects                    *Table
	AllProjects                 Link // to the list, where the table shows only the first
	ProjectCaptions             Captions
	List                        ESSMSPreview
	Siblings                    []Link // the other departments of the region
	SiblingsOf                  string // « de la Bretagne »
	Downloads                   []Link
	Previous, Next              Link
}

// departmentHeadlines are the indicators that a department shows in large type.
var departmentHeadlines = []indicator.ID{
	"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "projets_regionaux", "part_handicap_essms", "part_non_lucratif_essms",
}

func (e *edition) departmentModel(c *composer, t atlas.Territory) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		region := e.regionOf(t)
		p := &DepartmentPage{
			Name: t.Name, Code: t.ID.Code, Locative: t.Locative, State: "Situation " + e.state(),
			Region: l.link(region.Name, e.regionPath(region)), SiblingsOf: region.Genitive,
		}
		p.Lead, p.Facts = told(narrative.Department(e.results, t.ID.Code))
		if c.in.Maps != nil {
			if p.Locator = c.in.Maps.LocatorDepartment(region.ID.Code, t.ID.Code); p.Locator == "" {
				p.Locator = c.in.Maps.Locator(region.ID.Code)
			}
		}
		for _, id := range departmentHeadlines {
			p.Figures = append(p.Figures, e.departmentFigure(id, t, l))
		}
		for _, theme := range indicator.Themes {
			if table := e.departmentThemeTable(theme, t, l); len(table.Rows) > 0 {
				p.Themes = append(p.Themes, table)
			}
		}
		p.ThemeCaptions = e.departmentCaptions(c, t)
		equipping := e.results.Slice(t.ID, e.year()).Equipping()
		p.Projects, p.ProjectCaptions = e.equippingTable(t, equipping[:min(previewed, len(equipping))], l), e.equippingCaptions(c, t)
		if len(equipping) > previewed {
			p.Projects.Caption = "Les projets qui concernent le plus d’ESSMS " + t.Locative
			p.AllProjects = l.link("Les "+french.Integer(float64(len(equipping)))+" projets qui concernent des ESSMS "+t.Locative, e.equippingPath(t))
		}
		p.List = e.essmsPreview(t, l)
		p.Downloads = append(e.downloads(e.departmentPath(t), l), l.link("Toutes les données de l’édition", e.base+"donnees/"))
		e.placeDepartment(t, p, l)
		return p, e.departmentFigures(ctx, c, l, t, p)
	}
}

// told shares a summary between the lead of a page and the lines under its figures.
func told(sentences []narrative.Sentence) (lead, facts []string) {
	for i, s := range sentences {
		if i < leadSentences {
			lead = append(lead, s.Text)
		} else {
			facts = append(facts, s.Text)
		}
	}
	return lead, facts
}

// placeDepartment links a department to those before and after its code, and to those of its region.
func (e *edition) placeDepartment(t atlas.Territory, p *DepartmentPage, l *linker) {
	all := e.departments()
	i := slices.IndexFunc(all, func(d atlas.Territory) bool { return d.ID == t.ID })
	link := func(d atlas.Territory) Link { return l.link(d.Name+" ("+d.ID.Code+")", e.departmentPath(d)) }
	if i > 0 {
		p.Previous = link(all[i-1])
	}
	if i+1 < len(all) {
		p.Next = link(all[i+1])
	}
	for _, d := range all {
		if d.Region == t.Region && d.ID != t.ID {
			p.Siblings = append(p.Siblings, link(d))
		}
	}
}

// departmentFigures draws the public, the statuses and the growth, where there is any ESSMS.
func (e *edition) departmentFigures(ctx context.Context, c *composer, l *linker, t atlas.Territory, p *DepartmentPage) (err error) {
	if len(e.results.Slice(t.ID, e.year()).ESSMS) == 0 {
		p.Empty = french.Capitalize(e.state()) + ", aucun ESSMS implanté " + t.Locative + " n’est financé par le programme."
		return nil
	}
	if p.Fields, err = e.compositionFigure(ctx, c, l, t, byField); err != nil {
		return err
	}
	if p.Statuses, err = e.compositionFigure(ctx, c, l, t, byStatus); err != nil {
		return err
	}
	p.Growth, err = e.growthFigure(ctx, c, l, t.ID, []indicator.ID{"essms_finances", "projets_regionaux"})
	return err
}

// departmentLabels say what the shares in large type are of: ESSMS, not projects.
var departmentLabels = map[indicator.ID]string{
	"part_handicap_essms": "ESSMS du champ du handicap", "part_non_lucratif_essms": "ESSMS privés non lucratifs",
}

// departmentFigure is an indicator in large type, ranked among the departments, beside its region and France.
func (e *edition) departmentFigure(id indicator.ID, t atlas.Territory, l *linker) KeyFigure {
	ind := indicator.ByID(id)
	k := e.keyFigure(id, t.ID, l)
	if label := departmentLabels[id]; label != "" {
		k.Label = label
	}
	k.Href = l.to(departmentsPath(e, id))
	k.Rank = rankAmong(e.now(id, t.ID), e.table(id, atlas.DepartmentLevel))
	if ind.Ratio() {
		k.Country = "France" + french.NBSP + ": " + large(ind, e.now(id, atlas.France))
		if region := e.regionOf(t); region.Name != t.Name { // else its only department
			k.Country = region.Name + french.NBSP + ": " + large(ind, e.now(id, region.ID)) + french.NNBSP + "; " + k.Country
		}
	}
	return k
}

// departmentThemeTable shows the indicators of a theme in a department, beside its region and France.
func (e *edition) departmentThemeTable(theme indicator.Theme, t atlas.Territory, l *linker) *Table {
	region := e.regionOf(t)
	name := region.Name
	if name == t.Name {
		name += " (région)"
	}
	table := &Table{
		ID: "theme-" + french.Slug(string(theme)), Caption: string(theme) + sharesOf[theme], Head: "Indicateur",
		Columns: []Column{{Text: t.Name, Numeric: true}, {Text: name, Numeric: true}, {Text: "France", Numeric: true},
			{Text: "Rang sur" + french.NBSP + strconv.Itoa(len(e.departments())), Numeric: true}},
	}
	for i := range indicator.All {
		ind := &indicator.All[i]
		if ind.Theme != theme || !ind.Has(atlas.DepartmentLevel) {
			continue
		}
		row := e.now(ind.ID, t.ID)
		cells := []Cell{e.tracedCell(ind, row, l)}
		for _, beside := range []atlas.TerritoryID{region.ID, atlas.France} {
			if ind.Has(beside.Level) {
				cells = append(cells, figureCell(ind, e.now(ind.ID, beside)))
			} else {
				cells = append(cells, Cell{Text: "///", Spoken: "sans objet", Numeric: true})
			}
		}
		rank := rankCell(row)
		if among := e.table(ind.ID, atlas.DepartmentLevel); row.Rank > 0 && among.Ranked < len(e.departments()) {
			rank.Text = rankAmong(row, among)
		}
		table.Rows = append(table.Rows, TableRow{Head: l.link(rowTitle(ind), departmentsPath(e, ind.ID)), Cells: append(cells, rank)})
	}
	return table
}

// departmentCaptions are those of the tables that compare a department.
func (e *edition) departmentCaptions(c *composer, t atlas.Territory) Captions {
	return e.placeCaptions(c, t,
		"Un ESSMS est compté dans le département où il est implanté. Un projet régional l’est dans chaque département où il concerne au moins un ESSMS, et dans la région de l’ARS qui le finance.",
		"ESSMS implantés "+t.Locative+", hors financement SONS seul, et projets régionaux qui les concernent.")
}

// equippingPath is the place of the list of the projects that equip a department.
func (e *edition) equippingPath(t atlas.Territory) string { return e.departmentPath(t) + "projets/" }

// departmentProjectPages list the projects of the departments that have more than their page shows.
func departmentProjectPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, t := range e.departments() {
		equipping := e.results.Slice(t.ID, e.year()).Equipping()
		if len(equipping) <= previewed {
			continue
		}
		pages = append(pages, &page{
			path: e.equippingPath(t), heading: "Les projets qui concernent des ESSMS " + t.Locative, crumb: "Projets",
			title:       fmt.Sprintf("Projets qui concernent des ESSMS %s (%s), édition %d", t.Locative, t.ID.Code, e.about.Year),
			description: fmt.Sprintf("Liste des projets régionaux et nationaux qui concernent des ESSMS %s %s.", t.Locative, e.state()),
			unplanned:   true,
			model: func(_ context.Context, l *linker) (any, error) {
				return &ESSMSList{
					Lead:  french.Capitalize(e.state()) + ", " + french.Count(float64(len(equipping)), "projet concerne", "projets concernent") + " au moins un ESSMS " + t.Locative + ". Ceux qui en concernent le plus viennent en tête.",
					Table: e.equippingTable(t, equipping, l), Captions: e.equippingCaptions(c, t),
					Back:      l.link(t.Name+french.NBSP+": tous les chiffres", e.departmentPath(t)),
					Downloads: e.downloadsOf(e.departmentPath(t), "projets", l),
				}, nil
			},
		})
	}
	return pages
}

// downloadsOf are the links to one of the files offered in a directory, in its formats.
func (e *edition) downloadsOf(directory, name string, l *linker) []Link {
	var links []Link
	for i, link := range e.downloads(directory, l) {
		if e.offers[directory][i].table.Name == name {
			links = append(links, link)
		}
	}
	return links
}

func (e *edition) equippingCaptions(c *composer, t atlas.Territory) Captions {
	return Captions{
		Notes: []string{
			"La subvention est celle du projet entier, où que soient implantés ses ESSMS" + french.NNBSP + "; elle ne se répartit pas entre départements.",
		},
		Champ:  "Projets régionaux et nationaux qui concernent au moins un ESSMS implanté " + t.Locative + ", hors financement SONS seul.",
		Source: sentence(sourceLine(c.settings, e)),
	}
}

// equippingTable lists projects that equip a department; nil without any.
func (e *edition) equippingTable(t atlas.Territory, equipping []indicator.Equipment, l *linker) *Table {
	if len(equipping) == 0 {
		return nil
	}
	table := &Table{ID: "projets-du-departement", Caption: "Les projets qui concernent des ESSMS " + t.Locative, Head: "Projet", Sortable: len(equipping) > previewed,
		Columns: []Column{{Text: "Intitulé"}, {Text: "Organisme porteur"}, {Text: "Portée"}, {Text: "ESSMS ici", Numeric: true},
			{Text: "ESSMS du projet", Numeric: true}, {Text: "Subvention", Unit: "€", Numeric: true}}}
	for _, q := range equipping {
		p := q.Project
		table.Rows = append(table.Rows, TableRow{Head: e.projectLink(p, l), Cells: []Cell{
			{Text: french.Isolated(p.Title)}, {Text: french.Isolated(p.Holder)}, {Text: french.Capitalize(string(p.Scope)), Whole: true}, count(q.Here), count(len(p.Links)),
			{Text: french.Integer(p.Subsidy), Sort: rawNumber(p.Subsidy), Numeric: true},
		}})
	}
	return table
}

// projectLink names a project by its number, which leads to its page where it has one.
func (e *edition) projectLink(p *atlas.Project, l *linker) Link {
	if at := e.projectPath(p); l.has(at) {
		return l.link(p.Number, at)
	}
	return Link{Text: p.Number}
}

// departmentLinks are the departments of a region, in the order of their codes.
func (e *edition) departmentLinks(region atlas.Territory, l *linker) []Link {
	var links []Link
	for _, t := range e.departments() {
		if t.Region == region.ID.Code {
			link := l.link(t.Name, e.departmentPath(t))
			link.Note = t.ID.Code
			links = append(links, link)
		}
	}
	return links
}

// typographic turns the straight apostrophes of a register into those of prose.
func typographic(s string) string { return strings.ReplaceAll(s, "'", "’") }
