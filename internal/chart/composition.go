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
	stackThickness = 32
	stackPitch     = 64 // from one bar to the next, its name between
	keyLine        = 23 // from one line of the key to the next
	keyGap         = 12 // between the bars and the key
	keyColumn      = 76 // where the shares of a row stand in the key
	legendLine     = 24
)

// ErrRows is returned for a composition of no row, or of more than four.
var ErrRows = errors.New("a composition has one to four rows")

// Composition draws each row as a bar of 100 %, divided in its parts, over a key that names
// them and, for one or two rows, writes every share. A part has the same colour and decal in
// every row; rows without any value say « n.d. ».
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
	bars := stackPitch * len(rows)
	height := bars + keyGap + keyLine*(len(labels)+1)
	bar := charts.NewBar()
	bar.SetGlobalOptions(box(0, 1, height-bars, 1))
	for _, label := range labels {
		bar.AddSeries(label, shares(label, rows, totals, Width-2))
	}
	option, err := finish(bar, func(option object, series []object) {
		hiddenAxis(axis(option, "xAxis"), 100)
		categories(axis(option, "yAxis"), names, -1)
		axis(option, "yAxis")["inverse"], axis(option, "yAxis")["show"] = true, false
		legends, texts := key(rows, labels, totals, float64(bars+keyGap))
		option["legend"] = legends
		for i, name := range names {
			texts = append(texts, words(1, float64(i*stackPitch)+7, name, plain.bold()))
		}
		option["graphic"] = object{"elements": texts}
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
	return Chart{ID: id, Title: title, Summary: compositionSummary(rows, totals), Finding: compositionFinding(rows, totals), Option: option, Width: Width, Height: height}, err
}

// key names the parts, one a line, with the shares of the rows in columns where there is room.
func key(rows []CompositionRow, labels []string, totals []float64, top float64) (entries, texts []any) {
	columns := rows
	if len(rows) > 2 {
		columns = nil
	}
	for i, row := range columns {
		texts = append(texts, words(keyPlace(i, len(columns)), top+keyLine/2, row.Label, small.to("right")))
	}
	for j, label := range labels {
		y := top + keyLine*float64(j+1)
		entries = append(entries, entry(label, 0, int(y)))
		texts = append(texts, rule(0, y, Width, y, Grid))
		for i, row := range columns {
			if p, ok := part(row, label); ok && totals[i] > 0 {
				texts = append(texts, words(keyPlace(i, len(columns)), y+keyLine/2, p.Text, plain.to("right")))
			}
		}
	}
	return entries, texts
}

// keyPlace is the right end of a column of the key.
func keyPlace(column, columns int) float64 { return float64(Width - keyColumn*(columns-1-column)) }

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
		entries = append(entries, entry(label, int(x), line*legendLine))
		x += width + gap
	}
	return entries, (line + 1) * legendLine
}

// entry names a series beside its swatch.
func entry(label string, left, top int) object {
	return object{"data": []string{label}, "left": left, "top": top, "padding": 2,
		"selectedMode": false, "itemWidth": 22, "itemHeight": 15, "itemGap": 0, "icon": "rect",
		"textStyle": object{"fontSize": FontSize, "fontFamily": Font, "color": Ink}}
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
