package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/french"
)

// Advance is a row of a progress chart: a part beside the whole that it is compared with. The part may
// be more than the whole.
type Advance struct {
	Label       string
	Part, Whole float64 // at least 0, in one unit
	Text        string  // what is written at the end: « 29,3 % »
	Phrase      string  // the row in words, its label aside: « 71 dossiers sélectionnés sur 242 »
}

// Progress draws each row as a wide pale bar, the whole, that a narrow dark one, the part, runs along.
// All rows share one scale, the first comes at the top. PartName and wholeName say in the legend what
// the two are.
func Progress(id, title, partName, wholeName string, rows []Advance) (Chart, error) {
	names, maximum, room := make([]string, len(rows)), 0.0, 0.0
	parts, wholes := make([]opts.BarData, len(rows)), make([]opts.BarData, len(rows))
	for i, r := range rows {
		names[i] = r.Label
		maximum, room = max(maximum, r.Part, r.Whole), max(room, textWidth(r.Text))
		parts[i], wholes[i] = opts.BarData{Value: r.Part}, opts.BarData{Value: r.Whole}
		longer := &wholes[i]
		if r.Part > r.Whole {
			longer = &parts[i]
		}
		longer.Label = &opts.Label{Show: opts.Bool(true), Position: "right", Formatter: literal(r.Text), Color: Ink}
	}
	const top = 34 // for the legend
	bar := charts.NewBar()
	bar.SetGlobalOptions(box(top, int(room)+14, 4, nameRoom(names)), charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true)}))
	bar.AddSeries(wholeName, wholes, charts.WithSeriesId(id+"-ensemble"))
	bar.AddSeries(partName, parts, charts.WithSeriesId(id+"-partie"))
	option, err := finish(bar, func(option object, series []object) {
		hiddenAxis(axis(option, "xAxis"), orOne(maximum))
		named := axis(option, "yAxis")
		categories(named, names, -1)
		named["inverse"] = true
		// An axis of its own centres the narrow bars on the wide ones.
		option["yAxis"] = []any{named, object{"type": "category", "data": named["data"], "inverse": true, "show": false}}
		for i, look := range []struct {
			color string
			width int
		}{{pale, barThickness}, {Primary, 7}} {
			series[i]["barWidth"], series[i]["yAxisIndex"], series[i]["z"] = look.width, i, 2+i
			series[i]["itemStyle"] = object{"color": look.color}
			for j, d := range series[i]["data"].([]any) {
				datum := d.(object)
				explain(datum, rows[j].Label, rows[j].Phrase)
				if label, ok := datum["label"].(object); ok {
					halo(label, Paper)
				}
			}
		}
		option["legend"] = object{"top": 2, "left": 0, "itemWidth": 18, "itemHeight": 10, "selectedMode": false,
			"textStyle": object{"fontFamily": Font, "fontSize": FontSize, "color": Ink}, "data": []any{object{"name": partName}, object{"name": wholeName}}}
	})
	return Chart{ID: id, Title: title, Summary: progressSummary(rows), Option: option, Width: Width, Height: top + barPitch*len(rows) + 4}, err
}

// pale is the whole of a progress: 3:1 on white, and 1.8:1 with the part, which its width also tells.
const pale = "#949fab"

func progressSummary(rows []Advance) string {
	var said []string
	for _, r := range rows {
		said = append(said, r.Label+french.NBSP+": "+r.Phrase)
	}
	return joinSemicolons(said)
}

// joinSemicolons lists clauses in one sentence.
func joinSemicolons(clauses []string) string {
	out := ""
	for i, c := range clauses {
		if i > 0 {
			out += french.NNBSP + "; "
		}
		out += c
	}
	if out == "" {
		return ""
	}
	return out + "."
}
