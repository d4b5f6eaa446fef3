package narrative

import (
	"cmp"
	"slices"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// particular is a share that may distinguish a region.
type particular struct {
	id    indicator.ID
	limit string // « dont le groupement est renseigné »: those that answered, where some did not
	// one and many are the predicate of a share of the regional projects, none that of « aucun »
	// where it is not « ne » and one.
	one, many, none string
	// sentences say a share of something else; few says it when it is counted in words: it is
	// a count of what the indicator over counts.
	sentences []string
	few       string
	over      indicator.ID
	theme     string // two of the same say nearly the same: one is enough
}

var particulars = []particular{
	{id: nonProfit, limit: " dont le statut dominant est connu",
		one: "concerne en majorité des ESSMS privés à but non lucratif", many: "concernent en majorité des ESSMS privés à but non lucratif"},
	{id: infrastructures, limit: " qui ont répondu sur ce point",
		one:  "comprend une mise en conformité des infrastructures numériques",
		none: "ne comprend de mise en conformité des infrastructures numériques", many: "comprennent une mise en conformité des infrastructures numériques"},
	{id: compliance, theme: "DUI", one: "met en conformité un DUI existant", none: "ne met en conformité de DUI existant", many: "mettent en conformité un DUI existant"},
	{id: acquisition, theme: "DUI", one: "acquiert ou renouvelle un DUI", none: "n’acquiert ni ne renouvelle de DUI", many: "acquièrent ou renouvellent un DUI"},
	{id: clusters, limit: " dont le groupement est renseigné",
		one: "est porté en grappe par plusieurs organismes", many: "sont portés en grappe par plusieurs organismes"},
	{id: segur, limit: " dont le référencement est renseigné",
		one: "retient un DUI référencé Ségur", many: "retiennent un DUI référencé Ségur"},
	{id: coverage, sentences: []string{
		"Le programme finance {v} des ESSMS existants de la région{comparaison}.",
		"Parmi les ESSMS existants de la région, {v} sont financés par le programme{comparaison}."}},
	{id: selection, over: applications, few: "L’ARS a retenu {v} des {tous} dossiers déposés.", sentences: []string{
		"L’ARS a retenu {v} des dossiers déposés{comparaison}.",
		"Parmi les dossiers déposés auprès de l’ARS, {v} ont été sélectionnés{comparaison}."}},
	{id: payment, limit: " dont le versement est renseigné", sentences: []string{
		"Les porteurs ont reçu {v} du montant des subventions régionales{connus}{comparaison}.",
		"Le taux de versement des subventions régionales{connus} est de {v}{comparaison}."}},
	{id: commitment, sentences: []string{
		"Les projets régionaux engagent {v} des crédits délégués à l’ARS{comparaison}.",
		"Les subventions régionales engagent {v} des crédits délégués à l’ARS{comparaison}."}},
}

func particularOf(id indicator.ID) particular {
	i := slices.IndexFunc(particulars, func(p particular) bool { return p.id == id })
	return particulars[i]
}

// mostParticulars is how many of them a summary states.
const mostParticulars = 2

// particulars says what distinguishes the region most from France: the largest gaps, those
// that are close to the national figure only for want of any other.
func (w *writer) particulars() {
	type candidate struct {
		particular
		figure
	}
	var found []candidate
	for _, p := range particulars {
		if f := w.figure(p.id); f.shown() && f.national() != "" {
			found = append(found, candidate{p, f})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.gap(), a.gap()) })
	said, themes := 0, map[string]bool{"": false}
	for _, c := range found {
		if said == mostParticulars || said > 0 && c.near() {
			return
		}
		if !themes[c.theme] && w.particular(c.particular, c.figure) {
			said++
			themes[c.theme] = c.theme != ""
		}
	}
}

// particular says one of them; false when it has too few units to be worth a sentence.
func (w *writer) particular(p particular, f figure) bool {
	more := words{
		"v":           f.word(),
		"comparaison": {text: f.comparison()},
		"connus":      {text: known(f, p.limit)},
		"un":          {text: p.one},
		"plusieurs":   {text: p.many},
		"aucun":       {text: cmp.Or(p.none, "ne "+p.one)},
	}
	counted := cmp.Or(p.over, regionalProjects)
	yes, all, few := f.units(counted)
	more["tous"] = word{french.Cardinal(all, french.Masculine), true, f.ind.ID}
	switch {
	case p.few != "" && all < tiny:
		more["v"] = word{cardinalOrNone(yes), yes >= 2, f.ind.ID}
		return few && all > 1 && w.say(more, p.few)
	case p.sentences != nil:
		return w.say(more, p.sentences...)
	case all < tiny:
		return few && all > 1 && w.fewProjects(more, yes, all)
	}
	if more["connus"].text != "" { // a shorter comparison makes up for the longer subject
		more["comparaison"] = word{text: f.beside()}
	}
	return w.say(more,
		"Parmi les projets régionaux{connus}, {v} {plusieurs}{comparaison}.",
		"{en}, {v} des projets régionaux{connus} {plusieurs}{comparaison}.",
		"Au total, {v} des projets régionaux{connus} {plusieurs}{comparaison}.")
}

// cardinalOrNone writes a number of masculine things, « aucun » when there is none.
func cardinalOrNone(n int) string {
	if n == 0 {
		return "aucun"
	}
	return french.Cardinal(n, french.Masculine)
}

// fewProjects says a share of so few projects that they are counted.
func (w *writer) fewProjects(more words, yes, all int) bool {
	more["v"] = word{french.Cardinal(yes, french.Masculine), yes >= 2, more["v"].id}
	switch {
	case yes == 0:
		return w.say(more, "Aucun des {tous} projets régionaux{connus} {aucun}.")
	case yes == all:
		return w.say(more, "Tous les projets régionaux{connus}, au nombre de {tous}, {plusieurs}.")
	case yes == 1:
		return w.say(more, "Sur {tous} projets régionaux{connus}, un seul {un}.")
	case more["connus"].text != "":
		return w.say(more, "Sur {tous} projets régionaux{connus}, {v} {plusieurs}.")
	}
	return w.say(more,
		"Sur {tous} projets régionaux, {v} {plusieurs}.",
		"{v} projets régionaux sur {tous} {plusieurs}.")
}
