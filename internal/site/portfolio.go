package site

import (
	"cmp"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// portfolio is what the pages of the projects of an edition know of one another, gathered once.
type portfolio struct {
	all    []*atlas.Project // regional ones first, in the order of their numbers
	slugs  map[*atlas.Project]string
	holder map[*atlas.Project]string   // who carries it: one key per body
	held   map[string][]*atlas.Project // by that key, in the order of all
	rank   map[*atlas.Project]standing // by subsidy
}

// standing is the place of a project among those that the same ARS finances, or among national ones.
type standing struct{ rank, among int }

func newPortfolio(regional, national []*atlas.Project) *portfolio {
	all := slices.Concat(byNumber(regional), byNumber(national))
	f := &portfolio{
		all: all, slugs: projectSlugs(all), holder: holders(all),
		held: map[string][]*atlas.Project{}, rank: map[*atlas.Project]standing{},
	}
	peers := map[string][]*atlas.Project{}
	for _, p := range all {
		key := f.holder[p]
		f.held[key] = append(f.held[key], p)
		among := string(p.Scope)
		if p.Scope == atlas.Regional {
			among = strings.Join(p.Regions, ";")
		}
		peers[among] = append(peers[among], p)
	}
	for _, list := range peers {
		f.standings(list)
	}
	return f
}

func byNumber(projects []*atlas.Project) []*atlas.Project {
	return slices.SortedFunc(slices.Values(projects), func(p, q *atlas.Project) int { return cmp.Compare(p.Number, q.Number) })
}

// standings ranks projects by subsidy; equal ones share a rank.
func (f *portfolio) standings(projects []*atlas.Project) {
	bySubsidy := largestFirst(projects)
	for i, p := range bySubsidy {
		f.rank[p] = standing{i + 1, len(projects)}
		if i > 0 && bySubsidy[i-1].Subsidy == p.Subsidy {
			f.rank[p] = f.rank[bySubsidy[i-1]]
		}
	}
}

// holders names who carries each project: the SIREN where it is known, or is that of the only
// body of the same name; else the name, without regard to case, accents and punctuation.
func holders(projects []*atlas.Project) map[*atlas.Project]string {
	known := map[string]map[string]bool{} // SIRENs by name
	for _, p := range projects {
		if name := french.Fold(p.Holder); p.SIREN != "" {
			if known[name] == nil {
				known[name] = map[string]bool{}
			}
			known[name][p.SIREN] = true
		}
	}
	out := make(map[*atlas.Project]string, len(projects))
	for _, p := range projects {
		name := french.Fold(p.Holder)
		out[p] = cmp.Or(p.SIREN, "nom "+name)
		if p.SIREN == "" && len(known[name]) == 1 {
			for siren := range known[name] {
				out[p] = siren
			}
		}
	}
	return out
}

// others are the other projects of the same holder.
func (f *portfolio) others(p *atlas.Project) []*atlas.Project {
	return slices.DeleteFunc(slices.Clone(f.held[f.holder[p]]), func(q *atlas.Project) bool { return q == p })
}
