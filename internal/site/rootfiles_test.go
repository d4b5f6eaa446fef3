package site

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"esms.example/atlas/internal/licence"
)

// copied is a file system in memory with the same files.
func copied(t testing.TB, from fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// twoYears is the site of two editions, with a correction in its journal and a redirection.
func twoYears(t *testing.T) map[string]string {
	t.Helper()
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	content := copied(t, in.Content)
	content["journal/2024-06-03-correction.md"] = &fstest.MapFile{Data: []byte("---\ntitre: Correction <b>du & du</b> \ndate: 2024-06-03\nedition: 2023\n---\n" +
		"Voir la [méthode](methode.md#les-arrondis). <script>alert(1)</script>\n")}
	content[settingsFile] = &fstest.MapFile{Data: []byte(sound)}
	in.Content = content
	return compose(t, in)
}

func TestRootFiles(t *testing.T) {
	files := twoYears(t)
	for name, holds := range map[string]func(*testing.T, map[string]string){
		"the site map is valid": siteMapIsValid, "the feed is valid": feedIsValid,
		"security.txt follows the settings":                 securityTextFollowsTheSettings,
		"the files for servers say policy and redirections": serverFilesSayThePolicyAndTheRedirections,
	} {
		t.Run(name, func(t *testing.T) { holds(t, files) })
	}
}

func siteMapIsValid(t *testing.T, files map[string]string) {
	var m struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Pages   []struct {
			Loc     string `xml:"loc"`
			Lastmod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(files["sitemap.xml"]), &m); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{ // the day of the edition; of the correction for the general pages
		"https://atlas.example/esms/2022/": "2023-05-15", "https://atlas.example/esms/2023/regions/bretagne/": "2024-05-15",
		"https://atlas.example/esms/journal/": "2024-06-03",
	}
	seen := map[string]bool{}
	for _, p := range m.Pages {
		at, found := strings.CutPrefix(p.Loc, "https://atlas.example/esms/")
		if _, made := files[at+"index.html"]; !found || !made || seen[p.Loc] {
			t.Errorf("%s: not the address of a page, or twice", p.Loc)
		}
		if _, err := time.Parse(time.DateOnly, p.Lastmod); err != nil {
			t.Errorf("%s: lastmod %q", p.Loc, p.Lastmod)
		}
		if day, told := want[p.Loc]; told && p.Lastmod != day {
			t.Errorf("%s: got lastmod %s, want %s", p.Loc, p.Lastmod, day)
		}
		seen[p.Loc] = true
	}
	for at := range want {
		if !seen[at] {
			t.Errorf("%s is missing", at)
		}
	}
	if !strings.Contains(files["robots.txt"], "Sitemap: https://atlas.example/esms/sitemap.xml\n") {
		t.Errorf("robots.txt: %s", files["robots.txt"])
	}
}

func TestALongSiteMapIsCutIntoParts(t *testing.T) {
	c := proseComposer(t)
	pages := 0
	for _, p := range c.pages {
		if !p.hidden {
			pages++
		}
	}
	files := c.siteMaps(20)
	if want := (pages + 19) / 20; len(files) != want+1 {
		t.Fatalf("got %d files, want %d parts and an index", len(files), want)
	}
	total := 0
	for _, f := range files[:len(files)-1] {
		n := strings.Count(string(f.data), "<loc>")
		if total += n; n > 20 {
			t.Errorf("%s: got %d addresses", f.path, n)
		}
	}
	index := string(files[len(files)-1].data)
	if total != pages || files[len(files)-1].path != "sitemap.xml" || strings.Count(index, "<sitemap>") != len(files)-1 || !strings.Contains(index, "https://atlas.example/esms/sitemap-1.xml") {
		t.Errorf("got %d addresses, want %d, and the index\n%s", total, pages, index)
	}
}

func feedIsValid(t *testing.T, files map[string]string) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var f struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Title   string   `xml:"title"`
		ID      string   `xml:"id"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Links   []link   `xml:"link"`
		Entries []struct {
			Title     string `xml:"title"`
			ID        string `xml:"id"`
			Updated   string `xml:"updated"`
			Published string `xml:"published"`
			Link      link   `xml:"link"`
			Content   struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(files[feedPath]), &f); err != nil {
		t.Fatal(err)
	}
	if f.Lang != "fr" || f.Title == "" || f.ID != "https://atlas.example/esms/journal/" || f.Updated != "2024-06-03T00:00:00Z" || f.Author == "" {
		t.Errorf("got %+v", f)
	}
	if want := []link{{"self", "https://atlas.example/esms/journal/atom.xml"}, {"alternate", "https://atlas.example/esms/journal/"}}; !slices.Equal(f.Links, want) {
		t.Errorf("links: got %v, want %v", f.Links, want)
	}
	last := "9999"
	ids := map[string]bool{}
	for _, e := range f.Entries {
		anchor := strings.TrimPrefix(e.ID, "https://atlas.example/esms/journal/#")
		if anchor == e.ID || ids[e.ID] || !strings.Contains(files["journal/index.html"], `id="`+anchor+`"`) || e.Link.Href != e.ID {
			t.Errorf("%s: not an anchor of the journal, or twice", e.ID)
		}
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Updated != e.Published || e.Updated > last {
			t.Errorf("%s: updated %q after %q", e.ID, e.Updated, last)
		}
		if e.Title == "" || e.Content.Type != "html" || strings.Contains(e.Content.Text, "<script") {
			t.Errorf("%s: got %q, %+v", e.ID, e.Title, e.Content)
		}
		for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(e.Content.Text, -1) {
			if u, err := url.Parse(m[1]); err != nil || !u.IsAbs() {
				t.Errorf("%s: link to %s, want an absolute one", e.ID, m[1])
			}
		}
		ids[e.ID], last = true, e.Updated
	}
	for _, want := range []string{"2024-06-03-correction", "edition-2023", "edition-2022"} {
		if !ids["https://atlas.example/esms/journal/#"+want] {
			t.Errorf("no entry %s", want)
		}
	}
	for name, text := range files {
		if path.Ext(name) == ".html" && !strings.HasPrefix(name, "2022/") && !strings.HasPrefix(name, "2023/") && name != "404.html" && !strings.Contains(text, `type="application/atom+xml"`) {
			t.Errorf("%s does not name the feed", name)
		}
	}
	if page := files["journal/index.html"]; !strings.Contains(page, "Correction &lt;b&gt;du &amp; du&lt;/b&gt;") || strings.Contains(page, "<script>alert") {
		t.Error("the journal shows HTML of an entry as such")
	}
}

func TestAFaultyNewsNamesItsFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"correction":   {"texte", "l’en-tête manque"},
		"Été":          {"---\ntitre: A\ndate: 2024-06-03\n---\nx", "minuscules"},
		"edition-2023": {"---\ntitre: A\ndate: 2024-06-03\n---\nx", "edition-"},
		"a":            {"---\ntitre: A\ndate: 3 juin\n---\nx", "ligne 3"},
		"b":            {"---\ntitre: A\ndate: 2024-06-03\nedition: x\n---\nx", "ligne 4"},
		"c":            {"---\ntitre: A\nstyle: x\n---\nx", "clé « style » inconnue"},
		"d":            {"---\ntitre: A\n---\nx", "un titre et une date"},
		"e":            {"---\ntitre: A\ndate: 2024-06-03\n---\n{{valeur projets FR}}", "chiffre vivant"},
		"f":            {"---\ntitre: A\ndate: 2024-06-03\n---\n## Intertitre", "intertitre"},
		"g":            {"---\ntitre: A\ndate: 2024-06-03\n---\n[x](bidule.md)", "« /bidule/ »"},
	} {
		in := fixture(t, fixtureEdition(2023))
		content := copied(t, in.Content)
		content["journal/"+name+".md"] = &fstest.MapFile{Data: []byte(c.text)}
		in.Content = content
		if _, err := newComposer(in); err == nil || !strings.Contains(plain(err.Error()), plain(c.want)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func securityTextFollowsTheSettings(t *testing.T, files map[string]string) {
	want := "Contact: mailto:securite@cnsa.fr\nExpires: 2025-04-30T00:00:00Z\nPreferred-Languages: fr, en\nCanonical: https://atlas.example/esms/.well-known/security.txt\n"
	if got := files[securityPath]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func serverFilesSayThePolicyAndTheRedirections(t *testing.T, files map[string]string) {
	for _, name := range []string{nginxFile, apacheFile, netlifyHeaders} {
		for _, h := range Headers() {
			if !strings.Contains(files[name], h.Value) {
				t.Errorf("%s does not give %s", name, h.Name)
			}
		}
		if !strings.Contains(files[name], cacheForEver) {
			t.Errorf("%s keeps nothing for ever", name)
		}
	}
	for name, want := range map[string]string{
		nginxFile: "location = /esms/avant/ { return 301 /esms/methode/; }", apacheFile: `RedirectMatch 301 "^/esms/avant/$" "/esms/methode/"`,
		netlifyRedirects: "/esms/avant/ /esms/methode/ 301",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s: got\n%s\nwant %q in it", name, files[name], want)
		}
	}
	for _, ext := range slices.Sorted(maps.Keys(extensions(files))) {
		if mediaTypes[ext] == "" {
			t.Errorf("the site has files .%s, of no media type", ext)
		}
	}
}

// extensions are those of the files that browsers ask for.
func extensions(files map[string]string) map[string]bool {
	out := map[string]bool{}
	for name := range files {
		if ext := strings.TrimPrefix(path.Ext(name), "."); ext != "" && ext != "htaccess" && ext != "conf" {
			out[ext] = true
		}
	}
	return out
}

func TestARedirectionThatLeadsNowhereIsAnError(t *testing.T) {
	for line, want := range map[string]string{`"/avant/" = "/nulle-part/"`: "n’existe pas", `"/methode/" = "/glossaire/"`: "cacherait"} {
		in := fixture(t, fixtureEdition(2023))
		in.Content = withSettings(t, in, strings.Replace(sound, `"/avant/" = "/methode/"`, line, 1))
		if _, err := newComposer(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", line, err, want)
		}
	}
}

func TestEveryPageAnnouncesThePolicy(t *testing.T) {
	want := `<meta http-equiv="Content-Security-Policy" content="` + MetaPolicy + `">`
	for name, text := range compose(t, fixture(t, fixtureEdition(2023))) {
		if path.Ext(name) == ".html" && !strings.Contains(text, want) {
			t.Errorf("%s does not announce %s", name, MetaPolicy)
		}
	}
	if !strings.HasPrefix(Policy, MetaPolicy) || strings.Contains(MetaPolicy, "frame-ancestors") {
		t.Errorf("policies %q and %q", Policy, MetaPolicy)
	}
}

func TestTheLegalPageAndAFileListEveryComponent(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2023)))
	for _, c := range licence.Components() {
		if !strings.Contains(files["mentions-legales/index.html"], html.EscapeString(c.Name)) || !strings.Contains(files[licencesPath], c.Name+" "+c.Version) {
			t.Errorf("%s is not listed", c.Name)
		}
	}
}

// TestEveryPageIsReachedFromTheHome follows links; the page of styles and the page of lost addresses are left out.
func TestEveryPageIsReachedFromTheHome(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	reached := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		for _, to := range links(t, files[queue[0]]) {
			target := path.Join(path.Dir(queue[0]), to)
			if strings.HasSuffix(to, "/") || path.Ext(target) == "" {
				target = path.Join(target, "index.html")
			}
			if _, made := files[target]; made && path.Ext(target) == ".html" && !reached[target] {
				reached[target] = true
				queue = append(queue, target)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) == ".html" && !reached[name] && name != "404.html" && !strings.HasPrefix(name, "style/") {
			t.Errorf("no link leads to %s", name)
		}
	}
}

// links are the paths that the links of a page lead to, without fragments, inside the site.
func links(t *testing.T, page string) []string {
	t.Helper()
	var out []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		if z.Next() == html.ErrorToken {
			return out
		}
		token := z.Token()
		if token.Type != html.StartTagToken || token.Data != "a" {
			continue
		}
		for _, a := range token.Attr {
			if u, err := url.Parse(a.Val); a.Key == "href" && err == nil && u.Scheme == "" && u.Host == "" {
				out = append(out, u.Path)
			}
		}
	}
}

func TestTheJournalOfTheProjectIsSound(t *testing.T) {
	names, err := fs.Glob(os.DirFS("../../content"), "journal/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("got %q, %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile("../../content/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parseNews(strings.TrimSuffix(path.Base(name), ".md"), string(data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzNews(f *testing.F) {
	f.Add("---\ntitre: A\ndate: 2024-06-03\n---\ntexte")
	f.Add("---\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parseNews("a", text)
		if err == nil && (n.title == "" || n.day.IsZero()) {
			t.Errorf("%q gave %s", text, fmt.Sprint(n))
		}
	})
}
