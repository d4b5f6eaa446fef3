package browser

import (
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
)

// page is what the check of links knows of an HTML file.
type page struct {
	refs []string        // href, src and srcset, as written
	ids  map[string]bool // targets of fragments
}

// brokenLinks returns what is wrong with the references of a site, sorted: targets that do
// not exist, anchors that the target lacks, absolute paths, identifiers borne twice.
func brokenLinks(site fs.FS) ([]string, error) {
	pages, faults, sheets := map[string]page{}, []string(nil), map[string]string{}
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".html":
			f, err := site.Open(name)
			if err != nil {
				return err
			}
			defer f.Close()
			document, err := html.Parse(f)
			if err != nil {
				return fmt.Errorf("reading %s: %w", name, err)
			}
			p := page{ids: map[string]bool{}}
			faults = append(faults, p.read(name, document)...)
			pages[name] = p
		case ".css":
			content, err := fs.ReadFile(site, name)
			sheets[name] = string(content)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name, p := range pages {
		if name == "404.html" {
			continue // it is shown at any address, so its links bear the base URL
		}
		for _, ref := range p.refs {
			if fault := check(site, pages, name, ref); fault != "" {
				faults = append(faults, fmt.Sprintf("%s: %s: %s", name, ref, fault))
			}
		}
	}
	for name, content := range sheets {
		for _, m := range cssURL.FindAllStringSubmatch(content, -1) {
			if fault := check(site, pages, name, m[1]); fault != "" {
				faults = append(faults, fmt.Sprintf("%s: %s: %s", name, m[1], fault))
			}
		}
	}
	slices.Sort(faults)
	return slices.Compact(faults), nil
}

var cssURL = regexp.MustCompile(`url\(\s*['"]?([^'")]+)['"]?\s*\)`)

// read gathers the references and identifiers below a node.
func (p *page) read(name string, n *html.Node) (faults []string) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "id" && p.ids[a.Val]:
			faults = append(faults, fmt.Sprintf("%s: identifier %q borne twice", name, a.Val))
		case a.Key == "id":
			p.ids[a.Val] = true
		case a.Key == "srcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				p.refs = append(p.refs, strings.Fields(candidate)[0])
			}
		case a.Key == "href" && !isMeta(n), a.Key == "src":
			p.refs = append(p.refs, a.Val)
		}
	}
	for child := range n.ChildNodes() {
		faults = append(faults, p.read(name, child)...)
	}
	return faults
}

// isMeta reports whether a node is a link to an address of the published site, such as its canonical one.
func isMeta(n *html.Node) bool {
	return n.Data == "link" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "rel" && a.Val == "canonical" })
}

// check says what is wrong with a reference, "" when nothing is.
func check(site fs.FS, pages map[string]page, from, ref string) string {
	u, err := url.Parse(ref)
	switch {
	case err != nil:
		return "not an address"
	case u.Scheme != "" || u.Host != "":
		return "" // another site, mailto, data
	case strings.HasPrefix(u.Path, "/"):
		return "absolute path: the site must work under any path"
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
		if strings.HasPrefix(target, "..") {
			return "leaves the site"
		}
		if strings.HasSuffix(u.Path, "/") || u.Path == "." || u.Path == ".." || strings.HasSuffix(u.Path, "/..") {
			target = path.Join(target, "index.html")
		}
	}
	info, err := fs.Stat(site, target)
	switch {
	case err != nil:
		return "no such file"
	case info.IsDir():
		return "a directory, without the final /"
	case u.Fragment != "" && path.Ext(target) == ".html" && !pages[target].ids[u.Fragment]:
		return "no such anchor"
	}
	return ""
}

func TestBrokenLinksAreFound(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"sound":            {`<a href="a/">x</a><a href="a/#s">x</a><a href="#i" id="i">x</a><img src="i.png"><a href="https://example.org/z">x</a>`, ""},
		"missing page":     {`<a href="b/">x</a>`, "index.html: b/: no such file"},
		"missing image":    {`<img src="j.png">`, "index.html: j.png: no such file"},
		"missing sheet":    {`<link rel="stylesheet" href="s.css">`, "index.html: s.css: no such file"},
		"missing anchor":   {`<a href="a/#t">x</a>`, "index.html: a/#t: no such anchor"},
		"own anchor":       {`<a href="#t">x</a>`, "index.html: #t: no such anchor"},
		"absolute":         {`<a href="/a/">x</a>`, "index.html: /a/: absolute path: the site must work under any path"},
		"no final slash":   {`<a href="a">x</a>`, "index.html: a: a directory, without the final /"},
		"out of the site":  {`<a href="../x">x</a>`, "index.html: ../x: leaves the site"},
		"identifier twice": {`<p id="i"></p><p id="i"></p>`, `index.html: identifier "i" borne twice`},
		"inside an SVG":    {`<svg><a href="b/"><path/></a></svg>`, "index.html: b/: no such file"},
	} {
		got, err := brokenLinks(fstest.MapFS{
			"index.html":   {Data: []byte(test.body)},
			"a/index.html": {Data: []byte(`<h2 id="s">s</h2><a href="../">up</a>`)},
			"i.png":        {}, "c.css": {Data: []byte(`a{background:url("i.png")}`)},
		})
		if err != nil || strings.Join(got, "\n") != test.want {
			t.Errorf("%s: faults = %q, %v, want %q", name, got, err, test.want)
		}
	}
}

func TestBrokenLinksOfStyleSheetsAreFound(t *testing.T) {
	got, err := brokenLinks(fstest.MapFS{"s/c.css": {Data: []byte(`@font-face{src:url(f.woff2)}`)}})
	if want := []string{"s/c.css: f.woff2: no such file"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("faults = %q, %v, want %q", got, err, want)
	}
}
