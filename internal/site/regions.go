package site

import (
	"context"
	"fmt"
	"html/template"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// RegionList is the list of the regions.
type RegionList struct {
	Lead  string
	Sheet Link // to the list of the printed sheets, where there are any
	Map   Figure
	Table *Table
	Captions
}

// listed are the indicators of the list of regions.
var listed = []indicator.ID{"essms_finances", "essms_pour_100000_habitants", "projets_regionaux", "projets_nationaux_suivis", "subvention_regionale"}

func (e *edition) regionListModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		t := e.table(listed[0], atlas.RegionLevel)
		m, err := c.drawMap(e, t, "carte", l)
		if err != nil {
			return nil, err
		}
		captions := e.comparisonCaptions(c, t)
		list := &RegionList{
			Lead:     "Chaque région a sa fiche" + french.NBSP + ": chiffres clés, rang, comparaison avec la France, publics, progression et projets.",
			Captions: captions,
		}
		if len(e.sheets) > 0 {
			list.Sheet = l.link("Fiches régionales à télécharger", e.sheetsPath())
		}
		list.Map = c.underMap(Figure{ID: "carte", Title: "Choisir une région sur la carte", Map: m, Captions: c.captions(e, t)})
		list.Captions.Provenance = e.provenances(atlas.France, l, listed...)
		list.Map.Provenance = e.provenances(atlas.France, l, listed[0])
		list.Table = e.comparison("Les régions, "+e.state(), listed, l)
		return list, c.takeAway(ctx, e, l, &list.Map, e.takingTable(t, e.territoryTable(t, l)))
	}
}

// comparisonCaptions are those of a comparison, with the notes of one of its indicators.
func (e *edition) comparisonCaptions(c *composer, t indicator.Table) Captions {
	out := c.captions(e, t)
	out.Notes = append(out.Notes, "///"+french.NBSP+": sans objet.")
	out.Champ = "ESSMS implantés dans le territoire, projets régionaux rattachés à l’ARS qui les finance, projets nationaux comptés dans chaque région dont l’ARS les suit."
	return out
}

// comparison is a table of the regions with a few indicators, France first.
func (e *edition) comparison(caption string, ids []indicator.ID, l *linker) *Table {
	table := &Table{ID: "tableau-regions", Caption: caption, Head: "Région", Sortable: true}
	france := TableRow{Head: Link{Text: "France"}, Total: true}
	for _, id := range ids {
		ind := indicator.ByID(id)
		column := Column{Text: ind.Short, Numeric: true}
		if ind.Display.Suffix != "" {
			column.Unit = ind.Display.Suffix
		}
		table.Columns = append(table.Columns, column)
		if row := e.now(id, atlas.France); ind.Has(atlas.CountryLevel) {
			france.Cells = append(france.Cells, number(row))
		} else {
			france.Cells = append(france.Cells, Cell{Text: "///", Spoken: "sans objet", Numeric: true})
		}
	}
	table.Rows = append(table.Rows, france)
	for _, t := range e.regions {
		row := TableRow{Head: l.link(t.Name, e.regionPath(t)), Territory: t.ID.String()}
		for _, id := range ids {
			row.Cells = append(row.Cells, number(e.now(id, t.ID)))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// RegionPage is the page of a region.
type RegionPage struct {
	Name, Locative, State string
	Locator               template.HTML // empty without maps
	Lead, Facts           []string
	Notice                template.HTML // what the editor wrote
	Contact               string
	Sheet                 []Link
	Figures               []KeyFigure
	Fields, Statuses      Figure
	Themes                []Link // to the page of all its indicators, theme by theme
	AllIndicators         Link
	AllRegions            Link
	Compare, Explore      Link // with this region chosen
	Growth                Figure
	Largest               *Table
	Followed              []Link // the national projects, with what they are
	AllProjects           Link
	Spread                Link    // to how the projects are spread; empty without any
	Departments           []Link  // in the order of their codes
	Areas                 *Figure // map of the departments; nil where there is one, or no map
	ProjectsSource        string
	Downloads             []Link
	Previous, Next        Link
}

// regionHeadlines are the indicators that a region shows in large type.
var regionHeadlines = []indicator.ID{
	"essms_finances", "projets_regionaux", "subvention_regionale", "taux_couverture", "subvention_moyenne_regionale", "taux_engagement",
}

// largest is how many projects the page of a region shows.
const largest = 5

func (e *edition) regionModel(c *composer, t atlas.Territory) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		p := &RegionPage{Name: t.Name, Locative: t.Locative, State: "Situation " + e.state()}
		p.tell(c.told(e, t))
		var err error
		if p.Notice, err = c.noticeOf(t, l); err != nil {
			return nil, err
		}
		p.Contact = c.notices[t.Slug].Contact
		p.Sheet = e.sheetLinks(e.regionPath(t), l)
		if c.in.Maps != nil {
			p.Locator = c.in.Maps.Locator(t.ID.Code)
		}
		for _, id := range regionHeadlines {
			p.Figures = append(p.Figures, e.keyFigure(id, t.ID, l))
		}
		e.regionComparisons(t, p, l)
		e.regionProjects(c, t, p, l)
		p.Downloads = append(e.downloads(e.regionPath(t), l), l.link("Toutes les données de l’édition", e.base+"donnees/"))
		if len(p.Sheet) > 0 {
			p.Downloads = append(append(p.Sheet, p.Downloads...), l.link("Toutes les fiches régionales", e.sheetsPath()))
		}
		p.Previous, p.Next = e.neighbours(t, l)
		return p, e.regionFigures(ctx, c, l, t, p)
	}
}

func (e *edition) regionFigures(ctx context.Context, c *composer, l *linker, t atlas.Territory, p *RegionPage) (err error) {
	if p.Fields, err = e.compositionFigure(ctx, c, l, t, byField); err != nil {
		return err
	}
	if p.Statuses, err = e.compositionFigure(ctx, c, l, t, byStatus); err != nil {
		return err
	}
	if p.Areas, err = e.departmentsFigure(ctx, c, t, l); err != nil {
		return err
	}
	p.Growth, err = e.growthFigure(ctx, c, l, t.ID, growing.region)
	p.Growth.Notes = append(p.Growth.Notes, hereAndThere)
	return err
}

func (e *edition) regionProjects(c *composer, t atlas.Territory, p *RegionPage, l *linker) {
	slice := e.results.Slice(t.ID, e.year())
	bySubsidy := largestFirst(slice.Regional)
	p.Largest = e.projectTable("plus-grands-projets", "Les projets régionaux les plus dotés "+t.Locative, bySubsidy[:min(largest, len(bySubsidy))], l)
	for _, project := range largestFirst(slice.National) {
		link := l.link(project.Number, e.projectPath(project))
		link.Note = fmt.Sprintf("%s, %s, %s%s€", french.Isolated(project.Holder), french.Count(float64(len(project.Links)), "ESSMS", "ESSMS"), french.Integer(project.Subsidy), french.NBSP)
		p.Followed = append(p.Followed, link)
	}
	p.Spread = e.distributionLink(t, l)
	p.AllProjects = l.link("Tous les projets "+t.Genitive, e.regionPath(t)+"projets/")
	p.Departments = e.departmentLinks(t, l)
	p.ProjectsSource = sentence(sourceLine(c.settings, e))
}

// neighbours are the regions before and after in the alphabetical order.
func (e *edition) neighbours(t atlas.Territory, l *linker) (previous, next Link) {
	i := e.order[t.ID]
	if i > 0 {
		previous = l.link(e.regions[i-1].Name, e.regionPath(e.regions[i-1]))
	}
	if i+1 < len(e.regions) {
		next = l.link(e.regions[i+1].Name, e.regionPath(e.regions[i+1]))
	}
	return previous, next
}

// leadSentences is how many sentences of a summary open the page; the others follow as
// lines that may each be quoted alone.
const leadSentences = 2

func (p *RegionPage) tell(sentences []narrative.Sentence) {
	for i, s := range sentences {
		if i < leadSentences {
			p.Lead = append(p.Lead, s.Text)
		} else {
			p.Facts = append(p.Facts, s.Text)
		}
	}
}
