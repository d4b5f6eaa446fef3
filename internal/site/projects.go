package site

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// largestFirst orders projects by subsidy, the largest first, then by number.
func largestFirst(projects []*atlas.Project) []*atlas.Project {
	out := slices.Clone(projects)
	slices.SortFunc(out, func(a, b *atlas.Project) int {
		return cmp.Or(cmp.Compare(b.Subsidy, a.Subsidy), strings.Compare(a.Number, b.Number))
	})
	return out
}

// projectTable lists projects as the rows of sheet Projets name them; nil without any.
func projectTable(id, caption string, projects []*atlas.Project) *Table {
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
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: p.Number}, Cells: []Cell{
			{Text: p.Title}, {Text: p.Holder}, count(len(p.Links)),
			{Text: french.Integer(p.Subsidy), Sort: rawNumber(p.Subsidy), Numeric: true},
			{Text: french.Date(p.DecidedOn), Sort: p.DecidedOn.Format(time.DateOnly), Whole: true},
		}})
	}
	return table
}

// RegionProjects are all the projects of a region.
type RegionProjects struct {
	Lead               string
	Regional, National *Table
	Captions
}

func (e *edition) regionProjectsModel(c *composer, t atlas.Territory) func(context.Context, *linker) (any, error) {
	return func(context.Context, *linker) (any, error) {
		slice := e.results.Slice(t.ID, e.year())
		return &RegionProjects{
			Lead: french.Capitalize(e.state()) + ", l’ARS " + "finance " + e.now("projets_regionaux", t.ID).Phrase +
				" " + t.Locative + " et suit " + e.now("projets_nationaux_suivis", t.ID).Phrase + ".",
			Regional: projectTable("projets-regionaux", "Projets régionaux financés "+t.Locative, largestFirst(slice.Regional)),
			National: projectTable("projets-nationaux", "Projets nationaux suivis par l’ARS", largestFirst(slice.National)),
			Captions: projectCaptions(c, e),
		}, nil
	}
}

func projectCaptions(c *composer, e *edition) Captions {
	return Captions{
		Notes: []string{
			"Le nombre d’ESSMS est celui des ESSMS du projet, hors financement SONS seul, où qu’ils soient implantés.",
			"Les subventions sont celles des décisions, en euros, sans arrondi.",
		},
		Champ:  "Projets financés par le programme " + e.state() + ".",
		Source: sentence(sourceLine(c.settings, e)),
	}
}

// NationalProjects is the number of projects by region, and the national projects.
type NationalProjects struct {
	Lead     string
	ByRegion *Table
	Notes    Captions
	National *Table
	Captions
}

func (e *edition) nationalProjectsModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		now := func(id indicator.ID) string { return e.now(id, atlas.France).Phrase }
		t := e.table("projets_nationaux_suivis", atlas.RegionLevel)
		p := &NationalProjects{
			Lead: french.Capitalize(e.state()) + ", le programme finance " + now("projets") + french.NBSP + ": " +
				now("projets_regionaux") + " et " + now("projets_nationaux") + ".",
			ByRegion: e.comparison("Projets par région, "+e.state(), []indicator.ID{"projets_regionaux", "projets_nationaux_suivis", "subvention_regionale"}, l),
			National: projectTable("projets-nationaux", "Projets nationaux, "+e.state(), largestFirst(e.results.Slice(atlas.France, e.year()).National)),
			Notes:    e.comparisonCaptions(c, t), Captions: projectCaptions(c, e),
		}
		for i := range p.ByRegion.Rows {
			if row := &p.ByRegion.Rows[i]; !row.Total {
				row.Head.Href = l.to(e.regionPath(e.regions[i-1]) + "projets/")
			}
		}
		return p, nil
	}
}
