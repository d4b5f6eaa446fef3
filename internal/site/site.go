// Package site composes the pages of the atlas: which pages exist (routes.go), what each
// one shows (one file of models per kind of page), the prose written in Markdown, and the
// assets they need. It writes nothing itself: every file is handed to a function.
//
// Pages are first listed, all of them, then rendered. A link is made only through a
// linker, which knows the list: a link to a page that does not exist is an error of the
// composition, never a dead link.
package site

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"sync"

	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/freeze"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/plate"
	"esms.example/atlas/internal/render"
)

// Input is what a site is composed from.
type Input struct {
	// Editions are the results of each edition, in any order; one at least.
	Editions []*indicator.Results
	// Frozen are the archives of the editions that are published as they were, by year.
	Frozen map[int]*freeze.Archive
	// Content holds site.toml and the prose pages *.md; Templates the *.html; Assets the
	// directories css, js and img.
	Content, Templates, Assets fs.FS
	// Fonts are the web fonts, by the file name that the style sheet gives them. Nil: the reader's own fonts.
	Fonts map[string][]byte
	// Scripts are those that some pages load beside the one of every page, by name: see package
	// bundle. Nil: pages have none, and do what they can without.
	Scripts map[string][]byte
	// Maps draws the maps. Nil: pages have none.
	Maps *carto.Atlas
	// Charts draws a chart; it is called by two goroutines at once. Nil: pages have none.
	Charts func(context.Context, render.Job) (template.HTML, error)
	// Plates lays out the images of the figures that stand alone. Nil: figures offer nothing to take away.
	Plates *plate.Fonts
	// Images paints an image; it is called by two goroutines at once. Nil: figures have no PNG, and pages
	// no card for social networks.
	Images func(context.Context, render.Image) ([]byte, error)
	// SearchIndex makes the index of the search from its documents. Nil: the page of the search only leads
	// to the lists.
	SearchIndex func(ctx context.Context, documents json.RawMessage) ([]byte, error)
	// Sheets are the printed sheets, and their archives. None: the pages offer none.
	Sheets []Document
	// Offline adds to each edition an archive of its site that opens from a disk.
	Offline bool
	// Published gives a file of the site that is published, nil when there is none: its archives lend the files
	// that did not change. Nil: everything is compressed.
	Published func(path string) []byte
	// Version says, in French, which code makes the site: « révision 0123456789ab du 1er mai 2024 ».
	Version string
	// BaseURL is where the site will stand, « https://atlas.exemple.fr/ »; when empty, the
	// one of site.toml. The absolute links of 404.html, sitemap.xml and robots.txt start with it.
	BaseURL string
}

// workers is how many pages are rendered at once.
const workers = 2

// Compose hands every file of the site to write, with its slash-separated path relative to
// the root of the site: « 2023/regions/bretagne/index.html ». The same input gives the same
// files, byte for byte, in an order that varies; write is called by two goroutines at once.
// Composition stops at the first error, which names the page.
func Compose(ctx context.Context, in Input, write func(path string, data []byte) error) error {
	c, err := newComposer(in)
	if err != nil {
		return err
	}
	archives := newOffline(c)
	if in.Offline {
		publish := write
		write = func(path string, data []byte) error { return cmp.Or(archives.add(path, data), publish(path, data)) }
	}
	if err := c.writeAll(ctx, write); err != nil || !in.Offline {
		return err
	}
	return archives.finish(write)
}

// writeAll hands over the files of the site, but for the archives made of them.
func (c *composer) writeAll(ctx context.Context, write func(path string, data []byte) error) error {
	if err := c.proseFaults(); err != nil {
		return err
	}
	for _, f := range c.files {
		if err := write(f.path, f.data); err != nil {
			return err
		}
	}
	if err := c.writeFrozen(write); err != nil {
		return err
	}
	return c.eachPage(ctx, func(ctx context.Context, p *page) error {
		if c.frozen(p) {
			return nil
		}
		files, err := c.render(ctx, p)
		if err != nil {
			return fmt.Errorf("page /%s : %w", p.path, err)
		}
		for _, f := range files {
			if err := write(f.path, f.data); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachPage calls do for every page, from several goroutines, and returns the error of the
// first page, in their order, that failed.
func (c *composer) eachPage(ctx context.Context, do func(context.Context, *page) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failures := make([]error, len(c.pages))
	queue := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range queue {
				if failures[i] = do(ctx, c.pages[i]); failures[i] != nil {
					cancel()
				}
			}
		})
	}
	for i := range c.pages {
		if ctx.Err() != nil {
			break
		}
		queue <- i
	}
	close(queue)
	group.Wait()
	for _, err := range failures {
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
	return ctx.Err()
}
