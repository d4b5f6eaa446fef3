// Package factsheet composes the printed sheets that an ARS hands out: two A4 pages for
// each region, for France and for the national projects. It gathers texts that were formatted
// once, by package indicator, and drawings; the template templates/fiche.typ only lays them out.
package factsheet

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/editorial"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/render"
)

// Imprint says who publishes the sheets. Texts are printed as they are.
type Imprint struct {
	Site    string // « Atlas ESMS numérique »
	Source  string // « CNSA »
	Licence string
	Credit  string // of the base map
	Contact string // where no agency has its own; may be empty
	Address string // public address of the site, with its last slash; empty: unknown
}

// Input is what the sheets of an edition are composed from.
type Input struct {
	Results *indicator.Results
	Maps    *carto.Atlas
	Imprint Imprint
	Notices map[string]editorial.Notice // by slug of a region
	// Template is the source of templates/fiche.typ.
	Template string
	// Set makes the PDF; it is called by two goroutines at once.
	Set func(context.Context, render.Sheet) ([]byte, error)
}

// File is a sheet made.
type File struct {
	Path  string // in the site: « 2023/regions/bretagne/fiche-2023-bretagne.pdf »
	Title string // « Fiche régionale 2023 : Bretagne »
	Name  string // what it is about: « Bretagne », « France », « Projets nationaux »
	Page  string // the path of the page that says the same
	PDF   []byte
}

// pages is how many pages a sheet has.
const pages = 2

// document is a sheet before it is set.
type document struct {
	File
	sheet sheet
}

// Make sets all the sheets of an edition: France, the national projects, then the regions in
// the French order of their names. It stops at the first error, which names the sheet.
func Make(ctx context.Context, in Input) ([]File, error) {
	documents, err := compose(in)
	if err != nil {
		return nil, err
	}
	files := make([]File, len(documents))
	for i, d := range documents {
		data, err := json.Marshal(d.sheet)
		if err != nil {
			return nil, fmt.Errorf("fiche %s : %w", d.Path, err)
		}
		files[i] = d.File
		files[i].PDF, err = in.Set(ctx, render.Sheet{
			ID: d.Path, Template: in.Template, Data: data, Pages: pages, Date: in.Results.Edition().PublishedOn,
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func compose(in Input) ([]document, error) {
	w := newWriter(in)
	out := []document{w.country(), w.national()}
	for _, t := range sorted(in.Results.Gazetteer().Regions()) {
		out = append(out, w.region(t))
	}
	return out, w.err
}

// sorted returns territories in the French order of their names.
func sorted(list []atlas.Territory) []atlas.Territory {
	list = slices.Clone(list)
	collator := french.Collator()
	slices.SortStableFunc(list, func(a, b atlas.Territory) int { return collator.CompareString(a.Name, b.Name) })
	return list
}

// writer composes the sheets of one edition. It remembers the first error.
type writer struct {
	in      Input
	results *indicator.Results
	about   atlas.Edition
	tables  map[tableKey]indicator.Table
	shades  map[tableKey]carto.Classes // of all years
	err     error
}

type tableKey struct {
	id    indicator.ID
	level atlas.Level
	year  int
}

func newWriter(in Input) *writer {
	return &writer{in: in, results: in.Results, about: in.Results.Edition(), tables: map[tableKey]indicator.Table{}, shades: map[tableKey]carto.Classes{}}
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) year() int { return w.results.LastYear() }

// table returns an indicator at a level, computed once.
func (w *writer) table(id indicator.ID, level atlas.Level, year int) indicator.Table {
	k := tableKey{id, level, year}
	t, ok := w.tables[k]
	if !ok {
		t = w.results.Table(indicator.ByID(id), level, year)
		w.tables[k] = t
	}
	return t
}

// row returns a value with its rank where it has one.
func (w *writer) row(id indicator.ID, t atlas.TerritoryID, year int) indicator.Row {
	if t.Level != atlas.CountryLevel {
		if row, ok := w.table(id, t.Level, year).Row(t); ok {
			return row
		}
	}
	return w.results.Row(indicator.ByID(id), t, year)
}

func (w *writer) now(id indicator.ID, t atlas.TerritoryID) indicator.Row {
	return w.row(id, t, w.year())
}

// value is a figure whose noun is said by the label beside it.
func value(ind *indicator.Indicator, r indicator.Row) string {
	if ind.Display.Suffix != "" && r.Value.Shown() {
		return r.Phrase
	}
	return r.Text
}

// state is « au 31 décembre 2023 ».
func (w *writer) state() string { return "au " + french.Date(w.about.DataState) }

var stateWords = map[atlas.EditionState]string{
	atlas.Demonstration: "données de démonstration",
	atlas.Provisional:   "données provisoires",
}

// start fills what all sheets have: names, banner, sources, address of the page at path.
func (w *writer) start(kind, name, code, path string) sheet {
	year := french.Year(w.about.Year)
	s := sheet{
		Title: fmt.Sprintf("%s %s – %s", kind, year, name), Author: w.in.Imprint.Source,
		Kicker: kind + " · " + w.in.Imprint.Site + " " + year,
		Name:   name, State: "Situation " + w.state(),
	}
	if code != "" {
		s.State = code + " · " + s.State
	}
	if words := stateWords[w.about.State]; words != "" {
		s.Banner = french.Capitalize(words)
		s.State += " · " + words
	}
	source := "Source" + french.NBSP + ": " + w.in.Imprint.Source + ", " + plain(w.about.Title)
	if words := stateWords[w.about.State]; words != "" {
		source += " (" + words + ")"
	}
	s.Colophon = []string{
		source + ", situation " + w.state() + ", publié le " + french.Date(w.about.PublishedOn) + ". " + w.in.Imprint.Licence + ".",
	}
	if w.in.Imprint.Credit != "" {
		s.Colophon = append(s.Colophon, "Fond de carte"+french.NBSP+": "+w.in.Imprint.Credit)
	}
	if w.in.Imprint.Contact != "" {
		s.Contact = []string{w.in.Imprint.Contact}
	}
	if w.in.Imprint.Address != "" {
		s.Address = w.in.Imprint.Address + path
		var err error
		if s.QR, err = qrCode(s.Address); err != nil {
			w.fail(err)
		}
	}
	return s
}

// directory is « 2023/ ».
func (w *writer) directory() string { return french.Year(w.about.Year) + "/" }

func (w *writer) fileName(subject string) string {
	return "fiche-" + french.Year(w.about.Year) + "-" + subject + ".pdf"
}

// How many projects a sheet lists: that of the national projects has room for more.
const (
	largest         = 10
	largestNational = 20
)

// projects lists the most endowed of some projects.
func (w *writer) projects(title string, of []*atlas.Project, count int) table {
	of = slices.Clone(of)
	slices.SortFunc(of, func(a, b *atlas.Project) int {
		return cmp.Or(cmp.Compare(b.Subsidy, a.Subsidy), strings.Compare(a.Number, b.Number))
	})
	t := table{Title: title, Columns: []column{
		{Text: "Projet"}, {Text: "Organisme porteur"}, {"ESSMS", true}, {"Subvention (€)", true}, {"Décision", true},
	}}
	const titleLength, holderLength, numberLength = 100, 64, 24
	for _, p := range of[:min(count, len(of))] {
		t.Rows = append(t.Rows, []string{
			clipped(p.Number, numberLength) + " · " + clipped(p.Title, titleLength), clipped(p.Holder, holderLength), french.Integer(float64(len(p.Links))),
			french.Integer(p.Subsidy), p.DecidedOn.Format("02/01/2006"),
		})
	}
	return t
}
