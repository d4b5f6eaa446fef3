package browser

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	headers "esms.example/atlas/internal/site"
)

// EcoIndex, the score that French public services measure the sobriety of their pages with: its quantiles of
// elements, requests and kilobytes over the pages of HTTP Archive are those that the collectif Conception numérique
// responsable publishes (GreenIT-Analysis, ecoIndex.js), its grades those of ecoindex.fr.
var ecoQuantiles = struct{ elements, requests, kilobytes []float64 }{
	elements: []float64{0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601},
	requests: []float64{0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920},
	kilobytes: []float64{0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06,
		2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26},
}

var ecoGrades = []struct {
	above float64
	grade string
}{{80, "A"}, {70, "B"}, {55, "C"}, {40, "D"}, {25, "E"}, {10, "F"}}

// weight is what a page costs before any interaction.
type weight struct {
	elements, requests int // elements outside its drawings
	bytes              int // of all answers, compressed
	text               int // of them, those that are not fonts
}

func (w weight) String() string {
	return fmt.Sprintf("%d elements, %d requests, %.0f kB (%.0f without fonts): EcoIndex %.1f %s",
		w.elements, w.requests, float64(w.bytes)/1000, float64(w.text)/1000, w.score(), w.grade())
}

func (w weight) score() float64 {
	q := ecoQuantiles
	return 100 - 5*(3*rankIn(q.elements, float64(w.elements))+2*rankIn(q.requests, float64(w.requests))+rankIn(q.kilobytes, float64(w.bytes)/1000))/6
}

func (w weight) grade() string {
	for _, g := range ecoGrades {
		if w.score() > g.above {
			return g.grade
		}
	}
	return "G"
}

// rankIn is the place of a value among quantiles, 0 to 20.
func rankIn(quantiles []float64, x float64) float64 {
	for i, q := range quantiles {
		if i > 0 && x < q {
			return float64(i-1) + (x-quantiles[i-1])/(q-quantiles[i-1])
		}
	}
	return float64(len(quantiles) - 1)
}

func TestEcoIndexIsThatOfItsAuthors(t *testing.T) {
	for _, c := range []struct {
		weight
		score float64
		grade string
	}{
		{weight{elements: 0, requests: 0, bytes: 0}, 100, "A"},
		{weight{elements: 47, requests: 2, bytes: 1370}, 95, "A"},
		{weight{elements: 603, requests: 78, bytes: 1_448_320}, 50, "D"},
		{weight{elements: 750_000, requests: 5000, bytes: 300_000_000}, 0, "G"},
	} {
		if got := c.weight.score(); got < c.score-0.01 || got > c.score+0.01 || c.weight.grade() != c.grade {
			t.Errorf("%s, want %.1f %s", c.weight, c.score, c.grade)
		}
	}
}

// serveCompressed serves a directory as the web servers do whose settings the build writes: the compressed
// neighbour of a file, where there is one.
func serveCompressed(t *testing.T, dir string) string {
	t.Helper()
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range headers.Headers() {
			w.Header().Set(h.Name, h.Value)
		}
		name := r.URL.Path
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		if zipped, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path.Clean(name))+".gz")); err == nil {
			w.Header().Set("Content-Type", map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
				".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json"}[path.Ext(name)])
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zipped)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// weigh opens a page with an empty cache and counts all that it loads.
func weigh(t *testing.T, browser context.Context, address string) weight {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var w weight
	fonts := map[network.RequestID]bool{}
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "data:") {
				w.requests++
			}
			fonts[e.RequestID] = strings.HasSuffix(e.Request.URL, ".woff2")
		case *network.EventLoadingFinished:
			w.bytes += int(e.EncodedDataLength)
			if !fonts[e.RequestID] {
				w.text += int(e.EncodedDataLength)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		t.Fatal(err)
	}
	limited, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	if err := chromedp.Do(limited, chromedp.EmulateViewport(1920, 1080), chromedp.Navigate(address)); err != nil {
		t.Fatalf("opening %s: %v", address, err)
	}
	time.Sleep(150 * time.Millisecond) // what scripts load after the page
	elements, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll('*').length - document.querySelectorAll('svg *').length`))
	if err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	w.elements = elements
	return w
}

// heaviest is the page of a kind that has the most elements outside its drawings.
func heaviest(t *testing.T, kind string) string {
	t.Helper()
	most, found := 0, ""
	err := fs.WalkDir(os.DirFS(built(t)), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) != "index.html" || kindOf(name) != kind {
			return err
		}
		if n := elementsOf(t, filepath.Join(built(t), filepath.FromSlash(name))); n > most {
			most, found = n, strings.TrimSuffix(name, "index.html")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if most == 0 {
		t.Fatalf("no page of the kind %s", kind)
	}
	return found
}

// elementsOf counts the elements of a file outside its drawings.
func elementsOf(t *testing.T, name string) int {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	root, err := html.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	var count func(*html.Node) int
	count = func(n *html.Node) int {
		total := 0
		if n.Type == html.ElementNode {
			if total++; n.Data == "svg" {
				return total
			}
		}
		for c := range n.ChildNodes() {
			total += count(c)
		}
		return total
	}
	return count(root)
}

// TestPagesKeepTheirBudgets weighs the heaviest page of each kind that a reader meets first. The views by department
// and the projects hold a table of a hundred rows: they are held to what such tables cost.
func TestPagesKeepTheirBudgets(t *testing.T) {
	const requests, bytes, text = 10, 300_000, 50_000 // of any page; text: HTML, styles, script, without fonts
	origin, browser := serveCompressed(t, built(t)), window(t)
	for _, budget := range []struct{ kind, worst string }{
		{"", "A"}, {"*/", "A"}, {"*/indicateurs/*/", "A"}, {"*/indicateurs/*/annees/", "A"}, {"*/indicateurs/*/croisement/", "A"},
		{"*/indicateurs/*/departements/", "C"}, {"*/regions/*/", "B"}, {"*/regions/*/indicateurs/", "B"},
		{"*/departements/*/", "C"}, {"*/projets/*/", "C"}, {"*/explorer/", "B"}, {"*/comparer/", "B"},
	} {
		page := heaviest(t, budget.kind)
		w := weigh(t, browser, origin+"/"+page)
		t.Logf("/%s: %s", page, w)
		if w.grade() > budget.worst {
			t.Errorf("/%s: %s, want %s at least", page, w, budget.worst)
		}
		if w.requests > requests || w.bytes > bytes {
			t.Errorf("/%s: %s, want at most %d requests and %d bytes", page, w, requests, bytes)
		}
		if strings.Contains(page, "/regions/") && w.text > text {
			t.Errorf("/%s: %s, want at most %d bytes of text", page, w, text)
		}
	}
}

// TestPagesServedCompressedAreThoseOnDisk wants the compressed neighbours that the budgets are measured with.
func TestPagesServedCompressedAreThoseOnDisk(t *testing.T) {
	for _, name := range []string{"index.html", "2023/regions/bretagne/index.html"} {
		plain, err := os.ReadFile(filepath.Join(built(t), name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(filepath.Join(built(t), name+".gz"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		zipped, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if _, err := io.Copy(&got, zipped); err != nil || got.String() != string(plain) {
			t.Errorf("%s.gz is not %s compressed (%v)", name, name, err)
		}
	}
}
