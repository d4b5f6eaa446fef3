package site

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// How many ESSMS the page of a project shows unfolded, then folded. Beyond, it shows the first ones and leads to pages
// of them all: a page of some hundred rows more is no longer light.
const mostESSMS, mostFolded = 30, 75

// projectESSMSOrder says how the ESSMS of a project are listed.
const projectESSMSOrder = "La liste va par département, puis par commune et par nom"

// listESSMS names the ESSMS that the page of a project counts: those of its links, SONS alone left out.
func (e *edition) listESSMS(p *atlas.Project, page *ProjectPage, l *linker) {
	n := len(p.Links)
	if n == 0 {
		return
	}
	links, caption := e.linksByPlace(p), "ESSMS du projet "+p.Number
	page.ESSMSCaption = projectESSMSOrder + french.NNBSP + "; le champ est celui des lignes du projet."
	switch {
	case n > mostFolded:
		links, caption = links[:previewed], "Les premiers de la liste"
		page.AllESSMS = l.link("Les "+strconv.Itoa(n)+" ESSMS du projet", e.projectESSMSPath(p, 1))
	case n > mostESSMS:
		page.Unfold = "La liste des " + strconv.Itoa(n) + " ESSMS"
	}
	page.ESSMS = e.projectESSMSTable(caption, links)
	page.ESSMS.Sortable = n > previewed && n <= mostFolded
}

func (e *edition) projectESSMSTable(caption string, links []*atlas.Link) *Table {
	table := newESSMSTable("essms", caption, "Champ")
	for _, link := range links {
		field := "" // in words, as the shares above the list, and without the elements of an abbreviation a row
		if link.Field != "" {
			field = french.Capitalize(link.Field.Label())
		}
		row := essmsRow(link.ESSMS, e.placeName(link.ESSMS))
		row.Cells = append(row.Cells, known(field))
		table.Rows = append(table.Rows, row)
	}
	return table
}

// linksByPlace orders the links of a project by department, in the order of the codes and the unknown last,
// then as the lists of departments do.
func (e *edition) linksByPlace(p *atlas.Project) []*atlas.Link {
	within := e.byCommune(french.Collator())
	return slices.SortedStableFunc(slices.Values(p.Links), func(a, b *atlas.Link) int {
		x, y := a.ESSMS.Department, b.ESSMS.Department
		if (x == "") != (y == "") {
			return cmp.Compare(y, x)
		}
		if x != y {
			return strings.Compare(x, y)
		}
		return within(a.ESSMS, b.ESSMS)
	})
}

// placeName is « Rennes (35) »; empty when the commune is unknown.
func (e *edition) placeName(of *atlas.ESSMS) string {
	name := e.communeName(of)
	if name == "" || of.Department == "" {
		return name
	}
	return name + french.NBSP + "(" + of.Department + ")"
}

// projectESSMSPath is the place of a page of the ESSMS of a project, from 1.
func (e *edition) projectESSMSPath(p *atlas.Project, n int) string {
	at := e.projectPath(p) + "essms/"
	if n > 1 {
		at += strconv.Itoa(n) + "/"
	}
	return at
}

// projectESSMSPages lists the ESSMS of each project that has too many for its page.
func projectESSMSPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, p := range e.projects.all {
		if len(p.Links) <= mostFolded {
			continue
		}
		parts := slices.Collect(slices.Chunk(e.linksByPlace(p), essmsPerPage))
		slug := e.projects.slugs[p]
		for i, part := range parts {
			listed := &page{
				unplanned: true, path: e.projectESSMSPath(p, i+1), heading: "Les ESSMS du projet " + p.Number, crumb: "ESSMS",
				title:       fmt.Sprintf("ESSMS du projet %s, édition %d", slug, e.about.Year),
				description: fmt.Sprintf("Liste des %s concernés par le projet %s, %s.", essms(len(p.Links)), p.Number, e.state()),
				model:       e.projectESSMSModel(c, p, part, len(parts)),
			}
			if i > 0 {
				at := fmt.Sprintf(", page %d sur %d", i+1, len(parts))
				listed.crumb, listed.title, listed.description = "Page "+strconv.Itoa(i+1), listed.title+at, strings.TrimSuffix(listed.description, ".")+at+"."
			}
			pages = append(pages, listed)
		}
	}
	return pages
}

func (e *edition) projectESSMSModel(c *composer, p *atlas.Project, part []*atlas.Link, parts int) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		list := &ESSMSList{
			Lead:  french.Capitalize(e.state()) + ", ce projet concerne " + essms(len(p.Links)) + ". " + projectESSMSOrder + ".",
			Table: e.projectESSMSTable("ESSMS du projet "+p.Number, part),
			Back:  l.link("La page du projet", e.projectPath(p)),
			Captions: Captions{
				Notes:  []string{"Le champ est celui des lignes du projet. n.d." + french.NBSP + ": donnée non disponible."},
				Champ:  "ESSMS du projet, hors financement SONS seul, où qu’ils soient implantés.",
				Source: sentence(sourceLine(c.settings, e)),
			},
		}
		list.Table.Sortable = parts == 1
		for n := 1; parts > 1 && n <= parts; n++ {
			list.Pages = append(list.Pages, l.link(strconv.Itoa(n), e.projectESSMSPath(p, n)))
		}
		return list, nil
	}
}
