package carto

import (
	"html/template"
	"strings"
)

// writer writes SVG. Every text and attribute value is escaped here, and only here.
type writer struct{ strings.Builder }

// tag opens an element with attributes, as names and values in turn.
func (w *writer) tag(name string, attributes ...string) {
	w.start(name, attributes)
	w.WriteByte('>')
}

// leaf writes an element without content.
func (w *writer) leaf(name string, attributes ...string) {
	w.start(name, attributes)
	w.WriteString("/>")
}

// element writes an element that holds a text.
func (w *writer) element(name, text string, attributes ...string) {
	w.tag(name, attributes...)
	w.WriteString(template.HTMLEscapeString(text))
	w.end(name)
}

// end closes elements, the innermost first.
func (w *writer) end(names ...string) {
	for _, name := range names {
		w.WriteString("</" + name + ">")
	}
}

func (w *writer) start(name string, attributes []string) {
	w.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		w.WriteString(" " + attributes[i] + `="` + template.HTMLEscapeString(attributes[i+1]) + `"`)
	}
}
