package demo

import (
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// workbooks lays an edition out in the three workbooks of the demonstration, by file name.
func workbooks(ds *dataset.Dataset) map[string][]sheet {
	g := ds.Gazetteer
	var links []*atlas.Link
	for _, p := range ds.Projects {
		links = append(links, p.Links...)
		links = append(links, p.SONS...)
	}
	return map[string][]sheet{
		"projets.xlsx": {
			newSheet("Projets", projectColumns(g), ds.Projects),
			newSheet("Candidatures", applicationColumns(g), ds.Applications),
			newSheet("Enveloppes", envelopeColumns(g), ds.Envelopes),
		},
		"essms.xlsx": {newSheet("ESSMS", linkColumns(), links)},
		"references.xlsx": {
			newSheet("Parc", fleetColumns(), ds.Fleet),
			newSheet("Usages", usageColumns(g), ds.Usages),
			newSheet("Programme", programmeColumns(), ds.Programme),
			newSheet("Chiffres publiés", publishedColumns(), ds.Published),
		},
	}
}

// text leaves an empty cell where nothing is known.
func text[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

func known(q atlas.Quantity) any {
	if !q.Known {
		return nil
	}
	return q.Amount
}

// yearOf leaves an empty cell where there is no year.
func yearOf(y int) any {
	if y == 0 {
		return nil
	}
	return y
}

// regionNames writes regions by name, as an analyst does; several are joined by « ; ».
func regionNames(g *atlas.Gazetteer, codes ...string) any {
	var names []string
	for _, code := range codes {
		if t, ok := g.Territory(atlas.RegionID(code)); ok {
			names = append(names, t.Name)
		}
	}
	return text(strings.Join(names, "; "))
}

func projectColumns(g *atlas.Gazetteer) []column[*atlas.Project] {
	type p = *atlas.Project
	return []column[p]{
		{"N° de projet", 14, plain, func(p p) any { return p.Number }},
		{"Intitulé", 60, plain, func(p p) any { return p.Title }},
		{"Organisme porteur", 44, plain, func(p p) any { return p.Holder }},
		{"SIREN", 12, plain, func(p p) any { return text(p.SIREN) }},
		{"Portée", 10, plain, func(p p) any { return text(p.Scope) }},
		{"Région", 28, plain, func(p p) any { return regionNames(g, p.Regions...) }},
		{"Phase", 15, plain, func(p p) any { return text(p.Phase) }},
		{"Date de décision", 13, day, func(p p) any { return p.DecidedOn }},
		{"Type de projet", 20, plain, func(p p) any { return text(p.Kind) }},
		{"Infrastructures", 15, plain, func(p p) any { return text(p.Infrastructure) }},
		{"Groupement", 16, plain, func(p p) any { return text(p.Grouping) }},
		{"Subvention (€)", 16, euros, func(p p) any { return p.Subsidy }},
		{"Montant versé (€)", 16, euros, func(p p) any { return known(p.Paid) }},
		{"Solution DUI", 22, plain, func(p p) any { return text(p.Software) }},
		{"Référencement", 14, plain, func(p p) any { return text(p.Listing) }},
		{"Taux de dossiers actifs", 12, percent, func(p p) any { return known(p.ActiveFiles) }},
	}
}

func linkColumns() []column[*atlas.Link] {
	type l = *atlas.Link
	return []column[l]{
		{"N° FINESS", 12, plain, func(l l) any { return l.ESSMS.FINESS }},
		{"N° de projet", 14, plain, func(l l) any { return l.Project.Number }},
		{"Raison sociale", 48, plain, func(l l) any { return text(l.ESSMS.Name) }},
		{"Catégorie", 11, plain, func(l l) any { return text(l.Category) }},
		{"Champ d’intervention", 16, plain, func(l l) any { return text(l.Field) }},
		{"Statut", 20, plain, func(l l) any { return text(l.Status) }},
		{"Commune", 11, plain, func(l l) any { return text(l.ESSMS.Commune) }},
		{"Financement", 13, plain, func(l l) any {
			if l.SONSOnly {
				return "SONS seul"
			}
			return nil
		}},
	}
}

func applicationColumns(g *atlas.Gazetteer) []column[atlas.Application] {
	type a = atlas.Application
	return []column[a]{
		{"Région", 28, plain, func(a a) any { return regionNames(g, a.Region) }},
		{"Année", 9, year, func(a a) any { return a.Year }},
		{"Phase", 15, plain, func(a a) any { return text(a.Phase) }},
		{"Dossiers déposés", 12, integer, func(a a) any { return a.Deposited }},
		{"Dossiers sélectionnés", 14, integer, func(a a) any { return a.Selected }},
	}
}

func envelopeColumns(g *atlas.Gazetteer) []column[atlas.Envelope] {
	type e = atlas.Envelope
	return []column[e]{
		{"Région", 28, plain, func(e e) any { return regionNames(g, e.Region) }},
		{"Année", 9, year, func(e e) any { return e.Year }},
		{"Enveloppe (€)", 16, euros, func(e e) any { return e.Amount }},
	}
}

func fleetColumns() []column[atlas.FleetRow] {
	type r = atlas.FleetRow
	return []column[r]{
		{"Département", 13, plain, func(r r) any { return r.Territory.Code }},
		{"Champ d’intervention", 16, plain, func(r r) any { return text(r.Field) }},
		{"Nombre d’ESSMS", 12, integer, func(r r) any { return r.Number }},
	}
}

func usageColumns(g *atlas.Gazetteer) []column[atlas.UsageRate] {
	type u = atlas.UsageRate
	return []column[u]{
		{"Région", 28, plain, func(u u) any {
			if u.Region == "" {
				return g.Country().Name
			}
			return regionNames(g, u.Region)
		}},
		{"Année", 9, year, func(u u) any { return u.Year }},
		{"Service", 16, plain, func(u u) any { return u.Service }},
		{"Champ", 12, plain, func(u u) any { return text(u.Field) }},
		{"Taux", 9, percent, func(u u) any { return u.Rate }},
		{"Répondants", 12, integer, func(u u) any { return known(u.Respondents) }},
		{"Source", 42, plain, func(u u) any { return text(u.Source) }},
	}
}

func programmeColumns() []column[atlas.ProgrammeLine] {
	type l = atlas.ProgrammeLine
	return []column[l]{
		{"Grandeur", 66, plain, func(l l) any { return l.Quantity }},
		{"Année", 9, year, func(l l) any { return yearOf(l.Year) }},
		{"Valeur", 16, anyNumber, func(l l) any { return l.Value }},
		{"Unité", 10, plain, func(l l) any { return text(l.Unit) }},
		{"Source", 60, plain, func(l l) any { return text(l.Source) }},
	}
}

func publishedColumns() []column[atlas.PublishedFigure] {
	type f = atlas.PublishedFigure
	return []column[f]{
		{"Indicateur", 44, plain, func(f f) any { return f.Indicator }},
		{"Territoire", 12, plain, func(f f) any { return f.Territory.String() }},
		{"Année", 9, year, func(f f) any { return yearOf(f.Year) }},
		{"Phase", 15, plain, func(f f) any { return text(f.Phase) }},
		{"Valeur", 14, anyNumber, func(f f) any { return f.Value }},
		{"Précision", 11, plain, func(f f) any { return text(f.Precision) }},
		{"Arrondi", 10, anyNumber, func(f f) any {
			if f.Step == 0 {
				return nil
			}
			return f.Step
		}},
		{"Source", 60, plain, func(f f) any { return text(f.Source) }},
	}
}
