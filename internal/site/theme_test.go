package site

import (
	"io/fs"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/chart"
)

func sheets(t *testing.T) map[string]string {
	t.Helper()
	dir := os.DirFS("../../assets/css")
	names, err := fs.Glob(dir, "*.css")
	if err != nil || len(names) < 5 {
		t.Fatalf("style sheets = %q, %v", names, err)
	}
	out := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(data)
	}
	return out
}

const tokens = "1-tokens.css"

var (
	comments      = regexp.MustCompile(`(?s)/\*.*?\*/`)
	pageRule      = regexp.MustCompile(`(?s)@page \{.*?\n\}`)
	colourLiteral = regexp.MustCompile(`(?i)#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color)\(|[:\s,(](?:white|black|red|blue|green|gr[ae]y|orange|yellow|silver)\b\s*[;,)}]`)
	used          = regexp.MustCompile(`var\((--[a-z0-9-]+)`)
)

func TestColoursAreNamedInOneSheetOnly(t *testing.T) {
	for name, css := range sheets(t) {
		if name == tokens {
			continue
		}
		for _, line := range strings.Split(pageRule.ReplaceAllString(comments.ReplaceAllString(css, ""), ""), "\n") {
			if found := colourLiteral.FindString(line); found != "" {
				t.Errorf("%s: colour %q in %q, want a custom property of %s", name, found, strings.TrimSpace(line), tokens)
			}
		}
	}
}

func TestEveryCustomPropertyIsDefinedAndUsed(t *testing.T) {
	all := sheets(t)
	light := readTheme(all[tokens]).light
	uses := map[string]bool{}
	for name, css := range all {
		for _, m := range used.FindAllStringSubmatch(css, -1) {
			uses[m[1]] = true
			if _, ok := light[m[1]]; !ok {
				t.Errorf("%s uses %s, which %s does not define", name, m[1], tokens)
			}
		}
	}
	for name := range light {
		if !uses[name] {
			t.Errorf("%s is defined and never used", name)
		}
	}
}

func TestColoursKeepTheirContrastInBothThemes(t *testing.T) {
	th := readTheme(sheets(t)[tokens])
	for _, p := range pairs {
		for name, values := range map[string]map[string]string{"light": th.light, "dark": th.dark} {
			if got := contrast(values[p.name], values[p.on]); got == 0 || got < p.least {
				t.Errorf("%s: %s on %s (%s) has a contrast of %.2f, want at least %.1f", name, p.name, p.on, p.role, got, p.least)
			}
		}
	}
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.48}, {"#16202b", "nothing", 0}} {
		if got := contrast(c.a, c.b); math.Abs(got-c.want) > 0.005 {
			t.Errorf("contrast of %s and %s = %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// onGround are the colours of drawings that decorate, or that stand on another colour than the page.
var onGround = map[string]bool{
	chart.Grid: true, chart.Paper: true, "rgb(255,255,255)": true, "rgb(27,31,36)": true,
}

func TestDrawnColoursAreSeenOnADarkPage(t *testing.T) {
	th := readTheme(sheets(t)[tokens])
	paper := th.dark["--paper"]
	for _, c := range chart.Colours {
		if onGround[c.Value] {
			continue
		}
		least := 3.0
		if c.Value == chart.Ink || c.Value == chart.Muted || c.Value == chart.Accent { // texts
			least = 4.5
		}
		if got := contrast(th.onDark(c.Value), paper); got < least {
			t.Errorf("%s (%s) is %s on a dark page: contrast %.2f, want at least %.1f", c.Value, c.Role, th.onDark(c.Value), got, least)
		}
	}
}

func TestFiguresOnColoursAreReadInBothThemes(t *testing.T) {
	th := readTheme(sheets(t)[tokens])
	grounds := append(chart.Grounds(), carto.Grounds()...)
	if len(grounds) < 20 {
		t.Fatalf("grounds = %v, want those of every palette", grounds)
	}
	for ground, ink := range groundsOf(t, grounds) {
		for name, drawn := range map[string]string{"light": ground, "dark": th.onDark(ground)} {
			if got := contrast(ink, drawn); got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want at least 4.5", name, ink, drawn, got)
			}
		}
	}
}

func groundsOf(t *testing.T, list [][2]string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, g := range list {
		out[g[0]] = g[1]
	}
	return out
}
