package download

import (
	"strings"

	"esms.example/atlas/internal/indicator"
)

var definitionColumns = []Column{
	{"indicateur", Text, "Indicateur", "Nom stable de l’indicateur", identifier},
	{"titre", Text, "Titre", "Titre de l’indicateur", required},
	{"theme", Text, "Thème", "Thème où les pages le rangent", required},
	{"definition", Text, "Définition", "Ce que mesure l’indicateur, en une phrase", required},
	{"methode", Text, "Méthode", "Numérateur, dénominateur, ce qui est laissé de côté, feuilles d’où viennent les données", required},
	{"champ_decrit", Text, "Champ", "Population décrite", required},
	{"unite", Text, "Unité", "ESSMS, projets, dossiers, EUR ou part (fraction de 1)", unitRule()},
	{"niveaux", Text, "Niveaux", "Niveaux où l’indicateur existe, séparés par un point-virgule", required},
}

// Definitions is the dictionary of the indicators.
func Definitions() Table {
	t := Table{Name: "definitions", Title: "Définitions des indicateurs", Columns: definitionColumns, Key: []string{"indicateur"},
		Doc: "Une ligne par indicateur\u00a0: ce qu’il mesure et comment il est calculé."}
	for i := range indicator.All {
		ind := &indicator.All[i]
		var levels []string
		for _, l := range ind.Levels {
			levels = append(levels, l.String())
		}
		t.Rows = append(t.Rows, []Cell{text(ind.ID), text(ind.Title), text(ind.Theme), text(ind.Definition), text(ind.Method), text(ind.Champ),
			text(ind.Unit), text(strings.Join(levels, ";"))})
	}
	return t
}
