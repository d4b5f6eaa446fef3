package chart

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDrawingsHaveColoursOfTheTableOnly keeps the table that dark themes are made from whole:
// the golden drawings of package render have no other colour.
func TestDrawingsHaveColoursOfTheTableOnly(t *testing.T) {
	known := map[string]bool{"none": true, "transparent": true}
	for _, c := range Colours {
		if known[c.Value] || c.Role == "" {
			t.Errorf("%+v: want a value listed once, with its role", c)
		}
		known[c.Value] = true
	}
	drawings, err := filepath.Glob("../render/testdata/*.svg")
	if err != nil || len(drawings) < 9 {
		t.Fatalf("drawings = %q, %v, want those of every kind of chart", drawings, err)
	}
	for _, name := range drawings {
		svg, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, element := range regexp.MustCompile(`<[a-z][^>]*>`).FindAllString(string(svg), -1) {
			if strings.Contains(element, `fill-opacity="0"`) || strings.Contains(element, ` fill="#000"`) {
				continue // an invisible box; a clip, or a line without surface, which ECharts gives no colour
			}
			for _, m := range regexp.MustCompile(` (?:fill|stroke)="([^"]*)"`).FindAllStringSubmatch(element, -1) {
				if !known[m[1]] && !strings.HasPrefix(m[1], "url(") {
					t.Errorf("%s: colour %q of %s is not in the table", filepath.Base(name), m[1], element)
				}
			}
		}
	}
}
