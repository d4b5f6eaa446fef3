package site

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// rootFiles are the files that search engines, feed readers, web servers and security researchers look
// for. The pages must all be known.
func (c *composer) rootFiles() ([]file, error) {
	files := append([]file{c.robots()}, c.siteMaps(mostAddresses)...)
	files = append(files, c.securityText()...)
	files = append(files, c.licenceFiles()...)
	servers, err := c.serverFiles()
	if err != nil {
		return nil, err
	}
	feed, err := c.feed()
	if err != nil {
		return nil, err
	}
	return append(append(files, servers...), feed...), nil
}

// addRootFiles adds the root files to the site, where pages may link to them.
func (c *composer) addRootFiles() error {
	files, err := c.rootFiles()
	if err != nil {
		return err
	}
	for _, f := range files {
		c.known[f.path] = true
	}
	c.files = append(c.files, files...)
	return nil
}

// robots is robots.txt: everything may be read. The site map is named where its address is known.
func (c *composer) robots() file {
	text := "User-agent: *\nAllow: /\n"
	if c.located() {
		text += "Sitemap: " + c.base + "sitemap.xml\n"
	}
	return file{"robots.txt", []byte(text)}
}

// located reports whether the site knows its public address: what must be absolute exists only then.
func (c *composer) located() bool { return c.base != "/" }

// mostAddresses is how many addresses a site map may hold.
const mostAddresses = 50_000

const siteMapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// mapEntry is a page, or a part of the site map.
type mapEntry struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod"`
}

// siteMaps are sitemap.xml, and its parts where there are more pages than one may hold. There is none
// unless the address of the site is known: a site map has absolute addresses only.
func (c *composer) siteMaps(most int) []file {
	if !c.located() {
		return nil
	}
	var entries []mapEntry
	for _, p := range c.pages {
		if !p.hidden {
			entries = append(entries, mapEntry{c.base + p.path, c.changed(p).Format(time.DateOnly)})
		}
	}
	if len(entries) <= most {
		return []file{siteMap("sitemap.xml", entries)}
	}
	var parts []file
	var index []mapEntry
	for start := 0; start < len(entries); start += most {
		part := entries[start:min(start+most, len(entries))]
		name := fmt.Sprintf("sitemap-%d.xml", len(parts)+1)
		parts = append(parts, siteMap(name, part))
		last := ""
		for _, e := range part {
			last = max(last, e.Changed)
		}
		index = append(index, mapEntry{c.base + name, last})
	}
	return append(parts, file{"sitemap.xml", document(struct {
		XMLName xml.Name   `xml:"sitemapindex"`
		Space   string     `xml:"xmlns,attr"`
		Parts   []mapEntry `xml:"sitemap"`
	}{Space: siteMapSpace, Parts: index})})
}

func siteMap(name string, entries []mapEntry) file {
	return file{name, document(struct {
		XMLName xml.Name   `xml:"urlset"`
		Space   string     `xml:"xmlns,attr"`
		Pages   []mapEntry `xml:"url"`
	}{Space: siteMapSpace, Pages: entries})}
}

// changed is the day a page was last published: that of its edition or, for a general page, the latest
// day the site tells of.
func (c *composer) changed(p *page) time.Time {
	if p.edition != nil {
		return p.edition.about.PublishedOn
	}
	return c.lastNews()
}

// document writes an XML document.
func document(v any) []byte {
	var b strings.Builder
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		panic("site: an XML document of our own types: " + err.Error()) // cannot happen: they hold strings
	}
	b.WriteString("\n")
	return []byte(b.String())
}
