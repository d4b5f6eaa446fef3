package indicator

import (
	"strings"

	"esms.example/atlas/internal/atlas"
)

// reading is another way of counting that a published figure may have followed.
type reading struct {
	text  string // « les lignes de la feuille ESSMS, et non les ESSMS distincts »
	value func(c *comparer, s *Slice, at cut) atlas.Value
}

// readings are the other ways of counting, by indicator; those of shares follow from the
// form of their names.
var readings = map[ID][]reading{
	"essms_finances": {
		{"les lignes de la feuille ESSMS, et non les ESSMS distincts", linksHere},
		{"les ESSMS des seuls projets régionaux", essmsOfRegionalProjects},
		{"les ESSMS localisés dans une région, sans ceux dont la commune manque ou n’est dans aucune", sumOver("essms_finances")},
		{"avec les ESSMS financés par SONS seul", plus("essms_finances", "essms_sons_seul")},
		{"les ESSMS des projets que l’ARS finance, où qu’ils soient", essmsFinancedFromHere},
	},
	"projets": {
		{"la somme des régions, où un projet national compte pour chaque ARS qui le suit", plusFollowed("projets_regionaux", projectCount)},
		{"les projets régionaux seuls", another("projets_regionaux")},
		{"les projets nationaux seuls", another("projets_nationaux")},
	},
	"projets_regionaux": {
		{"avec les projets nationaux", plusNational},
		{"les projets nationaux seuls", another("projets_nationaux")},
	},
	"projets_nationaux": {
		{"la somme des régions, où un projet national compte pour chaque ARS qui le suit", sumOver("projets_nationaux_suivis")},
		{"les projets régionaux seuls", another("projets_regionaux")},
	},
	"projets_nationaux_suivis": {
		{"les projets nationaux qui concernent un ESSMS de la région", nationalProjectsHere},
		{"les projets régionaux", another("projets_regionaux")},
	},
	"essms_par_projet_regional": {{"tous les projets, nationaux compris", meanOfAll(linksPerProject)}},
	"essms_par_projet_national": {{"tous les projets, régionaux compris", meanOfAll(linksPerProject)}},
	"subvention_totale": {
		{"la somme des régions, où un projet national compte pour chaque ARS qui le suit", plusFollowed("subvention_regionale", projectSubsidy)},
		{"les projets régionaux seuls", another("subvention_regionale")},
		{"les projets nationaux seuls", another("subvention_nationale")},
	},
	"subvention_regionale": {
		{"avec les projets nationaux", another("subvention_totale")},
		{"les enveloppes déléguées, et non les subventions", another("enveloppe")},
		{"les montants versés, et non accordés", paidAmounts},
	},
	"subvention_nationale": {
		{"la somme des régions, où un projet national compte pour chaque ARS qui le suit", followedSum(projectSubsidy)},
	},
	"subvention_moyenne_regionale": {{"tous les projets, nationaux compris", meanOfAll(subsidyPerProject)}},
	"subvention_moyenne_nationale": {{"tous les projets, régionaux compris", meanOfAll(subsidyPerProject)}},
	"dossiers_deposes":             {{"les dossiers sélectionnés, et non déposés", selected}},
	"enveloppe":                    {{"les subventions accordées, et non les enveloppes", another("subvention_regionale")}},
}

// readingsOf returns the other ways of counting an indicator.
func readingsOf(ind *Indicator) []reading {
	out := readings[ind.ID]
	if ind.Unit != atlas.UnitShare {
		return out
	}
	out = append(out[:len(out):len(out)], reading{"en comptant au dénominateur ceux qui n’ont pas répondu", overAll(ind)})
	for _, other := range []struct{ from, to, text string }{
		{"_projets_regionaux", "_projets_nationaux", "la part des projets nationaux, et non régionaux"},
		{"_projets_nationaux", "_projets_regionaux", "la part des projets régionaux, et non nationaux"},
		{"_projets_regionaux", "_essms", "la part des ESSMS, et non des projets"},
		{"_projets_nationaux", "_essms", "la part des ESSMS, et non des projets"},
		{"_essms", "_projets_regionaux", "la part des projets régionaux, et non des ESSMS"},
	} {
		if stem, ok := strings.CutSuffix(string(ind.ID), other.from); ok && ByID(ID(stem+other.to)) != nil {
			out = append(out, reading{other.text, another(ID(stem + other.to))})
		}
	}
	return out
}

// another is the value of another indicator; missing where it does not exist.
func another(id ID) func(*comparer, *Slice, cut) atlas.Value {
	return func(_ *comparer, s *Slice, _ cut) atlas.Value {
		if ind := ByID(id); ind.Has(s.Territory.ID.Level) {
			return ind.Compute(s, nil)
		}
		return atlas.Value{}
	}
}

func plus(a, b ID) func(*comparer, *Slice, cut) atlas.Value {
	return func(c *comparer, s *Slice, at cut) atlas.Value {
		x, y := another(a)(c, s, at), another(b)(c, s, at)
		if !x.Shown() || !y.Shown() {
			return atlas.Value{}
		}
		return atlas.Count(x.Number + y.Number)
	}
}

// sumOver is the sum of an indicator over the regions, for France only.
func sumOver(id ID) func(*comparer, *Slice, cut) atlas.Value {
	return func(c *comparer, s *Slice, at cut) atlas.Value {
		if s.Territory.ID != atlas.France {
			return atlas.Value{}
		}
		sum := 0.0
		for _, t := range c.results.Gazetteer().Regions() {
			v := ByID(id).Compute(c.slice(at, t.ID), nil)
			if !v.Shown() {
				return atlas.Value{}
			}
			sum += v.Number
		}
		return atlas.Count(sum)
	}
}

func projectCount(*atlas.Project) float64     { return 1 }
func projectSubsidy(p *atlas.Project) float64 { return p.Subsidy }

// followedSum sums something over the national projects, once for each ARS that follows
// them; for France only.
func followedSum(of func(*atlas.Project) float64) func(*comparer, *Slice, cut) atlas.Value {
	return func(_ *comparer, s *Slice, _ cut) atlas.Value {
		if s.Territory.ID != atlas.France {
			return atlas.Value{}
		}
		sum := 0.0
		for _, p := range s.National {
			sum += of(p) * float64(len(p.Regions))
		}
		return atlas.Count(sum)
	}
}

func plusFollowed(regional ID, of func(*atlas.Project) float64) func(*comparer, *Slice, cut) atlas.Value {
	return func(c *comparer, s *Slice, at cut) atlas.Value {
		x, y := another(regional)(c, s, at), followedSum(of)(c, s, at)
		if !x.Shown() || !y.Shown() {
			return atlas.Value{}
		}
		return atlas.Count(x.Number + y.Number)
	}
}

func plusNational(_ *comparer, s *Slice, _ cut) atlas.Value {
	return atlas.Count(float64(len(s.Regional) + len(s.National)))
}

// linksHere counts the financed links of the ESSMS located in the territory.
func linksHere(_ *comparer, s *Slice, _ cut) atlas.Value {
	n := 0
	for _, e := range s.ESSMS {
		for _, l := range e.Links {
			if !l.SONSOnly && s.kept(l.Project) {
				n++
			}
		}
	}
	return atlas.Count(float64(n))
}

// essmsOfRegionalProjects counts the ESSMS located here that a regional project finances.
func essmsOfRegionalProjects(_ *comparer, s *Slice, _ cut) atlas.Value {
	n := 0
	for _, e := range s.ESSMS {
		for _, l := range e.Links {
			if !l.SONSOnly && s.kept(l.Project) && l.Project.Scope == atlas.Regional {
				n++
				break
			}
		}
	}
	return atlas.Count(float64(n))
}

// essmsFinancedFromHere counts the distinct ESSMS of the regional projects of a region.
func essmsFinancedFromHere(_ *comparer, s *Slice, _ cut) atlas.Value {
	if s.Territory.ID.Level != atlas.RegionLevel {
		return atlas.Value{}
	}
	seen := map[*atlas.ESSMS]bool{}
	for _, p := range s.Regional {
		for _, l := range p.Links {
			seen[l.ESSMS] = true
		}
	}
	return atlas.Count(float64(len(seen)))
}

// nationalProjectsHere counts the national projects with an ESSMS located here.
func nationalProjectsHere(_ *comparer, s *Slice, _ cut) atlas.Value {
	seen := map[*atlas.Project]bool{}
	for _, e := range s.ESSMS {
		for _, l := range e.Links {
			if !l.SONSOnly && s.kept(l.Project) && l.Project.Scope == atlas.National {
				seen[l.Project] = true
			}
		}
	}
	return atlas.Count(float64(len(seen)))
}

// meanOfAll is a mean over regional and national projects together.
func meanOfAll(mean func(projectsOf) compute) func(*comparer, *Slice, cut) atlas.Value {
	return func(_ *comparer, s *Slice, _ cut) atlas.Value { return mean(everyProject)(s, nil) }
}

func paidAmounts(_ *comparer, s *Slice, _ cut) atlas.Value {
	sum, known := 0.0, false
	for _, p := range s.Regional {
		if p.Paid.Known {
			sum, known = sum+p.Paid.Amount, true
		}
	}
	if !known {
		return atlas.Value{}
	}
	return atlas.Count(sum)
}

func selected(_ *comparer, s *Slice, _ cut) atlas.Value {
	if len(s.Applications) == 0 {
		return atlas.Value{}
	}
	sum := 0.0
	for _, a := range s.Applications {
		sum += a.Selected
	}
	return atlas.Count(sum)
}

// overAll is a share with the units that gave no answer in its denominator.
func overAll(ind *Indicator) func(*comparer, *Slice, cut) atlas.Value {
	return func(_ *comparer, s *Slice, _ cut) atlas.Value {
		v := ind.Compute(s, nil)
		if !v.Shown() || v.Unknown == 0 {
			return atlas.Value{}
		}
		return ratio(v.Numerator.Amount, v.Denominator.Amount+float64(v.Unknown), 1)
	}
}
