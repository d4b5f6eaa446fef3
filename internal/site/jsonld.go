package site

import (
	"path"
	"strconv"
	"time"

	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/indicator"
)

// datasetNode is a Dataset of schema.org, as search engines read it in the page. Its fields are
// encoded by html/template, which lets no text close the script element that holds it.
type datasetNode struct {
	Context       string         `json:"@context"`
	Type          string         `json:"@type"`
	Name          string         `json:"name"`
	Description   string         `json:"description"`
	Identifier    string         `json:"identifier"`
	URL           string         `json:"url"`
	Language      string         `json:"inLanguage"`
	License       string         `json:"license,omitempty"`
	Free          bool           `json:"isAccessibleForFree"`
	Creator       namedNode      `json:"creator"`
	Publisher     namedNode      `json:"publisher"`
	PublishedOn   string         `json:"datePublished"`
	ModifiedOn    string         `json:"dateModified"`
	Version       string         `json:"version"`
	Temporal      string         `json:"temporalCoverage"`
	Spatial       namedNode      `json:"spatialCoverage"`
	Keywords      []string       `json:"keywords"`
	Credit        string         `json:"creditText"`
	Variables     []variableNode `json:"variableMeasured,omitempty"`
	PartOf        *partNode      `json:"isPartOf,omitempty"`
	Catalogue     *partNode      `json:"includedInDataCatalog,omitempty"`
	Distributions []downloadNode `json:"distribution"`
}

type namedNode struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type partNode struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type variableNode struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	ID          string `json:"propertyID"`
	Description string `json:"description"`
	Unit        string `json:"unitText"`
}

type downloadNode struct {
	Type       string `json:"@type"`
	Name       string `json:"name"`
	Format     string `json:"encodingFormat"`
	URL        string `json:"contentUrl"`
	Size       string `json:"contentSize"`
	SHA256     string `json:"sha256"`
	ModifiedOn string `json:"dateModified"`
}

// absolute is the address of a path of the site where the site knows its own, else the link from
// the page.
func (c *composer) absolute(to string, l *linker) string {
	link := l.to(to) // checks that it exists
	if c.base != "/" {
		return c.base + to
	}
	return link
}

// describe says to search engines what the page at a path offers to download.
func (c *composer) describe(e *edition, l *linker, name, description, identifier string, indicators []*indicator.Indicator) *datasetNode {
	day := e.about.PublishedOn.Format(time.DateOnly)
	d := &datasetNode{
		Context: "https://schema.org", Type: "Dataset", Name: name, Description: description, Identifier: identifier, URL: c.absolute(l.from, l),
		Language: "fr", License: c.settings.LicenceURL, Free: true,
		Creator: namedNode{"Organization", c.settings.Source}, Publisher: namedNode{"Organization", c.publisher()},
		PublishedOn: day, ModifiedOn: day, Version: day, Temporal: e.since().Format(time.DateOnly) + "/" + e.about.DataState.Format(time.DateOnly),
		Spatial: namedNode{"Country", "France"}, Keywords: download.Keywords, Credit: sourceLine(c.settings, e),
	}
	for _, ind := range indicators {
		d.Variables = append(d.Variables, variableNode{"PropertyValue", ind.Title, string(ind.ID), ind.Definition, string(ind.Unit)})
	}
	if l.has(cataloguePath) {
		d.Catalogue = &partNode{"DataCatalog", c.settings.Name, c.absolute(cataloguePath, l)}
	}
	for _, o := range e.offers[l.from] {
		d.Distributions = append(d.Distributions, downloadNode{
			Type: "DataDownload", Name: o.table.Title + " (" + o.format.Label + ")", Format: o.format.MediaType, URL: c.absolute(o.file.path, l),
			Size: strconv.Itoa(len(o.file.data)) + " B", SHA256: download.File{Data: o.file.data}.Hash(), ModifiedOn: day,
		})
	}
	return d
}

// setName is the stable identifier of the open data of an edition.
func (e *edition) setName() string { return "atlas-esms-numerique-" + year(e.about.Year) }

// describeData is what the page of the data says of them.
func (c *composer) describeData(e *edition, l *linker) *datasetNode {
	var all []*indicator.Indicator
	for i := range indicator.All {
		all = append(all, &indicator.All[i])
	}
	return c.describe(e, l, e.title(), e.dataSummary(), e.setName(), all)
}

// describeIndicator is what the page of an indicator says of its data.
func (c *composer) describeIndicator(e *edition, ind *indicator.Indicator, l *linker) *datasetNode {
	d := c.describe(e, l, ind.Title+", "+e.title(), ind.Definition+" "+ind.Method, e.setName()+"-"+path.Base(string(ind.ID)), []*indicator.Indicator{ind})
	d.PartOf = &partNode{"Dataset", e.title(), c.absolute(e.base+"donnees/", l)}
	return d
}
