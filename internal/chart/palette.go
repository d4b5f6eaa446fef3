package chart

import "esms.example/atlas/internal/atlas"

// The one visual system of the charts. Contrasts are measured on white.
const (
	Font      = "'Source Sans 3', sans-serif"
	FontSize  = 15 // at 440 wide: about 12 px on a screen of 375 px
	SmallSize = 13 // what a reader may do without: scales, extremes

	Ink     = "#1b1f24" // text; 16.6:1
	Muted   = "#59636e" // what is missing, scales; 6.1:1
	Grid    = "#d5dae0" // base lines; decoration only
	Paper   = "#ffffff" // halo of the text that stands on a line or a bar
	Primary = "#2f6ea5" // bars; 5.3:1
	Accent  = "#b4470e" // the highlighted territory; 5.7:1, told from Primary by every kind of sight
	Other   = "#8796a5" // the territories that are not highlighted; 3.0:1
)

// The colours of the categories; neighbours differ in lightness.
const (
	navy   = "#1f4e79"
	amber  = "#e69f00"
	teal   = "#00796b"
	pink   = "#cc79a7"
	brown  = "#8c4a0c"
	sky    = "#8ecae6"
	violet = "#5b3a8c"
	lime   = "#c5d86d"
	ash    = "#b6bec7"

	lightOnDark = "rgba(255,255,255,0.28)"
	darkOnLight = "rgba(27,31,36,0.22)"
	faintOnAsh  = "rgba(27,31,36,0.10)"
)

// Colour is a colour that charts are drawn with, and its role.
type Colour struct{ Value, Role string }

// Colours lists every colour of every chart, as it stands in the attributes of the drawings:
// a dark theme replaces these and no other. Roles are in French, for the page of the styles.
var Colours = []Colour{
	{Ink, "Texte, repère de la France"}, {Muted, "Texte secondaire\u00a0: graduations, extrêmes, valeurs non disponibles"},
	{Grid, "Lignes de repère"}, {Paper, "Fond, halo du texte"},
	{Primary, "Données"}, {Accent, "Territoire mis en avant"}, {Other, "Autres territoires"}, {pale, "Le tout d’une progression"},
	{navy, "Catégorie 1"}, {amber, "Catégorie 2"}, {teal, "Catégorie 3"}, {pink, "Catégorie 4"}, {brown, "Catégorie 5"},
	{sky, "Catégorie 6"}, {violet, "Catégorie 7"}, {lime, "Catégorie 8"}, {ash, "Sans réponse"},
	{"rgb(255,255,255)", "Motif sur couleur sombre"}, {"rgb(27,31,36)", "Motif sur couleur claire"}, // with an opacity beside
}

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
	eighthTurn = 0.7853981633974483 // π ÷ 4
	noDecal    = "none"
)

// swatches are nine colours that stay apart for protan, deutan and tritan sight, each with
// its own decal; neighbours differ in lightness too.
var swatches = [...]swatch{
	{navy, Paper, decal{Symbol: noDecal}},
	{amber, Ink, stripes(darkOnLight, eighthTurn)},
	{teal, Paper, dots(lightOnDark)},
	{pink, Ink, stripes(darkOnLight, -eighthTurn)},
	{brown, Paper, stripes(lightOnDark, 0)},
	{sky, Ink, dots(darkOnLight)},
	{violet, Paper, stripes(lightOnDark, 2*eighthTurn)},
	{lime, Ink, checks(darkOnLight)},
	unknownSwatch,
}

// unknownSwatch is that of the units that gave no answer.
var unknownSwatch = swatch{ash, Ink, stripes(faintOnAsh, eighthTurn)}

func stripes(color string, rotation float64) decal {
	return decal{Symbol: "rect", SymbolSize: 1, Color: color, DashX: []int{1, 0}, DashY: []int{3, 5}, Rotation: rotation}
}

func dots(color string) decal {
	return decal{Symbol: "circle", SymbolSize: 0.8, Color: color, DashX: []int{6, 6}, DashY: []int{5, 3}}
}

func checks(color string) decal {
	return decal{Symbol: "rect", SymbolSize: 0.7, Color: color, DashX: []int{6, 6}, DashY: []int{6, 2}, Rotation: eighthTurn}
}

// Grounds lists the colours of the categories, each with the ink of the figures that stand on it.
func Grounds() [][2]string {
	var out [][2]string
	for _, s := range swatches {
		out = append(out, [2]string{s.color, s.text})
	}
	return out
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
