package chart

import (
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

const (
	scatterHeight = 460
	scatterTop    = 34 // for the name of the vertical scale
	scatterBottom = 48 // for the graduations and the name of the horizontal scale
	dotRadius     = 5.0
)

// ErrPairs is returned for a scatter of which no territory has both values.
var ErrPairs = errors.New("a scatter has at least one territory with both values")

// Scatter draws a dot for each territory that has a value of both indicators, named beside it or
// at the end of a line where it is crowded, and France as a diamond on dashed lines. The tables tell the same level
// and moment. It fails when no territory has both.
func Scatter(id string, x, y indicator.Table) (Chart, error) {
	points, missing := pairs(x, y)
	if len(points) == 0 {
		return Chart{}, ErrPairs
	}
	country := x.Country.Value.Shown() && y.Country.Value.Shown()
	all := points
	if country {
		all = append(slices.Clone(points), pair{x.Country, y.Country})
	}
	var xs, ys []float64
	for _, p := range all {
		xs, ys = append(xs, p.x.Value.Number), append(ys, p.y.Value.Number)
	}
	across, up := rounded(xs, 5, x.Indicator.Display.Scale), rounded(ys, 5, y.Indicator.Display.Scale)
	left := 0.0
	for _, m := range up.marks {
		left = max(left, textWidth(m)*SmallSize/FontSize)
	}
	plot := rect{math.Ceil(left) + 10, scatterTop, Width - 16, scatterHeight - scatterBottom}
	place := func(p pair) (float64, float64) {
		return plot.left + (p.x.Value.Number-across.low)/(across.high-across.low)*(plot.right-plot.left),
			plot.bottom - (p.y.Value.Number-up.low)/(up.high-up.low)*(plot.bottom-plot.top)
	}
	labels := nameDots(all, place, rect{2, plot.top, Width - 2, plot.bottom - 2})
	scatter := charts.NewScatter()
	scatter.SetGlobalOptions(box(scatterTop, Width-int(plot.right), scatterBottom, int(plot.left)),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	scatter.AddSeries("Territoires", make([]opts.ScatterData, 0), charts.WithSeriesId(id+"-territoires"))
	if country {
		scatter.AddSeries("France", make([]opts.ScatterData, 0), charts.WithSeriesId(id+"-france"))
	}
	option, err := finish(scatter, func(option object, series []object) {
		graduate(option, "xAxis", across, Grid)
		graduate(option, "yAxis", up, Grid)
		option["graphic"] = object{"elements": append(leaders(labels),
			words(0, 10, "↑ "+axisName(y), small.in(Ink).bold()),
			words(Width, scatterHeight-11, axisName(x)+" →", small.in(Ink).bold().to("right")))}
		data := make([]any, len(points))
		for i, p := range points {
			data[i] = dotDatum(p, labels[i])
		}
		series[0]["symbolSize"], series[0]["data"] = 2*dotRadius, data
		series[0]["itemStyle"] = object{"color": Primary, "borderColor": Paper, "borderWidth": 1, "opacity": 1}
		if country {
			crossAtFrance(series[1], all[len(all)-1], labels[len(labels)-1])
		}
	})
	c := Chart{ID: id, Title: scatterTitle(x, y), Summary: scatterSummary(points, missing, x, y, country), Option: option,
		Unnamed: unnamed(labels), Width: Width, Height: scatterHeight}
	if country {
		c.Finding = besideFrance(points, x, y)
	}
	return c, err
}

// crossAtFrance draws France, and the lines that part the territories above it from those below.
func crossAtFrance(series object, france pair, l dotLabel) {
	series["symbol"], series["symbolSize"], series["z"] = "diamond", 15, 3
	series["itemStyle"] = object{"color": Ink, "borderColor": Paper, "borderWidth": 1, "opacity": 1}
	datum := dotDatum(france, l)
	if label, ok := datum["label"].(object); ok {
		label["fontWeight"] = 600
	}
	series["data"] = []any{datum}
	series["markLine"] = object{"silent": true, "symbol": "none", "animation": false, "z": 1,
		"lineStyle": object{"color": Ink, "type": []int{5, 4}, "width": 1}, "label": object{"show": false},
		"data": []any{object{"xAxis": france.x.Value.Number}, object{"yAxis": france.y.Value.Number}}}
}

// pair is a territory with its two values.
type pair struct{ x, y indicator.Row }

// pairs matches the rows of two tables; missing names the territories that lack a value.
func pairs(x, y indicator.Table) (points []pair, missing []string) {
	for _, row := range x.Rows {
		other, _ := y.Row(row.Territory.ID)
		if row.Value.Shown() && other.Value.Shown() {
			points = append(points, pair{row, other})
		} else {
			missing = append(missing, row.Territory.Name)
		}
	}
	return points, missing
}

func dotDatum(p pair, l dotLabel) object {
	datum := object{"value": []float64{p.x.Value.Number, p.y.Value.Number}, "name": p.x.Territory.Name}
	explain(datum, p.x.Territory.Name, p.y.Phrase+french.NNBSP+"; "+p.x.Phrase)
	if l.lines == nil {
		return datum
	}
	datum["label"] = object{"show": true, "formatter": literal(strings.Join(l.lines, "\n")), "position": "inside",
		"offset": []float64{tenth(l.dx), tenth(l.dy)}, "align": l.align, "verticalAlign": "middle", "color": Ink,
		"fontSize": SmallSize, "fontFamily": Font, "lineHeight": labelLine, "textBorderColor": Paper, "textBorderWidth": 3}
	return datum
}

// axisName is the name of a scale with its unit, in full where there is room: « Taux de
// couverture du parc (%) ».
func axisName(t indicator.Table) string {
	unit := ""
	if t.Indicator.Display.Suffix != "" {
		unit = " (" + t.Indicator.Display.Suffix + ")"
	}
	const arrow = 30
	if full := t.Indicator.Title + unit; textWidth(full)*SmallSize/FontSize < Width-arrow {
		return full
	}
	return t.Indicator.Short + unit
}

func scatterTitle(x, y indicator.Table) string {
	return y.Indicator.Title + " et " + uncapitalizedTitle(x.Indicator.Title) + ", par " + singular(x.Level) + ", " + moment(x.Edition, x.Year)
}

// uncapitalizedTitle lowers the first letter of a title unless it begins with an acronym.
func uncapitalizedTitle(s string) string {
	if r := []rune(s); len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) {
		return s
	}
	return uncapitalized(s)
}

// scatterSummary tells the extremes of both values, and how many territories stand on each
// side of France.
func scatterSummary(points []pair, missing []string, x, y indicator.Table, country bool) string {
	var sentences []string
	for _, t := range []indicator.Table{y, x} {
		sentences = append(sentences, colon(t.Indicator.Title, rangeOf(t)))
	}
	if country {
		sentences = append(sentences, besideFrance(points, x, y))
	}
	if len(missing) > 0 {
		sentences = append(sentences, "Sans l’une des deux valeurs"+french.NBSP+": "+french.Join(missing)+".")
	}
	return strings.Join(sentences, " ")
}

// besideFrance says on which side of France the territories stand.
func besideFrance(points []pair, x, y indicator.Table) string {
	sides := map[[2]bool]int{}
	for _, p := range points {
		sides[[2]bool{p.y.Value.Number > y.Country.Value.Number, p.x.Value.Number > x.Country.Value.Number}]++
	}
	return beside(sides[[2]bool{true, true}], sides[[2]bool{false, false}], x.Level)
}

// beside says how many territories exceed France for both values, and for neither.
func beside(both, neither int, l atlas.Level) string {
	gender := map[atlas.Level]french.Gender{atlas.RegionLevel: french.Feminine, atlas.DepartmentLevel: french.Masculine}[l]
	count := func(n int) string {
		return french.Cardinal(n, gender) + french.NBSP + french.Plural(float64(n), singular(l), plural(l))
	}
	above := french.Capitalize(count(both)) + french.Plural(float64(both), " dépasse", " dépassent")
	if both == 0 {
		above = map[atlas.Level]string{atlas.RegionLevel: "Aucune région", atlas.DepartmentLevel: "Aucun département"}[l] + " ne dépasse"
	}
	below := count(neither) + french.Plural(float64(neither), " ne la dépasse", " ne la dépassent") + " pour aucune"
	if neither == 0 {
		below = map[atlas.Level]string{atlas.RegionLevel: "toutes la dépassent", atlas.DepartmentLevel: "tous la dépassent"}[l] + " pour l’une au moins"
	}
	return above + " la France pour les deux grandeurs" + french.NNBSP + "; " + below + "."
}

// rangeOf is « de 18,2 % (Corse) à 45,3 % (Bretagne) ; France : 30,1 %. »
func rangeOf(t indicator.Table) string {
	return uncapitalized(DotPlot(t, t.Country.Territory.ID).Summary)
}
