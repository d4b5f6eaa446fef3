package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"esms.example/atlas/internal/editorial"
	"esms.example/atlas/internal/indicator"
)

// composer is a site whose pages are all known, ready to be rendered.
type composer struct {
	in        Input
	settings  settings
	assets    assets
	base      string // absolute, ends in a slash
	editions  []*edition
	prose     []*prose
	news      []*news                     // of the journal, the latest first
	notices   map[string]editorial.Notice // by slug of a region
	files     []file
	pages     []*page
	byPath    map[string]*page
	known     map[string]bool // paths of pages and files
	templates map[string]*template.Template
}

// newComposer reads what the site is made of and lists its pages.
func newComposer(in Input) (*composer, error) {
	if len(in.Editions) == 0 {
		return nil, errors.New("aucune édition à publier")
	}
	c := &composer{in: in, byPath: map[string]*page{}, known: map[string]bool{}}
	var err error
	if c.settings, err = readSettings(in.Content); err != nil {
		return nil, err
	}
	c.base = rooted(cmp.Or(in.BaseURL, c.settings.URL))
	if c.assets, c.files, err = composeAssets(in); err != nil {
		return nil, err
	}
	if c.editions, err = newEditions(in, c.settings.credits()); err != nil {
		return nil, err
	}
	for _, e := range c.editions {
		if err := c.addOpenData(e); err != nil {
			return nil, err
		}
		c.files = append(c.files, e.files()...)
		c.files = append(c.files, e.redirections(indicator.All)...)
		c.files = append(c.files, file{e.base + sourcesFile, e.results.Dataset().SourceList()})
		c.addSheets(e)
	}
	catalogue, err := c.catalogue()
	if err != nil {
		return nil, err
	}
	c.files = append(c.files, catalogue...)
	if c.prose, err = readProse(in.Content); err != nil {
		return nil, err
	}
	if err := c.readJournal(); err != nil {
		return nil, err
	}
	if err := c.readNotices(); err != nil {
		return nil, err
	}
	if err := c.listPages(); err != nil {
		return nil, err
	}
	c.keepFrozen()
	if err := c.index(); err != nil {
		return nil, err
	}
	if err := c.addRootFiles(); err != nil {
		return nil, err
	}
	return c, c.parseTemplates()
}

// latest is the edition that the root shows.
func (c *composer) latest() *edition { return c.editions[len(c.editions)-1] }

// index makes the list of paths that links are checked against. Two pages with one path
// or one title are an error.
func (c *composer) index() error {
	titles := map[string]string{}
	for _, p := range c.pages {
		if c.known[p.path] {
			return fmt.Errorf("deux pages à l’adresse /%s", p.path)
		}
		if other, ok := titles[p.title]; ok {
			return fmt.Errorf("les pages /%s et /%s ont le même titre « %s »", other, p.path, p.title)
		}
		c.known[p.path], c.byPath[p.path], titles[p.title] = true, p, p.path
	}
	for _, f := range c.files {
		c.known[f.path] = true
	}
	for _, e := range c.editions {
		c.known[e.archivePath()] = c.in.Offline && e.archive == nil
		if e.archive != nil {
			for _, path := range e.archive.Paths() {
				c.known[path] = true
			}
		}
	}
	return nil
}

// parseTemplates parses each template of a page once, with the layout and the parts that
// all share: the files whose name starts with an underscore.
func (c *composer) parseTemplates() error {
	shared, err := template.New("site").Option("missingkey=error").ParseFS(c.in.Templates, "_*.html")
	if err != nil {
		return fmt.Errorf("modèles de page : %w", err)
	}
	c.templates = map[string]*template.Template{}
	var names []string
	for _, p := range c.pages {
		names = append(names, p.template)
	}
	if c.in.Plates != nil {
		names = append(names, takeAwayTemplate, embedTemplate)
	}
	for _, name := range names {
		if c.templates[name] != nil {
			continue
		}
		own, err := fs.ReadFile(c.in.Templates, name)
		if err != nil {
			return fmt.Errorf("modèle de page : %w", err)
		}
		t, err := shared.Clone()
		if err == nil {
			t, err = t.New(name).Parse(string(own))
		}
		if err != nil {
			return fmt.Errorf("modèle de page %s : %w", name, err)
		}
		c.templates[name] = t
	}
	return nil
}

// render makes one page.
func (c *composer) render(ctx context.Context, p *page) ([]file, error) {
	l := &linker{known: c.known, from: p.path}
	if path.Ext(p.path) == ".html" {
		l.prefix = rooted(c.in.BaseURL)
	}
	body, err := p.model(ctx, l)
	if err != nil {
		return nil, err
	}
	card, err := c.drawCard(ctx, p, l)
	if err != nil {
		return nil, err
	}
	v := c.view(p, l)
	v.Body, v.Dataset = body, l.described
	if l.err != nil {
		return nil, l.err
	}
	var b bytes.Buffer
	if err := c.templates[p.template].ExecuteTemplate(&b, "layout", v); err != nil {
		return nil, err
	}
	taken, err := c.takenPages(l, p, card)
	if err != nil {
		return nil, err
	}
	return slices.Concat(l.attached, taken, []file{{p.file(), b.Bytes()}}), nil
}

// view is what the layout shows around the body of any page.
type view struct {
	SiteName, Tagline              string
	Home                           string
	Title, Description, Heading    string
	Canonical                      string
	Dataset                        *datasetNode // of schema.org; nil: the page shows none
	Feed                           string       // the feed of the journal; empty when there is none
	NoIndex                        bool
	Social                         Social
	Styles, Script, Icon           string
	Scripts                        []string // beside Script
	Fonts                          []string
	Editions, Menu, Crumbs, Footer []Link
	Search                         string // the page of the search; empty on that page, and in a site without search
	Demonstration                  bool
	Accessibility                  Link
	Licence                        Link
	Citation                       string
	Address                        string // absolute address of the page, for print; empty when the site has none
	Body                           any
}

func (c *composer) view(p *page, l *linker) view {
	e := p.edition
	if e == nil {
		e = c.latest()
	}
	v := view{
		SiteName: c.settings.Name, Tagline: c.settings.Tagline, Home: l.to(""),
		Title: p.title, Description: p.description, Heading: p.heading,
		Styles: l.to(c.assets.styles), Script: l.to(c.assets.script), Icon: l.to(c.assets.icon),
		Editions: c.switcher(p, l), Menu: c.menu(p, e, l), Footer: c.footer(l),
		Accessibility: Link{Text: "Accessibilité\u00a0: " + c.settings.Accessibility, Href: l.to("accessibilite/")},
		Licence:       Link{Text: c.settings.Licence, Href: c.settings.LicenceURL},
		Citation:      c.citation(e),
	}
	if c.searches() && p.path != searchPath {
		v.Search = l.to(searchPath)
	}
	for _, name := range p.scripts {
		if at := c.script(name); at != "" {
			v.Scripts = append(v.Scripts, l.to(at))
		}
	}
	if l.has(feedPath) {
		v.Feed = l.to(feedPath)
	}
	for _, f := range c.assets.fonts {
		v.Fonts = append(v.Fonts, l.to(f))
	}
	if p.edition != nil {
		v.Demonstration = p.edition.demonstration()
	} else {
		v.Demonstration = slices.ContainsFunc(c.editions, (*edition).demonstration)
	}
	if above := c.ancestors(p); p.path != "" {
		for _, a := range above {
			v.Crumbs = append(v.Crumbs, Link{Text: cmp.Or(a.crumb, a.heading), Href: l.to(a.path)})
		}
		v.Crumbs = append(v.Crumbs, Link{Text: cmp.Or(p.crumb, p.heading), Current: true})
		v.Crumbs[0].Text = "Accueil"
	}
	c.setAddress(&v, p, l)
	v.NoIndex, v.Social = p.noindex, c.social(p, e, v)
	return v
}

// script is the path of a script that not every page loads; empty in a site made without it.
func (c *composer) script(name string) string { return c.assets.scripts[name] }

// setAddress gives the page its permanent address. Without a base URL there is none,
// except for a page that repeats another, which always says which.
func (c *composer) setAddress(v *view, p *page, l *linker) {
	of := cmp.Or(p.canonical, p.path)
	if c.base != "/" {
		v.Canonical, v.Address = c.base+of, c.base+of
	} else if p.canonical != "" {
		v.Canonical = l.to(p.canonical)
	}
}

// switcher lists the editions, the latest first: each link leads to the same page of the
// other edition where it exists, else to its home.
func (c *composer) switcher(p *page, l *linker) []Link {
	var links []Link
	for _, e := range slices.Backward(c.editions) {
		to := e.base
		if p.edition != nil && p.path != "" {
			if same := e.base + p.path[len(p.edition.base):]; c.known[same] {
				to = same
			}
		}
		link := l.link(strconv.Itoa(e.about.Year), to)
		link.Current = p.edition == e
		links = append(links, link)
	}
	return links
}

// citation is the line that quotes the edition.
func (c *composer) citation(e *edition) string {
	return sourceLine(c.settings, e)
}
