package main

import (
	"os"
	"path"
	"time"

	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/site"
)

// settingsProblems checks the site.toml of a directory of texts, the project's when content is empty, at
// the date when the latest edition is published.
func settingsProblems(h home, content, baseURL string, editions []edition) []problem.Problem {
	name := "content/site.toml"
	if content != "" {
		name = path.Join(content, "site.toml")
	}
	var published time.Time
	for _, e := range editions {
		if day := e.results.Edition().PublishedOn; day.After(published) {
			published = day
		}
	}
	return site.CheckSettings(os.DirFS(h.within(content, "content")), name, baseURL, published)
}
