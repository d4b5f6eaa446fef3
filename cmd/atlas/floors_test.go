package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors is the architecture: a package imports only packages of lower floors.
var floors = map[string]int{
	"french":  -1, // under all: even problems are told in French
	"problem": 0, "atlas": 0, "licence": 0,
	"workbook": 1, "editorial": 1,
	"dataset":   2,
	"indicator": 3, "demo": 3,
	"bundle": 4, "carto": 4, "chart": 4, "plate": 4, "download": 4, "freeze": 4, "narrative": 4, "render": 4, "report": 4,
	"site": 5, "factsheet": 5,
	"publish": 6,
	"preview": 6,
	"browser": 7, // tests only
}

const module = "esms.example/atlas/internal/"

func TestPackagesImportOnlyLowerFloors(t *testing.T) {
	root := filepath.Join("..", "..", "internal")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		floor, ok := floors[e.Name()]
		if !ok {
			t.Errorf("internal/%s stands on no floor: add it to the table and to the README", e.Name())
			continue
		}
		files, err := filepath.Glob(filepath.Join(root, e.Name(), "*.go"))
		if err != nil || len(files) == 0 {
			t.Errorf("internal/%s: no Go file (%v)", e.Name(), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue // a test may look down from any floor
			}
			for _, path := range imports(t, file) {
				name, ours := strings.CutPrefix(path, module)
				if below, known := floors[name]; ours && (!known || below >= floor) {
					t.Errorf("%s, on floor %d, imports %s, on floor %d", file, floor, name, below)
				}
			}
		}
	}
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}
