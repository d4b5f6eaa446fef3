package narrative

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// Country is the summary of France: five to eight sentences when its figures are known.
// Growth is measured as Region measures it.
func Country(r, former *indicator.Results) []Sentence {
	w := newWriter(r, former, atlas.France)
	if w == nil {
		return nil
	}
	if w.countryHead() {
		w.growth()
		w.countryDensity()
	}
	w.countryMoney()
	w.portraits()
	w.fields()
	if f := w.figure(nonProfit); f.shown() {
		w.particular(particularOf(nonProfit), f)
	}
	if s, ok := pattern(r.Table(indicator.ByID(density), atlas.RegionLevel, r.LastYear())); ok {
		w.sentences = append(w.sentences, s)
	}
	return w.sentences
}

// value is a word only where the value is known and does not read as nothing.
func (w *writer) value(more words, name string, id indicator.ID) {
	if f := w.figure(id); f.shown() && f.number() != 0 {
		more[name] = f.word()
	}
}

func (w *writer) countryHead() bool {
	more := words{}
	w.value(more, "p", projects)
	w.value(more, "r", regionalProjects)
	w.value(more, "k", nationalProjects)
	template := "{date}, le programme ESMS numérique finance {n}."
	switch _, national := more["k"]; {
	case more["r"].text != "" && national:
		template = "{date}, le programme ESMS numérique finance {n} dans {p}\u202f: {r} et {k}."
	case more["p"].text != "":
		template = "{date}, le programme ESMS numérique finance {n} dans {p}."
	}
	return w.head(more, template)
}

func (w *writer) countryDensity() {
	more := words{}
	w.value(more, "v", density)
	if f := w.figure(coverage); f.national() != "" && f.number() != 0 {
		more["part"] = f.word()
	}
	_ = w.say(more, "Le programme finance ainsi {v} et {part} des ESSMS existants.") ||
		w.say(more, "Le programme finance ainsi {v}.")
}

func (w *writer) countryMoney() {
	more := words{}
	w.value(more, "tout", money)
	w.value(more, "r", regionalMoney)
	w.value(more, "k", nationalMoney)
	_ = w.say(more, "Les subventions accordées atteignent {tout}, dont {r} pour les projets régionaux et {k} pour les projets nationaux.") ||
		w.say(more, "Les subventions accordées atteignent {tout}.")
}

func (w *writer) portraits() {
	more := words{}
	w.value(more, "taille", sizeOfRegional)
	w.value(more, "montant", meanOfRegional)
	w.value(more, "ntaille", sizeOfNational)
	w.value(more, "nmontant", meanOfNational)
	_ = w.say(more, "En moyenne, un projet régional réunit {taille} et reçoit {montant}\u202f; un projet national, {ntaille} et {nmontant}.") ||
		w.say(more, "En moyenne, un projet régional réunit {taille} et reçoit {montant}.") ||
		w.say(more, "En moyenne, un projet national réunit {ntaille} et reçoit {nmontant}.")
}
