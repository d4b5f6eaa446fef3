package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// darken opens the page as a reader whose system is dark sees it.
func (p *tab) darken(t *testing.T) {
	t.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	}); err != nil {
		t.Fatal(err)
	}
}

// paleBlocks finds what is wide, visible and nearly white: what a dark page has forgotten. The pictures that
// readers take away stay as they are.
const paleBlocks = `(() => {
	const pale = (colour) => {
		const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
		return a > 0.5 && 0.2126 * r + 0.7152 * g + 0.0722 * b > 215;
	};
	const found = [];
	if (document.documentElement.matches('.embedded')) return found; // it stands on the ground of another site
	for (const e of document.querySelectorAll('html, body, body *')) {
		const box = e.getBoundingClientRect();
		if (box.width * box.height < 900 || e.closest('img, pattern, defs, .hidden, .map-areas, .map-small, .swatch') || e.querySelector(':scope > use')) continue;
		const style = getComputedStyle(e);
		const painted = e instanceof SVGGeometryElement ? style.fill : style.backgroundColor;
		if (style.visibility === 'visible' && pale(painted)) found.push(e.tagName + '.' + (e.getAttribute('class') ?? '') + ' ' + painted);
	}
	return [...new Set(found)].slice(0, 8);
})()`

// darkFaults opens the page in dark colours, and returns what is hard to read or still pale.
func (p *tab) darkFaults(t *testing.T) []string {
	t.Helper()
	p.darken(t)
	faults := p.axe(t)
	for _, b := range evaluate[[]string](t, p.ctx, paleBlocks) {
		faults = append(faults, "pale: "+b)
	}
	return faults
}

// TestPrintedPagesAreLightAndWhole prints as a reader of dark pages does.
func TestPrintedPagesAreLightAndWhole(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, p := range []string{"2023/", "2023/regions/bretagne/", "2023/explorer/", "2023/comparer/", "2023/projets/", "recherche/"} {
		tab := open(t, browser, origin+"/"+p, withScripts, 1280)
		if _, err := chromedp.Call(tab.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
		}); err != nil {
			t.Fatal(err)
		}
		faults := evaluate[[]string](t, tab.ctx, `(() => {
			const seen = (e) => e.checkVisibility({ visibilityProperty: true });
			const faults = [];
			const ground = getComputedStyle(document.body).backgroundColor;
			if (ground !== 'rgb(255, 255, 255)') faults.push('ground ' + ground);
			for (const e of document.querySelectorAll('.menu, .site-search, .crumbs, .explore, .take-away, .pager, .choices, .views, .chapters, .directory, .search-page'))
				if (seen(e)) faults.push('control ' + e.className);
			for (const table of document.querySelectorAll('.figure details table'))
				if (!seen(table) || table.getBoundingClientRect().height < 20) faults.push('folded table ' + table.caption.textContent);
			const ink = [...document.querySelectorAll('.chart text')].find((e) => e.getAttribute('fill') === '#1b1f24');
			if (ink && getComputedStyle(ink).fill !== 'rgb(27, 31, 36)') faults.push('text of a chart ' + getComputedStyle(ink).fill);
			return faults;
		})()`)
		for _, f := range faults {
			t.Errorf("/%s in print: %s", p, f)
		}
	}
}

// TestExploredChartsAreDarkOnADarkPage explores a chart as a reader of dark pages does.
func TestExploredChartsAreDarkOnADarkPage(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	tab := open(t, browser, origin+"/2023/", withScripts, 1280)
	tab.darken(t)
	if !evaluate[bool](t, tab.ctx, until(`document.querySelector('.explore')`)) {
		t.Fatal("no chart can be explored")
	}
	evaluate[bool](t, tab.ctx, `document.querySelector('.explore').click() ?? true`)
	if !evaluate[bool](t, tab.ctx, until(`document.querySelector('.chart-stage svg text')`)) {
		t.Fatal("no chart is explored")
	}
	evaluate[bool](t, tab.ctx, `document.querySelector('.chart-stage').focus() ?? true`)
	press(t, tab.ctx, kb.ArrowDown)
	tip := "[...document.querySelectorAll('.chart-stage text')].find((e) => e.textContent.includes('\u00a0: ') && !e.textContent.startsWith('France'))"
	if !evaluate[bool](t, tab.ctx, until(tip)) {
		t.Fatal("no value is told")
	}
	found := evaluate[map[string]string](t, tab.ctx, `(() => {
		const text = [...document.querySelectorAll('.chart-stage text')].find((e) => e.getAttribute('fill') === '#1b1f24');
		const page = getComputedStyle(document.body);
		const grounds = [...document.querySelectorAll('.chart-stage path')].map((e) => getComputedStyle(e).fill);
		return { text: getComputedStyle(text).fill, tip: getComputedStyle(`+tip+`).fill, ink: page.color, ground: grounds.find((f) => f === page.backgroundColor) ?? grounds.join(' ') };
	})()`)
	if found["text"] != found["ink"] || found["tip"] != found["ink"] || found["ground"] != "rgb(17, 23, 29)" {
		t.Errorf("colours of an explored chart = %v, want those of a dark page", found)
	}
}
