package site

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"
)

// unpacked returns the files of the archive of an edition, by their path in its directory.
func unpacked(t *testing.T, files map[string]string, year string) map[string]string {
	t.Helper()
	data := []byte(files[year+"/atlas-"+year+".zip"])
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("archive of %s: %v", year, err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r) // checks the CRC
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		name, ok := strings.CutPrefix(f.Name, "atlas-"+year+"/")
		if !ok {
			t.Errorf("%s would be unpacked beside the others", f.Name)
		}
		out[name] = string(content)
	}
	return out
}

func offlineSite(t *testing.T, baseURL string) map[string]string {
	t.Helper()
	in := offering(t, fixtureEdition(2022), fixtureEdition(2023))
	in.Offline, in.BaseURL = true, baseURL
	return compose(t, in)
}

var reference = regexp.MustCompile(`\s(?:href|src)="([^"#?]*)`)

func TestThePageOfTheDataOffersTheArchiveWhereThereIsOne(t *testing.T) {
	const link = `href="../atlas-2023.zip"`
	if with := offlineSite(t, ""); !strings.Contains(with["2023/donnees/index.html"], link) {
		t.Error("the page of the data does not offer the archive")
	}
	if without := compose(t, fixture(t, fixtureEdition(2023))); strings.Contains(without["2023/donnees/index.html"], link) {
		t.Error("the page of the data offers an archive that was not made")
	}
}

func TestEveryLinkOfTheOfflineArchiveLeadsToAFile(t *testing.T) {
	files := unpacked(t, offlineSite(t, "https://atlas.example/esms"), "2022")
	pages, away := 0, 0
	for name, content := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		pages++
		for _, found := range reference.FindAllStringSubmatch(content, -1) {
			switch to := found[1]; {
			case to == "" || strings.HasPrefix(to, "mailto:"):
			case strings.Contains(to, ":"):
				away++
			default:
				if _, held := files[path.Join(path.Dir(name), to)]; !held {
					t.Errorf("%s leads to %s, which is not in the archive", name, to)
				}
			}
		}
	}
	if pages < 50 || away == 0 {
		t.Errorf("%d pages, %d links to the web: want the whole edition, and the other one on the web", pages, away)
	}
	for name, want := range map[string]string{
		"2022/regions/bretagne/index.html":                  `href="reprendre/champs/index.html"`,
		"2022/regions/bretagne/reprendre/champs/index.html": `href="../../atlas-2022-bretagne-champs.svg"`,
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s lacks %s: the figures cannot be taken from the archive", name, want)
		}
	}
	if !strings.Contains(files["2022/index.html"], `href="https://atlas.example/esms/2023/"`) {
		t.Error("the other edition is not reached at its address on the web")
	}
}

func TestTheOfflineArchiveHoldsDataReadmeLicenceAndChecksums(t *testing.T) {
	files := unpacked(t, offlineSite(t, ""), "2023")
	for name, want := range map[string]string{
		"LISEZ-MOI.txt": "DÉMONSTRATION", "LICENCE.txt": "Licence Ouverte", "2023/donnees/indicateurs.csv": "essms_finances",
		"index.html": `url=2023/index.html`, "2023/index.html": "<h1>", "methode/index.html": "<h1>",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s does not hold %q", name, want)
		}
	}
	for name := range files {
		if strings.HasPrefix(name, "2022/") || name == "2023/atlas-2023.zip" {
			t.Errorf("%s is in the archive of 2023", name)
		}
	}
	listed := strings.Split(strings.TrimSpace(files["manifeste.sha256"]), "\n")
	if len(listed) != len(files)-1 {
		t.Errorf("the manifest lists %d files, the archive has %d others", len(listed), len(files)-1)
	}
	for _, line := range listed {
		sum, name, _ := strings.Cut(line, "  ")
		if got := sha256.Sum256([]byte(files[name])); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s is not what the manifest says", name)
		}
	}
	// Without an address on the web, the other edition is named and leads nowhere.
	if html := files["2023/index.html"]; strings.Contains(html, `href="../2022`) || !strings.Contains(html, ">2022</a>") {
		t.Error("a link to the other edition leads out of the archive")
	}
}

func TestDataThatScriptsFetchAreAlsoScriptsOffline(t *testing.T) {
	files := unpacked(t, offlineSite(t, ""), "2023")
	data := 0
	for name, content := range files {
		if path.Ext(name) == ".json" && !strings.Contains(name, "/donnees/") {
			data++
			if got, want := files[name+".js"], "atlas.receive("+content+");\n"; got != want {
				t.Errorf("%s.js = %.60q, want %.60q", name, got, want)
			}
		}
	}
	if data == 0 {
		t.Error("no data for scripts in the archive")
	}
}

func TestAnArchiveIsTheSameWhateverIsPublished(t *testing.T) {
	const name = "2023/atlas-2023.zip"
	in := fixture(t, fixtureEdition(2023))
	in.Offline = true
	fresh := compose(t, in)[name]
	altered := packedBefore([]byte(fresh), "atlas-2023/")
	if len(altered) < 100 {
		t.Fatalf("got %d files from the published archive, want all those compressed", len(altered))
	}
	for title, published := range map[string]string{"the same": fresh, "no archive": "PK"} {
		asked := 0
		in.Published = func(path string) []byte {
			if path == name {
				asked++
			}
			return []byte(published)
		}
		if got := compose(t, in)[name]; got != fresh {
			t.Errorf("%s: another archive", title)
		}
		if asked != 1 {
			t.Errorf("%s: the published archive was asked for %d times", title, asked)
		}
	}
}

func TestLinksOfAPageAreFoundWhereverTheyStand(t *testing.T) {
	led := func(to string) (string, bool) { return "[" + to + "]", to != "gone/" }
	for _, c := range []struct{ page, want string }{
		{`no link`, `no link`},
		{`<a href="x/">x</a>`, `<a href="[x/]">x</a>`},
		{`<a class="k" href="x/?q=1#a" id="b">x</a>`, `<a class="k" href="[x/]?q=1#a" id="b">x</a>`},
		{"<a\nhref=\"x/\"><a href=\"\">", "<a\nhref=\"[x/]\"><a href=\"[]\">"},
		{`<form method="get" action="x/"><a data-href="y" href="#a">`, `<form method="get" action="[x/]"><a data-href="y" href="[]#a">`},
		{`<a class="k" href="gone/#a" id="b">x</a> href="x`, `<a class="k" id="b">x</a> href="x`},
		{`x="1 href="x/"`, `x="1 href="[x/]"`},
	} {
		if got := string(withLinks([]byte(c.page), led)); got != c.want {
			t.Errorf("withLinks(%q) = %q, want %q", c.page, got, c.want)
		}
	}
}

func TestTheOfflineArchiveIsTheSameEachTime(t *testing.T) {
	if a, b := offlineSite(t, ""), offlineSite(t, ""); a["2023/atlas-2023.zip"] != b["2023/atlas-2023.zip"] {
		t.Error("two archives of one edition differ")
	}
}
