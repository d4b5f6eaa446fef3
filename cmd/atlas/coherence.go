package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// printVerdicts prints what the published figures do not agree on, each with its most likely
// cause, the contradictions first, after a count of all.
func printVerdicts(w io.Writer, e edition) {
	counts := map[indicator.Agreement]int{}
	for _, v := range e.verdicts() {
		counts[v.Agreement]++
	}
	if len(e.verdicts()) == 0 {
		return
	}
	fmt.Fprintf(w, "Édition %d, chiffres publiés\u00a0: %s, %s, %s, %s.\n", e.results.Edition().Year,
		french.Count(float64(counts[indicator.Agrees]), "concordant", "concordants"),
		french.Count(float64(counts[indicator.Contradicts]), "contradictoire", "contradictoires"),
		french.Count(float64(counts[indicator.Explained]), "expliqué", "expliqués"),
		french.Count(float64(counts[indicator.NotComparable]), "non comparable", "non comparables"))
	for _, agreement := range []indicator.Agreement{indicator.Contradicts, indicator.Explained, indicator.NotComparable} {
		for _, v := range e.verdicts() {
			if v.Agreement != agreement {
				continue
			}
			fmt.Fprintf(w, "  %s  %s\n", v.Agreement, v.Message)
			if len(v.Causes) > 0 {
				fmt.Fprintf(w, "        → %s\n", v.Causes[0])
			}
		}
	}
}

// writeVerdicts writes one line per published figure, and per thing found about several.
func writeVerdicts(w io.Writer, editions []edition) error {
	rows := [][]string{{"edition", "objet", "indicateur", "territoire", "annee", "phase", "publie", "calcule", "ecart", "ecart_relatif",
		"verdict", "constat", "causes_probables", "source", "origine"}}
	for _, e := range editions {
		for _, v := range e.verdicts() {
			year := ""
			if v.Published.Year != 0 {
				year = french.Year(v.Published.Year)
			}
			rows = append(rows, []string{french.Year(e.results.Edition().Year), v.Subject.String(), v.Published.Indicator, v.Published.Territory.String(),
				year, string(v.Published.Phase), v.PublishedText, v.ComputedText, v.DifferenceText, v.RelativeText,
				v.Agreement.String(), v.Message, strings.Join(v.Causes, " | "), strings.Join(v.Sources, " | "), v.Published.Origin.String()})
		}
	}
	return writeSheet(w, rows)
}

// writeSheet writes a table for spreadsheets as problem.WriteCSV does: UTF-8 with a mark of order,
// semicolons, and an apostrophe before what a spreadsheet would take for a formula, « +5,0 % »
// included.
func writeSheet(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
	}
	return out.WriteAll(rows)
}
