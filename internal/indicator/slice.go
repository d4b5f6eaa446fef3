package indicator

import (
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// Slice is the records of one territory at the end of one year: all that a figure of
// that territory may be computed from. France is one more Slice, so that a national rate
// is never the mean of regional ones. Its lists are in the order of the dataset's.
type Slice struct {
	Territory atlas.Territory
	Year      int
	// ESSMS are those located here with a financed link by then (France: those of no
	// known place included); SONSOnly those whose every link by then is of SONS alone.
	ESSMS, SONSOnly []*atlas.ESSMS
	// Regional are the regional projects: of a region, those that its ARS finances; of a
	// department, those with a financed link located there.
	Regional []*atlas.Project
	// National are the national projects: of France all, of a region those it follows.
	National     []*atlas.Project
	Applications []atlas.Application
	Envelopes    []atlas.Envelope
	// Fleet are the rows of sheet Parc that count here: a region's department rows if it
	// has any, else its region rows. They do not vary with the year.
	Fleet []atlas.FleetRow

	gazetteer *atlas.Gazetteer
	kept      func(*atlas.Project) bool
}

// FieldCount is a number of ESSMS by field; the field is empty for those whose field is unknown.
type FieldCount struct {
	Field atlas.Field
	Count int
}

// ByField counts the distinct financed ESSMS located here by field, in the order of
// atlas.Fields, the unknown last.
func (s *Slice) ByField() []FieldCount {
	counts := map[atlas.Field]int{}
	for _, e := range s.ESSMS {
		counts[e.Field]++
	}
	var out []FieldCount
	for _, f := range append(slices.Clone(atlas.Fields), "") {
		out = append(out, FieldCount{f, counts[f]})
	}
	return out
}

// StatusCount is a number of ESSMS by legal status; the status is empty for those whose status is unknown.
type StatusCount struct {
	Status atlas.LegalStatus
	Count  int
}

// ByStatus counts the distinct financed ESSMS located here by legal status, in the order of
// atlas.Statuses, the unknown last.
func (s *Slice) ByStatus() []StatusCount {
	counts := map[atlas.LegalStatus]int{}
	for _, e := range s.ESSMS {
		counts[e.Status]++
	}
	var out []StatusCount
	for _, st := range append(slices.Clone(atlas.Statuses), "") {
		out = append(out, StatusCount{st, counts[st]})
	}
	return out
}

// lacking returns the codes of the regions that have none of the rows, for the slice of
// France; nil for any other territory, and when no region has any row.
func lacking[T any](s *Slice, rows []T, region func(T) string) []string {
	if s.Territory.ID != atlas.France || len(rows) == 0 {
		return nil
	}
	has := map[string]bool{}
	for _, r := range rows {
		has[region(r)] = true
	}
	var codes []string
	for _, r := range s.gazetteer.Regions() {
		if !has[r.ID.Code] {
			codes = append(codes, r.ID.Code)
		}
	}
	return codes
}

// regionOf returns the code of the region of a territory, "" for France.
func (s *Slice) regionOf(id atlas.TerritoryID) string {
	switch id.Level {
	case atlas.RegionLevel:
		return id.Code
	case atlas.DepartmentLevel:
		t, _ := s.gazetteer.Territory(id)
		return t.Region
	}
	return ""
}

// cut is a state of the dataset: the projects decided by the end of a year, and of one
// phase unless it is empty.
type cut struct {
	year  int
	phase atlas.Phase
}

func (c cut) keeps(p *atlas.Project) bool {
	return p.DecidedOn.Year() <= c.year && (c.phase == "" || p.Phase == c.phase)
}

// slicesOf shares the records of a cut out among all territories, in one pass over them.
func slicesOf(ds *dataset.Dataset, c cut) map[atlas.TerritoryID]*Slice {
	g := ds.Gazetteer
	all := map[atlas.TerritoryID]*Slice{}
	for _, level := range atlas.Levels {
		for _, t := range g.At(level) {
			all[t.ID] = &Slice{Territory: t, Year: c.year, gazetteer: g, kept: c.keeps}
		}
	}
	shareProjects(ds, c, all)
	shareESSMS(ds, c, all)
	shareApplications(ds, c, all)
	for _, e := range ds.Envelopes {
		if e.Year <= c.year {
			for _, s := range []*Slice{all[atlas.France], all[atlas.RegionID(e.Region)]} {
				s.Envelopes = append(s.Envelopes, e)
			}
		}
	}
	shareFleet(ds, all)
	return all
}

func shareProjects(ds *dataset.Dataset, c cut, all map[atlas.TerritoryID]*Slice) {
	france := all[atlas.France]
	for _, p := range ds.Projects {
		switch {
		case !c.keeps(p):
		case p.Scope == atlas.National:
			france.National = append(france.National, p)
			for _, code := range p.Regions {
				s := all[atlas.RegionID(code)]
				s.National = append(s.National, p)
			}
		default:
			france.Regional = append(france.Regional, p)
			for _, code := range p.Regions {
				s := all[atlas.RegionID(code)]
				s.Regional = append(s.Regional, p)
			}
			for _, code := range departmentsOf(p) {
				s := all[atlas.DepartmentID(code)]
				s.Regional = append(s.Regional, p)
			}
		}
	}
}

// departmentsOf lists, once each, the departments where a financed link of the project is located.
func departmentsOf(p *atlas.Project) []string {
	var codes []string
	for _, l := range p.Links {
		if l.ESSMS.Department != "" {
			codes = append(codes, l.ESSMS.Department)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func shareESSMS(ds *dataset.Dataset, c cut, all map[atlas.TerritoryID]*Slice) {
	for _, e := range ds.ESSMS {
		financed, sons := false, false
		for _, l := range e.Links {
			if c.keeps(l.Project) {
				financed = financed || !l.SONSOnly
				sons = sons || l.SONSOnly
			}
		}
		places := []atlas.TerritoryID{atlas.France}
		if e.Region != "" {
			places = append(places, atlas.RegionID(e.Region), atlas.DepartmentID(e.Department))
		}
		for _, id := range places {
			switch s := all[id]; {
			case financed:
				s.ESSMS = append(s.ESSMS, e)
			case sons:
				s.SONSOnly = append(s.SONSOnly, e)
			}
		}
	}
}

func shareApplications(ds *dataset.Dataset, c cut, all map[atlas.TerritoryID]*Slice) {
	for _, a := range ds.Applications {
		if a.Year > c.year || c.phase != "" && a.Phase != c.phase {
			continue
		}
		for _, s := range []*Slice{all[atlas.France], all[atlas.RegionID(a.Region)]} {
			s.Applications = append(s.Applications, a)
		}
	}
}

func shareFleet(ds *dataset.Dataset, all map[atlas.TerritoryID]*Slice) {
	france := all[atlas.France]
	detailed := map[string]bool{} // regions with department rows
	for _, f := range ds.Fleet {
		if f.Territory.Level == atlas.DepartmentLevel {
			detailed[france.regionOf(f.Territory)] = true
		}
	}
	for _, f := range ds.Fleet {
		region := france.regionOf(f.Territory)
		department := f.Territory.Level == atlas.DepartmentLevel
		if detailed[region] != department {
			continue // a region row beside department rows does not count
		}
		counted := []*Slice{france, all[atlas.RegionID(region)]}
		if department {
			counted = append(counted, all[f.Territory])
		}
		for _, s := range counted {
			s.Fleet = append(s.Fleet, f)
		}
	}
}

// years lists, ascending, the years in which a project was decided, or that published figures of an
// edition without records tell, and that of the data state.
func years(ds *dataset.Dataset) []int {
	out := []int{ds.Edition.DataState.Year()}
	for _, p := range ds.Projects {
		out = append(out, p.DecidedOn.Year())
	}
	if ds.Edition.PublishedOnly {
		for _, p := range ds.Published {
			if p.Year > 0 && p.Year < out[0] && p.Phase == "" {
				out = append(out, p.Year)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// names lists territories for a sentence: « la Corse et Mayotte ».
func names(g *atlas.Gazetteer, codes []string) []string {
	var out []string
	for _, c := range codes {
		t, _ := g.Territory(atlas.RegionID(c))
		out = append(out, strings.TrimSpace(t.WithArticle))
	}
	return out
}
