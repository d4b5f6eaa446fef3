package site

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// chapter is a page on the programme: its rules, beside the figures. What an editor writes on it is in
// content/programme/<slug>.md, « index » for the first: its summary opens the page.
type chapter struct {
	slug, heading string
	// sections are those made from the figures.
	sections func(*programmePage) ([]Section, error)
	// prose is the place of the editor's section among them.
	prose int
	// tables are the files to download.
	tables func(*edition) []download.Table
}

// chapters are the pages on the programme, in the order of their menu.
var chapters = []chapter{
	{"", "Le programme", goalSections, 9, goalTables},
	{"phases", "Les phases", phaseSections, 1, phaseTables},
	{"candidatures", "Les candidatures", applicationSections, 0, applicationTables},
	{"enveloppes", "Les enveloppes", envelopeSections, 0, envelopeTables},
	{"paiements", "Les paiements", paymentSections, 0, paymentTables},
	{"bareme", "Le barème des subventions", scaleSections, 0, scaleTables},
	{"petits-projets", "Les petits projets", smallSections, 0, smallTables},
	{"sons", "Le financement SONS", sonsSections, 0, sonsTables},
	{"usages", "Équipement et usages", usageSections, 0, usageTables},
	{"eligibilite", "Les ESSMS éligibles", eligibleSections, 0, eligibleTables},
}

// programmePath is the place of a chapter.
func (e *edition) programmePath(slug string) string {
	if slug == "" {
		return e.base + "programme/"
	}
	return e.base + "programme/" + slug + "/"
}

func programmePages(c *composer, e *edition) []*page {
	var pages []*page
	for i := range chapters {
		ch := &chapters[i]
		pages = append(pages, &page{
			path: e.programmePath(ch.slug), heading: ch.heading, title: fmt.Sprintf("%s, édition %d", ch.heading, e.about.Year),
			description: chapterDescriptions[ch.slug] + " Situation " + e.state() + ".",
			model:       e.chapterModel(c, ch),
		})
	}
	return pages
}

// chapterDescriptions are what search engines show.
var chapterDescriptions = map[string]string{
	"":               "Les cibles et les crédits du programme ESMS numérique, et ce qui en est atteint.",
	"phases":         "Les phases du programme ESMS numérique, leurs chiffres et le calendrier de leurs appels à projets.",
	"candidatures":   "Dossiers déposés et sélectionnés, par région et par appel à projets.",
	"enveloppes":     "Enveloppes déléguées aux ARS et subventions engagées, par région et par année.",
	"paiements":      "Versements des subventions et cible de dossiers actifs.",
	"bareme":         "Le barème des subventions et les subventions accordées.",
	"petits-projets": "Projets qui réunissent moins d’ESSMS que le minimum de leur région.",
	"sons":           "ESSMS dont le seul financement est SONS, par région.",
	"usages":         "Taux d’équipement et d’usage des services numériques, d’après enquête.",
	"eligibilite":    "Catégories d’ESSMS que le programme peut financer, et ESSMS financés dans chacune.",
}

// exportProgramme lists what the chapters offer.
func (e *edition) exportProgramme(offered map[string][]download.Table) {
	for i := range chapters {
		for _, t := range chapters[i].tables(e) {
			if len(t.Rows) > 0 {
				offered[e.programmePath(chapters[i].slug)] = append(offered[e.programmePath(chapters[i].slug)], t)
			}
		}
	}
}

// programmePage is a chapter being composed.
type programmePage struct {
	ctx context.Context
	c   *composer
	e   *edition
	l   *linker
}

// ChapterPage is a page on the programme.
type ChapterPage struct {
	Lead      string
	Sections  []Section
	Chapters  []Link
	Downloads []Link
}

// Section is a part of a chapter.
type Section struct {
	ID, Title string
	Text      []string
	Prose     template.HTML // what the editor wrote
	Figure    *Figure
	Tables    []*Table
	Captions  *Captions
	Links     []Link
	data      download.Table // what the figure draws
}

func (e *edition) chapterModel(c *composer, ch *chapter) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		page := &programmePage{ctx, c, e, l}
		p := &ChapterPage{Downloads: e.downloads(e.programmePath(ch.slug), l)}
		for i := range chapters {
			p.Chapters = append(p.Chapters, l.link(chapters[i].heading, e.programmePath(chapters[i].slug)))
		}
		var err error
		if p.Sections, err = ch.sections(page); err != nil {
			return nil, err
		}
		for _, s := range p.Sections {
			if s.Captions != nil && len(origins[s.ID]) > 0 {
				s.Captions.Provenance = e.provenances(atlas.France, l, origins[s.ID]...)
			}
			if err := page.take(s); err != nil {
				return nil, err
			}
		}
		lead, own, err := page.prose(ch)
		if err != nil {
			return nil, err
		}
		if p.Lead = lead; own != nil {
			p.Sections = slices.Insert(p.Sections, min(ch.prose, len(p.Sections)), *own)
		}
		return p, nil
	}
}

// origins are the indicators that the figures of a section come from, or whose records they count. The other
// sections give sheets of the workbooks as they are, and name them.
var origins = map[string][]indicator.ID{
	"phases-des-regions":      {"projets_regionaux", "subvention_regionale"},
	"entonnoir-des-regions":   {"dossiers_deposes", "taux_selection"},
	"appels":                  {"dossiers_deposes", "taux_selection"},
	"engagements-des-regions": {"taux_engagement", "enveloppe"},
	"annees":                  {"taux_engagement", "enveloppe"},
	"versements-et-usage":     {"taux_versement", "part_cible_dossiers_actifs_projets_regionaux"},
	"par-region":              {"subvention_regionale", "taux_versement", "part_cible_dossiers_actifs_projets_regionaux"},
	"comparaison-au-bareme":   {"subvention_regionale", "subvention_nationale"},
	"sous-le-seuil":           {"part_sous_seuil_projets_regionaux"},
	"sons-par-region":         {"essms_finances", "essms_sons_seul"},
	"categories":              {"essms_finances"},
}

// take offers the figure of a section to whoever wants to reuse it.
func (p *programmePage) take(s Section) error {
	if s.Figure == nil || s.Captions == nil || len(s.Tables) == 0 {
		return nil
	}
	s.Figure.Captions = *s.Captions
	return p.c.takeAway(p.ctx, p.e, p.l, s.Figure, taking{
		title: strings.TrimSuffix(s.Figure.Title, ", "+p.e.state()), subtitle: french.Capitalize(p.e.state()), table: s.Tables[0],
		data: func(name string) download.Table { s.data.Name = name; return s.data },
	})
}

// prose reads what an editor wrote on a chapter: its summary, and its section. A chapter may have none.
func (p *programmePage) prose(ch *chapter) (string, *Section, error) {
	name := "programme/" + ch.slug
	if ch.slug == "" {
		name += "index"
	}
	data, err := fs.ReadFile(p.c.in.Content, name+".md")
	if errors.Is(err, fs.ErrNotExist) {
		return chapterDescriptions[ch.slug], nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	text, err := parseProse(name, string(data))
	if err != nil {
		return "", nil, fmt.Errorf("content/%s.md : %w", name, err)
	}
	source := strings.ReplaceAll(text.source, "{{programme}}", "/"+strings.TrimSuffix(p.e.programmePath(""), "/"))
	html, err := markdown(text, source, p.l)
	return text.summary, &Section{ID: "textes", Title: text.title, Prose: html}, err
}

// source is the line that quotes the edition, under what is computed.
func (p *programmePage) source() string { return sentence(sourceLine(p.c.settings, p.e)) }

// absent is the section of a sheet that the edition does not have.
func absent(id, title, sheet string) []Section {
	return []Section{{ID: id, Title: title, Text: []string{"L’édition n’a pas de feuille " + sheet + "\u00a0: ces chiffres ne sont pas disponibles. Leur absence ne vaut pas zéro."}}}
}
