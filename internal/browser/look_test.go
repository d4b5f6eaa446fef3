package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
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
	found := evaluate[map[string]string](t, tab.ctx, `(async () => {
		const until = async (what) => { for (let i = 0; i < 200 && !what(); i++) await new Promise((r) => setTimeout(r, 25)); return what(); };
		const explore = await until(() => document.querySelector('.explore'));
		explore.click();
		const stage = await until(() => document.querySelector('.chart-stage svg text')?.closest('.chart-stage'));
		stage.focus();
		stage.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
		const tip = await until(() => [...stage.querySelectorAll('div')].find((e) => e.style.backgroundColor));
		const style = getComputedStyle(tip);
		return { text: getComputedStyle(stage.querySelector('svg text')).fill, tip: style.backgroundColor, tipText: style.color, paper: getComputedStyle(document.body).backgroundColor };
	})()`)
	if found["tip"] != found["paper"] || found["text"] == "rgb(27, 31, 36)" || found["tipText"] == "rgb(27, 31, 36)" {
		t.Errorf("colours of an explored chart = %v, want those of a dark page", found)
	}
}
