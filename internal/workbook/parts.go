package workbook

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"
)

// locate finds the worksheets of the workbook and their parts, following the relationships as
// the format says, whatever names the writer gave.
func (b *Book) locate() error {
	main := "xl/workbook.xml"
	for _, r := range b.relations("_rels/.rels") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = partName("", r.Target)
		}
	}
	var doc struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(main, &doc); err != nil {
		return err
	}
	b.date1904 = doc.Properties.Date1904 == "1" || strings.EqualFold(doc.Properties.Date1904, "true")
	targets := map[string]relation{}
	for _, r := range b.relations(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels")) {
		targets[r.ID] = r
		if strings.HasSuffix(r.Type, "/sharedStrings") {
			// The library looks for the texts under one name only.
			if part, ok := b.part(partName(path.Dir(main), r.Target)); ok {
				b.file.Pkg.Store("xl/sharedStrings.xml", part)
			}
		}
	}
	b.parts, b.hidden = map[string][]byte{}, map[string]bool{}
	for _, s := range doc.Sheets {
		for _, a := range s.Attrs {
			r, ok := targets[a.Value]
			if a.Name.Local != "id" || !ok || !strings.HasSuffix(r.Type, "/worksheet") {
				continue // a chart sheet, a dialogue, a macro sheet
			}
			if part, ok := b.part(partName(path.Dir(main), r.Target)); ok {
				b.parts[s.Name] = part
				b.sheets = append(b.sheets, s.Name)
				if s.State == "hidden" || s.State == "veryHidden" {
					b.hidden[s.Name] = true
				}
			}
		}
	}
	if len(b.sheets) == 0 {
		return fault("il n’a aucune feuille")
	}
	return nil
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func (b *Book) relations(name string) []relation {
	var doc struct {
		All []relation `xml:"Relationship"`
	}
	if b.decode(name, &doc) != nil {
		return nil
	}
	return doc.All
}

func (b *Book) decode(name string, into any) error {
	part, ok := b.part(name)
	if !ok {
		return fault(name + " manque")
	}
	d := xml.NewDecoder(bytes.NewReader(part))
	d.CharsetReader = b.file.CharsetReader
	return d.Decode(into)
}

func (b *Book) part(name string) ([]byte, bool) {
	v, ok := b.file.Pkg.Load(name)
	if !ok {
		return nil, false
	}
	part, ok := v.([]byte)
	return part, ok
}

// partName resolves the target of a relationship of a part in that directory.
func partName(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Clean(path.Join(dir, target))
}
