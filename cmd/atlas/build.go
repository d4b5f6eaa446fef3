package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"esms.example/atlas/internal/bundle"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/plate"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/publish"
	"esms.example/atlas/internal/render"
	"esms.example/atlas/internal/site"
)

// buildOptions is what a site is built from; empty directories are the project's.
type buildOptions struct {
	data, content, out, baseURL string
	year                        yearFlag
	skipFactsheets, skipImages  bool
	skipArchives                bool
	uncompressed                bool // no .gz nor .br beside the text files
}

func newBuild() *cobra.Command {
	var o buildOptions
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Lit les classeurs et écrit le site",
		Long: "Lit les classeurs de toutes les éditions, les contrôle, calcule les indicateurs et écrit le site.\n" +
			"Si les classeurs ont des erreurs, elles sont toutes affichées et le site publié reste tel qu’il était.",
		Example: "  atlas build\n  atlas build --data mes-donnees --out public --base-url https://atlas.exemple.fr/",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.out = cmp.Or(o.out, "public")
			if !publicAddress(o.baseURL) {
				return usageError{fmt.Sprintf("«\u00a0%s\u00a0» n’est pas l’adresse d’un site\u00a0: écrire par exemple https://atlas.exemple.fr/", o.baseURL)}
			}
			return build(cmd.Context(), o, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&o.data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().StringVar(&o.content, "content", "", "`dossier` des textes du site (par défaut\u00a0: content)")
	cmd.Flags().StringVar(&o.out, "out", "", "`dossier` où le site est écrit (par défaut\u00a0: public)")
	cmd.Flags().StringVar(&o.baseURL, "base-url", "", "`adresse` publique du site, pour le plan du site et la page 404")
	cmd.Flags().Var(&o.year, "edition", "ne construit que l’édition de cette année")
	cmd.Flags().BoolVar(&o.skipFactsheets, "skip-factsheets", false, "construit le site sans les fiches à imprimer")
	cmd.Flags().BoolVar(&o.skipArchives, "skip-archives", false, "construit le site sans les archives à lire hors ligne")
	cmd.Flags().BoolVar(&o.skipImages, "skip-images", false, "construit le site sans les images PNG des figures et des réseaux sociaux")
	return cmd
}

// publicAddress reports whether a text is an absolute address where a site may stand, or empty.
func publicAddress(text string) bool {
	u, err := url.Parse(text)
	return text == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && u.Fragment == "" && !u.ForceQuery && u.User == nil
}

func build(ctx context.Context, o buildOptions, stdout, stderr io.Writer) error {
	h, in, err := openData(o.data)
	if err != nil {
		return err
	}
	if err := besideSources(h, o); err != nil {
		return err
	}
	var problems problem.List
	editions, err := readEditions(ctx, in, int(o.year), &problems, io.Discard)
	if err != nil && !errors.Is(err, errInputs) {
		return err
	}
	problems.Add(settingsProblems(h, o.content, o.baseURL, editions)...)
	if err := printProblems(stderr, problems.Sorted()); err != nil {
		return err
	}
	if problems.HasErrors() {
		return errInputs
	}
	input, done, err := siteInput(ctx, h, o, in, editions)
	if err != nil {
		return err
	}
	defer done()
	stage, err := publish.Open(o.out)
	if err != nil {
		return err
	}
	defer stage.Abort()
	if !o.uncompressed {
		stage.Precompress()
	}
	input.Published = stage.Published
	if err := site.Compose(ctx, input, stage.Write); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	files, reused := stage.Files(), stage.Reused()
	if err := stage.Commit(); err != nil {
		return err
	}
	if o.skipImages {
		fmt.Fprintln(stderr, "Les images PNG n’ont pas été faites (--skip-images)\u00a0: les figures se reprennent en SVG, et les pages n’ont pas d’image pour les réseaux sociaux.")
	}
	if o.skipArchives {
		fmt.Fprintln(stderr, "Les archives à lire hors ligne n’ont pas été faites (--skip-archives)\u00a0: les pages n’en proposent aucune.")
	}
	if address, err := site.PublicAddress(input); err == nil && address == "" {
		fmt.Fprintln(stderr, "Le catalogue DCAT (catalogue.jsonld) n’a pas été écrit\u00a0: il lui faut l’adresse publique du site (--base-url, ou url dans site.toml).")
	}
	if o.skipFactsheets {
		fmt.Fprintln(stderr, "Les fiches à imprimer n’ont pas été faites (--skip-factsheets)\u00a0: les pages n’en proposent aucune.")
	}
	fmt.Fprintf(stdout, "%s\u00a0: %s, %s, %s\n", o.out, french.Count(float64(len(editions)), "édition", "éditions"),
		french.Count(float64(files-reused), "fichier écrit", "fichiers écrits"), french.Count(float64(reused), "repris", "repris"))
	return nil
}

// besideSources fails when the site would stand among what it is made from: in the place of an edition, it would be
// read as one.
func besideSources(h home, o buildOptions) error {
	data := h.within(o.data, "data")
	for _, dir := range []string{filepath.Join(data, "editions"), filepath.Join(data, "territoires"), filepath.Join(data, "references"),
		h.within(o.content, "content"), h.path("templates"), h.path("assets")} {
		if within(o.out, dir) {
			return fmt.Errorf("le site ne peut être écrit dans %s, parmi ce dont il est fait\u00a0: choisissez un autre dossier avec --out", dir)
		}
	}
	return nil
}

// siteInput opens all that the site is composed from besides the editions, and sets the printed
// sheets. done stops the renderer.
func siteInput(ctx context.Context, h home, o buildOptions, in *dataset.Input, editions []edition) (input site.Input, done func() error, err error) {
	maps, err := carto.Load(os.DirFS(in.TerritoriesDir()))
	if err != nil {
		return input, nil, err
	}
	frozen, thaw, err := openFrozen(in, editions)
	if err != nil {
		return input, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, thaw())
		}
	}()
	renderer, err := render.New(render.Options{AssetsDir: h.path("assets"), CacheDir: h.path(".cache", "render")})
	if err != nil {
		return input, nil, err
	}
	fonts, err := renderer.WebFonts(ctx)
	if err != nil {
		return input, nil, errors.Join(err, renderer.Close())
	}
	scripts, err := bundle.Make(h.path("assets"))
	if err != nil && !errors.Is(err, bundle.ErrNone) {
		return input, nil, errors.Join(err, renderer.Close())
	}
	results := make([]*indicator.Results, len(editions))
	var composed []*indicator.Results // those whose sheets are to be made
	for i, e := range editions {
		results[i] = e.results
		if about := e.results.Edition(); frozen[about.Year] == nil && !about.PublishedOnly {
			composed = append(composed, e.results)
		}
	}
	content := os.DirFS(h.within(o.content, "content"))
	var sheets []site.Document
	if !o.skipFactsheets {
		if sheets, err = factsheets(ctx, h, composed, maps, content, o.baseURL, renderer); err != nil {
			return input, nil, errors.Join(err, renderer.Close())
		}
	}
	assets := os.DirFS(h.path("assets"))
	plates, err := plate.LoadFonts(assets)
	if err != nil {
		return input, nil, errors.Join(err, renderer.Close())
	}
	images := renderer.PNG
	if o.skipImages {
		images = nil
	}
	done = func() error { return errors.Join(renderer.Close(), thaw()) }
	return site.Input{
		Editions: results, Frozen: frozen, Sheets: sheets,
		Content: content, Templates: os.DirFS(h.path("templates")), Assets: assets,
		Fonts: fonts, Scripts: scripts, Maps: maps, Charts: renderer.SVG, SearchIndex: renderer.SearchIndex, Offline: !o.skipArchives, Plates: plates, Images: images, BaseURL: o.baseURL, Version: codeVersion(),
	}, done, nil
}
