package site

import (
	"context"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Explorer is the page where a reader chooses an indicator, a level and a year. Without scripts it shows
// one indicator and the list of the pages that show the others.
type Explorer struct {
	Lead      string
	Themes    []ExplorerTheme // of what can be chosen
	Levels    []Choice
	Years     []Choice
	Drawings  string // the script that draws maps and charts, loaded on demand; empty: none
	Figure    Figure
	Sentence  string // what the map shows
	Page      Link   // of the indicator shown
	Origin    Link   // of its values
	Compare   Link
	Index     []ExplorerIndex
	ByLevel   []Link
	ByEdition []Link
}

// ExplorerTheme are the indicators of a theme that may be chosen.
type ExplorerTheme struct {
	Title   string
	Choices []Choice
}

// Choice is a value that a control of a page offers.
type Choice struct {
	Value, Text string
	Chosen      bool
	Levels      string // of an indicator: the levels it exists at, « regions departements »
}

// ExplorerIndex are the pages of the indicators of a theme.
type ExplorerIndex struct {
	Title string
	Items []ExplorerPages
}

// ExplorerPages are the pages of an indicator.
type ExplorerPages struct {
	Regions, Departments Link // Departments may be empty
}

// explorerStart is what the explorer shows first.
const explorerStart indicator.ID = "essms_pour_100000_habitants"

// levelKeys name the levels of maps in addresses.
var levelKeys = map[atlas.Level]string{atlas.RegionLevel: "regions", atlas.DepartmentLevel: "departements"}

// mapLevels are the levels that are mapped.
var mapLevels = []atlas.Level{atlas.RegionLevel, atlas.DepartmentLevel}

func (e *edition) explorerPath() string { return e.base + "explorer/" }

func explorerPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.explorerPath(), heading: "Explorer", title: "Explorer les données, édition " + year(e.about.Year),
		description: "Choisir un indicateur, un niveau géographique et une année" + french.NBSP + ": carte, tableau et graphiques.",
		scripts:     []string{"explorer"}, model: e.explorerModel(c),
	}}
}

func (e *edition) explorerModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		p := &Explorer{
			Lead: "Tous les indicateurs, par région ou par département, année après année" + french.NBSP +
				": une carte, un tableau et des graphiques qui se répondent.",
			Themes: explorerChoices(),
			Levels: []Choice{{Value: "regions", Text: "Régions", Chosen: true}, {Value: "departements", Text: "Départements"}},
			Page:   l.link("Définition, méthode et téléchargements de cet indicateur", e.indicatorPath(explorerStart)),
			Index:  e.explorerIndex(l), ByLevel: e.levelLinks(l), ByEdition: c.explorerEditions(l),
		}
		p.Origin = Link{Text: "D’où viennent ces chiffres" + french.NNBSP + "?", Href: e.provenanceOf(explorerStart, atlas.France, l)}
		p.Compare = l.link("Comparer des régions", e.comparePath())
		for _, y := range e.years {
			p.Years = append(p.Years, Choice{Value: year(y), Text: e.moment(y), Chosen: y == e.year()})
		}
		if at := c.script(chartScript); at != "" {
			p.Drawings = l.to(at)
		}
		if err := e.explorerFigure(ctx, c, l, p); err != nil {
			return nil, err
		}
		return p, e.attachExplorer(c, l)
	}
}

// explorerChoices lists the indicators that exist below France.
func explorerChoices() []ExplorerTheme {
	var themes []ExplorerTheme
	for _, theme := range indicator.Themes {
		t := ExplorerTheme{Title: string(theme)}
		for i := range indicator.All {
			ind := &indicator.All[i]
			if ind.Theme != theme || !explored(ind) {
				continue
			}
			choice := Choice{Value: string(ind.ID), Text: ind.Title, Chosen: ind.ID == explorerStart}
			for _, level := range mapLevels {
				if ind.Has(level) {
					choice.Levels += " " + levelKeys[level]
				}
			}
			choice.Levels = choice.Levels[1:]
			t.Choices = append(t.Choices, choice)
		}
		if len(t.Choices) > 0 {
			themes = append(themes, t)
		}
	}
	return themes
}

func explored(ind *indicator.Indicator) bool {
	return ind.Has(atlas.RegionLevel) || ind.Has(atlas.DepartmentLevel)
}

// explorerFigure is what the page shows before any choice.
func (e *edition) explorerFigure(ctx context.Context, c *composer, l *linker, p *Explorer) error {
	t := e.table(explorerStart, atlas.RegionLevel)
	m, err := c.drawMap(e, t, "carte", l)
	if err != nil {
		return err
	}
	p.Figure = Figure{ID: "explorateur", Title: explorerTitle(e, t), Map: m, Table: e.explorerTable(t, l), Captions: e.explorerCaptions(c, t)}
	if m != nil {
		p.Sentence = m.Sentence
	}
	if t.Ranked > 0 {
		made, err := chart.Ranking("classement", t, atlas.TerritoryID{})
		if p.Figure.Charts, err = c.drawChart(ctx, l, made, err); err != nil {
			return err
		}
		for _, drawn := range p.Figure.Charts {
			drawn.Script = "" // the explorer itself draws it again
		}
	}
	p.Figure = c.underMap(p.Figure)
	return nil
}

func explorerTitle(e *edition, t indicator.Table) string {
	return t.Indicator.Title + " par " + levelNoun(t.Level) + ", " + uncapitalize(momentOf(e, t.Year)) + inUnit(t.Indicator)
}

// momentOf is « au 31 décembre 2023 » at the data state, « fin 2022 » before.
func momentOf(e *edition, y int) string {
	if y == e.year() {
		return e.state()
	}
	return indicator.DateLabel(e.about, y)
}

// explorerTable has the columns that every indicator has, so that scripts may fill it with another.
func (e *edition) explorerTable(t indicator.Table, l *linker) *Table {
	table := &Table{
		ID: "tableau-explorateur", Head: french.Capitalize(levelNoun(t.Level)), Sortable: true, Caption: "Valeurs et rangs",
		Columns: []Column{{Text: "Valeur", Unit: t.UnitLabel(), Numeric: true}, {Text: "Rang", Numeric: true}},
	}
	if t.Indicator.Has(atlas.CountryLevel) {
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: "France"}, Cells: []Cell{number(t.Country), {Text: "", Numeric: true}}, Total: true})
	}
	for _, r := range e.ordered(t.Rows) {
		table.Rows = append(table.Rows, TableRow{Head: l.link(r.Territory.Name, e.regionPath(r.Territory)), Cells: []Cell{number(r), rankCell(r)}})
	}
	return table
}

// explorerCaptions are those of a table of any year of the edition.
func (e *edition) explorerCaptions(c *composer, t indicator.Table) Captions {
	out := c.captions(e, t)
	if note := t.Indicator.YearsNote(e.about); note != "" {
		out.Notes = append([]string{note}, out.Notes...)
	}
	if t.Year != e.year() {
		read := t.Country
		if rows := t.ByRank(); len(rows) > 0 && rows[0].Rank > 0 {
			read = rows[0]
		}
		out.Reading = french.Capitalize(momentOf(e, t.Year)) + ", " + uncapitalize(t.Indicator.Reading(read))
	}
	return out
}

// explorerIndex lists the pages of every indicator, France alone included.
func (e *edition) explorerIndex(l *linker) []ExplorerIndex {
	var index []ExplorerIndex
	for _, theme := range indicator.Themes {
		t := ExplorerIndex{Title: string(theme)}
		for i := range indicator.All {
			ind := &indicator.All[i]
			if ind.Theme != theme {
				continue
			}
			item := ExplorerPages{Regions: l.link(ind.Title, e.indicatorPath(ind.ID))}
			if ind.Has(atlas.DepartmentLevel) {
				item.Departments = l.link("départements", departmentsPath(e, ind.ID))
			}
			t.Items = append(t.Items, item)
		}
		index = append(index, t)
	}
	return index
}

// levelLinks lead to the pages of each level.
func (e *edition) levelLinks(l *linker) []Link {
	var links []Link
	for _, level := range []struct{ text, path string }{
		{"France" + french.NBSP + ": chiffres clés", ""}, {"Régions" + french.NBSP + ": carte, tableau et fiches", "regions/"},
		{"Départements" + french.NBSP + ": liste et fiches", "departements/"}, {"Projets régionaux et nationaux", "projets/"},
		{"Données à télécharger", "donnees/"},
	} {
		if l.has(e.base + level.path) {
			links = append(links, l.link(level.text, e.base+level.path))
		}
	}
	return links
}

// explorerEditions lead to the explorers of every edition, the latest first.
func (c *composer) explorerEditions(l *linker) []Link {
	var links []Link
	for i := len(c.editions) - 1; i >= 0; i-- {
		if e := c.editions[i]; l.has(e.explorerPath()) {
			links = append(links, l.link("Édition "+year(e.about.Year)+", situation "+e.state(), e.explorerPath()))
		}
	}
	return links
}
