package browser

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var updateTrees = flag.Bool("update-trees", false, "rewrite the golden accessibility trees")

// mapped are pages that have, together, every kind of map.
var mapped = map[string]string{
	"regions-by-classes":      "2023/indicateurs/taux_versement/",
	"regions-around-france":   "2023/indicateurs/essms_pour_100000_habitants/",
	"regions-by-circles":      "2023/indicateurs/essms_finances/",
	"departments-by-classes":  "2023/indicateurs/part_handicap_essms/departements/",
	"departments-around":      "2023/indicateurs/taux_couverture/departements/",
	"departments-by-circles":  "2023/indicateurs/projets_regionaux/departements/",
	"departments-of-a-region": "2023/regions/bretagne/",
	"regions-by-year":         "2023/indicateurs/taux_couverture/annees/",
}

// heard lists what a screen reader says of the maps of a page: one line a node that is not ignored, indented as in the
// tree, its role, name and description.
func heard(t *testing.T, ctx context.Context) string {
	t.Helper()
	tree, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range tree.Nodes {
		nodes[n.NodeID] = n
	}
	value := func(v *accessibility.Value) string {
		if v == nil {
			return ""
		}
		var text string
		if err := json.Unmarshal(v.Value, &text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	var out strings.Builder
	var say func(n *accessibility.Node, depth int)
	say = func(n *accessibility.Node, depth int) {
		role := value(n.Role)
		if !n.Ignored && role != "StaticText" && role != "InlineTextBox" {
			fmt.Fprintf(&out, "%s%s « %s »", strings.Repeat("  ", depth), role, value(n.Name))
			if d := value(n.Description); d != "" {
				fmt.Fprintf(&out, " : %s", d)
			}
			out.WriteByte('\n')
			depth++
		}
		for _, id := range n.ChildIDs {
			say(nodes[id], depth)
		}
	}
	maps := evaluate[[]string](t, ctx, `[...document.querySelectorAll('svg.map:not([aria-hidden]) > title')].map((e) => e.textContent)`)
	for _, n := range tree.Nodes {
		if role := value(n.Role); !n.Ignored && slices.Contains(maps, value(n.Name)) && (role == "group" || role == "image" || role == "img") {
			say(n, 0)
		}
	}
	if out.Len() == 0 {
		t.Fatalf("no map among %d nodes, want some of %q", len(tree.Nodes), maps)
	}
	return out.String()
}

func TestScreenReadersHearEveryTerritoryOfAMapWithItsValue(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for name, p := range mapped {
		t.Run(name, func(t *testing.T) {
			got := heard(t, open(t, browser, origin+"/"+p, withScripts, 1280).ctx)
			file := filepath.Join("testdata", "maps", name+".golden")
			if *updateTrees {
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s: what is heard changed; review it with -update-trees and git diff\ngot:\n%s", file, got)
			}
		})
	}
}

// focused is the code of the focused territory of a map, the words of the bubble, and the row that lights up.
type focused struct{ Code, Bubble, Row string }

const readFocused = `(() => {
	const bubble = document.querySelector('.bubble');
	return {
		code: document.activeElement.dataset?.code ?? '',
		bubble: bubble && !bubble.hidden && bubble.offsetWidth > 0 ? bubble.innerText.replace('\n', ' | ') : '',
		row: document.querySelector('tr.here th')?.textContent ?? '',
	};
})()`

func TestArrowKeysWalkAMapFromNeighbourToNeighbour(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for name, test := range map[string]struct {
		page, from string
		keys       []string
		want       []string
	}{
		"regions": {"2023/indicateurs/essms_finances/", "53",
			[]string{kb.ArrowRight, kb.ArrowRight, kb.ArrowDown, kb.ArrowUp}, []string{"52", "24", "75", "52"}},
		"departments": {"2023/indicateurs/taux_couverture/departements/", "29",
			[]string{kb.ArrowRight, kb.ArrowRight, kb.ArrowDown}, []string{"22", "35", "44"}},
		"one region": {"2023/regions/bretagne/", "29", []string{kb.ArrowRight, kb.ArrowDown}, []string{"22", "56"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, browser, origin+"/"+test.page, withScripts, 1280)
			evaluate[bool](t, p.ctx, fmt.Sprintf(`(document.querySelector('svg.map .map-area[data-code="%s"]').focus(), true)`, test.from))
			for i, key := range test.keys {
				if err := chromedp.Do(p.ctx, chromedp.KeyEvent(key)); err != nil {
					t.Fatal(err)
				}
				got := evaluate[focused](t, p.ctx, readFocused)
				place, value, _ := strings.Cut(got.Bubble, " | ")
				if got.Code != test.want[i] || value == "" || !strings.HasPrefix(got.Row, place) {
					t.Fatalf("after key %d: %+v, want territory %s, its words in the bubble, and its row lit", i, got, test.want[i])
				}
			}
			if err := chromedp.Do(p.ctx, chromedp.KeyEvent(kb.Escape)); err != nil {
				t.Fatal(err)
			}
			if got := evaluate[focused](t, p.ctx, readFocused); got.Bubble != "" || got.Code != test.want[len(test.want)-1] {
				t.Errorf("after Escape: %+v, want no bubble, the focus where it was", got)
			}
		})
	}
}

func TestTheBubbleOfAMapCanBePointedAtAndRowsLightTheirTerritory(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	p := open(t, browser, origin+"/2023/indicateurs/taux_couverture/departements/", withScripts, 1280)
	move := func(selector string) {
		t.Helper()
		at := evaluate[[]float64](t, p.ctx, fmt.Sprintf(`((e) => (e.scrollIntoView({block: 'center', behavior: 'instant'}),
			((b) => [b.left + b.width / 2, b.top + b.height / 2])(e.getBoundingClientRect())))(document.querySelector(%q))`, selector))
		if err := chromedp.Do(p.ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1])); err != nil {
			t.Fatal(err)
		}
	}
	const orne = `svg.map .map-area[data-code="61"]`
	move(orne)
	if got := evaluate[focused](t, p.ctx, readFocused); !strings.HasPrefix(got.Bubble, "Orne | ") || got.Row != "Orne" {
		t.Errorf("pointed at: %+v, want the words of Orne and its row lit", got)
	}
	move(".bubble")
	evaluate[bool](t, p.ctx, `new Promise((done) => setTimeout(() => done(true), 600))`)
	if got := evaluate[focused](t, p.ctx, readFocused); !strings.HasPrefix(got.Bubble, "Orne | ") {
		t.Errorf("pointed at the bubble: %+v, want it to stay", got)
	}
	move("h1")
	evaluate[bool](t, p.ctx, `new Promise((done) => setTimeout(() => done(true), 600))`)
	if got := evaluate[focused](t, p.ctx, readFocused); got.Bubble != "" || got.Row != "" {
		t.Errorf("pointed elsewhere: %+v, want nothing", got)
	}
	move(`table[data-sortable] tr[data-territory="departement:61"]`)
	if !evaluate[bool](t, p.ctx, fmt.Sprintf(`document.querySelector('%s').classList.contains('here')`, orne)) {
		t.Error("the row of Orne does not light it on the map")
	}
}

// readOverlaps returns the pairs of texts of a map that overlap by more than half a pixel, and those that leave it.
const readOverlaps = `(async () => {
	await document.fonts.ready;
	return [...document.querySelectorAll('svg.map')].flatMap((svg) => {
		const frame = svg.getBoundingClientRect();
		const texts = [...svg.querySelectorAll('text')].map((e) => ({ text: e.textContent, b: e.getBoundingClientRect() })).filter((e) => e.b.width > 0);
		const faults = [];
		texts.forEach((one, i) => {
			// The box of a line is higher than its figures, which have no descender.
			const slim = (b) => ({ left: b.left, right: b.right, top: b.top + 0.22 * b.height, bottom: b.bottom - 0.22 * b.height });
			const a = slim(one.b);
			if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1) faults.push(one.text + ' leaves the map');
			texts.slice(i + 1).forEach((other) => {
				const b = slim(other.b);
				if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) faults.push(one.text + ' over ' + other.text);
			});
		});
		const legend = svg.parentElement.querySelector('.legend');
		if (legend) {
			const l = legend.getBoundingClientRect();
			texts.forEach((e) => { if (e.b.left < l.right && l.left < e.b.right && e.b.top < l.bottom && l.top < e.b.bottom) faults.push(e.text + ' under the legend'); });
		}
		return faults;
	});
})()`

func TestNoTextOfAMapOverlapsAnother(t *testing.T) {
	site := built(t)
	origin, browser := serve(t, site), window(t)
	pages, err := fs.Glob(os.DirFS(site), "2023/indicateurs/*/index.html")
	if err != nil {
		t.Fatal(err)
	}
	departments, err := fs.Glob(os.DirFS(site), "2023/indicateurs/*/departements/index.html")
	if err != nil {
		t.Fatal(err)
	}
	regions, err := fs.Glob(os.DirFS(site), "2023/regions/*/index.html")
	if err != nil {
		t.Fatal(err)
	}
	pages = slices.Concat(pages, departments, regions)
	if len(pages) < 60 {
		t.Fatalf("%d pages with maps, want 60 or more", len(pages))
	}
	p := open(t, browser, origin+"/"+path.Dir(pages[0])+"/", withScripts, 1280)
	for _, page := range pages {
		for _, width := range []int64{1280, 375} {
			if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(origin+"/"+path.Dir(page)+"/")); err != nil {
				t.Fatal(err)
			}
			for _, fault := range evaluate[[]string](t, p.ctx, readOverlaps) {
				t.Errorf("%s at %d px: %s", page, width, fault)
			}
		}
	}
}

var mapSVG = regexp.MustCompile(`(?s)<svg[^>]* class="map .*?</svg>`)

func TestNoMapWeighsMoreThan20KilobytesCompressed(t *testing.T) {
	seen := 0
	err := fs.WalkDir(os.DirFS(built(t)), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Base(name) != "index.html" {
			return err
		}
		page, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			return err
		}
		for _, svg := range mapSVG.FindAll(page, -1) {
			if seen++; len(svg) < 20_000 {
				continue
			}
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			if _, err := w.Write(svg); err != nil {
				return err
			}
			if err := w.Close(); err != nil {
				return err
			}
			if b.Len() > 20_000 {
				t.Errorf("%s: a map of %d bytes compressed, want 20000 at most", name, b.Len())
			}
		}
		return nil
	})
	if err != nil || seen < 100 {
		t.Fatalf("%d maps, %v; want 100 or more", seen, err)
	}
}
