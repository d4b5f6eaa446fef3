// Package editorial reads what an editor adds to the page and the sheet of a region, in
// content/regions/<slug>.md: the contact of its agency, and prose that replaces or completes
// the summary made from the figures.
package editorial

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Mode says what the prose does to the summary made from the figures.
type Mode string

// The modes, as the front matter writes them.
const (
	Completes Mode = "complete" // it stands after the summary; the default
	Replaces  Mode = "remplace"
)

// Notice is what an editor wrote on a region. The zero value is nothing.
type Notice struct {
	Contact    string // one line, as written; may be empty
	Mode       Mode
	Markdown   string   // as written; may be empty
	Paragraphs []string // its words, paragraph by paragraph, list items included, without markup
}

// Read returns the notices of the directory regions of content, by the slug of their regions. A file of
// no region, named by none of the slugs, is an error, as is an unknown key.
func Read(content fs.FS, slugs []string) (map[string]Notice, error) {
	names, err := fs.Glob(content, "regions/*.md")
	if err != nil {
		return nil, fmt.Errorf("reading content/regions: %w", err)
	}
	known := map[string]bool{}
	for _, s := range slugs {
		known[s] = true
	}
	out := map[string]Notice{}
	for _, name := range names {
		slug := strings.TrimSuffix(path.Base(name), ".md")
		if !known[slug] {
			return nil, fmt.Errorf("content/%s : « %s » n’est le nom d’aucune région dans les adresses du site", name, slug)
		}
		data, err := fs.ReadFile(content, name)
		if err != nil {
			return nil, fmt.Errorf("reading content/%s: %w", name, err)
		}
		if out[slug], err = parse(string(data)); err != nil {
			return nil, fmt.Errorf("content/%s : %w", name, err)
		}
	}
	return out, nil
}

func parse(source string) (Notice, error) {
	n := Notice{Mode: Completes}
	source = strings.ReplaceAll(strings.TrimPrefix(source, "\ufeff"), "\r\n", "\n")
	rest, opened := strings.CutPrefix(source, "---\n")
	front, body, closed := strings.Cut("\n"+rest, "\n---\n")
	if !opened || !closed {
		return n, errors.New("l’en-tête manque : le fichier doit commencer par « --- », contact: et resume:, puis « --- »")
	}
	for i, line := range strings.Split(strings.TrimPrefix(front, "\n"), "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key = strings.TrimSpace(key); key {
		case "":
		case "contact":
			n.Contact = value
		case "resume":
			if n.Mode = Mode(value); n.Mode != Completes && n.Mode != Replaces {
				return n, fmt.Errorf("ligne %d : resume doit valoir complete ou remplace, non « %s »", i+2, value)
			}
		default:
			return n, fmt.Errorf("ligne %d : clé « %s » inconnue ; les clés sont contact et resume", i+2, key)
		}
	}
	n.Markdown = strings.TrimSpace(body)
	n.Paragraphs = paragraphs(n.Markdown)
	return n, nil
}

// paragraphs returns the words of a Markdown text, without markup nor raw HTML.
func paragraphs(source string) []string {
	src := []byte(source)
	var out []string
	doc := goldmark.DefaultParser().Parse(text.NewReader(src))
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			if words := strings.Join(strings.Fields(wordsOf(n, src)), " "); words != "" {
				out = append(out, words)
			}
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return out
}

func wordsOf(n ast.Node, src []byte) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch c := child.(type) {
		case *ast.Text:
			b.Write(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(c.Segment.Value(src)))))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		case *ast.RawHTML:
		default:
			b.WriteString(wordsOf(c, src))
		}
	}
	return b.String()
}
