package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

func newCheck() *cobra.Command {
	var data, report string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Contrôle les classeurs sans rien publier",
		Long: "Lit les classeurs de toutes les éditions et affiche tous leurs problèmes, puis compare les chiffres calculés\n" +
			"aux chiffres déjà publiés (feuille Chiffres publiés). Avec --report, écrit aussi controle.csv et coherence.csv.",
		Example: "  atlas check\n  atlas check --data mes-donnees --report rapport",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return check(data, report, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().StringVar(&report, "report", "", "`dossier` où écrire les rapports")
	return cmd
}

func check(data, report string, stdout, stderr io.Writer) error {
	h, err := findHome()
	if err != nil {
		return err
	}
	in, err := dataset.Open(h.within(data, "data"), h.path("data"))
	if err != nil {
		return err
	}
	var problems problem.List
	editions, readError := readEditions(in, 0, &problems, stderr)
	if readError != nil && !errors.Is(readError, errInputs) {
		return readError
	}
	for _, e := range editions {
		printVerdicts(stdout, e)
	}
	if report != "" {
		if err := writeReports(report, problems.Sorted(), editions); err != nil {
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

func writeReports(dir string, problems []problem.Problem, editions []edition) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("le dossier des rapports ne peut être créé\u00a0: %w", err)
	}
	err := writeFile(filepath.Join(dir, "controle.csv"), func(w io.Writer) error { return problem.WriteCSV(w, problems) })
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "coherence.csv"), func(w io.Writer) error { return writeVerdicts(w, editions) })
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

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("le rapport ne peut être écrit\u00a0: %w", err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("écriture de %s\u00a0: %w", path, err)
	}
	return nil
}
