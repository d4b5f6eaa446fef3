package site

import (
	"context"
	"fmt"
	"html/template"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// NationalProjects is the page of the national projects.
type NationalProjects struct {
	Lead      string
	Portrait  Portrait
	List      *Table // nil without any
	Followers *Table
	Flow      *Flow
	Map       template.HTML
	MapName   string
	Captions  Captions
	Spread    Captions // of the flow and of the map
	All       Link
}

// Flow says how many ESSMS each national project equips in each region.
type Flow struct {
	ID, Caption string
	Regions     []Link
	Rows        []FlowRow
	Totals      []string // of the regions, then of all
}

// FlowRow is a project. Its cells are in the order of the regions, then their sum.
type FlowRow struct {
	Project Link
	Holder  string
	Cells   []FlowCell
	Total   string
}

// FlowCell is a number of ESSMS; its level, from 0 to 4, shades it.
type FlowCell struct {
	Text  string
	Level int
}

// nationalPath is the place of the page of the national projects.
func (e *edition) nationalPath() string { return e.base + "projets/nationaux/" }

func nationalProjectsPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.nationalPath(), heading: "Projets nationaux", crumb: "Nationaux", title: fmt.Sprintf("Portrait des projets nationaux, édition %d", e.about.Year),
		description: "Portrait type des projets nationaux, leur liste, les ARS qui les suivent et la répartition de leurs ESSMS entre les régions.",
		model:       e.nationalProjectsModel(c),
	}}
}

// nationalFeatures are those of the portrait of a national project.
var nationalFeatures = slices.Concat(portraitFeatures, []portraitFeature{
	{"Projets du champ des personnes âgées", "part_personnes_agees_projets_regionaux", "part_personnes_agees_projets_nationaux"},
	{"Projets de mise en conformité d’un DUI", "part_mise_en_conformite_projets_regionaux", "part_mise_en_conformite_projets_nationaux"},
	{"Projets d’acquisition d’un DUI", "part_acquisition_projets_regionaux", "part_acquisition_projets_nationaux"},
	{"Projets portés en grappe", "part_grappes_projets_regionaux", "part_grappes_projets_nationaux"},
})

func (e *edition) nationalProjectsModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		now := func(id indicator.ID) string { return e.now(id, atlas.France).Phrase }
		projects := largestFirst(e.results.Slice(atlas.France, e.year()).National)
		m := &NationalProjects{
			Lead: french.Capitalize(e.state()) + ", le programme finance " + now("projets_nationaux") + ", pour " + now("subvention_nationale") +
				" de subventions. Un projet national peut concerner des ESSMS de toutes les régions" + french.NNBSP + "; une ou plusieurs ARS le suivent.",
			Portrait:  e.portraitOf(c, nationalFeatures, l),
			List:      e.withAgencies(e.projectTable("liste-nationaux", "Projets nationaux, "+e.state(), projects, l), "ARS qui suivent", projects),
			Followers: e.followers(l), Flow: e.flow(projects, l), Captions: projectCaptions(c, e),
			All: Link{Text: "Chercher parmi les projets nationaux", Href: l.to(e.base+"projets/") + "?portee=national"},
		}
		m.Spread = Captions{
			Notes: []string{"Un ESSMS compte dans chaque projet qui le concerne, et dans la région où il est implanté.", "Les disques de la carte ont une surface proportionnelle au nombre d’ESSMS du département."},
			Champ: "ESSMS des projets nationaux " + e.state() + ", hors financement SONS seul.", Source: sentence(sourceLine(c.settings, e)),
		}
		if c.in.Maps != nil {
			counts := map[string]int{}
			for _, p := range projects {
				for _, link := range p.Links {
					counts[link.ESSMS.Department]++
				}
			}
			delete(counts, "")
			m.MapName = "Carte des ESSMS des projets nationaux par département"
			m.Map = c.in.Maps.Where("", counts, m.MapName)
		}
		return m, nil
	}
}

// followers lists, for each region, the national projects that its ARS follows.
func (e *edition) followers(l *linker) *Table {
	table := &Table{ID: "ars-suivent", Caption: "Projets nationaux suivis par chaque ARS, " + e.state(), Head: "ARS", Sortable: true,
		Columns: []Column{{Text: "Projets suivis", Numeric: true}, {Text: "ESSMS de ces projets", Numeric: true}, {Text: "dont dans la région", Numeric: true}}}
	for _, t := range e.regions {
		all, here := 0, 0
		national := e.results.Slice(t.ID, e.year()).National
		for _, p := range national {
			for _, link := range p.Links {
				if all++; link.ESSMS.Region == t.ID.Code {
					here++
				}
			}
		}
		table.Rows = append(table.Rows, TableRow{Head: l.link(t.Name, e.regionPath(t)+"projets/#nationaux"),
			Cells: []Cell{number(e.now("projets_nationaux_suivis", t.ID)), count(all), count(here)}})
	}
	return table
}

// flow counts the ESSMS of each project in each region where one of them has some; nil without any.
func (e *edition) flow(projects []*atlas.Project, l *linker) *Flow {
	totals := map[string]int{}
	for _, p := range projects {
		for _, link := range p.Links {
			totals[link.ESSMS.Region]++
		}
	}
	if len(totals) == 0 {
		return nil
	}
	f := &Flow{ID: "flux", Caption: "ESSMS des projets nationaux par région d’implantation, " + e.state()}
	var codes []string
	sum := 0
	column := func(code string, head Link) {
		if totals[code] > 0 {
			codes, f.Regions, f.Totals = append(codes, code), append(f.Regions, head), append(f.Totals, french.Integer(float64(totals[code])))
			sum += totals[code]
		}
	}
	for _, t := range e.regions {
		column(t.ID.Code, l.link(t.Name, e.regionPath(t)))
	}
	column("", Link{Text: "Région inconnue"})
	f.Totals = append(f.Totals, french.Integer(float64(sum)))
	for _, p := range projects {
		f.Rows = append(f.Rows, e.flowRow(p, codes, l))
	}
	return f
}

func (e *edition) flowRow(p *atlas.Project, codes []string, l *linker) FlowRow {
	counts := map[string]int{}
	for _, link := range p.Links {
		counts[link.ESSMS.Region]++
	}
	row := FlowRow{Project: l.link(p.Number, e.projectPath(p)), Holder: french.Isolated(p.Holder), Total: french.Integer(float64(len(p.Links)))}
	for _, code := range codes {
		n, level := counts[code], 0
		for _, from := range []int{1, 5, 20, 50} {
			if n >= from {
				level++
			}
		}
		row.Cells = append(row.Cells, FlowCell{french.Integer(float64(n)), level})
	}
	return row
}
