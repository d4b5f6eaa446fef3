package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"esms.example/atlas/internal/french"
)

// ration leaves comments to so many cells, the worst first; the others are coloured alone.
func (c *copying) ration(left int) {
	without := 0
	for _, severity := range severities {
		for _, p := range c.plans {
			for i := range p.marks {
				switch {
				case p.marks[i].severity != severity:
				case left > 0:
					left--
				default:
					p.marks[i].text = ""
					without++
				}
			}
		}
	}
	if without > 0 {
		c.front.notes = append(c.front.notes, fmt.Sprintf("Seules les %s cellules les plus graves portent un commentaire\u00a0: un tableur n’en supporte guère plus. %s sans commentaire\u202f; la liste en dit la raison.",
			french.Integer(maxComments), french.Count(float64(without), "autre cellule est colorée", "autres cellules sont colorées")))
	}
	for i := range c.plans {
		for _, m := range c.plans[i].marks {
			if m.text != "" {
				c.plans[i].comments = append(c.plans[i].comments, m)
			}
		}
	}
}

// comment says how the comments of a sheet are written, and returns the element that its part
// lacks, "" when it has a drawing already.
func (c *copying) comment(p *plan, index int) (legacy string, err error) {
	relations, err := c.parts.relations(p.part)
	if err != nil {
		return "", err
	}
	list, shapes := "", ""
	drawings := map[string]string{}
	for _, r := range relations {
		switch target := related(p.part, r.Target); {
		case strings.HasSuffix(r.Type, "/comments") && c.parts.has(target):
			list = target
		case strings.HasSuffix(r.Type, "/vmlDrawing") && c.parts.has(target):
			drawings[r.ID] = target
		}
	}
	if len(drawings) > 0 { // that of the comments, or that of the headers of printed pages
		id, err := c.legacyDrawing(p.part)
		if err != nil {
			return "", err
		}
		shapes = drawings[id]
		if id != "" && shapes == "" {
			return "", errNoWorkbook
		}
	}
	if list == "" {
		list = c.free("commentsAtlas", ".xml")
		c.declare(list, "spreadsheetml.comments+xml")
		if _, err := c.relate(p.part, "comments", list); err != nil {
			return "", err
		}
	}
	if shapes == "" {
		shapes = c.free("drawings/vmlDrawingAtlas", ".vml")
		c.declare(shapes, "vmlDrawing")
		id, err := c.relate(p.part, "vmlDrawing", shapes)
		if err != nil {
			return "", err
		}
		legacy = `legacyDrawing xmlns:r="` + c.related + `" r:id="` + id + `"/>`
	}
	done, err := c.commented(list, p.comments)
	if err != nil {
		return "", err
	}
	c.rewritten[normal(list)] = func(in io.Reader, out io.Writer) error {
		_, err := comments(in, out, c.main, p.comments)
		return err
	}
	c.rewritten[normal(shapes)] = func(in io.Reader, out io.Writer) error {
		return drawing(in, out, done, firstBlock+index*blockCount(maxComments))
	}
	return legacy, nil
}

// firstBlock is beyond the numbers that office programs give to their boxes.
const firstBlock = 64

// commented tells what becomes of the comments of a sheet, before they are written.
func (c *copying) commented(list string, marks []mark) (commented, error) {
	in, err := c.parts.open(list)
	if err != nil {
		return commented{}, err
	}
	defer in.Close()
	return comments(in, io.Discard, c.main, marks)
}

// saidBefore reports whether a former check commented cells of a sheet.
func (c *copying) saidBefore(part string) (bool, error) {
	relations, err := c.parts.relations(part)
	if err != nil {
		return false, err
	}
	for _, r := range relations {
		if !strings.HasSuffix(r.Type, "/comments") {
			continue
		}
		list, err := c.parts.bytes(related(part, r.Target))
		if err != nil || bytes.Contains(list, []byte(escape(signature))) || bytes.Contains(list, []byte(separator)) {
			return err == nil, err
		}
	}
	return false, nil
}

// legacyDrawing returns the id of the drawing of the comments of a sheet.
func (c *copying) legacyDrawing(part string) (string, error) {
	in, err := c.parts.open(part)
	if err != nil {
		return "", err
	}
	defer in.Close()
	w := newWalker(in, io.Discard)
	for w.next() {
		if w.tag.name == "legacyDrawing" && !w.tag.end {
			for _, name := range []string{"r:id", "id"} {
				if id := w.tag.attribute(name); id != "" {
					return id, nil
				}
			}
			return "", errNoWorkbook
		}
	}
	return "", w.err
}
