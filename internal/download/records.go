package download

import (
	"cmp"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

var projectColumns = []Column{
	{"numero_projet", Text, "N° de projet", "Numéro du projet", identifier},
	{"intitule", Text, "Intitulé", "Intitulé du projet", required},
	{"organisme_porteur", Text, "Organisme porteur", "Organisme qui porte le projet", required},
	{"siren", Text, "SIREN", "Numéro SIREN de l’organisme porteur, s’il est connu", Constraints{Pattern: "[0-9]{9}"}},
	{"portee", Text, "Portée", "régional ou national", oneOf(atlas.Regional, atlas.National).always()},
	{"regions", Text, "Régions", "Codes Insee des régions des ARS qui financent (projet régional) ou suivent (projet national) le projet, séparés par un point-virgule", regionList},
	{"phase", Text, "Phase", "Phase du programme", oneOf(atlas.Seeding1, atlas.Seeding2, atlas.Generalisation).always()},
	{"date_decision", Date, "Date de décision", "Date de la décision de financement", required},
	{"type_projet", Text, "Type de projet", "Acquisition, Mise en conformité ou Mixte", oneOf(atlas.Acquisition, atlas.Compliance, atlas.MixedKind).always()},
	{"infrastructures", Text, "Infrastructures", "oui si le projet comprend une mise en conformité des infrastructures numériques, non sinon, vide si inconnu", oneOf(atlas.Yes, atlas.No)},
	{"groupement", Text, "Groupement", "Grappe ou Organisme seul, vide si inconnu", oneOf(atlas.Cluster, atlas.SingleBody)},
	{"subvention_eur", Number, "Subvention (€)", "Subvention accordée, en euros", Constraints{Required: true, Minimum: "0"}},
	{"montant_verse_eur", Number, "Montant versé (€)", "Montant versé, en euros, vide si inconnu", amountRule},
	{"solution_dui", Text, "Solution DUI", "Solution de dossier usager informatisé", anything},
	{"referencement", Text, "Référencement", "Ségur, SAD ou aucun, vide si inconnu", oneOf(atlas.Segur, atlas.SAD, atlas.Unlisted)},
	{"taux_dossiers_actifs", Number, "Taux de dossiers actifs", "Part des dossiers actifs (fraction de 1), vide si inconnue", shareRule},
	{"nombre_essms", Integer, "Nombre d’ESSMS", "Nombre d’ESSMS du projet, hors financement SONS seul", Constraints{Required: true, Minimum: "0"}},
	{"champ_dominant", Text, "Champ dominant", "Champ de plus de la moitié des ESSMS de champ connu, mixte à défaut, vide si aucun n’est connu", oneOf(append(slices.Clone(atlas.Fields), atlas.FieldMixed)...)},
	{"statut_dominant", Text, "Statut dominant", "Statut de plus de la moitié des ESSMS de statut connu, mixte à défaut, vide si aucun n’est connu", oneOf(append(slices.Clone(atlas.Statuses), atlas.StatusMixed)...)},
}

// Projects is the projects of a slice, regional ones first, in the order of their numbers.
func Projects(s *indicator.Slice) Table {
	t := Table{Name: "projets", Title: "Projets : " + s.Territory.Name, Columns: projectColumns, Key: []string{"numero_projet"},
		Doc: "Une ligne par projet financé, régional ou national."}
	for _, p := range projectsOf(s) {
		t.Rows = append(t.Rows, []Cell{
			text(p.Number), text(p.Title), text(p.Holder), text(p.SIREN), text(p.Scope), text(strings.Join(p.Regions, ";")), text(p.Phase),
			date(p.DecidedOn), text(p.Kind), text(p.Infrastructure), text(p.Grouping), number(p.Subsidy), quantity(p.Paid),
			text(p.Software), text(p.Listing), quantity(p.ActiveFiles), integer(len(p.Links)), text(p.DominantField()), text(p.DominantStatus()),
		})
	}
	return t
}

func projectsOf(s *indicator.Slice) []*atlas.Project { return slices.Concat(s.Regional, s.National) }

var essmsColumns = []Column{
	{"finess", Text, "N° FINESS", "Numéro FINESS géographique, 9 caractères", finessRule},
	{"raison_sociale", Text, "Raison sociale", "Nom de l’établissement ou du service", anything},
	{"categorie", Text, "Catégorie", "Code de catégorie FINESS, vide si inconnu", anything},
	{"champ", Text, "Champ", "Champ d’intervention : PA, PH, DOMICILE, PE, PDS, AHI, PJM, AUTRE, vide si inconnu", oneOf(atlas.Fields...)},
	{"statut", Text, "Statut", "public, privé non lucratif, privé lucratif, vide si inconnu", oneOf(atlas.Statuses...)},
	{"commune", Text, "Commune", "Code Insee de la commune d’implantation, vide si inconnu", Constraints{Pattern: "[0-9][0-9AB][0-9]{3}"}},
	{"departement", Text, "Département", "Code du département, vide si inconnu", Constraints{Pattern: "[0-9][0-9AB][0-9]?"}},
	{"region", Text, "Région", "Code Insee de la région, vide si inconnue", regionRule},
	{"projets", Text, "Projets", "Numéros des projets qui financent l’ESSMS, séparés par un point-virgule", required},
}

// ESSMS is the distinct financed ESSMS located in a slice, in the order of their FINESS
// numbers; those financed by SONS alone are left out.
func ESSMS(s *indicator.Slice) Table {
	t := Table{Name: "essms", Title: "ESSMS financés : " + s.Territory.Name, Columns: essmsColumns, Key: []string{"finess"},
		Doc: "Une ligne par ESSMS financé, hors financement SONS seul."}
	for _, e := range s.ESSMS {
		t.Rows = append(t.Rows, []Cell{
			text(e.FINESS), text(e.Name), text(e.Category), text(e.Field), text(e.Status), text(e.Commune), text(e.Department), text(e.Region),
			text(strings.Join(projectNumbers(e), ";")),
		})
	}
	return t
}

func projectNumbers(e *atlas.ESSMS) []string {
	var out []string
	for _, l := range e.Links {
		if !l.SONSOnly {
			out = append(out, l.Project.Number)
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return out
}
