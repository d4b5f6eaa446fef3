package site

import (
	"context"
	"fmt"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Home is the home of an edition.
type Home struct {
	State, Published string
	Lead             string
	Figures          []KeyFigure
	Map              Figure
	Portrait         Portrait
	Growth           Figure
	Themes           []Link // to their indicators
	Data             Link
	Notes            []string
}

// KeyFigure is a figure in large type that leads to its page.
type KeyFigure struct {
	Label, Value, Spoken, Href string
	Evolution                  string // « 11 020 fin 2022 (+50 %) »
	Rank, Country              string // on the page of a region
	Provenance                 string // the link to where it comes from; may be empty
}

// headlines are the indicators that the home shows in large type.
var headlines = []indicator.ID{
	"essms_finances", "projets", "subvention_totale", "taux_couverture", "essms_pour_100000_habitants", "taux_engagement",
}

// growing are the indicators whose growth is told year by year, at every level.
var growing = struct{ france, region []indicator.ID }{
	france: []indicator.ID{"essms_finances", "projets", "subvention_totale"},
	region: []indicator.ID{"essms_finances", "projets_regionaux", "subvention_regionale"},
}

func (e *edition) homeModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		h := &Home{
			State:     "Situation " + e.state(),
			Published: french.Date(e.about.PublishedOn),
			Lead:      e.lead(), Notes: e.about.Notes, Portrait: e.portrait(c, l),
			Themes: e.themes(l),
			Data:   l.link("Télécharger les données", e.base+"donnees/"),
		}
		for _, id := range headlines {
			h.Figures = append(h.Figures, e.keyFigure(id, atlas.France, l))
		}
		return h, e.homeFigures(ctx, c, l, h)
	}
}

// homeFigures draws the map, the ranking and the growth.
func (e *edition) homeFigures(ctx context.Context, c *composer, l *linker, h *Home) error {
	t := e.table("essms_finances", atlas.RegionLevel)
	m, err := c.drawMap(e, t, "carte", l)
	if err != nil {
		return err
	}
	made, err := chart.Ranking("classement", t, atlas.TerritoryID{})
	ranking, err := c.drawChart(ctx, l, made, err)
	if err != nil {
		return err
	}
	h.Map = c.underMap(Figure{
		ID: "carte", Title: "Les ESSMS financés, région par région", Map: m, Charts: ranking,
		Table: withoutRanks(e.territoryTable(t, l)), Captions: c.captions(e, t),
	})
	h.Map.Provenance = e.provenances(atlas.France, l, t.Indicator.ID)
	if err := c.takeAway(ctx, e, l, &h.Map, e.takingTable(t, nil)); err != nil {
		return err
	}
	h.Growth, err = e.growthFigure(ctx, c, l, atlas.France, growing.france)
	return err
}

// withoutRanks leaves out the last column of a table of territories, beside a drawing that ranks them.
func withoutRanks(table *Table) *Table {
	last := len(table.Columns) - 1
	table.Columns = table.Columns[:last]
	for i := range table.Rows {
		table.Rows[i].Cells = table.Rows[i].Cells[:last]
	}
	return table
}

// lead is the sentence that opens the edition.
func (e *edition) lead() string {
	now := func(id indicator.ID) string { return e.now(id, atlas.France).Phrase }
	return fmt.Sprintf("%s, le programme ESMS numérique finance %s dans %s, pour %s de subventions.",
		french.Capitalize(e.state()), now("essms_finances"), now("projets"), now("subvention_totale"))
}

// keyFigure is an indicator of a territory in large type, with what it was a year before.
func (e *edition) keyFigure(id indicator.ID, t atlas.TerritoryID, l *linker) KeyFigure {
	ind := indicator.ByID(id)
	row := e.now(id, t)
	k := KeyFigure{Label: ind.Short, Value: large(ind, row), Href: l.to(e.indicatorPath(id))}
	if !row.Value.Shown() {
		k.Spoken = row.Phrase
	}
	k.Provenance = e.provenanceOf(id, t, l)
	k.Evolution = e.evolution(ind, row, t)
	if t.Level == atlas.RegionLevel {
		k.Rank = rankAmong(row, e.table(id, atlas.RegionLevel))
		if ind.Ratio() {
			k.Country = "France" + french.NBSP + ": " + large(ind, e.now(id, atlas.France))
		}
	}
	return k
}

// large is a value whose noun is said by the label beside it.
func large(ind *indicator.Indicator, r indicator.Row) string {
	if ind.Display.Suffix != "" && r.Value.Shown() {
		return r.Phrase
	}
	return r.Text
}

// evolution compares a value with that of the year before: « 11 020 fin 2022 (+50 %) »; empty for an indicator
// whose past years are no trend.
func (e *edition) evolution(ind *indicator.Indicator, now indicator.Row, t atlas.TerritoryID) string {
	if len(e.years) < 2 || !now.Value.Shown() || ind.Followed {
		return ""
	}
	before := e.years[len(e.years)-2]
	row := e.row(ind.ID, t, before)
	if !row.Value.Shown() {
		return ""
	}
	text := large(ind, row) + " " + indicator.DateLabel(e.about, before)
	if growth := ind.Growth(row.Value, now.Value, e.about, e.about); growth != "" {
		text += " (" + growth + ")"
	}
	return text
}

// themes leads to the indicators of each theme.
func (e *edition) themes(l *linker) []Link {
	var out []Link
	for _, theme := range indicator.Themes {
		out = append(out, l.link(string(theme), e.base+"indicateurs/#"+french.Slug(string(theme))))
	}
	return out
}

// growthFigure shows a few indicators of a territory at the end of each year; the chart
// draws the first.
func (e *edition) growthFigure(ctx context.Context, c *composer, l *linker, t atlas.TerritoryID, ids []indicator.ID) (Figure, error) {
	first := indicator.ByID(ids[0])
	place, _ := e.results.Gazetteer().Territory(t)
	table := &Table{ID: "tableau-progression", Head: "Situation", Caption: "Évolution " + place.Locative + ", en cumul"}
	for _, id := range ids {
		table.Columns = append(table.Columns, Column{Text: indicator.ByID(id).Short, Numeric: true})
	}
	for _, y := range e.years {
		row := TableRow{Head: Link{Text: e.moment(y)}}
		for _, id := range ids {
			row.Cells = append(row.Cells, figureCell(indicator.ByID(id), e.row(id, t, y)))
		}
		table.Rows = append(table.Rows, row)
	}
	made, err := chart.Growth("progression", e.results.Series(first, t))
	drawn, err := c.drawChart(ctx, l, made, err)
	if err != nil {
		return Figure{}, err
	}
	f := Figure{
		ID: "progression", Title: first.Title + " " + place.Locative + ", à la fin de chaque année" + inUnit(first), Charts: drawn, Beside: table,
		Captions: Captions{
			Notes:   []string{e.yearsNote(first)},
			Reading: french.Capitalize(e.state()) + ", " + uncapitalize(first.Reading(e.now(first.ID, t))),
			Champ:   sentence(first.Champ), Source: sentence(sourceLine(c.settings, e)), Provenance: e.provenances(t, l, ids...),
		},
	}
	return f, c.takeAway(ctx, e, l, &f, e.takingGrowth(ids, place))
}
