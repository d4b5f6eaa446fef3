package dataset

import (
	"os"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestCommittedTerritoriesAreWhole(t *testing.T) {
	g, err := ReadGazetteer(os.DirFS("../../data/territoires"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(g.Regions()), 18; got != want {
		t.Errorf("got %d regions, want %d", got, want)
	}
	if got, want := len(g.Departments()), 101; got != want {
		t.Errorf("got %d departments, want %d", got, want)
	}
	small := 0
	for _, r := range g.Regions() {
		if r.MinProjectSize == 8 {
			small++
		} else if r.MinProjectSize != 15 {
			t.Errorf("minimum size of %s: got %d, want 8 or 15", r.Name, r.MinProjectSize)
		}
	}
	if small != 6 {
		t.Errorf("got %d regions of minimum size 8, want 6", small)
	}
	for _, code := range []string{"75101", "75120", "69381", "69389", "13201", "13216", "2A004", "97105", "97611", "35238"} {
		c, ok := g.Commune(code)
		if !ok {
			t.Errorf("commune %s is missing", code)
			continue
		}
		if d, ok := g.DepartmentOfCommune(code); !ok || d.ID != atlas.DepartmentID(c.Department) {
			t.Errorf("department of %s: got %v by its code, %s by the list", code, d.ID, c.Department)
		}
	}
}
