package site

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// The codes of the problems of site.toml.
const (
	codeSettingsMissing  problem.Code = "site-a-completer"
	codeSettingsKey      problem.Code = "site-cle"
	codeSettingsRead     problem.Code = "site-illisible"
	codeSettingsExpiring problem.Code = "site-perime"
	codeSettingsValue    problem.Code = "site-valeur"
)

// securityMargin is how long security.txt must still hold after the edition is published.
const securityMargin = 30 * 24 * time.Hour

var (
	emailForm = regexp.MustCompile(`^[A-Za-z0-9._+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$`)
	phoneForm = regexp.MustCompile(`^(\+33 ?[1-9]|0[1-9]|3\d)( ?\d){2,8}$`)
	// placeholder finds, in a folded text, the words of a value that nobody has written yet.
	placeholder = regexp.MustCompile(`demonstration|acompleter|aremplacer|exemple|example|lorem|xxx`)
	// reservedHost finds the host names that will never exist.
	reservedHost = regexp.MustCompile(`(?i)(^|[@./])(example\.(org|com|net)|[a-z0-9-]+\.(example|test|invalid|localhost)|localhost)([:/]|$)`)
	// fictionalPhone finds the numbers kept for fiction.
	fictionalPhone = regexp.MustCompile(`^(\+33 ?|0)(1 ?99 ?00|2 ?61 ?91|3 ?53 ?01|4 ?65 ?71|5 ?36 ?49|6 ?39 ?98)`)
)

// legalStates are the only mentions that the law knows.
var legalStates = []string{"non conforme", "partiellement conforme", "totalement conforme"}

// particular is a key of site.toml that a publisher must fill.
type particular struct {
	section, key, value string
	why                 string            // what its absence does
	remedy              string            // what to write
	sound               func(string) bool // nil: any text
	form                string            // what it should look like
}

func (s settings) particulars(baseURL string) []particular {
	list := []particular{
		{"", "url", s.URL, "le site ne connaît pas son adresse\u00a0: ni plan du site, ni flux, ni adresse permanente",
			"écrire l’adresse publique du site, avec https://", soundAddress, "une adresse, par exemple https://atlas.cnsa.fr/"},
		{"", "licence", s.Licence, "personne ne sait à quelles conditions réutiliser les données", "écrire le nom de la licence", nil, ""},
		{"", "licence_url", s.LicenceURL, "le texte de la licence n’est pas donné", "écrire l’adresse du texte de la licence", soundAddress, "une adresse"},
		{"", "accessibilite", s.Accessibility, "la mention est obligatoire", "écrire «\u00a0non conforme\u00a0» tant qu’aucun audit n’est valide",
			func(text string) bool { return slices.Contains(legalStates, text) }, "l’une des mentions légales\u00a0: " + strings.Join(legalStates, ", ")},
		{"editeur", "nom", s.Publisher.Name, "les mentions légales ne disent pas qui publie", "écrire la dénomination de l’éditeur", nil, ""},
		{"editeur", "adresse", s.Publisher.Address, "les mentions légales sont incomplètes", "écrire l’adresse postale de l’éditeur", nil, ""},
		{"editeur", "directeur", s.Publisher.Director, "les mentions légales sont incomplètes", "écrire le nom du directeur ou de la directrice de la publication", nil, ""},
		{"editeur", "hebergeur", s.Publisher.Host, "les mentions légales sont incomplètes", "écrire le nom, l’adresse et le téléphone de l’hébergeur", nil, ""},
		{"contact", "courriel", s.Contact.Email, "les lecteurs ne peuvent ni signaler une erreur ni demander un contenu accessible",
			"écrire l’adresse à laquelle les lecteurs écrivent", soundEmail, "une adresse électronique"},
		{"contact", "telephone", s.Contact.Phone, "les mentions légales sont incomplètes", "écrire le téléphone de l’éditeur", soundPhone, "un numéro de téléphone français"},
		{"securite", "contact", s.Security.Contact, "le site n’a pas de fichier security.txt\u00a0: personne ne sait à qui signaler une faille",
			"écrire l’adresse à laquelle signaler une faille", func(string) bool { return s.securityContact() != "" }, "une adresse électronique, ou une adresse en https://"},
	}
	if baseURL != "" {
		list = list[1:] // given on the command line
	}
	return list
}

func soundPhone(text string) bool { return phoneForm.MatchString(french.PlainSpaces(text)) }

// unwritten reports whether a value is still that of the demonstration.
func unwritten(value string) bool {
	return placeholder.MatchString(french.Fold(value)) || reservedHost.MatchString(value) || fictionalPhone.MatchString(french.PlainSpaces(value))
}

// CheckSettings reports what site.toml still lacks, or has wrong, before a site is published. name is the
// file as the operator knows it; published is the date of the latest edition, zero when unknown; baseURL,
// unless it is empty, takes the place of the address of site.toml.
func CheckSettings(content fs.FS, name, baseURL string, published time.Time) []problem.Problem {
	c := settingsCheck{place: problem.Place{File: name}}
	data, err := fs.ReadFile(content, settingsFile)
	if err != nil {
		c.add(problem.Problem{Code: codeSettingsRead, Message: "le fichier ne peut être lu", Remedy: "remettre le fichier fourni avec le projet"})
		return c.found
	}
	c.lines = strings.Split(string(data), "\n")
	s, unknown, err := decodeSettings(data)
	if err == nil {
		err = s.required()
	}
	if err != nil {
		c.unreadable(err)
		return c.found
	}
	for _, key := range unknown {
		c.addAt(strings.Join(key[:len(key)-1], "."), key[len(key)-1], problem.Problem{Code: codeSettingsKey,
			Message: fmt.Sprintf("la clé «\u00a0%s\u00a0» est inconnue", key), Remedy: "corriger son nom, ou retirer la ligne\u202f; les clés admises sont celles du fichier fourni"})
	}
	for _, p := range s.particulars(baseURL) {
		c.particular(p)
	}
	c.expiry(s, published)
	c.redirects(s)
	return c.found
}

// settingsCheck gathers the problems of site.toml.
type settingsCheck struct {
	place problem.Place
	lines []string
	found []problem.Problem
}

func (c *settingsCheck) add(p problem.Problem) {
	p.Place = problem.Place{File: c.place.File, Row: p.Place.Row}
	c.found = append(c.found, p)
}

// addAt adds a problem at the line of a key, if the file has it.
func (c *settingsCheck) addAt(section, key string, p problem.Problem) {
	p.Place.Row = keyLine(c.lines, section, key)
	c.add(p)
}

// keyLine is the line of a key, from 1; that of its section, or 0, when the file has none.
func keyLine(lines []string, section, key string) int {
	current, found := "", 0
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if name, isSection := strings.CutPrefix(line, "["); isSection {
			current, _, _ = strings.Cut(name, "]")
			if current == section {
				found = i + 1
			}
			continue
		}
		name, _, assigned := strings.Cut(line, "=")
		if assigned && current == section && strings.Trim(strings.TrimSpace(name), `"'`) == key {
			return i + 1
		}
	}
	return found
}

func (c *settingsCheck) unreadable(err error) {
	p := problem.Problem{Code: codeSettingsRead, Message: strings.TrimPrefix(err.Error(), "site.toml : "), Remedy: "écrire ces clés"}
	if !errors.Is(err, errSettingsLack) {
		p.Place.Row, p.Message = dataset.TOMLFault(err)
		p.Remedy = "corriger la ligne\u00a0: un texte s’écrit entre guillemets droits, une date sans guillemets"
	}
	c.add(p)
}

func (c *settingsCheck) particular(p particular) {
	name := p.key
	if p.section != "" {
		name = p.section + "." + p.key
	}
	value := strings.TrimSpace(p.value)
	switch {
	case value == "":
		c.addAt(p.section, p.key, problem.Problem{Code: codeSettingsMissing,
			Message: fmt.Sprintf("%s est vide : %s", name, p.why), Remedy: p.remedy})
	case unwritten(value):
		c.addAt(p.section, p.key, problem.Problem{Code: codeSettingsMissing, Value: value,
			Message: fmt.Sprintf("%s porte encore une valeur de démonstration, «\u00a0%s\u00a0»", name, problem.Shorten(value)), Remedy: p.remedy})
	case p.sound != nil && !p.sound(value):
		c.addAt(p.section, p.key, problem.Problem{Code: codeSettingsValue, Value: value,
			Message: fmt.Sprintf("%s, «\u00a0%s », n’est pas %s", name, problem.Shorten(value), p.form), Remedy: p.remedy})
	}
}

// expiry checks the date of security.txt.
func (c *settingsCheck) expiry(s settings, published time.Time) {
	day, ok := s.expires()
	remedy := "vérifier le contact de sécurité, puis écrire une date à moins d’un an de la publication"
	switch {
	case s.Security.Expires == nil || s.Security.Expires == "":
		c.addAt("securite", "expiration", problem.Problem{Code: codeSettingsMissing,
			Message: "securite.expiration est vide\u00a0: le site n’a pas de fichier security.txt", Remedy: remedy})
	case !ok:
		c.addAt("securite", "expiration", problem.Problem{Code: codeSettingsValue, Value: fmt.Sprint(s.Security.Expires),
			Message: fmt.Sprintf("securite.expiration, «\u00a0%v », n’est pas une date", s.Security.Expires), Remedy: "écrire une date sans guillemets, par exemple 2025-04-30"})
	case !published.IsZero() && day.Before(published.Add(securityMargin)):
		c.addAt("securite", "expiration", problem.Problem{Code: codeSettingsExpiring, Value: day.Format(time.DateOnly),
			Message: fmt.Sprintf("le contact de sécurité expire le %s, et l’édition est publiée le %s", french.Date(day), french.Date(published)), Remedy: remedy})
	}
}

// redirects checks the form of the former addresses and of those that replace them.
func (c *settingsCheck) redirects(s settings) {
	for from, to := range s.Redirects {
		if !soundPath(from) || !soundPath(to) && !soundAddress(to) {
			c.addAt("redirections", from, problem.Problem{Code: codeSettingsValue, Value: from + " = " + to,
				Message: fmt.Sprintf("la redirection de «\u00a0%s\u00a0» vers «\u00a0%s\u00a0» n’est pas bien écrite", from, to),
				Remedy:  "écrire deux chemins du site, par exemple \"/2022/ancienne-page/\" = \"/2022/regions/\""})
		}
	}
}

// sitePath is a path of the site as a publisher writes it.
var sitePath = regexp.MustCompile(`^/[A-Za-z0-9._/-]*$`)

func soundPath(text string) bool { return sitePath.MatchString(text) && !strings.Contains(text, "..") }
