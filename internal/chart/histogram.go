package chart

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"esms.example/atlas/internal/french"
)

// Bins are classes of equal width for a distribution: from First on, half-open, so that a value
// equal to a limit belongs to the class above it. The last one has no upper limit when Open.
type Bins struct {
	First, Width float64
	Count        int
	Open         bool
}

// NewBins makes rounded classes for some values, none of which is below 0: of a width of 1, 2 or 5
// times a power of ten, eight to twelve of them for the bulk of the values, those above the
// 95th percentile gathered in an open class. Without values there is no class.
func NewBins(values []float64) Bins {
	if len(values) == 0 {
		return Bins{}
	}
	sorted := slices.Sorted(slices.Values(values))
	low, high := sorted[0], sorted[len(sorted)-1]
	bulk := sorted[int(0.95*float64(len(sorted)-1))]
	width := niceStep((bulk - math.Min(low, 0)) / 12)
	if width < 1 {
		width = 1 // ESSMS and euros are whole
	}
	b := Bins{First: math.Floor(low/width) * width, Width: width}
	b.Count = int(math.Floor((bulk-b.First)/width)) + 1
	if over := b.First + float64(b.Count)*width; high >= over {
		b.Open, b.Count = true, b.Count+1
	}
	return b
}

// Of returns the class of a value, from 0; values out of the classes go to the first or the last.
func (b Bins) Of(x float64) int {
	return min(max(int(math.Floor((x-b.First)/b.Width)), 0), b.Count-1)
}

// Low and High are the limits of a class; High is infinite for an open one.
func (b Bins) Low(class int) float64 { return b.First + float64(class)*b.Width }

// High is the upper limit of a class, which the class does not hold; infinite for an open one.
func (b Bins) High(class int) float64 {
	if b.Open && class == b.Count-1 {
		return math.Inf(1)
	}
	return b.Low(class + 1)
}

// HistogramSeries is a part of a distribution: how many units in each class.
type HistogramSeries struct {
	Name   string
	Counts []int
}

// Histogram is a distribution to draw.
type Histogram struct {
	Bins  Bins
	Scale float64 // what the limits are divided by to be written: 1000 for k€
	Axis  string  // « ESSMS par projet », « Subvention (k€) »
	// Labels name each class in full, for what stands over it: « de 10 à moins de 15 ESSMS ».
	Labels         []string
	Series         []HistogramSeries // stacked, the first at the bottom
	One, Many      string            // what is counted: « projet », « projets »
	Median         float64           // of all the values; drawn as a line
	MedianText     string            // « médiane : 17 ESSMS »
	WholeSentences string            // said after the summary: « La moitié des projets… »
}

const (
	histogramHeight = 300
	histogramBottom = 46
	histogramRight  = 24 // half of the last mark
	histogramLeft   = 12
)

// ErrHistogram is returned for a distribution without class or series, or whose series have other classes.
var ErrHistogram = errors.New("a distribution has classes, and a count of each in every series")

// DrawHistogram draws a distribution as columns that touch, each with its count, over a scale
// that bears the limits of the classes; the open class is hatched.
func DrawHistogram(id, title string, h Histogram) (Chart, error) {
	n := h.Bins.Count
	if n == 0 || len(h.Series) == 0 || len(h.Labels) != n {
		return Chart{}, ErrHistogram
	}
	totals, highest := make([]int, n), 0
	for _, s := range h.Series {
		if len(s.Counts) != n {
			return Chart{}, ErrHistogram
		}
		for i, c := range s.Counts {
			totals[i] += c
			highest = max(highest, totals[i])
		}
	}
	bar := charts.NewBar()
	top := 44
	var legends []any
	if len(h.Series) > 1 {
		var names []string
		for _, s := range h.Series {
			names = append(names, s.Name)
		}
		var height int
		legends, height = legend(names)
		top += height
	}
	bar.SetGlobalOptions(box(top, histogramRight, histogramBottom, histogramLeft), charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	for _, s := range h.Series {
		bar.AddSeries(s.Name, make([]opts.BarData, 0))
	}
	height := histogramHeight + top - 44
	option, err := finish(bar, func(option object, series []object) {
		hiddenAxis(axis(option, "yAxis"), float64(max(highest, 1)))
		h.limits(option)
		if legends != nil {
			option["legend"] = legends
		}
		elements := []any{words(Width, float64(height)-11, h.Axis+" →", small.in(Ink).bold().to("right"))}
		elements = append(elements, h.median(totals, highest, rect{histogramLeft, float64(top), Width - histogramRight, float64(height - histogramBottom)})...)
		option["graphic"] = object{"elements": elements}
		for i, s := range h.Series {
			h.column(series[i], i, s, totals)
		}
		series[len(series)-1]["label"] = object{"position": "top", "distance": 3, "color": Ink, "fontSize": SmallSize + 1, "fontFamily": Font,
			"textBorderColor": Paper, "textBorderWidth": 4}
	})
	return Chart{ID: id, Title: title, Summary: h.summary(totals), Option: option, Width: Width, Height: height}, err
}

// limits draws the classes on a hidden axis, and their limits on one that is seen.
func (h Histogram) limits(option object) {
	names, marks := []string{}, []string{}
	for i := range h.Bins.Count {
		names = append(names, h.Labels[i])
		marks = append(marks, french.Number(h.Bins.Low(i)/h.Scale, h.decimals()))
	}
	if h.Bins.Open {
		marks = append(marks, "et\u00a0plus")
	} else {
		marks = append(marks, french.Number(h.Bins.Low(h.Bins.Count)/h.Scale, h.decimals()))
	}
	option["xAxis"] = []any{
		object{"type": "category", "show": false, "data": names},
		object{"type": "category", "boundaryGap": false, "position": "bottom", "data": marks,
			"axisTick":  object{"show": true, "interval": 0, "lineStyle": object{"color": Muted}, "length": 4},
			"axisLine":  object{"show": true, "lineStyle": object{"color": Muted}},
			"axisLabel": object{"interval": 0, "fontSize": SmallSize, "fontFamily": Font, "color": Muted, "margin": 7}},
	}
}

func (h Histogram) decimals() int {
	if h.Bins.Width/h.Scale < 1 {
		return 1
	}
	return 0
}

// median draws the line that parts the units in two halves, broken where it would cross the
// count over a column.
func (h Histogram) median(totals []int, highest int, plot rect) []any {
	if h.MedianText == "" {
		return nil
	}
	at := min((h.Median-h.Bins.First)/h.Bins.Width, float64(h.Bins.Count))
	x := plot.left + at/float64(h.Bins.Count)*(plot.right-plot.left)
	label := plain.bold()
	label.size = SmallSize + 1
	if x > Width/2 {
		label = label.to("right")
	}
	top := plot.bottom - float64(totals[h.Bins.Of(h.Median)])/float64(max(highest, 1))*(plot.bottom-plot.top)
	elements := []any{words(x, plot.top-33, h.MedianText, label)}
	for _, part := range [][2]float64{{plot.top - 24, top - 20}, {top, plot.bottom}} {
		if part[1] <= part[0] {
			continue
		}
		for _, under := range []bool{true, false} { // a line of ink on a halo
			line := rule(x, part[0], x, part[1], Ink)
			style := line["style"].(object)
			if line["z"] = 5; under {
				style["stroke"], style["lineWidth"] = Paper, 3
			} else {
				style["lineDash"] = []int{5, 4}
			}
			elements = append(elements, line)
		}
	}
	return elements
}

// column fills a series; the one on top bears the totals.
func (h Histogram) column(series object, i int, s HistogramSeries, totals []int) {
	series["stack"], series["barCategoryGap"] = "total", "4%"
	style := lineStyles[i%len(lineStyles)]
	item := object{"color": style.color}
	if i > 0 {
		item["decal"] = stripes(lightOnDark, eighthTurn)
	}
	series["itemStyle"] = item
	data := make([]any, len(s.Counts))
	for class, n := range s.Counts {
		datum := object{"value": n}
		phrase := french.Count(float64(n), h.One, h.Many)
		if len(h.Series) > 1 {
			phrase = s.Name + ", " + phrase
		}
		explain(datum, h.Labels[class], phrase)
		if i == len(h.Series)-1 {
			datum["label"] = object{"show": totals[class] > 0, "formatter": french.Integer(float64(totals[class]))}
		}
		if math.IsInf(h.Bins.High(class), 1) && i == 0 {
			datum["itemStyle"] = object{"color": style.color, "decal": stripes(lightOnDark, -eighthTurn)}
		}
		data[class] = datum
	}
	series["data"] = data
}

func (h Histogram) summary(totals []int) string {
	sum := 0
	for _, n := range totals {
		sum += n
	}
	if sum == 0 {
		return fmt.Sprintf("Aucun %s.", h.One)
	}
	most := slices.Max(totals)
	var fullest []string
	for i, n := range totals {
		if n == most {
			fullest = append(fullest, h.Labels[i])
		}
	}
	head, each := "La classe la plus nombreuse", ""
	if len(fullest) > 1 {
		head, each = "Les classes les plus nombreuses", " chacune"
	}
	sentences := []string{colon(head, french.Join(fullest)+", "+french.Count(float64(most), h.One, h.Many)+each+" sur "+french.Integer(float64(sum))) + "."}
	if h.WholeSentences != "" {
		sentences = append(sentences, h.WholeSentences)
	}
	return strings.Join(sentences, " ")
}
