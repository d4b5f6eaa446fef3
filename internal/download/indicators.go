package download

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

var indicatorKey = []string{"edition", "annee", "niveau", "code", "indicateur"}

var indicatorColumns = []Column{
	{"edition", Integer, "Édition", "Millésime de l’édition", yearRule},
	{"annee", Integer, "Année", "Année cumulée : la valeur décrit l’état à la fin de cette année, ou à la date d’arrêt pour l’année de celle-ci", yearRule},
	{"niveau", Text, "Niveau", "Niveau du territoire : pays, region ou departement", levelRule()},
	{"code", Text, "Code", "Code Insee du territoire ; FR pour la France. Les codes 01 à 06 désignent une région ou un département selon le niveau", Constraints{Required: true, Pattern: "FR|[0-9][0-9AB][0-9]?"}},
	{"territoire", Text, "Territoire", "Nom du territoire", required},
	{"indicateur", Text, "Indicateur", "Identifiant de l’indicateur", indicatorRule()},
	{"valeur", Number, "Valeur", "Valeur brute, non arrondie ; vide si elle n’est pas disponible", anything},
	{"numerateur", Number, "Numérateur", "Numérateur d’un rapport, brut ; vide pour un nombre ou une somme", anything},
	{"denominateur", Number, "Dénominateur", "Dénominateur d’un rapport, brut ; vide pour un nombre ou une somme, ou s’il est inconnu", anything},
	{"unite", Text, "Unité", "Unité : ESSMS, projets, dossiers, EUR, part (fraction de 1)", unitRule()},
	{"statut", Text, "Statut", "disponible, non_disponible, sans_objet, secret ou publie", statusRule()},
}

// Indicators is the machine-readable whole of an edition: one row per cumulative year,
// territory and indicator, wherever the indicator exists.
func Indicators(r *indicator.Results) Table {
	t := Table{Name: "indicateurs", Title: "Tous les indicateurs, tous les territoires, toutes les années", On: r.Edition().PublishedOn, Columns: indicatorColumns, Key: indicatorKey,
		Doc: "Une ligne par année cumulée, territoire et indicateur, partout où l’indicateur existe."}
	for _, year := range r.Years() {
		for _, level := range atlas.Levels {
			for _, territory := range r.Gazetteer().At(level) {
				for i := range indicator.All {
					if ind := &indicator.All[i]; ind.Has(level) {
						t.Rows = append(t.Rows, indicatorRow(r, ind, territory, year))
					}
				}
			}
		}
	}
	return t
}

// Indicator is one indicator of an edition: every territory and year.
func Indicator(r *indicator.Results, ind *indicator.Indicator) Table {
	t := Table{Name: string(ind.ID), Title: ind.Title, Doc: ind.Definition, On: r.Edition().PublishedOn, Columns: indicatorColumns, Key: indicatorKey}
	for _, year := range r.Years() {
		for _, level := range ind.Levels {
			for _, territory := range r.Gazetteer().At(level) {
				t.Rows = append(t.Rows, indicatorRow(r, ind, territory, year))
			}
		}
	}
	return t
}

// TerritoryIndicators is every indicator of one territory, all years.
func TerritoryIndicators(r *indicator.Results, territory atlas.Territory) Table {
	t := Table{Name: "indicateurs", Title: "Indicateurs : " + territory.Name, On: r.Edition().PublishedOn, Columns: indicatorColumns, Key: indicatorKey,
		Doc: "Une ligne par année cumulée et indicateur."}
	for _, year := range r.Years() {
		for i := range indicator.All {
			if ind := &indicator.All[i]; ind.Has(territory.ID.Level) {
				t.Rows = append(t.Rows, indicatorRow(r, ind, territory, year))
			}
		}
	}
	return t
}

func indicatorRow(r *indicator.Results, ind *indicator.Indicator, t atlas.Territory, year int) []Cell {
	v := r.Value(ind.ID, t.ID, year)
	return []Cell{
		integer(r.Edition().Year), integer(year), text(t.ID.Level.String()), text(t.ID.Code), text(t.Name), text(ind.ID),
		shown(v), quantity(v.Numerator), quantity(v.Denominator), text(ind.Unit), text(v.Status.String()),
	}
}
