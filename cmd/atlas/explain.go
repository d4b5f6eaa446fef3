package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

func newExplain() *cobra.Command {
	var (
		data string
		year yearFlag
	)
	cmd := &cobra.Command{
		Use:   "explain INDICATEUR TERRITOIRE",
		Short: "Dit d’où vient un chiffre, jusqu’aux lignes des classeurs",
		Long: "Dit d’où vient un chiffre\u00a0: définition, calcul, numérateur, dénominateur, et les lignes des classeurs qui comptent.\n" +
			"TERRITOIRE est FR, region:75, departement:2A, ou un nom.",
		Example: "  atlas explain essms_finances Bretagne\n  atlas explain taux_engagement FR --edition 2023",
		Args:    exactly("un indicateur (essms_finances, par exemple)", "un territoire (FR, region:53 ou un nom)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return explain(cmd.Context(), args[0], args[1], data, year, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().Var(&year, "edition", "édition (par défaut\u00a0: la dernière)")
	return cmd
}

func explain(ctx context.Context, id, place, data string, year yearFlag, stdout, stderr io.Writer) error {
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
	e, err := r.Explain(ind, territory, r.LastYear())
	if err != nil {
		return err
	}
	printExplanation(stdout, e)
	return nil
}

var stateNames = map[atlas.EditionState]string{
	atlas.Demonstration: "données de démonstration", atlas.Provisional: "provisoire", atlas.Final: "définitive",
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

func printExplanation(w io.Writer, e indicator.Explanation) {
	v := e.Row.Value
	fmt.Fprintf(w, "%s, %s, %s\n", e.Indicator.Title, e.Row.Territory.Name, indicator.DateLabel(e.Edition, e.Year))
	fmt.Fprintf(w, "%s\n\n", e.Indicator.Reading(e.Row))
	field := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "%-15s %s\n", name, text)
		}
	}
	field("Définition", e.Indicator.Definition)
	field("Calcul", e.Indicator.Method)
	field("Édition", fmt.Sprintf("%d (%s)", e.Edition.Year, stateNames[e.Edition.State]))
	field("Valeur affichée", e.Row.Phrase)
	if step := e.Edition.Rounding[string(e.Indicator.ID)].StepFor(v.Number); v.Shown() && step > 0 {
		field("Arrondi", "au multiple de "+french.Raw(step)+" le plus proche (edition.toml)")
	}
	if v.Shown() {
		field("Valeur brute", raw(atlas.Known(v.Number))+" "+string(e.Indicator.Unit))
	}
	if e.Indicator.Ratio() {
		field("Numérateur", raw(v.Numerator))
		field("Dénominateur", raw(v.Denominator))
	}
	if v.Unknown > 0 {
		field("Sans réponse", french.Count(float64(v.Unknown), "unité laissée de côté", "unités laissées de côté"))
	}
	printRows(w, "Lignes comptées", e.Trace.Counted)
	if e.Indicator.Ratio() {
		printRows(w, "Lignes du dénominateur", e.Trace.Base)
	}
	printRows(w, "Lignes sans réponse", e.Trace.Unknown)
}

func raw(q atlas.Quantity) string {
	if !q.Known {
		return "inconnu"
	}
	return french.Raw(q.Amount)
}

func printRows(w io.Writer, title string, origins []atlas.Origin) {
	if len(origins) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\u00a0:\n", title)
	for _, line := range indicator.Rows(origins) {
		fmt.Fprintf(w, "  %s\n", line)
	}
}
