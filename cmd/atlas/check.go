package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

func newCheck() *cobra.Command {
	var data, content string
	var shown reporting
	revised, points := indicator.DefaultThresholds.Relative*100, indicator.DefaultThresholds.Points*100
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Contrôle les classeurs sans rien publier",
		Long: "Lit les classeurs de toutes les éditions et le fichier site.toml, affiche tous leurs problèmes, puis compare les chiffres calculés\n" +
			"aux chiffres déjà publiés (feuille Chiffres publiés) et chaque édition à la précédente.\n" +
			"Avec --report, écrit aussi des rapports\u00a0: controle.html, controle.csv, controle.xlsx, coherence.csv, differences.csv,\n" +
			"et dans retour une copie de chaque classeur dont les cellules en cause sont colorées et commentées.\n" +
			"Les classeurs lus ne sont jamais modifiés.",
		Example: "  atlas check\n  atlas check --data mes-donnees --report rapport",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			for name, value := range map[string]float64{"revised-percent": revised, "revised-points": points} {
				if !(value >= 0) || math.IsInf(value, 0) {
					return usageError{fmt.Sprintf("«\u00a0%v\u00a0» n’est pas une valeur de l’option --%s", value, name)}
				}
			}
			th := indicator.DefaultThresholds
			th.Relative, th.Points = revised/100, points/100
			return check(cmd.Context(), data, content, shown, th, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().StringVar(&content, "content", "", "`dossier` des textes du site (par défaut\u00a0: content)")
	cmd.Flags().StringVar(&shown.dir, "report", "", "`dossier` où écrire les rapports")
	cmd.Flags().BoolVar(&shown.all, "all", false, "affiche tous les problèmes, même sur un terminal")
	cmd.Flags().Float64Var(&revised, "revised-percent", revised, "signale un chiffre du passé révisé de plus de tant de `pour-cent`")
	cmd.Flags().Float64Var(&points, "revised-points", points, "signale une part du passé révisée de plus de tant de `points`")
	return cmd
}

func check(ctx context.Context, data, content string, shown reporting, th indicator.Thresholds, stdout, stderr io.Writer) error {
	h, in, err := openData(data)
	if err != nil {
		return err
	}
	data = h.within(data, "data")
	var problems problem.List
	editions, readError := readEditions(ctx, in, 0, &problems, io.Discard)
	if readError != nil && !errors.Is(readError, errInputs) {
		return readError
	}
	clean := readError == nil && problems.Count(problem.Warning) == 0
	problems.Add(settingsProblems(h, content, "", editions)...)
	sorted := problems.Sorted()
	if err := shown.print(stderr, sorted); err != nil {
		return err
	}
	for _, e := range editions {
		printVerdicts(stdout, e)
	}
	changes := changesOf(editions, th)
	for _, c := range changes {
		printChange(stdout, c, shown.most(stdout))
	}
	if shown.dir != "" {
		if err := shown.write(stdout, h, editionsOf(data, in), sorted, editions, changes); err != nil {
			return err
		}
	}
	if frozen := frozenFaults(in, editions); frozen != nil {
		return frozen
	}
	if clean {
		fmt.Fprintln(stdout, "Aucun problème dans les classeurs.")
	}
	if readError == nil && problems.HasErrors() {
		return errInputs
	}
	return readError
}
