package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

func newCheck() *cobra.Command {
	var data string
	var shown reporting
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Contrôle les classeurs sans rien publier",
		Long: "Lit les classeurs de toutes les éditions et affiche tous leurs problèmes, puis compare les chiffres calculés\n" +
			"aux chiffres déjà publiés (feuille Chiffres publiés). Avec --report, écrit aussi des rapports\u00a0: controle.html, controle.csv, controle.xlsx, coherence.csv,\n" +
			"et dans retour une copie de chaque classeur dont les cellules en cause sont colorées et commentées.\n" +
			"Les classeurs lus ne sont jamais modifiés.",
		Example: "  atlas check\n  atlas check --data mes-donnees --report rapport",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return check(data, shown, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().StringVar(&shown.dir, "report", "", "`dossier` où écrire les rapports")
	cmd.Flags().BoolVar(&shown.all, "all", false, "affiche tous les problèmes, même sur un terminal")
	return cmd
}

func check(data string, shown reporting, stdout, stderr io.Writer) error {
	h, err := findHome()
	if err != nil {
		return err
	}
	data = h.within(data, "data")
	in, err := dataset.Open(data, h.path("data"))
	if err != nil {
		return err
	}
	var problems problem.List
	editions, readError := readEditions(in, 0, &problems, io.Discard)
	if readError != nil && !errors.Is(readError, errInputs) {
		return readError
	}
	sorted := problems.Sorted()
	if err := shown.print(stderr, sorted); err != nil {
		return err
	}
	for _, e := range editions {
		printVerdicts(stdout, e)
	}
	if shown.dir != "" {
		if err := shown.write(stdout, h, editionsOf(data, in), sorted, editions); err != nil {
			return err
		}
	}
	if readError == nil && problems.Count(problem.Warning) == 0 {
		fmt.Fprintln(stdout, "Aucun problème dans les classeurs.")
	}
	return readError
}

// printVerdicts prints the published figures that the computed ones contradict, and a count of the others.
func printVerdicts(w io.Writer, e edition) {
	counts := map[indicator.Agreement]int{}
	for _, v := range e.verdicts {
		counts[v.Agreement]++
	}
	if len(e.verdicts) == 0 {
		return
	}
	fmt.Fprintf(w, "Édition %d, chiffres publiés\u00a0: %s, %s, %s.\n", e.results.Edition().Year,
		french.Count(float64(counts[indicator.Agrees]), "concordant", "concordants"),
		french.Count(float64(counts[indicator.Contradicts]), "contradictoire", "contradictoires"),
		french.Count(float64(counts[indicator.NotComparable]), "non comparable", "non comparables"))
	for _, v := range e.verdicts {
		if v.Agreement != indicator.Agrees {
			fmt.Fprintf(w, "  %s  %s\n", v.Agreement, v.Message)
		}
	}
}

// writeVerdicts writes one line per published figure.
func writeVerdicts(w io.Writer, editions []edition) error {
	out := csv.NewWriter(w)
	out.Write([]string{"edition", "indicateur", "territoire", "publie", "calcule", "verdict", "constat", "source", "origine"})
	for _, e := range editions {
		for _, v := range e.verdicts {
			out.Write([]string{fmt.Sprint(e.results.Edition().Year), v.Published.Indicator, v.Published.Territory.String(), v.PublishedText,
				v.ComputedText, v.Agreement.String(), v.Message, v.Published.Source, v.Published.Origin.String()})
		}
	}
	out.Flush()
	return out.Error()
}
