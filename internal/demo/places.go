package demo

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// prefectures are the chief towns of the departments, by INSEE code: where more of the
// invented ESSMS are. Those with municipal arrondissements are drawn among these.
const prefectures = "01053 02408 03190 04070 05061 06088 07186 08105 09122 10387 11069 12202 13055 14118 15014 16015 17300 18033 " +
	"19272 21231 22278 23096 24322 25056 26362 27229 28085 29232 2A004 2B033 30189 31555 32013 33063 34172 35238 36044 37261 " +
	"38185 39300 40192 41018 42218 43157 44109 45234 46042 47001 48095 49007 50502 51108 52121 53130 54395 55029 56260 57463 " +
	"58194 59350 60057 61001 62041 63113 64445 65440 66136 67482 68066 69123 70550 71270 72181 73065 74010 75056 76540 77288 " +
	"78646 79191 80021 81004 82121 83137 84007 85191 86194 87085 88160 89024 90010 91228 92050 93008 94028 95500 97105 97209 97302 97411 97611"

// chiefTownShare is the share of a department's ESSMS in its chief town.
const chiefTownShare = 0.16

// places draws communes: departments in proportion to their population, then the chief
// town or another commune, a few of which are much larger than the others.
type places struct {
	departments map[string][]weighted[string]        // of a region
	communes    map[string][]weighted[atlas.Commune] // of a department
}

func newPlaces(g *atlas.Gazetteer) *places {
	p := &places{departments: map[string][]weighted[string]{}, communes: map[string][]weighted[atlas.Commune]{}}
	for _, d := range g.Departments() {
		p.departments[d.Region] = append(p.departments[d.Region], weighted[string]{d.ID.Code, float64(d.Population)})
	}
	var all []atlas.Commune
	g.EachCommune(func(c atlas.Commune) { all = append(all, c) })
	slices.SortFunc(all, func(a, b atlas.Commune) int { return strings.Compare(a.Code, b.Code) })
	r := stream(drawPlaces + 300)
	for _, c := range all {
		size := math.Pow(1-r.Float64(), -1.25) // Pareto: most communes are small
		if !divided(c.Code) {
			p.communes[c.Department] = append(p.communes[c.Department], weighted[atlas.Commune]{c, min(size, 500)})
		}
	}
	for department, communes := range p.communes {
		weighChiefTown(communes)
		p.communes[department] = communes
	}
	return p
}

// divided reports whether a commune is Paris, Lyon or Marseille, located by arrondissement.
func divided(code string) bool { return code == "75056" || code == "69123" || code == "13055" }

// arrondissement reports whether a code is that of a municipal arrondissement.
func arrondissement(code string) bool {
	return strings.HasPrefix(code, "751") || strings.HasPrefix(code, "6938") || strings.HasPrefix(code, "132")
}

// weighChiefTown gives the chief town, or its arrondissements together, its share.
func weighChiefTown(communes []weighted[atlas.Commune]) {
	others, chief := 0.0, 0
	for _, c := range communes {
		if isChief(c.value.Code) {
			chief++
		} else {
			others += c.weight
		}
	}
	for i, c := range communes {
		switch {
		case !isChief(c.value.Code):
		case others == 0: // Paris: nothing but arrondissements
			communes[i].weight = 1
		default:
			communes[i].weight = others * chiefTownShare / (1 - chiefTownShare) / float64(chief)
		}
	}
}

func isChief(code string) bool { return arrondissement(code) || strings.Contains(prefectures, code) }

// draw draws a commune of a region.
func (p *places) draw(r *rand.Rand, region string) atlas.Commune {
	return pick(r, p.communes[pick(r, p.departments[region])])
}
