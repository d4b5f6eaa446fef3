package dataset

import (
	"testing"
)

// projects and links make the two required sheets.
func projects(rows ...[]any) grid { return append(grid{projectHeader}, rows...) }
func links(rows ...[]any) grid    { return append(grid{essmsHeader}, rows...) }

func TestProjectRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]any
		want string
	}{
		{"number of a stored integer", [][]any{projectRow("P1"), projectRow(12)}, "avertissement projet-sans-essms Projets!A3"},
		{"duplicate number", [][]any{projectRow("P1"), projectRow("P1")}, "erreur projet-en-double Projets!A3"},
		{"numbers that look alike", [][]any{projectRow("P1"), projectRow("p 1")}, "avertissement projets-presque-identiques Projets!A3"},
		{"empty required cells", [][]any{projectRow("P1", "Intitulé", nil, "Organisme porteur", "  ")}, "erreur cellule-vide Projets!B2\nerreur cellule-vide Projets!C2"},
		{"empty optional cells", [][]any{projectRow("P1", "SIREN", nil, "Infrastructures", nil, "Groupement", nil, "Montant versé (€)", nil, "Référencement", nil, "Taux de dossiers actifs", nil)}, ""},
		{"key of a SIREN", [][]any{projectRow("P1", "SIREN", "356000001")}, "avertissement siren-cle Projets!D2"},
		{"malformed SIREN", [][]any{projectRow("P1", "SIREN", "35600000000011")}, "avertissement siren-malforme Projets!D2"},
		{"SIREN in groups, stored as a number", [][]any{projectRow("P1", "SIREN", "356 000 000"), projectRow("P2", "SIREN", 356000000)}, "avertissement projet-sans-essms Projets!A3"},
		{"unknown scope", [][]any{projectRow("P1", "Portée", "local")}, "erreur hors-liste Projets!E2"},
		{"unknown region", [][]any{projectRow("P1", "Région", "Bourgogne")}, "erreur region-inconnue Projets!F2"},
		{"two regions of a regional project", [][]any{projectRow("P1", "Région", "84;93")}, "erreur plusieurs-regions Projets!F2"},
		{"region that lost its zero", [][]any{projectRow("P1", "Région", 4)}, "avertissement valeur-reparee Projets!F2"},
		{"code and name that disagree", [][]any{projectRow("P1", "Région", "84 - Bretagne")}, "erreur region-inconnue Projets!F2"},
		{"region named twice", [][]any{projectRow("P1", "Portée", "national", "Région", "84;PACA;84")}, "avertissement region-repetee Projets!F2"},
		{"regions separated by commas", [][]any{projectRow("P1", "Portée", "national", "Région", "Bretagne, PACA")}, "avertissement valeur-reparee Projets!F2"},
		{"date after the data state", [][]any{projectRow("P1", "Date de décision", 45292)}, "erreur apres-date-arret Projets!H2"},
		{"date of the data state with an hour", [][]any{projectRow("P1", "Date de décision", 45291.9)}, ""},
		{"date as text", [][]any{projectRow("P1", "Date de décision", "31/12/2023")}, "avertissement date-en-texte Projets!H2"},
		{"negative subsidy", [][]any{projectRow("P1", "Subvention (€)", -1)}, "erreur montant-negatif Projets!L2"},
		{"paid more than granted", [][]any{projectRow("P1", "Montant versé (€)", 100000.01)}, "erreur verse-superieur Projets!M2"},
		{"paid more than granted beside another fault", [][]any{projectRow("P1", "Région", "Bretagn", "Montant versé (€)", 100001)}, "erreur region-inconnue Projets!F2\nerreur verse-superieur Projets!M2"},
		{"paid beside a subsidy that is no amount", [][]any{projectRow("P1", "Subvention (€)", "beaucoup", "Montant versé (€)", 100001)}, "erreur type-incorrect Projets!L2"},
		{"paid all", [][]any{projectRow("P1", "Montant versé (€)", 100000)}, ""},
		{"paid all, with the noise of a sum", [][]any{projectRow("P1", "Montant versé (€)", 100000.00000000001)}, ""},
		{"rate above one", [][]any{projectRow("P1", "Taux de dossiers actifs", 92)}, "erreur taux-hors-bornes Projets!P2"},
		{"rate as a percentage", [][]any{projectRow("P1", "Taux de dossiers actifs", "92 %")}, ""},
		{"Boolean answer", [][]any{projectRow("P1", "Infrastructures", true)}, ""},
		{"answer outside the list", [][]any{projectRow("P1", "Infrastructures", "peut-être")}, "erreur hors-liste Projets!J2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := readSheets(t, map[string]grid{"Projets": projects(c.rows...), "ESSMS": links(essmsLine("690000001", c.rows[0][0]))})
			if got := brief(problems); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\nin full:\n%s", got, c.want, full(problems))
			}
		})
	}
}

func TestESSMSRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]any
		want string
	}{
		{"FINESS of 8 digits", [][]any{essmsLine(10000016, "P1")}, "avertissement finess-repare ESSMS!A2"},
		{"commune and category with no-break spaces", [][]any{essmsLine("690000001", "P1", "Commune", "69381\u00a0Lyon", "Catégorie", "500\u00a0-\u202fEHPAD")}, ""},
		{"FINESS with spaces and a small letter", [][]any{essmsLine("2a 000 0012", "P1")}, "avertissement finess-repare ESSMS!A2"},
		{"FINESS too short", [][]any{essmsLine("1000001", "P1")}, "erreur finess-malforme ESSMS!A2"},
		{"malformed FINESS in an unknown project", [][]any{essmsLine("690000001", "P1"), essmsLine("1000001", "XYZ")}, "erreur finess-malforme ESSMS!A3\nerreur projet-inconnu ESSMS!B3"},
		{"FINESS with a letter in the end", [][]any{essmsLine("01000001A", "P1")}, "erreur finess-malforme ESSMS!A2"},
		{"empty FINESS", [][]any{essmsLine(nil, "P1")}, "erreur cellule-vide ESSMS!A2"},
		{"unknown project", [][]any{essmsLine("690000001", "P9")}, "erreur projet-inconnu ESSMS!B2\navertissement projet-sans-essms Projets!A2"},
		{"project in other case", [][]any{essmsLine("690000001", "p1 ")}, "avertissement valeur-reparee ESSMS!B2"},
		{"same ESSMS twice in a project", [][]any{essmsLine("690000001", "P1"), essmsLine("690000001", "P1", "Financement", "SONS seul")}, "erreur essms-en-double ESSMS!A3"},
		{"same ESSMS twice by mended number", [][]any{essmsLine("010000016", "P1"), essmsLine("010000016 ", "P1")}, "erreur essms-en-double ESSMS!A3"},
		{"unknown category", [][]any{essmsLine("690000001", "P1", "Catégorie", 355)}, "erreur categorie-inconnue ESSMS!D2"},
		{"category with its label", [][]any{essmsLine("690000001", "P1", "Catégorie", "500 - EHPAD"), essmsLine("690000002", "P1", "Catégorie", "EHPAD"), essmsLine("690000003", "P1", "Catégorie", 500.0)}, ""},
		{"category that lost its zeros", [][]any{essmsLine("690000001", "P1", "Catégorie", 1)}, "avertissement valeur-reparee ESSMS!D2"},
		{"category without field", [][]any{essmsLine("690000001", "P1", "Catégorie", "001", "Champ d’intervention", nil)}, "avertissement categorie-sans-champ ESSMS!D2"},
		{"field in words", [][]any{essmsLine("690000001", "P1", "Champ d’intervention", "Aide et soins à domicile")}, ""},
		{"unknown field", [][]any{essmsLine("690000001", "P1", "Champ d’intervention", "Sport")}, "erreur hors-liste ESSMS!E2"},
		{"unknown status", [][]any{essmsLine("690000001", "P1", "Statut", "mutuelle")}, "erreur hors-liste ESSMS!F2"},
		{"empty cells that nothing knows", [][]any{essmsLine("690000001", "P1", "Raison sociale", nil, "Catégorie", nil, "Statut", nil, "Commune", nil)},
			"information nom-inconnu ESSMS!C2\navertissement valeur-inconnue ESSMS!D2\navertissement valeur-inconnue ESSMS!F2\navertissement valeur-inconnue ESSMS!G2"},
		{"commune that lost its zero", [][]any{essmsLine("690000001", "P1", "Commune", 1053)}, "avertissement valeur-reparee ESSMS!G2"},
		{"commune that is not in the list", [][]any{essmsLine("690000001", "P1", "Commune", "01054")}, "avertissement commune-inconnue ESSMS!G2"},
		{"commune of no department", [][]any{essmsLine("690000001", "P1", "Commune", "99123")}, "erreur commune-sans-departement ESSMS!G2"},
		{"name of a commune", [][]any{essmsLine("690000001", "P1", "Commune", "Bordeaux")}, "erreur commune-sans-departement ESSMS!G2"},
		{"commune of a collectivity", [][]any{essmsLine("690000001", "P1", "Commune", "97801")}, "avertissement collectivite-outre-mer ESSMS!G2"},
		{"commune with its name", [][]any{essmsLine("690000001", "P1", "Commune", "33063 - Bordeaux"), essmsLine("690000002", "P1", "Commune", "Bordeaux (33063)"), essmsLine("690000003", "P1", "Commune", "33063 Bordeaux")}, ""},
		{"commune of Corsica in small letters", [][]any{essmsLine("2A0000012", "P1", "Commune", "2a004")}, ""},
		{"funding outside the list", [][]any{essmsLine("690000001", "P1", "Financement", "autre")}, "erreur hors-liste ESSMS!H2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := readSheets(t, map[string]grid{"Projets": projects(projectRow("P1")), "ESSMS": links(c.rows...)})
			if got := brief(problems); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\nin full:\n%s", got, c.want, full(problems))
			}
		})
	}
}

func TestOptionalSheetRules(t *testing.T) {
	for _, c := range []struct {
		name, sheet string
		rows        grid
		want        string
	}{
		{"applications", "candidatures", grid{{"Région", "Année", "Phase", "Dossiers déposés", "Dossiers sélectionnés"}, {"84", 2021, "", 24, 5}, {"84", 2021, "Amorçage T1", 3, 4}}, "avertissement selection-superieure candidatures!E3"},
		{"applications of a later year", "Candidatures", grid{{"Région", "Année", "Dossiers déposés", "Dossiers sélectionnés"}, {"84", 2024, 24, 5}}, "erreur apres-date-arret Candidatures!B2"},
		{"applications twice", "Candidatures", grid{{"Région", "Année", "Dossiers déposés", "Dossiers sélectionnés"}, {"84", 2023, 24, 5}, {"ARA", 2023, 24, 5}}, "avertissement ligne-en-double Candidatures!A3"},
		{"envelope of an unknown year", "Enveloppes", grid{{"Région", "Année", "Enveloppe (€)"}, {"84", "l’an dernier", 1}}, "erreur type-incorrect Enveloppes!B2"},
		{"negative envelope", "Enveloppes", grid{{"Région", "Année", "Enveloppe (€)"}, {"84", 2023, -1}}, "erreur montant-negatif Enveloppes!C2"},
		{"fleet at two levels", "Parc", grid{{"Région", "Département", "Champ d’intervention", "Nombre d’ESSMS"}, {"84", nil, "PA", 10}, {"84", "69", "PA", 5}, {"53", nil, "PH", 4}}, "avertissement parc-deux-niveaux Parc!A2"},
		{"fleet by department alone", "Parc", grid{{"Département", "Champ", "Nombre d’ESSMS"}, {"Rhône", "PA", 5}, {1, "PA", 5}}, "avertissement valeur-reparee Parc!A3"},
		{"fleet of a department of another region", "Parc", grid{{"Région", "Département", "Champ", "Nombre d’ESSMS"}, {"53", "69", "PA", 5}}, "avertissement parc-region-discordante Parc!A2"},
		{"fleet without territory", "Parc", grid{{"Région", "Champ", "Nombre d’ESSMS"}, {nil, "PA", 5}}, "erreur cellule-vide Parc!A2"},
		{"fleet without column of territory", "Parc", grid{{"Champ", "Nombre d’ESSMS"}, {"PA", 5}, {"PH", 5}}, "erreur colonne-manquante Parc!"},
		{"programme of a later year", "Programme", grid{{"Grandeur", "Année", "Valeur", "Unité", "Source"}, {"Cible", 2025, 36500, "ESSMS", "Ehpadia"}}, ""},
		{"usages of France", "Usages", grid{{"Région", "Année", "Service", "Champ", "Taux", "Répondants", "Source"}, {"France", 2023, "mssante", nil, 0.4, 100, "Enquête"}, {nil, 2023, "DMP", "PA", "40 %", nil, nil}}, ""},
		{"usages of an unknown service", "Usages", grid{{"Région", "Année", "Service", "Champ", "Taux", "Répondants", "Source"}, {"84", 2023, "fax", nil, 0.4, 100, "Enquête"}}, "erreur hors-liste Usages!C2"},
		{"published figures", "Chiffres publiés", grid{{"Indicateur", "Territoire", "Année", "Phase", "Valeur", "Précision", "Arrondi", "Source"},
			{"essms_finances", "region:75", nil, nil, 1710, "arrondi", 10, "E"}, {"projets", "FR", 2025, "Amorçage T1", 71, "exact", nil, "E"}, {"part_handicap_essms", "departement:2A", nil, nil, "52 %", "environ", nil, "E"}, {"essms_finances", "Bretagne", nil, nil, 980, "près de", nil, "E"},
			{"essms_finances", "84 - Auvergne-Rhône-Alpes", nil, nil, 2110, "exact", nil, "E"}, {"essms_finances", "Rhône (69)", nil, nil, 300, "environ", nil, "E"}}, ""},
		{"published figure of a bare code", "Chiffres publiés", grid{{"Indicateur", "Territoire", "Valeur", "Précision"}, {"projets", "75", 1, "exact"}}, "erreur territoire-inconnu Chiffres publiés!B2"},
		{"published figure of no territory", "Chiffres publiés", grid{{"Indicateur", "Territoire", "Valeur", "Précision"}, {"projets", "region:99", 1, "exact"}}, "erreur territoire-inconnu Chiffres publiés!B2"},
		{"published figure rounded to nothing", "Chiffres publiés", grid{{"Indicateur", "Territoire", "Valeur", "Précision", "Arrondi"}, {"projets", "FR", 1, "arrondi", nil}}, "avertissement arrondi-sans-pas Chiffres publiés!E2"},
		{"sheet of something else", "Candidature", grid{{"a"}}, "information feuille-inconnue Candidature!"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := readSheets(t, map[string]grid{"Projets": projects(projectRow("P1")), "ESSMS": links(essmsLine("690000001", "P1")), c.sheet: c.rows})
			if got := brief(problems); got != trimBang(c.want) {
				t.Errorf("got\n%s\nwant\n%s\nin full:\n%s", got, trimBang(c.want), full(problems))
			}
		})
	}
}

func trimBang(s string) string {
	if n := len(s); n > 0 && s[n-1] == '!' {
		return s[:n-1]
	}
	return s
}

func TestRegionsAreKnownByEverySpelling(t *testing.T) {
	g := testGazetteer(t)
	n := newNames(g, 1)
	for in, want := range map[string]string{
		"84": "84", "Auvergne – Rhône-Alpes": "84", "84 - Auvergne-Rhône-Alpes": "84", "ARS Auvergne Rhone Alpes": "84", "AURA": "84", "auvergne-rhône-alpes (84)": "84",
		"PACA": "93", "ARS PACA": "93", "Provence-Alpes-Côte-d'Azur": "93", "Provence Alpes Côte d’Azur": "93", "Nouvelle Aquitaine": "75", "ARS de Nouvelle-Aquitaine": "75", "ARS Bretagne": "53",
		"Agence régionale de santé de La Réunion": "04", "Réunion": "04", "la reunion": "04", "4": "04", "4.0": "04", "974": "04", "ARS de Corse": "94", "Région Corse": "94", "94 Corse": "94", "75.0": "75",
		"": "", "France": "", "84;93": "", "Aquitaine": "", "84 - Corse": "", "ARS": "", "0": "", "2A": "",
		"84\u00a0-\u202fAuvergne-Rhône-Alpes": "84", "53\u00a0Bretagne": "53", "Bretagne\u00a0(53\u00a0)": "53",
	} {
		got, _, _ := n.find(in)
		if _, _, ok := n.find(in); !ok {
			got.ID.Code = ""
		}
		if got.ID.Code != want {
			t.Errorf("region %q: got %q, want %q", in, got.ID.Code, want)
		}
	}
}

func TestParseFINESSMendsWhatSpreadsheetsLose(t *testing.T) {
	for in, want := range map[string]string{
		"010000016": "010000016", "10000016": "010000016", "10000016.0": "010000016", "01 000 001 6": "010000016", "2a0000012": "2A0000012", "2E0000123": "2E0000123", "7.50000123E8": "750000123",
		"970400001": "970400001", "": "", "0100000160": "", "A10000016": "", "01000001": "001000001", "7,5E+08": "", "7.5E+08": "", "1E+08": "", "010-000016": "",
	} {
		got, note, ok := ParseFINESS(in)
		if got != want || ok != (want != "") || ok && (note != "") != (in != want) {
			t.Errorf("ParseFINESS(%q) = %q, %q, %v, want %q", in, got, note, ok, want)
		}
	}
}

func TestUnknownProjectSuggestsTheNearest(t *testing.T) {
	_, problems := readSheets(t, map[string]grid{"Projets": projects(projectRow("R84-001")), "ESSMS": links(essmsLine("690000001", "R84-01"))})
	last := problems[len(problems)-1]
	if want := "vouliez-vous dire «\u00a0R84-001\u00a0»\u202f?"; last.Remedy != want {
		t.Errorf("got %q, want %q", last.Remedy, want)
	}
	if got, want := last.Place.String(), "projets.xlsx › ESSMS › B2"; got != want {
		t.Errorf("got place %q, want %q", got, want)
	}
}
