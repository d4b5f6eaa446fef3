package carto

import (
	"fmt"
	"math"
	"strconv"

	"esms.example/atlas/internal/french"
)

// Palette returns the colours of n classes, from the lowest to the highest: pale yellow through
// green to dark blue. Lightness falls at every step, so that the order survives a grey
// printer and every common colour blindness. n is from 1 to 6; beyond, it is brought back to
// these bounds. The colours are our own.
func Palette(n int) []string {
	return [...][]string{
		{"#43a9ac"},
		{"#d6e9b3", "#1f6f9a"},
		{"#d6e9b3", "#43a9ac", "#1a4876"},
		{"#eef0c2", "#86caa9", "#2b94ad", "#1b3a68"},
		{"#f5f5d4", "#94cfa5", "#43a8a8", "#1f75a0", "#18376b"},
		{"#f5f5d4", "#92cda7", "#45a6aa", "#247d9f", "#195885", "#152c57"},
	}[min(max(n, 1), 6)-1]
}

// Diverging returns the colours of n classes around a middle, from the lowest to the highest: orange
// below, blue above, the darker the farther. Common colour blindnesses keep orange and blue
// apart; in grey the two sides are alike, and hatching tells the lower one. n is 3 or 5; any
// other is brought to 5. The colours are our own.
func Diverging(n int) []string {
	if n == 3 {
		return []string{"#e39a4b", "#f5f4f1", "#5b93c9"}
	}
	return []string{"#b3560f", "#eeb472", "#f5f4f1", "#86b3dd", "#23588f"}
}

// hatchOn returns the colour of the hatching on that of a class: near it, so that a map stays quiet, and apart from it in
// grey.
func hatchOn(colour string) string {
	if ink, _ := inkOn(colour); ink == paperColour {
		return "#dd9a5e"
	}
	return "#b06a24"
}

// The other colours of a map.
const (
	groundColour     = "#e4e6e8" // under circles
	groundDarkColour = "#c3c8cc" // of locators
	noDataColour     = "#f4f4f4"
	noDataHatch      = "#868b90"
	lineColour       = "#ffffff" // between territories
	outlineColour    = "#7c858c" // around pale tints and boxes
	borderColour     = "#8d959c" // of regions under circles
	inkColour        = "#1b1f23"
	paperColour      = "#ffffff"
	circleColour     = "#1f6f9a"
	highlightColour  = "#b3261e"
)

// Colour is a colour that maps are drawn with, and its role.
type Colour struct{ Value, Role string }

// Colours lists the colours of maps beside those of their classes, as they stand in the attributes of the
// drawings. Roles are in French, for the page of the styles.
func Colours() []Colour {
	return []Colour{
		{inkColour, "Noms, chiffres hors des territoires"}, {circleColour, "Cercles, territoire marqué"}, {highlightColour, "Contour du territoire de la page"},
		{outlineColour, "Contours sur les classes, cadres"}, {borderColour, "Limites des régions sous des cercles"},
		{groundColour, "Territoires sous des cercles"}, {groundDarkColour, "Carte de situation"}, {markedPaleColour, "Départements d’un projet national"},
		{noDataColour, "Non disponible" + french.NBSP + ": fond"}, {noDataHatch, "Non disponible" + french.NBSP + ": hachures"},
	}
}

// Grounds lists the colours that figures stand on, each with its ink.
func Grounds() [][2]string {
	colours := append([]string{circleColour}, append(Diverging(3), Diverging(5)...)...)
	for n := 1; n <= 6; n++ {
		colours = append(colours, Palette(n)...)
	}
	var out [][2]string
	for _, c := range colours {
		ink, _ := inkOn(c)
		out = append(out, [2]string{c, ink})
	}
	return out
}

// inkOn returns the ink that reads best on a colour, and the class that says on what it stands.
func inkOn(colour string) (ink, class string) {
	l := luminance(colour)
	if (1.05)/(l+0.05) > (l+0.05)/(luminance(inkColour)+0.05) {
		return paperColour, "on-dark"
	}
	return inkColour, "on-light"
}

// luminance is the relative luminance of WCAG, from 0 to 1, of a colour « #rrggbb ».
func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			panic(fmt.Sprintf("carto: %q is no colour", colour))
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
