package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTheSiteKeepsNothingOfItsReaders looks, on every kind of page, once its scripts have run, for all that a
// browser may keep. The pages are served with the headers that the build writes for web servers.
func TestTheSiteKeepsNothingOfItsReaders(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, p := range kinds(t) {
		t.Run("/"+p, func(t *testing.T) {
			kept, err := chromedp.Run(open(t, browser, origin+"/"+p, withScripts, 1280).ctx, chromedp.Evaluate[string](keptByBrowser, chromedp.EvalAwaitPromise))
			if err != nil || kept != "" {
				t.Errorf("the browser keeps %q (%v), want nothing", kept, err)
			}
		})
	}
}

func TestWhatABrowserKeepsIsSeen(t *testing.T) {
	browser := window(t)
	for _, c := range []struct{ script, want string }{ // the cookie comes last: it belongs to the machine, whatever the port
		{`1`, ""}, {`localStorage.setItem('a', '1')`, "localStorage"}, {`sessionStorage.setItem('a', '1')`, "sessionStorage"},
		{`new Promise((done) => { indexedDB.open('a').onsuccess = () => done(1) })`, "indexedDB"}, {`document.cookie = 'a=1'`, "cookie"},
	} {
		tab := open(t, browser, serve(t, handmade(t, ``))+"/", withScripts, 1280)
		if _, err := chromedp.Run(tab.ctx, chromedp.Evaluate[chromedp.Void](c.script, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
		if kept, err := chromedp.Run(tab.ctx, chromedp.Evaluate[string](keptByBrowser, chromedp.EvalAwaitPromise)); err != nil || kept != c.want {
			t.Errorf("%s: got %q (%v), want %q", c.script, kept, err, c.want)
		}
	}
}

// keptByBrowser names the stores of the browser that are not empty.
const keptByBrowser = `(async () => [
	['cookie', document.cookie.length], ['localStorage', localStorage.length], ['sessionStorage', sessionStorage.length],
	['indexedDB', (await indexedDB.databases()).length], ['caches', (await caches.keys()).length],
	['service worker', (await navigator.serviceWorker.getRegistrations()).length],
].filter(([, n]) => n > 0).map(([name]) => name).join(' '))()`
