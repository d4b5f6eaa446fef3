package site

import (
	"slices"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// facet is a question whose answers narrow the list of the projects.
type facet struct {
	ID, Name string // ID: its name in addresses
	Options  []facetOption
	options  func(*atlas.Project) []int // those of a project, by their places
	Open     bool                       // shown unfolded
}

// facetOption is an answer. Key is its name in addresses.
type facetOption struct{ Key, Text string }

// sizeClasses are the classes of the number of ESSMS; they begin at the minimum sizes of projects.
var sizeClasses = []facetClass{
	{0, "0", "Aucun ESSMS"}, {1, "1-7", "De 1 à 7"}, {8, "8-14", "De 8 à 14"}, {15, "15-29", "De 15 à 29"}, {30, "30-59", "De 30 à 59"}, {60, "60", "60 ou plus"},
}

// subsidyClasses are those of the subsidy, in euros.
var subsidyClasses = []facetClass{
	{0, "0-100", "Moins de 100 k€"}, {100_000, "100-200", "De 100 à moins de 200 k€"}, {200_000, "200-500", "De 200 à moins de 500 k€"},
	{500_000, "500-1000", "De 500 k€ à moins de 1 M€"}, {1_000_000, "1000", "1 M€ ou plus"},
}

// facetClass begins at a number, and ends where the next begins.
type facetClass struct {
	from      float64
	key, text string
}

func classFacet(id, name string, classes []facetClass, number func(*atlas.Project) float64) *facet {
	f := &facet{ID: id, Name: name}
	for _, c := range classes {
		f.Options = append(f.Options, facetOption{c.key, french.Typeset(c.text)})
	}
	f.options = func(p *atlas.Project) []int {
		i, found := slices.BinarySearchFunc(classes, number(p), func(c facetClass, n float64) int {
			switch {
			case c.from < n:
				return -1
			case c.from > n:
				return 1
			}
			return 0
		})
		if !found {
			i--
		}
		return []int{i}
	}
	return f
}

// wordFacet has the options in their order, the empty one being the unknown.
func wordFacet[S ~string](id, name string, words []S, label func(S) string, word func(*atlas.Project) S) *facet {
	f := &facet{ID: id, Name: name}
	place := map[S]int{}
	for i, w := range words {
		place[w] = i
		key := french.Slug(string(w))
		if key == "" {
			key = "inconnu"
		}
		f.Options = append(f.Options, facetOption{key, label(w)})
	}
	f.options = func(p *atlas.Project) []int { return []int{place[word(p)]} }
	return f
}

func (e *edition) regionFacet() *facet {
	f := &facet{ID: "region", Name: "Région", Open: true}
	place := map[string]int{}
	for i, t := range e.regions {
		place[t.ID.Code] = i
		f.Options = append(f.Options, facetOption{t.Slug, t.Name})
	}
	f.options = func(p *atlas.Project) []int {
		var out []int
		for _, code := range p.Regions {
			if i, ok := place[code]; ok {
				out = append(out, i)
			}
		}
		return out
	}
	return f
}

func (e *edition) yearFacet() *facet {
	f := &facet{ID: "annee", Name: "Année de décision"}
	years := e.decisionYears()
	for _, y := range years {
		f.Options = append(f.Options, facetOption{strconv.Itoa(y), strconv.Itoa(y)})
	}
	f.options = func(p *atlas.Project) []int { return []int{slices.Index(years, p.DecidedOn.Year())} }
	return f
}

// facets are the questions of the directory, in the order it asks them.
func (e *edition) facets() []*facet {
	capital := func(label string) string { return french.Capitalize(label) }
	scope := wordFacet("portee", "Portée", []atlas.Scope{atlas.Regional, atlas.National},
		func(s atlas.Scope) string { return capital(string(s)) }, func(p *atlas.Project) atlas.Scope { return p.Scope })
	scope.Open = true
	return []*facet{
		e.regionFacet(), scope,
		wordFacet("phase", "Phase", []atlas.Phase{atlas.Seeding1, atlas.Seeding2, atlas.Generalisation},
			func(s atlas.Phase) string { return string(s) }, func(p *atlas.Project) atlas.Phase { return p.Phase }),
		wordFacet("type", "Type de projet", []atlas.ProjectKind{atlas.Acquisition, atlas.Compliance, atlas.MixedKind},
			func(s atlas.ProjectKind) string { return string(s) }, func(p *atlas.Project) atlas.ProjectKind { return p.Kind }),
		wordFacet("champ", "Champ dominant", slices.Concat(atlas.Fields, []atlas.Field{atlas.FieldMixed, ""}),
			func(f atlas.Field) string { return capital(f.Label()) }, (*atlas.Project).DominantField),
		e.yearFacet(),
		classFacet("taille", "Nombre d’ESSMS", sizeClasses, func(p *atlas.Project) float64 { return float64(len(p.Links)) }),
		classFacet("subvention", "Subvention", subsidyClasses, func(p *atlas.Project) float64 { return p.Subsidy }),
	}
}
