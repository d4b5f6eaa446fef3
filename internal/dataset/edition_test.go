package dataset

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

func TestEditionFileSaysWhatTheAtlasNeeds(t *testing.T) {
	var problems problem.List
	got := ParseEdition(2023, "edition.toml", []byte(`
titre = "Atlas 2023"
date_arret = 2023-12-31
date_publication = "2024-05-15"
statut = "démonstration"
notes = ["Une.", "Deux."]
[arrondi]
projets = 5
essms_finances = [{pas = 10}, {jusqu_a = 100, pas = 5}]
subvention_totale = 0.5
`), &problems)
	want := atlas.Edition{Year: 2023, Title: "Atlas 2023", DataState: time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC),
		PublishedOn: time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC), State: atlas.Demonstration, Notes: []string{"Une.", "Deux."},
		Rounding: map[string]atlas.Rounding{"projets": {{Step: 5}}, "essms_finances": {{Below: 100, Step: 5}, {Step: 10}}, "subvention_totale": {{Step: 0.5}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if len(problems.Sorted()) > 0 {
		t.Errorf("got %s", full(problems.Sorted()))
	}
}

func TestEditionFileFaults(t *testing.T) {
	for _, c := range []struct{ name, change, want string }{
		{"unknown key", "titres = \"x\"", "avertissement edition-cle"},
		{"unknown status", "statut = \"brouillon\"", "erreur edition-valeur"},
		{"date that is none", "date_arret = \"bientôt\"", "erreur edition-valeur"},
		{"date in a day that is none", "date_publication = \"2024-02-31\"", "erreur edition-valeur"},
		{"published before the data state", "date_publication = 2023-01-01", "avertissement edition-cle"},
		{"local date with an hour", "date_arret = 2023-12-31T12:00:00", ""},
		{"data state in the year 1", "date_arret = 0001-01-01", "erreur edition-valeur"},
		{"data state of another century", "date_arret = 1923-12-31", "erreur edition-valeur"},
		{"published in a far future", "date_publication = 9999-12-31", "erreur edition-valeur"},
		{"published at an hour of no day", "date_publication = 10:00:00", "erreur edition-valeur"},
		{"data state at an hour of no day", "date_arret = 10:00:00", "erreur edition-valeur"},
		{"data state two years before", "date_arret = 2021-12-31", "avertissement edition-cle"},
		{"data state the year before", "date_arret = 2022-12-31", ""},
		{"one note", "notes = \"Une.\"", ""},
		{"note that is none", "notes = [1]", "avertissement edition-cle"},
		{"rounding to nothing", "arrondi = {projets = 0}", "avertissement edition-arrondi"},
		{"rounding in words", "arrondi = {projets = \"dix\"}", "avertissement edition-arrondi"},
		{"rounding of unknown keys", "arrondi = {projets = [{pas = 5, entre = 3}]}", "avertissement edition-arrondi"},
		{"rounding that is no table", "arrondi = 3", "avertissement edition-arrondi"},
		{"rounding that is a list", "arrondi = [3]", "avertissement edition-arrondi"},
		{"rounding to an absurd step", "arrondi = {projets = 1e308}", "avertissement edition-arrondi"},
		{"rounding to an absurd step by size", "arrondi = {projets = [{moins_de = 10, pas = 1e308}]}", "avertissement edition-arrondi"},
		{"title that is no text", "titre = 3", "erreur edition-illisible"},
	} {
		t.Run(c.name, func(t *testing.T) {
			key, _, _ := strings.Cut(c.change, " ")
			var lines []string
			for _, line := range strings.Split(soundEdition, "\n") {
				if !strings.HasPrefix(line, key+" ") {
					lines = append(lines, line)
				}
			}
			var problems problem.List
			ParseEdition(2023, "edition.toml", []byte(strings.Join(append(lines, c.change), "\n")), &problems)
			var got []string
			for _, p := range problems.Sorted() {
				got = append(got, p.Severity.String()+" "+string(p.Code))
			}
			if got := strings.Join(got, "; "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestControlCharactersLeaveTheWordsOfAnEdition(t *testing.T) {
	var problems problem.List
	got := ParseEdition(2023, "edition.toml", []byte("titre = \"A\\u0000t\\u202Elas\\n\"\ndate_arret = 2023-12-31\nnotes = [\"\\u0007 \", \"a\\u200Bb\"]"), &problems)
	if got.Title != "Atlas" || strings.Join(got.Notes, "|") != "ab" {
		t.Errorf("got %q and %q", got.Title, got.Notes)
	}
}

func TestTOMLFaultsAreSaidInFrench(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"titre = \"A\"\ntitre = \"B\"", "ligne 2 : « titre » est écrit deux fois"},
		{"titre = 3", "ligne 1 : la valeur de « titre » n’est pas du type attendu"},
		{"date_arret = 31/12/2023", "ligne 1 : un élément est de trop après la valeur"},
		{"date_arret = 2023-02-31", "ligne 1 : la date de « date_arret » n’existe pas"},
		{"titre = \"A", "ligne 1 : un guillemet n’est pas fermé"},
		{"titre = \"A\nstatut = 1", "ligne 1 : un guillemet n’est pas fermé"},
		{"titre = A", "ligne 1 : la valeur de « titre » manque ou n’en est pas une"},
		{"titre", "ligne 1 : il manque un signe ="},
		{"notes = [1", "ligne 1 : il manque une virgule, un crochet ou une accolade"},
		{"[arrondi", "ligne 1 : un titre entre crochets n’est pas fermé ou n’en est pas un"},
		{"[arrondi]\na = 012", "ligne 2 : le nombre de « arrondi.a » est mal écrit"},
		{"titre = \"\\q\"", "ligne 1 : une barre oblique inverse est mal placée dans la valeur de « titre »"},
		{"titre = \"\xff\"", "ligne 1 : un caractère n’est pas de l’UTF-8"},
	} {
		var problems problem.List
		ParseEdition(2023, "edition.toml", []byte(c.text), &problems)
		p := problems.Sorted()[0]
		_, after, _ := strings.Cut(p.Message, " TOML")
		if got := p.Place.Cell() + after; got != french.Typeset(c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestEditionFileMayBeginWithAMarkOfOrder(t *testing.T) {
	var problems problem.List
	if e := ParseEdition(2023, "edition.toml", []byte("\ufeff"+strings.ReplaceAll(soundEdition, "\n", "\r\n")), &problems); problems.HasErrors() || e.DataState.IsZero() {
		t.Errorf("got %s", full(problems.Sorted()))
	}
}

func FuzzEdition(f *testing.F) {
	f.Add([]byte(soundEdition))
	f.Add([]byte("[arrondi]\nx = [{pas = 1}]\ny = inf"))
	f.Add([]byte("notes = [[1]]\ndate_arret = 99"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems problem.List
		e := ParseEdition(2023, "edition.toml", data, &problems)
		if !problems.HasErrors() && e.DataState.IsZero() {
			t.Error("no data state and no error")
		}
		for id, r := range e.Rounding {
			for _, s := range r {
				if !(s.Step > 0) || s.Step > greatestStep {
					t.Errorf("step %v of %s", s.Step, id)
				}
			}
		}
	})
}

func FuzzParseFINESS(f *testing.F) {
	for _, s := range []string{"010000016", "10000016", "2a0000012", "7.5E8", "1E99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, _, ok := ParseFINESS(s); ok && !finessForm.MatchString(got) {
			t.Errorf("ParseFINESS(%q) = %q", s, got)
		}
	})
}

func FuzzRegion(f *testing.F) {
	n := newNames(testGazetteer(f), atlas.RegionLevel)
	for _, s := range []string{"84 - Auvergne-Rhône-Alpes", "ARS de Bretagne", "(84)", "PACA (93)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, _, ok := n.find(s); ok && got.Name == "" {
			t.Errorf("find(%q) = nothing", s)
		}
	})
}
