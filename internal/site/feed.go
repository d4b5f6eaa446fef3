package site

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"esms.example/atlas/internal/french"
)

// The journal is the page of content/journal.md, which introduces it, followed by its news: one file
// content/journal/*.md each, and the publication of each edition. The feed tells the same.
const (
	journalSlug = "journal"
	feedPath    = "journal/atom.xml"
	atomType    = "application/atom+xml"
)

// news is something that the journal tells.
type news struct {
	slug, title string
	day         time.Time
	year        int // of the edition it is about; 0: none
	text        *prose
}

// newsName is what a file of the journal is called: it becomes an anchor.
var newsName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// readJournal reads the news, and adds that each edition was published.
func (c *composer) readJournal() error {
	if !slices.ContainsFunc(c.prose, func(p *prose) bool { return p.slug == journalSlug }) {
		return nil // a site without a journal
	}
	names, err := fs.Glob(c.in.Content, "journal/*.md")
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(c.in.Content, name)
		if err != nil {
			return err
		}
		n, err := parseNews(strings.TrimSuffix(path.Base(name), ".md"), string(data))
		if err != nil {
			return fmt.Errorf("content/%s : %w", name, err)
		}
		c.news = append(c.news, n)
	}
	for _, e := range c.editions {
		c.news = append(c.news, publication(e))
	}
	slices.SortFunc(c.news, func(a, b *news) int { return cmp.Or(b.day.Compare(a.day), cmp.Compare(b.slug, a.slug)) })
	return nil
}

// publication is the news that an edition was published.
func publication(e *edition) *news {
	text := fmt.Sprintf("L’édition %d décrit la situation au %s.", e.about.Year, french.Date(e.about.DataState))
	if e.demonstration() {
		text += " Ses données sont celles d’une démonstration."
	}
	return &news{slug: "edition-" + year(e.about.Year), title: fmt.Sprintf("Publication de l’édition %d", e.about.Year),
		day: e.about.PublishedOn, year: e.about.Year, text: &prose{slug: journalSlug, source: text, flat: true}}
}

// parseNews reads a file of the journal. Its front matter gives titre, date (2024-06-03) and, where the
// news is about one, edition. Its text quotes no live figure: what was told must not change.
func parseNews(slug, source string) (*news, error) {
	n := &news{slug: slug}
	if !newsName.MatchString(slug) || strings.HasPrefix(slug, "edition-") {
		return nil, fmt.Errorf("le nom du fichier doit être fait de minuscules sans accent, de chiffres et de tirets, et ne pas commencer par « edition- » : 2024-06-03-correction.md")
	}
	source = strings.ReplaceAll(strings.TrimPrefix(source, "\ufeff"), "\r\n", "\n")
	front, body, found := strings.Cut(strings.TrimPrefix(source, "---\n"), "\n---\n")
	if !strings.HasPrefix(source, "---\n") || !found {
		return nil, fmt.Errorf("l’en-tête manque : le fichier doit commencer par « --- », titre: et date:, puis « --- »")
	}
	for i, line := range strings.Split(front, "\n") {
		key, value, _ := strings.Cut(line, ":")
		if err := n.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("ligne %d : %w", i+2, err)
		}
	}
	if n.title == "" || n.day.IsZero() {
		return nil, fmt.Errorf("l’en-tête doit donner un titre et une date")
	}
	if strings.Contains(body, "{{") {
		return nil, fmt.Errorf("une entrée du journal ne cite pas de chiffre vivant, qui changerait après coup : écrivez-le")
	}
	n.text = &prose{slug: journalSlug + "/" + slug, source: body, firstLine: strings.Count(front, "\n") + 4, flat: true}
	return n, nil
}

// set takes in a line of the front matter.
func (n *news) set(key, value string) (err error) {
	switch key {
	case "":
	case "titre":
		n.title = value
	case "date":
		if n.day, err = time.Parse(time.DateOnly, value); err != nil {
			return fmt.Errorf("« %s » n’est pas une date ; écrivez par exemple 2024-06-03", value)
		}
	case "edition":
		if n.year, err = strconv.Atoi(value); err != nil {
			return fmt.Errorf("edition doit être une année, non « %s »", value)
		}
	default:
		return fmt.Errorf("clé « %s » inconnue ; les clés sont titre, date et edition", key)
	}
	return nil
}

// lastNews is the day of the latest news or edition.
func (c *composer) lastNews() time.Time {
	last := c.latest().about.PublishedOn
	for _, n := range c.news {
		if n.day.After(last) {
			last = n.day
		}
	}
	return last
}

// journalHTML makes the news as the page of the journal shows them.
func (c *composer) journalHTML(l *linker) (template.HTML, error) {
	var b strings.Builder
	if l.has(feedPath) {
		fmt.Fprintf(&b, "<p>Pour être prévenu, ajoutez le <a href=\"%s\">flux du journal (Atom)</a> à votre lecteur de flux.</p>\n", l.to(feedPath))
	}
	for _, n := range c.news {
		text, err := markdown(n.text, n.text.source, l)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "<article aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n<p><time datetime=\"%s\">%s</time>%s</p>\n%s</article>\n", n.slug, n.slug,
			template.HTMLEscapeString(n.title), n.day.Format(time.DateOnly), french.Capitalize(french.Date(n.day)), c.aboutEdition(n, l), text)
	}
	return template.HTML(b.String()), nil
}

// aboutEdition names the edition that a news is about, with a link where it has one.
func (c *composer) aboutEdition(n *news, l *linker) string {
	home := year(n.year) + "/"
	switch {
	case n.year == 0:
		return ""
	case l.has(home):
		return fmt.Sprintf(", <a href=\"%s\">édition %d</a>", template.HTMLEscapeString(l.to(home)), n.year)
	}
	return fmt.Sprintf(", édition %d", n.year)
}

// The elements of a feed (RFC 4287).
type (
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		Title     string   `xml:"title"`
		Link      atomLink `xml:"link"`
		ID        string   `xml:"id"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Content   atomText `xml:"content"`
	}
	atomFeed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Language string      `xml:"xml:lang,attr"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle"`
		Links    []atomLink  `xml:"link"`
		ID       string      `xml:"id"`
		Updated  string      `xml:"updated"`
		Author   string      `xml:"author>name"`
		Rights   string      `xml:"rights,omitempty"`
		Entries  []atomEntry `xml:"entry"`
	}
)

// feed is the feed of the journal. There is none without a journal, nor unless the address of the site is
// known: a feed has absolute addresses only.
func (c *composer) feed() ([]file, error) {
	if len(c.news) == 0 || !c.located() {
		return nil, nil
	}
	home := c.base + journalSlug + "/"
	f := atomFeed{
		Language: "fr", Title: c.settings.Name + " – journal", Subtitle: "Les publications et les corrections de l’atlas",
		Links: []atomLink{{"self", atomType, c.base + feedPath}, {"alternate", "text/html", home}},
		ID:    home, Updated: stamp(c.news[0].day), Author: cmp.Or(c.settings.Publisher.Name, c.settings.Source), Rights: c.settings.Licence,
	}
	l := &linker{known: c.known, from: journalSlug + "/", prefix: c.base}
	for _, n := range c.news {
		text, err := markdown(n.text, n.text.source, l)
		if err != nil {
			return nil, err
		}
		at := home + "#" + n.slug
		f.Entries = append(f.Entries, atomEntry{Title: n.title, Link: atomLink{"alternate", "text/html", at}, ID: at,
			Published: stamp(n.day), Updated: stamp(n.day), Content: atomText{"html", string(text)}})
	}
	if l.err != nil {
		return nil, fmt.Errorf("journal : %w", l.err)
	}
	return []file{{feedPath, document(f)}}, nil
}

// stamp is a day as feeds write it.
func stamp(day time.Time) string { return day.UTC().Format(time.RFC3339) }
