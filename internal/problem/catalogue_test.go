package problem

import (
	"regexp"
	"strings"
	"testing"

	"esms.example/atlas/internal/french"
)

func TestTheCatalogueExplainsEachCode(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	topics := map[Topic]bool{}
	for _, topic := range Topics {
		topics[topic] = true
	}
	var last Entry
	for _, e := range Catalogue() {
		if !form.MatchString(string(e.Code)) || !topics[e.Topic] {
			t.Errorf("%s: got code %q and topic %q", e.Title, e.Code, e.Topic)
		}
		if last.Topic == e.Topic && last.Code >= e.Code {
			t.Errorf("%s comes after %s", e.Code, last.Code)
		}
		for what, text := range map[string]string{"title": e.Title, "meaning": e.Meaning, "remedy": e.Remedy, "example": e.Example} {
			if text == "" || text != french.Typeset(text) || strings.Contains(text, "'") {
				t.Errorf("%s: got %s %q", e.Code, what, text)
			}
		}
		if strings.HasSuffix(e.Title, ".") || !strings.HasSuffix(e.Meaning, ".") || !strings.HasSuffix(e.Remedy, ".") {
			t.Errorf("%s: want a title without final stop, a meaning and a remedy with one", e.Code)
		}
		last = e
	}
}

func TestErrorsAreThoseOfTheContractAndNoOther(t *testing.T) {
	contract := map[Code]string{
		"classeur-deguise": "unreadable file", "classeur-illisible": "unreadable file", "classeur-protege": "unreadable file", "classeur-trop-grand": "unreadable file",
		"edition-absente": "unreadable file", "edition-illisible": "unreadable file", "edition-valeur": "wrong type", "site-illisible": "unreadable file", "extrait-illisible": "unreadable file",
		"aucun-classeur": "missing sheet", "feuille-manquante": "missing sheet", "colonne-manquante": "missing column", "cellule-vide": "empty required cell",
		"type-incorrect": "wrong type", "nombre-ambigu": "wrong type", "montant-negatif": "wrong type", "taux-hors-bornes": "wrong type", "plusieurs-regions": "wrong type",
		"hors-liste": "closed list", "region-inconnue": "closed list", "departement-inconnu": "closed list", "territoire-inconnu": "closed list",
		"valeur-erreur": "error value", "formule-sans-valeur": "formula without value", "projet-en-double": "duplicate project", "essms-en-double": "ESSMS twice",
		"projet-inconnu": "unknown project", "apres-date-arret": "after the data state", "verse-superieur": "paid more than granted", "finess-malforme": "malformed FINESS",
		"categorie-inconnue": "unknown category", "commune-sans-departement": "commune of no department",
	}
	for _, e := range Catalogue() {
		if _, want := contract[e.Code]; (e.Severity == Error) != want {
			t.Errorf("%s: got %s, want an error: %v", e.Code, e.Severity, want)
		}
	}
}

func TestAddGivesTheSeverityOfTheCatalogue(t *testing.T) {
	var l List
	l.Add(Problem{Code: "cellule-vide"}, Problem{Code: "feuille-inconnue", Severity: Error})
	if l.Count(Error) != 1 || l.Count(Information) != 1 {
		t.Errorf("got %v", l.Sorted())
	}
}

func TestSpellerFindsWhatNearestFinds(t *testing.T) {
	words := []string{"Région", "Phase", "Portée"}
	s := NewSpeller(words, strings.ToLower)
	for range 2 { // the second time from what it knows
		for _, w := range []string{"regon", "Phaze", "x", "PORTE", "Subvention"} {
			if got, want := s.Nearest(w), Nearest(w, words, strings.ToLower); got != want {
				t.Errorf("%s: got %q, want %q", w, got, want)
			}
		}
	}
	for i := range maxMisspelt {
		s.Nearest("mot" + itoa(i))
	}
	if got := s.Nearest("phasee"); got != "" {
		t.Errorf("got %q after too many words, want none", got)
	}
}
