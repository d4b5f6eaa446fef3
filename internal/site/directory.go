package site

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Directory is the directory of the projects: lists that anyone can read, and a search over
// all of them, which a script brings to life.
type Directory struct {
	Lead             string
	Data             string // the link to what the script searches
	Exports          []Export
	Facets           []*facet
	National         Link
	Spread           Link // how the projects are spread by size; without text where there is none
	ByRegion, ByYear *Table
	Notes            Captions // of the table by region
	Captions
}

// Export is a format that a selection can be downloaded in.
type Export struct{ Label, Href string }

// directoryRow is a project as the script of the directory reads it. The fields that words are
// looked for in come first; the numbers have their writing beside them.
type directoryRow struct {
	Slug     string   `json:"a"` // the end of its address
	Number   string   `json:"n"`
	Title    string   `json:"t"`
	Holder   string   `json:"h"`
	SIREN    string   `json:"s,omitempty"`
	Agencies []string `json:"r"`
	Phase    string   `json:"p"`
	Decided  string   `json:"d"` // ISO
	Day      string   `json:"j"` // « 23 avril 2021 »
	ESSMS    int      `json:"e"`
	Subsidy  float64  `json:"m"`
	Euros    string   `json:"u"` // « 290 900 € »
	Facets   [][]int  `json:"f"` // of each facet, its options
}

func directoryPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "projets/", heading: "Projets", title: fmt.Sprintf("Projets, édition %d", e.about.Year), scripts: []string{"projets"},
		description: "Annuaire des projets financés\u00a0: recherche, tri, listes par région et par année, export.",
		model:       e.directoryModel(c),
	}}
}

func (e *edition) directoryModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		now := func(id indicator.ID) string { return e.now(id, atlas.France).Phrase }
		d := &Directory{
			Lead: french.Capitalize(e.state()) + ", le programme finance " + now("projets") + french.NBSP + ": " +
				now("projets_regionaux") + " et " + now("projets_nationaux") + ".",
			Facets:   e.facets(),
			National: l.link("Les projets nationaux", e.nationalPath()),
			Spread:   e.distributionLink(e.results.Gazetteer().Country(), l),
			ByRegion: e.comparison("Projets par région, "+e.state(), []indicator.ID{"projets_regionaux", "projets_nationaux_suivis", "subvention_regionale"}, l),
			ByYear:   e.projectsByYear(l),
			Notes:    e.comparisonCaptions(c, e.table("projets_nationaux_suivis", atlas.RegionLevel)), Captions: projectCaptions(c, e),
		}
		d.Captions.Notes = d.Captions.Notes[:2]
		for i := range d.ByRegion.Rows {
			if row := &d.ByRegion.Rows[i]; !row.Total {
				row.Head.Href = l.to(e.regionPath(e.regions[i-1]) + "projets/")
			}
		}
		data, err := json.Marshal(e.directoryRows(d.Facets))
		if err != nil {
			return nil, err
		}
		d.Data = l.attach("projets.json", data)
		return d, e.attachExports(d, l)
	}
}

func (e *edition) directoryRows(facets []*facet) []directoryRow {
	rows := make([]directoryRow, len(e.projects.all))
	for i, p := range e.projects.all {
		rows[i] = directoryRow{
			Slug: e.projects.slugs[p], Number: p.Number, Title: french.Isolated(p.Title), Holder: french.Isolated(p.Holder), SIREN: p.SIREN, Agencies: e.regionNames(p),
			Phase: string(p.Phase), Decided: p.DecidedOn.Format(time.DateOnly), Day: french.Date(p.DecidedOn),
			ESSMS: len(p.Links), Subsidy: p.Subsidy, Euros: euros(p.Subsidy),
		}
		for _, f := range facets {
			rows[i].Facets = append(rows[i].Facets, f.options(p))
		}
	}
	return rows
}

// exported is the open data of the projects, cut in lines: a selection of them, after the header,
// is a file like the whole.
type exported struct {
	Name   string   `json:"nom"`
	Header string   `json:"entete"`
	Lines  []string `json:"lignes"` // in the order of the directory
}

// attachExports writes, in each format of text, the line of every project as the open data has it.
func (e *edition) attachExports(d *Directory, l *linker) error {
	slice := e.results.Slice(atlas.France, e.year())
	table := download.Projects(slice)
	place := map[*atlas.Project]int{}
	for i, p := range slices.Concat(slice.Regional, slice.National) {
		place[p] = i
	}
	for _, format := range download.Formats {
		if format.MediaType != "text/csv" {
			continue
		}
		encode := func(rows [][]download.Cell) (string, error) {
			part := table
			part.Rows = rows
			var b bytes.Buffer
			err := format.Encode(&b, part)
			return b.String(), err
		}
		header, err := encode(nil)
		if err != nil {
			return err
		}
		out := exported{Name: fmt.Sprintf("selection-projets-%d%s", e.about.Year, format.Suffix), Header: header}
		for _, p := range e.projects.all {
			line, err := encode(table.Rows[place[p] : place[p]+1])
			if err != nil {
				return err
			}
			out.Lines = append(out.Lines, line[len(header):])
		}
		data, err := json.Marshal(out)
		if err != nil {
			return err
		}
		d.Exports = append(d.Exports, Export{format.Label, l.attach("export"+format.Suffix+".json", data)})
	}
	return nil
}

// projectsByYear leads to the list of each year.
func (e *edition) projectsByYear(l *linker) *Table {
	table := &Table{
		ID: "par-annee-tableau", Caption: "Projets par année de décision, " + e.state(), Head: "Année",
		Columns: []Column{{Text: "Projets régionaux", Numeric: true}, {Text: "Projets nationaux", Numeric: true}, {Text: "Subventions", Unit: "€", Numeric: true}},
	}
	for _, y := range e.decisionYears() {
		national, sum := 0, 0.0
		projects := e.decidedIn(y)
		for _, p := range projects {
			if sum += p.Subsidy; p.Scope == atlas.National {
				national++
			}
		}
		table.Rows = append(table.Rows, TableRow{Head: l.link(strconv.Itoa(y), e.yearProjectsPath(y, 1)), Cells: []Cell{
			count(len(projects) - national), count(national), {Text: french.Integer(sum), Sort: rawNumber(sum), Numeric: true},
		}})
	}
	return table
}
