package narrative

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Region is the summary of the region of that code: five to eight sentences when its figures
// are known, fewer when they are not, none for an unknown code. Growth is measured since the
// former edition, or since the year before in the same edition when former is nil.
func Region(r, former *indicator.Results, code string) []Sentence {
	w := newWriter(r, former, atlas.RegionID(code))
	if w == nil {
		return nil
	}
	if w.regionHead() {
		w.growth()
		w.density()
	}
	about := []func() bool{w.projects, w.means, w.fields}
	if choose(2, "order", code, w.figure(regionalProjects).row.Phrase) == 1 {
		about = []func() bool{w.fields, w.projects, w.means}
	}
	for _, say := range about {
		say()
	}
	w.particulars()
	return w.sentences
}

func (w *writer) regionHead() bool {
	rank := w.rank()
	if rank == nil {
		return w.head(nil, "{date}, le programme ESMS numérique finance {n} {en}.")
	}
	return w.head(rank,
		"{date}, le programme ESMS numérique finance {n} {en}, {rang} région pour ce nombre{exæquo}.",
		"{en}, le programme ESMS numérique finance {n} {date}, ce qui place la région au {rangm} rang{exæquo}.",
		"{le} {le:compte|comptent} {n} {n:financé|financés} par le programme ESMS numérique {date}, ce qui en fait la {rang} région pour ce nombre{exæquo}.",
		"Avec {n} {n:financé|financés} par le programme ESMS numérique {date}, {le} {le:occupe|occupent} le {rangm} rang des régions{exæquo}.")
}

// rank places the region among those whose number of ESSMS is known: no word when it is alone,
// or its number rounded to nothing.
func (w *writer) rank() words {
	t := w.results.Table(indicator.ByID(essms), w.territory.ID.Level, w.results.LastYear())
	row, _ := t.Row(w.territory.ID)
	if row.Rank == 0 || t.Ranked < 2 || w.figure(essms).number() == 0 {
		return nil
	}
	var equals []string
	for _, other := range t.Rows {
		if other.Rank == row.Rank && other.Territory.ID != row.Territory.ID {
			equals = append(equals, other.Territory.WithArticle)
		}
	}
	return words{
		"rang":   {text: ordinal(row.Rank, french.Feminine)},
		"rangm":  {text: ordinal(row.Rank, french.Masculine)},
		"exæquo": {text: tie(equals)},
	}
}

// tie names those who share a rank: « , ex æquo avec la Corse ».
func tie(equals []string) string {
	switch {
	case len(equals) == 0:
		return ""
	case len(equals) > 2:
		return ", ex æquo avec " + french.Cardinal(len(equals), french.Feminine) + " autres"
	}
	return ", ex æquo avec " + french.Join(equals)
}

func (w *writer) density() bool {
	f := w.figure(density)
	if !f.shown() || f.number() == 0 {
		return false
	}
	v := f.word()
	return w.say(words{"v": v, "nombre": {f.row.Text, v.plural, v.id}, "comparaison": {text: f.comparison()}},
		"{unité} compte {nombre} ESSMS {nombre:financé|financés} pour 100\u202f000 habitants{comparaison}.",
		"Pour 100\u202f000 habitants, le programme y finance {nombre} ESSMS{comparaison}.",
		"Le programme y finance {v}{comparaison}.")
}

// projects says what the ARS finances and follows.
func (w *writer) projects() bool {
	n, sum, k := w.figure(regionalProjects), w.figure(regionalMoney), w.figure(followed)
	more := words{}
	switch {
	case !k.shown():
		more["suivi"] = word{}
	case k.zero():
		more["suivi"] = word{text: " et ne suit aucun projet national", id: followed}
	default:
		more["suivi"] = word{text: " et suit " + k.row.Phrase, id: followed}
		more["suit"] = k.word()
	}
	switch {
	case !n.shown():
		return k.shown() && !k.zero() && w.say(more, "L’ARS suit {suit}.")
	case n.zero():
		more["n"] = word{id: regionalProjects}
		if k.shown() && !k.zero() {
			return w.say(more, "L’ARS ne finance aucun projet régional{n}, mais suit {suit}.")
		}
		return w.say(more, "L’ARS ne finance aucun projet régional{n}.")
	}
	more["n"] = n.word()
	if !sum.shown() || sum.number() == 0 {
		return w.say(more, "L’ARS finance {n}{suivi}.")
	}
	more["somme"] = sum.word()
	return w.say(more,
		"L’ARS finance {n} pour {somme} de subventions{suivi}.",
		"L’ARS accorde {somme} de subventions à {n}{suivi}.",
		"Dans la région, {n} {n:reçoit|reçoivent} {somme} de subventions de l’ARS, qui suit aussi {suit}.")
}

// means is the portrait of a regional project, where there are two or more.
func (w *writer) means() bool {
	n, size, mean := w.figure(regionalProjects), w.figure(sizeOfRegional), w.figure(meanOfRegional)
	if !n.shown() || n.row.Value.Number < 2 {
		return false
	}
	more := words{}
	if size.shown() && !size.zero() {
		more["taille"] = size.word()
		more["ctaille"] = word{text: size.comparison()}
		more["ftaille"] = word{text: size.beside()}
	}
	if mean.shown() && !mean.zero() {
		more["montant"] = mean.word()
		more["cmontant"] = word{text: mean.comparison()}
		more["fmontant"] = word{text: mean.beside()}
	}
	return w.say(more,
		"Un projet régional y réunit en moyenne {taille}{ctaille}\u202f; sa subvention moyenne est de {montant}{fmontant}.",
		"En moyenne, un projet régional réunit {taille}{ftaille} et reçoit {montant}{fmontant}.",
		"La subvention moyenne d’un projet régional est de {montant}{cmontant}, pour {taille} en moyenne{ftaille}.",
	) || w.say(more,
		"Un projet régional y réunit en moyenne {taille}{ctaille}.",
		"La subvention moyenne d’un projet régional y est de {montant}{cmontant}.")
}

// fields is the share of the two largest publics among the financed ESSMS.
func (w *writer) fields() bool {
	first, second := w.figure(disability), w.figure(elderly)
	if !first.shown() || !second.shown() || first.zero() && second.zero() {
		return false
	}
	whose := map[indicator.ID]string{disability: "du handicap", elderly: "des personnes âgées"}
	if second.row.Value.Number > first.row.Value.Number {
		first, second = second, first
	}
	more := words{
		"connus": {text: known(first, " dont le champ est connu")},
		"parmi":  {text: "les ESSMS financés" + known(first, " dont le champ est connu")},
		"x":      {text: whose[first.ind.ID]},
		"y":      {text: whose[second.ind.ID]},
		"a":      {text: first.row.Phrase, id: first.ind.ID},
		"b":      {text: second.row.Phrase, id: second.ind.ID},
		"fa":     {text: first.beside()},
	}
	if yes, all, few := first.units(essms); all < tiny {
		return few && w.fewFields(more, yes, int(second.row.Value.Numerator.Amount), all)
	}
	if second.zero() {
		delete(more, "b")
		return w.say(more, "Parmi {parmi}, {a} relèvent du champ {x}{fa}.")
	}
	return w.say(more,
		"Parmi {parmi}, {a} relèvent du champ {x}{fa} et {b} de celui {y}.",
		"Le champ {x} rassemble {a} de {parmi}{fa}\u202f; celui {y}, {b}.",
		"{parmi} relèvent pour {a} du champ {x}{fa} et pour {b} de celui {y}.")
}

// fewFields says the same of so few ESSMS that they are counted.
func (w *writer) fewFields(more words, yes, also, all int) bool {
	first := more["a"].id
	more["a"] = word{french.Cardinal(yes, french.Masculine), yes >= 2, first}
	more["b"] = word{french.Cardinal(also, french.Masculine), also >= 2, more["b"].id}
	more["tous"] = word{french.Cardinal(all, french.Masculine), all >= 2, ""}
	switch {
	case all == 1:
		more["a"] = word{id: first}
		return w.say(more, "Le seul ESSMS financé{connus} relève du champ {x}{a}.")
	case yes == all:
		more["a"] = word{id: first}
		return w.say(more, "Tous les ESSMS financés{connus}, au nombre de {tous}, relèvent du champ {x}{a}.")
	case also == 0:
		return w.say(more, "Sur {tous} ESSMS financés{connus}, {a} {a:relève|relèvent} du champ {x}.")
	}
	return w.say(more, "Sur {tous} ESSMS financés{connus}, {a} {a:relève|relèvent} du champ {x} et {b} de celui {y}.")
}

// known limits a share to the units that answered, where some did not.
func known(f figure, limit string) string {
	if f.row.Value.Unknown == 0 {
		return ""
	}
	return limit
}
