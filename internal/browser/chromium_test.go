package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	headers "esms.example/atlas/internal/site"
)

// chromium finds the browser, or says what to do. Only ATLAS_SANS_NAVIGATEUR=1 lets the tests go without it.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); name != "" && err == nil {
			return found
		}
	}
	if os.Getenv("ATLAS_SANS_NAVIGATEUR") == "1" {
		fmt.Fprintf(os.Stderr, "ATTENTION : ATLAS_SANS_NAVIGATEUR=1, %s n’est PAS passé.\n", t.Name())
		t.Skip("ATLAS_SANS_NAVIGATEUR=1")
	}
	t.Fatal("Chromium est introuvable : sudo apt-get install chromium, ou donnez son chemin dans CHROMIUM " +
		"(ATLAS_SANS_NAVIGATEUR=1 passe outre)")
	return ""
}

// window starts a browser, which ends with the test.
func window(t *testing.T) context.Context {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stopAllocator)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return ctx
}

// serve serves a directory over loopback under the strict policy, as a web server would.
func serve(t *testing.T, dir string) string {
	t.Helper()
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range headers.Headers() {
			w.Header().Set(h.Name, h.Value)
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// scripting says whether a page may run its scripts.
type scripting bool

const (
	withScripts    scripting = true
	withoutScripts scripting = false
)

// tab is an open page and all that it complained of.
type tab struct {
	ctx context.Context

	mu     sync.Mutex
	faults []string
}

// open loads a page in a tab of its own, of that width, and waits until it is quiet.
func open(t *testing.T, browser context.Context, address string, scripts scripting, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	p := &tab{ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	origin := address[:strings.Index(address[len("http://"):], "/")+len("http://")]
	if err := chromedp.Listen(ctx, func(event any) { p.hear(event, origin) }); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: scripts == withoutScripts}); err != nil {
		t.Fatal(err)
	}
	limited, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	if err := chromedp.Do(limited, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address)); err != nil {
		t.Fatalf("opening %s: %v", address, err)
	}
	time.Sleep(150 * time.Millisecond) // what scripts do after the load
	return p
}

// hear notes what is a fault: any message, exception, failed or foreign request.
func (p *tab) hear(event any, origin string) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		var words []string
		for _, a := range e.Args {
			words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
		}
		p.note("console %s: %s", e.Type, strings.Join(words, " "))
	case *runtime.EventExceptionThrown:
		p.note("exception: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.note("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	case *network.EventLoadingFailed:
		if !e.Canceled || e.BlockedReason != "" {
			p.note("request failed: %s %s", e.ErrorText, e.BlockedReason)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, origin+"/") && !strings.HasPrefix(e.Request.URL, "data:") {
			p.note("request to another origin: %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 && !strings.HasSuffix(e.Response.URL, "/favicon.ico") {
			p.note("status %d: %s", e.Response.Status, e.Response.URL)
		}
	}
}

func (p *tab) note(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

func (p *tab) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.faults)
}

// overflow returns the widest elements that make the page scroll sideways; none when it does not.
func (p *tab) overflow(t *testing.T) []string {
	t.Helper()
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return [];
		const beyond = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1);
		return ['page ' + document.documentElement.scrollWidth + ' px wide'].concat(beyond.slice(0, 5).map(
			(e) => e.tagName + '.' + (e.getAttribute('class') ?? '') + ' to ' + Math.round(e.getBoundingClientRect().right)));
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// axe returns the violations of WCAG 2.2 A and AA, and of RGAA 4, that axe-core finds.
func (p *tab) axe(t *testing.T) []string {
	t.Helper()
	return p.axeBut(t)
}

// runAxe runs axe-core with the options of its rules, as JSON.
func (p *tab) runAxe(t *testing.T, rules string) []string {
	t.Helper()
	source, err := os.ReadFile("../../assets/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core manque (%v) ; lancez : npm ci --ignore-scripts --prefix assets", err)
	}
	// Loaded once a page, it stays.
	if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[chromedp.Void]("if (!window.axe) { "+string(source)+" }")); err != nil {
		t.Fatal(err)
	}
	answer, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4'], resultTypes: ['violations'], rules: `+rules+`,
	}).then((r) => JSON.stringify(r.violations.map((v) =>
		v.id + ': ' + v.help + ' (' + v.nodes.length + '): ' + v.nodes.slice(0, 3).map((n) => n.target + ' ' + n.html.slice(0, 160)).join(' | '))))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var violations []string
	if err := json.Unmarshal([]byte(answer), &violations); err != nil {
		t.Fatal(err)
	}
	return violations
}
