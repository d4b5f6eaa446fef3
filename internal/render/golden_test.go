package render

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden drawings")

// TestChartsAreTheGoldenDrawings compares the drawing of every kind of chart, from the golden
// options of package chart, with testdata/name.svg.
func TestChartsAreTheGoldenDrawings(t *testing.T) {
	r := open(t, Options{})
	for name, job := range samples(t) {
		got := draw(t, r, job)
		path := filepath.Join("testdata", strings.TrimSuffix(name, ".json")+".svg")
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != strings.TrimSuffix(string(want), "\n") {
			t.Errorf("%s differs from its golden drawing; run go test -run Golden -update ./internal/render and look at the change\ngot  %s", name, got)
		}
	}
}
