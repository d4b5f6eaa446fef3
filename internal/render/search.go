package render

import (
	"context"
	"encoding/json"
	"fmt"
)

// searchIngredients are the files that the index of a search depends on, beside its documents.
var searchIngredients = [...]string{
	workerFile, "render/search.mjs", "scripts/lib/search.js", "node_modules/minisearch/package.json",
}

// SearchIndex makes the index that the search of the site reads, from a JSON array of documents
// {id, title, kind, path, about, words}, whose ids are different integers. The same documents always
// give the same bytes. It fails, telling in French what to install, when a package is missing.
func (r *Renderer) SearchIndex(ctx context.Context, documents json.RawMessage) ([]byte, error) {
	fingerprint, err := fingerprint(r.assets, searchIngredients[:])
	if err != nil {
		return nil, err
	}
	cache := cache{dir: r.kept, suffix: ".json", fingerprint: fingerprint}
	index, err := r.bytes(ctx, r.worker.do, cache, request{Kind: "index", Option: documents})
	if err != nil {
		return nil, fmt.Errorf("index de la recherche\u00a0: %w", err)
	}
	return index, nil
}
