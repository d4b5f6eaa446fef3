package dataset

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esms.example/atlas/internal/atlas"
)

func TestAnESSMSHasTheValuesItsRowsHoldMostOften(t *testing.T) {
	ps := projects(projectRow("P1"), projectRow("P2"), projectRow("P3"), projectRow("P4"))
	line := func(project string, cells ...any) []any { return essmsLine("690000001", project, cells...) }
	for _, c := range []struct {
		name string
		rows [][]any
		want atlas.ESSMS
	}{
		{"majority", [][]any{line("P1"), line("P2", "Commune", "33063", "Statut", "privé lucratif"), line("P3", "Commune", "33063", "Statut", "privé lucratif")},
			atlas.ESSMS{Commune: "33063", Department: "33", Region: "75", Field: "PA", Status: "privé lucratif"}},
		{"a tie goes to the first in alphabetical order", [][]any{line("P1", "Champ d’intervention", "PH", "Statut", "public"), line("P2", "Commune", "01053", "Champ d’intervention", "DOMICILE", "Statut", "privé non lucratif")},
			atlas.ESSMS{Commune: "01053", Department: "01", Region: "84", Field: "DOMICILE", Status: "privé non lucratif"}},
		{"unknown does not vote, SONS alone does", [][]any{line("P1", "Commune", nil), line("P2", "Commune", nil), line("P3", "Commune", "97411", "Financement", "SONS seul")},
			atlas.ESSMS{Commune: "97411", Department: "974", Region: "04", Field: "PA", Status: "public"}},
		{"the field of a row is that of its category where it is not written", [][]any{line("P1", "Catégorie", "183", "Champ d’intervention", nil), line("P2", "Catégorie", "183", "Champ d’intervention", nil), line("P3")},
			atlas.ESSMS{Commune: "69381", Department: "69", Region: "84", Field: "PH", Status: "public"}},
		{"merged commune counts in the department of its code", [][]any{line("P1", "Commune", "01999")},
			atlas.ESSMS{Commune: "01999", Department: "01", Region: "84", Field: "PA", Status: "public"}},
		{"collectivity counts in no region", [][]any{line("P1", "Commune", "97801")},
			atlas.ESSMS{Commune: "97801", Field: "PA", Status: "public"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds, problems := readSheets(t, map[string]grid{"Projets": ps, "ESSMS": links(c.rows...)})
			if ds == nil {
				t.Fatal(full(problems))
			}
			e := ds.ESSMS[0]
			got := atlas.ESSMS{Commune: e.Commune, Department: e.Department, Region: e.Region, Field: e.Field, Status: e.Status}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestConflictNamesTheRows(t *testing.T) {
	_, problems := readSheets(t, map[string]grid{"Projets": projects(projectRow("P1"), projectRow("P2"), projectRow("P3")),
		"ESSMS": links(essmsLine("690000001", "P1"), essmsLine("690000001", "P2", "Statut", "privé lucratif"), essmsLine("690000001", "P3"))})
	if len(problems) != 1 {
		t.Fatalf("got %s", full(problems))
	}
	want := "l’ESSMS 690000001 a plusieurs statuts\u00a0: «\u00a0public\u00a0» (ligne 2 et ligne 4), «\u00a0privé lucratif\u00a0» (ligne 3)\u202f; «\u00a0public\u00a0» est retenu"
	if got := problems[0]; got.Message != want || got.Place.Cell() != "F3" || got.Severity.String() != "avertissement" {
		t.Errorf("got %v %s %q, want F3 %q", got.Severity, got.Place, got.Message, want)
	}
}

func TestLinksKeepTheirOwnFieldAndStatus(t *testing.T) {
	ds, _ := readSheets(t, map[string]grid{"Projets": projects(projectRow("P2"), projectRow("P1")),
		"ESSMS": links(essmsLine("690000001", "P2", "Statut", "public"), essmsLine("690000001", "P1", "Statut", "privé lucratif", "Champ d’intervention", nil, "Catégorie", "354"), essmsLine("010000001", "P1", "Financement", "sons"))})
	e := ds.ESSMS[1]
	if got := e.Links[0]; got.Project.Number != "P1" || got.Field != atlas.HomeCare || got.Status != atlas.ForProfit {
		t.Errorf("got first link %s %s %s, want P1 DOMICILE privé lucratif", got.Project.Number, got.Field, got.Status)
	}
	p := ds.Projects[0]
	if len(p.Links) != 1 || len(p.SONS) != 1 || p.SONS[0].ESSMS.FINESS != "010000001" {
		t.Errorf("got %d links and %d of SONS alone, want 1 and 1", len(p.Links), len(p.SONS))
	}
}

func TestTheOrderOfRowsChangesNothing(t *testing.T) {
	var ps, es [][]any
	for i := range 30 {
		number := "P" + string(rune('A'+i%26)) + string(rune('A'+i/26))
		ps = append(ps, projectRow(number, "Subvention (€)", 100000+i))
		for j := range 6 {
			finess := []string{"010000001", "690000002", "330000003", "974000004", "2A0000005", "690000006", "690000007"}[(i+j)%7]
			es = append(es, essmsLine(finess, number, "Commune", []any{"01053", "33063", nil}[(i*j)%3], "Statut", []any{"public", "privé lucratif", "privé non lucratif"}[(i+j*2)%3],
				"Champ d’intervention", []any{"PA", "PH", nil}[(i+2*j)%3], "Raison sociale", []any{"A", "B"}[(i*j)%2], "Financement", []any{"DUI", "SONS seul"}[(i*j)%2]))
		}
	}
	applications := grid{{"Région", "Année", "Dossiers déposés", "Dossiers sélectionnés"}, {"84", 2021, 2, 1}, {"84", 2021, 3, 1}, {"53", 2022, 4, 1}}
	shuffled := func(rows [][]any, seed uint64) [][]any {
		out := slices.Clone(rows)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		return out
	}
	var first string
	for seed := range uint64(4) {
		ds, problems := readSheets(t, map[string]grid{"Projets": projects(shuffled(ps, seed)...), "ESSMS": links(shuffled(es, seed+9)...),
			"Candidatures": append(applications[:1:1], shuffled(applications[1:], seed)...)})
		if ds == nil {
			t.Fatal(full(problems))
		}
		flat := flatten(ds)
		if first == "" {
			first = flat
			continue
		}
		if diff := cmp.Diff(strings.Split(first, "\n"), strings.Split(flat, "\n")); diff != "" {
			t.Fatalf("want -, got +:\n%s", diff)
		}
	}
}

// flatten writes a dataset as text, but for the places of its rows: its records point at one
// another, which a general comparison follows without end.
func flatten(ds *Dataset) string {
	var b strings.Builder
	link := func(l *atlas.Link) {
		fmt.Fprintf(&b, "  %s %s %s %s %s %v\n", l.Project.Number, l.ESSMS.FINESS, l.Category, l.Field, l.Status, l.SONSOnly)
	}
	for _, p := range ds.Projects {
		fmt.Fprintf(&b, "%s %q %v %v %v\n", p.Number, p.Title, p.Regions, p.Subsidy, p.DecidedOn)
		for _, l := range p.Links {
			link(l)
		}
		for _, l := range p.SONS {
			link(l)
		}
	}
	for _, e := range ds.ESSMS {
		fmt.Fprintf(&b, "%s %s %s %s %s %s %s %s\n", e.FINESS, e.Name, e.Category, e.Commune, e.Department, e.Region, e.Field, e.Status)
		for _, l := range e.Links {
			link(l)
		}
	}
	for _, a := range ds.Applications {
		fmt.Fprintln(&b, a.Region, a.Year, a.Phase, a.Deposited, a.Selected)
	}
	return b.String()
}

func TestRegionalWorkbooksAreConcatenated(t *testing.T) {
	ds, problems := read(t, dataDir(t, nil, map[string]map[string]grid{
		"b.xlsx":    {"projets ": projects(projectRow("P2")), "ESSMS": links(essmsLine("690000001", "P1"))},
		"a.xlsx":    {"PROJETS": projects(projectRow("P1")), "Lisez-moi": {{"Bonjour"}}},
		"c.XLSX":    {"Essms": links(essmsLine("690000001", "P2"))},
		"~$a.xlsx":  {"Projets": projects(projectRow("P1"))},
		".fou.xlsx": {"Projets": projects(projectRow("P1"))},
	}))
	if got, want := brief(problems), "information feuille-inconnue Lisez-moi"; got != want {
		t.Fatalf("got\n%s\nwant %s", got, want)
	}
	if len(ds.Projects) != 2 || ds.Projects[0].Origin.File != "a.xlsx" || len(ds.ESSMS) != 1 || len(ds.ESSMS[0].Links) != 2 {
		t.Errorf("got %d projects and %d ESSMS, want 2 and 1 with 2 links", len(ds.Projects), len(ds.ESSMS))
	}
}

func TestEditionsWithoutWhatTheyNeed(t *testing.T) {
	sound := map[string]grid{"Projets": projects(projectRow("P1")), "ESSMS": links(essmsLine("690000001", "P1"))}
	for _, c := range []struct {
		name  string
		files map[string]string
		books map[string]map[string]grid
		want  string
	}{
		{"no workbook", nil, nil, "erreur aucun-classeur !"},
		{"no sheet of ESSMS", nil, map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")), "ESSMS2": {{"a"}}}}, "erreur feuille-manquante !\ninformation feuille-inconnue ESSMS2"},
		{"no sheet of projects: the rows that name one are not each blamed", nil, map[string]map[string]grid{"a.xlsx": {"ESSMS": sound["ESSMS"]}}, "erreur feuille-manquante !"},
		{"projects without a column: nor then", nil, map[string]map[string]grid{"a.xlsx": {"Projets": {{"N° de projet"}, {"P1"}}, "ESSMS": {{"N° FINESS", "N° de projet", "Raison sociale", "Catégorie", "Statut", "Commune"}, {"690000001", "P1", "A", "500", "public", "69381"}}}}, strings.Repeat("erreur colonne-manquante Projets!ligne 1\n", 7) + "erreur colonne-manquante Projets!ligne 1"},
		{"no date of data state", map[string]string{"editions/2023/edition.toml": "titre = \"A\"\ndate_publication = 2024-01-01\nstatut = \"definitif\"\n"}, map[string]map[string]grid{"a.xlsx": sound}, "erreur edition-valeur !"},
		{"broken TOML", map[string]string{"editions/2023/edition.toml": "titre = \"A\"\ndate_arret = 31/12/2023\n"}, map[string]map[string]grid{"a.xlsx": sound}, "erreur edition-illisible !ligne 2"},
		{"broken workbook", map[string]string{"editions/2023/b.xlsx": "PK"}, map[string]map[string]grid{"a.xlsx": {"Projets": sound["Projets"]}}, "erreur classeur-illisible !"},
		{"old workbook left aside", map[string]string{"editions/2023/b.xls": "x", "editions/2023/notes.txt": "x"}, map[string]map[string]grid{"a.xlsx": sound}, "avertissement fichier-ignore !"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds, problems := read(t, dataDir(t, c.files, c.books))
			var got []string
			for _, line := range strings.Split(brief(problems), "\n") {
				got = append(got, strings.TrimSuffix(line, "!"))
			}
			want := strings.Split(c.want, "\n")
			for i := range want {
				want[i] = strings.TrimSuffix(want[i], "!")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want -, got +:\n%s\n%s", diff, full(problems))
			}
			if (ds == nil) != strings.Contains(c.want, "erreur") {
				t.Errorf("got dataset %v", ds != nil)
			}
		})
	}
}

func TestMissingEditionFileIsAnError(t *testing.T) {
	dir := dataDir(t, nil, map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")), "ESSMS": links(essmsLine("690000001", "P1"))}})
	if err := os.Remove(filepath.Join(dir, "editions", "2023", "edition.toml")); err != nil {
		t.Fatal(err)
	}
	ds, problems := read(t, dir)
	if got, want := brief(problems), "erreur edition-absente "; got != want || ds != nil {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheDefaultDirectoryLendsItsTerritories(t *testing.T) {
	lender := dataDir(t, nil, nil)
	own := t.TempDir()
	if err := os.MkdirAll(filepath.Join(own, "editions", "2021"), 0o755); err != nil {
		t.Fatal(err)
	}
	in, err := Open(own, lender)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := in.TerritoriesDir(), filepath.Join(lender, "territoires"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := in.Years(); !slices.Equal(got, []int{2021}) {
		t.Errorf("got years %v, want 2021", got)
	}
	if _, err := Open(own, ""); err == nil {
		t.Error("got no error without territories")
	}
}
