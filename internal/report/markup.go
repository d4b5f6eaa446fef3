package report

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
)

// walker walks over the tags of an XML part and copies the part as it goes: what nobody changes
// comes out byte for byte. It looks at tags alone, so that the markup that drawings use, which
// is not always XML, passes as well.
type walker struct {
	in     *bufio.Reader
	out    io.Writer
	offset int // bytes read so far
	tag    tag // the tag just read, not copied yet
	err    error
	buffer []byte
}

// tag is a tag as written, « <x:row r="1"> ».
type tag struct {
	raw        []byte
	prefix     string // « x: », or ""
	name       string // « row »
	end, empty bool   // </x:row>, <x:row/>
}

// longestTag bounds what is kept of a tag.
const longestTag = 1 << 20

var errTag = errors.New("balisage illisible")

func newWalker(in io.Reader, out io.Writer) *walker {
	return &walker{in: bufio.NewReaderSize(in, 1<<16), out: out}
}

// next copies what stands before the next tag and reads that tag, which whoever calls must keep,
// replace or leave out. It returns false at the end of the part, or when something failed.
func (w *walker) next() bool {
	for w.err == nil {
		if !w.text() {
			return false
		}
		if !w.readTag() {
			return false
		}
		if w.buffer[1] != '!' && w.buffer[1] != '?' {
			w.tag = parseTag(w.buffer)
			return true
		}
		w.write(w.buffer)
	}
	return false
}

// text copies what stands before the next <.
func (w *walker) text() bool {
	for w.err == nil {
		part, err := w.in.ReadSlice('<')
		w.offset += len(part)
		if err == nil {
			w.write(part[:len(part)-1])
			return w.err == nil
		}
		w.write(part)
		if errors.Is(err, io.EOF) {
			return false
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			w.fail(err)
		}
	}
	return false
}

// readTag reads from the < just passed to the end of the tag, comment, section or instruction.
func (w *walker) readTag() bool {
	w.buffer = append(w.buffer[:0], '<')
	for {
		part, err := w.in.ReadSlice('>')
		w.offset += len(part)
		w.buffer = append(w.buffer, part...)
		switch {
		case err == nil && complete(w.buffer):
			return true
		case err != nil && !errors.Is(err, bufio.ErrBufferFull), len(w.buffer) > longestTag && w.buffer[1] != '!':
			w.fail(errTag)
			return false
		}
	}
}

// complete reports whether a markup that ends in > is whole.
func complete(b []byte) bool {
	switch {
	case len(b) < 3:
		return false
	case bytes.HasPrefix(b, []byte("<!--")):
		return len(b) >= 7 && bytes.HasSuffix(b, []byte("-->"))
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		return bytes.HasSuffix(b, []byte("]]>"))
	case b[1] == '?':
		return bytes.HasSuffix(b, []byte("?>"))
	}
	var quote byte
	for _, c := range b {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		}
	}
	return quote == 0
}

func parseTag(raw []byte) tag {
	t := tag{raw: raw, end: raw[1] == '/', empty: raw[len(raw)-2] == '/'}
	name := bytes.TrimSuffix(bytes.TrimPrefix(raw[1:len(raw)-1], []byte("/")), []byte("/"))
	if i := bytes.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		t.prefix, name = string(name[:i+1]), name[i+1:]
	}
	t.name = string(name)
	return t
}

func (w *walker) write(b []byte) {
	if w.err == nil && len(b) > 0 {
		_, w.err = w.out.Write(b)
	}
}

// put writes markup of ours.
func (w *walker) put(s string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.out, s)
	}
}

// keep copies the tag just read.
func (w *walker) keep() { w.write(w.tag.raw) }

func (w *walker) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// rest copies everything that is left.
func (w *walker) rest() error {
	for w.next() {
		w.keep()
	}
	return w.err
}

// find returns where the value of an attribute stands in the tag.
func (t tag) find(name string) (from, to int, ok bool) {
	b := t.raw
	for i := 1; i < len(b); {
		eq := bytes.IndexByte(b[i:], '=')
		if eq < 0 {
			return 0, 0, false
		}
		eq += i
		key := bytes.TrimSpace(b[i:eq])
		if j := bytes.LastIndexAny(key, " \t\r\n"); j >= 0 {
			key = key[j+1:]
		}
		open := eq + 1
		for open < len(b) && strings.IndexByte(" \t\r\n", b[open]) >= 0 {
			open++
		}
		if open >= len(b) || b[open] != '"' && b[open] != '\'' {
			return 0, 0, false
		}
		closing := bytes.IndexByte(b[open+1:], b[open])
		if closing < 0 {
			return 0, 0, false
		}
		closing += open + 1
		if string(key) == name {
			return open + 1, closing, true
		}
		i = closing + 1
	}
	return 0, 0, false
}

// attribute returns the value of an attribute as written, "" when there is none.
func (t tag) attribute(name string) string {
	from, to, ok := t.find(name)
	if !ok {
		return ""
	}
	return string(t.raw[from:to])
}

// with returns the tag with an attribute set; the value is written as it is.
func (t tag) with(name, value string) tag {
	var raw []byte
	if from, to, ok := t.find(name); ok {
		raw = append(append(append(raw, t.raw[:from]...), value...), t.raw[to:]...)
	} else {
		end := len(t.raw) - 1
		if t.empty {
			end--
		}
		raw = append(append(append(raw, t.raw[:end]...), " "+name+`="`+value+`"`...), t.raw[end:]...)
	}
	t.raw = raw
	return t
}

// without returns the tag without an attribute.
func (t tag) without(name string) tag {
	from, to, ok := t.find(name)
	if !ok {
		return t
	}
	start := bytes.LastIndex(t.raw[:from], []byte(name))
	t.raw = append(append([]byte(nil), t.raw[:start]...), t.raw[to+1:]...)
	return t
}

// opened returns an empty tag as one that has content.
func (t tag) opened() tag {
	if t.empty {
		t.raw = append(append([]byte(nil), t.raw[:len(t.raw)-2]...), '>')
		t.empty = false
	}
	return t
}

// closing is the end of the element.
func (t tag) closing() string { return "</" + t.prefix + t.name + ">" }

// appendTo copies a part with markup added at the end of every element of that name. add is given the
// prefix of the element.
func appendTo(in io.Reader, out io.Writer, name string, add func(prefix string) string) error {
	w := newWalker(in, out)
	found := false
	for w.next() {
		switch t := w.tag; {
		case t.name == name && t.empty:
			found = true
			w.write(t.opened().raw)
			w.put(add(t.prefix) + t.closing())
		case t.name == name && t.end:
			found = true
			w.put(add(t.prefix))
			w.keep()
		default:
			w.keep()
		}
	}
	if w.err == nil && !found {
		return errTag
	}
	return w.err
}

// escaper escapes for elements and attributes alike.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")

// escape writes any text as XML takes it, in an element as in an attribute.
func escape(s string) string { return escaper.Replace(lawful(s)) }

// coded is what the format takes for a character written by its number: _x0041_.
var coded = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// content writes any text as a cell or a comment takes it.
func content(s string) string {
	if strings.Contains(s, "_x") {
		s = coded.ReplaceAllStringFunc(s, func(c string) string { return "_x005F" + c })
	}
	return escape(s)
}
