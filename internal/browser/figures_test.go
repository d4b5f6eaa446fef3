package browser

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// offersNothing reports whether the figures of a page need no offer: those of a page to embed, whose credit leads to
// the figure in its page, and those of the page of style, which show how figures look, not what they say.
func offersNothing(page string) bool {
	return path.Base(path.Dir(path.Dir(page))) == "integrer" || page == "style/index.html"
}

func TestEveryFigureOfTheSiteCanBeTakenAndTraced(t *testing.T) {
	figures := 0
	site := os.DirFS(built(t))
	err := fs.WalkDir(site, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" || offersNothing(name) {
			return err
		}
		f, err := site.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		document, err := html.Parse(f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for n := range document.Descendants() {
			if n.Type != html.ElementNode || n.Data != "figure" {
				continue
			}
			figures++
			if !holds(n, func(d *html.Node) bool { return attribute(d, "class") == "take-away" }) {
				t.Errorf("%s: figure %q offers nothing to take away", name, attribute(n, "id"))
			}
			for n.Data != "section" && n.Parent != nil {
				n = n.Parent
			}
			if !holds(n, func(d *html.Node) bool {
				return d.Type == html.TextNode && strings.HasPrefix(d.Data, "D’où viennent ces chiffres")
			}) {
				t.Errorf("%s: neither a figure nor its section says where its values come from", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if figures < 200 {
		t.Errorf("the site has %d figures, want at least 200", figures)
	}
}

func holds(n *html.Node, wanted func(*html.Node) bool) bool {
	for d := range n.Descendants() {
		if wanted(d) {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// Small maps borrow the outlines of another: where they stand alone, they must have them.
func TestMapsByYearAreDrawnWhereTheyStandAlone(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, at := range []string{
		"/2023/indicateurs/taux_couverture/annees/", "/2023/indicateurs/taux_couverture/annees/integrer/cartes-annees/",
		"/2023/indicateurs/essms_finances/departements/integrer/cartes-annees/",
	} {
		p := open(t, browser, origin+at, withoutScripts, 1280)
		got, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]int](`(() => {
			const outlines = [...document.querySelectorAll('.multiples use')];
			return [outlines.length, outlines.filter((use) => use.getBoundingClientRect().width === 0).length];
		})()`))
		if err != nil {
			t.Fatal(err)
		}
		if got[0] < 18 || got[1] > 0 {
			t.Errorf("%s draws %d territories, %d of them empty: want 18 or more, none empty", at, got[0], got[1])
		}
	}
}
