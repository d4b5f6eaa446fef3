package narrative

import (
	"math"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// The indicators that summaries state.
const (
	essms            indicator.ID = "essms_finances"
	density          indicator.ID = "essms_pour_100000_habitants"
	coverage         indicator.ID = "taux_couverture"
	projects         indicator.ID = "projets"
	regionalProjects indicator.ID = "projets_regionaux"
	nationalProjects indicator.ID = "projets_nationaux"
	followed         indicator.ID = "projets_nationaux_suivis"
	sizeOfRegional   indicator.ID = "essms_par_projet_regional"
	sizeOfNational   indicator.ID = "essms_par_projet_national"
	money            indicator.ID = "subvention_totale"
	regionalMoney    indicator.ID = "subvention_regionale"
	nationalMoney    indicator.ID = "subvention_nationale"
	meanOfRegional   indicator.ID = "subvention_moyenne_regionale"
	meanOfNational   indicator.ID = "subvention_moyenne_nationale"
	nonProfit        indicator.ID = "part_non_lucratif_projets_regionaux"
	infrastructures  indicator.ID = "part_infrastructures_projets_regionaux"
	compliance       indicator.ID = "part_mise_en_conformite_projets_regionaux"
	acquisition      indicator.ID = "part_acquisition_projets_regionaux"
	clusters         indicator.ID = "part_grappes_projets_regionaux"
	segur            indicator.ID = "part_segur_projets_regionaux"
	elderly          indicator.ID = "part_personnes_agees_essms"
	disability       indicator.ID = "part_handicap_essms"
	applications     indicator.ID = "dossiers_deposes"
	selection        indicator.ID = "taux_selection"
	payment          indicator.ID = "taux_versement"
	commitment       indicator.ID = "taux_engagement"
)

// writer writes the sentences of one territory.
type writer struct {
	results, former *indicator.Results // former may be nil
	territory       atlas.Territory
	common          words           // the territory, its noun, the date
	used            map[string]bool // the templates already said, not to be said twice
	sentences       []Sentence
}

var nouns = map[atlas.Level]string{
	atlas.CountryLevel:    "la France",
	atlas.RegionLevel:     "la région",
	atlas.DepartmentLevel: "le département",
}

// newWriter returns nil for an unknown territory.
func newWriter(r, former *indicator.Results, id atlas.TerritoryID) *writer {
	t, ok := r.Gazetteer().Territory(id)
	if !ok {
		return nil
	}
	return &writer{results: r, former: former, territory: t, used: map[string]bool{}, common: words{
		"le":    {text: t.WithArticle, plural: manyNamed(t)},
		"en":    {text: t.Locative},
		"unité": {text: nouns[id.Level]},
		"date":  {text: "au " + french.Date(r.Edition().DataState)},
	}}
}

// manyNamed reports whether the name of a territory is plural: « les Hauts-de-France comptent ».
func manyNamed(t atlas.Territory) bool { return len(t.WithArticle) > 4 && t.WithArticle[:4] == "les " }

func (w *writer) figure(id indicator.ID) figure { return figureOf(w.results, id, w.territory.ID) }

func figureOf(r *indicator.Results, id indicator.ID, t atlas.TerritoryID) figure {
	ind := indicator.ByID(id)
	return figure{ind, r.Row(ind, t, r.LastYear()), r.Row(ind, atlas.France, r.LastYear()), r.Edition()}
}

// say adds one of the templates whose words are all known, rather one that has not been used
// yet; it returns false without any.
func (w *writer) say(more words, templates ...string) bool {
	all := w.common.with(more)
	var fresh, stale []string
	for _, t := range templates {
		if _, ok := expand(t, all); !ok {
			continue
		}
		if w.used[t] {
			stale = append(stale, t)
		} else {
			fresh = append(fresh, t)
		}
	}
	if len(fresh) == 0 {
		fresh = stale
	}
	if len(fresh) == 0 {
		return false
	}
	chosen := fresh[choose(len(fresh), w.territory.ID.String(), templates[0], w.figure(essms).row.Phrase)]
	w.used[chosen] = true
	s, _ := expand(chosen, all)
	w.sentences = append(w.sentences, s)
	return true
}

// sayOf says something of an indicator whose value is not written: that there is none.
func (w *writer) sayOf(id indicator.ID, template string) bool {
	return w.say(words{"rien": {id: id}}, template+"{rien}")
}

// head says how many ESSMS the programme finances in the territory. It returns false when
// there are none or nobody knows.
func (w *writer) head(more words, templates ...string) bool {
	f := w.figure(essms)
	switch {
	case !f.shown():
		w.say(words{"n": {text: f.row.Phrase, id: essms}}, "Le nombre d’ESSMS financés {en} {date} est {n}.")
		return false
	case f.zero():
		w.sayOf(essms, "{date}, le programme ESMS numérique ne finance aucun ESSMS {en}.")
		return false
	}
	return w.say(words{"n": f.word()}.with(more), templates...)
}

// earlier is a former state to compare with: its results, year, and name in a sentence.
type earlier struct {
	results   *indicator.Results
	year      int
	at, since string // « à la fin de 2022 », « la fin de 2022 »
}

// earlier returns the state before the last: the former edition's, or the cumulative year before.
func (w *writer) earlier() (earlier, bool) {
	years := w.results.Years()
	switch {
	case w.former != nil && w.former.Edition().DataState.Before(w.results.Edition().DataState):
		name := "l’édition " + strconv.Itoa(w.former.Edition().Year)
		return earlier{results: w.former, year: w.former.LastYear(), at: "dans " + name, since: name}, true
	case len(years) > 1:
		name := "la fin de " + strconv.Itoa(years[len(years)-2])
		return earlier{results: w.results, year: years[len(years)-2], at: "à " + name, since: name}, true
	}
	return earlier{}, false
}

// rates are the ways to end a sentence with a growth in percent: « , soit une hausse de 42 % ». They are empty
// without growth.
func rates(growth string) words {
	out := words{}
	percent := strings.Trim(growth, "+"+french.Minus)
	for name, before := range map[string]string{"hausse": ", soit une hausse de ", "baisse": ", soit une baisse de ", "soit": ", soit de "} {
		if out[name] = (word{}); percent != "" {
			out[name] = word{text: before + percent}
		}
	}
	return out
}

// growth says how the number of financed ESSMS has changed since the former state.
func (w *writer) growth() bool {
	before, ok := w.earlier()
	if !ok {
		return false
	}
	now, ind := w.figure(essms), indicator.ByID(essms)
	row := before.results.Row(ind, w.territory.ID, before.year)
	if !row.Value.Shown() {
		return false
	}
	then := figure{ind: ind, row: row, edition: before.results.Edition()}
	change := now.number() - then.number()
	text, phrase := ind.Format(atlas.Count(math.Abs(change)), atlas.Edition{}) // its terms are rounded, it is not rounded again
	more := words{
		"à":      {text: before.at},
		"depuis": {text: before.since},
		"écart":  {text: phrase, id: essms},
		"de":     {text: text, plural: math.Abs(change) >= 2, id: essms},
		"avant":  {text: then.row.Text},
	}
	more = more.with(rates(ind.Growth(row.Value, now.row.Value, then.edition, now.edition)))
	switch {
	case then.zero():
		return w.say(more.with(words{"écart": {id: essms}}), "Aucun ESSMS n’y était financé {à}{écart}.")
	case change == 0 && row.Value.Number != now.row.Value.Number:
		return w.say(more.with(words{"écart": {id: essms}}), "Une fois arrondi, ce nombre est le même que {à}{écart}.")
	case change == 0:
		return w.say(more.with(words{"écart": {id: essms}}), "Ce nombre est le même que {à}{écart}.")
	case change < 0:
		return w.say(more, "C’est {écart} de moins que {à}{baisse}.")
	case then.number() == 0:
		return w.say(more, "C’est {écart} de plus que {à}.")
	}
	return w.say(more,
		"C’est {écart} de plus que {à}{hausse}.",
		"{unité} en comptait {avant} {à}\u202f; la progression est de {écart}{soit}.",
		"Depuis {depuis}, le nombre d’ESSMS financés a augmenté de {de}{soit}.",
		"Les ESSMS financés étaient au nombre de {avant} {à}\u202f; {de} {de:s’y est ajouté|s’y sont ajoutés} depuis{hausse}.")
}
