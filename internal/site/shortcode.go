package site

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// A prose page quotes live figures with shortcodes, all of the latest edition:
//
//	{{valeur essms_finances FR}}              « 16 500 ESSMS »
//	{{valeur projets_regionaux region:53 2022}} at the end of a cumulative year
//	{{lecture taux_engagement FR}}            the sentence that reads the value
//	{{edition}}  {{date_arret}}  {{date_publication}}  {{nombre_indicateurs}}
//	{{site courriel}}                         a key of site.toml; an e-mail address is a link
//	{{licences}}                              alone on its line: the list of the software of others
//
// What they give is text: it is never read as Markdown. An unknown shortcode, indicator,
// territory or year is an error that names the file and line.
var shortcode = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// proseFaults is what is wrong in the shortcodes of all prose pages, told before any page is made.
func (c *composer) proseFaults() error {
	var faults []error
	for _, p := range c.prose {
		_, err := c.expand(p)
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// expand replaces the shortcodes of a prose page by their texts. The error tells each that is wrong.
func (c *composer) expand(p *prose) (string, error) {
	lines := strings.Split(p.source, "\n")
	var faults []error
	for i, line := range lines {
		sound := len(faults)
		lines[i] = shortcode.ReplaceAllStringFunc(line, func(code string) string {
			words := strings.Fields(code[2 : len(code)-2])
			said, err := c.say(words)
			if err != nil {
				faults = append(faults, fmt.Errorf("content/%s.md, ligne %d : %s : %w", p.slug, p.firstLine+i, code, err))
			}
			switch {
			case len(words) == 1 && words[0] == "licences":
				return said // a list, in Markdown
			case len(words) == 2 && words[0] == "site" && soundEmail(said):
				return "[" + escapeMarkdown(said) + "](mailto:" + said + ")"
			}
			return escapeMarkdown(said)
		})
		if sound == len(faults) && strings.Contains(lines[i], "{{") {
			faults = append(faults, fmt.Errorf("content/%s.md, ligne %d : « {{ » sans « }} »", p.slug, p.firstLine+i))
		}
	}
	return strings.Join(lines, "\n"), errors.Join(faults...)
}

// say returns what a shortcode stands for.
func (c *composer) say(words []string) (string, error) {
	if len(words) == 0 {
		return "", fmt.Errorf("code vide")
	}
	e := c.latest()
	switch name, args := words[0], words[1:]; name {
	case "edition":
		return year(e.about.Year), nil
	case "date_arret":
		return french.Date(e.about.DataState), nil
	case "date_publication":
		return french.Date(e.about.PublishedOn), nil
	case "nombre_indicateurs":
		return strconv.Itoa(len(indicator.All)), nil
	case "licences":
		return licenceList(), nil
	case "site":
		return c.settings.say(args)
	case "valeur", "lecture":
		ind, row, err := e.quoted(args)
		if err != nil {
			return "", err
		}
		if name == "lecture" {
			return ind.Reading(row), nil
		}
		return row.Phrase, nil
	default:
		return "", fmt.Errorf("code « %s » inconnu ; les codes sont valeur, lecture, edition, date_arret, date_publication, nombre_indicateurs, licences et site", name)
	}
}

// unwrittenText stands for what site.toml does not say; the check of site.toml reports it.
const unwrittenText = "(à compléter)"

func (s settings) say(args []string) (string, error) {
	if len(args) != 1 {
		return "", fmt.Errorf("indiquez une clé de site.toml : {{site courriel}}")
	}
	word, ok := s.words()[args[0]]
	if !ok {
		return "", fmt.Errorf("site.toml n’a pas de clé « %s »", args[0])
	}
	return cmp.Or(word, unwrittenText), nil
}

// quoted finds the value named by an indicator, a territory and perhaps a year.
func (e *edition) quoted(args []string) (*indicator.Indicator, indicator.Row, error) {
	var none indicator.Row
	if len(args) < 2 || len(args) > 3 {
		return nil, none, fmt.Errorf("écrivez {{valeur INDICATEUR TERRITOIRE}}, par exemple {{valeur essms_finances FR}}")
	}
	ind := indicator.ByID(indicator.ID(args[0]))
	if ind == nil {
		return nil, none, fmt.Errorf("indicateur « %s » inconnu", args[0])
	}
	t, err := e.named(args[1])
	if err != nil {
		return nil, none, err
	}
	if !ind.Has(t.Level) {
		return nil, none, fmt.Errorf("l’indicateur « %s » n’existe pas à ce niveau", args[0])
	}
	at := e.year()
	if len(args) == 3 {
		if at, err = strconv.Atoi(args[2]); err != nil || !slices.Contains(e.years, at) {
			return nil, none, fmt.Errorf("l’édition %d n’a pas de cumul pour l’année « %s »", e.about.Year, args[2])
		}
	}
	return ind, e.row(ind.ID, t, at), nil
}

// named returns the territory written FR, region:53 or departement:35.
func (e *edition) named(word string) (atlas.TerritoryID, error) {
	for _, level := range atlas.Levels {
		for _, t := range e.results.Gazetteer().At(level) {
			if t.ID.String() == word {
				return t.ID, nil
			}
		}
	}
	return atlas.TerritoryID{}, fmt.Errorf("territoire « %s » inconnu ; écrivez FR, region:53 ou departement:35", word)
}

// escapeMarkdown keeps a text from being read as Markdown or HTML.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && strings.ContainsRune("\\`*_{}[]()<>#+-.!|&~:\"'$%,/;=?@^", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
