package download

import (
	"esms.example/atlas/internal/indicator"
)

var changeColumns = []Column{
	{"nature", Text, "Nature", "nouveau, disparu ou révisé", oneOf(indicator.New.String(), indicator.Gone.String(), indicator.Revised.String()).always()},
	{"suivi", Text, "Suivi", "oui quand la valeur est de celles que le suivi des projets fait évoluer, non sinon", oneOf("oui", "non").always()},
	{"niveau", Text, "Niveau", "pays, region ou departement", levelRule()},
	{"code", Text, "Code", "Code du territoire, FR pour la France", required},
	{"territoire", Text, "Territoire", "Nom du territoire", required},
	{"indicateur", Text, "Indicateur", "Nom stable de l’indicateur", indicatorRule()},
	{"annee_precedente", Integer, "Année, édition précédente", "Année cumulée de la valeur de l’édition précédente", yearRule},
	{"valeur_precedente", Number, "Valeur, édition précédente", "Valeur brute de l’édition précédente, vide si elle manque", anything},
	{"annee", Integer, "Année", "Année cumulée de la valeur de cette édition", yearRule},
	{"valeur", Number, "Valeur", "Valeur brute de cette édition, vide si elle manque", anything},
}

// Changes lists the figures that are not what the former edition said.
func Changes(differences []indicator.Difference) Table {
	t := Table{Name: "changements", Title: "Chiffres qui ont changé", Columns: changeColumns,
		Key: []string{"nature", "niveau", "code", "indicateur", "annee"},
		Doc: "Une ligne par chiffre nouveau, disparu ou révisé depuis l’édition précédente."}
	for _, d := range differences {
		followed := "non"
		if d.Followed {
			followed = "oui"
		}
		t.Rows = append(t.Rows, []Cell{
			text(d.Kind.String()), text(followed), text(d.Territory.ID.Level.String()), text(d.Territory.ID.Code), text(d.Territory.Name), text(d.Indicator.ID),
			integer(d.FormerYear), shown(d.Former), integer(d.Year), shown(d.Current),
		})
	}
	return t
}
