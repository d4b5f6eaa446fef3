package chart

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

const (
	growthHeight = 250
	columnWidth  = 64
)

// ErrSeries is returned for a growth of no series, or of series that do not tell the same years.
var ErrSeries = errors.New("the series of a growth tell the same years, at least one")

// Growth draws an indicator over the cumulative years: columns for one series, lines for
// several, with every value written. A year without value has a gap and « n.d. ».
func Growth(id string, s ...indicator.Series) (Chart, error) {
	years, err := commonYears(s)
	if err != nil {
		return Chart{}, err
	}
	c := Chart{ID: id, Title: growthTitle(s), Summary: growthSummary(s), Width: Width, Height: growthHeight}
	if len(s) == 1 {
		c.Finding = growthFinding(s[0])
		c.Option, err = columns(id, s[0], years)
	} else {
		var legendHeight int
		c.Option, legendHeight, err = lines(id, s, years)
		c.Height += legendHeight
	}
	return c, err
}

func columns(id string, s indicator.Series, years []string) (json.RawMessage, error) {
	bar := charts.NewBar()
	bar.SetXAxis(years)
	bar.SetGlobalOptions(box(30, 8, 30, 8), charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	data := make([]opts.BarData, len(s.Points))
	for i, p := range s.Points {
		data[i] = opts.BarData{Value: p.Row.Value.Number, ItemStyle: &opts.ItemStyle{Color: Primary}}
	}
	bar.AddSeries(s.Indicator.Title, data, charts.WithSeriesId(id+"-values"))
	return finish(bar, func(option object, series []object) {
		hiddenAxis(axis(option, "yAxis"), highest(s))
		categories(axis(option, "xAxis"), years, -1)
		series[0]["barWidth"] = columnWidth
		write(series[0], s, above, Ink)
	})
}

func lines(id string, all []indicator.Series, years []string) (json.RawMessage, int, error) {
	names := seriesNames(all)
	legends, legendHeight := legend(names)
	line := charts.NewLine()
	line.SetXAxis(years)
	line.SetGlobalOptions(box(legendHeight+34, 44, 34, 44))
	for i, s := range all {
		data := make([]opts.LineData, len(s.Points))
		for j, p := range s.Points {
			data[j] = opts.LineData{Value: p.Row.Value.Number}
		}
		line.AddSeries(names[i], data, charts.WithSeriesId(id+"-"+strconv.Itoa(i+1)))
	}
	option, err := finish(line, func(option object, series []object) {
		hiddenAxis(axis(option, "yAxis"), highest(all...))
		categories(axis(option, "xAxis"), years, -1)
		for _, l := range legends {
			delete(l.(object), "icon") // the symbol and dash of the line tell it apart
			l.(object)["itemWidth"] = 26
		}
		option["legend"] = legends
		for i, s := range series {
			trace(s, i)
			write(s, all[i], apart(all, i), lineStyles[i%len(lineStyles)].color)
		}
	})
	return option, legendHeight, err
}

// lineStyles tell lines apart by colour, symbol and dash.
var lineStyles = [...]struct {
	color, symbol string
	dash          any
}{
	{Primary, "circle", "solid"}, {Accent, "rect", []int{7, 4}}, {teal, "triangle", []int{2, 3}}, {violet, "diamond", []int{10, 3, 2, 3}},
}

func trace(series object, i int) {
	style := lineStyles[i%len(lineStyles)]
	series["symbol"], series["symbolSize"], series["showSymbol"] = style.symbol, 9, true
	series["connectNulls"] = false
	series["itemStyle"] = object{"color": style.color}
	series["lineStyle"] = object{"color": style.color, "type": style.dash, "width": 2.5}
}

// above places a column's value over it.
func above(int) string { return "top" }

// apart places the values of series i: over the points that are the highest of their year,
// under the lowest; between them, where nothing else is sure to be free, only at the last
// year, on the right.
func apart(all []indicator.Series, i int) func(point int) string {
	return func(point int) string {
		higher, lower := 0, 0
		mine := all[i].Points[point].Row.Value.Number
		for j, s := range all {
			other := s.Points[point].Row.Value
			switch {
			case j == i || !other.Shown():
			case other.Number > mine || other.Number == mine && j < i:
				higher++
			default:
				lower++
			}
		}
		switch {
		case higher == 0:
			return "top"
		case lower == 0:
			return "bottom"
		case point == len(all[i].Points)-1:
			return "right"
		}
		return nowhere
	}
}

const nowhere = ""

// write labels the data of a series with their texts, and takes out those without value.
func write(series object, s indicator.Series, place func(point int) string, color string) {
	data, missing := series["data"].([]any), []any(nil)
	for i, p := range s.Points {
		if !p.Row.Value.Shown() {
			data[i] = nil
			missing = append(missing, annotation(p.Row.Text, "top", i, 0))
			continue
		}
		datum := data[i].(object)
		position := place(i)
		label := object{"show": position != nowhere, "position": position, "formatter": literal(p.Row.Text), "color": color, "fontWeight": 600}
		halo(label, Paper)
		datum["label"] = label
		explain(datum, s.Territory.Name+", "+strconv.Itoa(p.Year), p.Row.Phrase)
	}
	annotate(series, missing)
}

func highest(all ...indicator.Series) float64 {
	maximum := 0.0
	for _, s := range all {
		for _, p := range s.Points {
			if p.Row.Value.Shown() {
				maximum = max(maximum, p.Row.Value.Number)
			}
		}
	}
	return orOne(maximum)
}

func commonYears(all []indicator.Series) ([]string, error) {
	if len(all) == 0 || len(all[0].Points) == 0 {
		return nil, ErrSeries
	}
	var years []string
	for _, p := range all[0].Points {
		years = append(years, strconv.Itoa(p.Year))
	}
	for _, s := range all {
		if len(s.Points) != len(years) {
			return nil, ErrSeries
		}
		for i, p := range s.Points {
			if strconv.Itoa(p.Year) != years[i] {
				return nil, ErrSeries
			}
		}
	}
	return years, nil
}

// seriesNames tells the series apart by their territories, or else by their indicators.
func seriesNames(all []indicator.Series) []string {
	names, territories := make([]string, len(all)), map[string]bool{}
	for i, s := range all {
		names[i] = s.Territory.Name
		territories[s.Territory.Name] = true
	}
	if len(territories) == len(all) {
		return names
	}
	for i, s := range all {
		if names[i] = s.Indicator.Title; len(territories) > 1 {
			names[i] = colon(s.Territory.Name, s.Indicator.Title)
		}
	}
	return names
}

func growthTitle(all []indicator.Series) string {
	points := all[0].Points
	return all[0].Indicator.Title + ", en cumul, de " + strconv.Itoa(points[0].Year) + " à " + strconv.Itoa(points[len(points)-1].Year)
}

func growthSummary(all []indicator.Series) string {
	sentences := make([]string, len(all))
	for i, name := range seriesNames(all) {
		var parts []string
		for _, p := range all[i].Points {
			parts = append(parts, p.Row.Phrase+" "+yearEnd(all[i].Edition, p.Year))
		}
		sentences[i] = colon(name, french.Join(parts)) + "."
	}
	return strings.Join(sentences, " ")
}
