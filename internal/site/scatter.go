package site

import (
	"context"
	"errors"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// scatterFigure sets a ratio of the regions against its companion; nil where it has none, or no
// region has both.
func (e *edition) scatterFigure(ctx context.Context, c *composer, l *linker, ind *indicator.Indicator) (*Figure, error) {
	companion := indicator.ByID(ind.Companion)
	if companion == nil {
		return nil, nil
	}
	y, x := e.table(ind.ID, atlas.RegionLevel), e.table(companion.ID, atlas.RegionLevel)
	made, err := chart.Scatter("nuage", x, y)
	if errors.Is(err, chart.ErrPairs) {
		return nil, nil
	}
	drawn, err := c.drawChart(ctx, l, made, err)
	if err != nil {
		return nil, err
	}
	table := e.comparison(made.Title, []indicator.ID{ind.ID, companion.ID}, l)
	table.ID = "tableau-nuage"
	if ind.Short == companion.Short {
		table.Columns[0].Text, table.Columns[1].Text = ind.Title, companion.Title
	}
	f := &Figure{
		ID: "nuage", Title: made.Title, Charts: drawn, Beside: table,
		Captions: Captions{
			Notes:   []string{"Les tirets croisent les deux valeurs de la France. Que deux grandeurs aillent ensemble ne dit pas que l’une cause l’autre."},
			Reading: e.scatterReading(y, x), Champ: scatterChamp(ind, companion), Source: sentence(sourceLine(c.settings, e)),
			Provenance: e.provenances(atlas.France, l, ind.ID, companion.ID),
		},
	}
	if made.Unnamed > 0 {
		f.Notes = append(f.Notes, "Les noms qui ne trouvent pas de place sont dans le tableau.")
	}
	return f, c.takeAway(ctx, e, l, f, taking{
		title: strings.TrimSuffix(made.Title, ", "+e.state()), subtitle: french.Capitalize(e.state()),
		data: func(name string) download.Table { return download.OfTables(e.results, name, made.Title, y, x) },
	})
}

// scatterReading reads both values of the region that is the highest for the first.
func (e *edition) scatterReading(y, x indicator.Table) string {
	for _, row := range y.ByRank() {
		if other, ok := x.Row(row.Territory.ID); ok && row.Value.Shown() && other.Value.Shown() {
			return french.Capitalize(e.state()) + ", " + uncapitalize(y.Indicator.Reading(row)) + " " + x.Indicator.Reading(other)
		}
	}
	return ""
}

func scatterChamp(a, b *indicator.Indicator) string {
	if a.Champ == b.Champ {
		return sentence(a.Champ)
	}
	if a.Short == b.Short {
		return sentence(a.Title + french.NBSP + ": " + uncapitalizeNoun(a.Champ) + french.NNBSP + "; " + uncapitalizeNoun(b.Title) + french.NBSP + ": " + uncapitalizeNoun(b.Champ))
	}
	return sentence(a.Short + french.NBSP + ": " + uncapitalizeNoun(a.Champ) + french.NNBSP + "; " + uncapitalizeNoun(b.Short) + french.NBSP + ": " + uncapitalizeNoun(b.Champ))
}

// uncapitalizeNoun lowers the first letter of a title, unless it begins with initials.
func uncapitalizeNoun(s string) string {
	if r := []rune(s); len(r) > 1 && french.Capitalize(string(r[1])) == string(r[1]) {
		return s
	}
	return uncapitalize(s)
}
