package site

import (
	"context"
	"fmt"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// traced is where one value comes from, told once for the page and for the open data.
type traced struct {
	territory atlas.Territory
	row       indicator.Row
	facts     []indicator.Fact
	sources   []indicator.Source
}

// trace explains every value of an indicator at the data state: France, then the regions and the
// departments in the order of their codes.
func trace(r *indicator.Results, ind *indicator.Indicator) ([]traced, error) {
	var out []traced
	for _, level := range ind.Levels {
		for _, t := range r.Gazetteer().At(level) {
			e, err := r.Explain(ind, t.ID, r.LastYear())
			if err != nil {
				return nil, err
			}
			out = append(out, traced{t, e.Row, e.Facts(), e.Sources()})
		}
	}
	return out, nil
}

// rangesTable is the rows of the workbooks behind an indicator, as open data.
func rangesTable(ind *indicator.Indicator, values []traced) download.Table {
	rows := make([]download.Traced, len(values))
	for i, v := range values {
		rows[i] = download.Traced{Territory: v.territory, Sources: v.sources}
	}
	return download.Ranges(ind, rows)
}

// provenancePath is the place of the page that tells where the values of an indicator come from.
func (e *edition) provenancePath(id indicator.ID) string {
	return e.indicatorPath(id) + provenanceDirectory
}

const provenanceDirectory = "provenance/"

// provenanceAnchor is the part of that page about a territory: « bretagne », « departement-35 ».
func provenanceAnchor(t atlas.Territory) string {
	if t.ID.Level == atlas.DepartmentLevel {
		return "departement-" + t.ID.Code
	}
	return t.Slug
}

// placePath is the place of the page of a territory: for France, the home of the edition.
func (e *edition) placePath(t atlas.Territory) string {
	switch t.ID.Level {
	case atlas.RegionLevel:
		return e.regionPath(t)
	case atlas.DepartmentLevel:
		return e.departmentPath(t)
	}
	return e.base
}

// provenanceOf links to where the value of an indicator in a territory comes from.
func (e *edition) provenanceOf(id indicator.ID, t atlas.TerritoryID, l *linker) string {
	to := e.provenancePath(id)
	if !l.has(to) { // an edition frozen before such pages were made
		return ""
	}
	place, found := e.results.Gazetteer().Territory(t)
	if !found || !indicator.ByID(id).Has(t.Level) {
		return l.to(to)
	}
	return l.to(to + "#" + provenanceAnchor(place))
}

// provenances link to where the figures of a drawing or a table come from, one link an indicator,
// named as it is.
func (e *edition) provenances(t atlas.TerritoryID, l *linker, ids ...indicator.ID) []Link {
	var links []Link
	for _, id := range ids {
		if to := e.provenanceOf(id, t, l); to != "" {
			links = append(links, Link{Text: indicator.ByID(id).Title, Href: to})
		}
	}
	return links
}

// provenancePages makes one page an indicator: no page of the site shows a figure that none of
// them explains.
func provenancePages(c *composer, e *edition) []*page {
	var pages []*page
	for i := range indicator.All {
		ind := &indicator.All[i]
		pages = append(pages, &page{
			path: e.provenancePath(ind.ID), heading: "D’où vient ce chiffre" + french.NNBSP + "?", crumb: "Provenance",
			title:       fmt.Sprintf("Provenance des chiffres%s: %s, édition %d", french.NBSP, ind.Title, e.about.Year),
			description: fmt.Sprintf("Formule, arrondi, calcul et lignes des classeurs de l’indicateur «%s%s%s», territoire par territoire.", french.NBSP, ind.Title, french.NBSP),
			unplanned:   true, model: e.provenanceModel(c, ind),
		})
	}
	return pages
}

// ProvenancePage tells where the values of an indicator come from, one territory after another.
type ProvenancePage struct {
	Indicator  Link
	Definition string
	Facts      []indicator.Fact
	Outside    []string // what comes from elsewhere than the workbooks
	Sheets     []string // « essms.xlsx › ESSMS »
	Digests    Link     // of the workbooks
	Records    Link     // which project or ESSMS each row is
	Groups     []ProvenanceGroup
	Downloads  []Link
	YearsNote  string // of which state of the projects the former years are; empty for most indicators
	Published  string // how many published figures of the indicator were compared; empty for none
	Coherence  Link
	Command    string
}

// ProvenanceGroup is the territories of one level.
type ProvenanceGroup struct {
	ID, Caption, Head string
	Rows              []ProvenanceRow
}

// ProvenanceRow is the value of a territory; its ID is what links to it name.
type ProvenanceRow struct {
	ID            string
	Head          Link
	Total         bool
	Value, Spoken string
	Facts         []indicator.Fact
	Lines         []ProvenanceLines
}

// ProvenanceLines are the rows of the workbooks that have one role.
type ProvenanceLines struct {
	Label string // « Lignes comptées : 1 002 lignes »
	Lines []string
}

// shownRanges is how many runs of rows of a sheet the page shows; the file has them all.
const shownRanges = 6

func (e *edition) provenanceModel(c *composer, ind *indicator.Indicator) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		values := e.traces[ind.ID]
		p := &ProvenancePage{
			Indicator: l.link(ind.Title, e.indicatorPath(ind.ID)), Definition: ind.Definition,
			Facts:     append(indicator.About(ind, e.about)[1:], indicator.Fact{Name: "Code", Text: french.Capitalize(c.in.version()) + "."}),
			Downloads: e.downloads(e.provenancePath(ind.ID), l),
			Digests:   l.link("Empreintes des classeurs", e.base+sourcesFile),
			Records:   l.link("de quel projet, de quel ESSMS", e.base+"donnees/#lignes"),
			Coherence: l.link("Lire le contrôle de cohérence", e.base+"coherence/"),
			YearsNote: ind.YearsNote(e.about),
			Command:   fmt.Sprintf("atlas explain %s FR --edition %d", ind.ID, e.about.Year),
		}
		if n := e.comparedFigures(ind); n > 0 {
			p.Published = french.Count(float64(n), "chiffre déjà publié est comparé", "chiffres déjà publiés sont comparés") + " à ceux de cette page."
		}
		p.Sheets, p.Outside = gathered(values)
		for _, level := range ind.Levels {
			p.Groups = append(p.Groups, e.provenanceGroup(ind, level, values, l))
		}
		return p, nil
	}
}

// version says which code made the site.
func (in Input) version() string {
	if in.Version == "" {
		return "version inconnue"
	}
	return in.Version
}

// comparedFigures is how many published figures the check of coherence compares with an indicator.
func (e *edition) comparedFigures(ind *indicator.Indicator) int {
	n := 0
	for _, v := range e.verdicts {
		if v.Indicator == ind && v.Subject == indicator.Figure {
			n++
		}
	}
	return n
}

// outsideFact is the name of what comes from elsewhere than the workbooks: the same everywhere,
// it is told once.
const outsideFact = "Hors classeurs"

// gathered lists, once each, the sheets that any of the values comes from, and the notes on what
// comes from elsewhere.
func gathered(values []traced) (sheets, outside []string) {
	seen := map[string]bool{}
	once := func(list []string, text string) []string {
		if seen[text] {
			return list
		}
		seen[text] = true
		return append(list, text)
	}
	for _, v := range values {
		for _, s := range v.sources {
			for _, r := range s.Ranges {
				sheets = once(sheets, r.File+" › "+r.Sheet)
			}
		}
		for _, f := range v.facts {
			if f.Name == outsideFact {
				outside = once(outside, french.Capitalize(f.Text)+".")
			}
		}
	}
	return sheets, outside
}

func (e *edition) provenanceGroup(ind *indicator.Indicator, level atlas.Level, values []traced, l *linker) ProvenanceGroup {
	g := [...]ProvenanceGroup{
		{ID: "niveau-france", Caption: "La France", Head: "Territoire"},
		{ID: "niveau-regions", Caption: "Les régions", Head: "Région"},
		{ID: "niveau-departements", Caption: "Les départements", Head: "Département"},
	}[level]
	values = slices.DeleteFunc(slices.Clone(values), func(v traced) bool { return v.territory.ID.Level != level })
	slices.SortStableFunc(values, func(a, b traced) int { return e.order[a.territory.ID] - e.order[b.territory.ID] })
	for _, v := range values {
		g.Rows = append(g.Rows, e.provenanceRow(ind, v, l))
	}
	return g
}

func (e *edition) provenanceRow(ind *indicator.Indicator, v traced, l *linker) ProvenanceRow {
	row := ProvenanceRow{ID: provenanceAnchor(v.territory), Head: Link{Text: v.territory.Name}, Total: v.territory.ID == atlas.France, Value: large(ind, v.row)}
	if v.territory.ID.Level == atlas.DepartmentLevel {
		row.Head.Text += " (" + v.territory.ID.Code + ")"
	}
	if path := e.placePath(v.territory); l.has(path) {
		row.Head.Href = l.to(path)
	}
	if !v.row.Value.Shown() {
		row.Spoken = v.row.Phrase
	}
	operated := false
	for _, f := range v.facts {
		operated = operated || f.Name == "Opération"
	}
	for _, f := range v.facts {
		switch f.Name {
		case "Valeur affichée", outsideFact: // in a column, and above the table
		case "Valeur brute", "Numérateur", "Dénominateur":
			if !operated { // which holds all three
				row.Facts = append(row.Facts, f)
			}
		default:
			row.Facts = append(row.Facts, f)
		}
	}
	for _, s := range v.sources {
		row.Lines = append(row.Lines, ProvenanceLines{
			Label: s.Role.Label() + french.NBSP + ": " + french.Count(float64(s.Count), "ligne", "lignes"), Lines: s.Lines(shownRanges),
		})
	}
	return row
}

// tracedCell shows the value of a territory, and leads to where it comes from.
func (e *edition) tracedCell(ind *indicator.Indicator, r indicator.Row, l *linker) Cell {
	cell := figureCell(ind, r)
	cell.Href = e.provenanceOf(ind.ID, r.Territory.ID, l)
	return cell
}
