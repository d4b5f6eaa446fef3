package browser

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// charted are pages that have, together, every kind of chart.
var charted = []string{"2023/", "2023/regions/corse/", "2023/regions/provence-alpes-cote-d-azur/", "2023/repartition-des-projets/",
	"2023/regions/bretagne/repartition-des-projets/", "2023/indicateurs/taux_couverture/", "2023/indicateurs/part_grappes_projets_regionaux/"}

// mark is a text of a chart and its place, in pixels of the chart.
type mark struct {
	Text                string
	X, Y, Width, Height float64
}

// drawing is an SVG of a chart, or its place taken by the interactive version.
type drawing struct {
	Name          string
	Width, Height float64
	Texts         []mark
	Shapes        []mark // bars, dots, lines that are seen; without text
}

// readDrawings measures the texts of the SVG that match, one for each chart.
const readDrawings = `((selector) => [...document.querySelectorAll('.chart')].flatMap((chart) => {
	const svg = chart.querySelector(selector);
	if (!svg || svg.getBoundingClientRect().width === 0) return [];
	const box = svg.getBoundingClientRect();
	const scale = 440 / box.width;
	return [{ name: chart.dataset.option, width: 440, height: box.height * scale, texts: [...svg.querySelectorAll('text')].map((t) => {
		const b = t.getBoundingClientRect();
		return { text: t.textContent, x: (b.left - box.left) * scale, y: (b.top - box.top) * scale, width: b.width * scale, height: b.height * scale };
	}).filter((t) => t.text.trim() !== ''), shapes: [...svg.querySelectorAll('path, circle')].filter((e) => !e.closest('defs, pattern, clipPath')
		&& e.getAttribute('fill-opacity') !== '0').map((e) => {
		const b = e.getBoundingClientRect();
		return { text: '', x: (b.left - box.left) * scale, y: (b.top - box.top) * scale, width: b.width * scale, height: b.height * scale };
	}).filter((e) => e.width > 2 && e.height > 2) }];
}))`

func drawings(t *testing.T, ctx context.Context, selector string) []drawing {
	t.Helper()
	return evaluate[[]drawing](t, ctx, fmt.Sprintf("%s(%q)", readDrawings, selector))
}

func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	return out
}

func press(t *testing.T, ctx context.Context, key string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
		t.Fatal(err)
	}
}

// until waits in the page for a condition, five seconds at most, and says whether it came.
func until(condition string) string {
	return fmt.Sprintf(`(async () => {
		for (let i = 0; i < 100; i++) { if (%s) return true; await new Promise((r) => setTimeout(r, 50)); }
		return false;
	})()`, condition)
}

func TestTextsOfChartsDoNotOverlapInChromium(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, p := range charted {
		tab := open(t, browser, origin+"/"+p, withoutScripts, 1280)
		// Scripts of the page are off; those of the test run all the same.
		all := drawings(t, tab.ctx, "[role=img] svg")
		if len(all) == 0 {
			t.Errorf("/%s has no chart", p)
		}
		for _, d := range all {
			for _, fault := range collisions(d) {
				t.Errorf("/%s: %s: %s", p, d.Name, fault)
			}
		}
	}
}

// collisions finds the texts that touch another or leave the drawing. The box of a text
// holds ascenders and descenders that few letters have: a quarter of it is left out.
func collisions(d drawing) []string {
	var faults []string
	for i, a := range d.Texts {
		if a.X < -1 || a.X+a.Width > d.Width+1 || a.Y < -4 || a.Y+a.Height > d.Height+4 {
			faults = append(faults, fmt.Sprintf("%+v leaves the drawing of %.0f × %.0f", a, d.Width, d.Height))
		}
		for _, b := range d.Texts[:i] {
			inset := (a.Height + b.Height) / 8
			if a.X < b.X+b.Width-0.5 && b.X < a.X+a.Width-0.5 && a.Y+inset < b.Y+b.Height-inset && b.Y+inset < a.Y+a.Height-inset {
				faults = append(faults, fmt.Sprintf("%+v and %+v overlap", a, b))
			}
		}
	}
	return faults
}

func TestCollisionsOfTextsAreSeen(t *testing.T) {
	d := drawing{Width: 440, Height: 100, Texts: []mark{{"a", 10, 10, 50, 18}, {"b", 58, 12, 20, 18}, {"c", 430, 50, 20, 18}}}
	if got := collisions(d); len(got) != 2 {
		t.Errorf("faults = %q, want one overlap and one text outside", got)
	}
}

func TestExploredChartsSayWhatTheirDrawingsSay(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, p := range charted {
		t.Run("/"+p, func(t *testing.T) {
			tab := open(t, browser, origin+"/"+p, withScripts, 1280)
			fixed := drawings(t, tab.ctx, "[role=img] svg")
			evaluate[bool](t, tab.ctx, `(() => { document.querySelectorAll('.chart .explore').forEach((b) => b.click()); return true; })()`)
			if !evaluate[bool](t, tab.ctx, until(fmt.Sprintf("document.querySelectorAll('.chart-stage svg').length === %d", len(fixed)))) {
				t.Fatalf("no interactive chart after five seconds: %q", tab.complaints())
			}
			live := drawings(t, tab.ctx, ".chart-stage svg")
			if len(live) != len(fixed) || len(fixed) == 0 {
				t.Fatalf("%d interactive charts, want %d", len(live), len(fixed))
			}
			for i := range fixed {
				for _, fault := range differences(fixed[i], live[i]) {
					t.Errorf("%s: %s", fixed[i].Name, fault)
				}
			}
			if dir := *screenshotsDir; dir != "" {
				picture, err := chromedp.Run(tab.ctx, chromedp.FullScreenshot(100))
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, "graphiques_"+strings.ReplaceAll(p, "/", "_")+".png"), picture, 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			for _, violation := range tab.axe(t) {
				t.Errorf("axe: %s", violation)
			}
			for _, fault := range tab.complaints() {
				t.Errorf("while exploring: %s", fault)
			}
		})
	}
}

// differences compares the texts of two drawings of a chart, and their places.
func differences(fixed, live drawing) []string {
	var faults []string
	if math.Abs(fixed.Height-live.Height) > 2 {
		faults = append(faults, fmt.Sprintf("height %.1f, want %.1f", live.Height, fixed.Height))
	}
	for what, marks := range map[string][2][]mark{"texts": {fixed.Texts, live.Texts}, "shapes": {fixed.Shapes, live.Shapes}} {
		if len(marks[0]) != len(marks[1]) || len(marks[0]) == 0 {
			faults = append(faults, fmt.Sprintf("%d %s, want %d", len(marks[1]), what, len(marks[0])))
			continue
		}
		left := slices.Clone(marks[1])
		for _, want := range marks[0] {
			i := slices.IndexFunc(left, func(got mark) bool {
				return got.Text == want.Text && math.Abs(got.X-want.X) < 3 && math.Abs(got.Y-want.Y) < 3 && math.Abs(got.Height-want.Height) < 3
			})
			if i < 0 {
				faults = append(faults, fmt.Sprintf("%s: %+v has none like it", what, want))
				continue
			}
			left = slices.Delete(left, i, i+1)
		}
	}
	return faults
}

func TestDifferencesOfDrawingsAreSeen(t *testing.T) {
	fixed := drawing{Height: 100, Texts: []mark{{"a", 10, 10, 50, 18}}, Shapes: []mark{{"", 10, 30, 40, 12}}}
	for name, change := range map[string]func(*drawing){
		"text":  func(d *drawing) { d.Texts = []mark{{"b", 10, 10, 50, 18}} },
		"place": func(d *drawing) { d.Texts = []mark{{"a", 20, 10, 50, 18}} },
		"bar":   func(d *drawing) { d.Shapes = []mark{{"", 10, 30, 40, 30}} },
		"less":  func(d *drawing) { d.Shapes = nil },
	} {
		live := fixed
		change(&live)
		if got := differences(fixed, live); len(got) != 1 {
			t.Errorf("%s: differences = %q, want one", name, got)
		}
	}
	if got := differences(fixed, fixed); len(got) > 0 {
		t.Errorf("the same twice: differences = %q, want none", got)
	}
}

func TestAChartIsExploredWithTheKeyboard(t *testing.T) {
	tab := open(t, window(t), serve(t, built(t))+"/2023/indicateurs/taux_couverture/", withScripts, 1280)
	state := func(expression string) string {
		t.Helper()
		return evaluate[string](t, tab.ctx, fmt.Sprintf(`(() => { const chart = document.querySelector('.chart'); return String(%s); })()`, expression))
	}
	want := func(what, expression, want string) {
		t.Helper()
		if got := state(expression); got != want {
			t.Errorf("%s: %s = %q, want %q", what, expression, got, want)
		}
	}
	const (
		label  = `chart.querySelector('.explore').firstChild.data`
		said   = `chart.querySelector('[role=status]').textContent`
		hidden = `chart.querySelector('[role=img]').hidden`
		focus  = `document.activeElement.className`
		tips   = `[...chart.querySelectorAll('.chart-stage text')].filter((t) => t.textContent.includes('\u00a0: ') && !t.textContent.startsWith('France')).length`
	)
	want("at first", label, "Explorer ce graphique")
	state(`chart.querySelector('.explore').focus()`)
	press(t, tab.ctx, kb.Enter)
	if !evaluate[bool](t, tab.ctx, until(`document.querySelector('.chart-stage svg text')`)) {
		t.Fatalf("no interactive chart: %q", tab.complaints())
	}
	want("explored", label, "Revenir au graphique fixe")
	want("explored", hidden, "true")
	want("explored", focus, "explore")
	press(t, tab.ctx, kb.ArrowDown)
	want("first value", said, "Martinique\u00a0: 50,9\u00a0%")
	want("first value", tips, "1")
	press(t, tab.ctx, kb.ArrowRight)
	want("second value", said, "Nouvelle-Aquitaine\u00a0: 49,2\u00a0%")
	press(t, tab.ctx, kb.End)
	want("last value", said, "La Réunion\u00a0: 29,5\u00a0%")
	press(t, tab.ctx, kb.Escape)
	if !evaluate[bool](t, tab.ctx, until(`(() => { const chart = document.querySelector('.chart'); return `+tips+` === 0; })()`)) {
		t.Error("Escape does not dismiss the value")
	}
	want("value dismissed", hidden, "true")
	press(t, tab.ctx, kb.Escape)
	want("back", hidden, "false")
	want("back", label, "Explorer ce graphique")
	want("back", focus, "explore")
	want("back", said, "Graphique fixe")
	want("back", `chart.querySelector('.chart-stage').hidden`, "true")
	press(t, tab.ctx, kb.Enter)
	want("explored again", hidden, "true")
	want("explored again", `chart.querySelectorAll('.chart-stage').length`, "1")
	for _, fault := range tab.complaints() {
		t.Error(fault)
	}
}
