package dataset

import (
	"testing"
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
