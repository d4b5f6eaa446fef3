package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/freeze"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/publish"
)

func newFreeze() *cobra.Command {
	var data, out string
	cmd := &cobra.Command{
		Use:   "freeze ANNÉE",
		Short: "Fige une édition telle qu’elle est publiée",
		Long: "Garde l’édition telle qu’elle est publiée dans le fichier " + freeze.FileName + " de son dossier\u00a0: les constructions suivantes la\n" +
			"publient octet pour octet, et refusent de continuer si ses classeurs ou cette archive ont changé.\n" +
			"Pour la dégeler, il suffit de supprimer ce fichier.",
		Example: "  atlas freeze 2023\n  atlas freeze 2023 --data mes-donnees --out public",
		Args:    exactly("l’année de l’édition à figer"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var year yearFlag
			if err := year.Set(args[0]); err != nil {
				return usageError{err.Error()}
			}
			return freezeEdition(cmd.Context(), data, cmp.Or(out, "public"), int(year), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().StringVar(&out, "out", "", "`dossier` du site publié (par défaut\u00a0: public)")
	return cmd
}

// freezeEdition writes the archive of an edition beside its workbooks, from the published site.
func freezeEdition(ctx context.Context, data, out string, year int, stdout, stderr io.Writer) error {
	_, in, err := openData(data)
	if err != nil {
		return err
	}
	if !slices.Contains(in.Years(), year) {
		return fmt.Errorf("il n’y a pas d’édition %d dans les données", year)
	}
	name := in.InEdition(year, freeze.FileName)
	if _, err := os.Stat(name); err == nil {
		return fmt.Errorf("l’édition %d est déjà figée. %s", year, freeze.Unfreezing(year))
	}
	manifest, err := publish.ReadManifest(out)
	if err != nil {
		return fmt.Errorf("%s ne contient pas de site de l’atlas\u00a0: construisez-le, puis figez l’édition", out)
	}
	if err := comesFrom(ctx, in, year, os.DirFS(out), stderr); err != nil {
		return err
	}
	if err := writeWhole(name, func(w io.Writer) error { return freeze.Pack(w, os.DirFS(out), manifest, year) }); err != nil {
		return err
	}
	archive, err := freeze.Open(name, year)
	if err != nil {
		return err
	}
	if lacks := lacking(archive.Paths()); lacks != "" {
		fmt.Fprintf(stderr, "L’édition %d est figée sans %s\u00a0: le site publié n’en avait pas. Pour les y mettre, supprimez %s, reconstruisez le site en entier, puis figez de nouveau.\n", year, lacks, name)
	}
	fmt.Fprintf(stdout, "%s\u00a0: édition %d figée, %s\n", name, year, french.Count(float64(len(archive.Paths())), "fichier", "fichiers"))
	return archive.Close()
}

// lacking names what a whole build makes and the files of an edition do not have, empty when they have all.
func lacking(files []string) string {
	var out []string
	for _, kind := range []struct{ ext, name string }{{".pdf", "les fiches à imprimer"}, {".png", "les images"}, {".zip", "l’archive à lire hors ligne"}} {
		if !slices.ContainsFunc(files, func(f string) bool { return path.Ext(f) == kind.ext }) {
			out = append(out, kind.name)
		}
	}
	return french.Join(out)
}

// comesFrom fails unless the site was built from the workbooks of the edition as they are.
func comesFrom(ctx context.Context, in *dataset.Input, year int, site fs.FS, stderr io.Writer) error {
	var problems problem.List
	ds, err := in.ReadContext(ctx, year, &problems)
	if err != nil {
		return err
	}
	if ds == nil {
		if err := printProblems(stderr, problems.Sorted()); err != nil {
			return err
		}
		return errInputs
	}
	built, err := fs.ReadFile(site, strconv.Itoa(year)+"/donnees/sources.sha256")
	if err != nil || string(built) != string(ds.SourceList()) {
		return fmt.Errorf("le site publié ne vient pas des classeurs de l’édition %d tels qu’ils sont\u00a0: reconstruisez-le, vérifiez-le, puis figez l’édition", year)
	}
	return nil
}

// writeWhole writes a file beside its place, then puts it there: it is never half-written.
func writeWhole(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".atlas-*")
	if err != nil {
		return fmt.Errorf("le dossier %s ne peut être écrit\u00a0: %w", filepath.Dir(name), err)
	}
	err = errors.Join(write(f), f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// openFrozen opens the archives of the editions that have one. It fails when editions have changed
// since they were frozen, and names them all: nothing is published that would differ from what was.
func openFrozen(in *dataset.Input, editions []edition) (frozen map[int]*freeze.Archive, done func() error, err error) {
	frozen = map[int]*freeze.Archive{}
	done = func() error {
		var err error
		for _, a := range frozen {
			err = errors.Join(err, a.Close())
		}
		return err
	}
	for _, e := range editions {
		year := e.results.Edition().Year
		archive, fault := freeze.Open(in.InEdition(year, freeze.FileName), year)
		if errors.Is(fault, fs.ErrNotExist) {
			continue
		}
		if fault != nil {
			err = errors.Join(err, fault)
			continue
		}
		frozen[year] = archive
		kept, fault := archive.Read(strconv.Itoa(year) + "/donnees/sources.sha256")
		if fault != nil || string(kept) != string(e.results.Dataset().SourceList()) {
			err = errors.Join(err, fmt.Errorf("l’édition %d est figée et ses classeurs ont changé depuis\u00a0: ce qui a été publié ne change plus. Remettez les classeurs d’origine. %s",
				year, freeze.Unfreezing(year)))
		}
	}
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return frozen, done, nil
}

// frozenFaults says what has changed in the editions since they were frozen: a build would refuse them.
func frozenFaults(in *dataset.Input, editions []edition) error {
	_, done, err := openFrozen(in, editions)
	if err != nil {
		return err
	}
	return done()
}
