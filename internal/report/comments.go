package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// comments copies the comments of a sheet, "" when it has none, with those of the marks. A cell that has
// a comment keeps it, ours under it. It returns the marks whose cells had none, in order: they
// want a box in the drawing.
func comments(in io.Reader, out io.Writer, namespace string, marks []mark) ([]mark, error) {
	c := commenting{walker: newWalker(in, out), pending: map[string]mark{}}
	for _, m := range marks {
		c.pending[m.ref()] = m
	}
	boxes := func() (left []mark) {
		for _, m := range marks {
			if _, is := c.pending[m.ref()]; is {
				left = append(left, m)
			}
		}
		return left
	}
	for c.next() {
		switch t := c.tag; {
		case t.name == "author" && !t.end:
			c.authors++
			c.keep()
		case t.name == "authors" && (t.end || t.empty):
			if t.empty {
				c.write(t.opened().raw)
			}
			c.put("<" + t.prefix + "author>" + escape(signature) + "</" + t.prefix + "author></" + t.prefix + "authors>")
		case t.name == "comment" && !t.end:
			ref := t.attribute("ref")
			m, ours := c.pending[ref]
			c.keep()
			if ours {
				delete(c.pending, ref)
				c.extend(m)
			}
		case t.name == "commentList" && (t.end || t.empty):
			c.found = true
			if t.empty {
				c.write(t.opened().raw)
			}
			for _, m := range boxes() {
				c.put(prefixed(fmt.Sprintf(`<comment ref="%s" authorId="%d"><text>%s</text></comment>`, m.ref(), c.authors, run(m.text)), t.prefix))
			}
			c.put("</" + t.prefix + "commentList>")
		default:
			c.keep()
		}
	}
	if c.err != nil || c.found {
		return boxes(), c.err
	}
	if c.offset > 0 {
		return nil, errNoWorkbook
	}
	c.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<comments xmlns="` + namespace + `"><authors><author>` + escape(signature) + `</author></authors><commentList>`)
	for _, m := range marks {
		c.put(`<comment ref="` + m.ref() + `" authorId="0"><text>` + run(m.text) + `</text></comment>`)
	}
	c.put("</commentList></comments>")
	return marks, c.err
}

type commenting struct {
	*walker
	pending map[string]mark
	authors int
	found   bool
}

// extend copies the rest of a comment with a text under its own.
func (c *commenting) extend(m mark) {
	text := "\n\n" + m.text
	done := false
	for c.next() {
		switch t := c.tag; {
		case t.name == "text" && t.empty:
			c.write(t.opened().raw)
			c.put(prefixed(run(m.text), t.prefix) + t.closing())
			done = true
			continue
		case !done && (t.name == "text" && t.end || (t.name == "rPh" || t.name == "phoneticPr") && !t.end):
			c.put(prefixed(run(text), t.prefix))
			done = true
		}
		c.keep()
		if c.tag.end && c.tag.name == "comment" {
			return
		}
	}
}

// run is a text of a comment.
func run(text string) string {
	return `<r><rPr><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr><t xml:space="preserve">` + content(text) + `</t></r>`
}

// drawing copies the drawing of the comments of a sheet, empty when it has none, with a box for each mark. Boxes are
// numbered from block × 1024, blocks being of 1024 numbers, as office programs have them.
func drawing(in io.Reader, out io.Writer, marks []mark, block int) error {
	w := newWalker(in, out)
	shapeType, done := false, false
	finish := func() {
		if !shapeType {
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
		case t.name == "idmap" && t.attribute("data") != "":
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
