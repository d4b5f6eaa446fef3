package site

import (
	"flag"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden site")

// golden lists the files whose bytes are kept; of the others only the names are.
var golden = []string{
	"2023/index.html", "2023/indicateurs/index.html", "2023/indicateurs/taux_engagement/index.html",
	"2023/indicateurs/projets_regionaux/departements/index.html", "2023/indicateurs/subvention_totale/index.html",
	"2023/regions/index.html", "2023/regions/bretagne/index.html", "2023/regions/bretagne/projets/index.html",
	"2023/regions/corse/index.html", "2023/regions/corse/indicateurs.csv", "2022/projets/index.html", "2023/donnees/index.html",
	"methode/index.html", "plan-du-site/index.html", "404.html", "sitemap.xml", "robots.txt",
}

func TestComposeMakesTheGoldenSite(t *testing.T) {
	files := map[string]string{}
	for name, data := range compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023))) {
		files[ownOnly(name)] = ownOnly(data)
	}
	names := strings.Join(slices.Sorted(maps.Keys(files)), "\n") + "\n"
	dir := filepath.Join("testdata", "golden")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		save(t, filepath.Join(dir, "files.txt"), names)
		for _, name := range golden {
			save(t, filepath.Join(dir, filepath.FromSlash(name)), files[name])
		}
	}
	want, err := os.ReadFile(filepath.Join(dir, "files.txt"))
	if err != nil {
		t.Fatal(err)
	}
	compareLines(t, "files.txt", names, string(want))
	for _, name := range golden {
		want, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			continue
		}
		compareLines(t, name, files[name], string(want))
	}
}

// ownOnly leaves out what is not this package's: the drawings of maps, which package carto
// has its own golden files for, and the hashes of the assets.
func ownOnly(text string) string {
	text = regexp.MustCompile(`(?s)<svg[^>]* class="map.*?</svg>`).ReplaceAllString(text, "<svg>carte</svg>")
	return regexp.MustCompile(`\.[0-9a-f]{10}\.(css|js|svg|woff2)`).ReplaceAllString(text, ".HASH.$1")
}

func save(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// compareLines shows the first line that differs.
func compareLines(t *testing.T, name, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		at := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(end)"
		}
		if at(g) != at(w) {
			t.Errorf("%s, line %d:\n got %.300s\nwant %.300s", name, i+1, at(g), at(w))
			return
		}
	}
}

func TestComposeIsTheSameTwiceAndWhateverTheOrder(t *testing.T) {
	first := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	for name, in := range map[string]Input{
		"again":    fixture(t, fixtureEdition(2022), fixtureEdition(2023)),
		"editions": fixture(t, fixtureEdition(2023), fixtureEdition(2022)),
		"shuffled": fixture(t, shuffled(fixtureEdition(2022)), shuffled(fixtureEdition(2023))),
	} {
		for file, got := range compose(t, in) {
			if name == "shuffled" && (path.Ext(file) != ".html" || path.Base(path.Dir(file)) == "donnees") {
				continue // the open data, whose digests that page gives, keep the order of the dataset, which package dataset fixes
			}
			compareLines(t, name+": "+file, got, first[file])
		}
	}
}

func TestEveryPageHasWhatReadersRelyOn(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	titles := map[string]string{}
	for name, html := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		for what, pattern := range map[string]string{
			"language": `<html lang="fr">`, "title": `<title>[^<]+</title>`, "heading": `<h1>`,
			"description": `<meta name="description" content="[^"]+">`, "skip link": `<a href="#contenu">`, "main": `<main id="contenu"`,
			"banner": `class="banner"`, "declaration": `>Accessibilité.: non conforme</a>`, "canonical": `<link rel="canonical" href="https://atlas.example/esms/`,
		} {
			if found := regexp.MustCompile(pattern).FindAllString(html, -1); len(found) != 1 {
				t.Errorf("%s: %s found %d times, want once", name, what, len(found))
			}
		}
		title := regexp.MustCompile(`<title>([^<]*)`).FindString(html)
		if other, twice := titles[title]; twice {
			t.Errorf("%s and %s share the title %s", name, other, title)
		}
		titles[title] = name
		for _, banned := range []string{" style=", "<style", " onclick", "ZgotmplZ", "<no value>", "%!"} {
			if strings.Contains(html, banned) {
				t.Errorf("%s contains %q", name, banned)
			}
		}
		checkIDs(t, name, html)
	}
}

// checkIDs finds identifiers given twice, and references to none.
func checkIDs(t *testing.T, name, html string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(html, -1) {
		if seen[m[1]] {
			t.Errorf("%s: id %q twice", name, m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(` aria-(?:labelledby|describedby)="([^"]+)"`).FindAllStringSubmatch(html, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !seen[id] {
				t.Errorf("%s: reference to the id %q, which is not there", name, id)
			}
		}
	}
}

func TestNamesFromCellsAreTextEverywhere(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2023)))
	shown := 0
	for name, html := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		if strings.Contains(html, "<script>") {
			t.Errorf("%s lets a name run as a script", name)
		}
		shown += strings.Count(html, "&lt;script&gt;")
	}
	if shown == 0 {
		t.Error("no page shows the hostile names: the test proves nothing")
	}
}

func TestLinksLeadToFilesOfTheSite(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	links := regexp.MustCompile(` (?:xlink:)?(?:href|src)="([^"]+)"`)
	for name, html := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, m := range links.FindAllStringSubmatch(html, -1) {
			link := strings.TrimPrefix(m[1], "https://atlas.example/esms/")
			if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
				continue
			}
			if m[1] == link && name == "404.html" && !strings.HasPrefix(link, "#") {
				t.Errorf("404.html: the link %q is not absolute", link)
			}
			bare, fragment, _ := strings.Cut(link, "#")
			bare, _, _ = strings.Cut(bare, "?") // the state of a page that scripts read
			to := name
			if link != m[1] {
				to = bare
			} else if bare != "" {
				to = path.Join(path.Dir(name), bare)
				if strings.HasSuffix(bare, "/") {
					to += "/"
				}
			}
			if to == "" || strings.HasSuffix(to, "/") {
				to = strings.TrimPrefix(path.Join(to, "index.html"), "/")
			}
			if _, found := files[to]; !found {
				t.Errorf("%s: link %q leads to %s, which does not exist", name, m[1], to)
			} else if fragment != "" && !strings.Contains(files[to], ` id="`+fragment+`"`) {
				t.Errorf("%s: link %q leads to no part of %s", name, m[1], to)
			}
		}
	}
}

func TestStyleSheetNamesOnlyFilesOfTheSite(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2023)))
	for name, css := range files {
		if path.Ext(name) != ".css" {
			continue
		}
		for _, m := range regexp.MustCompile(`url\("?([^")]+)`).FindAllStringSubmatch(css, -1) {
			if _, found := files[path.Join(path.Dir(name), m[1])]; !found {
				t.Errorf("%s names %s, which does not exist", name, m[1])
			}
		}
	}
}

func TestMissingFontIsAnError(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	delete(in.Fonts, "source-sans-3-600.woff2")
	if _, err := newComposer(in); err == nil || !strings.Contains(err.Error(), "source-sans-3-600.woff2") {
		t.Errorf("got error %v, want one that names the missing font", err)
	}
}

func TestSiteWithoutMapsChartsOrBaseURLIsWhole(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	in.Maps, in.Charts, in.BaseURL, in.Fonts = nil, nil, "", nil
	in.Content = withSettings(t, in, strings.Replace(sound, `url = "https://atlas.cnsa.fr/"`, "", 1))
	files := compose(t, in)
	if got := files["404.html"]; !strings.Contains(got, `href="/2023/"`) {
		t.Error("404.html has no link to /2023/")
	}
	if got := files["index.html"]; !strings.Contains(got, `<link rel="canonical" href="2023/">`) {
		t.Error("the root does not say that it repeats 2023/")
	}
	for name, css := range files {
		if path.Ext(name) == ".css" && strings.Contains(css, "@font-face") {
			t.Errorf("%s declares fonts that the site does not have", name)
		}
	}
}

func TestEditionWithoutProjectsStillMakesASite(t *testing.T) {
	ds := fixtureEdition(2023)
	ds.Projects, ds.ESSMS, ds.Envelopes, ds.Published = nil, nil, nil, nil
	files := compose(t, fixture(t, ds))
	if got := files["2023/regions/bretagne/index.html"]; !strings.Contains(got, "Aucun projet régional n’est financé en Bretagne.") {
		t.Error("the page of a region without project does not say so")
	}
	if got := files["2023/donnees/index.html"]; strings.Contains(got, "Contrôle de cohérence") {
		t.Error("the page of the data checks figures against none published")
	}
}
