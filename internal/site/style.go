package site

import (
	"context"
	"html/template"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// stylePath is the page of the styles: for those who make the atlas, led to by no other page.
const stylePath = "style/"

// StylePage shows every component of the site, each the real one, with the figures of the latest edition.
type StylePage struct {
	Lead           string
	Chapters       []Link // of this page
	Steps          []Step
	Spaces         []Step
	Numbers        *Table
	Pairs          []ColourPair
	ChartColours   []DrawnColour
	MapColours     []DrawnColour
	France, Region []KeyFigure
	National       KeyFigure
	Sentence       string
	Table, Wide    *Table
	TableCaptions  Captions
	Portrait       Portrait
	Views          []Link
	Locator        template.HTML
	Where          []template.HTML
	Home           Figure
	Maps, Charts   []Figure
	Multiples      *Multiples
	Search         *SearchPage
	Choices        *Explorer
	Pager          *Pager
	Downloads      []Link
}

// Step is a size of the scale of type or of space.
type Step struct{ Name, Value, Class string }

// ColourPair is a colour on its ground in both themes. Swatches are in capitals, so that a dark page, which replaces the
// colours of drawings, leaves them as they are.
type ColourPair struct {
	Name, On, Role        string
	Light, Dark           Swatch
	Least                 string
	LightRatio, DarkRatio string
}

// Swatch is a colour on its ground.
type Swatch struct{ Ink, Ground string }

// DrawnColour is a colour of drawings, and what it is on a dark page.
type DrawnColour struct {
	Role, Light, Dark     string
	LightRatio, DarkRatio string // on the ground of the page
}

func (c *composer) stylePage() *page {
	return &page{
		path: stylePath, template: "style.html", heading: "Styles", title: "Styles et composants",
		description: "Le système visuel de l’atlas" + french.NBSP + ": échelles, couleurs, et chaque composant tel que les pages le montrent.",
		hidden:      true, noindex: true, model: c.styleModel,
	}
}

func (c *composer) styleModel(ctx context.Context, l *linker) (any, error) {
	css, err := joined(c.in.Assets, "css/*.css")
	if err != nil {
		return nil, err
	}
	e := c.latest()
	p := &StylePage{
		Lead: "Le système visuel de l’atlas, tel que les pages le montrent" + french.NBSP + ": chaque composant est le vrai, avec les chiffres de la dernière édition. " +
			"Couleurs, tailles et espaces ont un nom dans une seule feuille, assets/css/1-tokens.css" + french.NNBSP + "; une page sombre suit le réglage de l’appareil du lecteur.",
		Steps: steps(css, "--step-"), Spaces: steps(css, "--space-"), Numbers: e.numberStyles(), Portrait: e.portrait(c, l),
		Downloads: e.downloads(e.indicatorPath("essms_finances"), l),
		Pager:     &Pager{Text: "Page 2 sur 3", Previous: Link{Text: "Précédente", Href: "#pagination"}, Next: Link{Text: "Suivante", Href: "#pagination"}},
	}
	for i, text := range []string{"1", "2", "3"} {
		p.Pager.Pages = append(p.Pager.Pages, Link{Text: text, Href: "#pagination", Current: i == 1})
	}
	p.showColours(readTheme(css))
	e.showFigures(c, l, p)
	p.Choices = &Explorer{Themes: explorerChoices(), Levels: []Choice{{Value: "regions", Text: "Régions", Chosen: true}, {Value: "departements", Text: "Départements"}}}
	for _, y := range e.years {
		p.Choices.Years = append(p.Choices.Years, Choice{Value: year(y), Text: e.moment(y), Chosen: y == e.year()})
	}
	p.Search = &SearchPage{}
	for _, e := range slices.Backward(c.editions) {
		p.Search.Indexes = append(p.Search.Indexes, Link{Text: year(e.about.Year), Href: year(e.about.Year)})
	}
	if err := e.showMaps(ctx, c, l, p); err != nil {
		return nil, err
	}
	return p, e.showCharts(ctx, c, l, p)
}

// steps are the sizes of a scale of the sheet.
func steps(css, prefix string) []Step {
	sizes := readTheme(css).light
	var out []Step
	for _, name := range scale(css, prefix) {
		out = append(out, Step{Name: name, Value: sizes[name], Class: strings.TrimPrefix(name, "--")})
	}
	return out
}

func (p *StylePage) showColours(t theme) {
	for _, c := range pairs {
		p.Pairs = append(p.Pairs, ColourPair{
			Name: c.name, On: c.on, Role: c.role, Least: leastText(c.least),
			Light:      Swatch{strings.ToUpper(t.light[c.name]), strings.ToUpper(t.light[c.on])},
			Dark:       Swatch{strings.ToUpper(t.dark[c.name]), strings.ToUpper(t.dark[c.on])},
			LightRatio: ratioText(contrast(t.light[c.name], t.light[c.on])), DarkRatio: ratioText(contrast(t.dark[c.name], t.dark[c.on])),
		})
	}
	drawn := func(value, role string) DrawnColour {
		dark := t.onDark(value)
		return DrawnColour{Role: role, Light: strings.ToUpper(value), Dark: strings.ToUpper(dark),
			LightRatio: ratioText(contrast(value, t.light["--paper"])), DarkRatio: ratioText(contrast(dark, t.dark["--paper"]))}
	}
	for _, c := range chart.Colours {
		p.ChartColours = append(p.ChartColours, drawn(c.Value, c.Role))
	}
	for _, c := range carto.Colours() {
		p.MapColours = append(p.MapColours, drawn(c.Value, c.Role))
	}
	for i, colour := range carto.Palette(5) {
		p.MapColours = append(p.MapColours, drawn(colour, "Classe "+french.Integer(float64(i+1))+" sur 5"))
	}
	for i, colour := range carto.Diverging(5) {
		p.MapColours = append(p.MapColours, drawn(colour, "Écart à la France, classe "+french.Integer(float64(i+1))+" sur 5"))
	}
}

func leastText(x float64) string {
	if x == 0 {
		return "décor"
	}
	return french.Number(x, 1)
}

// numberStyles shows how each kind of value is written, by the one formatter.
func (e *edition) numberStyles() *Table {
	table := &Table{ID: "ecriture", Caption: "Comment les chiffres s’écrivent", Head: "Ce que c’est", Columns: []Column{{Text: "Dans un tableau", Numeric: true}, {Text: "Dans une phrase"}, {Text: "Règle"}}}
	add := func(what string, ind *indicator.Indicator, v atlas.Value, rule string) {
		text, phrase := ind.Format(v, e.about)
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: what}, Cells: []Cell{
			number(indicator.Row{Value: v, Text: text, Phrase: phrase}), {Text: phrase}, {Text: rule},
		}})
	}
	count, share := indicator.ByID("essms_finances"), indicator.ByID("taux_couverture")
	total, mean := indicator.ByID("subvention_totale"), indicator.ByID("subvention_moyenne_regionale")
	france := func(ind *indicator.Indicator) atlas.Value { return e.now(ind.ID, atlas.France).Value }
	add("Nombre", count, france(count), "espace fine entre les milliers, arrondi de l’édition")
	add("Montant", total, france(total), "millions à une décimale, unité dans l’en-tête ou après le nombre")
	add("Montant moyen", mean, france(mean), "milliers d’euros entiers")
	add("Part, taux", share, france(share), "une décimale, virgule, espace insécable avant le signe")
	add("Non disponible", share, atlas.Value{}, "la donnée existe, personne ne l’a")
	add("Secret", share, atlas.Value{Status: atlas.Secret}, "couvert par le secret statistique")
	add("Sans objet", share, atlas.Value{Status: atlas.NotApplicable}, "la grandeur n’a pas de sens ici")
	table.Rows = append(table.Rows,
		TableRow{Head: Link{Text: "Rang"}, Cells: []Cell{{Text: french.Ordinal(1, french.Feminine), Numeric: true}, {Text: "la " + french.Ordinal(5, french.Feminine) + " région"}, {Text: "accordé à ce qu’il range"}}},
		TableRow{Head: Link{Text: "Date"}, Cells: []Cell{{Text: year(e.year()), Numeric: true}, {Text: e.state()}, {Text: "année sans espace, date en toutes lettres"}}})
	return table
}

// showFigures gives the page its key figures and its tables.
func (e *edition) showFigures(c *composer, l *linker, p *StylePage) {
	region := e.styleRegion()
	for _, id := range headlines {
		p.France = append(p.France, e.keyFigure(id, atlas.France, l))
	}
	for _, id := range regionHeadlines {
		p.Region = append(p.Region, e.keyFigure(id, region.ID, l))
	}
	ind := indicator.ByID("taux_couverture")
	t := e.table(ind.ID, atlas.RegionLevel)
	p.National = e.keyFigure(ind.ID, atlas.France, l)
	p.Sentence = french.Capitalize(e.state()) + ", " + uncapitalize(ind.Reading(t.Country))
	p.Table, p.TableCaptions = e.territoryTable(t, l), c.captions(e, t)
	p.TableCaptions.Provenance = e.provenances(atlas.France, l, ind.ID)
	p.Wide = e.comparison("Les régions, "+e.state(), listed, l)
	p.Views = []Link{{Text: "Par région", Href: "#tableaux", Current: true}, {Text: "Par département", Href: "#tableaux"}}
}

// styleRegion is the region whose components are shown: the one that has the most ESSMS.
func (e *edition) styleRegion() atlas.Territory {
	if rows := e.table("essms_finances", atlas.RegionLevel).ByRank(); len(rows) > 0 {
		return rows[0].Territory
	}
	return e.regions[0]
}

// styledMap is a kind of map: the first table of its level that is so.
type styledMap struct {
	id    string
	level atlas.Level
	is    func(indicator.Table) bool
}

func gaps(t indicator.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r indicator.Row) bool { return !r.Value.Shown() })
}

func styledClasses(t indicator.Table) bool {
	return t.Indicator.Map == indicator.Classes && !t.Indicator.AroundFrance && !gaps(t)
}

// styledMaps are the kinds of map beside that of the home.
var styledMaps = []styledMap{
	{"carte-classes", atlas.RegionLevel, styledClasses},
	{"carte-ecarts", atlas.RegionLevel, func(t indicator.Table) bool {
		return t.Indicator.Map == indicator.Classes && t.Indicator.AroundFrance && !gaps(t)
	}},
	{lacking, atlas.RegionLevel, func(t indicator.Table) bool { return t.Indicator.Map == indicator.Classes && gaps(t) }},
	{"carte-departements", atlas.DepartmentLevel, func(t indicator.Table) bool { return t.Indicator.Map == indicator.Classes }},
	{"carte-cercles-departements", atlas.DepartmentLevel, func(t indicator.Table) bool { return t.Indicator.Map == indicator.Circles }},
}

// showMaps draws a map of each kind.
func (e *edition) showMaps(ctx context.Context, c *composer, l *linker, p *StylePage) error {
	if c.in.Maps == nil {
		return nil
	}
	region := e.styleRegion()
	p.Locator = c.in.Maps.Locator(region.ID.Code)
	p.Where = []template.HTML{
		c.in.Maps.Where("", located(e.results.Slice(atlas.France, e.year()).National), "Carte des ESSMS des projets nationaux par département"),
		c.in.Maps.Where(region.ID.Code, located(e.results.Slice(region.ID, e.year()).Regional), "Carte des ESSMS des projets régionaux "+region.Genitive+" par département"),
	}
	for _, kind := range styledMaps {
		t, found := e.firstTable(kind)
		if !found && kind.id == lacking {
			t, found = e.withGaps()
		}
		if !found {
			continue
		}
		m, err := c.drawMap(e, t, kind.id, l)
		if err != nil {
			return err
		}
		f := c.underMap(Figure{ID: kind.id, Title: t.Indicator.Title + " par " + levelNoun(t.Level) + ", " + e.state() + inUnit(t.Indicator), Map: m, Captions: c.captions(e, t)})
		if kind.id == lacking {
			f.Title = "Données non disponibles" + french.NBSP + ": " + f.Title
		}
		p.Maps = append(p.Maps, f)
		if kind.id == styledMaps[0].id {
			if p.Multiples, err = c.drawMultiples(e, t, kind.id); err != nil {
				return err
			}
		}
	}
	areas, err := e.departmentsFigure(ctx, c, region, l)
	if areas != nil {
		p.Maps = append(p.Maps, *areas)
	}
	return err
}

// located counts the ESSMS of projects by department.
func located(projects []*atlas.Project) map[string]int {
	counts := map[string]int{}
	for _, p := range projects {
		for _, link := range p.Links {
			if link.ESSMS.Department != "" {
				counts[link.ESSMS.Department]++
			}
		}
	}
	return counts
}

// lacking is the map that shows how missing data is drawn.
const lacking = "carte-lacunes"

// withGaps is the first choropleth of the regions without the values of two of them, for editions in which nothing is missing.
func (e *edition) withGaps() (indicator.Table, bool) {
	t, found := e.firstTable(styledMap{level: atlas.RegionLevel, is: styledClasses})
	if !found || len(t.Rows) < 3 {
		return t, false
	}
	t.Rows = slices.Clone(t.Rows)
	for i := range 2 {
		r := &t.Rows[i]
		r.Value, r.Rank = atlas.Value{}, 0
		r.Text, r.Phrase = t.Indicator.Format(r.Value, e.about)
	}
	t.Ranked -= 2
	return t, true
}

func (e *edition) firstTable(kind styledMap) (indicator.Table, bool) {
	for i := range indicator.All {
		if ind := &indicator.All[i]; ind.Has(kind.level) {
			if t := e.table(ind.ID, kind.level); len(t.Rows) > 0 && kind.is(t) {
				return t, true
			}
		}
	}
	return indicator.Table{}, false
}

// showCharts draws a chart of each kind.
func (e *edition) showCharts(ctx context.Context, c *composer, l *linker, p *StylePage) error {
	region := e.styleRegion()
	home := &Home{}
	if err := e.homeFigures(ctx, c, l, home); err != nil {
		return err
	}
	p.Home = home.Map
	p.add(home.Growth)
	for _, b := range []breakdown{byField, byStatus} {
		f, err := e.compositionFigure(ctx, c, l, region, b)
		if err != nil {
			return err
		}
		p.add(f)
	}
	lines, err := e.styleLines(ctx, c, l, region)
	if err != nil {
		return err
	}
	p.add(lines)
	strips, err := e.stripsFigure(ctx, c, l, region)
	if err != nil {
		return err
	}
	p.add(strips)
	spread, err := e.distributionFigures(ctx, c, l, e.results.Gazetteer().Country())
	if err != nil {
		return err
	}
	p.add(spread...)
	scatter, err := e.scatterFigure(ctx, c, l, indicator.ByID("taux_couverture"))
	if scatter != nil {
		p.add(*scatter)
	}
	if err != nil {
		return err
	}
	return e.styleProgress(ctx, c, l, p)
}

// add shows figures that have a drawing.
func (p *StylePage) add(figures ...Figure) {
	for _, f := range figures {
		if len(f.Charts) > 0 {
			p.Charts = append(p.Charts, f)
		}
	}
}

// styleLines is a rate of France and of a region, year after year.
func (e *edition) styleLines(ctx context.Context, c *composer, l *linker, t atlas.Territory) (Figure, error) {
	ind := indicator.ByID("taux_couverture")
	made, err := chart.Growth("courbes", e.results.Series(ind, atlas.France), e.results.Series(ind, t.ID))
	drawn, err := c.drawChart(ctx, l, made, err)
	return Figure{ID: "courbes", Title: made.Title, Charts: drawn, Beside: e.yearsBeside(ind, t), Captions: c.captions(e, e.table(ind.ID, atlas.RegionLevel))}, err
}

// yearsBeside is the table of these lines.
func (e *edition) yearsBeside(ind *indicator.Indicator, t atlas.Territory) *Table {
	table := &Table{ID: "tableau-courbes", Head: "Territoire", Caption: ind.Title + ", cumul à la fin de chaque année" + inUnit(ind)}
	for _, y := range e.years {
		table.Columns = append(table.Columns, Column{Text: e.moment(y), Numeric: true})
	}
	for _, place := range []atlas.Territory{e.results.Gazetteer().Country(), t} {
		row := TableRow{Head: Link{Text: place.Name}, Total: place.ID == atlas.France}
		for _, y := range e.years {
			row.Cells = append(row.Cells, number(e.row(ind.ID, place.ID, y)))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// styleProgress is what is selected of the applications of each region.
func (e *edition) styleProgress(ctx context.Context, c *composer, l *linker, p *StylePage) error {
	sections, err := applicationSections(&programmePage{ctx, c, e, l})
	if err != nil {
		return err
	}
	for _, s := range sections {
		if s.Figure != nil && s.Captions != nil && len(s.Tables) > 0 {
			s.Figure.Captions, s.Figure.Table = *s.Captions, s.Tables[0]
			p.add(*s.Figure)
		}
	}
	return nil
}
