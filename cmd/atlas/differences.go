package main

import (
	"fmt"
	"io"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// change is what differs between an edition and the former one.
type change struct {
	former, year int // of the two editions
	differences  []indicator.Difference
}

// changesOf compares each edition with the one before.
func changesOf(editions []edition, th indicator.Thresholds) []change {
	var out []change
	for i := 1; i < len(editions); i++ {
		a, b := editions[i-1].results, editions[i].results
		out = append(out, change{a.Edition().Year, b.Edition().Year, indicator.Differences(a, b, th)})
	}
	return out
}

// changeGroups are the headings under which differences are printed, in their order.
var changeGroups = []struct {
	kind             indicator.DifferenceKind
	followed         bool
	singular, plural string
}{
	{indicator.Gone, false, "valeur disparue", "valeurs disparues"},
	{indicator.Revised, false, "valeur du passé révisée", "valeurs du passé révisées"},
	{indicator.Jumped, false, "évolution loin de celle des autres territoires", "évolutions loin de celles des autres territoires"},
	{indicator.New, false, "valeur nouvelle", "valeurs nouvelles"},
	{indicator.Revised, true, "valeur mise à jour par le suivi des projets, ce qui n’est pas une correction",
		"valeurs mises à jour par le suivi des projets, ce qui n’est pas une correction"},
}

// printChange prints the differences group by group and, in each, indicator by indicator, the
// most important first; of each indicator that many at most, all of them when most is 0.
func printChange(w io.Writer, c change, most int) {
	if len(c.differences) == 0 {
		fmt.Fprintf(w, "Édition %d\u00a0: aucune valeur ne surprend au regard de l’édition %d.\n", c.year, c.former)
		return
	}
	fmt.Fprintf(w, "Édition %d, comparée à l’édition %d\u00a0:\n", c.year, c.former)
	for _, g := range changeGroups {
		var order []*indicator.Indicator
		of := map[*indicator.Indicator][]indicator.Difference{}
		n := 0
		for _, d := range c.differences {
			if d.Kind != g.kind || d.Followed != g.followed {
				continue
			}
			if of[d.Indicator] == nil {
				order = append(order, d.Indicator)
			}
			of[d.Indicator] = append(of[d.Indicator], d)
			n++
		}
		if n == 0 {
			continue
		}
		fmt.Fprintf(w, "  %s\n", french.Count(float64(n), g.singular, g.plural))
		for _, ind := range order {
			fmt.Fprintf(w, "    %s\n", ind.Title)
			printDifferences(w, of[ind], most)
		}
	}
}

func printDifferences(w io.Writer, list []indicator.Difference, most int) {
	shown := len(list)
	if most > 0 {
		shown = min(shown, most)
	}
	for _, d := range list[:shown] {
		fmt.Fprintf(w, "      %s\n", oneDifference(d))
	}
	if more := len(list) - shown; more > 0 {
		fmt.Fprintf(w, "      … et %s (--all affiche tout, --report l’écrit)\n", french.Count(float64(more), "autre", "autres"))
	}
}

// oneDifference is « en Bretagne, fin 2022 : 0,10 M€ → 0,12 M€ (+20,0 %) ».
func oneDifference(d indicator.Difference) string {
	place := d.Territory.Locative
	if d.Kind == indicator.Revised {
		place += fmt.Sprintf(", fin %d", d.Year)
	}
	text := fmt.Sprintf("%s\u00a0: %s → %s", place, d.FormerText, d.CurrentText)
	if d.ChangeText != "" {
		text += " (" + d.ChangeText + ")"
	}
	if d.MedianText != "" {
		text += ", médiane " + d.MedianText
	}
	return text
}

// writeChanges writes one line per difference.
func writeChanges(w io.Writer, changes []change) error {
	rows := [][]string{{"edition", "edition_precedente", "nature", "indicateur", "niveau", "code", "territoire", "annee", "annee_precedente",
		"valeur_precedente", "valeur", "variation", "suivi", "constat"}}
	for _, c := range changes {
		for _, d := range c.differences {
			followed := "non"
			if d.Followed {
				followed = "oui"
			}
			rows = append(rows, []string{french.Year(c.year), french.Year(c.former), d.Kind.String(), string(d.Indicator.ID),
				d.Territory.ID.Level.String(), d.Territory.ID.Code, d.Territory.Name, french.Year(d.Year), french.Year(d.FormerYear),
				d.FormerText, d.CurrentText, d.ChangeText, followed, d.Message})
		}
	}
	return writeSheet(w, rows)
}
