package problem

import (
	"slices"

	"esms.example/atlas/internal/french"
)

// Entry explains a kind of problem: the severity of its code, and what its page says.
type Entry struct {
	Code     Code
	Severity Severity
	Topic    Topic
	Title    string // French, a few words
	Meaning  string // French sentences: what it is, what it does to the figures
	Remedy   string // French, a sentence: what to do
	Example  string // French: what raises it
}

// Topic is what a kind of problem is about; the page of the catalogue has a section for each.
type Topic string

// The topics, in the order of the page.
const (
	OfFiles     Topic = "Fichiers et feuilles"
	OfHeaders   Topic = "En-têtes et lignes"
	OfCells     Topic = "Cellules"
	OfCodes     Topic = "Codes et identifiants"
	OfLinks     Topic = "Liens entre les lignes"
	OfRegister  Topic = "Répertoire FINESS"
	OfAmounts   Topic = "Vraisemblance"
	OfEditions  Topic = "Fichier edition.toml"
	OfOptionals Topic = "Feuilles facultatives"
	OfSettings  Topic = "Fichier site.toml"
)

// Topics lists the topics in the order of the page.
var Topics = []Topic{OfFiles, OfHeaders, OfCells, OfCodes, OfLinks, OfRegister, OfAmounts, OfEditions, OfOptionals, OfSettings}

// Catalogue returns every kind of problem that the program may report, by topic then by code.
func Catalogue() []Entry {
	out := slices.Concat(aboutFiles, aboutRows, aboutCells, aboutCodes, aboutLinks, aboutRegister, aboutAmounts, aboutEditions, aboutOptionals, aboutSettings)
	for i := range out {
		e := &out[i]
		for _, text := range []*string{&e.Title, &e.Meaning, &e.Remedy, &e.Example} {
			*text = french.Typeset(*text)
		}
	}
	return out
}

var severities = func() map[Code]Severity {
	m := map[Code]Severity{}
	for _, e := range Catalogue() {
		m[e.Code] = e.Severity
	}
	return m
}()

// SeverityOf returns the severity of a code, and whether the catalogue knows the code.
func SeverityOf(code Code) (Severity, bool) {
	s, ok := severities[code]
	return s, ok
}
