package site

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// largestFirst orders projects by subsidy, the largest first, then by number.
func largestFirst(projects []*atlas.Project) []*atlas.Project {
	out := slices.Clone(projects)
	slices.SortFunc(out, func(a, b *atlas.Project) int {
		return cmp.Or(cmp.Compare(b.Subsidy, a.Subsidy), strings.Compare(a.Number, b.Number))
	})
	return out
}

// projectTable lists projects as the rows of sheet Projets name them, each leading to its page, unless
// the linker is nil; the table is nil without any.
func (e *edition) projectTable(id, caption string, projects []*atlas.Project, l *linker) *Table {
	if len(projects) == 0 {
		return nil
	}
	table := &Table{
		ID: id, Caption: caption, Head: "Projet", Sortable: len(projects) > largest,
		Columns: []Column{
			{Text: "Intitulé"}, {Text: "Organisme porteur"}, {Text: "ESSMS", Numeric: true},
			{Text: "Subvention", Unit: "€", Numeric: true}, {Text: "Décision"},
		},
	}
	for _, p := range projects {
		head := Link{Text: p.Number}
		if l != nil {
			head = l.link(p.Number, e.projectPath(p))
		}
		table.Rows = append(table.Rows, TableRow{Head: head, Cells: []Cell{
			{Text: french.Isolated(p.Title)}, {Text: french.Isolated(p.Holder)}, count(len(p.Links)),
			{Text: french.Integer(p.Subsidy), Sort: rawNumber(p.Subsidy), Numeric: true},
			{Text: french.Date(p.DecidedOn), Sort: p.DecidedOn.Format(time.DateOnly), Whole: true},
		}})
	}
	return table
}

// withAgencies adds to a table of projects the ARS that finance or follow them.
func (e *edition) withAgencies(table *Table, head string, projects []*atlas.Project) *Table {
	if table == nil {
		return nil
	}
	table.Columns = slices.Insert(table.Columns, 2, Column{Text: head})
	for i, p := range projects {
		table.Rows[i].Cells = slices.Insert(table.Rows[i].Cells, 2, Cell{Text: strings.Join(e.regionNames(p), ", ")})
	}
	return table
}

// perPage is how many projects a list shows at once.
const perPage = 100

// Pager leads from one page of a list to the others.
type Pager struct {
	Text           string // « Page 2 sur 3 »
	Previous, Next Link
	Pages          []Link
}

// pageCount is how many pages a list of n projects takes, one at least.
func pageCount(n int) int { return max(1, (n+perPage-1)/perPage) }

// shownOn is the part of a list that a page shows, from 1.
func shownOn(projects []*atlas.Project, n int) []*atlas.Project {
	return projects[min((n-1)*perPage, len(projects)):min(n*perPage, len(projects))]
}

// paged is the address of a page of a list.
func paged(first string, n int) string {
	if n == 1 {
		return first
	}
	return first + strconv.Itoa(n) + "/"
}

// pager is nil for a list of one page.
func pager(first string, n, of int, l *linker) *Pager {
	if of < 2 {
		return nil
	}
	p := &Pager{Text: fmt.Sprintf("Page %d sur %d", n, of)}
	if n > 1 {
		p.Previous = l.link("Page précédente", paged(first, n-1))
	}
	if n < of {
		p.Next = l.link("Page suivante", paged(first, n+1))
	}
	for i := range of {
		p.Pages = append(p.Pages, l.link(strconv.Itoa(i+1), paged(first, i+1)))
	}
	return p
}

// onPage ends a title or a heading from the second page on.
func onPage(text string, n int) string {
	if n == 1 {
		return text
	}
	return text + ", page " + strconv.Itoa(n)
}

// RegionProjects are the projects of a region, a page of them.
type RegionProjects struct {
	Lead               string
	First              bool // the page that lists the national ones, too
	Regional, National *Table
	Pager              *Pager
	All                Link
	Captions
}

func regionProjectsPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, t := range e.regions {
		for n := range pageCount(len(e.results.Slice(t.ID, e.year()).Regional)) {
			n++
			crumb := "Projets"
			if n > 1 {
				crumb = "Page " + strconv.Itoa(n)
			}
			pages = append(pages, &page{
				path: paged(e.regionPath(t)+"projets/", n), heading: onPage("Projets "+t.Genitive, n), crumb: crumb, unplanned: n > 1,
				title:       fmt.Sprintf("%s, édition %d", onPage("Projets "+t.Genitive, n), e.about.Year),
				description: onPage(fmt.Sprintf("Liste des projets régionaux financés et des projets nationaux suivis %s", t.Locative), n) + ".",
				model:       e.regionProjectsModel(c, t, n),
			})
		}
	}
	return pages
}

func (e *edition) regionProjectsModel(c *composer, t atlas.Territory, n int) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		slice := e.results.Slice(t.ID, e.year())
		first := e.regionPath(t) + "projets/"
		m := &RegionProjects{
			Lead: french.Capitalize(e.state()) + ", l’ARS " + "finance " + e.now("projets_regionaux", t.ID).Phrase +
				" " + t.Locative + " et suit " + e.now("projets_nationaux_suivis", t.ID).Phrase + ".",
			First:    n == 1,
			Regional: e.projectTable("projets-regionaux", onPage("Projets régionaux financés "+t.Locative, n), shownOn(largestFirst(slice.Regional), n), l),
			Pager:    pager(first, n, pageCount(len(slice.Regional)), l),
			All:      Link{Text: "Chercher parmi tous les projets", Href: l.to(e.base+"projets/") + "?region=" + t.Slug},
			Captions: projectCaptions(c, e),
		}
		if n == 1 {
			m.National = e.projectTable("projets-nationaux", "Projets nationaux suivis par l’ARS", largestFirst(slice.National), l)
		}
		m.wholeOnly()
		return m, nil
	}
}

// wholeOnly lets only a whole list be sorted: the part that a page shows would mislead.
func (m *RegionProjects) wholeOnly() {
	if m.Regional != nil && m.Pager != nil {
		m.Regional.Sortable = false
	}
}

func projectCaptions(c *composer, e *edition) Captions {
	return Captions{
		Notes: []string{
			"Le nombre d’ESSMS est celui des ESSMS du projet, hors financement SONS seul, où qu’ils soient implantés.",
			"Les subventions sont celles des décisions, en euros, sans arrondi.",
			"Les projets vont de la subvention la plus élevée à la plus faible.",
		},
		Champ:  "Projets financés par le programme " + e.state() + ".",
		Source: sentence(sourceLine(c.settings, e)),
	}
}

// YearProjects are the projects decided in a year, a page of them.
type YearProjects struct {
	Lead  string
	Table *Table
	Pager *Pager
	Years []Link
	All   Link
	Captions
}

// yearProjectsPath is the place of a page of the list of a year.
func (e *edition) yearProjectsPath(year, n int) string {
	return paged(e.base+"projets/annees/"+strconv.Itoa(year)+"/", n)
}

// decidedIn are the projects decided in a year, the largest first.
func (e *edition) decidedIn(year int) []*atlas.Project {
	var out []*atlas.Project
	for _, p := range e.projects.all {
		if p.DecidedOn.Year() == year {
			out = append(out, p)
		}
	}
	return largestFirst(out)
}

// decisionYears are the years in which a project was decided, ascending.
func (e *edition) decisionYears() []int {
	var years []int
	for _, p := range e.projects.all {
		years = append(years, p.DecidedOn.Year())
	}
	slices.Sort(years)
	return slices.Compact(years)
}

func yearProjectsPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, y := range e.decisionYears() {
		projects := e.decidedIn(y)
		for n := range pageCount(len(projects)) {
			n++
			heading := onPage("Projets décidés en "+year(y), n)
			pages = append(pages, &page{
				path: e.yearProjectsPath(y, n), heading: heading, crumb: onPage(year(y), n), unplanned: n > 1,
				title:       fmt.Sprintf("%s, édition %d", heading, e.about.Year),
				description: onPage("Liste des projets régionaux et nationaux décidés en "+year(y), n) + ".",
				model: func(_ context.Context, l *linker) (any, error) {
					return e.yearProjects(c, y, n, projects, l), nil
				},
			})
		}
	}
	return pages
}

func (e *edition) yearProjects(c *composer, y, n int, projects []*atlas.Project, l *linker) *YearProjects {
	shown, sum := shownOn(projects, n), 0.0
	for _, p := range projects {
		sum += p.Subsidy
	}
	m := &YearProjects{
		Lead: fmt.Sprintf("En %d, %s %s, pour %s de subventions.", y, french.Count(float64(len(projects)), "projet", "projets"),
			french.Plural(float64(len(projects)), "a été décidé", "ont été décidés"), euros(sum)),
		Table:    e.withAgencies(e.projectTable("projets-"+year(y), onPage("Projets décidés en "+year(y), n), shown, l), "ARS", shown),
		Pager:    pager(e.yearProjectsPath(y, 1), n, pageCount(len(projects)), l),
		All:      Link{Text: "Chercher parmi tous les projets", Href: l.to(e.base+"projets/") + "?annee=" + year(y)},
		Captions: projectCaptions(c, e),
	}
	m.Table.Sortable = m.Pager == nil
	for _, other := range e.decisionYears() {
		m.Years = append(m.Years, l.link(year(other), e.yearProjectsPath(other, 1)))
	}
	return m
}
