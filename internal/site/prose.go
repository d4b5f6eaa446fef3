package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"esms.example/atlas/internal/french"
)

// prose is a page written in Markdown: content/<slug>.md becomes /<slug>/. Its file begins
// with a front matter of flat « clé: valeur » lines between two lines « --- »: titre,
// resume (one sentence, for search engines and lists) and ordre (its place in lists).
type prose struct {
	slug, title, summary string
	order                int
	source               string
	firstLine            int  // of source, in the file
	flat                 bool // it may have no headings
}

// readProse reads every prose page, in their order.
func readProse(content fs.FS) ([]*prose, error) {
	names, err := fs.Glob(content, "*.md")
	if err != nil {
		return nil, err
	}
	var pages []*prose
	var faults []error
	for _, name := range names {
		data, err := fs.ReadFile(content, name)
		if err != nil {
			return nil, err
		}
		p, err := parseProse(strings.TrimSuffix(name, ".md"), string(data))
		if err != nil {
			faults = append(faults, fmt.Errorf("content/%s : %w", name, err))
			continue
		}
		pages = append(pages, p)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	slices.SortFunc(pages, func(a, b *prose) int { return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.slug, b.slug)) })
	return pages, nil
}

// parseProse separates the front matter from the text.
func parseProse(slug, source string) (*prose, error) {
	p := &prose{slug: slug, order: 100}
	source = strings.ReplaceAll(strings.TrimPrefix(source, "\ufeff"), "\r\n", "\n")
	front, body, found := strings.Cut(strings.TrimPrefix(source, "---\n"), "\n---\n")
	if !strings.HasPrefix(source, "---\n") || !found {
		return nil, fmt.Errorf("l’en-tête manque : le fichier doit commencer par « --- », titre: et resume:, puis « --- »")
	}
	for i, line := range strings.Split(front, "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "":
		case "titre":
			p.title = value
		case "resume":
			p.summary = value
		case "ordre":
			n, err := strconv.Atoi(value)
			if err != nil {
				return nil, fmt.Errorf("ligne %d : ordre doit être un nombre entier, non « %s »", i+2, value)
			}
			p.order = n
		default:
			return nil, fmt.Errorf("ligne %d : clé « %s » inconnue ; les clés sont titre, resume et ordre", i+2, strings.TrimSpace(key))
		}
	}
	if p.title == "" || p.summary == "" {
		return nil, fmt.Errorf("l’en-tête doit donner un titre et un resume")
	}
	p.source, p.firstLine = body, strings.Count(front, "\n")+4
	return p, nil
}

// Prose is the body of a prose page.
type Prose struct{ HTML template.HTML }

func (c *composer) prosePage(p *prose) *page {
	return &page{
		path: p.slug + "/", template: "prose.html", section: p.slug,
		heading: p.title, title: p.title, description: p.summary,
		model: func(_ context.Context, l *linker) (any, error) {
			source, err := c.expand(p)
			if err != nil {
				return nil, err
			}
			html, err := markdown(p, source, l)
			if err != nil || p.slug != journalSlug {
				return &Prose{html}, err
			}
			told, err := c.journalHTML(l)
			return &Prose{html + told}, err
		},
	}
}

// markdown makes the HTML of a prose page. Raw HTML is dropped. A link that starts with a
// slash (« /2023/donnees/ ») or ends in .md (« glossaire.md ») leads to that page of the site.
func markdown(p *prose, source string, l *linker) (template.HTML, error) {
	md := goldmark.New(goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.DefinitionList,
	), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	src := []byte(source)
	doc := md.Parser().Parse(text.NewReader(src), parser.WithContext(parser.NewContext(parser.WithIDs(headingIDs{}))))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if p.flat {
				return ast.WalkStop, fmt.Errorf("content/%s.md : une entrée du journal n’a pas d’intertitre ; son titre vient de l’en-tête", p.slug)
			}
			if n.Level == 1 {
				return ast.WalkStop, fmt.Errorf("content/%s.md : le titre de niveau 1 vient de l’en-tête ; commencez les sections par « ## »", p.slug)
			}
		case *ast.Link:
			n.Destination = []byte(siteLink(string(n.Destination), l))
		case *ast.Image:
			n.Destination = []byte(siteLink(string(n.Destination), l))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := md.Renderer().Render(&b, src, doc); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}

// siteLink turns the destination of a Markdown link into one that works from the page.
func siteLink(to string, l *linker) string {
	bare, fragment, _ := strings.Cut(to, "#")
	switch {
	case strings.HasPrefix(bare, "/") && !strings.HasPrefix(bare, "//"):
		bare = strings.TrimPrefix(bare, "/")
	case path.Ext(bare) == ".md" && !strings.ContainsAny(bare, "/:"):
		bare = strings.TrimSuffix(bare, ".md") + "/"
	default:
		return to
	}
	if fragment != "" {
		bare += "#" + fragment
	}
	return l.to(bare)
}

// headingIDs names headings after their words, without accents; a name already given
// takes a number.
type headingIDs map[string]int

func (ids headingIDs) Generate(value []byte, kind ast.NodeKind) []byte {
	id := cmp.Or(french.Slug(string(value)), "section")
	if ids[id]++; ids[id] > 1 {
		id += "-" + strconv.Itoa(ids[id])
	}
	return []byte(id)
}

func (ids headingIDs) Put(value []byte) { ids[util.BytesToReadOnlyString(value)]++ }
