package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// maxComments bounds the comments of a copy: office programs become unusable long before.
const maxComments = 65_000

// maxComment is how many UTF-16 units a comment holds.
const maxComment = 4000

// copying is a workbook being copied. Its parts are copied as they are, compressed, but for
// those that marks change: sheets, their comments and drawings, styles, and the lists of what the
// workbook is made of.
type copying struct {
	parts         *parts
	layout        layout
	styles        *styles
	front         front
	plans         []plan
	rewritten     map[string]rewrite // by normalised name; a part that does not exist is made
	made          []string           // the names of those that do not
	types         []string           // markup for the list of parts
	sheetName     string
	former        int    // the tab of the summary of a former check, which ours replaces; -1 when there is none
	main, related string // names of the format
}

// plan is what is done to a sheet.
type plan struct {
	part     string
	marks    []mark
	comments []mark // those that have a text
}

// rewrite copies a part, changed.
type rewrite func(in io.Reader, out io.Writer) error

func newCopying(p *parts, file string, problems []problem.Problem) (*copying, error) {
	l, err := p.layout()
	if err != nil {
		return nil, err
	}
	c := &copying{parts: p, layout: l, rewritten: map[string]rewrite{}, sheetName: freeName(l.tabs)}
	c.main, c.related = l.names()
	if c.former, err = c.formerSummary(); err != nil {
		return nil, err
	}
	if err := c.openStyles(); err != nil {
		return nil, err
	}
	c.front = front{file: path.Base(file), problems: problems, tabs: map[string]tab{}, styles: newFrontStyles(c.styles)}
	for _, t := range l.tabs {
		c.front.tabs[t.name] = t
	}
	c.plan(problems)
	for i := range c.plans {
		if err := c.prepare(&c.plans[i], i); err != nil {
			return nil, err
		}
	}
	if err := c.unselect(); err != nil {
		return nil, err
	}
	c.addFront()
	c.rewritten[normal("[Content_Types].xml")] = func(in io.Reader, out io.Writer) error {
		return appendTo(in, out, "Types", func(prefix string) string { return prefixed(strings.Join(c.types, ""), prefix) })
	}
	return c, nil
}

// head reads the beginning of a part.
func (c *copying) head(part string) ([]byte, error) {
	in, err := c.parts.open(part)
	if err != nil {
		return nil, err
	}
	head, err := io.ReadAll(io.LimitReader(in, 1<<16))
	if err = cmp.Or(err, in.Close()); err != nil {
		return nil, errNoWorkbook
	}
	return head, nil
}

func (c *copying) openStyles() (err error) {
	data := emptyStyles(c.main)
	if c.layout.styles != "" && c.parts.has(c.layout.styles) {
		if data, err = c.parts.bytes(c.layout.styles); err != nil {
			return err
		}
	} else {
		c.layout.styles = c.free("styles", ".xml")
		c.declare(c.layout.styles, "spreadsheetml.styles+xml")
		if _, err := c.relate(c.layout.main, "styles", c.layout.styles); err != nil {
			return err
		}
	}
	c.styles, err = parseStyles(data)
	return err
}

// plan gathers the marks of each sheet.
func (c *copying) plan(problems []problem.Problem) {
	planned := map[string]bool{}
	for len(problems) > 0 {
		sheet, n := problems[0].Place.Sheet, 1
		for n < len(problems) && problems[n].Place.Sheet == sheet {
			n++
		}
		t := c.front.tabs[sheet]
		if marks := marksOf(problems[:n]); len(marks) > 0 && t.kind == "worksheet" && !planned[normal(t.part)] && c.parts.has(t.part) {
			planned[normal(t.part)] = true
			c.plans = append(c.plans, plan{part: t.part, marks: marks})
		}
		problems = problems[n:]
	}
	if len(c.styles.stale) > 0 { // every sheet may have cells that a former check coloured
		for i, t := range c.layout.tabs {
			if t.kind == "worksheet" && i != c.former && !planned[normal(t.part)] && c.parts.has(t.part) {
				planned[normal(t.part)] = true
				c.plans = append(c.plans, plan{part: t.part})
			}
		}
	}
	c.ration(maxComments)
}

// marksOf makes a mark of all that is said of a cell. What is said of a whole row stands on its
// first cell; what is said of a column or of the sheet has none.
func marksOf(problems []problem.Problem) []mark {
	var marks []mark
	for _, p := range problems {
		row, column := p.Place.Row, max(p.Place.Column, 1)
		if row < 1 || row > maxRows || column > maxColumns {
			continue
		}
		text := french.Capitalize(p.Severity.String()) + french.NBSP + ": " + p.Message
		if p.Remedy != "" {
			text += "\n→ " + p.Remedy
		}
		if n := len(marks); n > 0 && marks[n-1].row == row && marks[n-1].column == column {
			m := &marks[n-1]
			m.severity = max(m.severity, p.Severity)
			if len(m.text) < 4*maxComment { // the rest would be cut
				m.text += "\n\n" + text
			}
			continue
		}
		marks = append(marks, mark{row, column, p.Severity, text})
	}
	for i := range marks {
		marks[i].text = cut(marks[i].text, maxComment)
	}
	return marks
}

// prepare says how the parts of a sheet are rewritten.
func (c *copying) prepare(p *plan, index int) error {
	legacy := ""
	former, err := c.saidBefore(p.part)
	if err != nil {
		return err
	}
	if len(p.comments) > 0 || former {
		if legacy, err = c.comment(p, index); err != nil {
			return err
		}
	}
	c.rewritten[normal(p.part)] = func(in io.Reader, out io.Writer) error {
		w := worksheet{walker: newWalker(in, out), marks: p.marks, restyle: c.styles.colour, legacy: legacy}
		if len(c.styles.stale) > 0 {
			w.plain = c.styles.uncolour
		}
		return w.copy()
	}
	return nil
}

// free returns a name of a part that does not exist yet.
func (c *copying) free(stem, extension string) string {
	for n := 1; ; n++ {
		name := path.Join(path.Dir(c.layout.main), stem+strconv.Itoa(n)+extension)
		if !c.parts.has(name) && !slices.Contains(c.made, name) {
			c.made = append(c.made, name)
			return name
		}
	}
}

// declare adds a part to the list of parts.
func (c *copying) declare(part, kind string) {
	c.types = append(c.types, `<Override PartName="/`+escape(part)+`" ContentType="application/vnd.openxmlformats-officedocument.`+kind+`"/>`)
}

// relate adds a relationship of a part to one of ours, and returns its id.
func (c *copying) relate(part, kind, target string) (id string, err error) {
	relations, err := c.parts.relations(part)
	if err != nil {
		return "", err
	}
	id = "rIdAtlas" + kind
	for slices.ContainsFunc(relations, func(r relation) bool { return r.ID == id }) {
		id += "x"
	}
	markup := `<Relationship Id="` + id + `" Type="` + c.related + "/" + kind + `" Target="/` + escape(target) + `"/>`
	list := relationsOf(part)
	former := c.rewritten[normal(list)]
	if !c.parts.has(list) && former == nil {
		c.made = append(c.made, list)
	}
	c.rewritten[normal(list)] = func(in io.Reader, out io.Writer) error {
		if former != nil {
			var between bytes.Buffer
			if err := former(in, &between); err != nil {
				return err
			}
			in = &between
		} else if !c.parts.has(list) {
			in = strings.NewReader(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`)
		}
		return appendTo(in, out, "Relationships", func(prefix string) string { return prefixed(markup, prefix) })
	}
	return id, nil
}

// write writes the copy. The styles come last: sheets ask for them.
func (c *copying) write(out io.Writer) error {
	w := zip.NewWriter(out)
	styles := normal(c.layout.styles)
	for _, f := range c.parts.files {
		name := normal(f.Name)
		switch r := c.rewritten[name]; {
		case name == styles:
		case r == nil:
			if err := w.Copy(f); err != nil {
				return err
			}
		default:
			if err := c.part(w, f.Name, r); err != nil {
				return err
			}
		}
	}
	for _, name := range c.made {
		if r := c.rewritten[normal(name)]; r != nil {
			if err := c.part(w, name, r); err != nil {
				return err
			}
		}
	}
	if err := c.part(w, c.layout.styles, func(_ io.Reader, out io.Writer) error { return c.styles.write(out) }); err != nil {
		return err
	}
	return w.Close()
}

func (c *copying) part(w *zip.Writer, name string, r rewrite) error {
	out, err := w.Create(name)
	if err != nil {
		return err
	}
	in, err := c.parts.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	return r(in, out)
}
