package plate

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// drawing is an SVG made fit to stand inside another.
type drawing struct {
	width, height float64 // of its view box
	box           string  // its view box
	content       string  // what its root holds
	attributes    string  // of its root that its content inherits
}

// errSize is returned for an SVG without view box.
var errSize = errors.New("the drawing has no view box")

// read takes a drawing of the site apart, for a file that stands alone: without links, what
// serves assistive techniques or style sheets of a page, its own names, nor the family of its
// font, which is the plate's. Elements that bear one of the classes in omit go, too.
func read(svg string, omit []string) (*drawing, error) {
	r := &reader{in: xml.NewDecoder(strings.NewReader(svg)), omit: omit}
	for {
		token, err := r.in.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading the drawing: %w", err)
		}
		if err := r.token(token); err != nil {
			return nil, err
		}
	}
	if r.made.width <= 0 || r.made.height <= 0 {
		return nil, errSize
	}
	r.made.content = r.out.String()
	return &r.made, nil
}

type reader struct {
	in   *xml.Decoder
	out  strings.Builder
	open []string
	omit []string
	made drawing
}

func (r *reader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(r.open) == 0 {
			r.open = append(r.open, "svg")
			return r.root(t)
		}
		if !drawn[t.Name.Local] || r.omitted(t) {
			return r.in.Skip()
		}
		name := t.Name.Local
		if name == "a" {
			name = "g" // an address of the site would lead nowhere from elsewhere
		}
		r.open = append(r.open, name)
		r.out.WriteString("<" + name + attributes(t.Attr) + ">")
	case xml.EndElement:
		last := r.open[len(r.open)-1]
		if r.open = r.open[:len(r.open)-1]; len(r.open) > 0 {
			r.out.WriteString("</" + last + ">")
		}
	case xml.CharData:
		if n := len(r.open); n > 1 && slices.Contains(texts, r.open[n-1]) {
			r.out.WriteString(escape(string(t)))
		}
	}
	return nil
}

// root reads the size of the drawing.
func (r *reader) root(t xml.StartElement) error {
	if t.Name.Local != "svg" {
		return fmt.Errorf("the drawing is a <%s>", t.Name.Local)
	}
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "viewBox":
			parts := strings.Fields(a.Value)
			if len(parts) != 4 {
				return errSize
			}
			r.made.width, _ = strconv.ParseFloat(parts[2], 64)
			r.made.height, _ = strconv.ParseFloat(parts[3], 64)
			r.made.box = a.Value
		case "fill", "stroke", "font-size":
			r.made.attributes += " " + a.Name.Local + `="` + escape(a.Value) + `"`
		}
	}
	return nil
}

// omitted reports whether an element is not wanted: named so, or the name of the whole drawing.
func (r *reader) omitted(t xml.StartElement) bool {
	if len(r.open) == 1 && (t.Name.Local == "title" || t.Name.Local == "desc") {
		return true
	}
	for _, a := range t.Attr {
		if a.Name.Local == "class" && slices.ContainsFunc(strings.Fields(a.Value), func(class string) bool { return slices.Contains(r.omit, class) }) {
			return true
		}
	}
	return false
}

// drawn lists the elements that draw, or name what is drawn.
var drawn = map[string]bool{"a": true, "g": true, "svg": true, "path": true, "rect": true, "circle": true, "ellipse": true, "line": true,
	"polyline": true, "polygon": true, "text": true, "tspan": true, "title": true, "desc": true, "defs": true, "use": true,
	"pattern": true, "clipPath": true, "linearGradient": true, "radialGradient": true, "stop": true}

// texts lists the elements whose characters count.
var texts = []string{"text", "tspan", "title", "desc"}

// attributes writes those that draw.
func attributes(in []xml.Attr) string {
	var b strings.Builder
	for _, a := range in {
		name := a.Name.Local
		switch {
		case a.Name.Space != "" || name == "xmlns" || name == "class" || name == "role" || name == "tabindex" || name == "focusable" || name == "style":
		case name == "font-family" || name == "pointer-events" || name == "cursor" || name == "target" || name == "rel":
		case strings.HasPrefix(name, "aria-") || strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "on"):
		case name == "href" && !strings.HasPrefix(a.Value, "#"):
		default:
			b.WriteString(" " + name + `="` + escape(a.Value) + `"`)
		}
	}
	return b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// escape writes a text in XML; characters that XML cannot hold become U+FFFD.
func escape(s string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r != 0xfffe && r != 0xffff {
			return r
		}
		return '\ufffd'
	}, strings.ToValidUTF8(s, "\ufffd")))
}
