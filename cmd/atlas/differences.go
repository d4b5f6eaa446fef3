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

// printChange prints the differences group by group, the most important first; of each
// group that many at most, all of them when most is 0.
func printChange(w io.Writer, c change, most int) {
	if len(c.differences) == 0 {
		fmt.Fprintf(w, "Édition %d\u00a0: aucune valeur ne surprend au regard de l’édition %d.\n", c.year, c.former)
		return
	}
	fmt.Fprintf(w, "Édition %d, comparée à l’édition %d\u00a0:\n", c.year, c.former)
	for _, g := range changeGroups {
		var messages []string
		for _, d := range c.differences {
			if d.Kind == g.kind && d.Followed == g.followed {
				messages = append(messages, d.Message)
			}
		}
		if messages == nil {
			continue
		}
		fmt.Fprintf(w, "  %s\n", french.Count(float64(len(messages)), g.singular, g.plural))
		shown := len(messages)
		if most > 0 {
			shown = min(shown, most)
		}
		for _, m := range messages[:shown] {
			fmt.Fprintf(w, "    %s\n", m)
		}
		if more := len(messages) - shown; more > 0 {
			fmt.Fprintf(w, "    … et %s (--all les affiche, --report les écrit)\n", french.Count(float64(more), "autre", "autres"))
		}
	}
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
