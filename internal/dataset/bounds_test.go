package dataset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"esms.example/atlas/internal/problem"
)

func TestAmountsBeyondReasonAreReported(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []any
		want  string
	}{
		{"absurd subsidy", []any{"Subvention (€)", 1e308}, "erreur type-incorrect Projets!L2"},
		{"subsidy above any budget", []any{"Subvention (€)", 2e10}, "avertissement valeur-improbable Projets!L2"},
		{"payment above any budget", []any{"Subvention (€)", 3e10, "Montant versé (€)", 2e10}, "avertissement valeur-improbable Projets!L2\navertissement valeur-improbable Projets!M2"},
		{"absurd payment", []any{"Montant versé (€)", 1e13}, "erreur type-incorrect Projets!M2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := readSheets(t, map[string]grid{"Projets": projects(projectRow("P1", c.cells...)), "ESSMS": {essmsHeader, essmsLine("690000001", "P1")}})
			if got := brief(problems); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLongCellsMakeShortProblems(t *testing.T) {
	long := strings.Repeat("é", 2000)
	for _, c := range []struct {
		name    string
		project []any
		essms   []any
		want    string
	}{
		{"one region that is none", []any{"Région", long}, nil, "erreur region-inconnue Projets!F2"},
		{"4,000 regions that are none", []any{"Portée", "national", "Région", strings.Repeat("Atlantide;", 4000)}, nil, "erreur region-inconnue Projets!F2"},
		{"4,000 times a region", []any{"Portée", "national", "Région", strings.Repeat("84;", 4000)}, nil, "erreur region-inconnue Projets!F2"},
		{"50 times a region", []any{"Portée", "national", "Région", strings.Repeat("84;", 50)}, nil, "avertissement region-repetee Projets!F2"},
		{"number", nil, []any{"N° FINESS", long}, "erreur finess-malforme ESSMS!A2"},
		{"category", nil, []any{"Catégorie", long}, "erreur categorie-inconnue ESSMS!D2"},
		{"status", nil, []any{"Statut", long}, "erreur hors-liste ESSMS!F2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := readSheets(t, map[string]grid{"Projets": projects(projectRow("P1", c.project...)), "ESSMS": {essmsHeader, essmsLine("690000001", "P1", c.essms...)}})
			if got := brief(problems); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			for _, p := range problems {
				if utf8.RuneCountInString(p.Value) > 80 || utf8.RuneCountInString(p.Message) > 400 || utf8.RuneCountInString(p.Remedy) > 400 {
					t.Errorf("got %d, %d and %d characters: %.500q", len(p.Value), len(p.Message), len(p.Remedy), p.Message)
				}
			}
		})
	}
}

func TestLongValuesOfAnEditionMakeShortProblems(t *testing.T) {
	long := strings.Repeat("é", 2000)
	for _, text := range []string{"statut = \"" + long + "\"", "\"" + long + "\" = 1", "[arrondi]\n\"" + long + "\" = \"x\"", "notes = [[\"" + long + "\"]]", "\"" + long + "\" = x"} {
		var problems problem.List
		ParseEdition(2023, "edition.toml", []byte(text), &problems)
		for _, p := range problems.Sorted() {
			if utf8.RuneCountInString(p.Value) > 80 || utf8.RuneCountInString(p.Message) > 400 || utf8.RuneCountInString(p.Remedy) > 400 {
				t.Errorf("got %d, %d and %d characters: %.500q", len(p.Value), len(p.Message), len(p.Remedy), p.Message)
			}
		}
	}
}
