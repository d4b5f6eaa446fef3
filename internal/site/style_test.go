package site

import (
	"regexp"
	"strings"
	"testing"

	"esms.example/atlas/internal/chart"
)

func TestThePageOfTheStylesShowsEveryComponent(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	page := files["style/index.html"]
	for _, want := range []string{
		`<meta name="robots" content="noindex">`, `class="key-figures"`, `class="national"`, `class="views"`, `<table data-sortable>`, `class="portrait"`,
		`map-circles`, `map-classes`, `map-locator`, `map-where`, `<span class="swatch nd">`, `class="multiples"`, `class="legend`, `class="captions"`, `class="chart"`,
		`class="search-page"`, `class="choices"`, `class="pages"`, `class="download"`, `class="more"`, `class="prose"`,
		`<abbr title="non disponible">`, `<abbr title="couvert par le secret statistique">`, `<abbr title="sans objet">`,
		`--step-4`, `--space-6`, strings.ToUpper(chart.Primary), `--on-accent`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the styles lacks %q", want)
		}
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if seen[m[1]] {
			t.Errorf("two elements have the id %q", m[1])
		}
		seen[m[1]] = true
	}
}

func TestNoPageLeadsToThatOfTheStyles(t *testing.T) {
	leads := regexp.MustCompile(`href="(?:\.\./)*style/"|/style/<`)
	for name, content := range compose(t, fixture(t, fixtureEdition(2023))) {
		if name != "style/index.html" && leads.MatchString(content) {
			t.Errorf("%s leads to the page of the styles", name)
		}
	}
}

func TestATextWithoutColoursGivesAnEmptyTheme(t *testing.T) {
	got := readTheme("p { color: inherit }")
	if len(got.light)+len(got.dark)+len(got.drawn) != 0 || got.onDark("#2f6ea5") != "#2f6ea5" || scale("", "--step-") != nil {
		t.Errorf("theme of a sheet without any = %+v, want none", got)
	}
}
