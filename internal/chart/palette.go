package chart

import "esms.example/atlas/internal/atlas"

// The one visual system of the charts. Contrasts are measured on white.
const (
	Font     = "'Source Sans 3', sans-serif"
	FontSize = 15 // at 440 wide: about 12 px on a screen of 375 px

	Ink     = "#1b1f24" // text; 16.6:1
	Muted   = "#59636e" // what is missing; 6.1:1
	Grid    = "#d5dae0" // base lines; decoration only
	Paper   = "#ffffff" // halo of the text that stands on a line or a bar
	Primary = "#2f6ea5" // bars; 5.3:1
	Accent  = "#b4470e" // the highlighted territory; 5.7:1, told from Primary by every kind of sight
)

// A swatch is how a category is drawn: a colour, and a decal for those who do not tell
// colours apart. White text stands on dark swatches, ink on light ones.
type swatch struct {
	color string
	text  string
	decal decal
}

// decal is an ECharts decal: a symbol repeated at distances dashX, dashY, turned by rotation.
type decal struct {
	Symbol     string  `json:"symbol"`
	SymbolSize float64 `json:"symbolSize"`
	Color      string  `json:"color"`
	DashX      []int   `json:"dashArrayX"`
	DashY      []int   `json:"dashArrayY"`
	Rotation   float64 `json:"rotation"`
}

const (
	lightOnDark = "rgba(255,255,255,0.28)"
	darkOnLight = "rgba(27,31,36,0.22)"
	eighthTurn  = 0.7853981633974483 // π ÷ 4
	noDecal     = "none"
)

// swatches are nine colours that stay apart for protan, deutan and tritan sight, each with
// its own decal; neighbours differ in lightness too.
var swatches = [...]swatch{
	{"#1f4e79", Paper, decal{Symbol: noDecal}},
	{"#e69f00", Ink, stripes(darkOnLight, eighthTurn)},
	{"#00796b", Paper, dots(lightOnDark)},
	{"#cc79a7", Ink, stripes(darkOnLight, -eighthTurn)},
	{"#8c4a0c", Paper, stripes(lightOnDark, 0)},
	{"#8ecae6", Ink, dots(darkOnLight)},
	{"#5b3a8c", Paper, stripes(lightOnDark, 2*eighthTurn)},
	{"#c5d86d", Ink, checks(darkOnLight)},
	unknownSwatch,
}

// unknownSwatch is that of the units that gave no answer.
var unknownSwatch = swatch{"#b6bec7", Ink, stripes("rgba(27,31,36,0.10)", eighthTurn)}

func stripes(color string, rotation float64) decal {
	return decal{Symbol: "rect", SymbolSize: 1, Color: color, DashX: []int{1, 0}, DashY: []int{3, 5}, Rotation: rotation}
}

func dots(color string) decal {
	return decal{Symbol: "circle", SymbolSize: 0.8, Color: color, DashX: []int{6, 6}, DashY: []int{5, 3}}
}

func checks(color string) decal {
	return decal{Symbol: "rect", SymbolSize: 0.7, Color: color, DashX: []int{6, 6}, DashY: []int{6, 2}, Rotation: eighthTurn}
}

// swatchOf returns the swatch of a category: a field or a legal status has the same one in
// every chart, an unknown answer is grey, other categories go by their order.
func swatchOf(label string, order int) swatch {
	if label == atlas.Field("").Label() {
		return unknownSwatch
	}
	for i, f := range atlas.Fields {
		if f.Label() == label {
			return swatches[i]
		}
	}
	for i, s := range atlas.Statuses {
		if s.Label() == label {
			return swatches[i]
		}
	}
	return swatches[order%len(swatches)]
}
