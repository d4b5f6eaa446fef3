package site

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// theme is what the style sheet calls its colours and sizes, in light and in dark.
type theme struct {
	light, dark map[string]string // « --ink » to « #16202b »; dark holds every colour, changed or not
	drawn       map[string]string // colour of a drawing to the one that a dark page gives it; absent: the same
}

var (
	lightRoot = regexp.MustCompile(`(?s):root \{(.*?)\n\}`)
	darkRoot  = regexp.MustCompile(`(?s):root:not\(\.embedded\) \{(.*?)\n  \}`)
	declared  = regexp.MustCompile(`(--[a-z0-9-]+):\s*([^;]+);`)
	redrawn   = regexp.MustCompile(`& svg \[(?:fill|stroke)="([^"]+)"\](?:[^{,]*) \{ (?:fill|stroke): ([^;]+); \}`)
)

// readTheme reads the custom properties of a style sheet. A sheet without any gives an empty theme.
func readTheme(css string) theme {
	t := theme{light: map[string]string{}, dark: map[string]string{}, drawn: map[string]string{}}
	if m := lightRoot.FindStringSubmatch(css); m != nil {
		for _, d := range declared.FindAllStringSubmatch(m[1], -1) {
			t.light[d[1]], t.dark[d[1]] = d[2], d[2]
		}
	}
	if m := darkRoot.FindStringSubmatch(css); m != nil {
		for _, d := range declared.FindAllStringSubmatch(m[1], -1) {
			t.dark[d[1]] = d[2]
		}
	}
	for _, m := range redrawn.FindAllStringSubmatch(css, -1) {
		value := m[2]
		if name := strings.TrimSuffix(strings.TrimPrefix(value, "var("), ")"); name != value {
			value = t.dark[name]
		}
		t.drawn[m[1]] = value
	}
	return t
}

// onDark is the colour that a dark page draws instead of that one.
func (t theme) onDark(colour string) string {
	if other, ok := t.drawn[colour]; ok {
		return other
	}
	return colour
}

// contrast is the ratio of WCAG of two colours « #rrggbb », from 1 to 21; 0 when one is no such colour.
func contrast(a, b string) float64 {
	la, okA := luminance(a)
	lb, okB := luminance(b)
	if !okA || !okB {
		return 0
	}
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG, from 0 to 1.
func luminance(colour string) (float64, bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil || len(colour) != 7 || colour[0] != '#' {
		return 0, false
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		x := float64(n>>(16-8*i)&0xff) / 255
		if x <= 0.04045 {
			x /= 12.92
		} else {
			x = math.Pow((x+0.055)/1.055, 2.4)
		}
		sum += weight * x
	}
	return sum, true
}

// pair is a colour that stands on another, and the least contrast that it needs: 4.5 for text, 3 for what
// is drawn, 0 for decoration.
type pair struct {
	name, role, on string
	least          float64
}

// pairs are the colours of the site as they are used, in the order of the page of the styles.
var pairs = []pair{
	{"--ink", "Texte", "--paper", 4.5}, {"--ink", "Texte sur fond teinté", "--wash", 4.5},
	{"--ink", "Ligne pointée ou choisie d’un tableau", "--accent-pale", 4.5},
	{"--ink-soft", "Texte secondaire, légendes", "--paper", 4.5}, {"--ink-soft", "Texte secondaire sur fond teinté", "--wash", 4.5},
	{"--accent", "Liens, chiffres clés", "--paper", 4.5}, {"--accent", "Liens sur fond teinté", "--wash", 4.5},
	{"--accent", "Liens d’une ligne pointée", "--accent-pale", 4.5}, {"--accent-dark", "Liens pointés", "--paper", 4.5},
	{"--on-accent", "Entrée choisie, boutons", "--accent", 4.5}, {"--on-accent", "Liens d’accès rapide", "--accent-dark", 4.5},
	{"--warm", "Projets nationaux, alerte, contour de l’élément actif", "--paper", 4.5},
	{"--banner-ink", "Bandeau", "--banner", 4.5}, {"--ink", "Mot trouvé", "--banner", 4.5},
	{"--field-line", "Bord des champs", "--paper", 3}, {"--rule-strong", "Filet des titres", "--paper", 3}, {"--rule", "Filets", "--paper", 0},
	{"--nd-line", "Hachures des données non disponibles", "--nd-ground", 3},
	{"--on-heat", "Tableau d’intensités, 1", "--heat-1", 4.5}, {"--on-heat", "Tableau d’intensités, 2", "--heat-2", 4.5},
	{"--on-heat", "Tableau d’intensités, 3", "--heat-3", 4.5}, {"--on-heat-4", "Tableau d’intensités, 4", "--heat-4", 4.5},
	{"--mark-1", "Région comparée, 1", "--paper", 3}, {"--mark-2", "Région comparée, 2", "--paper", 3},
	{"--mark-3", "Région comparée, 3", "--paper", 3}, {"--mark-4", "Région comparée, 4", "--paper", 3},
}

// scale lists the custom properties that begin so, in the order of the sheet.
func scale(css, prefix string) []string {
	var names []string
	m := lightRoot.FindStringSubmatch(css)
	if m == nil {
		return nil
	}
	for _, d := range declared.FindAllStringSubmatch(m[1], -1) {
		if strings.HasPrefix(d[1], prefix) {
			names = append(names, d[1])
		}
	}
	return names
}

// ratioText is « 4,5:1 » in French: « 4,5 ».
func ratioText(x float64) string {
	if x == 0 {
		return "–"
	}
	return strings.Replace(fmt.Sprintf("%.1f", math.Floor(x*10)/10), ".", ",", 1)
}
