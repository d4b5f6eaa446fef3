package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func newTemplate() *cobra.Command {
	var data string
	var force bool
	cmd := &cobra.Command{
		Use:   "template FICHIER.xlsx",
		Short: "Écrit un classeur vierge à remplir",
		Long: "Écrit un classeur vierge à remplir\u00a0: les feuilles et les colonnes de l’atlas, ce que chacune attend, les listes\n" +
			"de valeurs admises et un mode d’emploi. Ce qu’il contient est lu tel quel par atlas check et atlas build.\n" +
			"Un fichier qui existe déjà n’est remplacé qu’avec --force.",
		Example: "  atlas template classeur-a-remplir.xlsx",
		Args:    exactly("le fichier à écrire"),
		RunE: func(cmd *cobra.Command, args []string) error {
			existing := os.O_EXCL
			if force {
				existing = os.O_TRUNC
			}
			if err := writeTemplate(args[0], data, existing); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s\u00a0: classeur vierge écrit\n", args[0])
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données, d’où viennent les listes (par défaut\u00a0: data)")
	cmd.Flags().BoolVar(&force, "force", false, "remplace le fichier s’il existe déjà")
	return cmd
}

// writeTemplate writes the blank workbook; the file is made only once the workbook is. What becomes of an existing
// file is said as os.OpenFile does: O_EXCL or O_TRUNC, which replaces it at once, or not at all.
func writeTemplate(path, data string, existing int) error {
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return usageError{fmt.Sprintf("«\u00a0%s\u00a0» n’est pas le nom d’un classeur\u00a0: il doit finir par .xlsx", path)}
	}
	_, in, err := openData(data)
	if err != nil {
		return err
	}
	book, err := in.Template()
	if err != nil {
		return err
	}
	if existing == os.O_TRUNC {
		return writeWhole(path, func(w io.Writer) error {
			_, err := w.Write(book)
			return err
		})
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|existing, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s existe déjà\u00a0: choisissez un autre nom, ou ajoutez --force pour le remplacer", path)
	}
	if err != nil {
		return fmt.Errorf("le classeur ne peut être écrit\u00a0: %w", err)
	}
	_, err = f.Write(book)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("écriture de %s\u00a0: %w", path, err), os.Remove(path))
	}
	return nil
}
