package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
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
