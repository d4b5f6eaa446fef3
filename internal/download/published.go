package download

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

var publishedColumns = []Column{
	{"indicateur", Text, "Indicateur", "Nom stable de l’indicateur, ou celui que donne la feuille", required},
	{"niveau", Text, "Niveau", "pays, region ou departement", levelRule()},
	{"code", Text, "Code", "Code du territoire, FR pour la France", required},
	{"territoire", Text, "Territoire", "Nom du territoire", required},
	{"annee", Integer, "Année", "Année du chiffre, vide pour l’état des données de l’édition", Constraints{Minimum: "1000", Maximum: "9999"}},
	{"phase", Text, "Phase", "Phase du programme, vide pour toutes", oneOf(atlas.Seeding1, atlas.Seeding2, atlas.Generalisation)},
	{"valeur", Number, "Valeur", "Valeur publiée, dans l’unité de l’indicateur", required},
	{"precision", Text, "Précision", "exact, arrondi, environ, plus de ou près de", oneOf(atlas.Exact, atlas.Rounded, atlas.About, atlas.MoreThan, atlas.JustUnder).always()},
	{"arrondi", Number, "Arrondi", "Pas de l’arrondi d’un chiffre arrondi", anything},
	{"source", Text, "Source", "Où le chiffre a été publié", anything},
}

// Published is the figures already published, as sheet « Chiffres publiés » gives them.
func Published(r *indicator.Results) Table {
	t := Table{Name: "chiffres-publies", Title: "Chiffres publiés", On: r.Edition().PublishedOn, Columns: publishedColumns,
		Doc: "Une ligne par chiffre déjà publié, avec les mots et la source de sa publication."}
	for _, f := range r.Published() {
		name := f.Name
		if f.Indicator != nil {
			name = string(f.Indicator.ID)
		}
		row := []Cell{text(name), text(f.Territory.ID.Level.String()), text(f.Territory.ID.Code), text(f.Territory.Name), {}, text(f.Figure.Phase),
			number(f.Figure.Value), text(f.Figure.Precision), {}, text(f.Source)}
		if f.Figure.Year > 0 {
			row[4] = integer(f.Figure.Year)
		}
		if f.Figure.Step > 0 {
			row[8] = number(f.Figure.Step)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
