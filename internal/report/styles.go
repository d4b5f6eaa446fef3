package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"esms.example/atlas/internal/problem"
)

// styles is the part of the styles of a workbook, to which styles are added.
type styles struct {
	data  []byte
	lists map[string]styleList
	order []string // the elements of the part, in its order

	added    map[string][]string // by list: what is added
	stale    map[int]bool        // the styles that a former check coloured
	plain    map[int]int         // what they become
	coloured map[colour]int
	tag      tag // of the whole part
}

// styleList is a list of the part: fonts, fills, cellXfs.
type styleList struct {
	tag      tag
	from, to int      // in data, its tags included
	content  int      // in data, after its tag
	items    [][]byte // as written
}

type colour struct {
	style    int
	severity problem.Severity
}

// styleOrder is the order that the format wants.
var styleOrder = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}

// firstLists are what a part without them must hold.
var firstLists = map[string]string{
	"fonts":   `<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>`,
	"fills":   `<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>`,
	"borders": `<border><left/><right/><top/><bottom/><diagonal/></border>`,
	"cellXfs": `<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`,
}

// emptyStyles is the part of a workbook that has none.
func emptyStyles(namespace string) []byte {
	var b strings.Builder
	b.WriteString(`<styleSheet xmlns="` + namespace + `">`)
	for _, name := range styleOrder {
		if items := firstLists[name]; items != "" {
			b.WriteString("<" + name + ">" + items + "</" + name + ">")
		}
	}
	b.WriteString("</styleSheet>")
	return []byte(b.String())
}

func parseStyles(data []byte) (*styles, error) {
	s := &styles{data: data, lists: map[string]styleList{}, added: map[string][]string{}, coloured: map[colour]int{}, stale: map[int]bool{}, plain: map[int]int{}}
	w := newWalker(bytes.NewReader(data), io.Discard)
	depth, start := 0, 0
	var list *styleList
	for w.next() {
		t := w.tag
		t.raw = bytes.Clone(t.raw)
		begin := w.offset - len(t.raw)
		if t.end {
			depth--
		}
		switch {
		case depth == 0 && !t.end:
			s.tag = t
		case depth == 1 && !t.end:
			list = &styleList{tag: t, from: begin, to: w.offset, content: w.offset}
		case depth == 2 && !t.end:
			start = begin
		}
		if depth == 2 && (t.end || t.empty) && list != nil {
			list.items = append(list.items, data[start:w.offset])
		}
		if depth == 1 && (t.end || t.empty) && list != nil {
			list.to = w.offset
			s.lists[list.tag.name] = *list
			s.order = append(s.order, list.tag.name)
		}
		if !t.end && !t.empty {
			depth++
		}
	}
	if w.err != nil || s.tag.raw == nil {
		return nil, errNoWorkbook
	}
	for _, name := range []string{"fonts", "fills", "borders", "cellXfs"} {
		if len(s.lists[name].items) == 0 {
			return nil, errNoWorkbook
		}
	}
	s.findStale()
	return s, nil
}

// findStale finds the styles that a former check coloured.
func (s *styles) findStale() {
	ours := map[int]bool{}
	for i, fill := range s.lists["fills"].items {
		for _, tint := range tints {
			if bytes.Contains(fill, []byte(`"FF`+tint+`"`)) {
				ours[i] = true
			}
		}
	}
	for i := range s.lists["cellXfs"].items {
		if t, _ := s.format(i); ours[integer(t.attribute("fillId"))] {
			s.stale[i] = true
		}
	}
}

// format returns the tag of a cell format and what follows it.
func (s *styles) format(style int) (tag, []byte) {
	format := s.lists["cellXfs"].items[style]
	end := bytes.IndexByte(format, '>') + 1 // no attribute of a format holds one
	return parseTag(format[:end]), format[end:]
}

// addFormat adds a cell format and returns its number.
func (s *styles) addFormat(t tag, rest []byte) int {
	s.added["cellXfs"] = append(s.added["cellXfs"], string(t.raw)+string(rest))
	return len(s.lists["cellXfs"].items) + len(s.added["cellXfs"]) - 1
}

// uncolour returns the style that is another without the colour of a former check.
func (s *styles) uncolour(style int) int {
	if !s.stale[style] {
		return style
	}
	if _, made := s.plain[style]; !made {
		t, rest := s.format(style)
		s.plain[style] = s.addFormat(t.with("fillId", "0").without("applyFill"), rest)
	}
	return s.plain[style]
}

// add adds an item to a list and returns its number.
func (s *styles) add(list, item string) int {
	s.added[list] = append(s.added[list], s.prefixed(item))
	return len(s.lists[list].items) + len(s.added[list]) - 1
}

// prefixed writes markup of ours with the prefix of the part.
func (s *styles) prefixed(markup string) string { return prefixed(markup, s.tag.prefix) }

func prefixed(markup, prefix string) string {
	if prefix == "" {
		return markup
	}
	return strings.ReplaceAll(strings.ReplaceAll(markup, "<", "<"+prefix), "<"+prefix+"/", "</"+prefix)
}

// tint returns the fill of a severity.
func (s *styles) tint(severity problem.Severity) int {
	key := colour{-1, severity}
	id, made := s.coloured[key]
	if !made {
		id = s.add("fills", `<fill><patternFill patternType="solid"><fgColor rgb="FF`+tints[severity]+`"/><bgColor indexed="64"/></patternFill></fill>`)
		s.coloured[key] = id
	}
	return id
}

// colour returns the style that is another with the colour of a severity: its number format,
// borders, alignment and protection stay. Its font too, unless it is light and would be lost.
func (s *styles) colour(style int, severity problem.Severity) int {
	if style < 0 || style >= len(s.lists["cellXfs"].items) {
		style = 0
	}
	key := colour{style, severity}
	id, made := s.coloured[key]
	if made {
		return id
	}
	t, rest := s.format(style)
	t = t.with("fillId", strconv.Itoa(s.tint(severity))).with("applyFill", "1")
	if font, changed := s.darkened(integer(t.attribute("fontId"))); changed {
		t = t.with("fontId", strconv.Itoa(font)).with("applyFont", "1")
	}
	id = s.addFormat(t, rest)
	s.coloured[key] = id
	return id
}

// darkened returns the font that is another in black, when that one is light.
func (s *styles) darkened(font int) (id int, changed bool) {
	fonts := s.lists["fonts"].items
	if font < 0 || font >= len(fonts) {
		return font, false
	}
	key := colour{-2 - font, 0}
	if id, made := s.coloured[key]; made {
		return id, id != font
	}
	var out bytes.Buffer
	w := newWalker(bytes.NewReader(fonts[font]), &out)
	for w.next() {
		if t := w.tag; t.name == "color" && !t.end && light(t) {
			changed = true
			w.write(t.without("theme").without("tint").without("indexed").with("rgb", "FF000000").raw)
			continue
		}
		w.keep()
	}
	id = font
	if changed {
		s.added["fonts"] = append(s.added["fonts"], out.String())
		id = len(fonts) + len(s.added["fonts"]) - 1
	}
	s.coloured[key] = id
	return id, changed
}

// light reports whether a colour is too light to be read on a light ground.
func light(t tag) bool {
	if theme := t.attribute("theme"); theme != "" {
		return theme == "0" || theme == "2" // the two grounds of a theme
	}
	if i := t.attribute("indexed"); i != "" {
		return i == "1" || i == "9"
	}
	rgb, err := strconv.ParseUint(t.attribute("rgb"), 16, 32)
	return err == nil && (rgb>>16&0xff)*299+(rgb>>8&0xff)*587+(rgb&0xff)*114 > 140_000
}

// write writes the part with what was added.
func (s *styles) write(out io.Writer) error {
	from := 0
	for _, name := range s.order {
		items := s.added[name]
		if len(items) == 0 {
			continue
		}
		l := s.lists[name]
		head := l.tag.with("count", strconv.Itoa(len(l.items)+len(items)))
		end := bytes.LastIndexByte(s.data[:l.to], '<')
		_, err := fmt.Fprintf(out, "%s%s%s%s", s.data[from:l.from], head.raw, s.data[l.content:end], strings.Join(items, ""))
		if err != nil {
			return err
		}
		from = end
	}
	_, err := out.Write(s.data[from:])
	return err
}
