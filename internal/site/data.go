package site

import (
	"context"

	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// DataPage lists what may be downloaded, says what it means, and sums up how it compares
// with the figures already published.
type DataPage struct {
	Lead       string
	Files      []Link
	Columns    []*Table // what the columns of each file hold
	Dictionary *Table
	Agreement  string // « 40 comparaisons : 38 concordantes… »; empty without any
	Coherence  Link   // the page that tells them
	Licence    Link
	Citation   string
}

func (e *edition) dataModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		p := &DataPage{
			Lead:     "Les chiffres de l’édition sont ouverts à la réutilisation\u00a0: citez leur source et leur date.",
			Licence:  Link{Text: c.settings.Licence, Href: c.settings.LicenceURL},
			Citation: sentence(sourceLine(c.settings, e) + ", mis à jour le " + french.Date(e.about.PublishedOn) + ", " + c.settings.Licence),
		}
		p.Files = e.downloads(e.base+"donnees/", l)
		seen := map[string]bool{}
		for _, o := range e.offers[e.base+"donnees/"] {
			if !seen[o.table.Name] && len(o.table.Columns) > 0 {
				p.Columns = append(p.Columns, columnTable(o.table))
			}
			seen[o.table.Name] = true
		}
		p.Dictionary = e.dictionary(l)
		if len(e.verdicts) > 0 {
			p.Agreement = agreement(e.verdicts)
		}
		p.Coherence = l.link("Lire le contrôle de cohérence", e.base+"coherence/")
		return p, nil
	}
}

// columnTable says what the columns of a file hold.
func columnTable(of download.Table) *Table {
	t := &Table{ID: "colonnes-" + of.Name, Caption: "Colonnes du fichier «\u00a0" + of.Name + "\u00a0»", Head: "Colonne",
		Columns: []Column{{Text: "Contenu"}}}
	for _, c := range of.Columns {
		t.Rows = append(t.Rows, TableRow{Head: Link{Text: c.Name}, Cells: []Cell{{Text: c.Doc}}})
	}
	return t
}

// dictionary lists the indicators as the open data names them, with the file of each.
func (e *edition) dictionary(l *linker) *Table {
	t := &Table{ID: "dictionnaire", Caption: "Dictionnaire des indicateurs", Head: "Indicateur", Columns: []Column{
		{Text: "Identifiant"}, {Text: "Unité"}, {Text: "Niveaux"}, {Text: "Fichier"},
	}}
	for i := range indicator.All {
		ind := &indicator.All[i]
		file := e.downloads(e.indicatorPath(ind.ID), l)[0]
		t.Rows = append(t.Rows, TableRow{Head: l.link(ind.Title, e.indicatorPath(ind.ID)), Cells: []Cell{
			{Text: string(ind.ID)}, {Text: string(ind.Unit)}, {Text: levelNames(ind)},
			{Text: file.Note, Href: file.Href},
		}})
	}
	return t
}
