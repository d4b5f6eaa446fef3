package site

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"esms.example/atlas/internal/french"
)

// TakeAwayPage is the page that gives all the ways to take a drawing.
type TakeAwayPage struct {
	Figure   Link // back to the figure
	Title    string
	Preview  Link // the image shown
	Files    []Parcel
	Social   *Parcel // the card of the page for social networks
	Citation string
	// Address is where the figure stays, as far as it is known: absolute when the site's is. Relative is
	// the link to it from here.
	Address, Relative string
	// The code to embed is before the address of the embedded page, then after it.
	CodeBefore, EmbedAddress, Embed, CodeAfter string
	Absolute                                   bool // addresses are whole
	Licence                                    Link
	Conditions                                 string
	Demonstration                              bool
}

// EmbedPage is a figure alone, to stand in a page of another site.
type EmbedPage struct {
	Title, SiteName, Description   string
	Canonical, Styles, Icon, Robot string
	Mark                           string
	Figure                         Figure
	Back                           Link // to the figure in the atlas
	Licence                        Link
}

// The templates of the pages of a figure.
const (
	takeAwayTemplate = "reprendre.html"
	embedTemplate    = "embed.html"
)

// takenPages makes the pages of the drawings that a page offers.
func (c *composer) takenPages(l *linker, p *page, card *Parcel) ([]file, error) {
	var out []file
	for _, t := range l.taken {
		t.page = p
		embed, err := c.embedPage(t)
		if err != nil {
			return nil, fmt.Errorf("intégrer %s : %w", t.id, err)
		}
		take, err := c.takeAwayPage(t, card)
		if err != nil {
			return nil, fmt.Errorf("reprendre %s : %w", t.id, err)
		}
		out = append(out, embed, take)
	}
	return out, nil
}

func (t *taken) embedPath() string { return t.page.path + "integrer/" + t.id + "/" }

func (c *composer) takeAwayPage(t *taken, card *Parcel) (file, error) {
	p := &page{
		path: t.page.path + "reprendre/" + t.id + "/", template: takeAwayTemplate, hidden: true, noindex: true,
		heading: "Reprendre cette figure", crumb: "Reprendre", section: t.page.section, edition: t.page.edition,
		title:       fmt.Sprintf("%s (%s) – Reprendre – %s", t.title, t.kind, t.page.title),
		description: "Images, données, citation et code à copier" + french.NBSP + ": " + t.title + ".",
	}
	l := &linker{known: c.known, from: p.path}
	v := c.view(p, l)
	body := &TakeAwayPage{
		Figure: Link{Text: t.title, Href: relative(p.path, t.page.path) + t.anchor[strings.Index(t.anchor, "#"):]},
		Title:  t.title, Citation: c.figureCitation(t), Absolute: c.base != "/",
		Address: c.address(t.anchor), EmbedAddress: c.address(t.embedPath()), Embed: relative(p.path, t.embedPath()),
		CodeBefore: `<iframe src="`,
		CodeAfter: fmt.Sprintf(`" title="%s" width="100%%" height="%d" loading="lazy" frameborder="0"></iframe>`,
			template.HTMLEscapeString(t.title), t.height+60),
		Licence: v.Licence, Demonstration: t.page.edition.demonstration(),
	}
	body.Relative = body.Figure.Href
	for _, parcel := range t.files {
		parcel.Href = relative(p.path, parcel.path)
		body.Files = append(body.Files, parcel)
		if body.Preview.Href == "" {
			body.Preview = parcel.Link
		}
	}
	if card != nil {
		moved := *card
		moved.Href = relative(p.path, card.path)
		body.Social = &moved
	}
	v.Body = body
	if l.err != nil {
		return file{}, l.err
	}
	return c.execute(p, "layout", v)
}

// address is that of a path of the site: whole when that of the site is known.
func (c *composer) address(path string) string {
	if c.base != "/" {
		return c.base + path
	}
	return path
}

// figureCitation is ready to be printed, but for the address that follows it: « CNSA, « ESSMS financés par région »,
// Atlas régional ESMS numérique 2023, situation au 31 décembre 2023, publié le 15 mai 2024, Licence Ouverte 2.0 ».
func (c *composer) figureCitation(t *taken) string {
	e := t.page.edition
	line := sourceLine(c.settings, e)
	if !e.about.PublishedOn.IsZero() {
		line += ", publié le " + french.Date(e.about.PublishedOn)
	}
	if c.settings.Licence != "" {
		line += ", " + c.settings.Licence
	}
	return "«" + french.NBSP + t.title + french.NBSP + "», " + line
}

// embedPage is the figure alone. Its links lead out of the frame.
func (c *composer) embedPage(t *taken) (file, error) {
	p := &page{path: t.embedPath(), template: embedTemplate, edition: t.page.edition}
	l := &linker{known: c.known, from: p.path}
	e := &EmbedPage{
		Title: t.title, SiteName: c.settings.Name, Description: "Figure à intégrer" + french.NBSP + ": " + t.title + ".",
		Styles: l.to(c.assets.styles), Icon: l.to(c.assets.icon), Mark: t.page.edition.mark(),
		Back:    Link{Text: c.settings.Name, Href: relative(p.path, t.page.path) + t.anchor[strings.Index(t.anchor, "#"):]},
		Licence: Link{Text: c.settings.Licence, Href: c.settings.LicenceURL},
		Figure:  t.figure.moved(relative(p.path, t.page.path)),
	}
	e.Figure.Title, e.Figure.Subtitle, e.Figure.TakeAways = t.title, t.subtitle, nil
	if e.Figure.Multiples != nil {
		e.Figure.Multiples.Title, e.Figure.Multiples.Subtitle = t.title, t.subtitle
	}
	if c.base != "/" {
		e.Canonical = c.base + p.path
	}
	if l.err != nil {
		return file{}, l.err
	}
	return c.execute(p, "embed", e)
}

// relativeLink finds the links of a drawing to other pages of the site.
var relativeLink = regexp.MustCompile(` href="([^"#:/][^":]*)"`)

// moved is a figure whose links hold on a page from which back leads to its own.
func (f Figure) moved(back string) Figure {
	if f.Map != nil {
		m := *f.Map
		m.SVG = template.HTML(relativeLink.ReplaceAllString(string(m.SVG), ` href="`+back+`$1"`))
		f.Map = &m
	}
	f.Charts = slices.Clone(f.Charts)
	for i, chart := range f.Charts {
		moved := *chart
		moved.Option, moved.Script = back+moved.Option, "" // a frame runs no script
		f.Charts[i] = &moved
	}
	f.Table, f.Beside = f.Table.moved(back), f.Beside.moved(back)
	if f.Multiples != nil {
		m := *f.Multiples
		m.Captions, m.TakeAways = m.Captions.moved(back), nil
		f.Multiples = &m
	}
	f.Captions = f.Captions.moved(back)
	return f
}

// moved are captions whose links hold on a page from which back leads to their own.
func (c Captions) moved(back string) Captions {
	c.Provenance = slices.Clone(c.Provenance)
	for i := range c.Provenance {
		c.Provenance[i].Href = movedLink(back, c.Provenance[i].Href)
	}
	return c
}

// moved is a table whose links hold on a page from which back leads to its own; nil for nil.
func (t *Table) moved(back string) *Table {
	if t == nil {
		return nil
	}
	out := *t
	out.Rows = slices.Clone(t.Rows)
	for i := range out.Rows {
		row := &out.Rows[i]
		row.Head.Href = movedLink(back, row.Head.Href)
		row.Cells = slices.Clone(row.Cells)
		for j := range row.Cells {
			row.Cells[j].Href = movedLink(back, row.Cells[j].Href)
		}
	}
	return &out
}

func movedLink(back, href string) string {
	if href == "" {
		return ""
	}
	return back + strings.TrimPrefix(href, "./")
}

// execute renders a template of a page.
func (c *composer) execute(p *page, name string, data any) (file, error) {
	var b bytes.Buffer
	if err := c.templates[p.template].ExecuteTemplate(&b, name, data); err != nil {
		return file{}, err
	}
	return file{p.file(), b.Bytes()}, nil
}
