// Package render is the one door to the renderer process: a Node worker, spoken to in JSON
// lines, that draws ECharts options as SVG, sets printed sheets as PDF, with Typst, and makes
// web fonts, at build time. What it makes is cached by content. Drawings are
// cleaned so that they run under the site's policy: no style element, no style attribute,
// no identifier that another drawing could bear.
package render

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// Options says where the renderer finds what it needs.
type Options struct {
	Node      string        // the Node program; empty: « node », looked up in the PATH
	AssetsDir string        // the directory of render/worker.mjs and node_modules/
	CacheDir  string        // kept between builds; empty: no cache
	Timeout   time.Duration // of one job; 0: 30 seconds
}

// Renderer draws jobs. Its methods may be called concurrently; the worker takes one job at a time.
type Renderer struct {
	worker   *worker
	painters painters
	assets   string
	cache    cache  // of charts
	kept     string // the directory of the caches; empty: none
}

// Job is a chart to draw.
type Job struct {
	ID            string          // prefix of the identifiers inside the SVG, unique on its page: a letter, then letters, digits, - and _
	Option        json.RawMessage // an ECharts option
	Width, Height int             // in pixels, from 1 to 4000
}

// New prepares a renderer; the worker starts at the first job that the cache does not
// hold. It fails, telling in French what to install, when Node or the packages are missing.
func New(o Options) (*Renderer, error) {
	if o.Node == "" {
		o.Node = "node"
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	node, err := exec.LookPath(o.Node)
	if err != nil {
		return nil, fmt.Errorf("Node.js est introuvable (%s), or il dessine les graphiques. "+
			"Installez-le (version 20 ou plus), par exemple : sudo apt-get install nodejs npm", o.Node)
	}
	fingerprint, err := fingerprint(o.AssetsDir, ingredients[:])
	if err != nil {
		return nil, err
	}
	hire := func() *worker { return newWorker(node, filepath.Join(o.AssetsDir, workerFile), o.Timeout) }
	return &Renderer{
		worker: hire(), painters: newPainters(hire),
		assets: o.AssetsDir,
		cache:  cache{dir: o.CacheDir, suffix: ".svg", fingerprint: fingerprint},
		kept:   o.CacheDir,
	}, nil
}

// Close ends the workers. The renderer must not be used after.
func (r *Renderer) Close() error { return errors.Join(r.worker.close(), r.painters.close()) }

var idPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// SVG returns the drawing of a job as an SVG element that may stand inside a page: hidden
// from assistive techniques, since the page gives name and table, and as wide as its
// container. The same job always gives the same bytes.
func (r *Renderer) SVG(ctx context.Context, j Job) (template.HTML, error) {
	svg, err := r.svg(ctx, j)
	if err != nil {
		return "", fmt.Errorf("drawing chart %q: %w", j.ID, err)
	}
	return template.HTML(svg), nil
}

func (r *Renderer) svg(ctx context.Context, j Job) (string, error) {
	if !idPattern.MatchString(j.ID) {
		return "", errors.New("its identifier must be a letter followed by letters, digits, - or _")
	}
	const limit = 4000
	if j.Width < 1 || j.Height < 1 || j.Width > limit || j.Height > limit {
		return "", fmt.Errorf("its size %d × %d is outside 1 to %d", j.Width, j.Height, limit)
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	request := request{Kind: "chart", Width: j.Width, Height: j.Height, Option: j.Option}
	key, err := r.cache.key(request)
	if err != nil {
		return "", err
	}
	if raw, ok := r.cache.get(key); ok {
		if svg, err := clean(raw, j.ID); err == nil {
			return svg, nil
		}
	}
	raw, err := r.worker.do(ctx, request)
	if err != nil {
		return "", err
	}
	svg, err := clean(raw, j.ID)
	if err != nil {
		return "", fmt.Errorf("cleaning the SVG: %w", err)
	}
	r.cache.put(key, raw)
	return svg, nil
}

const workerFile = "render/worker.mjs"

// ingredients are the files that a drawing depends on, beside its job.
var ingredients = [...]string{
	workerFile, "render/chart.mjs", "render/font.mjs",
	"node_modules/echarts/package.json", "node_modules/zrender/package.json", "node_modules/source-sans/package.json",
}

// fingerprint digests the ingredients; it fails when one is missing.
func fingerprint(assets string, ingredients []string) ([]byte, error) {
	digest := newDigest()
	for _, name := range ingredients {
		content, err := os.ReadFile(filepath.Join(assets, name))
		switch {
		case errors.Is(err, fs.ErrNotExist) && filepath.Dir(name) == "render":
			return nil, fmt.Errorf("%s est introuvable : le dossier des sources web (assets) est-il bien %q ?", name, assets)
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%s est introuvable : les bibliothèques web ne sont pas installées. "+
				"Lancez : npm ci --ignore-scripts --prefix %s", name, assets)
		case err != nil:
			return nil, fmt.Errorf("reading the renderer: %w", err)
		}
		digest.part(content)
	}
	return digest.sum(), nil
}
