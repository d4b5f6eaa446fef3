package site

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/editorial"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/narrative"
)

// Document is a file made beforehand that the pages of an edition offer: a printed sheet, or
// the archive of all of them.
type Document struct {
	Year   int    // of the edition
	Path   string // in the site: « 2023/regions/bretagne/fiche-2023-bretagne.pdf »
	Title  string
	Name   string // what it is about: « Bretagne »; empty for an archive
	Page   string // the path of the page that says the same
	Format string // « PDF »
	Data   []byte
}

// Imprint is who publishes the site, for the printed sheets.
type Imprint struct {
	Name, Source, Licence, MapCredit, Contact string
	URL                                       string // public address, with its last slash; empty: unknown
}

// ReadImprint reads it from site.toml. baseURL, unless it is empty, takes the place of its address.
func ReadImprint(content fs.FS, baseURL string) (Imprint, error) {
	s, err := readSettings(content)
	if err != nil {
		return Imprint{}, err
	}
	i := Imprint{Name: s.Name, Source: s.Source, Licence: s.Licence, MapCredit: s.MapCredit, Contact: s.Contact.Email}
	if url := cmp.Or(baseURL, s.URL); url != "" {
		i.URL = rooted(url)
	}
	return i, nil
}

// addSheets adds to an edition the documents made for it.
func (c *composer) addSheets(e *edition) {
	for _, d := range c.in.Sheets {
		if d.Year == e.about.Year {
			e.sheets = append(e.sheets, d)
			c.files = append(c.files, file{d.Path, d.Data})
		}
	}
}

func sheetLink(d Document, text string, l *linker) Link {
	link := l.link(text, d.Path)
	link.Note = d.Format + " – " + french.Size(len(d.Data))
	return link
}

// sheetLinks are the links to the sheet that says what a page says: none without sheets.
func (e *edition) sheetLinks(page string, l *linker) []Link {
	var links []Link
	for _, d := range e.sheets {
		if d.Page == page && d.Name != "" {
			links = append(links, sheetLink(d, "Télécharger la fiche", l))
		}
	}
	return links
}

// SheetList lists the printed sheets of an edition, with the data of each region.
type SheetList struct {
	Lead     string
	Archives []Link
	Groups   []SheetGroup
}

// SheetGroup is what may be downloaded about one territory.
type SheetGroup struct {
	Page  Link
	Sheet Link
	Files []Link
}

func (e *edition) sheetsPath() string { return e.base + "fiches/" }

// sheetPages is the list of the sheets, where there are any.
func sheetPages(_ *composer, e *edition) []*page {
	if len(e.sheets) == 0 {
		return nil
	}
	return []*page{{
		path: e.sheetsPath(), heading: "Fiches régionales", title: fmt.Sprintf("Fiches régionales, édition %d", e.about.Year),
		description: fmt.Sprintf("Les fiches à imprimer de l’édition %d, une par région, et les données de chaque région.", e.about.Year),
		model:       e.sheetListModel,
	}}
}

func (e *edition) sheetListModel(_ context.Context, l *linker) (any, error) {
	p := &SheetList{Lead: "Une fiche de deux pages par région, à imprimer ou à transmettre, et les données qui vont avec. Édition " +
		strconv.Itoa(e.about.Year) + ", publiée le " + french.Date(e.about.PublishedOn) + ", situation " + e.state() + "."}
	for _, d := range e.sheets {
		if d.Name == "" {
			p.Archives = append(p.Archives, sheetLink(d, d.Title, l))
			continue
		}
		p.Groups = append(p.Groups, SheetGroup{
			Page: l.link(d.Name, d.Page), Sheet: sheetLink(d, "Fiche", l), Files: e.besideSheet(d, l),
		})
	}
	return p, nil
}

// besideSheet are the data of the territory of a sheet; those of France have a page of their own.
func (e *edition) besideSheet(d Document, l *linker) []Link {
	if d.Page != e.base {
		return shortened(e.downloads(d.Page, l), d.Name)
	}
	return shortened(slices.DeleteFunc(e.downloads(e.base+"donnees/", l), func(link Link) bool {
		return !strings.HasSuffix(link.Text, french.NBSP+": "+d.Name)
	}), d.Name)
}

// shortened takes from the text of links the name of the territory, which the row says.
func shortened(links []Link, name string) []Link {
	for i := range links {
		links[i].Text = strings.TrimSuffix(links[i].Text, french.NBSP+": "+name)
	}
	return links
}

// readNotices reads what editors wrote on the regions of any edition.
func (c *composer) readNotices() (err error) {
	var slugs []string
	for _, e := range c.editions {
		for _, t := range e.regions {
			slugs = append(slugs, t.Slug)
		}
	}
	c.notices, err = editorial.Read(c.in.Content, slugs)
	return err
}

// told is the summary of a region: what its figures say, unless an editor replaced it.
func (c *composer) told(e *edition, t atlas.Territory) []narrative.Sentence {
	n := c.notices[t.Slug]
	if n.Mode != editorial.Replaces || len(n.Paragraphs) == 0 {
		return narrative.Region(e.results, nil, t.ID.Code)
	}
	return nil
}

// description is the meta description of a region.
func (c *composer) regionDescription(e *edition, t atlas.Territory) string {
	sentences := c.told(e, t)
	if sentences == nil {
		if n := c.notices[t.Slug]; len(n.Paragraphs) > 0 {
			return strings.Join(n.Paragraphs[:1], "")
		}
	}
	return narrative.MetaDescription(sentences)
}

// noticeOf is what the editor wrote on a region, as HTML.
func (c *composer) noticeOf(t atlas.Territory, l *linker) (template.HTML, error) {
	n := c.notices[t.Slug]
	if n.Markdown == "" {
		return "", nil
	}
	return markdown(&prose{slug: "regions/" + t.Slug}, n.Markdown, l)
}
