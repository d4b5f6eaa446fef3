package site

import (
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// unoffered reports whether the figures of a page need no offer: those of a page to embed, whose credit leads to the
// figure in its page, and those of the page of style, which show how figures look, not what they say.
func unoffered(page string) bool {
	return path.Base(path.Dir(path.Dir(page))) == "integrer" || page == "style/index.html"
}

// A reader must be able to take any figure of the site away, and to know where its values come from.
func TestEveryFigureCanBeTakenAndTraced(t *testing.T) {
	figures, kinds := 0, map[string]bool{}
	for name, text := range compose(t, offering(t, fixtureEdition(2022), fixtureEdition(2023))) {
		if path.Ext(name) != ".html" || unoffered(name) {
			continue
		}
		for _, f := range figuresOf(t, text) {
			figures++
			kinds[f.id] = true
			if !f.offered {
				t.Errorf("%s: figure %q offers nothing to take away", name, f.id)
			}
			if !f.traced {
				t.Errorf("%s: neither figure %q nor its section says where its values come from", name, f.id)
			}
		}
	}
	for _, id := range []string{"carte", "cartes-annees", "nuage", "progression", "champs", "parmi", "departements", "tailles", "montants"} {
		if !kinds[id] {
			t.Errorf("no figure %q among %d", id, figures)
		}
	}
}

// shownFigure is what a page says of a figure to whoever wants to reuse it.
type shownFigure struct {
	id              string
	offered, traced bool
}

func figuresOf(t *testing.T, page string) []shownFigure {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []shownFigure
	for n := range document.Descendants() {
		if n.Type != html.ElementNode || n.Data != "figure" {
			continue
		}
		f := shownFigure{id: attribute(n, "id")}
		for d := range n.Descendants() {
			f.offered = f.offered || attribute(d, "class") == "take-away"
		}
		around := n
		for around.Parent != nil && around.Data != "section" {
			around = around.Parent
		}
		for d := range around.Descendants() {
			f.traced = f.traced || d.Type == html.TextNode && strings.HasPrefix(d.Data, "D’où viennent ces chiffres")
		}
		found = append(found, f)
	}
	return found
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
