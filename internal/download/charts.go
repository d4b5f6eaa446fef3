package download

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// chartBox is where a chart stands: its row, and pixels from the left. The rows that it covers
// must have their height.
type chartBox struct{ row, offset, width, height int }

const chartGap = 12

// The colours of charts: dark for the territory, light for France.
const (
	territoryColour = "1F4E79"
	franceColour    = "9DB8D2"
)

// chart puts a native chart over cells.
func (s *board) chart(c *excelize.Chart, box chartBox) {
	printed, locked := true, true
	c.Dimension = excelize.ChartDimension{Width: uint(box.width), Height: uint(box.height)}
	column := 1
	for width := labelPixels; box.offset >= width; width = valuePixels { // an anchor stays inside its cell
		box.offset -= width
		column++
	}
	c.Format.OffsetX, c.Format.OffsetY = box.offset, 2
	c.Format.PrintObject, c.Format.Locked = &printed, &locked
	c.Border = excelize.LineOptions{Type: excelize.LineNone}
	c.ShowBlanksAs = "gap"
	s.book.do(func() error { return s.book.file.AddChart(synthesisSheet, columnName(column)+strconv.Itoa(box.row), c) })
}

// columnsByYear charts a column of the table of growth.
func (s *board) columnsByYear(ind *indicator.Indicator, column, first, last int) *excelize.Chart {
	var values []string
	for _, p := range s.r.Series(ind, s.territory.ID).Points {
		_, phrase := ind.Format(p.Row.Value, atlas.Edition{}) // as the chart shows it: not rounded for publication
		values = append(values, indicator.DateLabel(s.edition(), p.Year)+french.NBSP+": "+phrase)
	}
	gap := uint(60)
	return &excelize.Chart{
		Type: excelize.Col, GapWidth: &gap,
		Series: []excelize.ChartSeries{s.series(column, first-1, last, territoryColour, displayFormat(ind.Display))},
		Title:  chartTitle(ind.Title + ", en cumul"),
		Legend: excelize.ChartLegend{Position: "none"},
		XAxis:  excelize.ChartAxis{Font: axisFont()},
		YAxis:  excelize.ChartAxis{None: true, Minimum: new(float64)},
		PlotArea: excelize.ChartPlotArea{ShowVal: true,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: displayFormat(ind.Display)}},
		Format: excelize.GraphicOptions{Name: "Évolution – " + ind.Short,
			AltText: safe("Histogramme de l’évolution, en cumul, " + s.territory.Genitive + french.NBSP + ": " + ind.Title + ". " + strings.Join(values, french.NNBSP+"; ") + ".")},
	}
}

// bars charts the shares of a composition, those of France beside those of a region.
func (s *board) bars(b breakdown, parts []part, columns, head, last int) *excelize.Chart {
	share := indicator.ByID(b.share)
	var words []string
	for i, p := range parts {
		if p.count > 0 && !p.unknown {
			_, phrase := share.Format(shareOf(parts, i), atlas.Edition{})
			words = append(words, french.Capitalize(p.label)+" "+phrase)
		}
	}
	gap, overlap := uint(45), 0
	format := displayFormat(share.Display)
	c := &excelize.Chart{
		Type: excelize.Bar, GapWidth: &gap, Overlap: &overlap,
		Title:    chartTitle(b.title + ", en % des ESSMS " + b.known),
		Legend:   excelize.ChartLegend{Position: "bottom"},
		XAxis:    excelize.ChartAxis{ReverseOrder: true, Font: axisFont()},
		YAxis:    excelize.ChartAxis{None: true, Minimum: new(float64)},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: format}},
		Format: excelize.GraphicOptions{Name: b.title,
			AltText: safe("Diagramme en barres, " + s.territory.Name + french.NBSP + ": " + french.Join(words) + ", en part des ESSMS " + b.known + ". Le tableau au-dessus donne toutes les valeurs.")},
	}
	for column, colour := range []string{territoryColour, franceColour} {
		if column+3 <= columns {
			c.Series = append(c.Series, s.series(column+3, head, last, colour, format))
		}
	}
	if len(c.Series) == 1 {
		c.Legend.Position = "none"
	}
	return c
}

// series is a column of numbers under its header, by the labels of column A.
func (s *board) series(column, head, last int, colour, format string) excelize.ChartSeries {
	at := func(column, from, to int) string {
		name := columnName(column)
		if from == to {
			return fmt.Sprintf("'%s'!$%s$%d", synthesisSheet, name, from)
		}
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", synthesisSheet, name, from, name, to)
	}
	return excelize.ChartSeries{
		Name: at(column, head, head), Categories: at(1, head+1, last), Values: at(column, head+1, last),
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: fontFamily, Size: 9, Color: ink}},
	}
}

func chartTitle(text string) excelize.ChartTitle {
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: safe(text), Font: &excelize.Font{Family: fontFamily, Bold: true, Size: 11, Color: ink}}}}
}

func axisFont() excelize.Font { return excelize.Font{Family: fontFamily, Size: 9, Color: ink} }
