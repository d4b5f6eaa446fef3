package workbook

import (
	"bytes"
	"errors"
	"strconv"
)

// nature is what the file says of a cell beyond its text.
type nature byte

const (
	unsaid       nature = iota // the text alone tells
	numeric                    // a number
	textual                    // a text, even if made of digits
	logical                    // a Boolean: 1 or 0
	dated                      // a date in ISO writing
	failed                     // an error value: #N/A
	uncalculated               // a formula whose result is not stored
	broken                     // a value that is stored, and cannot be read
)

// scanner reads the natures of the cells of a worksheet part, row after row, beside the
// values that excelize gives. It looks at tags only and copies nothing.
type scanner struct {
	rest     []byte
	texts    int // how many texts the cells of the workbook share
	row      int
	rows     int // rows met so far
	natures  []nature
	hidden   bool   // the row is not shown
	inside   []byte // what follows the tag of the last row that holds cells
	disorder bool   // a row or a cell is there twice, or comes after one that it should precede
}

// next moves to the following row element; it returns false when there is none.
func (s *scanner) next() bool {
	for {
		name, attrs, closed, ok := s.tag()
		if !ok || name == "/sheetData" {
			return false
		}
		if name != "row" {
			continue
		}
		former := s.row
		s.row++
		s.rows++
		if n, err := strconv.Atoi(string(attribute(attrs, "r"))); n > 0 && (err == nil || errors.Is(err, strconv.ErrRange)) {
			s.row = n // the greatest number when it is greater still
		}
		s.disorder = s.disorder || s.row <= former
		s.natures, s.hidden = s.natures[:0], hidden(attrs)
		if !closed {
			inside := s.rest
			if s.cells(); len(s.natures) > 0 {
				s.inside = inside
			}
		}
		return true
	}
}

// hidden reports whether the attributes of a row say that it is not shown.
func hidden(attrs []byte) bool {
	if !bytes.Contains(attrs, []byte("hidden")) {
		return false
	}
	v := string(attribute(attrs, "hidden"))
	return v == "1" || v == "true"
}

// cells reads the natures of the row just opened, up to its end.
func (s *scanner) cells() {
	column := 0
	for {
		name, attrs, closed, ok := s.tag()
		switch {
		case !ok || name == "/row":
			return
		case name == "c":
			former := column
			column++
			if ref := attribute(attrs, "r"); len(ref) > 0 {
				if n := columnOf(ref); n > 0 {
					column = n
				}
			}
			s.disorder = s.disorder || column <= former
			kind := attribute(attrs, "t")
			n := natureOf(kind)
			if !closed {
				n = s.content(n, string(kind) == "s")
			} else if n != textual {
				n = unsaid
			}
			if column > maxColumns {
				continue
			}
			for len(s.natures) < column {
				s.natures = append(s.natures, unsaid)
			}
			s.natures[column-1] = n
		}
	}
}

// content reads the inside of a cell element: whether it holds a formula and a result, and, of a shared
// text, whether there is one of that number. A cell that holds nothing has no nature, unless it is a text.
func (s *scanner) content(n nature, shared bool) nature {
	formula, value, stored := false, false, false
	for {
		name, _, closed, ok := s.tag()
		switch {
		case !ok || name == "/c":
			if formula && !value && (n != textual || !stored) {
				return uncalculated
			}
			if !value && n != textual {
				return unsaid
			}
			return n
		case name == "f":
			formula = true
		case name == "v":
			stored = true
			value = value || !closed && (!bytes.HasPrefix(s.rest, []byte("<")) || bytes.HasPrefix(s.rest, []byte("<![CDATA[")))
			if shared && value && !s.sharedText() {
				n = broken
			}
		}
	}
}

// sharedText reports whether what comes next is the number of a text that the workbook has.
func (s *scanner) sharedText() bool {
	text, _, _ := bytes.Cut(s.rest, []byte("<"))
	i, err := strconv.Atoi(string(bytes.TrimSpace(text)))
	return err == nil && 0 <= i && i < s.texts
}

// tag returns the next tag without its name-space prefix (« /c » for an end), its
// attributes, and whether it is closed at once. Comments, instructions and character data
// sections are passed over.
func (s *scanner) tag() (name string, attrs []byte, closed, ok bool) {
	for {
		i := bytes.IndexByte(s.rest, '<')
		if i < 0 {
			return "", nil, false, false
		}
		s.rest = s.rest[i+1:]
		if end := sectionEnd(s.rest); end != "" {
			j := bytes.Index(s.rest, []byte(end))
			if j < 0 {
				return "", nil, false, false
			}
			s.rest = s.rest[j+len(end):]
			continue
		}
		j := tagEnd(s.rest)
		if j < 0 {
			return "", nil, false, false
		}
		inside := s.rest[:j]
		s.rest = s.rest[j+1:]
		if closed = bytes.HasSuffix(inside, []byte("/")); closed {
			inside = inside[:len(inside)-1]
		}
		k := bytes.IndexAny(inside, " \t\r\n")
		if k < 0 {
			k = len(inside)
		}
		return localName(inside[:k]), inside[k:], closed, true
	}
}

func sectionEnd(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("!--")):
		return "-->"
	case bytes.HasPrefix(b, []byte("![CDATA[")):
		return "]]>"
	case bytes.HasPrefix(b, []byte("?")):
		return "?>"
	}
	return ""
}

// tagEnd returns the index of the > that ends a tag, beyond quoted attributes.
func tagEnd(b []byte) int {
	var quote byte
	for i, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

// localName returns one of the few names that matter, without allocating.
func localName(b []byte) string {
	end := len(b) > 0 && b[0] == '/'
	if i := bytes.IndexByte(b, ':'); i >= 0 {
		b = b[i+1:]
	} else if end {
		b = b[1:]
	}
	switch string(b) {
	case "c":
		if end {
			return "/c"
		}
		return "c"
	case "row":
		if end {
			return "/row"
		}
		return "row"
	case "v":
		if !end {
			return "v"
		}
	case "f":
		if !end {
			return "f"
		}
	case "si":
		if !end {
			return "si"
		}
	case "sheetData":
		if end {
			return "/sheetData"
		}
	}
	return "other"
}

// attribute returns the value of an attribute of that exact name, nil when there is none.
func attribute(attrs []byte, name string) []byte {
	for len(attrs) > 0 {
		eq := bytes.IndexByte(attrs, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimSpace(attrs[:eq])
		rest := bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		attrs = rest[end+2:]
	}
	return nil
}

// columnOf returns the column of a reference such as « AB12 », counted from 1; 0 when it has none.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		switch {
		case 'A' <= c && c <= 'Z':
			n = n*26 + int(c-'A') + 1
		case 'a' <= c && c <= 'z':
			n = n*26 + int(c-'a') + 1
		default:
			return n
		}
		if n > 1<<20 {
			return 0
		}
	}
	return n
}

func natureOf(t []byte) nature {
	switch string(t) {
	case "", "n":
		return numeric
	case "s", "str", "inlineStr":
		return textual
	case "b":
		return logical
	case "d":
		return dated
	case "e":
		return failed
	}
	return unsaid
}
