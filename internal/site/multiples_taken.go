package site

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/indicator"
)

// multiplesID is the anchor of the maps by year.
const multiplesID = "cartes-annees"

// offerMultiples offers the maps by year of an indicator to whoever wants to reuse them.
func (c *composer) offerMultiples(ctx context.Context, e *edition, l *linker, t indicator.Table, m *Multiples) error {
	if m == nil {
		return nil
	}
	m.Provenance = e.provenances(atlas.France, l, t.Indicator.ID)
	f := Figure{ID: multiplesID, Title: m.Title, Multiples: m, Captions: m.Captions, Table: e.yearsTable(t.Indicator, t.Level, l)}
	title := t.Indicator.Title + " par " + levelNoun(t.Level)
	err := c.takeAway(ctx, e, l, &f, taking{
		title: title, subtitle: e.moments(t.Indicator, "à la fin de chaque année"),
		data: func(name string) download.Table { return download.OfTables(e.results, name, title, e.yearsOf(t)...) },
	})
	m.TakeAways = f.TakeAways
	return err
}

// The measures of a sheet of small maps, in pixels of its plate: maps have the width that the legend of
// their circles is drawn for.
const (
	sheetGap  = 24.0
	sheetHead = 46.0
	sheetType = 15.0
)

// columns is how many maps stand side by side on a sheet.
func (m *Multiples) columns() int {
	if n := len(m.Maps); n == 2 || n == 4 {
		return 2
	}
	return 3
}

// sheetWidth is the width of a sheet.
func (m *Multiples) sheetWidth() float64 {
	return float64(m.columns())*carto.SmallWidth + float64(m.columns()-1)*sheetGap
}

// narrower is how much higher than a sheet its maps stand two by two, as in a column of text.
func (m *Multiples) narrower() int {
	rows := (len(m.Maps)+1)/2 - (len(m.Maps)+m.columns()-1)/m.columns()
	return rows * int(carto.SmallWidth+sheetHead)
}

var viewBox = regexp.MustCompile(`^<svg[^>]* viewBox="0 0 ([0-9.]+) ([0-9.]+)"`)

// sheet is one drawing of all the maps, with the outlines that they share.
func (m *Multiples) sheet() string {
	columns, width, height := m.columns(), m.sheetWidth(), 0.0
	var b strings.Builder
	for i, small := range m.Maps {
		box := viewBox.FindStringSubmatch(string(small.SVG))
		if box == nil {
			continue
		}
		high := carto.SmallWidth * decimal(box[2]) / decimal(box[1])
		x, y := float64(i%columns)*(carto.SmallWidth+sheetGap), float64(i/columns)*(high+sheetHead+sheetGap)
		text := func(base float64, weight, colour, words string) {
			fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" font-size="%.1f" font-weight="%s" fill="%s">%s</text>`, x, y+base, sheetType, weight, colour, html.EscapeString(words))
		}
		text(sheetType, "700", "#16202b", small.Heading)
		text(sheetType*2.25, "400", "#4a5866", small.Country)
		b.WriteString(strings.Replace(string(small.SVG), "<svg ", fmt.Sprintf(`<svg x="%.1f" y="%.1f" width="%g" height="%.1f" `, x, y+sheetHead, carto.SmallWidth, high), 1))
		height = y + sheetHead + high
	}
	shared := string(m.Outlines) // what its root holds
	shared = strings.TrimSuffix(shared[strings.Index(shared, "<defs>"):], "</svg>")
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %.1f">%s%s</svg>`, width, height, shared, b.String())
}

func decimal(s string) float64 {
	x, _ := strconv.ParseFloat(s, 64)
	return x
}
