package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Pattern states in one sentence how an indicator varies over the territories of a table: its
// extremes and, for a ratio, how many are above France. It is empty for a table without row.
func Pattern(t indicator.Table) string {
	if s, ok := pattern(t); ok {
		return s.Text
	}
	return ""
}

func pattern(t indicator.Table) (Sentence, bool) {
	if len(t.Rows) == 0 {
		return Sentence{}, false
	}
	noun, gender, only := "région", french.Feminine, "seule"
	if t.Level == atlas.DepartmentLevel {
		noun, gender, only = "département", french.Masculine, "seul"
	}
	more := words{"sujet": {text: subject(t.Indicator), id: t.Indicator.ID}, "noun": {text: noun}, "seul": {text: only}}
	if t.Ranked == 0 {
		more["sujet"] = word{id: t.Indicator.ID}
		return expand("Aucune valeur n’est disponible par {noun}{sujet}.", more)
	}
	ranked := t.ByRank()[:t.Ranked]
	high, low := ranked[0], ranked[len(ranked)-1]
	more["haut"] = word{text: bare(t, high)}
	more["enhaut"] = word{text: holders(ranked, high, noun, gender)}
	more["bas"] = word{text: bare(t, low)}
	more["enbas"] = word{text: holders(ranked, low, noun, gender)}
	more["suite"] = word{text: above(t, ranked, noun, gender)}
	more["parmi"] = word{}
	if t.Ranked < len(t.Rows) {
		more["parmi"] = word{text: "dans les " + french.Count(float64(t.Ranked), noun, noun+"s") + " dont la valeur est connue, "}
	}
	switch {
	case t.Ranked == 1:
		return expand("{sujet} est de {haut} {enhaut}, {seul} {noun} dont la valeur est connue.", more)
	case high.Phrase == low.Phrase:
		return expand("{parmi}{sujet} est partout de {haut}.", more)
	}
	return expand("{parmi}{sujet} varie de {bas} {enbas} à {haut} {enhaut}{suite}.", more)
}

// bare is a value after a subject that names what it counts: « 980 », « 23,4 % ».
func bare(t indicator.Table, r indicator.Row) string {
	if t.Indicator.Display.Suffix != "" {
		return r.Phrase
	}
	return r.Text
}

// longestSubject is the length of a definition that can still be the subject of a sentence, in characters.
const longestSubject = 105

// subject is the title of an indicator as a subject: « Le nombre d’ESSMS financés ».
// A share is called by its definition, which says what it is a share of, when that is short.
func subject(ind *indicator.Indicator) string {
	title := ind.Title
	if d := ind.Definition; strings.HasPrefix(title, "Part ") && strings.HasPrefix(d, "Part ") && utf8.RuneCountInString(d) <= longestSubject {
		title = strings.TrimSuffix(d, ".")
	}
	first, _, _ := strings.Cut(title, " ")
	if !isAcronym(first) {
		r, size := utf8.DecodeRuneInString(title)
		title = string(unicode.ToLower(r)) + title[size:]
	}
	switch {
	case first == "Part" || first == "Subvention":
		return "la " + title
	case first == "Taux":
		return "le " + title
	case ind.Unit == atlas.UnitEuro:
		return "le montant des " + title
	}
	return "le nombre de " + title
}

func isAcronym(s string) bool { return len(s) > 1 && strings.ToUpper(s) == s }

// mostNamed is how many territories an extreme names.
const mostNamed = 2

// holders says where a value as shown is found: « en Corse et à Mayotte », « dans trois régions ».
func holders(ranked []indicator.Row, one indicator.Row, noun string, g french.Gender) string {
	var where []string
	for _, r := range ranked {
		if r.Phrase == one.Phrase {
			where = append(where, r.Territory.Locative)
		}
	}
	if len(where) > mostNamed {
		return "dans " + french.Cardinal(len(where), g) + " " + noun + "s"
	}
	return french.Join(where)
}

// above counts the territories above France, where that means something: a sum is always above its parts.
func above(t indicator.Table, ranked []indicator.Row, noun string, g french.Gender) string {
	country := figure{ind: t.Indicator, row: t.Country, country: t.Country, edition: t.Edition}.national()
	if !t.Indicator.Ratio() || country == "" || len(ranked) < 2 {
		return ""
	}
	n := 0
	for _, r := range ranked {
		if r.Value.Number > t.Country.Value.Number {
			n++
		}
	}
	some := french.Cardinal(n, g) + " " + noun + "s dépassent"
	switch {
	case n == 0 && g == french.Feminine:
		some = "aucune " + noun + " ne dépasse"
	case n == 0:
		some = "aucun " + noun + " ne dépasse"
	case n == 1 && g == french.Feminine:
		some = "une seule " + noun + " dépasse"
	case n == 1:
		some = "un seul " + noun + " dépasse"
	}
	return "\u202f; " + some + " la moyenne nationale (" + country + ")"
}
