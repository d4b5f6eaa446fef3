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
	part, _ := b.part("xl/sharedStrings.xml")
	b.texts = countTexts(part)
	b.parts, b.hidden = map[string][]byte{}, map[string]bool{}
	for _, s := range doc.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local != "id" {
				continue
			}
			if err := b.add(s.Name, targets[a.Value], path.Dir(main)); err != nil {
				return err
			}
			b.hidden[s.Name] = s.State == "hidden" || s.State == "veryHidden"
		}
	}
	if len(b.sheets) == 0 {
		return fault("il n’a aucune feuille")
	}
	return nil
}

// add adds a sheet, unless it is a chart sheet, a dialogue or a macro sheet. It fails when the workbook
// names a sheet that it does not hold, or two as one: what they held would be missed, or mistaken.
func (b *Book) add(name string, r relation, dir string) error {
	if r.ID != "" && !strings.HasSuffix(r.Type, "/worksheet") {
		return nil
	}
	part, ok := b.part(partName(dir, r.Target))
	if !ok {
		return fault("la feuille " + quote(name) + " n’est pas dans le fichier")
	}
	for _, other := range b.sheets {
		if strings.EqualFold(other, name) {
			return fault("deux de ses feuilles s’appellent " + quote(name))
		}
	}
	b.parts[name] = part
	b.sheets = append(b.sheets, name)
	return nil
}

// countTexts counts the texts of the part that the cells share.
func countTexts(part []byte) int {
	s, n := scanner{rest: part}, 0
	for {
		name, _, _, ok := s.tag()
		if !ok {
			return n
		}
		if name == "si" {
			n++
		}
	}
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
