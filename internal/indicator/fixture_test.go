package indicator

import (
	"slices"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// gazetteer has two departments in Auvergne-Rhône-Alpes, and codes that collide: 01 is
// both Guadeloupe and the Ain.
func gazetteer() *atlas.Gazetteer {
	region := func(code, name string, population, minimum int) atlas.Territory {
		return atlas.Territory{ID: atlas.RegionID(code), Name: name, WithArticle: name, Locative: "en " + name, Population: population, MinProjectSize: minimum}
	}
	department := func(code, region string, population int) atlas.Territory {
		return atlas.Territory{ID: atlas.DepartmentID(code), Name: "D" + code, Locative: "en D" + code, Region: region, Population: population}
	}
	return atlas.NewGazetteer(
		[]atlas.Territory{region("84", "Auvergne-Rhône-Alpes", 300_000, 15), region("01", "Guadeloupe", 50_000, 8), region("94", "Corse", 0, 8)},
		[]atlas.Territory{department("01", "84", 100_000), department("69", "84", 200_000), department("971", "01", 50_000), department("2A", "94", 0)},
		nil)
}

// builder makes a dataset out of short lines, as package dataset would.
type builder struct {
	ds    *dataset.Dataset
	essms map[string]*atlas.ESSMS
	row   int
}

func newBuilder() *builder {
	return &builder{essms: map[string]*atlas.ESSMS{}, ds: &dataset.Dataset{
		Gazetteer: gazetteer(),
		Edition:   atlas.Edition{Year: 2023, DataState: day(2023, 12, 31)},
	}}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// project adds a regional project, or a national one when it names two regions or more, or "N:".
func (b *builder) project(number, regions string, year int, subsidy float64, change ...func(*atlas.Project)) *atlas.Project {
	p := &atlas.Project{Number: number, Scope: atlas.Regional, Kind: atlas.Acquisition, DecidedOn: day(year, 6, 1), Subsidy: subsidy, Phase: atlas.Generalisation}
	if rest, national := strings.CutPrefix(regions, "N:"); national {
		p.Scope, regions = atlas.National, rest
	}
	p.Regions = strings.Split(regions, ";")
	b.row++
	p.Origin = atlas.Origin{File: "p.xlsx", Sheet: "Projets", Row: b.row + 1}
	for _, c := range change {
		c(p)
	}
	b.ds.Projects = append(b.ds.Projects, p)
	return p
}

// link adds a row of sheet ESSMS. place is a department, or empty. The ESSMS takes the
// field and status of its first row.
func (b *builder) link(p *atlas.Project, finess, place string, field atlas.Field, status atlas.LegalStatus) *atlas.Link {
	e := b.essms[finess]
	if e == nil {
		e = &atlas.ESSMS{FINESS: finess, Department: place, Field: field, Status: status}
		if t, ok := b.ds.Gazetteer.Territory(atlas.DepartmentID(place)); ok {
			e.Region = t.Region
		}
		b.essms[finess] = e
		b.ds.ESSMS = append(b.ds.ESSMS, e)
	}
	b.row++
	l := &atlas.Link{Project: p, ESSMS: e, Field: field, Status: status, Origin: atlas.Origin{File: "e.xlsx", Sheet: "ESSMS", Row: b.row + 1}}
	e.Links = append(e.Links, l)
	p.Links = append(p.Links, l)
	return l
}

func (b *builder) sons(p *atlas.Project, finess, place string) {
	l := b.link(p, finess, place, atlas.Elderly, atlas.Public)
	p.Links = p.Links[:len(p.Links)-1]
	p.SONS = append(p.SONS, l)
	l.SONSOnly = true
}

func (b *builder) results() *Results {
	slices.SortFunc(b.ds.ESSMS, func(a, c *atlas.ESSMS) int { return strings.Compare(a.FINESS, c.FINESS) })
	return Compute(b.ds)
}

type expectation struct {
	id        ID
	territory atlas.TerritoryID
	year      int
	want      float64
}

func check(t *testing.T, r *Results, cases []expectation) {
	t.Helper()
	for _, c := range cases {
		v := r.Value(c.id, c.territory, c.year)
		if !v.Shown() || v.Number != c.want {
			t.Errorf("%s %s %d = %v (%s), want %v", c.id, c.territory, c.year, v.Number, v.Status, c.want)
		}
	}
}

func checkMissing(t *testing.T, r *Results, cases []expectation) {
	t.Helper()
	for _, c := range cases {
		if v := r.Value(c.id, c.territory, c.year); v.Status != atlas.Missing {
			t.Errorf("%s %s %d = %v (%s), want it missing", c.id, c.territory, c.year, v.Number, v.Status)
		}
	}
}

var (
	ara       = atlas.RegionID("84")
	guadlp    = atlas.RegionID("01")
	corse     = atlas.RegionID("94")
	ain       = atlas.DepartmentID("01")
	rhone     = atlas.DepartmentID("69")
	guadlpDpt = atlas.DepartmentID("971")
)
