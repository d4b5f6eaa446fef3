package atlas

import (
	"cmp"
	"slices"
	"strings"
)

// Level is a floor of the territorial hierarchy. The zero value is the country.
type Level int

// The three levels at which the atlas publishes.
const (
	CountryLevel Level = iota
	RegionLevel
	DepartmentLevel
)

// Levels lists the levels from the widest to the narrowest.
var Levels = []Level{CountryLevel, RegionLevel, DepartmentLevel}

// String returns the level as column « niveau » of the open data writes it.
func (l Level) String() string {
	switch l {
	case RegionLevel:
		return "region"
	case DepartmentLevel:
		return "departement"
	}
	return "pays"
}

// TerritoryID names a territory without ambiguity: the codes of regions 01 to 06
// are also codes of departments, so the level always goes with the code.
type TerritoryID struct {
	Level Level
	Code  string // INSEE code; "FR" for France
}

// France is the whole country, ESSMS of no known place included.
var France = TerritoryID{CountryLevel, "FR"}

// RegionID names the region of that INSEE code.
func RegionID(code string) TerritoryID { return TerritoryID{RegionLevel, code} }

// DepartmentID names the department of that INSEE code.
func DepartmentID(code string) TerritoryID { return TerritoryID{DepartmentLevel, code} }

// String writes the identifier as sheet « Chiffres publiés » does: FR, region:75, departement:2A.
func (id TerritoryID) String() string {
	if id.Level == CountryLevel {
		return id.Code
	}
	return id.Level.String() + ":" + id.Code
}

// Compare orders identifiers by level, then by code.
func (id TerritoryID) Compare(other TerritoryID) int {
	return cmp.Or(cmp.Compare(id.Level, other.Level), strings.Compare(id.Code, other.Code))
}

// Territory is a place the atlas publishes figures for.
type Territory struct {
	ID          TerritoryID
	Name        string // « Île-de-France »
	Slug        string // « ile-de-france »: its place in URLs, for ever
	WithArticle string // « l’Île-de-France »
	Locative    string // « en Île-de-France »
	Genitive    string // « de l’Île-de-France »
	Region      string // of a department: the code of its region; else empty
	Population  int    // municipal population of reference 2023 (Mayotte: 2017 census); 0: unknown
	// MinProjectSize is, for a region, the number of ESSMS under which a project is
	// small: 8 in Corse and overseas, 15 elsewhere (instruction of 2022).
	MinProjectSize int
}

// Commune is a commune or a municipal arrondissement of the official geographical code.
type Commune struct {
	Code, Name string
	Department string // code of its department
}

// Gazetteer holds the territories of the atlas. It is read only once made.
type Gazetteer struct {
	country     Territory
	regions     []Territory
	departments []Territory
	byID        map[TerritoryID]Territory
	communes    map[string]Commune
}

// NewGazetteer makes a gazetteer. Regions and departments may come in any order;
// they are kept in the order of their codes. The population of France is the sum
// of its regions'.
func NewGazetteer(regions, departments []Territory, communes []Commune) *Gazetteer {
	g := &Gazetteer{
		country: Territory{ID: France, Name: "France", Slug: "france", WithArticle: "la France",
			Locative: "en France", Genitive: "de la France"},
		regions:     slices.Clone(regions),
		departments: slices.Clone(departments),
		byID:        map[TerritoryID]Territory{},
		communes:    make(map[string]Commune, len(communes)),
	}
	byCode := func(a, b Territory) int { return a.ID.Compare(b.ID) }
	slices.SortFunc(g.regions, byCode)
	slices.SortFunc(g.departments, byCode)
	for _, r := range g.regions {
		g.country.Population += r.Population
		g.byID[r.ID] = r
	}
	for _, d := range g.departments {
		g.byID[d.ID] = d
	}
	g.byID[France] = g.country
	for _, c := range communes {
		g.communes[c.Code] = c
	}
	return g
}

// Country returns France.
func (g *Gazetteer) Country() Territory { return g.country }

// Regions returns the regions in the order of their codes. The caller must not change them.
func (g *Gazetteer) Regions() []Territory { return g.regions }

// Departments returns the departments in the order of their codes. The caller must not change them.
func (g *Gazetteer) Departments() []Territory { return g.departments }

// At returns the territories of a level in the order of their codes.
func (g *Gazetteer) At(l Level) []Territory {
	switch l {
	case RegionLevel:
		return g.regions
	case DepartmentLevel:
		return g.departments
	}
	return []Territory{g.country}
}

// Territory returns the territory of that identifier, and whether there is one.
func (g *Gazetteer) Territory(id TerritoryID) (Territory, bool) {
	t, ok := g.byID[id]
	return t, ok
}

// Commune returns the commune of that INSEE code, and whether the list has it.
func (g *Gazetteer) Commune(code string) (Commune, bool) {
	c, ok := g.communes[code]
	return c, ok
}

// EachCommune calls visit for every commune, in no particular order.
func (g *Gazetteer) EachCommune(visit func(Commune)) {
	for _, c := range g.communes {
		visit(c)
	}
}

// DepartmentOfCommune derives the department of a commune from its code alone, so
// that a merged or mistyped commune still counts in its department: the first two
// characters, three overseas. It returns false when there is no such department
// (collectivities 975, 977 and 978 included: they are in France, in no department
// nor region of the atlas).
func (g *Gazetteer) DepartmentOfCommune(code string) (Territory, bool) {
	if len(code) != 5 {
		return Territory{}, false
	}
	n := 2
	if strings.HasPrefix(code, "97") {
		n = 3
	}
	return g.Territory(DepartmentID(code[:n]))
}
