package browser

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// evaluated returns the value of an expression in a page; a promise is awaited.
func evaluated[T any](t *testing.T, p *tab, expression string) T {
	t.Helper()
	limited, done := context.WithTimeout(p.ctx, time.Minute)
	defer done()
	got, err := chromedp.Run(limited, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// waitFor waits for an expression to be true.
func waitFor(t *testing.T, p *tab, expression string) {
	t.Helper()
	if !evaluated[bool](t, p, `(async () => {
		for (let i = 0; i < 400; i++) { if (`+expression+`) return true; await new Promise((r) => setTimeout(r, 50)); }
		return false;
	})()`) {
		t.Fatalf("never true: %s (faults: %q)", expression, p.complaints())
	}
}

func keys(t *testing.T, p *tab, pressed ...string) {
	t.Helper()
	for _, key := range pressed {
		if err := chromedp.Do(p.ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
}

// ready is true once the explorer shows what was asked, drawn.
const ready = `document.querySelector('.explorer-canvas svg path') && !document.querySelector('.explorer').hasAttribute('aria-busy')`

// shownValues are the raw values in the table of the explorer, by name of territory.
const shownValues = `Object.fromEntries([...document.querySelectorAll('.explorer-values tbody tr')].map(
	(r) => [r.cells[0].textContent, r.cells[1].dataset.sort ?? '']))`

func TestTheExplorerIsWalkedByKeyboardAndKeepsItsAddress(t *testing.T) {
	p := open(t, window(t), serve(t, built(t))+"/2023/explorer/", withScripts, 1280)
	if evaluated[bool](t, p, `performance.getEntriesByType('resource').some((r) => /graphiques|\.json/.test(r.name))`) {
		t.Error("the explorer fetches data or its drawings before any interaction")
	}
	title := func() string { return evaluated[string](t, p, `document.querySelector('.explorer h2').textContent`) }
	first := title()

	evaluated[chromedp.Void](t, p, `void document.getElementById('choix-indicateur').focus()`)
	waitFor(t, p, ready)
	keys(t, p, kb.ArrowDown)
	waitFor(t, p, `location.search.includes('indicateur=taux_couverture')`)
	waitFor(t, p, ready)
	second := title()
	if second == first || !strings.Contains(second, "Taux de couverture") {
		t.Errorf("after the arrow the title is %q, want another than %q", second, first)
	}
	keys(t, p, kb.Tab, kb.ArrowRight)
	waitFor(t, p, `location.search.includes('niveau=departements') && document.querySelectorAll('.explorer-values tbody tr').length === 102`)
	keys(t, p, kb.Tab, kb.ArrowLeft)
	waitFor(t, p, `location.search.includes('annee=2022')`)
	waitFor(t, p, `document.querySelector('.explorer h2').textContent.includes('fin 2022')`)
	if status := evaluated[string](t, p, `document.getElementById('explorateur-etat').textContent`); !strings.Contains(status, "fin 2022") {
		t.Errorf("announced %q, want the new title", status)
	}

	// A row is a link: Enter chooses its territory, which the map lights up.
	evaluated[chromedp.Void](t, p, `void document.querySelector('.explorer-values a[data-key="29"]').focus()`)
	keys(t, p, kb.Enter)
	waitFor(t, p, `location.search.includes('territoire=29') && document.querySelector('.explorer-values a[data-key="29"]').getAttribute('aria-current') === 'true'`)
	waitFor(t, p, ready)
	waitFor(t, p, `[...document.querySelectorAll('.explorer-canvas path')].some((e) => ['#b3261e', 'rgb(179,38,30)'].includes(e.getAttribute('stroke')))`)
	if !evaluated[bool](t, p, `[...document.querySelectorAll('.explorer-links a')].some((a) => a.textContent.includes('Finistère'))`) {
		t.Error("no link to the page of the chosen territory")
	}

	// A reload shows the same; back undoes, one choice at a time.
	values := evaluated[map[string]string](t, p, shownValues)
	if err := chromedp.Do(p.ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	waitFor(t, p, ready)
	if again := evaluated[map[string]string](t, p, shownValues); !maps.Equal(values, again) || !strings.Contains(title(), "fin 2022") {
		t.Errorf("after a reload %q shows %d values, want the same", title(), len(again))
	}
	evaluated[chromedp.Void](t, p, `void history.back()`)
	waitFor(t, p, `!location.search.includes('territoire=29') && !document.querySelector('.explorer-values [aria-current]')`)
	evaluated[chromedp.Void](t, p, `void history.back()`)
	waitFor(t, p, `location.search.includes('annee=2023') && !document.querySelector('.explorer h2').textContent.includes('fin 2022')`)
	for _, fault := range append(p.complaints(), p.axe(t)...) {
		t.Error(fault)
	}
}

// csvValues reads indicateurs.csv: the values by level, year and indicator, then by name.
func csvValues(t *testing.T) map[string]map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(built(t), "2023", "donnees", "indicateurs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	out := map[string]map[string]string{}
	for _, r := range rows[1:] {
		key := r[at["niveau"]] + " " + r[at["annee"]] + " " + r[at["indicateur"]]
		if out[key] == nil {
			out[key] = map[string]string{}
		}
		out[key][r[at["territoire"]]] = r[at["valeur"]]
	}
	return out
}

func sameNumber(a, b string) bool {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	return a == b || errA == nil && errB == nil && math.Abs(x-y) <= 1e-12*math.Abs(x)
}

func TestTheExplorerShowsTheValuesOfTheOpenData(t *testing.T) {
	published := csvValues(t)
	p := open(t, window(t), serve(t, built(t))+"/2023/explorer/?indicateur=essms_finances&niveau=regions&annee=2022", withScripts, 1280)
	waitFor(t, p, ready)
	choices := evaluated[[]string](t, p, `[...document.querySelectorAll('#choix-indicateur option')].flatMap((o) => o.dataset.levels.split(' ').map((l) => o.value + ' ' + l))`)
	if len(choices) < 40 {
		t.Fatalf("%d choices, want all indicators at their levels", len(choices))
	}
	for i, choice := range choices {
		id, level, _ := strings.Cut(choice, " ")
		year := []string{"2021", "2022", "2023"}[i%3]
		query := fmt.Sprintf("?indicateur=%s&niveau=%s&annee=%s", id, level, year)
		evaluated[chromedp.Void](t, p, `void (history.pushState(null, '', '`+query+`'), window.dispatchEvent(new PopStateEvent('popstate')))`)
		waitFor(t, p, ready+` && document.getElementById('choix-indicateur').value === '`+id+`'`)
		got := evaluated[map[string]string](t, p, shownValues)
		want := maps.Clone(published[map[string]string{"regions": "region", "departements": "departement"}[level]+" "+year+" "+id])
		if france, ok := published["pays "+year+" "+id]; ok {
			want["France"] = france["France"]
		}
		for name, value := range want {
			if shown, ok := got[name]; !ok || !sameNumber(shown, value) {
				t.Errorf("%s, %s, %s: %s shows %q, want %q", id, level, year, name, shown, value)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s, %s, %s: %d rows, want %d", id, level, year, len(got), len(want))
		}
	}
	for _, fault := range p.complaints() {
		t.Error(fault)
	}
}

var printedArea = regexp.MustCompile(`class="map-area ([a-z0-9]+)" data-code="([0-9AB]+)"`)

func TestTheExplorerDrawsTheClassesOfThePrintedMap(t *testing.T) {
	browser, origin := window(t), serve(t, built(t))
	for path, query := range map[string]string{
		"taux_couverture/": "?indicateur=taux_couverture&niveau=regions&annee=2023", "part_handicap_essms/departements/": "?indicateur=part_handicap_essms&niveau=departements&annee=2023",
	} {
		html, err := os.ReadFile(filepath.Join(built(t), "2023", "indicateurs", filepath.FromSlash(path), "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		printed, counted := map[string]string{}, map[string]int{}
		first, _, _ := strings.Cut(string(html), "</svg>")
		if i := strings.Index(string(html), `<svg xmlns="http://www.w3.org/2000/svg" class="map map-classes`); i >= 0 {
			first, _, _ = strings.Cut(string(html)[i:], "</svg>")
		}
		for _, m := range printedArea.FindAllStringSubmatch(first, -1) {
			printed[m[2]] = m[1]
			counted[m[1]]++
		}
		if len(printed) < 18 {
			t.Fatalf("%s: %d areas on the printed map", path, len(printed))
		}
		values, err := url.ParseQuery(query[1:])
		if err != nil {
			t.Fatal(err)
		}
		var sheet struct{ Areas []struct{ Code string } }
		var data struct {
			Levels map[string]struct {
				Years map[string]struct {
					Class  []int
					Legend []struct {
						Index         int
						Class, Colour string
					}
				}
			}
		}
		for name, into := range map[string]any{values.Get("niveau"): &sheet, values.Get("indicateur"): &data} {
			read, err := os.ReadFile(filepath.Join(built(t), "2023", "explorer", name+".json"))
			if err == nil {
				err = json.Unmarshal(read, into)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		view := data.Levels[values.Get("niveau")].Years["2023"]
		names := map[int]string{0: "nd"}
		for _, c := range view.Legend {
			names[c.Index] = c.Class
		}
		for i, a := range sheet.Areas {
			if got := names[view.Class[i]]; got != printed[a.Code] {
				t.Errorf("%s %s: class %q, want %q", path, a.Code, got, printed[a.Code])
			}
		}
		// What is drawn: as many areas of each colour, hatched ones by their pattern.
		p := open(t, browser, origin+"/2023/explorer/"+query, withScripts, 1280)
		waitFor(t, p, ready)
		drawn := evaluated[map[string]int](t, p, `(() => {
			const counts = {};
			const colourOf = (fill) => fill.startsWith('url(') ? document.querySelector(fill.slice(4, -1)).querySelector('rect').getAttribute('fill') : fill;
			const classes = [...document.querySelectorAll('.explorer .legend svg.swatch rect')].map((r) => [getComputedStyle(r).fill, r.getAttribute('class')]);
			const rgb = (colour) => { const e = document.createElement('i'); e.style.color = colour; document.body.append(e); const v = getComputedStyle(e).color; e.remove(); return v; };
			const seen = new Set();
			document.querySelectorAll('.explorer-canvas path').forEach((path) => {
				const fill = path.getAttribute('fill');
				if (!fill || fill === 'none') return;
				const found = classes.find(([colour]) => colour === rgb(colourOf(fill)));
				if (found) counts[found[1]] = (counts[found[1]] ?? 0) + 1;
			});
			return counts;
		})()`)
		for class, n := range counted {
			if class != "nd" && drawn[class] != n {
				t.Errorf("%s: %d areas drawn in %s, want %d (drawn %v)", path, drawn[class], class, n, drawn)
			}
		}
	}
}

func TestRegionsAreComparedByKeyboard(t *testing.T) {
	published := csvValues(t)
	p := open(t, window(t), serve(t, built(t))+"/2023/comparer/", withScripts, 1280)
	tick := func(name string) {
		t.Helper()
		evaluated[chromedp.Void](t, p, `void document.querySelector('[name="regions"][value="`+name+`"]').focus()`)
		keys(t, p, " ")
	}
	shown := `document.querySelectorAll('.comparer-result tbody tr').length > 30 && document.querySelectorAll('.comparer-result table')[0].tHead.rows[0].cells.length === `
	tick("corse")
	tick("bretagne")
	waitFor(t, p, shown+"5")
	if got := evaluated[string](t, p, `location.search`); got != "?regions=corse,bretagne" {
		t.Errorf("address = %q, want the regions in the order of the choice", got)
	}
	tick("mayotte")
	tick("normandie")
	waitFor(t, p, shown+"7")
	tick("occitanie")
	waitFor(t, p, `document.getElementById('comparateur-etat').textContent.includes('Quatre régions au plus')`)
	if got := evaluated[int](t, p, `document.querySelectorAll('[name="regions"]:checked').length`); got != 4 {
		t.Errorf("%d regions chosen, want 4 at most", got)
	}
	for _, violation := range p.axe(t) {
		t.Error(violation)
	}
	evaluated[chromedp.Void](t, p, `void history.back()`)
	waitFor(t, p, shown+"6")
	if err := chromedp.Do(p.ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	waitFor(t, p, shown+"6")
	if got := evaluated[string](t, p, `[...document.querySelector('.comparer-result thead tr').cells].map((c) => c.textContent).join(' ')`); got != "Indicateur Corse Bretagne Mayotte France Position" {
		t.Errorf("columns = %q", got)
	}

	got := evaluated[map[string][]string](t, p, `Object.fromEntries([...document.querySelectorAll('.comparer-result tbody tr')].map((r) => [
		r.cells[0].querySelector('a').href.match(/indicateurs\/(.*)\//)[1], [...r.cells].slice(1, 5).map((c) => c.dataset.sort ?? '')]))`)
	if len(got) < 30 {
		t.Fatalf("%d indicators compared, want all those of regions", len(got))
	}
	for id, values := range got {
		regions := published["region 2023 "+id]
		want := []string{regions["Corse"], regions["Bretagne"], regions["Mayotte"], published["pays 2023 "+id]["France"]}
		if !slices.EqualFunc(values, want, sameNumber) {
			t.Errorf("%s: %q, want %q", id, values, want)
		}
	}

	// The file holds what the page shows.
	saved := evaluated[string](t, p, `(async () => {
		let blob; const make = URL.createObjectURL; URL.createObjectURL = (b) => { blob = b; return make.call(URL, b); };
		HTMLAnchorElement.prototype.click = () => {};
		document.querySelector('.comparer-tools button').click();
		return blob.text();
	})()`)
	rows, err := csv.NewReader(strings.NewReader(saved)).ReadAll()
	if err != nil || len(rows) < 100 || rows[1][3] != "94" || !sameNumber(rows[1][7], published["region 2023 "+rows[1][5]]["Corse"]) {
		t.Errorf("saved %d rows, the first %q (%v)", len(rows), rows[min(1, len(rows)-1)], err)
	}
	for _, fault := range p.complaints() {
		t.Error(fault)
	}
}

func TestTheExplorerAndTheComparisonWorkFromADisk(t *testing.T) {
	dir := t.TempDir()
	for _, part := range []string{"assets", "2023/explorer", "2023/comparer"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(built(t), part))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"explorer", "comparer"} {
		files, err := filepath.Glob(filepath.Join(dir, "2023", name, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d data files (%v)", name, len(files), err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err == nil {
				err = os.WriteFile(f+".js", slices.Concat([]byte("atlas.receive("), data, []byte(");\n")), 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	browser := window(t)
	for address, done := range map[string]string{
		"/2023/explorer/index.html?indicateur=taux_couverture&niveau=regions&annee=2022&territoire=corse": ready,
		"/2023/comparer/index.html?regions=corse,bretagne":                                                `document.querySelectorAll('.comparer-result tbody tr').length > 30`,
	} {
		ctx, cancel := chromedp.NewContext(browser)
		t.Cleanup(cancel)
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+dir+address)); err != nil {
			t.Fatal(err)
		}
		p := &tab{ctx: ctx}
		waitFor(t, p, done)
		if links := evaluated[[]string](t, p, `[...document.querySelectorAll('.explorer-links a, .comparer-result a')].map((a) => a.pathname).filter((h) => !h.endsWith('.html'))`); len(links) > 1 {
			t.Errorf("%s: links to directories %q", address, links)
		}
	}
}
