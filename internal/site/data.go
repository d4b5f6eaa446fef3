package site

import (
	"context"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// DataPage lists what may be downloaded, says what it means, and compares the computed
// figures with those already published.
type DataPage struct {
	Lead       string
	Files      []Link
	Columns    []*Table // what the columns of each file hold
	Dictionary *Table
	Verdicts   *Table
	Agreement  string   // « 40 comparaisons : 38 concordantes… »
	Disputed   []string // what is found where the two disagree, or cannot be compared
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
			if !seen[o.table.Name] {
				p.Columns = append(p.Columns, columnTable(o.table))
			}
			seen[o.table.Name] = true
		}
		p.Dictionary = e.dictionary(l)
		e.reconcile(p)
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

// reconcile compares the published figures with the computed ones.
func (e *edition) reconcile(p *DataPage) {
	verdicts := indicator.Reconcile(e.results)
	if len(verdicts) == 0 {
		return
	}
	t := &Table{ID: "coherence", Caption: "Chiffres publiés et chiffres calculés", Head: "Indicateur", Sortable: true, Columns: []Column{
		{Text: "Territoire"}, {Text: "Publié", Numeric: true}, {Text: "Calculé", Numeric: true}, {Text: "Verdict"}, {Text: "Source"},
	}}
	counts := map[indicator.Agreement]int{}
	for _, v := range verdicts {
		counts[v.Agreement]++
		if v.Agreement != indicator.Agrees {
			p.Disputed = append(p.Disputed, sentence(v.Message))
		}
		title := v.Published.Indicator
		if v.Indicator != nil {
			title = v.Indicator.Title
		}
		if when := moment(v.Published); when != "" {
			title += " (" + when + ")"
		}
		t.Rows = append(t.Rows, TableRow{Head: Link{Text: title}, Cells: []Cell{
			{Text: v.Territory.Name, Whole: true}, {Text: v.PublishedText, Numeric: true, Sort: rawNumber(v.Published.Value)},
			{Text: v.ComputedText, Numeric: true, Sort: raw(v.Computed)}, {Text: v.Agreement.String(), Whole: true}, {Text: v.Published.Source},
		}})
	}
	p.Verdicts = t
	number := func(a indicator.Agreement, singular, plural string) string {
		return french.Count(float64(counts[a]), singular, plural)
	}
	p.Agreement = french.Count(float64(len(verdicts)), "comparaison", "comparaisons") + french.NBSP + ": " + french.Join([]string{
		number(indicator.Agrees, "concordante", "concordantes"), number(indicator.Contradicts, "contradictoire", "contradictoires"),
		number(indicator.NotComparable, "non comparable", "non comparables"),
	}) + "."
}

// moment is the year and phase of a published figure, where it has them.
func moment(p atlas.PublishedFigure) string {
	switch {
	case p.Year > 0 && p.Phase != "":
		return string(p.Phase) + ", " + year(p.Year)
	case p.Year > 0:
		return "fin " + year(p.Year)
	}
	return string(p.Phase)
}
