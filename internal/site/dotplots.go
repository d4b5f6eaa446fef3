package site

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// stripsID is the anchor of the dot plots of a region.
const stripsID = "parmi"

// stripsFigure sets a region among the others, one line for each ratio. Its values are in the
// tables of the themes, under it; those of the other regions, on a page
// that all regions share.
func (e *edition) stripsFigure(ctx context.Context, c *composer, l *linker, t atlas.Territory) (Figure, error) {
	f := Figure{
		ID: stripsID, Title: fmt.Sprintf("%s parmi les %d régions, %s", french.Capitalize(t.WithArticle), len(e.regions), e.state()),
		Captions: Captions{
			Notes: []string{"Chaque ligne va de la valeur la plus basse à la plus élevée des régions" + french.NNBSP +
				"; son échelle lui est propre. À droite, la valeur de la région et son rang, de la plus élevée à la plus faible. Une valeur haute n’est pas toujours la meilleure."},
			Champ:  "Régions dont la valeur est disponible.",
			Source: sentence(sourceLine(c.settings, e)),
		},
	}
	var parts []string
	for i, half := range e.stripHalves() {
		made, err := chart.Strips(stripsID+"-"+strconv.Itoa(i+1), f.Title+french.NBSP+": "+namesOfThemes(half), half, t)
		drawn, err := c.drawChart(ctx, l, made, err)
		if err != nil {
			return Figure{}, err
		}
		f.Charts = append(f.Charts, drawn...)
		parts = append(parts, namesOfThemes(half))
	}
	f.Reading = e.stripsReading(t)
	f.Provenance = []Link{{Text: "valeur par valeur, dans les tableaux par thème", Href: l.to(e.regionIndicatorsPath(t) + "#comparaison")}}
	return f, c.takeAway(ctx, e, l, &f, taking{
		title: french.Capitalize(t.WithArticle) + fmt.Sprintf(" parmi les %d régions", len(e.regions)), subtitle: french.Capitalize(e.state()),
		data: e.ratiosData, dataOf: e.ratiosPath(), parts: parts,
	})
}

// ratiosData are the values of every ratio in every region.
func (e *edition) ratiosData(name string) download.Table {
	var tables []indicator.Table
	for _, half := range e.stripHalves() {
		for _, g := range half {
			for _, line := range g.Lines {
				tables = append(tables, line.Table)
			}
		}
	}
	return download.OfTables(e.results, name, "Parts, taux et moyennes par région, "+e.state(), tables...)
}

// stripHalves shares the themes out between two charts of about the same height.
func (e *edition) stripHalves() [][]chart.StripGroup {
	var groups []chart.StripGroup
	for _, theme := range indicator.Themes {
		g := chart.StripGroup{Title: string(theme) + sharesOf[theme]}
		for i := range indicator.All {
			if ind := &indicator.All[i]; ind.Theme == theme && ind.Ratio() && ind.Has(atlas.RegionLevel) {
				g.Lines = append(g.Lines, chart.StripLine{Label: ind.Short, Table: e.table(ind.ID, atlas.RegionLevel)})
			}
		}
		if len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(groups[b].Lines), len(groups[a].Lines)) })
	half, lines := map[int]int{}, [2]int{}
	for _, i := range order {
		if lines[1] < lines[0] {
			half[i] = 1
		}
		lines[half[i]] += len(groups[i].Lines) + 1
	}
	first := half[0] // the half that holds the first theme comes first
	out := make([][]chart.StripGroup, 2)
	for i, g := range groups {
		at := 0
		if half[i] != first {
			at = 1
		}
		out[at] = append(out[at], g)
	}
	return slices.DeleteFunc(out, func(h []chart.StripGroup) bool { return len(h) == 0 })
}

// namesOfThemes names them within a title: « ESSMS financés, projets et profil des projets ».
func namesOfThemes(groups []chart.StripGroup) string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = uncapitalizeNoun(g.Title)
	}
	return french.Join(names)
}

// stripsReading reads the first line that has a value for the region.
func (e *edition) stripsReading(t atlas.Territory) string {
	for _, half := range e.stripHalves() {
		for _, g := range half {
			for _, line := range g.Lines {
				row, _ := line.Table.Row(t.ID)
				if row.Rank == 0 {
					continue
				}
				return french.Capitalize(e.state()) + ", " + uncapitalize(line.Table.Indicator.Reading(row)) +
					" C’est " + place(row, line.Table) + "."
			}
		}
	}
	return ""
}

// place is « la valeur la plus élevée des 18 régions », « la 5e valeur des 18 régions ».
func place(r indicator.Row, t indicator.Table) string {
	of := " des " + territories(t.Ranked, t.Level)
	switch r.Rank {
	case 1:
		return "la valeur la plus élevée" + of
	case t.Ranked:
		return "la valeur la plus faible" + of
	}
	return "la " + french.Ordinal(r.Rank, french.Feminine) + " valeur" + of
}

// RatiosPage is every ratio of every region, in one table.
type RatiosPage struct {
	Lead  string
	Table *Table
	Data  Link
	Captions
}

// ratiosPages is the page of the values that the dot plots of the regions are drawn from.
func ratiosPages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.ratiosPath(), heading: "Toutes les régions, indicateur par indicateur", crumb: "Tableau complet",
		title:       fmt.Sprintf("Toutes les régions, indicateur par indicateur, édition %d", e.about.Year),
		description: fmt.Sprintf("Les parts, taux et moyennes de chaque région dans un seul tableau, %s.", e.state()),
		model:       e.ratiosModel(c),
	}}
}

func (e *edition) ratiosPath() string { return e.base + "regions/tableau/" }

func (e *edition) ratiosModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		p := &RatiosPage{
			Lead: "Les parts, les taux et les moyennes de chaque région, côte à côte " + e.state() +
				french.NBSP + ": une ligne par indicateur, une colonne par région.",
			Table: &Table{ID: "tableau-ratios", Caption: "Parts, taux et moyennes par région, " + e.state(), Head: "Indicateur", Columns: []Column{{Text: "France", Numeric: true}}},
			Captions: Captions{
				Notes:  []string{"Chaque indicateur a sa population" + french.NBSP + ": elle est dite sur sa page. La valeur de la France mène à la provenance de toutes celles de sa ligne.", "n.d." + french.NBSP + ": donnée non disponible" + french.NNBSP + "; ///" + french.NBSP + ": sans objet."},
				Champ:  "ESSMS implantés dans la région, projets régionaux rattachés à l’ARS qui les finance.",
				Source: sentence(sourceLine(c.settings, e)),
			},
		}
		for _, t := range e.regions {
			p.Table.Columns = append(p.Table.Columns, Column{Text: t.Name, Numeric: true})
		}
		for i := range indicator.All {
			ind := &indicator.All[i]
			if !ind.Ratio() || !ind.Has(atlas.RegionLevel) {
				continue
			}
			row := TableRow{Head: l.link(ind.Title, e.indicatorPath(ind.ID)), Cells: []Cell{e.tracedCell(ind, e.now(ind.ID, atlas.France), l)}}
			for _, t := range e.regions {
				row.Cells = append(row.Cells, figureCell(ind, e.now(ind.ID, t.ID)))
			}
			p.Table.Rows = append(p.Table.Rows, row)
		}
		data, err := c.takeData(l, l.from, stripsID, taking{data: e.ratiosData})
		if err != nil {
			return nil, err
		}
		p.Data = data.Link
		first := e.table(indicator.ID("taux_couverture"), atlas.RegionLevel)
		p.Reading = c.captions(e, first).Reading
		return p, nil
	}
}
