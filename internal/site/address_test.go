package site

import (
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"esms.example/atlas/internal/atlas"
)

func numbered(numbers ...string) []*atlas.Project {
	var out []*atlas.Project
	for _, n := range numbers {
		out = append(out, &atlas.Project{Number: n})
	}
	return out
}

func TestProjectSlugsAreTheNumbersWhereTheyAreSafe(t *testing.T) {
	for number, want := range map[string]string{
		"2021-R01-01": "2021-R01-01", "12": "12", "ara_12.b": "ara_12.b", "2023": "2023",
		"É 1": "e-1~", "../x": "x~", "a/b": "a-b~", "a\\b": "a-b~", "..": "projet~", ".": "projet~", "x.": "x~", "-x": "x~", "%2e": "2e~",
		"nationaux": "nationaux~", "Annees": "annees~", "index.html": "index-html~", "CON": "con~", "com1.txt": "com1-txt~", "日本": "projet~", "a\x00b": "a-b~",
		strings.Repeat("A", 64): strings.Repeat("A", 64), strings.Repeat("A", 65): strings.Repeat("a", 40) + "~",
	} {
		p := numbered(number)
		got := projectSlugs(p)[p[0]]
		if strings.HasSuffix(want, "~") {
			if !strings.HasPrefix(got, want) || len(got) != len(want)+12 {
				t.Errorf("%q: slug %q, want %q and 12 digits", number, got, want)
			}
		} else if got != want {
			t.Errorf("%q: slug %q, want %q", number, got, want)
		}
	}
}

func TestProjectSlugsThatDifferByCaseAloneStayApart(t *testing.T) {
	all := numbered("ABC", "abc", "Abc", "abd")
	slugs := projectSlugs(all)
	if slugs[all[0]] != "ABC" || slugs[all[3]] != "abd" {
		t.Errorf("slugs %q and %q, want the numbers", slugs[all[0]], slugs[all[3]])
	}
	checkSlugs(t, all)
}

// checkSlugs fails unless every slug is one safe segment, and none is another without regard to case.
func checkSlugs(t *testing.T, projects []*atlas.Project) {
	t.Helper()
	slugs, seen := projectSlugs(projects), map[string]string{}
	for _, p := range projects {
		slug := slugs[p]
		if !fs.ValidPath(slug) || strings.Contains(slug, "/") || slug == "." || len(slug) > 64 || !utf8.ValidString(slug) {
			t.Errorf("%q: slug %q is no segment of a path", p.Number, slug)
		}
		if strings.Trim(slug, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-") != "" || strings.HasSuffix(slug, ".") {
			t.Errorf("%q: slug %q needs escaping", p.Number, slug)
		}
		folded := strings.ToLower(slug)
		if other, twice := seen[folded]; twice && other != p.Number {
			t.Errorf("%q and %q share the slug %q", other, p.Number, slug)
		}
		for _, taken := range otherProjectPages {
			if folded == taken {
				t.Errorf("%q: slug %q is that of another page", p.Number, slug)
			}
		}
		seen[folded] = p.Number
	}
}

func FuzzProjectSlugs(f *testing.F) {
	for _, seed := range [][2]string{{"a", "A"}, {"É 1", "e-1"}, {"../x", "x"}, {"a~0", "a"}, {"NUL", "nul"}, {"ſ", "S"}, {"K", "k"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if a != b && a != "" && b != "" {
			checkSlugs(t, numbered(a, b))
		}
	})
}
