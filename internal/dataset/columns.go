package dataset

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/workbook"
)

type (
	choice = workbook.Choice
	cell   = workbook.Cell
)

var fieldChoices = []choice{
	{Value: "PA", Aliases: []string{"personnes âgées", "personne âgée", "âgées", "champ PA", "PA - personnes âgées"}},
	{Value: "PH", Aliases: []string{"personnes handicapées", "handicap", "personnes en situation de handicap", "personne handicapée", "PH - personnes handicapées"}},
	{Value: "DOMICILE", Aliases: []string{"aide et soins à domicile", "aide à domicile", "soins à domicile", "DOM"}},
	{Value: "PE", Aliases: []string{"protection de l’enfance", "enfance", "ASE", "PE - protection de l’enfance"}},
	{Value: "PDS", Aliases: []string{"personnes en difficultés spécifiques", "difficultés spécifiques", "personnes à difficultés spécifiques", "personnes en difficulté spécifique"}},
	{Value: "AHI", Aliases: []string{"accueil, hébergement, insertion", "accueil, hébergement et insertion", "hébergement insertion"}},
	{Value: "PJM", Aliases: []string{"protection juridique des majeurs", "protection des majeurs", "MJPM"}},
	{Value: "AUTRE", Aliases: []string{"autres", "autre champ"}},
}

var phaseChoices = []choice{
	{Value: string(atlas.Seeding1), Aliases: []string{"Amorçage temps 1", "Amorçage 1", "T1", "Temps 1", "Amorçage - temps 1 (T1)"}},
	{Value: string(atlas.Seeding2), Aliases: []string{"Amorçage temps 2", "Amorçage 2", "T2", "Temps 2", "Amorçage - temps 2 (T2)"}},
	{Value: string(atlas.Generalisation), Aliases: []string{"Phase de généralisation", "Généralisation du programme"}},
}

var answerChoices = []choice{
	{Value: "oui", Aliases: []string{"o", "vrai", "true", "yes", "1"}},
	{Value: "non", Aliases: []string{"n", "faux", "false", "no", "0"}},
}

const (
	colNumber   = "N° de projet"
	colRegion   = "Région"
	colScope    = "Portée"
	colDecided  = "Date de décision"
	colSubsidy  = "Subvention (€)"
	colPaid     = "Montant versé (€)"
	colFINESS   = "N° FINESS"
	colName     = "Raison sociale"
	colCategory = "Catégorie"
	colField    = "Champ d’intervention"
	colStatus   = "Statut"
	colCommune  = "Commune"
	colYear     = "Année"
	colPhase    = "Phase"
	colDept     = "Département"
)

var (
	numberAliases = []string{"Numéro de projet", "No de projet", "Nº de projet", "Num de projet", "Numéro du projet", "N° du projet", "N° projet",
		"Numéro projet", "No projet", "Id projet", "Identifiant projet", "Identifiant du projet", "Code projet"}
	regionAliases = []string{"Code région", "Code Insee de la région", "Nom de la région", "ARS", "Région (ARS)"}
	yearAliases   = []string{"An", "Exercice", "Millésime"}
)

// projectColumns is the table of sheet Projets.
func (r *rules) projectColumns() []workbook.Column[atlas.Project] {
	type P = atlas.Project
	return []workbook.Column[P]{
		{Header: colNumber, Aliases: numberAliases, Required: true, CellRequired: true, Doc: "le numéro du projet, un texte qui n’est qu’à lui", Example: "R84-2022-012",
			Set: func(p *P, c *cell) { p.Number = c.Text }},
		{Header: "Intitulé", Aliases: []string{"Intitulé du projet", "Nom du projet", "Libellé", "Titre"}, Required: true, CellRequired: true, Doc: "le nom du projet", Example: "DUI partagé des EHPAD de l’Ain",
			Set: func(p *P, c *cell) { p.Title = c.Text }},
		{Header: "Organisme porteur", Aliases: []string{"Porteur", "Organisme gestionnaire porteur", "Nom du porteur", "Organisme"}, Required: true, CellRequired: true, Doc: "le nom de l’organisme qui porte le projet", Example: "Association Exemple",
			Set: func(p *P, c *cell) { p.Holder = c.Text }},
		{Header: "SIREN", Aliases: []string{"SIREN du porteur", "N° SIREN", "Numéro SIREN"}, Doc: "les 9 chiffres du SIREN du porteur", Example: "356000000",
			Set: func(p *P, c *cell) { p.SIREN = readSIREN(c) }},
		{Header: colScope, Aliases: []string{"Portée du projet", "Type de portée", "Niveau"}, Required: true, CellRequired: true, Kind: workbook.OneOf, Doc: "régional ou national", Example: "régional",
			Choices: []choice{{Value: "régional", Aliases: []string{"régionale", "projet régional", "R"}}, {Value: "national", Aliases: []string{"nationale", "projet national", "N"}}},
			Set:     func(p *P, c *cell) { p.Scope = atlas.Scope(c.Text) }},
		{Header: colRegion, Aliases: append([]string{"Régions"}, regionAliases...), Required: true, CellRequired: true, Doc: "le code Insee ou le nom de la région de l’ARS qui finance ou suit le projet ; un projet national peut en nommer plusieurs, séparées par « ; »", Example: "84",
			Set: func(p *P, c *cell) { p.Regions = r.readRegions(c) }},
		{Header: colPhase, Aliases: []string{"Phase du programme"}, Required: true, CellRequired: true, Kind: workbook.OneOf, Choices: phaseChoices, Doc: "la phase du programme dans laquelle le projet a été décidé", Example: "Généralisation",
			Set: func(p *P, c *cell) { p.Phase = atlas.Phase(c.Text) }},
		{Header: colDecided, Aliases: []string{"Date décision", "Date de la décision", "Décision", "Date de décision de financement"}, Required: true, CellRequired: true, Kind: workbook.Date, Doc: "le jour de la décision de financement, jamais après la date d’arrêt", Example: "15/06/2022",
			Set: func(p *P, c *cell) { p.DecidedOn = c.Time; r.checkDecided(c) }},
		{Header: "Type de projet", Aliases: []string{"Type projet", "Type", "Nature du projet"}, Required: true, CellRequired: true, Kind: workbook.OneOf, Doc: "ce que le projet achète", Example: "Acquisition",
			Choices: []choice{{Value: string(atlas.Acquisition), Aliases: []string{"Acquisition ou renouvellement", "Acquisition d’un DUI", "Renouvellement", "Nouvelle solution"}},
				{Value: string(atlas.Compliance), Aliases: []string{"Conformité", "Mise en conformité du DUI"}}, {Value: string(atlas.MixedKind), Aliases: []string{"Mixtes", "Acquisition et mise en conformité", "Mise en conformité et acquisition"}}},
			Set: func(p *P, c *cell) { p.Kind = atlas.ProjectKind(c.Text) }},
		{Header: "Infrastructures", Aliases: []string{"Infrastructure", "Mise en conformité des infrastructures", "Mise en conformité des infrastructures numériques", "Infrastructures numériques"}, Kind: workbook.OneOf, Choices: answerChoices, Doc: "oui si le projet comprend la mise en conformité des infrastructures numériques", Example: "oui",
			Set: func(p *P, c *cell) { p.Infrastructure = atlas.Answer(c.Text) }},
		{Header: "Groupement", Aliases: []string{"Type de groupement", "Grappe ou organisme seul"}, Kind: workbook.OneOf, Doc: "si des organismes portent le projet ensemble", Example: "Grappe",
			Choices: []choice{{Value: string(atlas.Cluster), Aliases: []string{"Grappes", "En grappe"}}, {Value: string(atlas.SingleBody), Aliases: []string{"Seul", "Organismes seuls", "OG seul", "Organisme gestionnaire seul"}}},
			Set:     func(p *P, c *cell) { p.Grouping = atlas.Grouping(c.Text) }},
		{Header: colSubsidy, Aliases: []string{"Subvention en euros", "Montant de la subvention (€)", "Montant de la subvention", "Subvention accordée (€)", "Montant accordé (€)", "Subvention EUR"}, Required: true, CellRequired: true, Kind: workbook.Amount, Doc: "la subvention accordée, en euros", Example: "377000",
			Set: func(p *P, c *cell) { p.Subsidy = readMoney(c) }},
		{Header: colPaid, Aliases: []string{"Montant versé en euros", "Versé (€)", "Montants versés (€)", "Subvention versée (€)", "Montant versé EUR"}, Kind: workbook.Amount, Doc: "ce qui a été versé de la subvention, en euros", Example: "188500",
			Set: func(p *P, c *cell) { p.Paid = atlas.Known(readMoney(c)) }},
		{Header: "Solution DUI", Aliases: []string{"Solution", "Logiciel", "Logiciel DUI", "DUI"}, Doc: "le nom du logiciel", Example: "Dossier Exemple",
			Set: func(p *P, c *cell) { p.Software = c.Text }},
		{Header: "Référencement", Aliases: []string{"Référencement de la solution", "Référencement Ségur", "Référencement DUI"}, Kind: workbook.OneOf, Doc: "le référencement du logiciel", Example: "Ségur",
			Choices: []choice{{Value: string(atlas.Segur), Aliases: []string{"Référencé Ségur", "Ségur numérique"}}, {Value: string(atlas.SAD), Aliases: []string{"Système d’acquisition dynamique"}},
				{Value: string(atlas.Unlisted), Aliases: []string{"aucune", "non référencé", "non"}}},
			Set: func(p *P, c *cell) { p.Listing = atlas.Listing(c.Text) }},
		{Header: "Taux de dossiers actifs", Aliases: []string{"Dossiers actifs", "Part de dossiers actifs", "Taux dossiers actifs", "Taux de dossiers actifs (%)"}, Kind: workbook.Share, Doc: "la part des dossiers qui sont actifs, de 0 à 1 ou en pourcentage", Example: "0,92",
			Set: func(p *P, c *cell) { p.ActiveFiles = atlas.Known(c.Number) }},
	}
}

func (r *rules) checkDecided(c *cell) {
	if state := r.edition.DataState; !state.IsZero() && c.Time.After(state) {
		c.Report(CodeAfterState, "la décision du "+french.Date(c.Time)+" est postérieure à la date d’arrêt de l’édition ("+french.Date(state)+")",
			"corriger la date, ou retirer le projet de cette édition")
	}
}

// essmsRow is a row of sheet ESSMS as written.
type essmsRow struct {
	finess, project         string
	name, category, commune string
	field                   atlas.Field
	status                  atlas.LegalStatus
	sonsOnly                bool
}

// essmsColumns is the table of sheet ESSMS.
func (r *rules) essmsColumns() []workbook.Column[essmsRow] {
	type E = essmsRow
	return []workbook.Column[E]{
		{Header: colFINESS, Aliases: []string{"FINESS", "Numéro FINESS", "No FINESS", "FINESS géographique", "N° FINESS géographique", "FINESS ET", "N° FINESS ET", "FINESS EG", "N° FINESS EG", "nofinesset"}, Required: true, CellRequired: true, Doc: "les 9 caractères du numéro FINESS géographique", Example: "010000016",
			Set: func(e *E, c *cell) { e.finess = readFINESS(c) }},
		{Header: colNumber, Aliases: append([]string{"Projet"}, numberAliases...), Required: true, CellRequired: true, Doc: "le numéro d’un projet de la feuille Projets", Example: "R84-2022-012",
			Set: func(e *E, c *cell) { e.project = c.Text }},
		{Header: colName, Aliases: []string{"Nom", "Nom de l’ESSMS", "Nom de l’établissement", "Dénomination"}, Required: true, Doc: "le nom de l’ESSMS", Example: "EHPAD Exemple",
			Set: func(e *E, c *cell) { e.name = c.Text }},
		{Header: colCategory, Aliases: []string{"Catégorie FINESS", "Code catégorie", "Catégorie d’établissement", "Code de catégorie"}, Required: true, Doc: "le code de la catégorie FINESS, à 3 chiffres", Example: "500",
			Set: func(e *E, c *cell) { e.category = r.references.readCategory(c) }},
		{Header: colField, Aliases: []string{"Champ"}, Kind: workbook.OneOf, Choices: fieldChoices, Doc: "le champ d’intervention, par son code ou en toutes lettres ; vide, il découle de la catégorie", Example: "PA",
			Set: func(e *E, c *cell) { e.field = atlas.Field(c.Text) }},
		{Header: colStatus, Aliases: []string{"Statut juridique", "Secteur"}, Required: true, Kind: workbook.OneOf, Doc: "le statut de l’organisme gestionnaire", Example: "privé non lucratif",
			Choices: []choice{{Value: string(atlas.Public), Aliases: []string{"publique", "secteur public", "établissement public"}},
				{Value: string(atlas.NonProfit), Aliases: []string{"privé à but non lucratif", "non lucratif", "PNL", "privé sans but lucratif", "associatif"}},
				{Value: string(atlas.ForProfit), Aliases: []string{"privé à but lucratif", "lucratif", "privé commercial", "commercial"}}},
			Set: func(e *E, c *cell) { e.status = atlas.LegalStatus(c.Text) }},
		{Header: colCommune, Aliases: []string{"Code commune", "Commune Insee", "Code Insee", "Code Insee de la commune", "Code commune Insee", "Commune (code Insee)", "COG"}, Required: true, Doc: "le code Insee de la commune, à 5 caractères", Example: "01053",
			Set: func(e *E, c *cell) { e.commune = r.readCommune(c) }},
		{Header: "Financement", Aliases: []string{"Type de financement"}, Kind: workbook.OneOf, Doc: "DUI, ou SONS seul quand l’ESSMS n’a reçu que le financement SONS ; vide, DUI", Example: "DUI",
			Choices: []choice{{Value: "DUI", Aliases: []string{"ESMS numérique", "DUI et SONS", "DUI + SONS"}}, {Value: "SONS seul", Aliases: []string{"SONS", "SONS uniquement", "SONS seulement"}}},
			Set:     func(e *E, c *cell) { e.sonsOnly = c.Text == "SONS seul" }},
	}
}
