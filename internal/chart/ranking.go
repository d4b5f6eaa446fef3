package chart

import (
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

const (
	barPitch     = 26 // from one bar to the next
	barThickness = 17
	headroom     = 30 // for the name of the national value
)

// Ranking draws the rows of a table as horizontal bars, the highest first, each with its
// value as the table writes it; those without value come last, without bar. One territory
// may stand out. A ratio has France's value as a dashed line.
func Ranking(id string, t indicator.Table, highlight atlas.TerritoryID) (Chart, error) {
	rows := t.ByRank()
	reference := t.Indicator.Ratio() && t.Country.Value.Shown()
	names, emphasised, maximum := make([]string, len(rows)), -1, 0.0
	data, missing := make([]opts.BarData, len(rows)), []any(nil)
	for i, row := range rows {
		names[i] = row.Territory.Name
		if row.Territory.ID == highlight {
			emphasised = i
		}
		if !row.Value.Shown() {
			missing = append(missing, annotation(row.Text, "right", 0, i))
			continue
		}
		maximum = max(maximum, row.Value.Number)
		data[i] = opts.BarData{Value: row.Value.Number,
			Label:     &opts.Label{Show: opts.Bool(true), Position: "right", Formatter: literal(row.Text), Color: Ink},
			ItemStyle: &opts.ItemStyle{Color: Primary}}
		if i == emphasised {
			data[i].Label.Color, data[i].Label.FontWeight, data[i].ItemStyle.Color = Accent, "600", Accent
		}
	}
	top := 4
	if reference {
		top, maximum = headroom, max(maximum, t.Country.Value.Number)
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(box(top, valueRoom(rows), 4, nameRoom(names)), charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	bar.AddSeries(t.Indicator.Title, data, charts.WithSeriesId(id+"-values"))
	option, err := finish(bar, func(option object, series []object) {
		hiddenAxis(axis(option, "xAxis"), orOne(maximum))
		categories(axis(option, "yAxis"), names, emphasised)
		axis(option, "yAxis")["inverse"] = true
		series[0]["barWidth"] = barThickness
		for i, d := range series[0]["data"].([]any) {
			if !rows[i].Value.Shown() {
				series[0]["data"].([]any)[i] = nil
				continue
			}
			explain(d.(object), names[i], rows[i].Phrase)
			halo(d.(object)["label"].(object), Paper)
		}
		annotate(series[0], missing)
		if reference {
			series[0]["markLine"] = referenceLine(t.Country, maximum)
		}
	})
	return Chart{ID: id, Title: rankingTitle(t), Summary: rankingSummary(t, highlight), Option: option,
		Width: Width, Height: top + barPitch*len(rows) + 4}, err
}

// halo sets a label off whatever lies under it.
func halo(label object, color string) {
	label["fontSize"], label["fontFamily"], label["distance"] = FontSize, Font, 6
	label["textBorderColor"], label["textBorderWidth"] = color, 5
}

// referenceLine is a dashed line at the value of France, named at its top, under the bars so
// that it crosses no value. The name lies on the side where there is more room.
func referenceLine(country indicator.Row, maximum float64) object {
	side := "left"
	if country.Value.Number > maximum/2 {
		side = "right"
	}
	return object{
		"silent": true, "symbol": "none", "animation": false, "z": 1,
		"lineStyle": object{"color": Ink, "type": []int{5, 4}, "width": 1.5},
		"label": object{"show": true, "position": "start", "align": side, "distance": 6, "formatter": literal(colon(country.Territory.Name, country.Phrase)),
			"color": Ink, "fontSize": FontSize, "fontFamily": Font, "fontWeight": 600},
		"data": []any{object{"xAxis": country.Value.Number}},
	}
}

// orOne gives an axis an end although every value is 0.
func orOne(maximum float64) float64 {
	if maximum <= 0 {
		return 1
	}
	return maximum
}

func nameRoom(names []string) int {
	widest := 0.0
	for _, n := range names {
		widest = max(widest, textWidth(n))
	}
	return min(int(widest)+10, Width/2)
}

func valueRoom(rows []indicator.Row) int {
	widest := 0.0
	for _, r := range rows {
		widest = max(widest, textWidth(r.Text))
	}
	return int(widest) + 14
}

func rankingTitle(t indicator.Table) string {
	return colon(t.Indicator.Title, "classement des "+plural(t.Level)+" "+moment(t.Edition, t.Year))
}

func plural(l atlas.Level) string {
	if l == atlas.DepartmentLevel {
		return "départements"
	}
	return "régions"
}

func singular(l atlas.Level) string {
	if l == atlas.DepartmentLevel {
		return "département"
	}
	return "région"
}

// moment says which state a year stands for: « au 31 décembre 2023 », « à la fin de 2022 ».
func moment(e atlas.Edition, year int) string {
	if !e.DataState.IsZero() && e.DataState.Year() == year {
		return "au " + french.Date(e.DataState)
	}
	return "à la fin de " + strconv.Itoa(year)
}

func rankingSummary(t indicator.Table, highlight atlas.TerritoryID) string {
	var shown, missing []indicator.Row
	for _, r := range t.ByRank() {
		if r.Value.Shown() {
			shown = append(shown, r)
		} else {
			missing = append(missing, r)
		}
	}
	var sentences []string
	if len(shown) == 0 {
		sentences = append(sentences, "Aucune valeur n’est disponible.")
	} else if first, last := shown[0], shown[len(shown)-1]; first.Value.Number == last.Value.Number {
		sentences = append(sentences, "Tous les territoires ont la même valeur\u00a0: "+first.Phrase+".")
	} else {
		sentences = append(sentences, extremes(shown, first, last))
	}
	if row, ok := t.Row(highlight); ok && highlight != atlas.France && row.Value.Shown() {
		sentences = append(sentences, colon(row.Territory.Name, row.Phrase)+", "+
			french.Ordinal(row.Rank, french.Masculine)+" rang sur "+strconv.Itoa(t.Ranked)+".")
	}
	if t.Country.Value.Shown() {
		sentences = append(sentences, colon(t.Country.Territory.Name, t.Country.Phrase)+".")
	}
	if len(missing) > 0 {
		sentences = append(sentences, "Sans valeur\u00a0: "+french.Join(namesOf(missing))+".")
	}
	return strings.Join(sentences, " ")
}

// extremes says where the highest and the lowest values are; several territories may share either.
func extremes(shown []indicator.Row, first, last indicator.Row) string {
	high, many := holders(shown, first)
	low, others := holders(shown, last)
	text := "La plus haute valeur est celle "
	if many {
		text = "Les plus hautes valeurs sont celles "
	}
	lowest := map[[2]bool]string{ // the verb is said once where it does not change
		{false, false}: "la plus basse celle ", {true, true}: "les plus basses celles ",
		{false, true}: "les plus basses sont celles ", {true, false}: "la plus basse est celle ",
	}[[2]bool{many, others}]
	return text + high + " (" + first.Phrase + "), " + lowest + low + " (" + last.Phrase + ")."
}

// holders names the territories whose value equals that of a row, in the genitive, and reports whether
// there are several; many of them are only counted.
func holders(rows []indicator.Row, of indicator.Row) (text string, several bool) {
	var genitives []string
	for _, r := range rows {
		if r.Value.Number == of.Value.Number {
			genitives = append(genitives, r.Territory.Genitive)
		}
	}
	if len(genitives) > 3 {
		return "de " + strconv.Itoa(len(genitives)) + " territoires", true
	}
	return french.Join(genitives), len(genitives) > 1
}

func namesOf(rows []indicator.Row) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Territory.Name
	}
	return names
}
