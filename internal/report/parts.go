package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// maxPart bounds the parts that are rewritten, in bytes once unzipped.
const maxPart = 400 << 20

var errNoWorkbook = errors.New("le classeur est abîmé")

// parts are the parts of a workbook.
type parts struct {
	files  []*zip.File          // each name once, in the order of the archive
	byName map[string]*zip.File // by normalised name
}

// normal is the name of a part as the format compares them.
func normal(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func openParts(r io.ReaderAt, size int64) (*parts, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, errNoWorkbook
	}
	p := &parts{byName: map[string]*zip.File{}}
	for _, f := range archive.File {
		if name := normal(f.Name); p.byName[name] == nil {
			p.byName[name] = f
			p.files = append(p.files, f)
		}
	}
	return p, nil
}

// open opens a part; what is missing is empty.
func (p *parts) open(name string) (io.ReadCloser, error) {
	f := p.byName[normal(name)]
	if f == nil {
		return io.NopCloser(strings.NewReader("")), nil
	}
	if f.UncompressedSize64 > maxPart {
		return nil, errNoWorkbook
	}
	r, err := f.Open()
	if err != nil {
		return nil, errNoWorkbook
	}
	return r, nil
}

func (p *parts) has(name string) bool { return p.byName[normal(name)] != nil }

// decode decodes a part of XML.
func (p *parts) decode(name string, into any) error {
	r, err := p.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	if xml.NewDecoder(r).Decode(into) != nil {
		return errNoWorkbook // other encodings than UTF-8 included
	}
	return nil
}

// bytes reads a whole part.
func (p *parts) bytes(name string) ([]byte, error) {
	r, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxPart))
	if err != nil {
		return nil, errNoWorkbook
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// relation is a relationship of a part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relationsOf returns the part where the relationships of a part stand.
func relationsOf(part string) string {
	dir, base := path.Split(part)
	return path.Join(dir, "_rels", base+".rels")
}

// relations returns the relationships of a part, "" for those of the archive.
func (p *parts) relations(part string) ([]relation, error) {
	name := relationsOf(part)
	if !p.has(name) {
		return nil, nil
	}
	var doc struct {
		All []relation `xml:"Relationship"`
	}
	err := p.decode(name, &doc)
	return doc.All, err
}

// related returns the part that a relationship leads to: target, seen from the part.
func related(part, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(path.Dir(part), target)
}

// tab is a sheet of a workbook.
type tab struct {
	name   string
	hidden bool
	part   string
	kind   string // the last word of the type of its relationship: « worksheet », « chartsheet »
}

// layout is where the parts of a workbook stand.
type layout struct {
	main        string // xl/workbook.xml
	styles      string // "" when there is none
	tabs        []tab
	lastSheetID int
	strict      bool // the names of the strict variant of the format
}

func (p *parts) layout() (layout, error) {
	l := layout{main: "xl/workbook.xml"}
	top, err := p.relations("")
	if err != nil {
		return l, err
	}
	for _, r := range top {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			l.main = related("", r.Target)
		}
	}
	var doc struct {
		XMLName xml.Name
		Sheets  []struct {
			Name  string     `xml:"name,attr"`
			ID    int        `xml:"sheetId,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := p.decode(l.main, &doc); err != nil {
		return l, err
	}
	l.strict = strings.Contains(doc.XMLName.Space, "purl.oclc.org")
	relations, err := p.relations(l.main)
	if err != nil {
		return l, err
	}
	targets := map[string]relation{}
	for _, r := range relations {
		targets[r.ID] = r
		if strings.HasSuffix(r.Type, "/styles") {
			l.styles = related(l.main, r.Target)
		}
	}
	for _, s := range doc.Sheets {
		l.lastSheetID = max(l.lastSheetID, s.ID)
		t := tab{name: s.Name, hidden: s.State != "" && s.State != "visible"}
		for _, a := range s.Attrs {
			if r, ok := targets[a.Value]; ok && a.Name.Local == "id" {
				t.part, t.kind = related(l.main, r.Target), path.Base(r.Type)
			}
		}
		l.tabs = append(l.tabs, t)
	}
	if len(l.tabs) == 0 {
		return l, errNoWorkbook
	}
	return l, nil
}

// names are the names of the format that ours must agree with.
func (l layout) names() (main, relationships string) {
	if l.strict {
		return "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
	}
	return "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
}
