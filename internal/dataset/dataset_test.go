package dataset

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/problem"
)

// grid is a sheet as text: rows, then cells. A cell that is a string is stored as a text, a
// number as a number.
type grid [][]any

var projectHeader = []any{"N° de projet", "Intitulé", "Organisme porteur", "SIREN", "Portée", "Région", "Phase", "Date de décision",
	"Type de projet", "Infrastructures", "Groupement", "Subvention (€)", "Montant versé (€)", "Solution DUI", "Référencement", "Taux de dossiers actifs"}

var essmsHeader = []any{"N° FINESS", "N° de projet", "Raison sociale", "Catégorie", "Champ d’intervention", "Statut", "Commune", "Financement"}

// projectRow returns a sound row of sheet Projets with some cells replaced, by header.
func projectRow(number any, cells ...any) []any {
	row := []any{number, "Projet " + fmt.Sprint(number), "Organisme", "356000000", "régional", "84", "Généralisation", 44927, // 1 January 2023
		"Acquisition", "oui", "Grappe", 100000, 50000, "Logiciel", "Ségur", 0.5}
	return replaced(projectHeader, row, cells)
}

// essmsLine returns a sound row of sheet ESSMS with some cells replaced, by header.
func essmsLine(finess, project any, cells ...any) []any {
	return replaced(essmsHeader, []any{finess, project, "ESSMS", "500", "PA", "public", "69381", "DUI"}, cells)
}

func replaced(header, row, cells []any) []any {
	for i := 0; i < len(cells); i += 2 {
		found := false
		for j, h := range header {
			if h == cells[i] {
				row[j], found = cells[i+1], true
			}
		}
		if !found {
			panic(fmt.Sprint("no column ", cells[i]))
		}
	}
	return row
}

// writeBook writes a workbook of those sheets, by name.
func writeBook(t testing.TB, path string, sheets map[string]grid) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range sortedKeys(sheets) {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		w, err := f.NewStreamWriter(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range sheets[name] {
			if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

const soundEdition = `titre = "Atlas"
date_arret = 2023-12-31
date_publication = 2024-05-15
statut = "provisoire"
`

var referenceFiles = map[string]string{
	"territoires/regions.csv": `code,nom,slug,avec_article,locatif,genitif,population,seuil_essms
04,La Réunion,la-reunion,La Réunion,à La Réunion,de La Réunion,889679,8
75,Nouvelle-Aquitaine,nouvelle-aquitaine,la Nouvelle-Aquitaine,en Nouvelle-Aquitaine,de la Nouvelle-Aquitaine,6150451,15
84,Auvergne-Rhône-Alpes,auvergne-rhone-alpes,l’Auvergne-Rhône-Alpes,en Auvergne-Rhône-Alpes,de l’Auvergne-Rhône-Alpes,8205557,15
93,Provence-Alpes-Côte d’Azur,provence-alpes-cote-d-azur,la Provence-Alpes-Côte d’Azur,en Provence-Alpes-Côte d’Azur,de la Provence-Alpes-Côte d’Azur,5218960,15
94,Corse,corse,la Corse,en Corse,de la Corse,355486,8
53,Bretagne,bretagne,la Bretagne,en Bretagne,de la Bretagne,3449370,15
`,
	"territoires/departements.csv": `code,nom,slug,region,avec_article,locatif,genitif,population
01,Ain,ain,84,l’Ain,dans l’Ain,de l’Ain,679344
69,Rhône,rhone,84,le Rhône,dans le Rhône,du Rhône,1906000
33,Gironde,gironde,75,la Gironde,en Gironde,de la Gironde,1700000
974,La Réunion,la-reunion,04,La Réunion,à La Réunion,de La Réunion,889679
2A,Corse-du-Sud,corse-du-sud,94,la Corse-du-Sud,en Corse-du-Sud,de la Corse-du-Sud,160000
`,
	"territoires/communes.csv": `code,nom,departement
01053,Bourg-en-Bresse,01
01004,Ambérieu-en-Bugey,01
69381,Lyon 1er Arrondissement,69
33063,Bordeaux,33
97411,Saint-Denis,974
2A004,Ajaccio,2A
`,
	"references/categories-finess.csv": `code,libelle_court,libelle,champ
001,Autres lits,Autres lits de m.R.,
183,I.M.E.,Institut Médico-Educatif (I.M.E.),PH
500,EHPAD,Etablissement d'hébergement pour personnes âgées dépendantes,PA
354,S.S.I.A.D.,Service de Soins Infirmiers A Domicile (S.S.I.A.D),DOMICILE
`,
	"references/statuts-juridiques.csv": `codes,secteur,exemples
"07,08,10-26",public,CCAS
60-62,prive_non_lucratif,association
90,inconnu,étranger
`,
	"editions/2023/edition.toml": soundEdition,
}

// dataDir makes a data directory of one edition, 2023, with those workbooks. Files may add to the
// reference files or replace them.
func dataDir(t testing.TB, files map[string]string, books map[string]map[string]grid) string {
	t.Helper()
	dir := t.TempDir()
	for _, set := range []map[string]string{referenceFiles, files} {
		for _, name := range sortedKeys(set) {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(set[name]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range sortedKeys(books) {
		writeBook(t, filepath.Join(dir, "editions", "2023", name), books[name])
	}
	return dir
}

// tiny are the problems that every tiny edition has: tests look at the others.
var tiny = map[problem.Code]bool{CodeEmptyRegion: true, CodeSmall: true, CodeSeveralProjects: true, CodeElsewhere: true}

// read reads the edition 2023 of a directory, and leaves out the problems of its tininess.
func read(t testing.TB, dir string) (*Dataset, []problem.Problem) {
	t.Helper()
	ds, problems := readAll(t, dir)
	return ds, slices.DeleteFunc(problems, func(p problem.Problem) bool { return tiny[p.Code] })
}

func readAll(t testing.TB, dir string) (*Dataset, []problem.Problem) {
	t.Helper()
	in, err := Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	var problems problem.List
	ds, err := in.Read(2023, &problems)
	if err != nil {
		t.Fatal(err)
	}
	return ds, problems.Sorted()
}

// readSheets reads one workbook of those sheets.
func readSheets(t testing.TB, sheets map[string]grid) (*Dataset, []problem.Problem) {
	t.Helper()
	return read(t, dataDir(t, nil, map[string]map[string]grid{"projets.xlsx": sheets}))
}

// brief writes problems short: « erreur cellule-vide Projets!B2 ».
func brief(ps []problem.Problem) string {
	var lines []string
	for _, p := range ps {
		lines = append(lines, strings.TrimSuffix(fmt.Sprintf("%s %s %s!%s", p.Severity, p.Code, p.Place.Sheet, p.Place.Cell()), "!"))
	}
	return strings.Join(lines, "\n")
}

func full(ps []problem.Problem) string {
	var b strings.Builder
	_ = problem.Fprint(&b, ps, problem.Style{})
	return b.String()
}

func TestSoundWorkbookRaisesNothing(t *testing.T) {
	ds, problems := readSheets(t, map[string]grid{
		"Projets": {projectHeader, projectRow("P1"), projectRow("P2", "Portée", "national", "Région", "PACA ; 84 - Auvergne-Rhône-Alpes")},
		"ESSMS":   {essmsHeader, essmsLine("690000001", "P1"), essmsLine("690000001", "P2"), essmsLine("2A0000012", "P2", "Commune", "2A004")},
	})
	if len(problems) > 0 {
		t.Fatalf("got problems:\n%s", full(problems))
	}
	if len(ds.Projects) != 2 || len(ds.ESSMS) != 2 {
		t.Fatalf("got %d projects and %d ESSMS, want 2 and 2", len(ds.Projects), len(ds.ESSMS))
	}
	if got, want := fmt.Sprint(ds.Projects[1].Regions), "[84 93]"; got != want {
		t.Errorf("regions of P2: got %s, want %s", got, want)
	}
	if e := ds.ESSMS[1]; e.Region != "84" || e.Department != "69" || len(e.Links) != 2 {
		t.Errorf("got ESSMS %+v, want region 84, department 69, 2 links", *e)
	}
}

func testGazetteer(t testing.TB) *atlas.Gazetteer {
	t.Helper()
	g, err := ReadGazetteer(os.DirFS(filepath.Join(dataDir(t, nil, nil), "territoires")))
	if err != nil {
		t.Fatal(err)
	}
	return g
}
