package carto

import (
	"slices"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// title names a map: « ESSMS financés par région, 31 décembre 2023 ».
func title(t indicator.Table) string {
	return t.Indicator.Title + " par " + nounOf(t.Level) + ", " + t.DateLabel()
}

func nounOf(l atlas.Level) string {
	if l == atlas.DepartmentLevel {
		return "département"
	}
	return "région"
}

// describe says what a map shows: its extremes, then the runners-up of a count or how many territories are above the national
// value of a ratio, which are without value.
func describe(t indicator.Table) string {
	ranked := make([]indicator.Row, 0, len(t.Rows))
	var without []indicator.Row
	for _, r := range t.ByRank() {
		if r.Value.Shown() {
			ranked = append(ranked, r)
		} else {
			without = append(without, r)
		}
	}
	noun := nounOf(t.Level)
	if len(ranked) == 0 {
		return "Aucune valeur n’est disponible par " + noun + "."
	}
	return extremes(t, ranked, noun) + aboveNational(t, ranked, noun) + lacking(without, noun)
}

func extremes(t indicator.Table, ranked []indicator.Row, noun string) string {
	first, last := ranked[0], ranked[len(ranked)-1]
	if first.Value.Number == last.Value.Number {
		if len(ranked) == 1 {
			return "Seule valeur" + french.NBSP + ": celle " + first.Territory.Genitive + ", " + first.Phrase + "."
		}
		return "La valeur est la même partout" + french.NBSP + ": " + first.Phrase + "."
	}
	return "La valeur la plus élevée est celle " + holders(ranked, first, noun) + " (" + first.Phrase + ")" + runnersUp(t, ranked) +
		french.NNBSP + "; la plus faible est celle " + holders(ranked, last, noun) + " (" + last.Phrase + ")."
}

// holders lists the territories that have the same value as one: « de la Corse et de Mayotte », « de 5 régions ».
func holders(ranked []indicator.Row, one indicator.Row, noun string) string {
	var names []string
	for _, r := range ranked {
		if r.Value.Number == one.Value.Number {
			names = append(names, r.Territory.Genitive)
		}
	}
	if len(names) > 3 {
		return "de" + french.NBSP + french.Count(float64(len(names)), noun, noun+"s")
	}
	return french.Join(names)
}

// runnersUp names the second and the third of a count or amount, when the first three are alone at their ranks.
func runnersUp(t indicator.Table, ranked []indicator.Row) string {
	if t.Indicator.Ratio() || len(ranked) < 6 || ranked[2].Value.Number == ranked[3].Value.Number ||
		ranked[0].Value.Number == ranked[1].Value.Number || ranked[1].Value.Number == ranked[2].Value.Number {
		return ""
	}
	second, third := ranked[1], ranked[2]
	return ", devant celles " + second.Territory.Genitive + " (" + second.Phrase + ") et " +
		third.Territory.Genitive + " (" + third.Phrase + ")"
}

// aboveNational compares with France, where that means something: a sum is always above its parts.
func aboveNational(t indicator.Table, ranked []indicator.Row, noun string) string {
	if !t.Indicator.Ratio() || !t.Country.Value.Shown() {
		return ""
	}
	n := 0
	for _, r := range ranked {
		if r.Value.Number > t.Country.Value.Number {
			n++
		}
	}
	verb, count := "dépassent", strconv.Itoa(n)+french.NBSP+noun+"s"
	switch {
	case n == 0 && noun == "région":
		verb, count = "ne dépasse", "Aucune région"
	case n == 0:
		verb, count = "ne dépasse", "Aucun "+noun
	case n == 1 && noun == "région":
		verb, count = "dépasse", "Une seule région"
	case n == 1:
		verb, count = "dépasse", "Un seul "+noun
	}
	return " " + count + " sur " + strconv.Itoa(len(ranked)) + " " + verb + " la valeur nationale (" + t.Country.Phrase + ")."
}

func lacking(without []indicator.Row, noun string) string {
	if len(without) == 0 {
		return ""
	}
	names := make([]string, len(without))
	for i, r := range without {
		names[i] = r.Territory.Name
	}
	slices.SortFunc(names, french.Collator().CompareString)
	list := french.Join(names)
	if len(names) > 6 {
		list = french.Count(float64(len(names)), noun, noun+"s")
	}
	return " Sans valeur" + french.NBSP + ": " + list + "."
}
