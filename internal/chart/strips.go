package chart

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// StripGroup is a part of a dot plot under a heading of its own.
type StripGroup struct {
	Title string
	Lines []StripLine
}

// StripLine is a line of a dot plot.
type StripLine struct {
	Label string
	Table indicator.Table
}

const (
	stripKey     = 34 // the height of what says how to read the dots
	stripHeading = 36
	stripPitch   = 50
	stripDots    = 31 // from the top of a line to its dots
	stripMargin  = 66 // where the extremes are written
)

// ErrStrips is returned for a dot plot of no line.
var ErrStrips = errors.New("a dot plot has at least one line")

// Strips draws a dot plot: for each indicator a line from its lowest value to its highest, with a
// dot for each territory, the highlighted one apart, and a stroke for France where it is a ratio. The
// value and the rank of the highlighted territory are written, and the extremes. An indicator
// without any value says so.
func Strips(id, title string, groups []StripGroup, here atlas.Territory) (Chart, error) {
	d := strips{here: here, y: stripKey}
	for _, g := range groups {
		d.group(g)
	}
	if len(d.summary) == 0 {
		return Chart{}, ErrStrips
	}
	height := int(d.y)
	d.texts = append(d.texts, stripsKey(here)...)
	scatter := charts.NewScatter()
	scatter.SetGlobalOptions(everywhere(), charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	layers := []stripLayer{
		{here.Name, Accent, "circle", 15, 4, d.mine},
		{"France", Ink, "rect", []int{3, 19}, 3, d.france},
		{"Autres territoires", Other, "circle", 9, 2, d.others},
	}
	for _, l := range layers {
		scatter.AddSeries(l.name, make([]opts.ScatterData, 0))
	}
	option, err := finish(scatter, func(option object, series []object) {
		pixels(option, height)
		option["graphic"] = object{"elements": d.texts}
		for i, l := range layers {
			l.draw(series[i])
		}
	})
	return Chart{ID: id, Title: title, Summary: strings.Join(d.summary, " "), Option: option, Width: Width, Height: height}, err
}

// stripLayer is the dots of one kind, in all lines.
type stripLayer struct {
	name, color, symbol string
	size                any
	z                   int
	dots                []any
}

func (l stripLayer) draw(series object) {
	series["symbol"], series["symbolSize"], series["z"] = l.symbol, l.size, l.z
	series["itemStyle"] = object{"color": l.color, "borderColor": Paper, "borderWidth": 1, "opacity": 1}
	series["data"] = l.dots
	if len(l.dots) == 0 {
		series["data"] = []any{}
	}
}

// strips is a dot plot being laid out; y is where it has come to.
type strips struct {
	here                 atlas.Territory
	y                    float64
	texts                []any
	mine, france, others []any
	summary              []string
}

func (d *strips) group(g StripGroup) {
	if len(g.Lines) == 0 {
		return
	}
	d.texts = append(d.texts, words(0, d.y+stripHeading/2+2, g.Title, plain.bold()), rule(0, d.y+stripHeading-5, Width, d.y+stripHeading-5, Muted))
	d.y += stripHeading
	for _, l := range g.Lines {
		d.line(l)
	}
}

func (d *strips) line(l StripLine) {
	dots := DotPlot(l.Table, d.here.ID)
	d.summary = append(d.summary, colon(l.Label, uncapitalized(dots.Summary)))
	d.texts = append(d.texts, words(0, d.y+10, l.Label, plain))
	row, found := l.Table.Row(d.here.ID)
	if !found {
		row.Text = "n.d."
	}
	if row.Rank > 0 {
		value := row.Text + suffix(l.Table) + " · " + french.Ordinal(row.Rank, french.Feminine)
		if l.Table.Ranked < len(l.Table.Rows) {
			value += fmt.Sprintf(" sur %d", l.Table.Ranked)
		}
		d.texts = append(d.texts, words(Width, d.y+10, value, plain.in(Accent).bold().to("right")))
	} else {
		d.texts = append(d.texts, words(Width, d.y+10, row.Text, plain.in(Muted).to("right")))
	}
	if l.Table.Ranked > 0 {
		d.dots(l, dots)
	}
	d.y += stripPitch
}

// dots draws the line, its extremes and its dots.
func (d *strips) dots(l StripLine, places Dots) {
	y := d.y + stripDots
	d.texts = append(d.texts, rule(stripMargin, y, Width-stripMargin, y, Grid),
		words(stripMargin-12, y, places.Low.Text+suffix(l.Table), small.to("right")),
		words(Width-stripMargin+12, y, places.High.Text+suffix(l.Table), small))
	low, span := places.Low.Value.Number, places.High.Value.Number-places.Low.Value.Number
	dot := func(r indicator.Row) object {
		at := 0.5
		if span > 0 {
			at = (r.Value.Number - low) / span
		}
		datum := object{"value": []float64{tenth(stripMargin + at*(Width-2*stripMargin)), tenth(y)}}
		explain(datum, r.Territory.Name, r.Phrase)
		return datum
	}
	for _, r := range l.Table.ByRank() {
		switch {
		case r.Rank == 0:
		case r.Territory.ID == d.here.ID:
			d.mine = append(d.mine, dot(r))
		default:
			d.others = append(d.others, dot(r))
		}
	}
	if len(places.Reference) > 0 {
		d.france = append(d.france, dot(l.Table.Country))
	}
}

// suffix is « % » or « k€ » behind a value, with its space; nothing for a count.
func suffix(t indicator.Table) string {
	if s := t.Indicator.Display.Suffix; s != "" {
		return french.NBSP + s
	}
	return ""
}

// stripsKey says how to read the dots.
func stripsKey(here atlas.Territory) []any {
	const y = 12
	var out []any
	x := 8.0
	add := func(mark object, name string) {
		mark["silent"] = true
		out = append(out, mark, words(x+13, y, name, plain))
		x += 13 + textWidth(name) + 26
	}
	disc := func(radius float64, color string) object {
		return object{"type": "circle", "shape": object{"cx": tenth(x), "cy": y, "r": radius}, "style": object{"fill": color}}
	}
	add(disc(7.5, Accent), here.Name)
	add(disc(4.5, Other), "autre région")
	add(object{"type": "rect", "shape": object{"x": tenth(x - 1.5), "y": y - 9.5, "width": 3, "height": 19}, "style": object{"fill": Ink}}, "France")
	return out
}

// uncapitalized lowers the first letter of a sentence, to put words before it.
func uncapitalized(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}
