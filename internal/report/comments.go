package report

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// separator begins what a check says, after the comment of somebody if there is one: office
// programs do not all keep the authors of comments.
const separator = "– Contrôle de l’atlas –"

// commented is what became of the comments of a sheet.
type commented struct {
	boxes []mark          // the marks whose cells had no comment, in order: they want a box in the drawing
	gone  map[string]bool // the cells of which the comment of a former check was taken away
}

// comments copies the comments of a sheet, empty when it has none, with those of the marks. A cell that has a comment
// keeps it, ours under it. The comments of a former check are taken away.
func comments(in io.Reader, out io.Writer, namespace string, marks []mark) (commented, error) {
	c := commenting{walker: newWalker(in, out), pending: map[string]mark{}, boxed: map[string]bool{}, ours: map[int]bool{}, gone: map[string]bool{}}
	for _, m := range marks {
		c.pending[m.ref()] = m
	}
	for c.next() {
		switch t := c.tag; {
		case t.name == "author" && !t.end:
			c.author()
		case t.name == "authors" && (t.end || t.empty):
			if t.empty {
				c.write(t.opened().raw)
			}
			c.put("<" + t.prefix + "author>" + escape(signature) + "</" + t.prefix + "author></" + t.prefix + "authors>")
		case t.name == "comment" && !t.end && !t.empty:
			c.comment(t)
		case t.name == "commentList" && (t.end || t.empty):
			c.found = true
			if t.empty {
				c.write(t.opened().raw)
			}
			for _, m := range marks {
				if _, left := c.pending[m.ref()]; left {
					c.put(prefixed(fmt.Sprintf(`<comment ref="%s" authorId="%d"><text>%s</text></comment>`, m.ref(), c.authors, run(separator+"\n"+m.text)), t.prefix))
				}
			}
			c.put("</" + t.prefix + "commentList>")
		default:
			c.keep()
		}
	}
	if c.err == nil && !c.found && c.offset > 0 {
		return commented{}, errNoWorkbook
	}
	if !c.found {
		c.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<comments xmlns="` + namespace + `"><authors><author>` + escape(signature) + `</author></authors><commentList>`)
		for _, m := range marks {
			c.put(`<comment ref="` + m.ref() + `" authorId="0"><text>` + run(separator+"\n"+m.text) + `</text></comment>`)
		}
		c.put("</commentList></comments>")
	}
	done := commented{gone: c.gone}
	for _, m := range marks {
		if _, left := c.pending[m.ref()]; left && !c.boxed[m.ref()] {
			done.boxes = append(done.boxes, m)
		}
	}
	return done, c.err
}

type commenting struct {
	*walker
	pending map[string]mark // by cell: what is not written yet
	boxed   map[string]bool // the cells that have a box already
	authors int
	ours    map[int]bool // the authors that are former checks
	gone    map[string]bool
	found   bool
}

// capture returns the element whose tag was just read, instead of copying it.
func (w *walker) capture(name string) []byte {
	var kept bytes.Buffer
	out := w.out
	w.out = &kept
	w.keep()
	w.whole(name)
	w.out = out
	return kept.Bytes()
}

func (c *commenting) author() {
	raw := c.tag.raw
	if !c.tag.empty {
		raw = c.capture("author")
	}
	c.ours[c.authors] = bytes.Contains(raw, []byte(">"+escape(signature)+"<"))
	c.authors++
	c.write(raw)
}

// comment copies a comment, without what a former check said, with what this one says.
func (c *commenting) comment(t tag) {
	ref, author := t.attribute("ref"), t.attribute("authorId")
	whole := c.capture("comment")
	raw := withoutFormer(whole)
	m, marked := c.pending[ref]
	switch {
	case c.err != nil:
	case author != "" && c.ours[integer(author)], len(raw) < len(whole) && blank(raw):
		c.boxed[ref] = marked
		c.gone[ref] = !marked
	case marked:
		delete(c.pending, ref)
		extend(raw, c.walker, m)
	default:
		c.write(raw)
	}
}

// withoutFormer takes what a former check said from the comment of somebody.
func withoutFormer(raw []byte) []byte {
	i := bytes.Index(raw, []byte(separator))
	if i < 0 {
		return raw
	}
	head := raw[:i:i]
	for _, newline := range []string{"\n", "&#10;", "&#xA;", "&#xa;", "_x000a_", "_x000A_"} {
		for bytes.HasSuffix(head, []byte(newline)) {
			head = head[: len(head)-len(newline) : len(head)-len(newline)]
		}
	}
	var open []tag
	w := newWalker(bytes.NewReader(head), io.Discard)
	for w.next() {
		switch {
		case w.tag.end && len(open) > 0:
			open = open[:len(open)-1]
		case !w.tag.end && !w.tag.empty:
			open = append(open, w.tag)
		}
	}
	for len(open) > 0 {
		head = append(head, open[len(open)-1].closing()...)
		open = open[:len(open)-1]
	}
	return head
}

// blank reports whether an element has no text.
func blank(raw []byte) bool {
	var text bytes.Buffer
	w := newWalker(bytes.NewReader(raw), &text)
	for w.next() { // its tags are left out
	}
	return w.err == nil && len(bytes.TrimSpace(text.Bytes())) == 0
}

// extend writes a comment with a text under its own.
func extend(raw []byte, out *walker, m mark) {
	done := false
	w := newWalker(bytes.NewReader(raw), out.out)
	for w.next() {
		switch t := w.tag; {
		case t.name == "text" && t.empty:
			w.write(t.opened().raw)
			w.put(prefixed(run(separator+"\n"+m.text), t.prefix) + t.closing())
			done = true
			continue
		case !done && (t.name == "text" && t.end || (t.name == "rPh" || t.name == "phoneticPr") && !t.end):
			w.put(prefixed(run("\n\n"+separator+"\n"+m.text), t.prefix))
			done = true
		}
		w.keep()
	}
	if w.err != nil {
		out.fail(w.err)
	}
}

// run is a text of a comment.
func run(text string) string {
	return `<r><rPr><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr><t xml:space="preserve">` + content(text) + `</t></r>`
}

var boxRow, boxColumn = regexp.MustCompile(`:Row>\s*(\d+)`), regexp.MustCompile(`:Column>\s*(\d+)`)

// boxed returns the cell of the comment that a shape is the box of, "" when it is something else.
func boxed(shape []byte) string {
	row, column := boxRow.FindSubmatch(shape), boxColumn.FindSubmatch(shape)
	if row == nil || column == nil || !bytes.Contains(shape, []byte(`"Note"`)) {
		return ""
	}
	return mark{row: integer(string(row[1])) + 1, column: integer(string(column[1])) + 1}.ref()
}

// drawing copies the drawing of the comments of a sheet, empty when it has none, without the boxes of the comments that are gone
// and with those that the others want. Boxes are numbered from block × 1024, blocks being of 1024 numbers, as office programs have them.
func drawing(in io.Reader, out io.Writer, c commented, block int) error {
	marks := c.boxes
	w := newWalker(in, out)
	shapeType, done := false, false
	finish := func() {
		if !shapeType && len(marks) > 0 {
			w.put(boxType)
		}
		for i, m := range marks {
			w.put(box(m, block*1024+i+1))
		}
		done = true
	}
	for w.next() {
		t := w.tag
		switch {
		case t.name == "shapetype" && t.attribute("id") == "_x0000_t202":
			shapeType = true
		case t.name == "shape" && !t.end && !t.empty && len(c.gone) > 0:
			if shape := w.capture("shape"); !c.gone[boxed(shape)] {
				w.write(shape)
			}
			continue
		case t.name == "idmap" && len(marks) > 0 && t.attribute("data") != "":
			t = t.with("data", t.attribute("data")+","+blocks(block, len(marks)))
		case t.name == "xml" && t.end && !done:
			finish()
		}
		w.write(t.raw)
	}
	if w.err != nil || done {
		return w.err
	}
	if w.offset > 0 {
		return errNoWorkbook
	}
	w.put(`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="` + blocks(block, len(marks)) + `"/></o:shapelayout>`)
	finish()
	w.put("</xml>")
	return w.err
}

// boxType is the shape of comments.
const boxType = `<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
	`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

// blockCount is the number of blocks that so many boxes take.
func blockCount(boxes int) int { return boxes/1024 + 1 }

func blocks(first, boxes int) string {
	var list []string
	for i := range blockCount(boxes) {
		list = append(list, strconv.Itoa(first+i))
	}
	return strings.Join(list, ",")
}

// box is the hidden box of a comment, beside its cell and tall enough for its text.
func box(m mark, id int) string {
	const wide, perLine = 4, 42 // columns; characters of a line of the box
	lines := 1
	for _, l := range strings.Split(m.text, "\n") {
		lines += 1 + utf8.RuneCountInString(l)/perLine
	}
	column, row := m.column-1, m.row-1
	left, top := min(column+1, maxColumns-wide-1), max(row-1, 0)
	return fmt.Sprintf(`<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" `+
		`id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:%dpt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d,15,%d,2,%d,15,%d,4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
		id, 12*lines, left, top, left+wide, min(top+lines, maxRows-1), row, column)
}
