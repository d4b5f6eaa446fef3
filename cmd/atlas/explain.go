package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

func newExplain() *cobra.Command {
	var (
		data             string
		year, cumulative yearFlag
	)
	cmd := &cobra.Command{
		Use:   "explain INDICATEUR TERRITOIRE",
		Short: "Dit d’où vient un chiffre, jusqu’aux lignes des classeurs",
		Long: "Dit d’où vient un chiffre\u00a0: définition, calcul, numérateur, dénominateur, et les lignes des classeurs qui comptent.\n" +
			"La page «\u00a0D’où vient ce chiffre\u202f?\u00a0» de l’indicateur dit la même chose.\n" +
			"TERRITOIRE est FR, region:75, departement:2A, ou un nom. Sans rien, la commande liste les indicateurs.",
		Example: "  atlas explain essms_finances Bretagne\n  atlas explain taux_engagement FR --edition 2023",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 { // the list helps to write the command
				listIndicators(cmd.ErrOrStderr())
			}
			return exactly("un indicateur (essms_finances, par exemple)", "un territoire (FR, region:53 ou un nom)")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return explain(cmd.Context(), args[0], args[1], data, year, cumulative, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().Var(&year, "edition", "édition (par défaut\u00a0: la dernière)")
	cmd.Flags().Var(&cumulative, "year", "année cumulée (par défaut\u00a0: celle de la date d’arrêt)")
	return cmd
}

func explain(ctx context.Context, id, place, data string, year, cumulative yearFlag, stdout, stderr io.Writer) error {
	ind := indicator.ByID(indicator.ID(id))
	if ind == nil {
		return usageError{fmt.Sprintf("«\u00a0%s\u00a0» n’est pas un indicateur%s", id, nearest(id))}
	}
	_, in, err := openData(data)
	if err != nil {
		return err
	}
	territory, ok := in.FindTerritory(place)
	if !ok {
		return usageError{fmt.Sprintf("«\u00a0%s\u00a0» n’est pas un territoire (FR, region:75, departement:2A, ou un nom)", place)}
	}
	if !ind.Has(territory.Level) {
		return usageError{fmt.Sprintf("l’indicateur %s n’existe pas au niveau %s", ind.ID, territory.Level)}
	}
	if year == 0 && len(in.Years()) > 0 {
		year = yearFlag(slices.Max(in.Years()))
	}
	var problems problem.List
	editions, err := readEditions(ctx, in, int(year), &problems, io.Discard)
	if err != nil {
		printProblems(stderr, problems.Sorted())
		return err
	}
	r := editions[0].results
	e, err := r.Explain(ind, territory, cmp.Or(int(cumulative), r.LastYear()))
	if err != nil {
		if cumulative != 0 && !slices.Contains(r.Years(), int(cumulative)) {
			return usageError{fmt.Sprintf("l’édition %d n’a pas de cumul pour l’année %d", r.Edition().Year, cumulative)}
		}
		return err
	}
	printExplanation(stdout, e, codeVersion())
	return nil
}

func nearest(id string) string {
	var ids []string
	for _, ind := range indicator.All {
		ids = append(ids, string(ind.ID))
	}
	if near := problem.Nearest(id, ids, french.Fold); near != "" {
		return fmt.Sprintf("\u202f; vouliez-vous dire «\u00a0%s\u00a0»\u202f?", near)
	}
	return ""
}

// printExplanation tells what the page of provenance of the indicator tells of the territory.
func printExplanation(w io.Writer, e indicator.Explanation, version string) {
	fmt.Fprintf(w, "%s, %s, %s\n", e.Indicator.Title, e.Row.Territory.Name, indicator.DateLabel(e.Edition, e.Year))
	fmt.Fprintf(w, "%s\n\n", e.Indicator.Reading(e.Row))
	facts := slices.Concat(indicator.About(e.Indicator, e.Edition), []indicator.Fact{{Name: "Code", Text: version}}, e.Facts())
	for _, f := range facts {
		fmt.Fprintf(w, "%-15s %s\n", f.Name, f.Text)
	}
	for _, s := range e.Sources() {
		fmt.Fprintf(w, "\n%s\u00a0: %s\n", s.Role.Label(), french.Count(float64(s.Count), "ligne", "lignes"))
		for _, line := range s.Lines(0) {
			fmt.Fprintf(w, "  %s\n", line)
		}
	}
}

// listIndicators prints what may be explained, by theme.
func listIndicators(w io.Writer) {
	for _, theme := range indicator.Themes {
		fmt.Fprintf(w, "\n%s\u00a0:\n", theme)
		for i := range indicator.All {
			if ind := &indicator.All[i]; ind.Theme == theme {
				fmt.Fprintf(w, "  %-46s %s\n", ind.ID, ind.Title)
			}
		}
	}
	fmt.Fprintln(w)
}
