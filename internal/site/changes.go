package site

import (
	"context"
	"fmt"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// ChangesPage tells what changed from an edition to the next.
type ChangesPage struct {
	Lead, Summary string
	ByTerritory   *Table // how many figures of each kind
	Groups        []ChangeGroup
	Projects      []string // sentences
	Gone, Revised *Table   // projects; nil without any
	Definitions   []string // sentences
	News          []Link   // of the journal, on this edition
	Downloads     []Link
	Source        string
}

// ChangeGroup are the figures that changed in one way.
type ChangeGroup struct {
	ID, Title, Lead string
	Table           *Table // nil without any
}

// changeKinds are the ways a figure changes, in the order of the page.
var changeKinds = []struct {
	id       string
	kind     indicator.DifferenceKind
	followed bool
	heading  string // of its section
	column   string // of the table by territory
	lead     string
	none     string
}{
	{"revises", indicator.Revised, false, "Chiffres révisés", "Révisés",
		"La même année, dans le même territoire, n’a plus la même valeur" + french.NBSP + ": une correction des données l’explique.", "Aucun chiffre n’a été révisé."},
	{"disparus", indicator.Gone, false, "Chiffres disparus", "Disparus",
		"L’édition précédente donnait une valeur, celle-ci n’en donne plus, ou donne zéro.", "Aucun chiffre n’a disparu."},
	{"nouveaux", indicator.New, false, "Chiffres nouveaux", "Nouveaux",
		"L’édition précédente ne donnait pas de valeur, ou zéro.", "Aucun chiffre n’est nouveau."},
	{"suivis", indicator.Revised, true, "Chiffres mis à jour par le suivi des projets", "Mis à jour",
		"Les versements et les usages d’un projet évoluent après sa décision" + french.NBSP + ": les années passées changent sans qu’il y ait correction.", "Aucun de ces chiffres n’a changé."},
}

// mostChanges is how many changes of a kind the page shows; the file has them all.
const mostChanges = 200

func (e *edition) changesPath() string { return e.base + "changements/" }

func changesPages(c *composer, e *edition) []*page {
	if e.former == nil {
		return nil
	}
	was := e.former.Edition().Year
	return []*page{{
		path: e.changesPath(), heading: "Ce qui a changé depuis l’édition " + year(was), crumb: "Ce qui a changé",
		title:       fmt.Sprintf("Ce qui a changé de l’édition %d à l’édition %d", was, e.about.Year),
		description: fmt.Sprintf("Chiffres nouveaux, disparus ou révisés, projets et définitions qui changent entre les éditions %d et %d.", was, e.about.Year),
		model:       e.changesModel(c),
	}}
}

// changed reports whether a difference is of a kind of the page.
func changed(d indicator.Difference, kind indicator.DifferenceKind, followed bool) bool {
	return d.Kind == kind && d.Followed == followed
}

func (e *edition) changesModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		was := e.former.Edition()
		p := &ChangesPage{
			Lead: fmt.Sprintf("L’édition %d décrit la situation %s, l’édition %d celle au %s. Cette page dit tout ce qui, de l’une à l’autre, est nouveau, a disparu ou a été révisé.",
				e.about.Year, e.state(), was.Year, french.Date(was.DataState)),
			ByTerritory: e.changesByTerritory(l), Definitions: e.definitionChanges(),
			Downloads: e.downloads(e.changesPath(), l), Source: sentence(sourceLine(c.settings, e)),
		}
		total, followed := 0, 0
		for _, k := range changeKinds {
			g := ChangeGroup{ID: k.id, Title: k.heading, Lead: k.lead}
			var found []indicator.Difference
			departments := 0
			for _, d := range e.changes {
				switch {
				case !changed(d, k.kind, k.followed):
				case d.Territory.ID.Level == atlas.DepartmentLevel:
					departments++
				default:
					found = append(found, d)
				}
			}
			if k.followed {
				followed += len(found) + departments
			} else {
				total += len(found) + departments
			}
			if g.Table = e.changeTable(k.heading, k.id, found, l); g.Table == nil && departments == 0 {
				g.Lead = k.none
			}
			if n := len(found) - mostChanges; n > 0 {
				g.Lead += fmt.Sprintf(" Les %s les plus forts sont ci-dessous, le fichier les donne tous.", french.Integer(mostChanges))
			}
			if departments > 0 {
				g.Lead += fmt.Sprintf(" S’y ajoutent %s de départements, dans le fichier.", french.Count(float64(departments), "chiffre", "chiffres"))
			}
			p.Groups = append(p.Groups, g)
		}
		p.Summary = "Au total, " + french.Count(float64(total), "chiffre est dans ce cas", "chiffres sont dans ce cas")
		if followed > 0 {
			p.Summary += french.NNBSP + "; le suivi des projets en met à jour " + french.Count(float64(followed), "autre", "autres")
		}
		p.Summary += ". Les valeurs ont ici assez de chiffres pour que leur différence se voie, et non l’arrondi de l’édition" + french.NNBSP +
			"; la variation est calculée sur les valeurs brutes."
		for _, n := range c.news {
			if n.year == e.about.Year && l.has(journalSlug+"/") {
				link := l.link(n.title, journalSlug+"/#"+n.slug)
				link.Note = french.Date(n.day)
				p.News = append(p.News, link)
			}
		}
		e.projectChanges(p)
		return p, nil
	}
}

// changesByTerritory counts the changes of France and of each region.
func (e *edition) changesByTerritory(l *linker) *Table {
	table := &Table{ID: "changements-par-territoire", Caption: "Nombre de chiffres qui ont changé, par territoire", Head: "Territoire", Sortable: true}
	for _, k := range changeKinds {
		table.Columns = append(table.Columns, Column{Text: k.column, Numeric: true})
	}
	counts := map[atlas.TerritoryID][]int{}
	for _, d := range e.changes {
		for i, k := range changeKinds {
			if changed(d, k.kind, k.followed) {
				if counts[d.Territory.ID] == nil {
					counts[d.Territory.ID] = make([]int, len(changeKinds))
				}
				counts[d.Territory.ID][i]++
			}
		}
	}
	add := func(head Link, id atlas.TerritoryID, total bool) {
		row := TableRow{Head: head, Total: total}
		for i := range changeKinds {
			n := 0
			if counts[id] != nil {
				n = counts[id][i]
			}
			row.Cells = append(row.Cells, count(n))
		}
		table.Rows = append(table.Rows, row)
	}
	add(Link{Text: "France"}, atlas.France, true)
	for _, t := range e.regions {
		add(l.link(t.Name, e.regionPath(t)), t.ID, false)
	}
	return table
}

// changeTable lists figures that changed, territory by territory; nil without any.
func (e *edition) changeTable(caption, id string, found []indicator.Difference, l *linker) *Table {
	if len(found) == 0 {
		return nil
	}
	found = slices.Clone(found[:min(len(found), mostChanges)]) // the strongest are first
	slices.SortStableFunc(found, func(a, b indicator.Difference) int { return e.place(a.Territory) - e.place(b.Territory) })
	table := &Table{
		ID: "tableau-" + id, Caption: caption, Head: "Territoire", Sortable: true,
		Columns: []Column{{Text: "Indicateur"}, {Text: "Fin d’année", Numeric: true}, {Text: "Édition " + year(e.former.Edition().Year), Numeric: true},
			{Text: "Édition " + year(e.about.Year), Numeric: true}, {Text: "Variation", Numeric: true}},
	}
	for _, d := range found {
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: d.Territory.Name}, Cells: []Cell{
			{Text: d.Indicator.Title, Href: l.to(e.indicatorPath(d.Indicator.ID))},
			{Text: year(d.Year), Sort: year(d.Year), Numeric: true},
			{Text: d.FormerText, Sort: raw(d.Former), Numeric: true}, {Text: d.CurrentText, Sort: raw(d.Current), Numeric: true},
			{Text: d.ChangeText, Sort: rawNumber(d.Change), Numeric: true},
		}})
	}
	return table
}

// place orders France before the regions, in the order of the pages.
func (e *edition) place(t atlas.Territory) int {
	if t.ID == atlas.France {
		return -1
	}
	return e.order[t.ID]
}

// projectChanges tells what became of the projects.
func (e *edition) projectChanges(p *ChangesPage) {
	all := indicator.TurnoverOf(e.former, e.results)
	was := year(e.former.Edition().Year)
	add := func(n int, none, singular, plural string) {
		text := none
		if n > 0 {
			text = french.Count(float64(n), singular, plural)
		}
		p.Projects = append(p.Projects, sentence(text))
	}
	add(len(all.Added), "Aucun projet n’est nouveau", "projet est nouveau", "projets sont nouveaux")
	add(len(all.Gone), "Aucun projet de l’édition "+was+" n’a disparu", "projet de l’édition "+was+" n’est plus dans celle-ci", "projets de l’édition "+was+" ne sont plus dans celle-ci")
	add(len(all.Revised), "Aucun projet n’a changé de subvention ni de nombre d’ESSMS", "projet a changé de subvention ou de nombre d’ESSMS", "projets ont changé de subvention ou de nombre d’ESSMS")
	p.Gone = e.projectTable("projets-disparus", "Projets qui ne sont plus dans cette édition", all.Gone, nil)
	p.Revised = e.revisedProjects(all.Revised)
}

func (e *edition) revisedProjects(list []indicator.ProjectRevision) *Table {
	if len(list) == 0 {
		return nil
	}
	was, now := year(e.former.Edition().Year), year(e.about.Year)
	table := &Table{ID: "projets-revises", Caption: "Projets dont la subvention ou le nombre d’ESSMS a changé", Head: "Projet", Sortable: true,
		Columns: []Column{{Text: "Intitulé"}, {Text: "Subvention, édition " + was, Unit: "€", Numeric: true}, {Text: "Subvention, édition " + now, Unit: "€", Numeric: true},
			{Text: "ESSMS, édition " + was, Numeric: true}, {Text: "ESSMS, édition " + now, Numeric: true}}}
	for _, r := range list[:min(len(list), mostChanges)] {
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: r.Current.Number}, Cells: []Cell{
			{Text: r.Current.Title}, amount(r.Former.Subsidy), amount(r.Current.Subsidy), count(len(r.Former.Links)), count(len(r.Current.Links)),
		}})
	}
	if n := len(list) - mostChanges; n > 0 {
		table.Caption += fmt.Sprintf(" (%s premiers par numéro, sur %s)", french.Integer(mostChanges), french.Integer(float64(len(list))))
	}
	return table
}

// amount is a cell of euros, without unit.
func amount(x float64) Cell { return Cell{Text: french.Integer(x), Sort: rawNumber(x), Numeric: true} }

// definitionChanges tells what changed in the way figures are made: their rounding and what the
// edition says of itself.
func (e *edition) definitionChanges() []string {
	out := e.redefined()
	was := e.former.Edition()
	for i := range indicator.All {
		ind := &indicator.All[i]
		before, now := was.Rounding[string(ind.ID)], e.about.Rounding[string(ind.ID)]
		if slices.Equal(before, now) {
			continue
		}
		out = append(out, fmt.Sprintf("%s%s: %s dans l’édition %d, %s dans celle-ci.", ind.Title, french.NBSP,
			roundingWords(ind, before), was.Year, roundingWords(ind, now)))
	}
	if len(out) == 0 {
		out = append(out, "Les deux éditions ont les mêmes indicateurs, les mêmes définitions et les mêmes arrondis.")
	}
	return out
}

// roundingWords is « valeurs sans arrondi de publication », « valeurs arrondies à 10 près ».
func roundingWords(ind *indicator.Indicator, r atlas.Rounding) string {
	if steps := roundingSteps(ind, r); steps != "" {
		return "valeurs arrondies " + steps
	}
	return "valeurs sans arrondi de publication"
}
