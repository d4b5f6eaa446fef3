// Package bundle makes the scripts that some pages load beside the one of every page: each
// from an entry of assets/scripts and the front-end packages that it imports, in one file
// that needs nothing else.
package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// ErrNone is returned when there is no entry: the directory is not that of the assets.
var ErrNone = errors.New("aucun script dans assets/scripts")

// Make returns a classic script for each *.js directly in scripts/ of the directory of the
// assets, by the name of its entry: « explorer ». Scripts are minified, hold only what they
// use, and run in browsers of 2020 and after. The same sources and packages always give the
// same bytes. The error, in French, names every file and line at fault, or the package
// that is missing.
func Make(assetsDir string) (map[string][]byte, error) {
	root, err := filepath.Abs(assetsDir)
	if err != nil {
		return nil, err
	}
	entries, err := fs.Glob(os.DirFS(root), "scripts/*.js")
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, ErrNone
	}
	built := api.Build(api.BuildOptions{
		AbsWorkingDir: root, EntryPoints: entries, Outdir: filepath.Join(root, "made"),
		Bundle: true, TreeShaking: api.TreeShakingTrue,
		Format: api.FormatIIFE, Target: api.ES2020, Platform: api.PlatformBrowser, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsEndOfFile, LogLevel: api.LogLevelSilent,
		Define: map[string]string{"process.env.NODE_ENV": `"production"`},
	})
	if len(built.Errors) > 0 {
		return nil, failure(built.Errors)
	}
	scripts := map[string][]byte{}
	for _, f := range built.OutputFiles {
		scripts[strings.TrimSuffix(path.Base(filepath.ToSlash(f.Path)), ".js")] = f.Contents
	}
	return scripts, nil
}

// failure tells what stopped the bundling, a line for each fault.
func failure(faults []api.Message) error {
	var all []error
	for _, m := range faults {
		where := "assets/scripts"
		if m.Location != nil {
			where = fmt.Sprintf("assets/%s ligne %d", m.Location.File, m.Location.Line)
		}
		if strings.HasPrefix(m.Text, "Could not resolve") {
			m.Text += " (le paquet manque sans doute\u00a0: lancez «\u00a0make site », qui l’installe)"
		}
		all = append(all, fmt.Errorf("%s\u00a0: %s", where, m.Text))
	}
	return fmt.Errorf("fabrication des scripts\u00a0: %w", errors.Join(all...))
}
