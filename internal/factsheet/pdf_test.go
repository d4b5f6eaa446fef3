package factsheet

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/render"
)

var keep = flag.String("keep", "", "write the sheets in this directory, to look at them")

const root = "../.."

// demonstration is the input of the sheets of a demonstration edition.
func demonstration(t testing.TB, year int) Input {
	t.Helper()
	in, err := dataset.Open(filepath.Join(root, "data"), filepath.Join(root, "data"))
	if err != nil {
		t.Fatal(err)
	}
	var problems problem.List
	ds, err := in.Read(year, &problems)
	if err != nil || ds == nil {
		t.Fatalf("edition %d cannot be read: %v %v", year, err, problems.Sorted())
	}
	maps, err := carto.Load(os.DirFS(in.TerritoriesDir()))
	if err != nil {
		t.Fatal(err)
	}
	template, err := os.ReadFile(filepath.Join(root, "templates", "fiche.typ"))
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := render.New(render.Options{AssetsDir: filepath.Join(root, "assets")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { renderer.Close() })
	return Input{
		Results: indicator.Compute(ds), Maps: maps, Template: string(template), Set: renderer.PDF,
		Imprint: Imprint{
			Site: "Atlas ESMS numérique", Source: "CNSA", Licence: "Licence Ouverte 2.0", Contact: "contact@atlas.example",
			Credit:  "Natural Earth 1:10 M (domaine public), limites recomposées selon le code officiel géographique (Insee) et généralisées.",
			Address: "https://atlas.example/",
		},
	}
}

func TestSheetsAreSet(t *testing.T) {
	files, err := Make(context.Background(), demonstration(t, 2023))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(files), 20; got != want {
		t.Errorf("%d sheets, want %d", got, want)
	}
	if *keep != "" {
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(*keep, filepath.Base(f.Path)), f.PDF, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
