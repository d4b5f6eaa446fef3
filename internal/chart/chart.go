// Package chart makes the charts of the atlas as ECharts options, by go-echarts: rankings,
// compositions, growth, dot plots, scatters, distributions. The same option is drawn as SVG at build time and by the reader's
// browser. Texts are those of the tables, formatted once: an option holds no function.
package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/french"
)

// Chart is a chart ready to be drawn.
type Chart struct {
	ID      string          // prefix of its identifiers, unique on its page
	Title   string          // its caption, without final stop
	Summary string          // what it shows, in one or more French sentences, for a text alternative
	Finding string          // what to see in it, in one French sentence; may be empty
	Unnamed int             // of a scatter: the dots whose name found no room
	Option  json.RawMessage // an ECharts option, with <, > and & escaped: it may stand in a script element
	Width   int             // in pixels of its own; the page scales it
	Height  int
}

// Width is the width of every chart, narrow enough for its text to be read on a phone.
const Width = 440

// object is a JSON object of an option that go-echarts has made.
type object = map[string]any

// finish writes the option of a go-echarts chart, once corrected by patch: the one place
// where go-echarts' types are overruled. Those drop zeros, give numbers as strings, and
// know neither decals nor several legends.
func finish(c chart, patch func(option object, series []object)) (json.RawMessage, error) {
	c.Validate()
	typed, err := json.Marshal(c.JSON())
	if err != nil {
		return nil, fmt.Errorf("writing the option: %w", err)
	}
	option := object{}
	in := json.NewDecoder(bytes.NewReader(typed))
	in.UseNumber()
	if err := in.Decode(&option); err != nil {
		return nil, fmt.Errorf("reading the option back: %w", err)
	}
	for _, unused := range []string{"title", "toolbox", "color"} {
		delete(option, unused)
	}
	option["animation"] = false
	option["textStyle"] = object{"fontFamily": Font, "fontSize": FontSize, "color": Ink}
	option["tooltip"] = object{"trigger": "item", "renderMode": "richText", "confine": true}
	var series []object
	for _, s := range option["series"].([]any) {
		series = append(series, s.(object))
	}
	patch(option, series)
	return json.Marshal(option)
}

// chart is what go-echarts' charts have in common.
type chart interface {
	Validate()
	JSON() map[string]any
}

// axis returns the only axis of that name, « xAxis » or « yAxis ».
func axis(option object, name string) object { return option[name].([]any)[0].(object) }

// box places the plot inside the chart, in pixels from each side.
func box(top, right, bottom, left int) charts.GlobalOpts {
	return charts.WithGridOpts(opts.Grid{Top: px(top), Right: px(right), Bottom: px(bottom), Left: px(left)})
}

// px writes a length as ECharts' options accept it where go-echarts wants a string.
func px(n int) string { return strconv.Itoa(n) + "px" }

// hidden is an axis whose values are written in full at the data instead.
func hiddenAxis(axis object, maximum float64) {
	for key := range axis {
		delete(axis, key)
	}
	axis["type"], axis["show"], axis["min"], axis["max"] = "value", false, 0, maximum
}

// categories makes an axis of names, all written, on a thin base line. An emphasised name
// is bold and in the accent colour.
func categories(axis object, names []string, emphasised int) {
	data := make([]any, len(names))
	for i, name := range names {
		data[i] = name
		if i == emphasised {
			data[i] = object{"value": name, "textStyle": object{"fontWeight": 600, "color": Accent}}
		}
	}
	axis["type"], axis["data"] = "category", data
	axis["axisTick"] = object{"show": false}
	axis["axisLine"] = object{"lineStyle": object{"color": Grid}}
	axis["axisLabel"] = object{"interval": 0, "fontSize": FontSize, "fontFamily": Font, "color": Ink}
}

// annotation writes a text at a place of the plot that holds no datum: a missing value is
// no zero, and has no bar.
func annotation(text string, position string, coord ...any) object {
	return object{
		"coord": coord, "symbol": "rect", "symbolSize": 0, "itemStyle": object{"color": Muted},
		"label": object{"show": true, "formatter": literal(text), "position": position, "distance": 6,
			"color": Muted, "fontSize": FontSize, "fontFamily": Font},
	}
}

// annotate adds annotations to a series.
func annotate(series object, marks []any) {
	if len(marks) > 0 {
		series["markPoint"] = object{"silent": true, "data": marks}
	}
}

// literal protects a text where ECharts expects a template such as « {b} ».
func literal(text string) string { return strings.ReplaceAll(text, "{", "{\u2060") }

// explain gives a datum the text that the interactive version shows over it: a template of
// its own, since the raw number is not for readers.
func explain(datum object, name, phrase string) {
	datum["tooltip"] = object{"formatter": literal(colon(name, phrase))}
}

// colon writes « Bretagne : 56,3 % ».
func colon(name, phrase string) string { return name + french.NBSP + ": " + phrase }

// textWidth estimates the width of a text in pixels, a little from above: the renderer
// measures it exactly, but only once the places are given.
func textWidth(text string) float64 {
	em := 0.0
	for _, r := range text {
		em += characterWidth(r)
	}
	return em * FontSize
}

// characterWidth is the advance of a character of Source Sans 3, in em, by kinds of shape.
func characterWidth(r rune) float64 {
	switch {
	case strings.ContainsRune("iIîïÎÏjlft’'.,:;!|()-‑ \u00a0\u202f", r):
		return 0.35
	case strings.ContainsRune("mwMWŒœ%", r):
		return 0.86
	case unicode.IsUpper(r):
		return 0.64
	}
	return 0.53
}
