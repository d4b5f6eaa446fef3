package download

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"esms.example/atlas/internal/french"
)

// File is one file of open data, as those who describe it need to know it.
type File struct {
	Path   string // relative to the directory of the data: « projets.csv »
	Title  string // French, without final stop
	Doc    string // French, one sentence or more
	Format Format
	Data   []byte
	Schema string // path of its Table Schema, relative as Path is; empty: none
}

// Hash is the SHA-256 of the file, in lower-case hexadecimal.
func (f File) Hash() string {
	sum := sha256.Sum256(f.Data)
	return hex.EncodeToString(sum[:])
}

// SchemaPath is the path of the Table Schema of a CSV.
func SchemaPath(csv string) string { return strings.TrimSuffix(csv, ".csv") + schemaSuffix }

// Licence is the licence of the data.
type Licence struct {
	Name string // « etalab-2.0 »; empty: of no known identifier
	Text string // « Licence Ouverte 2.0 »
	URL  string
}

// NewLicence names a licence by its address.
func NewLicence(text, url string) Licence {
	l := Licence{Text: text, URL: url}
	if strings.HasPrefix(french.Fold(text), french.Fold("Licence Ouverte 2.0")) || strings.Contains(url, "etalab-2.0") {
		l.Name = "etalab-2.0"
	}
	return l
}

// Set is the open data of one edition: what its data package, its catalogue and its pages say.
type Set struct {
	Name        string // stable, ASCII: « atlas-esms-numerique-2023 »
	Title       string // French
	Doc         string // French
	Homepage    string // absolute address of the page of the data; empty: unknown
	Publisher   string
	Contact     string // an e-mail address; empty: none
	Source      string // who the figures come from
	Licence     Licence
	PublishedOn time.Time
	From, To    time.Time // the first decision, and the data state
	Files       []File
}

// Keywords are those of every edition.
var Keywords = []string{"ESMS numérique", "dossier usager informatisé", "médico-social", "ESSMS", "CNSA", "ARS", "subventions", "région"}

type dataPackage struct {
	Profile      string        `json:"profile"`
	Name         string        `json:"name"`
	Title        string        `json:"title"`
	Description  string        `json:"description"`
	Homepage     string        `json:"homepage,omitempty"`
	Version      string        `json:"version"`
	Created      string        `json:"created"`
	Keywords     []string      `json:"keywords"`
	Licenses     []licence     `json:"licenses"`
	Sources      []source      `json:"sources"`
	Contributors []contributor `json:"contributors"`
	Resources    []resource    `json:"resources"`
}

type licence struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title"`
}

type source struct {
	Title string `json:"title"`
}

type contributor struct {
	Title string `json:"title"`
	Email string `json:"email,omitempty"`
	Role  string `json:"role"`
}

type resource struct {
	Profile     string   `json:"profile"`
	Name        string   `json:"name"`
	Path        string   `json:"path"`
	Title       string   `json:"title"`
	Description string   `json:"description,omitempty"`
	Format      string   `json:"format"`
	MediaType   string   `json:"mediatype"`
	Encoding    string   `json:"encoding,omitempty"`
	Bytes       int      `json:"bytes"`
	Hash        string   `json:"hash"`
	Schema      string   `json:"schema,omitempty"`
	Dialect     *dialect `json:"dialect,omitempty"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
}

// Package is the datapackage.json (Data Package, version 1) that stands beside the files.
func (s Set) Package() ([]byte, error) {
	p := dataPackage{
		Profile: "data-package", Name: s.Name, Title: s.Title, Description: s.Doc, Homepage: s.Homepage,
		Version: s.PublishedOn.Format(time.DateOnly), Created: s.PublishedOn.Format(time.RFC3339), Keywords: Keywords,
		Licenses: []licence{{s.Licence.Name, s.Licence.URL, s.Licence.Text}}, Sources: []source{{s.Source}},
		Contributors: []contributor{{s.Publisher, s.Contact, "publisher"}},
	}
	for _, f := range s.Files {
		r := resource{
			Profile: "data-resource", Name: resourceName(f.Path), Path: f.Path, Title: f.Title, Description: f.Doc,
			Format: f.Format.Short, MediaType: f.Format.MediaType, Bytes: len(f.Data), Hash: "sha256:" + f.Hash(), Schema: f.Schema,
		}
		if f.Schema != "" {
			r.Profile = "tabular-data-resource"
		}
		if f.Format.MediaType != WorkbookType {
			r.Encoding = "utf-8"
		}
		if f.Format.Delimiter != "" {
			r.Dialect = &dialect{f.Format.Delimiter, f.Format.lineTerminator()}
		}
		p.Resources = append(p.Resources, r)
	}
	return indented(p)
}

func (f Format) lineTerminator() string {
	if f.Decimal != "" {
		return "\r\n"
	}
	return "\n"
}

// resourceName makes a name of a path: lower-case letters, digits, hyphens, underscores and dots.
func resourceName(path string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' {
			return '.'
		}
		return r
	}, strings.ToLower(path))
}

// Sums lists the SHA-256 of the files as the command sha256sum writes and checks them.
func (s Set) Sums() []byte {
	files := slices.Clone(s.Files)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	var b strings.Builder
	for _, f := range files {
		b.WriteString(f.Hash() + "  " + f.Path + "\n")
	}
	return []byte(b.String())
}

// ReadPackage takes the files of a set from a data package written before, whose content read
// gives by their paths. A resource of a format that this program does not write is left out.
func (s *Set) ReadPackage(data []byte, read func(path string) ([]byte, error)) error {
	var p dataPackage
	if err := json.Unmarshal(data, &p); err != nil {
		return fmt.Errorf("lecture de datapackage.json : %w", err)
	}
	s.Files = nil
	for _, r := range p.Resources {
		format, ok := formatOf(r.Path)
		if !ok {
			continue
		}
		content, err := read(r.Path)
		if err != nil {
			return err
		}
		s.Files = append(s.Files, File{Path: r.Path, Title: r.Title, Doc: r.Description, Format: format, Data: content, Schema: r.Schema})
	}
	return nil
}

// formatOf is the format of a file, by the longest suffix.
func formatOf(path string) (Format, bool) {
	var best Format
	for _, f := range append(slices.Clone(Formats), GeoJSONFormat) {
		if strings.HasSuffix(path, f.Suffix) && len(f.Suffix) > len(best.Suffix) {
			best = f
		}
	}
	return best, best.Suffix != ""
}
