package narrative

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// editions are the editions that the repository holds, each read once.
var editions = map[int]func() (*indicator.Results, error){
	2022: sync.OnceValues(func() (*indicator.Results, error) { return read(2022) }),
	2023: sync.OnceValues(func() (*indicator.Results, error) { return read(2023) }),
}

func read(year int) (*indicator.Results, error) {
	data := filepath.Join("..", "..", "data")
	in, err := dataset.Open(data, data)
	if err != nil {
		return nil, err
	}
	var problems problem.List
	ds, err := in.Read(year, &problems)
	if err != nil {
		return nil, err
	}
	return indicator.Compute(ds), nil
}

func demonstration(t *testing.T, year int) *indicator.Results {
	t.Helper()
	r, err := editions[year]()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// golden compares a text with a file, which -update writes.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		g, w := "", ""
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if g != w {
			t.Fatalf("%s, line %d:\n got %q\nwant %q", path, i+1, g, w)
		}
	}
}

func paragraph(b *strings.Builder, title string, sentences []Sentence) {
	b.WriteString("# " + title + "\n")
	for _, s := range sentences {
		b.WriteString(s.Text + "\n")
	}
	b.WriteString("→ " + MetaDescription(sentences) + "\n\n")
}

func TestSummariesOfTheDemonstrationReadAsWritten(t *testing.T) {
	r, former := demonstration(t, 2023), demonstration(t, 2022)
	var regions, departments, patterns strings.Builder
	paragraph(&regions, "France", Country(r, nil))
	paragraph(&regions, "France, depuis l’édition 2022", Country(r, former))
	for _, region := range r.Gazetteer().Regions() {
		paragraph(&regions, region.Name, Region(r, nil, region.ID.Code))
	}
	paragraph(&regions, "Bretagne, depuis l’édition 2022", Region(r, former, "53"))
	for _, d := range r.Gazetteer().Departments() {
		paragraph(&departments, d.Name, Department(r, d.ID.Code))
	}
	for i := range indicator.All {
		ind := &indicator.All[i]
		for _, level := range []atlas.Level{atlas.RegionLevel, atlas.DepartmentLevel} {
			if p := Pattern(r.Table(ind, level, r.LastYear())); p != "" {
				patterns.WriteString(string(ind.ID) + ", " + level.String() + "\n" + p + "\n")
			}
		}
	}
	golden(t, "regions.golden", regions.String())
	golden(t, "departements.golden", departments.String())
	golden(t, "motifs.golden", patterns.String())
}
