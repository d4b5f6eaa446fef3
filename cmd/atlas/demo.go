package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/demo"
)

func newDemo() *cobra.Command {
	return &cobra.Command{
		Use:   "demo DOSSIER",
		Short: "Écrit les éditions de démonstration",
		Long: "Écrit dans DOSSIER des éditions de démonstration\u00a0: des classeurs inventés, calés sur les chiffres publiés.\n" +
			"Les mêmes classeurs, octet pour octet, sont écrits à chaque fois.",
		Example: "  atlas demo data/editions",
		Args:    exactly("le dossier où écrire les éditions"),
		RunE: func(cmd *cobra.Command, args []string) error {
			h, err := findHome()
			if err != nil {
				return err
			}
			gazetteer, err := dataset.ReadGazetteer(os.DirFS(h.path("data", "territoires")))
			if err != nil {
				return err
			}
			if err := demo.Write(args[0], os.DirFS(h.path("data", "references")), gazetteer); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s\u00a0: éditions de démonstration écrites\n", args[0])
			return nil
		},
	}
}
