package dataset

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/problem"
)

// specimen is a tiny edition that has a problem: where it differs from a sound one.
type specimen struct {
	code  problem.Code
	place string // « Projets!F2 »; "" for a file

	project []any             // cells of the only project, by header
	essms   []any             // cells of the only ESSMS
	more    [][]any           // rows of ESSMS besides
	others  [][]any           // rows of projects besides
	sheets  map[string]grid   // sheets besides, or instead; an empty one is left out
	files   map[string]string // files besides, or instead
	edit    func(*excelize.File) error
	bytes   func([]byte) []byte
}

func one[T any](rows ...T) []T { return rows }

// many is enough ESSMS of one project.
func many(n int, project string) [][]any {
	var out [][]any
	for i := range n {
		out = append(out, essmsLine("69000"+string(rune('1'+i/26))+"00"+string(rune('0'+i%10)), project))
	}
	return out
}

func setCell(sheet, cell string, v any) func(*excelize.File) error {
	return func(f *excelize.File) error { return f.SetCellValue(sheet, cell, v) }
}

const oneOfEach = `{"pmej":[{"informationsGeneralesPMEJ":{"statutJuridique":"60"},"ege":[
{"informationsGeneralesEGE":{"numFinessEge":"690000001"},"categorieentiteGeographiqueExercice":"CATEGORY","adresse":[],"etatObjet":"STATE"}]}]}`

func extract(category, state string) map[string]string {
	return map[string]string{"references/finess.json": strings.NewReplacer("CATEGORY", category, "STATE", state).Replace(oneOfEach)}
}

func TestEachProblemOfTheCatalogueIsRaised(t *testing.T) {
	day := []any{"Date de décision", "31/12/2022"}
	specimens := []specimen{
		// files and sheets
		{code: "aucun-classeur", files: map[string]string{"editions/2023/a.xlsx": ""}},
		{code: "aucune-ligne", place: "ESSMS!", sheets: map[string]grid{"ESSMS": {essmsHeader}}},
		{code: "classeur-deguise", bytes: func([]byte) []byte { return []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") }},
		{code: "classeur-illisible", bytes: func(b []byte) []byte { return b[:len(b)/2] }},
		{code: "classeur-protege", bytes: func([]byte) []byte {
			return []byte("\xD0\xCF\x11\xE0E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
		}},
		{code: "dossier-ignore", files: map[string]string{"editions/0999/edition.toml": ""}},
		{code: "feuille-en-double", place: "projets !", sheets: map[string]grid{"projets ": projects(projectRow("P2"))}},
		{code: "feuille-inconnue", place: "Brouillon!", sheets: map[string]grid{"Brouillon": {{"a"}}}},
		{code: "feuille-manquante", sheets: map[string]grid{"ESSMS": nil}},
		{code: "feuille-masquee", place: "ESSMS!", edit: func(f *excelize.File) error { return f.SetSheetVisible("ESSMS", false) }},
		{code: "feuille-vide", place: "Parc!", sheets: map[string]grid{"Parc": {}}},
		{code: "fichier-ignore", files: map[string]string{"editions/2023/b.ods": "x"}},
		// headers and rows
		{code: "cellule-fusionnee", place: "Projets!C2", others: one(projectRow("P2")), edit: func(f *excelize.File) error { return f.MergeCell("Projets", "C2", "C3") }},
		{code: "colonne-en-double", place: "Projets!Q1", edit: setCell("Projets", "Q1", "Code région")},
		{code: "colonne-inconnue", place: "Projets!Q1", edit: setCell("Projets", "Q1", "Commentaire libre")},
		{code: "colonne-manquante", place: "Projets!ligne 1", edit: setCell("Projets", "E1", nil)},
		{code: "colonne-presque", place: "Projets!N1", edit: setCell("Projets", "N1", "Solutoin DUI")},
		{code: "en-tete-repete", place: "ESSMS!ligne 3", more: one(essmsHeader)},
		{code: "ligne-vide", place: "ESSMS!ligne 3", more: one([]any{}, essmsLine("690000002", "P1"))},
		{code: "lignes-masquees", place: "ESSMS!ligne 2", edit: func(f *excelize.File) error { return f.SetRowVisible("ESSMS", 2, false) }},
		// cells
		{code: "caractere-invisible", place: "Projets!B2", project: one[any]("Intitulé", "a\u200bb")},
		{code: "cellule-vide", place: "Projets!B2", project: one[any]("Intitulé", nil)},
		{code: "date-en-texte", place: "Projets!H2", project: day},
		{code: "dates-1904", place: "Projets!H2", edit: func(f *excelize.File) error {
			on := true
			return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on})
		}, project: one[any]("Date de décision", 43465)},
		{code: "formule-sans-valeur", place: "Projets!L2", edit: func(f *excelize.File) error {
			if err := f.SetCellValue("Projets", "L2", nil); err != nil {
				return err
			}
			return f.SetCellFormula("Projets", "L2", "1+1")
		}},
		{code: "hors-liste", place: "Projets!E2", project: one[any]("Portée", "local")},
		{code: "montant-avec-unite", place: "Projets!L2", project: one[any]("Subvention (€)", "377 000 €")},
		{code: "montant-negatif", place: "Projets!L2", project: one[any]("Subvention (€)", -1)},
		{code: "nombre-ambigu", place: "Projets!L2", project: one[any]("Subvention (€)", "377,000")},
		{code: "nombre-en-texte", place: "Projets!L2", project: one[any]("Subvention (€)", "377000")},
		{code: "taux-hors-bornes", place: "Projets!P2", project: one[any]("Taux de dossiers actifs", "120 %")},
		{code: "texte-formule", place: "Projets!B2", project: one[any]("Intitulé", "=1+1")},
		{code: "type-incorrect", place: "Projets!L2", project: one[any]("Subvention (€)", "à préciser")},
		{code: "valeur-erreur", place: "Projets!L2", project: one[any]("Subvention (€)", "#N/A")},
		{code: "valeur-improbable", place: "Projets!H2", project: one[any]("Date de décision", 8000)},
		{code: "valeur-reparee", place: "Projets!F2", project: one[any]("Région", 4)},
		// codes
		{code: "categorie-inconnue", place: "ESSMS!D2", essms: one[any]("Catégorie", "355")},
		{code: "categorie-sans-champ", place: "ESSMS!D2", essms: one[any]("Catégorie", "001", "Champ d’intervention", nil)},
		{code: "collectivite-outre-mer", place: "ESSMS!G2", essms: one[any]("Commune", "97801")},
		{code: "commune-inconnue", place: "ESSMS!G2", essms: one[any]("Commune", "01999")},
		{code: "commune-sans-departement", place: "ESSMS!G2", essms: one[any]("Commune", "99352")},
		{code: "departement-inconnu", place: "Parc!A2", sheets: map[string]grid{"Parc": {{"Département", "Champ", "Nombre d’ESSMS"}, {"Seine", "PA", 1}}}},
		{code: "finess-malforme", place: "ESSMS!A2", essms: one[any]("N° FINESS", "1000001")},
		{code: "finess-repare", place: "ESSMS!A2", essms: one[any]("N° FINESS", 10000016)},
		{code: "plusieurs-regions", place: "Projets!F2", project: one[any]("Région", "84;93")},
		{code: "region-inconnue", place: "Projets!F2", project: one[any]("Région", "Bourgogne")},
		{code: "region-repetee", place: "Projets!F2", project: one[any]("Portée", "national", "Région", "84;84")},
		{code: "siren-cle", place: "Projets!D2", project: one[any]("SIREN", "356000001")},
		{code: "siren-malforme", place: "Projets!D2", project: one[any]("SIREN", "35600000000011")},
		{code: "territoire-inconnu", place: "Chiffres publiés!B2", sheets: map[string]grid{"Chiffres publiés": {{"Indicateur", "Territoire", "Valeur", "Précision"}, {"projets", "75", 1, "exact"}}}},
		// links
		{code: "apres-date-arret", place: "Projets!H2", project: one[any]("Date de décision", 45292)},
		{code: "commune-hors-region", place: "ESSMS!G2", essms: one[any]("Commune", "33063")},
		{code: "essms-discordant", place: "ESSMS!F2", others: one(projectRow("P2")), more: one(essmsLine("690000001", "P2", "Statut", "privé lucratif"))},
		{code: "essms-en-double", place: "ESSMS!A3", more: one(essmsLine("690000001", "P1"))},
		{code: "essms-plusieurs-projets", place: "ESSMS!A3", others: one(projectRow("P2")), more: one(essmsLine("690000001", "P2"))},
		{code: "nom-discordant", place: "ESSMS!C2", others: one(projectRow("P2")), more: one(essmsLine("690000001", "P2", "Raison sociale", "Autre"))},
		{code: "nom-inconnu", place: "ESSMS!C2", essms: one[any]("Raison sociale", nil)},
		{code: "projet-en-double", place: "Projets!A3", others: one(projectRow("P1"))},
		{code: "projet-inconnu", place: "ESSMS!B3", more: one(essmsLine("690000002", "P9"))},
		{code: "projet-sans-essms", place: "Projets!A3", others: one(projectRow("X2"))},
		{code: "projets-presque-identiques", place: "Projets!A3", others: one(projectRow("p 1"))},
		{code: "valeur-inconnue", place: "ESSMS!G2", essms: one[any]("Commune", nil)},
		{code: "verse-superieur", place: "Projets!M2", project: one[any]("Montant versé (€)", 100001)},
		// register
		{code: "categorie-hors-essms", place: "ESSMS!D2", files: extract("355", "A")},
		{code: "extrait-illisible", files: map[string]string{"references/finess.json": "{"}},
		{code: "extrait-sans-etablissement", files: map[string]string{"references/finess.json": "{}"}},
		{code: "extrait-incomplet", place: "ESSMS!", files: extract("500", "A"), more: many(45, "P1")},
		{code: "finess-discordant", place: "ESSMS!F2", files: extract("500", "A")},
		{code: "finess-ferme", place: "ESSMS!A2", files: extract("500", "I"), essms: one[any]("Statut", nil)},
		{code: "finess-inconnu", place: "ESSMS!A3", files: extract("500", "A"), more: one(essmsLine("690000002", "P1"))},
		// likelihood
		{code: "projet-sous-seuil", place: "Projets!A2"},
		{code: "region-sans-projet"},
		{code: "subvention-hors-bareme", place: "Projets!L2", project: one[any]("Subvention (€)", 4e6)},
		{code: "subvention-nulle", place: "Projets!L2", project: one[any]("Subvention (€)", 0, "Montant versé (€)", 0)},
		// edition.toml
		{code: "edition-arrondi", files: map[string]string{"editions/2023/edition.toml": soundEdition + "[arrondi]\nprojets = \"dix\"\n"}},
		{code: "edition-cle", files: map[string]string{"editions/2023/edition.toml": soundEdition + "date_parution = 2024-05-15\n"}},
		{code: "edition-illisible", place: "!ligne 1", files: map[string]string{"editions/2023/edition.toml": "date_arret = 31/12/2023\n"}},
		{code: "edition-valeur", files: map[string]string{"editions/2023/edition.toml": "titre = \"A\"\nstatut = \"provisoire\"\n"}},
		{code: "edition-absente", files: map[string]string{"editions/2023/edition.toml": ""}},
		// optional sheets
		{code: "arrondi-sans-pas", place: "Chiffres publiés!E2", sheets: map[string]grid{"Chiffres publiés": {{"Indicateur", "Territoire", "Valeur", "Précision", "Arrondi"}, {"projets", "FR", 1, "arrondi", nil}}}},
		{code: "ligne-en-double", place: "Enveloppes!A3", sheets: map[string]grid{"Enveloppes": {{"Région", "Année", "Enveloppe (€)"}, {"84", 2023, 1}, {"84", 2023, 2}}}},
		{code: "parc-deux-niveaux", place: "Parc!A2", sheets: map[string]grid{"Parc": {{"Région", "Département", "Champ", "Nombre d’ESSMS"}, {"84", nil, "PA", 10}, {"84", "69", "PA", 5}}}},
		{code: "parc-region-discordante", place: "Parc!A2", sheets: map[string]grid{"Parc": {{"Région", "Département", "Champ", "Nombre d’ESSMS"}, {"53", "69", "PA", 5}}}},
		{code: "selection-superieure", place: "Candidatures!D2", sheets: map[string]grid{"Candidatures": {{"Région", "Année", "Dossiers déposés", "Dossiers sélectionnés"}, {"84", 2021, 3, 5}}}},
	}
	raised := map[problem.Code]bool{
		"classeur-trop-grand": true, // TestTooLargeWorkbookIsRefusedUnread
		"total-en-rupture":    true, // TestTotalsThatJumpAreReported
	}
	for _, s := range specimens {
		t.Run(string(s.code), func(t *testing.T) {
			_, problems := readAll(t, s.write(t))
			i := slices.IndexFunc(problems, func(p problem.Problem) bool { return p.Code == s.code })
			if i < 0 {
				t.Fatalf("got\n%s", full(problems))
			}
			p := problems[i]
			if got := p.Place.Sheet + "!" + p.Place.Cell(); got != s.place && (s.place != "" || got != "!") {
				t.Errorf("got it at %s, want it at %s", got, s.place)
			}
			if p.Message == "" || p.Remedy == "" && s.code != "feuille-inconnue" && s.code != "collectivite-outre-mer" {
				t.Errorf("got message %q and remedy %q", p.Message, p.Remedy)
			}
			raised[s.code] = true
		})
	}
	for _, e := range problem.Catalogue() {
		if !raised[e.Code] && e.Topic != problem.OfSettings { // site.toml has its own test
			t.Errorf("no specimen raises %s", e.Code)
		}
	}
}

// write makes the data directory of a specimen.
func (s specimen) write(t *testing.T) string {
	t.Helper()
	sheets := map[string]grid{
		"Projets": append(projects(replaced(projectHeader, projectRow("P1"), s.project)), s.others...),
		"ESSMS":   append(links(replaced(essmsHeader, essmsLine("690000001", "P1"), s.essms)), s.more...),
	}
	for name, rows := range s.sheets {
		sheets[name] = rows
		if rows == nil {
			delete(sheets, name)
		}
	}
	files := map[string]string{"references/bareme-subventions-2022.csv": "type_projet,taille,composante,montant_eur_par_essms\nAcquisition,moins de 50 ESSMS,éditeur,12000\nAcquisition,50 ESSMS ou plus,éditeur,1000\n"}
	for name, text := range s.files {
		files[name] = text
	}
	dir := dataDir(t, files, map[string]map[string]grid{"a.xlsx": sheets})
	path := filepath.Join(dir, "editions", "2023", "a.xlsx")
	for name, text := range s.files {
		if text == "" { // left out
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s.edit == nil && s.bytes == nil {
		return dir
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if s.edit != nil {
		data = edited(t, data, s.edit)
	}
	if s.bytes != nil {
		data = s.bytes(data)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func edited(t *testing.T, data []byte, edit func(*excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := edit(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
