package download

import (
	"cmp"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// Traced is a value of an indicator and the rows of the workbooks that make it.
type Traced struct {
	Territory atlas.Territory
	Sources   []indicator.Source
}

var rangeColumns = []Column{
	{"niveau", Text, "Niveau", "Niveau du territoire : pays, region ou departement", levelRule()},
	{"code", Text, "Code", "Code Insee du territoire ; FR pour la France", Constraints{Required: true, Pattern: "FR|[0-9][0-9AB][0-9]?"}},
	{"territoire", Text, "Territoire", "Nom du territoire", required},
	{"role", Text, "Rôle", "Ce que font les lignes\u00a0: compte (d’un nombre ou d’une somme), numerateur, denominateur, sans_reponse (laissées de côté)", oneOf(indicator.Roles...).always()},
	{"classeur", Text, "Classeur", "Fichier lu", required},
	{"feuille", Text, "Feuille", "Feuille du classeur", required},
	{"premiere_ligne", Integer, "Première ligne", "Première ligne d’une suite de lignes\u202f; 1 est la première de la feuille", rowRule},
	{"derniere_ligne", Integer, "Dernière ligne", "Dernière ligne de cette suite, comprise", rowRule},
}

// Ranges is where the values of an indicator come from: one row per territory, role and run of
// consecutive rows of a sheet.
func Ranges(ind *indicator.Indicator, traced []Traced) Table {
	t := Table{Name: string(ind.ID) + "-lignes", Kind: "provenance", Title: "Lignes des classeurs : " + ind.Title, Columns: rangeColumns,
		Key: []string{"niveau", "code", "role", "classeur", "feuille", "premiere_ligne"},
		Doc: "Une ligne par territoire, rôle et suite de lignes consécutives d’une feuille, à la date d’arrêt de l’édition."}
	for _, v := range traced {
		for _, s := range v.Sources {
			for _, r := range s.Ranges {
				t.Rows = append(t.Rows, []Cell{
					text(v.Territory.ID.Level.String()), text(v.Territory.ID.Code), text(v.Territory.Name), text(s.Role),
					text(r.File), text(r.Sheet), integer(r.First), integer(r.Last),
				})
			}
		}
	}
	return t
}

var recordColumns = []Column{
	{"classeur", Text, "Classeur", "Fichier lu", required},
	{"feuille", Text, "Feuille", "Feuille du classeur", required},
	{"ligne", Integer, "Ligne", "Numéro de la ligne\u202f; 1 est la première de la feuille", rowRule},
	{"numero_projet", Text, "N° de projet", "Numéro du projet de la ligne", required},
	{"finess", Text, "N° FINESS", "Numéro FINESS de la ligne, vide dans la feuille des projets", Constraints{Pattern: finessRule.Pattern}},
	{"financement", Text, "Financement", "DUI, ou SONS seul\u00a0: la ligne ne compte alors que dans l’indicateur essms_sons_seul\u202f; vide dans la feuille des projets", oneOf("DUI", "SONS seul")},
}

// Records says which project or ESSMS each row of the workbooks is, so that the rows that make a
// figure lead to the projects and ESSMS of the open data.
func Records(projects []*atlas.Project) Table {
	t := Table{Name: "lignes", Title: "Lignes des classeurs", Columns: recordColumns, Key: []string{"classeur", "feuille", "ligne"},
		Doc: "Une ligne par ligne des feuilles Projets et ESSMS\u00a0: le projet et l’ESSMS qu’elle décrit."}
	type record struct {
		origin                  atlas.Origin
		project, finess, funded string
	}
	var all []record
	for _, p := range projects {
		all = append(all, record{p.Origin, p.Number, "", ""})
		for _, links := range [][]*atlas.Link{p.Links, p.SONS} {
			for _, l := range links {
				funded := "DUI"
				if l.SONSOnly {
					funded = "SONS seul"
				}
				all = append(all, record{l.Origin, p.Number, l.ESSMS.FINESS, funded})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b record) int {
		return cmp.Or(strings.Compare(a.origin.File, b.origin.File), strings.Compare(a.origin.Sheet, b.origin.Sheet), cmp.Compare(a.origin.Row, b.origin.Row),
			strings.Compare(a.project, b.project), strings.Compare(a.finess, b.finess))
	})
	for _, r := range all {
		t.Rows = append(t.Rows, []Cell{text(r.origin.File), text(r.origin.Sheet), integer(r.origin.Row), text(r.project), text(r.finess), text(r.funded)})
	}
	return t
}
