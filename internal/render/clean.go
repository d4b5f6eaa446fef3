package render

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// clean rewrites an SVG of ECharts for a page under the site's policy. The style element
// goes; style attributes become presentation attributes; identifiers are renumbered behind
// the prefix; attributes that serve interaction only go; numbers are rounded to 0.1 where
// this moves nothing visible. The root loses its size, so that CSS gives it.
func clean(raw, prefix string) (string, error) {
	c := &cleaner{in: xml.NewDecoder(strings.NewReader(raw)), ids: map[string]string{}, prefix: prefix}
	if m := familyPattern.FindStringSubmatch(raw); m != nil {
		c.font = strings.TrimSpace(html.UnescapeString(m[1]))
	}
	for {
		token, err := c.in.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", fmt.Errorf("reading: %w", err)
		}
		if err := c.token(token); err != nil {
			return "", err
		}
	}
	if len(c.open) > 0 || c.out.Len() == 0 {
		return "", errors.New("the SVG is not whole")
	}
	return c.out.String(), nil
}

var familyPattern = regexp.MustCompile(`font-family:([^;"]*)`)

// element is an element by its name as drawn and its name as written.
type element struct{ drawn, written string }

type cleaner struct {
	in     *xml.Decoder
	out    strings.Builder
	open   []element         // those being written, outermost first
	font   string            // family of the first text, said once on the root
	ids    map[string]string // as drawn, to as written
	prefix string
}

func (c *cleaner) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if t.Name.Space != "" || !slices.Contains(allowedElements, t.Name.Local) {
			if t.Name.Local == "style" {
				return c.skip("style")
			}
			return fmt.Errorf("unexpected element <%s>", t.Name.Local)
		}
		c.start(t)
	case xml.EndElement:
		last := c.inside()
		if last.drawn != t.Name.Local || len(c.open) == 0 {
			return fmt.Errorf("unexpected </%s>", t.Name.Local)
		}
		c.open = c.open[:len(c.open)-1]
		c.out.WriteString("</" + last.written + ">")
	case xml.CharData:
		if in := c.inside().drawn; in == "text" || in == "tspan" {
			c.out.WriteString(escape(string(t)))
		}
	}
	return nil // prologue, comments and directives go
}

// inside returns the innermost element being written.
func (c *cleaner) inside() element {
	if len(c.open) == 0 {
		return element{}
	}
	return c.open[len(c.open)-1]
}

var allowedElements = []string{"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
	"text", "tspan", "defs", "pattern", "clipPath", "linearGradient", "radialGradient", "stop"}

// skip passes over an element of which the start was read, with all it holds.
func (c *cleaner) skip(name string) error {
	for {
		token, err := c.in.RawToken()
		if err != nil {
			return fmt.Errorf("reading <%s>: %w", name, err)
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == name {
			return nil
		}
	}
}

func (c *cleaner) start(t xml.StartElement) {
	root, name := len(c.open) == 0, t.Name.Local
	attrs := c.attributes(t.Attr)
	if !c.within("pattern") {
		round(attrs)
	}
	if circle, ok := asCircle(attrs); ok && name == "path" {
		name, attrs = "circle", circle
	}
	c.open = append(c.open, element{t.Name.Local, name})
	c.out.WriteString("<" + name)
	if root {
		c.out.WriteString(` aria-hidden="true" focusable="false"`)
		attrs = slices.DeleteFunc(attrs, func(a attribute) bool { return a.name == "width" || a.name == "height" })
		if c.font != "" {
			attrs = append(attrs, attribute{"font-family", c.font})
		}
	}
	for _, a := range attrs {
		if root || a.name != "font-family" || a.value != c.font {
			c.out.WriteString(" " + a.name + `="` + escape(a.value) + `"`)
		}
	}
	c.out.WriteString(">")
}

// within reports whether an element of that name is being written.
func (c *cleaner) within(name string) bool {
	return slices.ContainsFunc(c.open, func(e element) bool { return e.drawn == name })
}

type attribute struct{ name, value string }

var dropped = map[string]bool{"class": true, "pointer-events": true, "version": true, "baseProfile": true, "cursor": true}

func (c *cleaner) attributes(in []xml.Attr) []attribute {
	var out []attribute
	for _, a := range in {
		name := a.Name.Local
		switch {
		case a.Name.Space != "" || dropped[name] || strings.HasPrefix(name, "ecmeta") || strings.HasPrefix(name, "on"):
		case name == "href" || name == "src":
		case name == "style":
			out = append(out, declarations(a.Value)...)
		default:
			out = append(out, attribute{name, c.reference(name, a.Value)})
		}
	}
	return out
}

// declarations turns « font-size:12px;font-family:sans-serif; » into presentation attributes.
func declarations(style string) []attribute {
	var out []attribute
	for d := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(d, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || !presentation[name] {
			continue
		}
		if name == "font-size" {
			value = strings.TrimSuffix(value, "px")
		}
		out = append(out, attribute{name, value})
	}
	return out
}

// presentation lists the properties that are presentation attributes too and that ECharts
// writes in style attributes; others, such as cursor, would do nothing.
var presentation = map[string]bool{"font-size": true, "font-family": true, "font-weight": true, "font-style": true,
	"fill": true, "stroke": true, "opacity": true, "fill-opacity": true, "stroke-opacity": true, "stroke-width": true,
	"stroke-dasharray": true, "text-anchor": true, "dominant-baseline": true, "letter-spacing": true}

var urlPattern = regexp.MustCompile(`url\(#([^)]*)\)`)

// reference renames an identifier where it is defined or used.
func (c *cleaner) reference(name, value string) string {
	if name == "id" {
		return c.id(value)
	}
	return urlPattern.ReplaceAllStringFunc(value, func(m string) string {
		return "url(#" + c.id(urlPattern.FindStringSubmatch(m)[1]) + ")"
	})
}

func (c *cleaner) id(drawn string) string {
	if _, ok := c.ids[drawn]; !ok {
		c.ids[drawn] = c.prefix + "-i" + strconv.Itoa(len(c.ids)+1)
	}
	return c.ids[drawn]
}

var (
	numberPattern = regexp.MustCompile(`-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?`)
	// geometry lists the attributes whose numbers are lengths in pixels.
	geometry = map[string]bool{"d": true, "x": true, "y": true, "width": true, "height": true, "x1": true, "y1": true,
		"x2": true, "y2": true, "points": true, "transform": true, "stroke-width": true, "rx": true, "ry": true}
)

// round rounds the lengths of an element to 0.1 pixel, in place. An element drawn at a
// scale (matrix, scale) is left alone; so are arcs, which would vanish if their ends met, to 0.0001.
func round(attrs []attribute) {
	for _, a := range attrs {
		if a.name == "transform" && (strings.Contains(a.value, "matrix") || strings.Contains(a.value, "scale")) {
			return
		}
	}
	for i, a := range attrs {
		if !geometry[a.name] {
			continue
		}
		decimals := 1
		if a.name == "d" && strings.ContainsAny(a.value, "Aa") {
			decimals = 4
		}
		attrs[i].value = numberPattern.ReplaceAllStringFunc(a.value, func(s string) string { return shorten(s, decimals) })
	}
}

func shorten(number string, decimals int) string {
	x, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	scale := math.Pow10(decimals)
	x = math.Round(x*scale) / scale
	if x == 0 {
		x = 0 // no negative zero
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

var circlePattern = regexp.MustCompile(`^M(-?[\d.]+) (-?[\d.]+)A([\d.]+) ([\d.]+) 0 1 1 (-?[\d.]+) (-?[\d.]+)Z?$`)

// asCircle turns a path that is a whole circle into a circle, which is shorter and bears rounding.
func asCircle(attrs []attribute) ([]attribute, bool) {
	at := slices.IndexFunc(attrs, func(a attribute) bool { return a.name == "d" })
	if at < 0 {
		return nil, false
	}
	m := circlePattern.FindStringSubmatch(attrs[at].value)
	if m == nil || m[3] != m[4] || !near(m[1], m[5]) || !near(m[2], m[6]) {
		return nil, false
	}
	x, _ := strconv.ParseFloat(m[1], 64)
	r, _ := strconv.ParseFloat(m[3], 64)
	circle := []attribute{{"cx", shorten(strconv.FormatFloat(x-r, 'f', -1, 64), 4)}, {"cy", m[2]}, {"r", m[3]}}
	return slices.Replace(slices.Clone(attrs), at, at+1, circle...), true
}

func near(a, b string) bool {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	return math.Abs(x-y) < 0.01
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

func escape(s string) string { return escaper.Replace(s) }
