package indicator

import (
	"fmt"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// relation says how the sum of the regions stands to the figure of the country.
type relation int

const (
	equals  relation = iota // each record is of one region
	atMost                  // some records are of no region
	atLeast                 // some records are of several regions
)

// sumRule binds figures of the regions to one of the country.
type sumRule struct {
	country  ID
	regions  []ID // their figures are added
	relation relation
	// evidence says what the records of the edition tell about the difference; may be nil.
	evidence func(*Results) []string
}

var sumRules = []sumRule{
	{"essms_finances", []ID{"essms_finances"}, atMost, unlocatedEvidence},
	{"essms_sons_seul", []ID{"essms_sons_seul"}, atMost, nil},
	{"projets", []ID{"projets_regionaux", "projets_nationaux_suivis"}, atLeast, followedEvidence},
	{"projets_regionaux", []ID{"projets_regionaux"}, equals, nil},
	{"projets_nationaux", []ID{"projets_nationaux_suivis"}, atLeast, followedEvidence},
	{"subvention_regionale", []ID{"subvention_regionale"}, equals, nil},
	{"dossiers_deposes", []ID{"dossiers_deposes"}, equals, nil},
	{"enveloppe", []ID{"enveloppe"}, equals, nil},
}

// sums compares the published figures of the regions with that of the country, at the data
// state.
func sums(r *Results) []Verdict {
	published := registerOf(r)
	var out []Verdict
	for _, rule := range sumRules {
		if v, ok := rule.judge(r, published); ok {
			out = append(out, v)
		}
	}
	return out
}

func (rule sumRule) judge(r *Results, published register) (Verdict, bool) {
	at := subject{rule.country, atlas.France, cut{year: r.LastYear()}}
	country, ok := published[at]
	if !ok {
		return Verdict{}, false
	}
	var sum interval
	var terms, lacking []string
	middle := 0.0
	for i, id := range rule.regions {
		part, without, ok := sumOfRegions(r, published, at.of(id))
		if !ok || i == 0 && without != nil && rule.relation != atMost {
			return Verdict{}, false
		}
		x := middleOfRegions(r, published, at.of(id))
		middle, sum = middle+x, sum.plus(part)
		terms, lacking = append(terms, plain(ByID(id), x)+suffix(id)), append(lacking, without...)
	}
	v := together(r, Sum, slices.Concat([]atlas.PublishedFigure{country}, published.ofRegions(r, rule.regions, at))...)
	v.Agreement = rule.relation.judge(sum, intervalOf(country), middle, country.Value, lacking != nil)
	if v.Agreement == NotComparable {
		return Verdict{}, false
	}
	v.Computed, v.PublishedText = atlas.Count(middle), wording(v.Indicator, country)
	v.measure()
	v.ComputedText = plain(v.Indicator, middle)
	v.Message = fmt.Sprintf("les régions publiées totalisent %s\u202f; le chiffre national publié est «\u00a0%s\u00a0»", totalled(terms, v.ComputedText), v.PublishedText)
	if v.Agreement != Agrees {
		v.Causes = rule.causes(r, sum, middle, lacking)
	}
	return v, true
}

// RegionSum is a figure of the country beside the sum of those of its regions, published and
// computed, at the data state.
type RegionSum struct {
	Indicator *Indicator // of the country
	// Texts are « 684 projets », « n.d. » where nothing is published. A sum that lacks figures
	// says so: « 686 projets (30 chiffres régionaux sur 36) ».
	PublishedCountry, PublishedSum string
	ComputedCountry, ComputedSum   atlas.Value
	CountryText, SumText           string // of the computed ones
	Rule                           string // how the two stand to each other, and why; French, without final stop
	Holds                          bool   // the computed ones stand as the rule says
}

// RegionSums compares the figures of France with the sums of the regions, for every count and
// amount that has both and that the edition computes.
func RegionSums(r *Results) []RegionSum {
	published := registerOf(r)
	var out []RegionSum
	for _, rule := range sumRules {
		if s, ok := rule.row(r, published); ok {
			out = append(out, s)
		}
	}
	return out
}

func (rule sumRule) row(r *Results, published register) (RegionSum, bool) {
	ind := ByID(rule.country)
	s := RegionSum{Indicator: ind, PublishedCountry: "n.d.", PublishedSum: "n.d.", Rule: rule.relation.String()}
	s.ComputedCountry = r.Value(rule.country, atlas.France, r.LastYear())
	sum := 0.0
	for _, id := range rule.regions {
		for _, t := range r.Gazetteer().Regions() {
			if v := r.Value(id, t.ID, r.LastYear()); v.Shown() {
				sum += v.Number
			}
		}
	}
	if !s.ComputedCountry.Shown() {
		return RegionSum{}, false
	}
	s.ComputedSum = atlas.Count(sum)
	s.CountryText, s.SumText = plain(ind, s.ComputedCountry.Number), plain(ind, sum)
	s.Holds = rule.relation.holds(sum, s.ComputedCountry.Number)
	at := subject{rule.country, atlas.France, cut{year: r.LastYear()}}
	if p, ok := published[at]; ok {
		s.PublishedCountry = wording(ind, p)
	}
	if figures := published.ofRegions(r, rule.regions, at); figures != nil {
		total := 0.0
		for _, p := range figures {
			total += p.Value
		}
		s.PublishedSum = plain(ind, total)
		if all := len(rule.regions) * len(r.Gazetteer().Regions()); len(figures) < all {
			s.PublishedSum += fmt.Sprintf(" (%s sur %d)", french.Count(float64(len(figures)), "chiffre régional", "chiffres régionaux"), all)
		}
	}
	return s, true
}

// String says how the sum stands to the country, and why.
func (rel relation) String() string {
	return [...]string{
		"égale\u00a0: chaque projet, dossier ou crédit est d’une seule région",
		"au plus égale\u00a0: un ESSMS de commune inconnue, ou hors des régions, compte en France seulement",
		"au moins égale\u00a0: un projet national compte dans chaque région dont l’ARS le suit",
	}[rel]
}

func (rel relation) holds(sum, country float64) bool {
	switch rel {
	case atMost:
		return sum <= country+noise(country)
	case atLeast:
		return sum >= country-noise(country)
	}
	return same(sum, country)
}

// suffix tells apart nouns that two indicators share.
func suffix(id ID) string {
	if id == "projets_nationaux_suivis" {
		return " suivis"
	}
	return ""
}

// totalled is « 16 365 ESSMS », or « 652 projets régionaux et 34 projets nationaux suivis, soit 686 projets ».
func totalled(terms []string, sum string) string {
	if len(terms) == 1 {
		return terms[0]
	}
	return french.Join(terms) + ", soit " + sum
}

// judge says whether a sum over regions and a figure of the country may both be true.
func (rel relation) judge(sum, country interval, x, y float64, partial bool) Agreement {
	switch {
	case same(x, y):
		return Agrees
	case rel != atLeast && sum.low > country.high+noise(country.high):
		return Contradicts // even a partial sum is too much
	case rel == atLeast && sum.low > country.high-noise(country.high):
		return Explained
	case rel == atMost:
		return Explained
	case partial:
		return NotComparable
	case sum.meets(country):
		return Agrees
	}
	return Contradicts
}

func (rule sumRule) causes(r *Results, sum interval, middle float64, lacking []string) []string {
	var out []string
	ind := ByID(rule.country)
	if rule.evidence != nil {
		out = rule.evidence(r)
	}
	if half := (sum.high - sum.low) / 2; half > 0 {
		out = append(out, fmt.Sprintf("les chiffres régionaux sont arrondis\u00a0: leur somme est comprise entre %s et %s", plain(ind, sum.low), plain(ind, sum.high)))
	}
	if lacking != nil {
		out = append(out, fmt.Sprintf("aucun chiffre n’est publié pour %s\u00a0: il manque, il ne vaut pas zéro", french.Join(names(r.Gazetteer(), lacking))))
	}
	return out
}

// middleOfRegions adds up the published values themselves.
func middleOfRegions(r *Results, published register, s subject) float64 {
	sum := 0.0
	for _, t := range r.Gazetteer().Regions() {
		sum += published[subject{s.indicator, t.ID, s.at}].Value
	}
	return sum
}

// unlocatedEvidence counts the ESSMS of no region and those of several projects.
func unlocatedEvidence(r *Results) []string {
	s := r.Slice(atlas.France, r.LastYear())
	unlocated := 0
	for _, e := range s.ESSMS {
		if e.Region == "" {
			unlocated++
		}
	}
	links := linksHere(nil, s, cut{}).Number
	ind := ByID("essms_finances")
	var out []string
	if unlocated > 0 {
		out = append(out, fmt.Sprintf("dans les données de l’édition, %s sur %s ne %s dans aucune région, faute de commune connue ou parce qu’elle n’est dans aucune\u00a0: la France les compte, les régions non",
			plain(ind, float64(unlocated)), french.Integer(float64(len(s.ESSMS))), french.Plural(float64(unlocated), "se situe", "se situent")))
	}
	if n := int(links) - len(s.ESSMS); n > 0 {
		out = append(out, fmt.Sprintf("un ESSMS peut être dans plusieurs projets\u00a0: les données ont %s de projets pour %s distincts",
			french.Count(links, "ligne", "lignes"), plain(ind, float64(len(s.ESSMS)))))
	}
	return append(out, meansTimesCounts(r)...)
}

// meansTimesCounts is the number of lines that published means and numbers of projects make.
func meansTimesCounts(r *Results) []string {
	published := registerOf(r)
	at := subject{territory: atlas.France, at: cut{year: r.LastYear()}}
	a, ok1 := published[at.of("essms_par_projet_regional")]
	b, ok2 := published[at.of("essms_par_projet_national")]
	n, ok3 := countryOrRegions(r, published, at.of("projets_regionaux"))
	m, _, ok4 := sumOfRegions(r, published, at.of("projets_nationaux_suivis"))
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return nil
	}
	return []string{fmt.Sprintf("les moyennes publiées multipliées par les nombres de projets (%s × %s + %s × %s) font %s\u00a0: elles comptent un ESSMS une fois par projet",
		french.Integer(n.low), french.Integer(a.Value), french.Integer(m.low), french.Integer(b.Value), plain(ByID("essms_finances"), n.low*a.Value+m.low*b.Value))}
}

// followedEvidence counts the national projects that several ARS follow.
func followedEvidence(r *Results) []string {
	s := r.Slice(atlas.France, r.LastYear())
	several, followed := 0, 0
	for _, p := range s.National {
		followed += len(p.Regions)
		if len(p.Regions) > 1 {
			several++
		}
	}
	if several == 0 {
		return nil
	}
	return []string{fmt.Sprintf("un projet national compte dans chaque région dont l’ARS le suit\u00a0: dans les données de l’édition, %s à plusieurs ARS, et %s font %s",
		french.Count(float64(several), "projet est commun", "projets sont communs"), plain(ByID("projets_nationaux"), float64(len(s.National))),
		french.Count(float64(followed), "suivi", "suivis"))}
}
