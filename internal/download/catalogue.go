package download

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// Catalogue is the DCAT-AP catalogue of the open data of every edition, as JSON-LD: one
// dcat:Catalog, a dcat:Dataset for each table of each edition, a dcat:Distribution for each of
// its files. Its addresses are absolute, as harvesters (data.gouv.fr) ask.
type Catalogue struct {
	Address   string // of the catalogue itself, absolute
	Base      string // absolute address of the site, ends in a slash
	Title     string
	Doc       string
	Publisher string
	Contact   string // an e-mail address; empty: the site's own page of contacts stands for it
	Licence   Licence
	Extent    []orb.Bound // boxes that hold the territories, in degrees (WGS 84); none: unknown
	Sets      []Set
}

// Dataset is one dataset of the catalogue: a table or a level of boundaries, in all its formats.
type Dataset struct {
	ID    string // stable: « atlas-esms-numerique-2023-projets »
	Name  string // in the set: « projets »
	Title string
	Doc   string
	Files []File
}

// Datasets gathers the files of a set by what they hold, in the order of the files: the formats
// of one table are one dataset.
func (s Set) Datasets() []Dataset {
	var out []Dataset
	at := map[string]int{}
	for _, f := range s.Files {
		name := f.subject()
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, Dataset{ID: s.Name + "-" + name, Name: name, Title: f.Title, Doc: f.Doc})
		}
		out[i].Files = append(out[i].Files, f)
	}
	return out
}

// subject is what a file holds, whatever its format: « projets » of « projets-excel.csv ».
func (f File) subject() string { return strings.TrimSuffix(path.Base(f.Path), f.Format.Suffix) }

// The vocabularies of the Publications Office of the European Union that DCAT-AP asks for.
const (
	authority  = "http://publications.europa.eu/resource/authority/"
	mediaTypes = "https://www.iana.org/assignments/media-types/"
)

// node is a value or an object of JSON-LD.
type node map[string]any

// vocabularies says what the terms of the catalogue mean; it is written in it, so that no harvester
// has to fetch it.
var vocabularies = node{
	"adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
	"foaf": "http://xmlns.com/foaf/0.1/", "locn": "http://www.w3.org/ns/locn#", "spdx": "http://spdx.org/rdf/terms#", "vcard": "http://www.w3.org/2006/vcard/ns#",
	"xsd": "http://www.w3.org/2001/XMLSchema#",
}

// JSON writes the catalogue. The same data give the same bytes.
func (c Catalogue) JSON() ([]byte, error) {
	var datasets []node
	issued, modified := time.Time{}, time.Time{}
	for _, s := range c.Sets {
		for _, d := range s.Datasets() {
			datasets = append(datasets, c.dataset(s, d))
		}
		if issued.IsZero() || s.PublishedOn.Before(issued) {
			issued = s.PublishedOn
		}
		if s.PublishedOn.After(modified) {
			modified = s.PublishedOn
		}
	}
	catalogue := node{
		"@context": vocabularies, "@id": c.Address, "@type": "dcat:Catalog",
		"dct:title": inFrench(c.Title), "dct:description": inFrench(c.Doc), "dct:publisher": c.publisher(),
		"dct:language": ref(authority + "language/FRA"), "dct:spatial": c.spatial(),
		"foaf:homepage": ref(c.Base), "dcat:themeTaxonomy": ref(authority + "data-theme"),
		"dct:issued": day(issued), "dct:modified": day(modified), "dcat:dataset": datasets,
	}
	c.license(catalogue)
	return indented(catalogue)
}

func (c Catalogue) dataset(s Set, d Dataset) node {
	at := s.Homepage + "#" + d.Name
	var distributions []node
	for _, f := range d.Files {
		distributions = append(distributions, c.distribution(s, f))
	}
	n := node{
		"@id": at, "@type": "dcat:Dataset", "dct:identifier": d.ID, "dct:title": inFrench(d.Title + ", " + s.Title), "dct:description": inFrench(d.Doc + " " + s.Doc),
		"dct:publisher": c.publisher(), "dcat:contactPoint": c.contact(),
		"dct:issued": day(s.PublishedOn), "dct:modified": day(s.PublishedOn), "dct:accrualPeriodicity": ref(authority + "frequency/ANNUAL"),
		"dct:accessRights": ref(authority + "access-right/PUBLIC"),
		"dct:language":     ref(authority + "language/FRA"), "dct:spatial": c.spatialRefs(),
		"dct:temporal": node{"@type": "dct:PeriodOfTime", "dcat:startDate": day(s.From), "dcat:endDate": day(s.To)},
		"dcat:theme":   []node{ref(authority + "data-theme/HEAL"), ref(authority + "data-theme/SOCI")}, "dcat:keyword": keywords(),
		"dcat:landingPage": ref(s.Homepage), "dcat:version": s.PublishedOn.Format(time.DateOnly), "dcat:distribution": distributions,
	}
	c.license(n)
	return n
}

// distribution describes a file. Its checksum is a plain text: typed xsd:hexBinary, as DCAT-AP has
// it, the library of data.gouv.fr would make bytes of it, which its own model then refuses.
func (c Catalogue) distribution(s Set, f File) node {
	at := s.Homepage + f.Path
	n := node{
		"@id": at + "#distribution", "@type": "dcat:Distribution", "dct:title": inFrench(f.Title + " (" + f.Format.Label + ")"),
		"dcat:accessURL": ref(s.Homepage), "dcat:downloadURL": ref(at),
		"dct:format": ref(authority + "file-type/" + fileTypes[f.Format.Short]), "dcat:mediaType": ref(mediaTypes + f.Format.MediaType),
		"dcat:byteSize":  node{"@type": "xsd:nonNegativeInteger", "@value": strconv.Itoa(len(f.Data))},
		"dct:issued":     day(s.PublishedOn),
		"dct:modified":   day(s.PublishedOn),
		"dct:language":   ref(authority + "language/FRA"),
		"spdx:checksum":  node{"@type": "spdx:Checksum", "spdx:algorithm": ref("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"), "spdx:checksumValue": f.Hash()},
		"adms:status":    ref(authority + "distribution-status/COMPLETED"),
		"dct:identifier": f.Path,
	}
	if f.Schema != "" {
		n["dct:conformsTo"] = node{"@id": s.Homepage + f.Schema, "@type": "dct:Standard", "dct:title": inFrench("Schéma de table de " + f.Path)}
	}
	c.license(n)
	return n
}

// fileTypes are the formats in the vocabulary of file types.
var fileTypes = map[string]string{"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "geojson": "GEOJSON"}

func (c Catalogue) publisher() node {
	return node{"@id": c.Base + "#editeur", "@type": "foaf:Agent", "foaf:name": inFrench(c.Publisher)}
}

func (c Catalogue) contact() node {
	n := node{"@id": c.Base + "#contact", "@type": "vcard:Organization", "vcard:fn": c.Publisher, "vcard:hasURL": ref(c.Base + "contact/")}
	if c.Contact != "" {
		n["vcard:hasEmail"] = ref("mailto:" + c.Contact)
	}
	return n
}

// spatial is France, and the boxes of its regions as GeoJSON, the only extent that data.gouv.fr reads.
func (c Catalogue) spatial() []node {
	out := []node{ref(authority + "country/FRA")}
	if len(c.Extent) == 0 {
		return out
	}
	var boxes orb.MultiPolygon
	for _, b := range c.Extent {
		boxes = append(boxes, b.ToPolygon())
	}
	var geometry bytes.Buffer
	geometry.WriteString(`{"type":"MultiPolygon","coordinates":`)
	writePolygons(&geometry, boxes)
	geometry.WriteString("}")
	return append(out, node{"@id": c.Base + "#etendue", "@type": "dct:Location", "locn:geometry": node{"@type": mediaTypes + "application/vnd.geo+json", "@value": geometry.String()}})
}

// spatialRefs name what the catalogue says of its own extent.
func (c Catalogue) spatialRefs() []node {
	var out []node
	for _, n := range c.spatial() {
		out = append(out, ref(n["@id"].(string)))
	}
	return out
}

// license says the licence of something. data.gouv.fr knows the Licence Ouverte by its address.
func (c Catalogue) license(n node) {
	if c.Licence.URL != "" {
		n["dct:license"] = ref(c.Licence.URL)
	}
}

func keywords() []node {
	var out []node
	for _, k := range Keywords {
		out = append(out, inFrench(k))
	}
	return out
}

// inFrench is a text in French.
func inFrench(text string) node { return node{"@language": "fr", "@value": text} }

// ref is a link to something that has an address.
func ref(address string) node { return node{"@id": address} }

// day is a date.
func day(t time.Time) node { return node{"@type": "xsd:date", "@value": t.Format(time.DateOnly)} }
