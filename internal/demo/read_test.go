package demo_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/demo"
	"esms.example/atlas/internal/problem"
)

const data = "../../data"

// written is the demonstration written once and read back as any edition is.
type written struct {
	dir      string
	editions map[int]*dataset.Dataset
	problems map[int][]problem.Problem
	err      error
}

var once = sync.OnceValue(func() written {
	w := written{editions: map[int]*dataset.Dataset{}, problems: map[int][]problem.Problem{}}
	if w.dir, w.err = os.MkdirTemp("", "demo"); w.err != nil {
		return w
	}
	var g *atlas.Gazetteer
	if g, w.err = dataset.ReadGazetteer(os.DirFS(filepath.Join(data, "territoires"))); w.err != nil {
		return w
	}
	if w.err = demo.Write(filepath.Join(w.dir, "editions"), os.DirFS(filepath.Join(data, "references")), g); w.err != nil {
		return w
	}
	var in *dataset.Input
	if in, w.err = dataset.Open(w.dir, data); w.err != nil {
		return w
	}
	for _, year := range in.Years() {
		var problems problem.List
		if w.editions[year], w.err = in.Read(year, &problems); w.err != nil {
			return w
		}
		w.problems[year] = problems.Sorted()
	}
	return w
})

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(once().dir)
	os.Exit(code)
}

// edition reads back an edition of the demonstration.
func edition(t *testing.T, year int) *dataset.Dataset {
	t.Helper()
	w := once()
	if w.err != nil {
		t.Fatal(w.err)
	}
	if w.editions[year] == nil {
		t.Fatalf("the edition of %d has errors: %v", year, w.problems[year])
	}
	return w.editions[year]
}

// census counts what the projects chosen have, independently of package indicator.
type census struct {
	projects, links, essms int
	subsidies              float64
	kinds                  map[atlas.ProjectKind]int
	fields                 map[atlas.Field]int
	statuses               map[atlas.LegalStatus]int
	groupings              map[atlas.Grouping]int
	infrastructure         map[atlas.Answer]int
	located                map[string]int // distinct ESSMS by region; "" without commune
	finess                 map[string]int // links by FINESS number
}

func count(ds *dataset.Dataset, keep func(*atlas.Project) bool) census {
	c := census{kinds: map[atlas.ProjectKind]int{}, fields: map[atlas.Field]int{}, statuses: map[atlas.LegalStatus]int{},
		groupings: map[atlas.Grouping]int{}, infrastructure: map[atlas.Answer]int{}, located: map[string]int{}, finess: map[string]int{}}
	for _, p := range ds.Projects {
		if !keep(p) {
			continue
		}
		c.projects++
		c.links += len(p.Links)
		c.subsidies += p.Subsidy
		c.kinds[p.Kind]++
		c.fields[p.DominantField()]++
		c.statuses[p.DominantStatus()]++
		c.groupings[p.Grouping]++
		c.infrastructure[p.Infrastructure]++
		for _, l := range p.Links {
			if c.finess[l.ESSMS.FINESS]++; c.finess[l.ESSMS.FINESS] == 1 {
				c.essms++
				c.located[l.ESSMS.Region]++
			}
		}
	}
	return c
}

func everyProject(*atlas.Project) bool  { return true }
func isRegional(p *atlas.Project) bool  { return p.Scope == atlas.Regional }
func isNational(p *atlas.Project) bool  { return p.Scope == atlas.National }
func isFirstCall(p *atlas.Project) bool { return p.Phase == atlas.Seeding1 }
func isFirstCallOf75(p *atlas.Project) bool {
	return isFirstCall(p) && isRegional(p) && p.Regions[0] == "75"
}

// decidedBy keeps the projects decided by the end of a year.
func decidedBy(year int, keep func(*atlas.Project) bool) func(*atlas.Project) bool {
	return func(p *atlas.Project) bool { return keep(p) && p.DecidedOn.Year() <= year }
}
