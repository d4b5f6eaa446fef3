package render

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
)

// Image is an SVG to paint.
type Image struct {
	ID    string      // names it in errors
	SVG   string      // whole, with its size; it names the font Source Sans 3
	Scale float64     // pixels of the image for one of the SVG
	Texts [][2]string // keywords of PNG (Title, Source, Copyright) and texts, written in the file
}

// imageIngredients are the files that an image depends on, beside its SVG.
var imageIngredients = [...]string{
	workerFile, "render/image.mjs", "node_modules/@resvg/resvg-js/package.json", "node_modules/source-sans/package.json",
}

// painters share the images out, one worker each, since painting keeps a processor busy.
type painters chan *worker

// newPainters prepares as many workers as there are processors, up to four; each starts at its first image.
func newPainters(hire func() *worker) painters {
	n := min(4, max(1, runtime.GOMAXPROCS(0)))
	p := make(painters, n)
	for range n {
		p <- hire()
	}
	return p
}

func (p painters) do(ctx context.Context, r request) (string, error) {
	select {
	case w := <-p:
		defer func() { p <- w }()
		return w.do(ctx, r)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// close ends the workers, once they are idle.
func (p painters) close() error {
	var failures []error
	for range cap(p) {
		w := <-p
		failures = append(failures, w.close())
		defer func() { p <- w }() // for whoever would still ask: it answers that it is closed
	}
	return errors.Join(failures...)
}

// PNG paints an image in at most 256 colours, on white. The same image always gives the same bytes.
// It fails, telling in French what to install, when the package resvg is missing.
func (r *Renderer) PNG(ctx context.Context, i Image) ([]byte, error) {
	png, err := r.png(ctx, i)
	if err != nil {
		return nil, fmt.Errorf("image %q : %w", i.ID, err)
	}
	return png, nil
}

func (r *Renderer) png(ctx context.Context, i Image) ([]byte, error) {
	if i.Scale <= 0 || i.Scale > 4 {
		return nil, fmt.Errorf("its scale %g is outside 0 to 4", i.Scale)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	fingerprint, err := fingerprint(r.assets, imageIngredients[:])
	if err != nil {
		return nil, fmt.Errorf("%w%s", err, withoutImages)
	}
	option, err := json.Marshal(struct {
		SVG   string      `json:"svg"`
		Scale float64     `json:"scale"`
		Texts [][2]string `json:"texts"`
	}{i.SVG, i.Scale, i.Texts})
	if err != nil {
		return nil, err
	}
	cache := cache{dir: r.kept, suffix: ".png", fingerprint: fingerprint}
	return r.bytes(ctx, r.painters.do, cache, request{Kind: "image", Option: option})
}

const withoutImages = " ; ou construisez le site sans les images : atlas build --skip-images"
