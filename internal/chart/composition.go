package chart

import (
	"errors"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/french"
)

// CompositionRow is a whole to divide: a territory, a scope.
type CompositionRow struct {
	Label string
	Parts []Part // in the order to draw them
}

// Part is a part of a whole.
type Part struct {
	Label string
	Value float64 // at least 0; parts are drawn in proportion
	Text  string  // what is written on it where there is room: « 45 % »
}

const (
	stackPitch     = 46
	stackThickness = 32
	legendLine     = 24
)

// ErrRows is returned for a composition of no row, or of more than four.
var ErrRows = errors.New("a composition has one to four rows")

// Composition draws each row as a bar of 100 %, divided in its parts, under a legend. A part
// has the same colour and decal in every row; rows without any value say « n.d. ».
func Composition(id, title string, rows []CompositionRow) (Chart, error) {
	if len(rows) == 0 || len(rows) > 4 {
		return Chart{}, ErrRows
	}
	labels, names, totals := partLabels(rows), make([]string, len(rows)), make([]float64, len(rows))
	var empty []any
	for i, row := range rows {
		names[i] = row.Label
		for _, p := range row.Parts {
			totals[i] += max(p.Value, 0)
		}
		if totals[i] == 0 {
			empty = append(empty, annotation("n.d.", "right", 0, i))
		}
	}
	legends, legendHeight := legend(labels)
	left := nameRoom(names)
	plot := float64(Width - left - 8)
	bar := charts.NewBar()
	bar.SetGlobalOptions(box(legendHeight+6, 8, 4, left))
	for _, label := range labels {
		bar.AddSeries(label, shares(label, rows, totals, plot))
	}
	option, err := finish(bar, func(option object, series []object) {
		hiddenAxis(axis(option, "xAxis"), 100)
		categories(axis(option, "yAxis"), names, -1)
		axis(option, "yAxis")["inverse"] = true
		option["legend"] = legends
		for i, s := range series {
			stack(s, id, swatchOf(labels[i], i))
			for r, datum := range s["data"].([]any) {
				if p, ok := part(rows[r], labels[i]); ok && totals[r] > 0 {
					explain(datum.(object), rows[r].Label+", "+labels[i], p.Text)
				} else {
					s["data"].([]any)[r] = nil
				}
			}
		}
		if len(series) > 0 {
			annotate(series[0], empty)
		}
	})
	return Chart{ID: id, Title: title, Summary: compositionSummary(rows, totals), Option: option,
		Width: Width, Height: legendHeight + 10 + stackPitch*len(rows)}, err
}

// shares makes the data of one part in every row, in per cent, labelled where the text fits
// in a bar of that many pixels.
func shares(label string, rows []CompositionRow, totals []float64, plot float64) []opts.BarData {
	data := make([]opts.BarData, len(rows))
	for i, row := range rows {
		p, ok := part(row, label)
		if !ok || totals[i] == 0 {
			continue
		}
		share := max(p.Value, 0) / totals[i]
		fits := share*plot >= textWidth(p.Text)+8
		data[i] = opts.BarData{Value: share * 100, Label: &opts.Label{Show: opts.Bool(fits), Formatter: literal(p.Text)}}
	}
	return data
}

// stack makes a series a layer of the one stack of its chart, drawn as its swatch.
func stack(series object, id string, s swatch) {
	series["stack"], series["barWidth"] = id, stackThickness
	series["itemStyle"] = object{"color": s.color, "decal": s.decal, "borderColor": Paper, "borderWidth": 1}
	series["label"] = object{"position": "inside", "color": s.text, "fontSize": FontSize, "fontFamily": Font, "fontWeight": 600,
		"textBorderColor": s.color, "textBorderWidth": 4}
}

// legend places one entry per label, in lines as wide as the chart, and returns its height.
// ECharts' own legend would wrap too, but would not say where it ends.
func legend(labels []string) ([]any, int) {
	const icon, gap = 30, 14
	var entries []any
	x, line := 0.0, 0
	for _, label := range labels {
		width := icon + textWidth(label)
		if x > 0 && x+width > Width {
			x, line = 0, line+1
		}
		entries = append(entries, object{"data": []string{label}, "left": int(x), "top": line * legendLine, "padding": 2,
			"selectedMode": false, "itemWidth": 22, "itemHeight": 15, "itemGap": 0, "icon": "rect",
			"textStyle": object{"fontSize": FontSize, "fontFamily": Font, "color": Ink}})
		x += width + gap
	}
	return entries, (line + 1) * legendLine
}

// partLabels lists the parts of all rows, in the order of their first appearance.
func partLabels(rows []CompositionRow) []string {
	var labels []string
	for _, row := range rows {
		for _, p := range row.Parts {
			if !slices.Contains(labels, p.Label) {
				labels = append(labels, p.Label)
			}
		}
	}
	return labels
}

func part(row CompositionRow, label string) (Part, bool) {
	i := slices.IndexFunc(row.Parts, func(p Part) bool { return p.Label == label })
	if i < 0 {
		return Part{}, false
	}
	return row.Parts[i], true
}

func compositionSummary(rows []CompositionRow, totals []float64) string {
	sentences := make([]string, len(rows))
	for i, row := range rows {
		var parts []string
		for _, p := range row.Parts {
			if p.Value > 0 {
				parts = append(parts, p.Label+" "+p.Text)
			}
		}
		if totals[i] == 0 {
			parts = []string{"non disponible"}
		}
		sentences[i] = colon(row.Label, french.Join(parts)) + "."
	}
	return strings.Join(sentences, " ")
}
