package site

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// offer is a table to download, in one format.
type offer struct {
	table  download.Table // without its rows
	format download.Format
	file   file
}

// export writes the open data of the edition: all of it beside the page of the data, and
// beside the page of each indicator and region what that page shows.
func (e *edition) export(former *indicator.Results, credits download.Credits) error {
	if e.about.PublishedOnly {
		return e.encode(e.publishedTables())
	}
	if err := e.exportWorkbooks(former, credits); err != nil {
		return err
	}
	r := e.results
	france := r.Slice(atlas.France, e.year())
	e.traces = map[indicator.ID][]traced{}
	offered := map[string][]download.Table{
		e.base + "donnees/": {download.Indicators(r), download.Definitions(), download.Projects(france), download.ESSMS(france), download.Records(slices.Concat(france.Regional, france.National))},
	}
	for i := range indicator.All {
		ind := &indicator.All[i]
		offered[e.indicatorPath(ind.ID)] = []download.Table{download.Indicator(r, ind)}
		values, err := trace(r, ind)
		if err != nil {
			return err
		}
		e.traces[ind.ID] = values
		// At once: the ranges of all the indicators would weigh a gigabyte in an edition of 36,500 ESSMS.
		if err := e.encode(map[string][]download.Table{e.provenancePath(ind.ID): {rangesTable(ind, values)}}); err != nil {
			return err
		}
	}
	for _, t := range e.regions {
		slice := r.Slice(t.ID, e.year())
		offered[e.regionPath(t)] = []download.Table{download.TerritoryIndicators(r, t), download.Projects(slice), download.ESSMS(slice)}
	}
	e.exportDepartments(offered)
	e.exportProgramme(offered)
	if e.former != nil {
		offered[e.changesPath()] = []download.Table{download.Changes(e.changes)}
	}
	return e.encode(offered)
}

// encode writes tables in the formats of their directories. Their rows, a large part of the memory of
// a build, are then left: an offer tells what its table is, and holds the file.
func (e *edition) encode(offered map[string][]download.Table) error {
	var b bytes.Buffer
	for directory, tables := range offered {
		for i, t := range tables {
			tables[i].Rows = nil
			t.On = e.about.PublishedOn
			about := t
			about.Rows = nil
			for _, f := range e.formats(directory) {
				b.Reset()
				if err := f.Encode(&b, t); err != nil {
					return err
				}
				made := file{directory + t.Name + f.Suffix, bytes.Clone(b.Bytes())}
				e.offers[directory] = append(e.offers[directory], offer{about, f, made})
			}
		}
	}
	return nil
}

// workbookFormat is that of the workbooks that gather all that is known of a territory.
var workbookFormat = download.Format{Suffix: ".xlsx", MediaType: download.WorkbookType, Label: "Excel", Short: "xlsx"}

// exportWorkbooks writes the workbook of France beside the data, and that of each region beside its page.
func (e *edition) exportWorkbooks(former *indicator.Results, credits download.Credits) error {
	for _, t := range append([]atlas.Territory{e.results.Gazetteer().Country()}, e.regions...) {
		directory := e.base + "donnees/"
		if t.ID != atlas.France {
			directory = e.regionPath(t)
		}
		data, err := credits.Workbook(e.results, former, t.ID)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("atlas-%d-%s", e.about.Year, t.Slug)
		e.offers[directory] = append(e.offers[directory], offer{
			download.Table{Name: name, Title: "Classeur complet" + french.NBSP + ": " + t.Name,
				Doc: "Chiffres clés et graphiques, indicateurs année par année, projets, ESSMS et définitions, mis en forme pour Excel."}, workbookFormat,
			file{directory + name + workbookFormat.Suffix, data},
		})
	}
	return nil
}

// formats are those offered in a directory: every one for the data of the edition, those of text,
// for machines and for the French Excel, elsewhere.
func (e *edition) formats(directory string) []download.Format {
	if directory == e.base+"donnees/" {
		return download.Formats
	}
	if strings.HasSuffix(directory, "/"+provenanceDirectory) { // long, and for programs
		return download.Formats[:1]
	}
	return slices.DeleteFunc(slices.Clone(download.Formats), func(f download.Format) bool { return f.MediaType != "text/csv" })
}

// files are the files to download, in the order of their directories.
func (e *edition) files() []file {
	var out []file
	for _, directory := range slices.Sorted(maps.Keys(e.offers)) {
		for _, o := range e.offers[directory] {
			out = append(out, o.file)
		}
	}
	return out
}

// downloads are the links to the files offered in a directory: « Projets : Bretagne (CSV – 84 ko) ».
func (e *edition) downloads(directory string, l *linker) []Link {
	var links []Link
	for _, o := range e.offers[directory] {
		link := l.link(o.table.Title, o.file.path)
		link.Note = o.format.Label + " – " + french.Size(len(o.file.data))
		links = append(links, link)
	}
	return links
}
