package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/preview"
)

// settle is how long the inputs must be left alone before the site is built again: a
// spreadsheet is saved in several steps.
const settle = 300 * time.Millisecond

func newServe() *cobra.Command {
	var o buildOptions
	var addr string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Construit le site, le montre, et le reconstruit à chaque changement",
		Long: "Construit le site dans un dossier de travail et le montre dans le navigateur\u202f; chaque changement des classeurs,\n" +
			"des textes, des gabarits ou des styles le reconstruit et recharge la page. Le site publié n’est pas touché.\n" +
			"Ni images PNG, ni archives, ni fichiers compressés n’y sont faits\u00a0: atlas build les fait.",
		Example: "  atlas serve\n  atlas serve --addr 127.0.0.1:9000 --data mes-donnees",
		Args:    exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			addr = cmp.Or(addr, "127.0.0.1:8000")
			if _, port, err := net.SplitHostPort(addr); err != nil || !validPort(port) {
				return usageError{fmt.Sprintf("«\u00a0%s\u00a0» n’est pas une adresse d’écoute\u00a0: écrire par exemple 127.0.0.1:8000", addr)}
			}
			return serve(cmd.Context(), o, addr, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "", "`adresse` d’écoute (par défaut\u00a0: 127.0.0.1:8000)")
	cmd.Flags().StringVar(&o.data, "data", "", "`dossier` des données (par défaut\u00a0: data)")
	cmd.Flags().StringVar(&o.content, "content", "", "`dossier` des textes du site (par défaut\u00a0: content)")
	cmd.Flags().Var(&o.year, "edition", "ne construit que l’édition de cette année")
	return cmd
}

// validPort reports whether a text is the number of a port; 0 is one that the system chooses.
func validPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

func serve(ctx context.Context, o buildOptions, addr string, stdout, stderr io.Writer) error {
	h, err := findHome()
	if err != nil {
		return err
	}
	o.out = h.path(".cache", "serve", "site")
	o.uncompressed, o.skipArchives, o.skipImages = true, true, true
	listener, err := net.Listen("tcp", addr)
	var unknown *net.DNSError
	if errors.As(err, &unknown) {
		return fmt.Errorf("l’adresse %s n’est pas celle de cette machine", addr)
	}
	if err != nil {
		return fmt.Errorf("l’adresse %s ne peut être ouverte\u00a0: %w", addr, err)
	}
	defer listener.Close()
	watcher, err := watch(h.path("assets", "css"), h.path("assets", "js"), h.path("assets", "scripts"), h.path("templates"), h.path("data"), h.within(o.data, "data"), h.within(o.content, "content"))
	if err != nil {
		return err
	}
	defer watcher.Close()

	site := preview.New(o.out)
	rebuild := func() {
		if err := build(ctx, o, stdout, stderr); err != nil && !errors.Is(err, errInputs) && ctx.Err() == nil {
			fmt.Fprintf(stderr, "atlas\u00a0: %s\n", inFrench(french.Typeset(err.Error())))
		}
		site.Reload()
	}
	rebuild()
	server := &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	go server.Serve(listener) // ends when the server is closed
	defer server.Close()
	fmt.Fprintf(stdout, "http://%s/  (Ctrl-C pour arrêter)\n", listener.Addr())
	return eachChange(ctx, watcher, rebuild)
}

// watch watches directories and all that is in them.
func watch(dirs ...string) (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("les changements ne peuvent être suivis\u00a0: %w", err)
	}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "node_modules":
				return fs.SkipDir
			case d.IsDir():
				return w.Add(path)
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(fmt.Errorf("%s ne peut être suivi\u00a0: %w", dir, err), w.Close())
		}
	}
	return w, nil
}

// eachChange calls do once the inputs have changed and been left alone, until ctx ends.
func eachChange(ctx context.Context, w *fsnotify.Watcher, do func()) error {
	quiet := time.NewTimer(settle)
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.Errors:
			return fmt.Errorf("les changements ne peuvent être suivis\u00a0: %w", err)
		case event := <-w.Events:
			if event.Has(fsnotify.Create) && isDir(event.Name) {
				_ = w.Add(event.Name) // a new edition; gone already, there is nothing to follow
			}
			if !strings.HasPrefix(filepath.Base(event.Name), "~$") && !event.Has(fsnotify.Chmod) {
				quiet.Reset(settle)
			}
		case <-quiet.C:
			do()
		}
	}
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
