package browser

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// audit is what must hold of a page once it is open, whatever its width: an expression that returns its faults.
type audit struct{ name, script string }

// structure holds what no checker demands, or not all of them: RGAA 8.3, 8.5, 9.1, 9.2, 12.6, 12.7, 1.9, 5.4, 5.7.
var structure = audit{"structure", `(() => {
	const faults = [], all = (s) => [...document.querySelectorAll(s)];
	const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' « ' + e.textContent.trim().slice(0, 40) + ' »';
	const seen = (e) => e.checkVisibility({visibilityProperty: true});
	if (document.documentElement.lang !== 'fr') faults.push('language ' + document.documentElement.lang);
	if (document.title.trim() === '') faults.push('no title');
	const embedded = document.documentElement.matches('.embedded');
	for (const [selector, want] of [['h1', 1], ['main', 1]].concat(embedded ? [] : [['body > header', 1], ['body > footer', 1], ['.skip', 1]])) {
		const n = all(selector).length;
		if (n !== want) faults.push(n + ' ' + selector + ', want ' + want);
	}
	let level = 0;
	for (const h of all('h1, h2, h3, h4, h5, h6').filter(seen)) {
		const now = Number(h.tagName[1]);
		if (now > level + 1) faults.push('level skipped before ' + name(h));
		if (h.textContent.trim() === '') faults.push('empty ' + name(h));
		level = now;
	}
	const ids = new Set();
	for (const e of all('[id]')) {
		if (ids.has(e.id)) faults.push('id twice: ' + e.id);
		ids.add(e.id);
	}
	for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers']) {
		for (const e of all('[' + attribute + ']')) for (const id of e.getAttribute(attribute).split(/\s+/)) {
			if (!ids.has(id)) faults.push(attribute + ' of ' + name(e) + ' names ' + id + ', which is nowhere');
		}
	}
	for (const table of all('table')) {
		if (!table.caption || table.caption.textContent.trim() === '') faults.push('no caption: ' + name(table));
		for (const th of table.querySelectorAll('th')) if (!th.scope) faults.push('no scope: ' + name(th));
	}
	for (const figure of all('figure')) {
		const caption = figure.querySelector('figcaption');
		if (figure.getAttribute('role') !== 'figure' || !caption || figure.getAttribute('aria-label') !== caption.textContent.trim())
			faults.push('figure without its caption for name: ' + name(figure));
	}
	for (const svg of all('svg')) {
		if (!svg.closest('[aria-hidden="true"], [role="img"], [role="group"]')) faults.push('drawing without role: ' + name(svg.parentElement));
	}
	const positive = all('[tabindex]').filter((e) => e.tabIndex > 0);
	if (positive.length > 0) faults.push('focus out of the order of the page: ' + name(positive[0]));
	return [...new Set(faults)].slice(0, 10);
})()`}

// focus wants what the keyboard reaches to be seen when it is: two elements of each look, since pages have thousands.
var focus = audit{"focus", `(() => {
	const faults = [];
	const look = (e) => {
		const s = getComputedStyle(e);
		return [s.outlineStyle === 'none' ? '' : s.outlineStyle + s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.stroke, s.strokeWidth].join();
	};
	const looks = (e) => look(e) + (e instanceof SVGElement ? [...e.querySelectorAll('*')].map(look).join() : '');
	const kinds = new Map();
	for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
		if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) continue;
		const kind = [e, e.parentElement, e.closest('section, nav, footer, header')].map((x) => x ? x.tagName + (x.getAttribute('class') ?? '') : '').join(' ');
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
		if (kinds.get(kind) > 2) continue;
		const before = looks(e);
		e.focus({preventScroll: true});
		if (document.activeElement !== e) { faults.push('takes no focus: ' + e.outerHTML.slice(0, 100)); continue; }
		if (looks(e) === before) faults.push('focus is not seen: ' + e.outerHTML.slice(0, 100));
		const box = e.getBoundingClientRect();
		if (box.width === 0 || box.height === 0) faults.push('focus on nothing: ' + e.outerHTML.slice(0, 100));
		e.blur();
	}
	return [...new Set(faults)].slice(0, 6);
})()`}

// spacing sets the text as WCAG 1.4.12 lets readers set it, and wants nothing cut off.
var spacing = audit{"text spacing", `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('*:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
		' p { margin-block-end: 2em !important }');
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	const faults = [];
	for (const e of document.querySelectorAll('body *:not(svg, svg *)')) {
		if (!e.checkVisibility() || e.closest('.hidden, .skip')) continue;
		const s = getComputedStyle(e);
		const cut = (way, inner, outer) => ['hidden', 'clip'].includes(way) && inner > outer + 2 && outer > 1;
		if ([...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== '') &&
			(cut(s.overflowX, e.scrollWidth, e.clientWidth) || cut(s.overflowY, e.scrollHeight, e.clientHeight)))
			faults.push('cut off: ' + e.outerHTML.slice(0, 120));
	}
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth > width)
		faults.push('page ' + document.documentElement.scrollWidth + ' px wide: ' + [...document.querySelectorAll('body *')].filter(
			(e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll')).slice(0, 4).map((e) => e.tagName + '.' + (e.getAttribute('class') ?? '')).join(' '));
	document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
	return faults.slice(0, 6);
})()`}

// stillness wants nothing to move for readers who asked for it.
var stillness = audit{"reduced motion", `(() => {
	const faults = [], lasts = (s) => s.split(',').some((d) => parseFloat(d) * (d.trim().endsWith('ms') ? 1 : 1000) > 10);
	if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['reduced motion is not emulated'];
	const looked = new Map(); // of each look, a few: pages have thousands of elements
	for (const e of document.querySelectorAll('*')) {
		const kind = e.tagName + (e.getAttribute('class') ?? '');
		looked.set(kind, (looked.get(kind) ?? 0) + 1);
		if (looked.get(kind) > 5) continue;
		const s = getComputedStyle(e);
		if (s.animationName !== 'none' && lasts(s.animationDuration) || lasts(s.transitionDuration) || s.scrollBehavior === 'smooth')
			faults.push('moves: ' + e.outerHTML.slice(0, 100));
	}
	return faults.slice(0, 4);
})()`}

// faultsOf runs audits in an open page.
func (p *tab) faultsOf(t *testing.T, audits ...audit) []string {
	t.Helper()
	var out []string
	for _, a := range audits {
		found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](a.script))
		if err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
		for _, f := range found {
			out = append(out, a.name+": "+f)
		}
	}
	return out
}

// resize gives the page another width.
func (p *tab) resize(t *testing.T, width int64) {
	t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
}

// inspect lets a page that was opened without scripts be looked into: its own scripts do not run any more.
func (p *tab) inspect(t *testing.T) {
	t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{}); err != nil {
		t.Fatal(err)
	}
}

// calm opens the page as a reader sees it whose system asks for reduced motion.
func (p *tab) calm(t *testing.T) {
	t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
	}); err != nil {
		t.Fatal(err)
	}
}

// sound returns the faults of a page at the widths of a telephone, a tablet and a screen, with its scripts and
// without. Colours do not change with the width: they are looked at once, in each theme.
func sound(t *testing.T, with, without *tab) []string {
	t.Helper()
	var out []string
	note := func(where string, faults []string) {
		for _, f := range faults {
			out = append(out, where+": "+f)
		}
	}
	note("at 1280 px", append(with.axe(t), with.faultsOf(t, structure, focus)...))
	note("in dark colours", with.darkFaults(t))
	with.calm(t)
	with.resize(t, 768)
	note("at 768 px", append(with.overflow(t), with.faultsOf(t, stillness)...))
	with.resize(t, 320)
	note("at 320 px", append(with.overflow(t), with.axeBut(t, "color-contrast")...))
	note("at 320 px", with.faultsOf(t, spacing))
	without.inspect(t)
	note("without scripts", without.faultsOf(t, structure))
	without.resize(t, 768)
	note("without scripts at 768 px", append(without.overflow(t), without.axeBut(t, "color-contrast")...))
	without.resize(t, 320)
	note("without scripts at 320 px", append(without.overflow(t), without.faultsOf(t, spacing)...))
	return out
}

func TestFaultsOfAccessibilityAreSeen(t *testing.T) {
	browser := window(t)
	for name, c := range map[string]struct {
		audit
		body, want string // "" when there is none
	}{
		"sound":          {structure, `<h2>a</h2><table><caption>b</caption><tr><th scope="row">c</th><td>d</td></tr></table>`, ""},
		"skipped level":  {structure, `<h3>a</h3>`, "level skipped"},
		"two h1":         {structure, `<h1>a</h1>`, "2 h1"},
		"id twice":       {structure, `<p id="a"></p><p id="a"></p>`, "id twice: a"},
		"broken name":    {structure, `<div role="region" aria-labelledby="b"></div>`, "names b"},
		"no caption":     {structure, `<table><tr><td>a</td></tr></table>`, "no caption"},
		"no scope":       {structure, `<table><caption>b</caption><tr><th>a</th></tr></table>`, "no scope"},
		"figure":         {structure, `<figure role="figure" aria-label="a"><figcaption>b</figcaption></figure>`, "figure without"},
		"order":          {structure, `<a href="#a" tabindex="1">a</a>`, "focus out of the order"},
		"focus":          {focus, `<a href="#a">a</a>`, ""},
		"focus unseen":   {focus, `<link rel="stylesheet" href="unseen.css"><a href="#a">a</a>`, "focus is not seen"},
		"spacing":        {spacing, `<p>aaaa</p>`, ""},
		"cut off":        {spacing, `<link rel="stylesheet" href="cut.css"><p>aaaa bbbb cccc</p>`, "cut off"},
		"still":          {stillness, `<p>a</p>`, ""},
		"moving":         {stillness, `<link rel="stylesheet" href="moving.css"><p>a</p>`, "moves"},
		"drawing":        {structure, `<p><svg width="9" height="9"></svg></p>`, "drawing without role"},
		"hidden drawing": {structure, `<p><svg aria-hidden="true" width="9" height="9"></svg></p>`, ""},
	} {
		dir := handmade(t, c.body)
		for file, css := range map[string]string{
			"unseen.css": `a:focus { outline: none }`, "moving.css": `p { transition: color 2s }`,
			"cut.css": `p { overflow: hidden; height: 1.2em; line-height: 1.2; width: 9em }`,
		} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(css), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		tab := open(t, browser, serve(t, dir)+"/", withScripts, 1280)
		tab.calm(t)
		var got []string
		for _, f := range tab.faultsOf(t, c.audit) {
			if !strings.HasPrefix(f, "structure: 0 ") { // a handmade page has neither header nor footer
				got = append(got, f)
			}
		}
		if joined := strings.Join(got, "\n"); (joined == "") != (c.want == "") || !strings.Contains(joined, c.want) {
			t.Errorf("%s: %q, want %q", name, joined, c.want)
		}
	}
}

// press strikes a key as a keyboard does.
func (p *tab) press(t *testing.T, key string, code int64) {
	t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		params := input.DispatchKeyEventParams{Type: kind, Key: key, Code: key, WindowsVirtualKeyCode: code}
		if key == "Enter" && kind == input.DispatchKeyEventTypeKeyDown {
			params.Text = "\r"
		}
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, params); err != nil {
			t.Fatal(err)
		}
	}
}

const underFocus = `(document.activeElement.textContent || document.activeElement.getAttribute('aria-label') || '').trim().slice(0, 40)`

// TestKeyboardGoesWhereItSays walks a page with the keys alone: the ways to skip, the menu, a folded table, a
// sorted one.
func TestKeyboardGoesWhereItSays(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	home := origin + "/2023/"
	for i, target := range []string{"contenu", "menu", "pied"} {
		tab := open(t, browser, home, withScripts, 1280)
		for range i + 1 {
			tab.press(t, "Tab", 9)
		}
		if box := evaluated[float64](t, tab, `document.activeElement.getBoundingClientRect().height`); box < 24 {
			t.Errorf("skip link %d is %.0f px high under the focus, want it seen", i+1, box)
		}
		tab.press(t, "Enter", 13)
		if got := evaluated[string](t, tab, `document.activeElement.id`); got != target {
			t.Errorf("skip link %d leads the focus to %q, want %q", i+1, got, target)
		}
		tab.press(t, "Tab", 9)
		if !evaluated[bool](t, tab, `document.getElementById('`+target+`').contains(document.activeElement)`) {
			t.Errorf("after skip link %d, Tab leads to « %s », want it inside %s", i+1, evaluated[string](t, tab, underFocus), target)
		}
	}
	tab := open(t, browser, home, withScripts, 1280)
	const order = `[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter((e) => e.checkVisibility({visibilityProperty: true}))`
	for i := range 24 { // the ways to skip, the header, the menu, the first links
		tab.press(t, "Tab", 9)
		if got := evaluated[int](t, tab, order+`.indexOf(document.activeElement)`); got != i {
			t.Fatalf("Tab %d leads to element %d, « %s »: want the order of the page", i+1, got, evaluated[string](t, tab, underFocus))
		}
	}
	evaluated[bool](t, tab, `(document.querySelector('summary').focus(), true)`)
	tab.press(t, "Enter", 13)
	if !evaluated[bool](t, tab, `document.querySelector('details').open`) {
		t.Error("Enter does not unfold the table of the map")
	}
	evaluated[bool](t, tab, `(document.querySelector('details th button').focus(), true)`)
	tab.press(t, "Enter", 13)
	if got := evaluated[string](t, tab, `document.querySelector('details th').getAttribute('aria-sort') + ', ' + document.querySelector('details [role=status]').textContent`); !strings.HasPrefix(got, "ascending, Tableau trié par Région") {
		t.Errorf("Enter on a header of the table: %q, want it sorted and said", got)
	}
}

var titleOf = regexp.MustCompile(`(?s)<title>(.*?)</title>`)

// TestTitlesOfPagesAreUnique reads all pages, but for the figures that stand inside the pages of others.
func TestTitlesOfPagesAreUnique(t *testing.T) {
	pages := map[string]string{}
	err := fs.WalkDir(os.DirFS(built(t)), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" || strings.Contains(name, "/integrer/") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(built(t), filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		title := titleOf.FindSubmatch(data[:min(len(data), 4096)])
		if title == nil || len(bytes.TrimSpace(title[1])) == 0 {
			t.Errorf("%s has no title", name)
			return nil
		}
		if other, twice := pages[string(title[1])]; twice {
			t.Errorf("%s and %s have the same title, « %s »", name, other, title[1])
		}
		pages[string(title[1])] = name
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 100 {
		t.Errorf("%d titles, want those of the whole site", len(pages))
	}
}

// axeBut returns the violations that axe-core finds, but for some rules.
func (p *tab) axeBut(t *testing.T, rules ...string) []string {
	t.Helper()
	off := map[string]map[string]bool{"target-size": {"enabled": true}}
	for _, r := range rules {
		off[r] = map[string]bool{"enabled": false}
	}
	options, err := json.Marshal(off)
	if err != nil {
		t.Fatal(err)
	}
	return p.runAxe(t, string(options))
}
