package chart

import (
	"math"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"

	"esms.example/atlas/internal/french"
)

// rect is a box of the chart, in pixels from its top left corner.
type rect struct{ left, top, right, bottom float64 }

func (r rect) meets(o rect) bool {
	return r.left < o.right && o.left < r.right && r.top < o.bottom && o.top < r.bottom
}

func (r rect) within(o rect) bool {
	return r.left >= o.left && r.right <= o.right && r.top >= o.top && r.bottom <= o.bottom
}

// typeface is how a text is set.
type typeface struct {
	color  string
	size   int
	weight int
	align  string // left, right or center of its place
}

var (
	plain = typeface{Ink, FontSize, 400, "left"}
	small = typeface{Muted, SmallSize, 400, "left"}
)

func (f typeface) bold() typeface           { f.weight = 600; return f }
func (f typeface) in(color string) typeface { f.color = color; return f }
func (f typeface) to(align string) typeface { f.align = align; return f }

// words writes a text that is no datum, centred in height on y.
func words(x, y float64, text string, f typeface) object {
	return object{"type": "text", "silent": true, "x": tenth(x), "y": tenth(y), "style": object{
		"text": text, "fill": f.color, "fontSize": f.size, "fontFamily": Font, "fontWeight": f.weight,
		"align": f.align, "verticalAlign": "middle"}}
}

// rule draws a thin line.
func rule(x1, y1, x2, y2 float64, color string) object {
	return object{"type": "line", "silent": true, "shape": object{"x1": tenth(x1), "y1": tenth(y1), "x2": tenth(x2), "y2": tenth(y2)},
		"style": object{"stroke": color, "lineWidth": 1}}
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// pixels makes the axes those of the chart itself, for drawings whose places are computed here.
func pixels(option object, height int) {
	for name, end := range map[string]int{"xAxis": Width, "yAxis": height} {
		hiddenAxis(axis(option, name), float64(end))
	}
	axis(option, "yAxis")["inverse"] = true
}

// everywhere is the box of a plot that is the whole chart.
func everywhere() charts.GlobalOpts { return box(0, 0, 0, 0) }

// scale is an axis of numbers with rounded graduations.
type scale struct {
	low, high float64
	marks     []string // evenly spread from low to high
}

// rounded makes the scale that holds some values with about n intervals. Graduations are
// written in units of unit (0.01 for percentages), without their suffix.
func rounded(values []float64, n int, unit float64) scale {
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	step := niceStep((high - low) / unit / float64(n))
	first, last := math.Floor(low/unit/step), math.Ceil(high/unit/step)
	if last == first {
		last++
	}
	decimals := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
	s := scale{low: first * step * unit, high: last * step * unit}
	for i := first; i <= last; i++ {
		s.marks = append(s.marks, french.Number(i*step, decimals))
	}
	return s
}

// niceStep returns the first of 1, 2, 5, 10… times a power of ten that is not below x; 1 for 0.
func niceStep(x float64) float64 {
	if x <= 0 {
		return 1
	}
	power := math.Pow10(int(math.Floor(math.Log10(x))))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// graduate makes of the axis of that name a hidden one of numbers, and a visible one that
// bears the graduations as texts: numbers of ECharts would have an English point.
func graduate(option object, name string, s scale, lines string) {
	numbers := axis(option, name)
	hiddenAxis(numbers, s.high)
	numbers["min"] = s.low
	marks := object{"type": "category", "boundaryGap": false, "data": s.marks, "position": map[string]string{"xAxis": "bottom", "yAxis": "left"}[name],
		"axisTick":  object{"show": false},
		"axisLine":  object{"show": false},
		"axisLabel": object{"interval": 0, "fontSize": SmallSize, "fontFamily": Font, "color": Muted, "margin": 6},
		"splitLine": object{"show": lines != "", "interval": 0, "lineStyle": object{"color": lines}},
	}
	option[name] = []any{numbers, marks}
}

// twoLines breaks a name where its halves are the most alike; a short one stays whole.
func twoLines(name string) []string {
	const short = 14
	if len([]rune(name)) <= short {
		return []string{name}
	}
	best, widest := []string{name}, textWidth(name)
	for i, r := range name {
		if r != '-' && r != ' ' {
			continue
		}
		first, second := strings.TrimSpace(name[:i+1]), name[i+1:]
		if w := max(textWidth(first), textWidth(second)); w < widest {
			best, widest = []string{first, second}, w
		}
	}
	return best
}
