package download

import (
	"cmp"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// ProgrammeLines is sheet Programme as it was given, with what the edition reaches of each goal.
func ProgrammeLines(r *indicator.Results) Table {
	t := Table{Name: "programme", Title: "Cibles et crédits du programme", Columns: []Column{
		{Name: "grandeur", Type: Text, Title: "Grandeur", Doc: "Cible ou ligne de crédits, telle que la feuille Programme la nomme"},
		{Name: "annee", Type: Integer, Title: "Année", Doc: "Année de la ligne, vide pour le programme entier"},
		{Name: "valeur", Type: Number, Title: "Valeur", Doc: "Valeur, dans l’unité de la ligne"},
		{Name: "unite", Type: Text, Title: "Unité", Doc: "Unité, telle que la feuille la donne"},
		{Name: "indicateur", Type: Text, Title: "Indicateur", Doc: "Indicateur comparé à la cible, vide sinon"},
		{Name: "atteint", Type: Number, Title: "Atteint", Doc: "Valeur de l’indicateur en France à la date d’arrêt, brute, vide sinon"},
		{Name: "part_atteinte", Type: Number, Title: "Part atteinte", Doc: "Atteint ÷ cible (fraction de 1), vide sinon"},
		{Name: "source", Type: Text, Title: "Source", Doc: "Source de la ligne"},
	}}
	goals := map[atlas.Origin]indicator.Goal{}
	for _, g := range indicator.Goals(r) {
		goals[g.Line.Origin] = g
	}
	for _, line := range r.Dataset().Programme {
		row := []Cell{text(line.Quantity), yearCell(line.Year), number(line.Value), text(line.Unit), {}, {}, {}, text(line.Source)}
		if g, ok := goals[line.Origin]; ok && g.Line.Quantity == line.Quantity {
			row[4], row[5], row[6] = text(g.Indicator.ID), rawValue(g.Reached.Value), rawValue(g.Share.Value)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// yearCell is empty without year.
func yearCell(y int) Cell {
	if y == 0 {
		return Cell{}
	}
	return integer(y)
}

func rawValue(v atlas.Value) Cell {
	if !v.Shown() {
		return Cell{}
	}
	return number(v.Number)
}

// Phases is a few indicators of France and of the regions, phase by phase, at the data state.
func Phases(r *indicator.Results, phases []indicator.PhaseFigures, ids []indicator.ID) Table {
	t := Table{Name: "phases", Title: "Chiffres des phases du programme", Columns: []Column{
		{Name: "phase", Type: Text, Title: "Phase", Doc: "Phase du programme"},
		{Name: "niveau", Type: Text, Title: "Niveau", Doc: "pays ou region"},
		{Name: "code", Type: Text, Title: "Code", Doc: "Code Insee de la région\u202f; FR pour la France"},
		{Name: "territoire", Type: Text, Title: "Territoire", Doc: "Nom du territoire"},
		{Name: "indicateur", Type: Text, Title: "Indicateur", Doc: "Identifiant de l’indicateur, calculé sur les seuls projets de la phase"},
		{Name: "valeur", Type: Number, Title: "Valeur", Doc: "Valeur brute, non arrondie\u202f; vide si elle n’est pas disponible"},
		{Name: "unite", Type: Text, Title: "Unité", Doc: "ESSMS, projets, dossiers, EUR, part (fraction de 1)"},
		{Name: "statut", Type: Text, Title: "Statut", Doc: "disponible, non_disponible, sans_objet, secret ou publie"},
	}}
	for _, p := range phases {
		for _, territory := range append([]atlas.Territory{r.Gazetteer().Country()}, r.Gazetteer().Regions()...) {
			for _, id := range ids {
				ind := indicator.ByID(id)
				if !ind.Has(territory.ID.Level) {
					continue
				}
				v := p.Row(ind, territory.ID).Value
				t.Rows = append(t.Rows, []Cell{text(p.Phase), text(territory.ID.Level.String()), text(territory.ID.Code), text(territory.Name),
					text(id), rawValue(v), text(ind.Unit), text(v.Status.String())})
			}
		}
	}
	return t
}

// Applications is sheet Candidatures by region and call, France included.
func Applications(r *indicator.Results) Table {
	t := Table{Name: "candidatures", Title: "Dossiers déposés et sélectionnés, par région et par appel", Columns: append(placeColumns(),
		Column{Name: "annee", Type: Integer, Title: "Année", Doc: "Année de l’appel"},
		Column{Name: "phase", Type: Text, Title: "Phase", Doc: "Phase de l’appel, vide si la feuille ne la dit pas"},
		Column{Name: "dossiers_deposes", Type: Number, Title: "Dossiers déposés", Doc: "Dossiers déposés"},
		Column{Name: "dossiers_selectionnes", Type: Number, Title: "Dossiers sélectionnés", Doc: "Dossiers sélectionnés"},
		Column{Name: "taux_selection", Type: Number, Title: "Taux de sélection", Doc: "Sélectionnés ÷ déposés (fraction de 1), vide sans dossier déposé"},
	)}
	eachPlace(r, func(place []Cell, s *indicator.Slice) {
		for _, c := range s.Calls() {
			t.Rows = append(t.Rows, append(place[:len(place):len(place)], integer(c.Year), text(c.Phase), number(c.Deposited), number(c.Selected), rawValue(c.Share.Value)))
		}
	})
	return t
}

// CreditYears is envelopes beside commitments, by region and year, France included.
func CreditYears(r *indicator.Results) Table {
	t := Table{Name: "enveloppes", Title: "Enveloppes et engagements, par région et par année", Columns: append(placeColumns(),
		Column{Name: "annee", Type: Integer, Title: "Année", Doc: "Année de l’enveloppe et des décisions"},
		Column{Name: "enveloppe_eur", Type: Number, Title: "Enveloppe (€)", Doc: "Enveloppe de la feuille Enveloppes, en euros, vide si elle manque"},
		Column{Name: "engage_eur", Type: Number, Title: "Engagé (€)", Doc: "Subventions des projets régionaux décidés dans l’année, en euros\u202f; pour la France, celles des régions qui ont une enveloppe cette année-là, s’il y en a"},
		Column{Name: "taux_engagement", Type: Number, Title: "Taux d’engagement", Doc: "Engagé ÷ enveloppe (fraction de 1), vide sans enveloppe"},
	)}
	eachPlace(r, func(place []Cell, s *indicator.Slice) {
		for _, y := range s.CreditYears() {
			t.Rows = append(t.Rows, append(place[:len(place):len(place)], integer(y.Year), quantity(y.Envelope), number(y.Committed), rawValue(y.Share.Value)))
		}
	})
	return t
}

func placeColumns() []Column {
	return []Column{
		{Name: "niveau", Type: Text, Title: "Niveau", Doc: "pays ou region"},
		{Name: "code", Type: Text, Title: "Code", Doc: "Code Insee de la région\u202f; FR pour la France"},
		{Name: "territoire", Type: Text, Title: "Territoire", Doc: "Nom du territoire"},
	}
}

// eachPlace visits France and the regions, at the data state.
func eachPlace(r *indicator.Results, visit func([]Cell, *indicator.Slice)) {
	for _, t := range append([]atlas.Territory{r.Gazetteer().Country()}, r.Gazetteer().Regions()...) {
		visit([]Cell{text(t.ID.Level.String()), text(t.ID.Code), text(t.Name)}, r.Slice(t.ID, r.LastYear()))
	}
}

// Payments is the regional projects by state of payment, by region, France included.
func Payments(r *indicator.Results) Table {
	t := Table{Name: "paiements", Title: "Versements et cible de dossiers actifs, par région", Columns: append(placeColumns(),
		Column{Name: "versement", Type: Text, Title: "Versement", Doc: "Part de la subvention versée"},
		Column{Name: "projets", Type: Integer, Title: "Projets", Doc: "Projets régionaux dans ce cas"},
		Column{Name: "cible_atteinte", Type: Integer, Title: "Cible atteinte", Doc: "Dont le taux de dossiers actifs atteint la cible"},
		Column{Name: "cible_non_atteinte", Type: Integer, Title: "Cible non atteinte", Doc: "Dont le taux de dossiers actifs est au-dessous de la cible"},
		Column{Name: "cible_inconnue", Type: Integer, Title: "Taux inconnu", Doc: "Dont le taux de dossiers actifs n’est pas renseigné"},
		Column{Name: "subvention_eur", Type: Number, Title: "Subventions (€)", Doc: "Subventions accordées, en euros"},
		Column{Name: "montant_verse_eur", Type: Number, Title: "Versé (€)", Doc: "Montants versés, en euros\u202f; vide pour les projets dont il n’est pas renseigné"},
	)}
	eachPlace(r, func(place []Cell, s *indicator.Slice) {
		for _, p := range s.Payments() {
			paid := quantity(atlas.Quantity{Amount: p.Paid, Known: p.Payment != indicator.PaidUnknown})
			t.Rows = append(t.Rows, append(place[:len(place):len(place)], text(p.Payment.Label()), integer(p.Projects),
				integer(p.Reached), integer(p.Below), integer(p.Unanswered), number(p.Granted), paid))
		}
	})
	return t
}

// SmallProjects is the regional projects under the minimum size of their region.
func SmallProjects(r *indicator.Results) Table {
	t := Table{Name: "petits-projets", Title: "Projets régionaux sous le seuil de taille", Columns: []Column{
		{Name: "numero_projet", Type: Text, Title: "N° de projet", Doc: "Numéro du projet"},
		{Name: "intitule", Type: Text, Title: "Intitulé", Doc: "Intitulé du projet"},
		{Name: "organisme_porteur", Type: Text, Title: "Organisme porteur", Doc: "Organisme qui porte le projet"},
		{Name: "region", Type: Text, Title: "Région", Doc: "Code Insee de la région dont l’ARS finance le projet"},
		{Name: "phase", Type: Text, Title: "Phase", Doc: "Phase du programme"},
		{Name: "groupement", Type: Text, Title: "Groupement", Doc: "Grappe ou Organisme seul, vide si inconnu"},
		{Name: "nombre_essms", Type: Integer, Title: "Nombre d’ESSMS", Doc: "Nombre d’ESSMS du projet, hors financement SONS seul"},
		{Name: "seuil_essms", Type: Integer, Title: "Seuil", Doc: "Nombre d’ESSMS minimal dans la région"},
		{Name: "subvention_eur", Type: Number, Title: "Subvention (€)", Doc: "Subvention accordée, en euros"},
	}}
	for _, p := range r.Slice(atlas.France, r.LastYear()).UnderMinimum() {
		region, _ := r.Gazetteer().Territory(atlas.RegionID(p.Regions[0]))
		t.Rows = append(t.Rows, []Cell{text(p.Number), text(p.Title), text(p.Holder), text(p.Regions[0]), text(p.Phase), text(p.Grouping),
			integer(len(p.Links)), integer(region.MinProjectSize), number(p.Subsidy)})
	}
	return t
}

// SubsidyScale is the scale of subsidies as the references give it.
func SubsidyScale(lines []atlas.ScaleLine) Table {
	t := Table{Name: "bareme", Title: "Barème des subventions", Columns: []Column{
		{Name: "type_projet", Type: Text, Title: "Type de projet", Doc: "Type de projet, ou petit organisme"},
		{Name: "taille", Type: Text, Title: "Taille", Doc: "Nombre d’ESSMS du projet"},
		{Name: "composante", Type: Text, Title: "Composante", Doc: "Ce que le montant finance"},
		{Name: "montant_eur", Type: Number, Title: "Montant (€)", Doc: "Montant par ESSMS, ou par projet si la composante le dit, en euros"},
		{Name: "plafond", Type: Text, Title: "Plafond", Doc: "jusqu’à\u00a0: le montant est un plafond\u202f; vide sinon"},
		{Name: "condition", Type: Text, Title: "Condition", Doc: "Condition du versement, vide si la source n’en dit rien"},
		{Name: "source", Type: Text, Title: "Source", Doc: "Source de la ligne"},
	}}
	for _, l := range lines {
		t.Rows = append(t.Rows, []Cell{text(l.Kind), text(l.Size), text(l.Component), number(l.Euros), text(l.Limit), text(l.Condition), text(l.Source)})
	}
	return t
}

// ScaleComparison is the projects of the généralisation beside the scale, by kind and size.
func ScaleComparison(classes []indicator.ScaleClass) Table {
	t := Table{Name: "bareme-comparaison", Title: "Subventions accordées et barème, par type et taille de projet", Columns: []Column{
		{Name: "type_projet", Type: Text, Title: "Type de projet", Doc: "Acquisition, Mise en conformité ou Mixte"},
		{Name: "essms_min", Type: Integer, Title: "ESSMS, au moins", Doc: "Plus petit nombre d’ESSMS de la classe, vide sans borne"},
		{Name: "essms_max", Type: Integer, Title: "ESSMS, au plus", Doc: "Plus grand nombre d’ESSMS de la classe, vide sans borne"},
		{Name: "bareme_eur", Type: Number, Title: "Barème (€)", Doc: "Somme des composantes du barème, en euros par ESSMS"},
		{Name: "projets", Type: Integer, Title: "Projets", Doc: "Projets de la généralisation, hors petits projets"},
		{Name: "essms", Type: Integer, Title: "ESSMS", Doc: "ESSMS de ces projets, hors financement SONS seul, un ESSMS de deux projets comptant deux fois"},
		{Name: "subvention_eur", Type: Number, Title: "Subventions (€)", Doc: "Subventions accordées, en euros"},
		{Name: "moyenne_eur", Type: Number, Title: "Subvention par ESSMS (€)", Doc: "Subventions ÷ ESSMS, en euros, vide sans projet"},
		{Name: "projets_au_dessus", Type: Integer, Title: "Projets au-dessus du barème", Doc: "Projets dont la subvention par ESSMS dépasse le barème"},
	}}
	for _, c := range classes {
		t.Rows = append(t.Rows, []Cell{text(c.Kind), yearCell(c.From), yearCell(c.To), number(c.PerESSMS), integer(c.Projects), integer(c.Links),
			number(c.Subsidy), quantity(c.Mean), integer(c.Above)})
	}
	return t
}

// Usages is sheet Usages as it was given.
func Usages(r *indicator.Results) Table {
	t := Table{Name: "usages", Title: "Taux d’équipement et d’usage, par service", Columns: append(placeColumns(),
		Column{Name: "annee", Type: Integer, Title: "Année", Doc: "Année de l’enquête"},
		Column{Name: "service", Type: Text, Title: "Service", Doc: "DUI, DMP, MSSanté, e-prescription, e-parcours"},
		Column{Name: "champ", Type: Text, Title: "Champ", Doc: "Champ d’intervention (code), vide pour tous"},
		Column{Name: "taux", Type: Number, Title: "Taux", Doc: "Taux donné par l’enquête (fraction de 1)"},
		Column{Name: "repondants", Type: Number, Title: "Répondants", Doc: "Nombre de répondants, vide s’il n’est pas donné"},
		Column{Name: "source", Type: Text, Title: "Source", Doc: "Source de la ligne"},
	)}
	for _, u := range r.Dataset().Usages {
		place := r.Gazetteer().Country()
		if u.Region != "" {
			place, _ = r.Gazetteer().Territory(atlas.RegionID(u.Region))
		}
		t.Rows = append(t.Rows, []Cell{text(place.ID.Level.String()), text(place.ID.Code), text(place.Name), integer(u.Year), text(u.Service),
			text(u.Field), number(u.Rate), quantity(u.Respondents), text(u.Source)})
	}
	return t
}

// Categories is the FINESS categories of the programme, with the ESSMS financed in each.
func Categories(counts []indicator.CategoryCount) Table {
	t := Table{Name: "categories", Title: "Catégories FINESS et ESSMS financés", Columns: []Column{
		{Name: "code", Type: Text, Title: "Code", Doc: "Code de la catégorie FINESS, vide si elle est inconnue"},
		{Name: "libelle", Type: Text, Title: "Libellé", Doc: "Libellé de la catégorie"},
		{Name: "champ", Type: Text, Title: "Champ", Doc: "Champ d’intervention auquel l’atlas la rattache, vide si aucun"},
		{Name: "a_verifier", Type: Text, Title: "À vérifier", Doc: "oui si la catégorie peut sortir de l’article L. 312-1 du code de l’action sociale et des familles, non sinon"},
		{Name: "essms_france", Type: Integer, Title: "ESSMS financés", Doc: "ESSMS distincts financés en France, hors financement SONS seul"},
	}}
	for _, c := range counts {
		doubtful := "non"
		if c.Category.Doubtful {
			doubtful = "oui"
		}
		name := strings.ReplaceAll(cmp.Or(c.Category.Name, c.Category.Short), "'", "’")
		t.Rows = append(t.Rows, []Cell{text(c.Category.Code), text(name), text(c.Category.Field), text(doubtful), integer(c.Count)})
	}
	return t
}
