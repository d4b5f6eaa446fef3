package factsheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
)

// written is a PDF read back: its structure, with the text of each element.
type written struct {
	reader *pdf.Reader
	root   *element
	loose  []string // operators that paint outside any marked content
}

// element is a node of the structure tree.
type element struct {
	tag, alt string
	scope    string
	children []*element // those of a text have no tag
	text     string
}

func read(t *testing.T, file []byte) written {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	w := written{reader: r}
	texts := map[[2]int64]string{}
	for i := 1; i <= r.NumPage(); i++ {
		w.page(r.Page(i), texts)
	}
	w.root = structure(r.Trailer().Key("Root").Key("StructTreeRoot").Key("K"), 0, texts)
	return w
}

// painting are the operators that leave a mark on the page.
var painting = map[string]bool{"Tj": true, "TJ": true, "'": true, "\"": true, "f": true, "f*": true, "F": true, "S": true, "s": true,
	"B": true, "B*": true, "b": true, "b*": true, "sh": true, "Do": true}

// page notes the text of each marked content of a page, by its number.
func (w *written) page(p pdf.Page, texts map[[2]int64]string) {
	number := p.V.Key("StructParents").Int64()
	var open []int64 // marked contents, -1 without number
	var font pdf.Font
	show := func(s string) {
		for i := len(open) - 1; i >= 0; i-- {
			if open[i] >= 0 {
				texts[[2]int64{number, open[i]}] += font.Encoder().Decode(s)
				return
			}
		}
	}
	pdf.Interpret(p.V.Key("Contents"), func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		if painting[op] && len(open) == 0 {
			w.loose = append(w.loose, op)
		}
		switch op {
		case "BDC", "BMC":
			id := int64(-1)
			if op == "BDC" && !args[1].Key("MCID").IsNull() {
				id = args[1].Key("MCID").Int64()
			}
			open = append(open, id)
		case "EMC":
			open = open[:len(open)-1]
		case "Tf":
			font = p.Font(args[0].Name())
		case "Tj":
			show(args[0].RawString())
		case "TJ":
			for i := range args[0].Len() {
				if v := args[0].Index(i); v.Kind() == pdf.String {
					show(v.RawString())
				}
			}
		}
	})
}

// structure reads an element, or the text of a marked content; page is that of its parent.
func structure(v pdf.Value, page int64, texts map[[2]int64]string) *element {
	if v.Kind() == pdf.Integer {
		return &element{text: texts[[2]int64{page, v.Int64()}]}
	}
	if pg := v.Key("Pg"); !pg.IsNull() {
		page = pg.Key("StructParents").Int64()
	}
	if v.Kind() == pdf.Array {
		e := &element{tag: "Array"}
		for i := range v.Len() {
			e.children = append(e.children, structure(v.Index(i), page, texts))
		}
		return e
	}
	if !v.Key("MCID").IsNull() {
		return &element{text: texts[[2]int64{page, v.Key("MCID").Int64()}]}
	}
	e := &element{tag: v.Key("S").Name(), alt: v.Key("Alt").Text(), scope: v.Key("A").Key("Scope").Name()}
	if attributes := v.Key("A"); attributes.Kind() == pdf.Array {
		for i := range attributes.Len() {
			if s := attributes.Index(i).Key("Scope").Name(); s != "" {
				e.scope = s
			}
		}
	}
	switch k := v.Key("K"); k.Kind() {
	case pdf.Array:
		for i := range k.Len() {
			e.children = append(e.children, structure(k.Index(i), page, texts))
		}
	case pdf.Null:
	default:
		e.children = append(e.children, structure(k, page, texts))
	}
	return e
}

// all returns the elements of a tag, in reading order.
func (e *element) all(tag string) []*element {
	var out []*element
	if e.tag == tag {
		out = append(out, e)
	}
	for _, c := range e.children {
		out = append(out, c.all(tag)...)
	}
	return out
}

// words returns the text of an element in reading order, with plain spaces; paragraphs and cells end with a
// line feed. The text drawn in a figure is left out: its alternative stands for it.
func (e *element) words() string {
	if e.tag == "Figure" {
		return ""
	}
	var b strings.Builder
	b.WriteString(e.text)
	for _, c := range e.children {
		b.WriteString(c.words())
	}
	text := b.String()
	if e.tag != "" && e.tag != "Span" && e.tag != "Link" && text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}
