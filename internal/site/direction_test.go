package site

import (
	"html"
	"path"
	"regexp"
	"strings"
	"testing"
)

// Names written in Arabic or in Hebrew must not turn the figures and the words that follow them.
func TestNamesWrittenFromRightToLeftDoNotTurnWhatFollows(t *testing.T) {
	const arabic, hebrew = "دار السلام (2)", "בית 3"
	ds := fixtureEdition(2023)
	for _, p := range ds.Projects {
		p.Title, p.Holder, p.Software = arabic, hebrew, arabic
		for _, l := range p.Links {
			l.ESSMS.Name = hebrew
		}
	}
	shown := map[string]int{}
	tag := regexp.MustCompile(`<[^>]*>`)
	for name, text := range compose(t, fixture(t, ds)) {
		if path.Ext(name) != ".html" {
			continue
		}
		if strings.Contains(name, "/projets/p1/") {
			for _, want := range []string{
				"<h1>\u2068" + arabic + "\u2069</h1>", "<title>\u2068" + arabic + "\u2069 – projet",
				"Porté par \u2068" + hebrew + "\u2069, ce projet régional", `content="Projet régional P1, porté par ` + "\u2068" + hebrew + "\u2069 (",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("%s lacks %q", name, want)
				}
			}
		}
		plain := html.UnescapeString(tag.ReplaceAllString(text, "\n"))
		for _, word := range []string{arabic, hebrew} {
			for i := strings.Index(plain, word); i >= 0; {
				shown[word]++
				if !strings.HasSuffix(plain[:i], "\u2068") || !strings.HasPrefix(plain[i+len(word):], "\u2069") {
					t.Errorf("%s shows %q bare: …%s", name, word, plain[max(0, i-40):min(len(plain), i+len(word)+40)])
				}
				next := strings.Index(plain[i+len(word):], word)
				if next < 0 {
					break
				}
				i += len(word) + next
			}
		}
	}
	if shown[arabic] < 10 || shown[hebrew] < 10 {
		t.Errorf("names shown = %v, want each on many pages", shown)
	}
}
