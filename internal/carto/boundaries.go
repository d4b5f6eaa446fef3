package carto

import (
	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
)

// Boundary is the outline of a territory as its file gives it: longitudes and latitudes in
// degrees (WGS 84), rings closed, the first of each polygon its outline.
type Boundary struct {
	Code     string
	Polygons orb.MultiPolygon
}

// Boundaries returns the outlines of the regions or of the departments, in the order of their
// codes; none for the country. The caller must not change them.
func (a *Atlas) Boundaries(level atlas.Level) []Boundary {
	var out []Boundary
	for _, t := range map[atlas.Level][]territory{atlas.RegionLevel: a.regions, atlas.DepartmentLevel: a.departments}[level] {
		out = append(out, Boundary{t.code, t.polygons})
	}
	return out
}
