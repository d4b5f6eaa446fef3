package site

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// finding is how the search finds a page.
type finding struct {
	kind  string // « Région », « Projet »; empty: that of defaultKind
	about string // one line shown under the title
	words string // beside the title: numbers, codes, names
}

// searchDocument is a page as the index of the search holds it.
type searchDocument struct {
	ID    int    `json:"id"`
	Title string `json:"title"`
	Kind  string `json:"kind"`
	Path  string `json:"path"` // from the root of the site
	About string `json:"about,omitempty"`
	Words string `json:"words,omitempty"`
}

// searchPath is the page of the search.
const searchPath = "recherche/"

// searchIndexPath is where the index of an edition stands.
func (e *edition) searchIndexPath() string { return searchPath + year(e.about.Year) + ".json" }

// SearchPage is the page of the search.
type SearchPage struct {
	Root    string // relative link to the root of the site
	Indexes []Link // of the editions, the latest first; none without the script
	Browse  []Link // where to go without searching
	ESSMS   []ESSMSPlaces
}

// ESSMSPlaces are where an edition names its ESSMS, which the search does not hold.
type ESSMSPlaces struct {
	Edition     string
	Departments string // codes of those whose ESSMS are listed, between spaces
	Lists, File Link
}

// essmsPlaces are those of the editions that name ESSMS, the latest first.
func (c *composer) essmsPlaces(l *linker) []ESSMSPlaces {
	var out []ESSMSPlaces
	for _, e := range slices.Backward(c.editions) {
		var codes []string
		for _, t := range e.departments() {
			if l.has(e.essmsPath(t, 1)) {
				codes = append(codes, t.ID.Code)
			}
		}
		if len(codes) == 0 {
			continue
		}
		places := ESSMSPlaces{Edition: year(e.about.Year), Departments: strings.Join(codes, " "), Lists: l.link("les départements et leurs listes", e.base+"departements/")}
		if file := e.base + "donnees/essms.csv"; l.has(file) {
			places.File = l.link("tous les ESSMS (CSV)", file)
		}
		out = append(out, places)
	}
	return out
}

func (c *composer) searchPage() *page {
	return &page{
		path: searchPath, template: "search.html", heading: "Recherche", title: "Recherche",
		description: "Chercher une région, un département, un indicateur, un projet, un organisme porteur ou une page de l’atlas.",
		scripts:     []string{"recherche"}, model: c.searchModel,
	}
}

// searches reports whether the site can be searched.
func (c *composer) searches() bool { return c.in.SearchIndex != nil && c.script("recherche") != "" }

func (c *composer) searchModel(ctx context.Context, l *linker) (any, error) {
	e := c.latest()
	p := &SearchPage{Root: l.to(""), ESSMS: c.essmsPlaces(l)}
	for _, to := range []struct{ text, path string }{
		{"Indicateurs", e.base + "indicateurs/"}, {"Régions", e.base + "regions/"}, {"Départements", e.base + "departements/"},
		{"Projets", e.base + "projets/"}, {"Plan du site", "plan-du-site/"},
	} {
		if l.has(to.path) {
			p.Browse = append(p.Browse, l.link(to.text, to.path))
		}
	}
	if !c.searches() {
		return p, nil
	}
	for _, e := range slices.Backward(c.editions) {
		documents, err := json.Marshal(c.searchDocuments(e))
		if err != nil {
			return nil, err
		}
		index, err := c.in.SearchIndex(ctx, documents)
		if err != nil {
			return nil, err
		}
		p.Indexes = append(p.Indexes, Link{Text: year(e.about.Year), Href: l.attach(year(e.about.Year)+".json", index)})
	}
	return p, nil
}

// searchDocuments are what the search of an edition finds: its pages, those of no edition,
// and the organisms that carry several projects.
func (c *composer) searchDocuments(e *edition) []searchDocument {
	var out []searchDocument
	for _, p := range c.pages {
		kind := cmp.Or(p.found.kind, p.defaultKind())
		if kind == "" || p.hidden || p.edition != nil && p.edition != e {
			continue
		}
		out = append(out, searchDocument{len(out), p.heading, kind, p.path, p.found.about, p.found.words})
	}
	for _, h := range e.holders() {
		out = append(out, searchDocument{len(out), h.name, "Porteur", h.path, h.about, ""})
	}
	return out
}

// defaultKind is « Page » for a page that stands for itself, empty for one that belongs to
// a place, an indicator or a project: these are found by their own pages.
func (p *page) defaultKind() string {
	rest := p.path
	if p.edition != nil {
		rest = strings.TrimPrefix(rest, p.edition.base)
	}
	switch first, below, _ := strings.Cut(rest, "/"); {
	case rest == "" || below != "" && belongs[first]:
		return ""
	}
	return "Page"
}

// belongs are the lists whose pages below are of a kind of their own.
var belongs = map[string]bool{"indicateurs": true, "regions": true, "departements": true, "projets": true}

// holder is an organism that carries projects.
type holder struct{ name, path, about string }

// holders are the organisms that carry several projects, in alphabetical order: the search of
// projects leads to one that carries a single one. Each leads to the directory of projects.
func (e *edition) holders() []holder {
	projects := map[string]int{}
	for _, p := range e.results.Dataset().Projects {
		projects[p.Holder]++
	}
	var out []holder
	for name, n := range projects {
		if n > 1 {
			out = append(out, holder{name, e.directorySearch(name), french.Count(float64(n), "projet", "projets") + " dans l’édition " + year(e.about.Year)})
		}
	}
	collator := french.Collator()
	slices.SortFunc(out, func(a, b holder) int {
		return cmp.Or(collator.CompareString(a.name, b.name), strings.Compare(a.name, b.name))
	})
	return out
}

// directorySearch is the path of the directory of projects where a text is looked for.
func (e *edition) directorySearch(text string) string {
	return e.base + "projets/?q=" + url.QueryEscape(text)
}

// foundProject is how the search finds the page of a project.
func (e *edition) foundProject(p *atlas.Project) finding {
	return finding{"Projet", fmt.Sprintf("%s, %s", french.Isolated(p.Holder), french.Join(e.regionNames(p))), strings.Join([]string{p.Number, p.Holder, p.SIREN, p.Software}, " ")}
}

// foundPlace is how the search finds the page of a territory.
func foundPlace(kind string, t atlas.Territory) finding { return finding{kind: kind, words: t.ID.Code} }
