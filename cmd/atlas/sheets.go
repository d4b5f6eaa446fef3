package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"

	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/editorial"
	"esms.example/atlas/internal/factsheet"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/render"
	"esms.example/atlas/internal/site"
)

// factsheets sets the printed sheets of the editions, and packs those of each in an archive.
func factsheets(ctx context.Context, h home, results []*indicator.Results, maps *carto.Atlas, content fs.FS, baseURL string, renderer *render.Renderer) ([]site.Document, error) {
	imprint, err := site.ReadImprint(content, baseURL)
	if err != nil {
		return nil, err
	}
	template, err := os.ReadFile(h.path("templates", "fiche.typ"))
	if err != nil {
		return nil, fmt.Errorf("gabarit des fiches\u00a0: %w", err)
	}
	var out []site.Document
	for _, r := range results {
		var slugs []string
		for _, t := range r.Gazetteer().Regions() {
			slugs = append(slugs, t.Slug)
		}
		notices, err := editorial.Read(content, slugs)
		if err != nil {
			return nil, err
		}
		files, err := factsheet.Make(ctx, factsheet.Input{
			Results: r, Maps: maps, Notices: notices, Template: string(template), Set: renderer.PDF,
			Imprint: factsheet.Imprint{
				Site: imprint.Name, Source: imprint.Source, Licence: imprint.Licence, Credit: imprint.MapCredit,
				Contact: imprint.Contact, Address: imprint.URL,
			},
		})
		if err != nil {
			return nil, err
		}
		archive, err := factsheet.Archive(files, r.Edition().PublishedOn)
		if err != nil {
			return nil, err
		}
		year := french.Year(r.Edition().Year)
		out = append(out, site.Document{
			Year: r.Edition().Year, Path: year + "/fiches/fiches-" + year + ".zip", Format: "ZIP", Data: archive,
			Title: "Toutes les fiches de l’édition " + year,
		})
		for _, f := range files {
			out = append(out, site.Document{
				Year: r.Edition().Year, Path: f.Path, Title: f.Title, Name: f.Name, Page: f.Page, Format: "PDF", Data: f.PDF,
			})
		}
	}
	return out, nil
}
