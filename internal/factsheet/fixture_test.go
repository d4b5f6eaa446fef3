package factsheet

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path"
	"path/filepath"
	"sync"
	"testing"

	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/render"
)

var keep = flag.String("keep", "", "write the sheets in this directory, to look at them")

const root = "../.."

// edition reads the demonstration edition of 2023, changed by some functions.
func edition(t testing.TB, changes ...func(*dataset.Dataset)) *indicator.Results {
	t.Helper()
	in, err := dataset.Open(filepath.Join(root, "data"), filepath.Join(root, "data"))
	if err != nil {
		t.Fatal(err)
	}
	var problems problem.List
	ds, err := in.Read(2023, &problems)
	if err != nil || ds == nil {
		t.Fatalf("the edition cannot be read: %v %v", err, problems.Sorted())
	}
	for _, change := range changes {
		change(ds)
	}
	return indicator.Compute(ds)
}

var maps = sync.OnceValues(func() (*carto.Atlas, error) {
	return carto.Load(os.DirFS(filepath.Join(root, "data", "territoires")))
})

// input is that of the sheets of some results; they are set by a renderer without cache.
func input(t testing.TB, r *indicator.Results) Input {
	t.Helper()
	m, err := maps()
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
		Results: r, Maps: m, Template: string(template), Set: renderer.PDF,
		Imprint: Imprint{
			Site: "Atlas ESMS numérique", Source: "CNSA", Licence: "Licence Ouverte 2.0", Contact: "contact@atlas.example",
			Credit: "Natural Earth 1:10 M (domaine public), limites recomposées.", Address: "https://atlas.example/",
		},
	}
}

// made are the sheets of the demonstration edition, made once, and what they were made from.
var made struct {
	sync.Once
	results *indicator.Results
	files   []File
}

func sheets(t testing.TB) (*indicator.Results, []File) {
	t.Helper()
	made.Do(func() {
		r := edition(t)
		files, err := Make(context.Background(), input(t, r))
		if err != nil {
			t.Fatal(err)
		}
		made.results, made.files = r, files
	})
	if made.files == nil {
		t.Fatal("the sheets were not made")
	}
	if *keep != "" {
		store(t, made.files, "")
	}
	return made.results, made.files
}

func store(t testing.TB, files []File, prefix string) {
	t.Helper()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(*keep, prefix+path.Base(f.Path)), f.PDF, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// errEnough ends a composition once the sheets looked for are set.
var errEnough = errors.New("enough")

// only makes the sheet of one region.
func only(t *testing.T, in Input, slug string) []byte {
	t.Helper()
	var out []byte
	set := in.Set
	in.Set = func(ctx context.Context, s render.Sheet) ([]byte, error) {
		if path.Base(path.Dir(s.ID)) != slug {
			return nil, nil
		}
		pdf, err := set(ctx, s)
		if out = pdf; err == nil {
			err = errEnough
		}
		return nil, err
	}
	if _, err := Make(context.Background(), in); !errors.Is(err, errEnough) {
		t.Fatalf("sheet of %s: %v", slug, err)
	}
	if *keep != "" {
		store(t, []File{{Path: slug + ".pdf", PDF: out}}, t.Name()+"-")
	}
	return bytes.Clone(out)
}
