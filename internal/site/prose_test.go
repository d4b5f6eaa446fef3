package site

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"esms.example/atlas/internal/indicator"
)

func proseComposer(t testing.TB) *composer {
	t.Helper()
	c, err := newComposer(fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// write makes the HTML of a text as a page of the fixture would.
func write(c *composer, text string) (string, error) {
	p, err := parseProse("essai", "---\ntitre: Essai\nresume: Un essai.\n---\n"+text)
	if err != nil {
		return "", err
	}
	source, err := c.expand(p)
	if err != nil {
		return "", err
	}
	l := &linker{known: c.known, from: "essai/"}
	html, err := markdown(p, source, l)
	if err == nil {
		err = l.err
	}
	return string(html), err
}

func TestProseQuotesLiveFigures(t *testing.T) {
	c := proseComposer(t)
	for text, want := range map[string]string{
		"{{valeur projets FR}}":                       "5\u00a0projets",
		"{{valeur projets_regionaux region:53 2021}}": "1\u00a0projet régional",
		"{{valeur essms_finances departement:2A}}":    "1\u00a0ESSMS",
		"{{valeur dossiers_deposes FR}}":              "non disponible",
		"{{lecture projets FR}}":                      "En France, le programme finance 5\u00a0projets.",
		"{{edition}}, {{date_arret}}":                 "2023, 31\u00a0décembre 2023",
		"{{site courriel}}":                           `<a href="mailto:contact@atlas.example">contact@atlas.example</a>`,
	} {
		got, err := write(c, text)
		if err != nil || strings.TrimSpace(got) != "<p>"+want+"</p>" {
			t.Errorf("%s: got %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestProseWithAFaultNamesItsLine(t *testing.T) {
	c := proseComposer(t)
	for text, want := range map[string]string{
		"bon\n\n{{valeur inconnu FR}}":      "ligne 7",
		"{{valeur inconnu FR}}":             "indicateur « inconnu » inconnu",
		"{{valeur projets region:53}}":      "n’existe pas à ce niveau",
		"{{valeur projets region:99}}":      "territoire « region:99 » inconnu",
		"{{valeur projets FR 1999}}":        "n’a pas de cumul pour l’année « 1999 »",
		"{{valeur projets}}":                "écrivez {{valeur INDICATEUR TERRITOIRE}}",
		"{{bidule}}":                        "code « bidule » inconnu",
		"{{}}":                              "code vide",
		"{{edition":                         "« {{ » sans « }} »",
		"{{site bidule}}":                   "site.toml n’a pas de clé « bidule »",
		"# Titre":                           "commencez les sections par « ## »",
		"[lien](bidule.md)":                 "lien vers « /bidule/ », qui n’existe pas",
		"[lien](/2023/regions/atlantide/)":  "lien vers « /2023/regions/atlantide/ »",
		"[lien](/1999/)":                    "lien vers « /1999/ »",
		"![carte](/2023/indicateurs/x.png)": "lien vers « /2023/indicateurs/x.png »",
	} {
		if _, err := write(c, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got error %v, want one with %q", text, err, want)
		}
	}
}

func TestEveryFaultOfTheProseIsToldAtOnce(t *testing.T) {
	c := proseComposer(t)
	broken := func(slug string) *prose {
		return &prose{slug: slug, title: "T", firstLine: 5, source: "{{valeur inconnu FR}} {{bidule}}\n\n{{edition"}
	}
	c.prose = []*prose{broken("un"), broken("deux")}
	err := c.proseFaults()
	for _, want := range []string{"content/un.md, ligne 5\u00a0: {{valeur inconnu FR}}", "{{bidule}}", "content/un.md, ligne 7", "content/deux.md, ligne 5", "content/deux.md, ligne 7"} {
		if err == nil || !strings.Contains(plain(err.Error()), plain(want)) {
			t.Errorf("got %v, want it to say %q", err, want)
		}
	}
	_, err = readProse(fstest.MapFS{"a.md": {Data: []byte("texte")}, "b.md": {Data: []byte("---\ntitre: B\n---\n")}})
	if err == nil || !strings.Contains(err.Error(), "a.md") || !strings.Contains(err.Error(), "b.md") {
		t.Errorf("got %v, want both files named", err)
	}
}

func TestProseIsSafeAndLinked(t *testing.T) {
	c := proseComposer(t)
	for text, want := range map[string]string{
		"<script>x</script>":               "<!-- raw HTML omitted -->\n",
		"[a](javascript:alert(1))":         "<p><a href=\"\">a</a></p>\n",
		"[a](methode.md)":                  "<p><a href=\"../methode/\">a</a></p>\n",
		"[a](methode.md#les-arrondis)":     "<p><a href=\"../methode/#les-arrondis\">a</a></p>\n",
		"[a](/2023/)":                      "<p><a href=\"../2023/\">a</a></p>\n",
		"[a](https://www.insee.fr/)":       "<p><a href=\"https://www.insee.fr/\">a</a></p>\n",
		"## L’été à Œuf\n\n## L’été à Œuf": "<h2 id=\"l-ete-a-oeuf\">L’été à Œuf</h2>\n<h2 id=\"l-ete-a-oeuf-2\">L’été à Œuf</h2>\n",
	} {
		if got, err := write(c, text); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", text, got, err, want)
		}
	}
	if got, err := write(c, "|a|b|\n|--|-:|\n|1|2|"); err != nil || strings.Contains(got, "style=") || !strings.Contains(got, `align="right"`) {
		t.Errorf("table: got %q, %v, want align attributes and no style", got, err)
	}
}

func TestFrontMatterIsChecked(t *testing.T) {
	for source, want := range map[string]string{
		"sans en-tête": "l’en-tête manque", "---\ntitre: A\n---\n": "un titre et un resume",
		"---\ntitre: A\nresume: B\nordre: x\n---\n": "ligne 4 : ordre", "---\ntitre: A\nresume: B\nstyle: x\n---\n": "clé « style » inconnue",
	} {
		if _, err := parseProse("essai", source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got error %v, want one with %q", source, err, want)
		}
	}
	p, err := parseProse("essai", "\ufeff---\r\ntitre: A : b\r\nresume: C\r\nordre: 3\r\n---\r\ntexte\r\n")
	if err != nil || p.title != "A : b" || p.summary != "C" || p.order != 3 || p.source != "texte\n" {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestANewProsePageIsOneFile(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	content := fstest.MapFS{"nouveautes.md": {Data: []byte("---\ntitre: Nouveautés\nresume: Ce qui change.\n---\nVoir la [méthode](methode.md).\n")}}
	for _, name := range []string{"site.toml", "methode.md", "journal.md", "accessibilite.md"} {
		f, err := in.Content.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		data := make([]byte, info.Size())
		if _, err := f.Read(data); err != nil {
			t.Fatal(err)
		}
		content[name] = &fstest.MapFile{Data: data}
	}
	in.Content = content
	files := compose(t, in)
	if !strings.Contains(files["nouveautes/index.html"], `<h1>Nouveautés</h1>`) {
		t.Error("nouveautes.md made no page")
	}
	for _, page := range []string{"plan-du-site/index.html", "2023/index.html"} {
		if !strings.Contains(files[page], `nouveautes/">Nouveautés</a>`) {
			t.Errorf("%s has no link to the new page", page)
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for text, want := range map[string]string{
		"nom = 'a'\nsource = 'b'\naccessibilite = 'c'\ncouleur = 'd'": "clé inconnue « couleur »",
		"nom = 'a'": "obligatoires", "nom = ": "site.toml",
	} {
		_, err := readSettings(fstest.MapFS{"site.toml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got error %v, want one with %q", text, err, want)
		}
	}
}

func TestRelativeLinksAreTheShortest(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"", "", "./"}, {"", "2023/", "2023/"}, {"2023/", "", "../"}, {"2023/", "2023/", "./"},
		{"2023/regions/bretagne/", "2023/regions/corse/", "../corse/"}, {"2023/regions/bretagne/", "2022/", "../../../2022/"},
		{"methode/", "assets/a.css", "../assets/a.css"}, {"2023/donnees/", "2023/donnees/indicateurs.csv", "indicateurs.csv"},
	} {
		if got := relative(c.from, c.to); got != c.want {
			t.Errorf("relative(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestEveryIndicatorHasItsPageAndItsFile(t *testing.T) {
	c := proseComposer(t)
	for i := range indicator.All {
		for _, path := range []string{c.latest().indicatorPath(indicator.All[i].ID), c.latest().indicatorPath(indicator.All[i].ID) + string(indicator.All[i].ID) + ".csv"} {
			if !c.known[path] {
				t.Errorf("no /%s", path)
			}
		}
	}
}

func FuzzProse(f *testing.F) {
	c := proseComposer(f)
	for _, seed := range []string{"## Titre\n\n{{valeur projets FR}}", "|a|\n|-|\n|<b>|", "{{", "[a](b.md)", "a\n: b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		html, err := write(c, text)
		if err != nil {
			return
		}
		if strings.Contains(html, "<script") || strings.Contains(html, " style=") {
			t.Errorf("%q gave %q", text, html)
		}
		if utf8.ValidString(text) && !utf8.ValidString(html) {
			t.Errorf("%q gave invalid UTF-8 %q", text, html)
		}
	})
}
