package site

import (
	"context"
	"path"
	"strings"

	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// DataPage lists what may be downloaded, says what it means, and sums up how it compares
// with the figures already published.
type DataPage struct {
	Lead       string
	Sets       []DataSet
	Archive    Link   // the whole edition, to read offline; empty when it is not made
	Machines   []Link // the files that describe the others
	Schemas    []Link // of the CSV that other pages offer
	Dictionary *Table
	Sums       *Table // the digest of each file
	Agreement  string // « 40 comparaisons : 38 concordantes… »; empty without any
	Coherence  Link   // the page that tells them
	Licence    Link
	Published  string // « 15 mai 2024 »
	Citation   string
}

// DataSet is one table, or one level of boundaries, in all its formats.
type DataSet struct {
	ID, Title, Doc string
	Files          []Link
	Schemas        []Link
	Columns        *Table // what its columns hold; nil for what is no table
}

func (e *edition) dataModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		p := &DataPage{
			Lead:      "Les chiffres de l’édition sont ouverts à la réutilisation\u00a0: citez leur source et leur date.",
			Licence:   Link{Text: c.settings.Licence, Href: c.settings.LicenceURL},
			Published: french.Date(e.about.PublishedOn),
			Citation:  sentence(sourceLine(c.settings, e) + ", mis à jour le " + french.Date(e.about.PublishedOn) + ", " + c.settings.Licence),
		}
		set := c.openData(e)
		var err error
		p.Sets, p.Sums = e.dataSets(set, l), sumsTable(set, e.base+"donnees/", l)
		p.Machines = e.descriptions(l)
		if p.Schemas, err = e.schemaLinks(l); err != nil {
			return nil, err
		}
		p.Dictionary = e.dictionary(l)
		if len(e.verdicts) > 0 {
			p.Agreement = agreement(e.verdicts)
		}
		if l.has(e.archivePath()) {
			p.Archive = Link{Text: "Télécharger l’atlas de l’édition " + year(e.about.Year), Href: l.to(e.archivePath()), Note: "ZIP"}
		}
		p.Coherence = l.link("Lire le contrôle de cohérence", e.base+"coherence/")
		l.described = c.describeData(e, l)
		return p, nil
	}
}

// dataSets gathers the files of the edition by what they hold.
func (e *edition) dataSets(set download.Set, l *linker) []DataSet {
	directory := e.base + "donnees/"
	columns := map[string]download.Table{}
	for _, o := range e.offers[directory] {
		columns[o.table.Name] = o.table
	}
	var out []DataSet
	for _, d := range set.Datasets() {
		s := DataSet{ID: d.Name, Title: d.Title, Doc: french.Typeset(d.Doc)}
		for _, f := range d.Files {
			link := l.link(f.Format.Label, directory+f.Path)
			link.Note = french.Size(len(f.Data))
			s.Files = append(s.Files, link)
			if f.Schema != "" {
				s.Schemas = append(s.Schemas, l.link(f.Format.Label, directory+f.Schema))
			}
		}
		if t := columns[d.Name]; len(t.Columns) > 0 {
			s.Columns = columnTable(t)
		}
		out = append(out, s)
	}
	return out
}

// descriptions are the files that describe the others, for programs.
func (e *edition) descriptions(l *linker) []Link {
	var out []Link
	for _, d := range []struct{ path, text, note string }{
		{e.base + "donnees/" + packageFile, "Paquet de données", "datapackage.json, Data Package"},
		{cataloguePath, "Catalogue de toutes les éditions", "catalogue.jsonld, DCAT-AP"},
		{e.base + "donnees/" + sumsFile, "Empreintes des fichiers", "empreintes.sha256"},
		{e.base + sourcesFile, "Empreintes des classeurs lus", path.Base(sourcesFile)},
	} {
		if l.has(d.path) {
			link := l.link(d.text, d.path)
			link.Note = d.note
			out = append(out, link)
		}
	}
	return out
}

// schemaLinks are the schemas of the CSV that other pages offer, those for the French Excel left out.
func (e *edition) schemaLinks(l *linker) ([]Link, error) {
	files, err := e.otherSchemas()
	var out []Link
	for _, f := range files {
		if name := path.Base(f.path); !strings.Contains(name, "-excel") {
			out = append(out, l.link(name, f.path))
		}
	}
	return out, err
}

// sumsTable gives what tells whether a file is the one that was published.
func sumsTable(set download.Set, directory string, l *linker) *Table {
	t := &Table{ID: "empreintes", Caption: "Taille et empreinte SHA-256 de chaque fichier", Head: "Fichier", Columns: []Column{
		{Text: "Taille", Unit: "octets", Numeric: true}, {Text: "SHA-256"},
	}}
	for _, f := range set.Files {
		t.Rows = append(t.Rows, TableRow{Head: l.link(f.Path, directory+f.Path), Cells: []Cell{count(len(f.Data)), {Text: f.Hash()}}})
	}
	return t
}

// columnTable says what the columns of a file hold.
func columnTable(of download.Table) *Table {
	t := &Table{ID: "colonnes-" + of.Name, Caption: "Colonnes du fichier «\u00a0" + of.Name + "\u00a0»", Head: "Colonne",
		Columns: []Column{{Text: "Type"}, {Text: "Contenu"}}}
	for _, c := range of.Columns {
		kind := c.Type.Label()
		if c.Constraints.Required {
			kind += ", toujours présent"
		}
		t.Rows = append(t.Rows, TableRow{Head: Link{Text: c.Name}, Cells: []Cell{{Text: kind}, {Text: french.Typeset(c.Doc)}}})
	}
	return t
}

// dictionary lists the indicators as the open data names them, with the file of each and the page
// that says where its values come from.
func (e *edition) dictionary(l *linker) *Table {
	t := &Table{ID: "dictionnaire", Caption: "Dictionnaire des indicateurs", Head: "Indicateur", Columns: []Column{
		{Text: "Identifiant"}, {Text: "Unité"}, {Text: "Niveaux"}, {Text: "Fichier"}, {Text: "Provenance"},
	}}
	for i := range indicator.All {
		ind := &indicator.All[i]
		file := e.downloads(e.indicatorPath(ind.ID), l)[0]
		t.Rows = append(t.Rows, TableRow{Head: l.link(ind.Title, e.indicatorPath(ind.ID)), Cells: []Cell{
			{Text: string(ind.ID), Whole: true}, {Text: string(ind.Unit), Whole: true}, {Text: levelNames(ind), Whole: true},
			{Text: file.Note, Href: file.Href, Whole: true}, {Text: "Provenance", Href: l.to(e.provenancePath(ind.ID)), Whole: true},
		}})
	}
	return t
}
