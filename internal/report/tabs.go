package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// formerSummary returns the tab of the summary of a former check: the copy was sent back.
func (c *copying) formerSummary() (int, error) {
	for i, t := range c.layout.tabs {
		if !strings.HasPrefix(t.name, summaryName) || !c.parts.has(t.part) {
			continue
		}
		head, err := c.head(t.part)
		if err != nil {
			return -1, err
		}
		if bytes.Contains(head, []byte(`"`+frontColour+`"`)) {
			return i, nil
		}
	}
	return -1, nil
}

// The name of the summary sheet and that of its part.
const (
	summaryName = "Contrôle"
	summaryStem = "worksheets/controleAtlas"
)

// freeName is the name of the summary sheet: the first that no sheet has.
func freeName(tabs []tab) string {
	name := summaryName
	for n := 2; slices.ContainsFunc(tabs, func(t tab) bool { return strings.EqualFold(t.name, name) }); n++ {
		name = fmt.Sprintf("%s (%d)", summaryName, n)
	}
	return name
}

// unselect rewrites the other sheets that are selected: the summary alone is, lest what is
// typed in one sheet goes to all.
func (c *copying) unselect() error {
	for _, t := range c.layout.tabs {
		if c.rewritten[normal(t.part)] != nil || !c.parts.has(t.part) {
			continue
		}
		head, err := c.head(t.part)
		if err != nil {
			return err
		}
		if bytes.Contains(head, []byte("tabSelected")) {
			c.rewritten[normal(t.part)] = selectNone
		}
	}
	return nil
}

// addFront adds the summary sheet to the workbook.
func (c *copying) addFront() {
	write := func(_ io.Reader, out io.Writer) error { return c.front.write(out, c.main, c.related) }
	if c.former >= 0 {
		c.rewritten[normal(c.layout.tabs[c.former].part)] = write
		c.rewritten[normal(c.layout.main)] = c.sameTabs
		return
	}
	part := c.free(summaryStem, ".xml")
	c.declare(part, "spreadsheetml.worksheet+xml")
	c.rewritten[normal(part)] = write
	id, err := c.relate(c.layout.main, "worksheet", part)
	c.rewritten[normal(c.layout.main)] = func(in io.Reader, out io.Writer) error {
		if err != nil {
			return err
		}
		return c.tabs(in, out, id)
	}
}

// sameTabs copies the list of sheets, the summary being there already: it is the one shown.
func (c *copying) sameTabs(in io.Reader, out io.Writer) error {
	w := newWalker(in, out)
	former := strconv.Itoa(c.former)
	for w.next() {
		switch t := w.tag; {
		case t.name == "workbookView" && !t.end:
			w.write(t.without("firstSheet").with("activeTab", former).raw)
		case t.name == "definedName" && t.attribute("localSheetId") == former && t.attribute("name") == "_xlnm._FilterDatabase":
			w.keep() // the rows of its filter have changed
			w.out = io.Discard
			w.next()
			w.out = out
			w.put(escape("'"+c.layout.tabs[c.former].name+"'!"+c.front.filtered()) + string(w.tag.raw))
		default:
			w.keep()
		}
	}
	return w.err
}

// tabs copies the list of sheets with the summary in front.
func (c *copying) tabs(in io.Reader, out io.Writer, id string) error {
	w := newWalker(in, out)
	views := false
	for w.next() {
		switch t := w.tag; {
		case t.name == "bookViews":
			views = true
			w.keep()
		case t.name == "workbookView" && !t.end:
			w.write(t.without("firstSheet").with("activeTab", "0").raw)
		case t.name == "sheets" && !t.end:
			if !views {
				w.put(prefixed("<bookViews><workbookView/></bookViews>", t.prefix))
			}
			w.keep()
			w.put(fmt.Sprintf(`<%ssheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>`, t.prefix, c.related, escape(c.sheetName), c.layout.lastSheetID+1, id))
		case t.name == "definedName" && t.attribute("localSheetId") != "":
			w.write(t.with("localSheetId", strconv.Itoa(integer(t.attribute("localSheetId"))+1)).raw)
		default:
			w.keep()
		}
	}
	return w.err
}
