package render

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Sheet is a printed document to set.
type Sheet struct {
	ID       string          // names it in errors
	Template string          // Typst source; it reads its data, as a JSON text, from sys.inputs.sheet
	Data     json.RawMessage // a JSON object of texts, already formatted; drawings as SVG
	Pages    int             // how many pages it must have: text is set smaller until it does
	Date     time.Time       // the date that the file bears
}

// sheetIngredients are the files that a sheet depends on, beside its template and its data.
var sheetIngredients = [...]string{
	workerFile, "render/sheet.mjs", "render/font.mjs",
	"node_modules/@myriaddreamin/typst-ts-node-compiler/package.json", "node_modules/source-sans/package.json",
}

// PDF sets a sheet as a PDF/UA-1 file: tagged, with its fonts. The same sheet always gives the
// same bytes. Texts are data, never markup. It fails when the template breaks a rule of
// PDF/UA, or when the sheet has another number of pages than asked, even set small; and, telling
// in French what to install, when Typst is missing.
func (r *Renderer) PDF(ctx context.Context, s Sheet) ([]byte, error) {
	pdf, err := r.pdf(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("mise en page de la fiche %q : %w", s.ID, err)
	}
	return pdf, nil
}

func (r *Renderer) pdf(ctx context.Context, s Sheet) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	fingerprint, err := fingerprint(r.assets, sheetIngredients[:])
	if err != nil {
		return nil, fmt.Errorf("%w%s", err, withoutSheets)
	}
	cache := cache{dir: r.kept, suffix: ".pdf", fingerprint: fingerprint}
	request := request{Kind: "sheet", Option: s.Data, Template: s.Template, Pages: s.Pages, Timestamp: s.Date.Unix()}
	pdf, err := r.bytes(ctx, r.worker.do, cache, request)
	if err != nil {
		return nil, explain(err, r.assets)
	}
	return pdf, nil
}

// bytes does a job whose result is no text, unless the cache holds it.
func (r *Renderer) bytes(ctx context.Context, do func(context.Context, request) (string, error), cache cache, request request) ([]byte, error) {
	key, err := cache.key(request)
	if err != nil {
		return nil, err
	}
	if raw, ok := cache.get(key); ok {
		return []byte(raw), nil
	}
	encoded, err := do(ctx, request)
	if err != nil {
		return nil, err
	}
	result, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("reading the %s: %w", request.Kind, err)
	}
	cache.put(key, string(result))
	return result, nil
}

const withoutSheets = " ; ou construisez le site sans les fiches : atlas build --skip-factsheets"

// explain says what to do when Typst has no program for this machine.
func explain(err error, assets string) error {
	if strings.Contains(err.Error(), "native binding") || strings.Contains(err.Error(), "Cannot find module") {
		return errors.Join(fmt.Errorf("Typst n’est pas installé pour cette machine. Lancez : npm ci --ignore-scripts --prefix %s%s", assets, withoutSheets), err)
	}
	return err
}
