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
	blocks, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](paleBlocks))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		faults = append(faults, "pale: "+b)
	}
	return faults
}
