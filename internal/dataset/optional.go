package dataset

import (
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/workbook"
)

// applicationColumns is the table of sheet Candidatures.
func (r *rules) applicationColumns() []workbook.Column[atlas.Application] {
	type A = atlas.Application
	return []workbook.Column[A]{
		{Header: colRegion, Aliases: regionAliases, Required: true, CellRequired: true, Doc: "le code Insee ou le nom de la région", Example: "84",
			Set: func(a *A, c *cell) { a.Region = r.readRegion(c) }},
		{Header: colYear, Aliases: yearAliases, Required: true, CellRequired: true, Kind: workbook.Year, Doc: "l’année de l’appel à projets", Example: "2022",
			Set: func(a *A, c *cell) { a.Year = r.readYear(c) }},
		{Header: colPhase, Kind: workbook.OneOf, Choices: phaseChoices, Doc: "la phase du programme, ou rien", Example: "Généralisation",
			Set: func(a *A, c *cell) { a.Phase = atlas.Phase(c.Text) }},
		{Header: "Dossiers déposés", Aliases: []string{"Déposés", "Nombre de dossiers déposés", "Candidatures déposées", "Dossiers reçus"}, Required: true, CellRequired: true, Kind: workbook.Count, Doc: "le nombre de dossiers déposés", Example: "24",
			Set: func(a *A, c *cell) { a.Deposited = c.Number }},
		{Header: "Dossiers sélectionnés", Aliases: []string{"Sélectionnés", "Nombre de dossiers sélectionnés", "Dossiers retenus", "Candidatures retenues"}, Required: true, CellRequired: true, Kind: workbook.Count, Doc: "le nombre de dossiers sélectionnés", Example: "5",
			Set: func(a *A, c *cell) { a.Selected = c.Number }},
	}
}

// envelopeColumns is the table of sheet Enveloppes.
func (r *rules) envelopeColumns() []workbook.Column[atlas.Envelope] {
	type E = atlas.Envelope
	return []workbook.Column[E]{
		{Header: colRegion, Aliases: regionAliases, Required: true, CellRequired: true, Doc: "le code Insee ou le nom de la région", Example: "84",
			Set: func(e *E, c *cell) { e.Region = r.readRegion(c) }},
		{Header: colYear, Aliases: yearAliases, Required: true, CellRequired: true, Kind: workbook.Year, Doc: "l’année des crédits", Example: "2023",
			Set: func(e *E, c *cell) { e.Year = r.readYear(c) }},
		{Header: "Enveloppe (€)", Aliases: []string{"Enveloppe en euros", "Montant de l’enveloppe (€)", "Montant (€)", "Montant", "Crédits (€)", "Enveloppe EUR"}, Required: true, CellRequired: true, Kind: workbook.Amount, Doc: "les crédits délégués à l’ARS pour l’année, en euros", Example: "8348102",
			Set: func(e *E, c *cell) { e.Amount = c.Number }},
	}
}

// fleetRow is a row of sheet Parc as written.
type fleetRow struct {
	region, department string
	field              atlas.Field
	number             float64
}

// fleetColumns is the table of sheet Parc. One of the two columns of territory must exist.
func (r *rules) fleetColumns() []workbook.Column[fleetRow] {
	type F = fleetRow
	return []workbook.Column[F]{
		{Header: colRegion, Aliases: regionAliases, Doc: "le code Insee ou le nom de la région", Example: "84",
			Set: func(f *F, c *cell) { f.region = r.readRegion(c) }},
		{Header: colDept, Aliases: []string{"Code département", "Nom du département", "Dép."}, Doc: "le code ou le nom du département ; rempli, la ligne est celle du département", Example: "69",
			Set: func(f *F, c *cell) { f.department = r.readDepartment(c) }},
		{Header: colField, Aliases: []string{"Champ"}, Required: true, Kind: workbook.OneOf, Choices: fieldChoices, Doc: "le champ d’intervention", Example: "PA",
			Set: func(f *F, c *cell) { f.field = atlas.Field(c.Text) }},
		{Header: "Nombre d’ESSMS", Aliases: []string{"ESSMS", "Nombre d’ESMS", "Nombre", "Effectif", "Nb ESSMS", "Nb d’ESSMS"}, Required: true, CellRequired: true, Kind: workbook.Count, Doc: "le nombre d’ESSMS qui existent, financés ou non", Example: "412",
			Set: func(f *F, c *cell) { f.number = c.Number }},
	}
}

// programmeColumns is the table of sheet Programme.
func (r *rules) programmeColumns() []workbook.Column[atlas.ProgrammeLine] {
	type P = atlas.ProgrammeLine
	return []workbook.Column[P]{
		{Header: "Grandeur", Aliases: []string{"Libellé", "Intitulé"}, Required: true, CellRequired: true, Doc: "ce que la valeur mesure", Example: "Cible d’ESSMS à fin 2025",
			Set: func(p *P, c *cell) { p.Quantity = c.Text }},
		{Header: colYear, Aliases: yearAliases, Kind: workbook.Year, Doc: "l’année de la valeur, ou rien", Example: "2025",
			Set: func(p *P, c *cell) { p.Year = int(c.Number) }},
		{Header: "Valeur", Aliases: []string{"Montant", "Nombre"}, Required: true, CellRequired: true, Kind: workbook.Figure, Doc: "la valeur", Example: "36500",
			Set: func(p *P, c *cell) { p.Value = c.Number }},
		{Header: "Unité", Doc: "l’unité de la valeur", Example: "ESSMS", Set: func(p *P, c *cell) { p.Unit = c.Text }},
		{Header: "Source", Aliases: []string{"Sources"}, Doc: "d’où vient la valeur", Example: "Ehpadia n° 36, juin 2024", Set: func(p *P, c *cell) { p.Source = c.Text }},
	}
}

// usageColumns is the table of sheet Usages.
func (r *rules) usageColumns() []workbook.Column[atlas.UsageRate] {
	type U = atlas.UsageRate
	return []workbook.Column[U]{
		{Header: colRegion, Aliases: regionAliases, Doc: "le code Insee ou le nom de la région ; rien ou France pour le pays", Example: "84",
			Set: func(u *U, c *cell) {
				if !isFrance(c.Text) {
					u.Region = r.readRegion(c)
				}
			}},
		{Header: colYear, Aliases: yearAliases, Required: true, CellRequired: true, Kind: workbook.Year, Doc: "l’année de l’enquête", Example: "2023",
			Set: func(u *U, c *cell) { u.Year = r.readYear(c) }},
		{Header: "Service", Aliases: []string{"Service numérique"}, Required: true, CellRequired: true, Kind: workbook.OneOf, Doc: "le service dont l’usage est mesuré", Example: "DMP",
			Choices: []choice{{Value: "DUI", Aliases: []string{"Dossier usager informatisé"}}, {Value: "DMP", Aliases: []string{"Dossier médical partagé"}},
				{Value: "MSSanté", Aliases: []string{"MSS", "Messagerie sécurisée de santé"}}, {Value: "e-prescription", Aliases: []string{"Prescription électronique", "Ordonnance numérique"}}, {Value: "e-parcours"}},
			Set: func(u *U, c *cell) { u.Service = c.Text }},
		{Header: colField, Aliases: []string{"Champ"}, Kind: workbook.OneOf, Choices: fieldChoices, Doc: "le champ d’intervention, ou rien", Example: "PA",
			Set: func(u *U, c *cell) { u.Field = atlas.Field(c.Text) }},
		{Header: "Taux", Aliases: []string{"Taux (%)", "Part"}, Required: true, CellRequired: true, Kind: workbook.Share, Doc: "le taux mesuré, de 0 à 1 ou en pourcentage", Example: "0,43",
			Set: func(u *U, c *cell) { u.Rate = c.Number }},
		{Header: "Répondants", Aliases: []string{"Nombre de répondants", "Effectif"}, Kind: workbook.Count, Doc: "combien d’ESSMS ont répondu", Example: "1200",
			Set: func(u *U, c *cell) { u.Respondents = atlas.Known(c.Number) }},
		{Header: "Source", Aliases: []string{"Sources"}, Doc: "l’enquête", Example: "Enquête d’usage 2023", Set: func(u *U, c *cell) { u.Source = c.Text }},
	}
}

// publishedColumns is the table of sheet Chiffres publiés.
func (r *rules) publishedColumns() []workbook.Column[atlas.PublishedFigure] {
	type P = atlas.PublishedFigure
	return []workbook.Column[P]{
		{Header: "Indicateur", Aliases: []string{"Identifiant de l’indicateur", "Id indicateur"}, Required: true, CellRequired: true, Doc: "l’identifiant de l’indicateur", Example: "essms_finances",
			Set: func(p *P, c *cell) { p.Indicator = c.Text }},
		{Header: "Territoire", Aliases: []string{"Code territoire"}, Required: true, CellRequired: true, Doc: "FR, region:75, departement:75, ou un nom", Example: "region:75",
			Set: func(p *P, c *cell) { p.Territory = r.readTerritory(c) }},
		{Header: colYear, Aliases: yearAliases, Kind: workbook.Year, Doc: "l’année, ou rien pour la date d’arrêt", Example: "2023",
			Set: func(p *P, c *cell) { p.Year = int(c.Number) }},
		{Header: colPhase, Kind: workbook.OneOf, Choices: phaseChoices, Doc: "la phase, ou rien pour toutes", Example: "Amorçage T1",
			Set: func(p *P, c *cell) { p.Phase = atlas.Phase(c.Text) }},
		{Header: "Valeur", Required: true, CellRequired: true, Kind: workbook.Figure, Doc: "la valeur publiée, dans l’unité de l’indicateur", Example: "1710",
			Set: func(p *P, c *cell) { p.Value = c.Number }},
		{Header: "Précision", Required: true, CellRequired: true, Kind: workbook.OneOf, Doc: "comment le chiffre est dit", Example: "arrondi",
			Choices: []choice{{Value: string(atlas.Exact), Aliases: []string{"exacte"}}, {Value: string(atlas.Rounded), Aliases: []string{"arrondie", "arrondis"}}, {Value: string(atlas.About), Aliases: []string{"env."}},
				{Value: string(atlas.MoreThan), Aliases: []string{"plus que"}}, {Value: string(atlas.JustUnder), Aliases: []string{"presque", "près"}}},
			Set: func(p *P, c *cell) { p.Precision = atlas.Precision(c.Text) }},
		{Header: "Arrondi", Aliases: []string{"Pas", "Pas d’arrondi"}, Kind: workbook.Amount, Doc: "le pas de l’arrondi", Example: "10",
			Set: func(p *P, c *cell) { p.Step = c.Number }},
		{Header: "Source", Aliases: []string{"Sources"}, Doc: "où le chiffre est publié", Example: "Ehpadia n° 36, juin 2024", Set: func(p *P, c *cell) { p.Source = c.Text }},
	}
}

func isFrance(text string) bool {
	switch french.Fold(text) {
	case "fr", "france", "lafrance", "franceentiere", "pays":
		return true
	}
	return false
}

// readTerritory reads a territory as findTerritory does.
func (r *rules) readTerritory(c *cell) atlas.TerritoryID {
	t, note, ok := findTerritory(c.Text, r.regions, r.departments)
	if !ok {
		c.Report(CodeTerritory, guillemets(c.Text)+" n’est pas un territoire", "écrire FR, region:84, departement:69, ou le nom d’une région ou d’un département")
	}
	if note != "" {
		c.Report(workbook.CodeMended, note, "écrire region:04 ou departement:01")
	}
	return t
}

// findTerritory finds « FR », « region:75 », « departement:75 » or a name; a name that a region and
// a department share is the region's. The note, when there is one, says what had to be mended.
func findTerritory(text string, regions, departments *names) (id atlas.TerritoryID, note string, ok bool) {
	level, code, coded := strings.Cut(text, ":")
	list := map[string]*names{"region": regions, "reg": regions, "departement": departments, "dep": departments}[french.Fold(level)]
	switch {
	case isFrance(text), coded && french.Fold(level) == "pays" && isFrance(code):
		return atlas.France, "", true
	case coded && list != nil:
		t, note, ok := list.find(code)
		return t.ID, note, ok
	case coded:
		return atlas.TerritoryID{}, "", false
	}
	for _, list := range []*names{regions, departments} {
		if t, ok := list.name(text); ok {
			return t.ID, "", true
		}
		if codeThenName.MatchString(text) || nameThenCode.MatchString(text) { // a code alone could be either's
			if t, note, ok := list.find(text); ok {
				return t.ID, note, true
			}
		}
	}
	return atlas.TerritoryID{}, "", false
}
