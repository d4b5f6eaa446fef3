package site

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"esms.example/atlas/internal/plate"
)

// page is one page of the site. Everything but its body is known before any is rendered.
type page struct {
	path        string // « 2023/regions/bretagne/ »; "" for the root; « 404.html » for a bare file
	template    string // the file of templates that defines its main part
	heading     string // its h1
	crumb       string // its name in breadcrumbs; empty: its heading
	title       string // unique in the site, without the name of the site
	description string
	section     string // the entry of the menu it belongs to
	edition     *edition
	canonical   string                     // path of the page it repeats; empty: itself
	hidden      bool                       // left out of the site plan and of sitemap.xml
	unplanned   bool                       // left out of the site plan alone: a list that the plan has leads to it
	scripts     []string                   // names of the scripts it needs at once, beside that of every page
	found       finding                    // how the search finds it
	noindex     bool                       // search engines are asked to leave it out
	card        func() (plate.Card, error) // what social networks show beside a link to it; nil: that of cardOf
	cardOf      string                     // path of the page whose card it shares; empty: the home of its edition
	model       func(context.Context, *linker) (any, error)
}

// file is the path of the page's file.
func (p *page) file() string {
	if p.path == "" || strings.HasSuffix(p.path, "/") {
		return p.path + "index.html"
	}
	return p.path
}

// Link is a text that leads to a page or a file.
type Link struct {
	Text, Href string
	Current    bool   // it is the page it stands on
	Note       string // said after the text: « CSV – 84 ko »
}

// linker makes the links of one page. It remembers the first that led nowhere.
type linker struct {
	known  map[string]bool
	from   string // path of the page the links stand on
	prefix string // what absolute links start with, for 404.html; empty: relative links
	err    error
	// attached are the files that go with the page, beside it.
	attached []file
	// described is what the page says of its data to machines; nil: nothing.
	described *datasetNode
	// taken are the drawings that the page offers.
	taken []*taken
}

// attach makes a file beside the page, and returns the link to it.
func (l *linker) attach(name string, data []byte) string {
	l.attached = append(l.attached, file{path.Join(path.Dir(l.from+"x"), name), data})
	return name
}

// to returns the link from the page to a path of the site.
func (l *linker) to(path string) string {
	bare, fragment, _ := strings.Cut(path, "#")
	if !l.known[bare] && l.err == nil {
		l.err = fmt.Errorf("lien vers « /%s », qui n’existe pas", bare)
	}
	if fragment != "" {
		fragment = "#" + fragment
	}
	if l.prefix != "" {
		return l.prefix + bare + fragment
	}
	return relative(l.from, bare) + fragment
}

// has reports whether the site has a page or file at that path.
func (l *linker) has(path string) bool { return l.known[path] }

// link returns a Link to a path of the site.
func (l *linker) link(text, path string) Link {
	return Link{Text: text, Href: l.to(path), Current: path == l.from}
}

// relative returns the shortest relative link between two paths of the site.
func relative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	a = a[:len(a)-1] // the directory the page stands in
	file := b[len(b)-1]
	b = b[:len(b)-1]
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	out := strings.Repeat("../", len(a))
	if len(b) > 0 {
		out += strings.Join(b, "/") + "/"
	}
	if out += file; out == "" {
		return "./"
	}
	return out
}

// ancestors returns the pages that stand above p, from the root, by their paths.
func (c *composer) ancestors(p *page) []*page {
	var out []*page
	for path := p.path; path != ""; {
		path = strings.TrimSuffix(path, "/")
		path = path[:strings.LastIndex(path, "/")+1]
		if above, ok := c.byPath[path]; ok {
			out = append(out, above)
		}
	}
	slices.Reverse(out)
	return out
}
