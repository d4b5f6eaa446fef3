package problem

import (
	"strings"
	"testing"
)

func three() []Problem {
	var l List
	l.Add(
		Problem{Code: "b", Severity: Warning, Place: Place{File: "a.xlsx", Sheet: "S", Row: 3}, Message: "m : « x » ?"},
		Problem{Code: "a", Severity: Error, Place: Place{File: "a.xlsx", Sheet: "S", Row: 12, Column: 6}, Value: "=1", Message: "faux", Remedy: "corriger"},
		Problem{Code: "b", Severity: Warning, Place: Place{File: "a.xlsx", Sheet: "S", Column: 28}, Message: "x\x1b[2J\ny"},
	)
	return l.Sorted()
}

func TestPrintingFollowsTheContract(t *testing.T) {
	for _, c := range []struct {
		name  string
		style Style
		want  string
	}{
		{"all", Style{}, "avertissement  a.xlsx › S › colonne AB : x [2J y\navertissement  a.xlsx › S › ligne 3 : m\u00a0: «\u00a0x\u00a0»\u202f?\n" +
			"erreur  a.xlsx › S › F12 : faux\n        → corriger\n\n1 erreur, 2 avertissements\n"},
		{"grouped", Style{PerCode: 1}, "\na : 1 erreur\nerreur  a.xlsx › S › F12 : faux\n        → corriger\n" +
			"\nb : 2 avertissements\navertissement  a.xlsx › S › colonne AB : x [2J y\n        … et 1 autre du même genre\n\n1 erreur, 2 avertissements\n"},
		{"coloured", Style{PerCode: 1, Coloured: true}, "\na : 1 erreur\n\x1b[1;31merreur\x1b[0m  a.xlsx › S › F12 : faux\n        → corriger\n" +
			"\nb : 2 avertissements\n\x1b[33mavertissement\x1b[0m  a.xlsx › S › colonne AB : x [2J y\n        … et 1 autre du même genre\n\n1 erreur, 2 avertissements\n"},
	} {
		var b strings.Builder
		if err := Fprint(&b, three(), c.style); err != nil {
			t.Fatal(err)
		}
		if b.String() != c.want {
			t.Errorf("%s: got\n%q\nwant\n%q", c.name, b.String(), c.want)
		}
	}
	var b strings.Builder
	if err := Fprint(&b, nil, Style{}); err != nil || b.Len() > 0 {
		t.Errorf("got %q for no problem", b.String())
	}
}

func TestCSVNeverWritesAFormula(t *testing.T) {
	var b strings.Builder
	if err := WriteCSV(&b, three()); err != nil {
		t.Fatal(err)
	}
	if want := "erreur;a.xlsx;S;F12;'=1;faux;corriger;a\r\n"; !strings.Contains(b.String(), want) || !strings.HasPrefix(b.String(), "\ufeffgravite;") {
		t.Errorf("got %q, want %q in it", b.String(), want)
	}
}

func TestTallyCountsBySeverity(t *testing.T) {
	many := make([]Problem, 1234)
	if got, want := Tally(many), "1\u202f234 informations"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Tally(nil), "aucun problème"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNearestForgivesAThirdOfTheLetters(t *testing.T) {
	list := []string{"Région", "Phase", "Portée"}
	for in, want := range map[string]string{"region": "", "Regoin": "Région", "Régions": "Région", "Phaze": "Phase", "Porte": "Portée", "x": "", "Subvention": "", "Pahse": "Phase"} {
		got := Nearest(in, list, func(s string) string { return s })
		if in == "region" || in == "Regoin" {
			got = Nearest(in, list, func(s string) string { return strings.NewReplacer("é", "e", "R", "r").Replace(s) })
			if in == "region" {
				want = "Région"
			}
		}
		if got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestProblemsAreSortedByPlace(t *testing.T) {
	var got []string
	for _, p := range three() {
		got = append(got, p.Place.Cell())
	}
	if want := "colonne AB ligne 3 F12"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestLongValuesAreCut(t *testing.T) {
	long := strings.Repeat("é", 2000)
	var l List
	l.Add(Problem{Code: "hors-liste", Value: long}, Problem{Code: "hors-liste", Value: "court"})
	if got, want := l.Sorted()[1].Value, strings.Repeat("é", 79)+"…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, s := range []string{"", "court", strings.Repeat("é", 80)} {
		if got := Shorten(s); got != s {
			t.Errorf("got %q, want %q", got, s)
		}
	}
}
