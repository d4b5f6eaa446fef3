package site

import (
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

func paymentTables(e *edition) []download.Table {
	return []download.Table{download.Payments(e.results)}
}

// paymentSections set what was paid beside the target of active files, then compare the regions.
func paymentSections(p *programmePage) ([]Section, error) {
	payments := p.e.results.Slice(atlas.France, p.e.year()).Payments()
	if len(payments) == 0 {
		return []Section{{ID: "versements", Title: "Les versements", Text: []string{"Aucun projet régional n’est financé."}}}, nil
	}
	table := &Table{ID: "tableau-versements", Caption: "Projets régionaux par part versée de la subvention, France, " + p.e.state(), Head: "Part versée", Columns: []Column{
		{Text: "Projets", Numeric: true}, {Text: "Cible atteinte", Numeric: true}, {Text: "Cible non atteinte", Numeric: true},
		{Text: "Taux non renseigné", Numeric: true}, {Text: "Subventions", Numeric: true}, {Text: "Versé", Numeric: true},
	}}
	var rows []chart.Advance
	ahead := 0
	for _, c := range payments {
		paid := Cell{Text: indicator.Amount(c.Paid), Sort: rawNumber(c.Paid), Numeric: true}
		if c.Payment == indicator.PaidUnknown {
			paid = Cell{Text: "n.d.", Spoken: "non disponible", Numeric: true}
		}
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: french.Capitalize(c.Payment.Label())}, Cells: []Cell{
			count(c.Projects), count(c.Reached), count(c.Below), count(c.Unanswered), {Text: indicator.Amount(c.Granted), Numeric: true}, paid,
		}})
		if c.Payment == indicator.PaidInFull {
			ahead = c.Below
		}
		rows = append(rows, chart.Advance{Label: shortPayment[c.Payment], Part: float64(c.Reached), Whole: float64(c.Projects), Text: french.Integer(float64(c.Projects)),
			Phrase: french.Count(float64(c.Projects), "projet", "projets") + ", dont " + french.Integer(float64(c.Reached)) + " à la cible"})
	}
	figure, err := p.progress("versements", "Projets régionaux par part versée, et nombre de ceux qui atteignent la cible de dossiers actifs", "à la cible", "projets", rows)
	if err != nil {
		return nil, err
	}
	paid, active := indicator.ByID("taux_versement"), indicator.ByID("part_cible_dossiers_actifs_projets_regionaux")
	notes := []string{"La cible est d’au moins " + indicator.ActiveFilesTarget() + " de dossiers usagers actifs. Les montants versés et les taux de dossiers actifs sont ceux de la feuille Projets" + french.NNBSP + "; les parts se lisent à un euro près."}
	if ahead > 0 {
		notes = append(notes, french.Capitalize(french.Count(float64(ahead), "projet entièrement payé est", "projets entièrement payés sont"))+" au-dessous de la cible.")
	}
	captions := p.e.comparisonCaptions(p.c, p.e.table(paid.ID, atlas.RegionLevel))
	captions.Champ = "Projets régionaux, dans la région de l’ARS qui les finance."
	captions.Notes = append([]string{paid.Title + french.NBSP + ": " + uncapitalize(captions.Notes[0])}, captions.Notes[1:]...)
	if lacking := p.e.notes(p.e.table(active.ID, atlas.RegionLevel)); len(lacking) > 0 {
		captions.Notes = append(captions.Notes, active.Title+french.NBSP+": "+uncapitalize(lacking[0]))
	}
	return []Section{
		{data: download.Payments(p.e.results), ID: "versements-et-usage", Title: "Versements et usage", Figure: figure, Tables: []*Table{table}, Captions: &Captions{
			Notes: notes, Reading: french.Capitalize(p.e.state()) + ", " + uncapitalize(paid.Reading(p.e.now(paid.ID, atlas.France))),
			Champ: "Projets régionaux.", Source: p.source(),
		}},
		{ID: "par-region", Title: "Région par région", Captions: &captions,
			Tables: []*Table{p.e.comparison("Versements et cible de dossiers actifs par région, "+p.e.state(), []indicator.ID{"subvention_regionale", paid.ID, active.ID}, p.l)}},
	}, nil
}

// shortPayment names the states of payment beside a bar.
var shortPayment = map[indicator.Payment]string{
	indicator.PaidUnknown: "non renseigné", indicator.PaidNothing: "rien", indicator.PaidPart: "moins de la moitié",
	indicator.PaidHalf: "la moitié", indicator.PaidBeyond: "plus de la moitié", indicator.PaidInFull: "la totalité",
}

func scaleTables(e *edition) []download.Table {
	lines := e.results.Dataset().Scale
	return []download.Table{download.SubsidyScale(lines), download.ScaleComparison(e.results.Slice(atlas.France, e.year()).Scale(lines))}
}

// scaleSections set the subsidies beside the scale, then give the scale itself.
func scaleSections(p *programmePage) ([]Section, error) {
	lines := p.e.results.Dataset().Scale
	if len(lines) == 0 {
		return []Section{{ID: "bareme", Title: "Le barème", Text: []string{"Aucun barème n’est donné dans les références de l’atlas."}}}, nil
	}
	classes := p.e.results.Slice(atlas.France, p.e.year()).Scale(lines)
	table := &Table{ID: "tableau-comparaison", Caption: "Subvention par ESSMS et barème, projets de la généralisation, " + p.e.state(), Head: "Type de projet", Columns: []Column{
		{Text: "Taille"}, {Text: "Barème par ESSMS", Numeric: true}, {Text: "Projets", Numeric: true}, {Text: "ESSMS", Numeric: true},
		{Text: "Subvention moyenne par ESSMS", Numeric: true}, {Text: "Projets au-dessus du barème", Numeric: true},
	}}
	var rows []chart.Advance
	for _, c := range classes {
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: string(c.Kind)}, Cells: []Cell{
			{Text: sizeOf(c.From, c.To), Whole: true}, {Text: c.PerESSMSText, Numeric: true}, count(c.Projects), count(c.Links), amountCell(c.MeanText, c.Mean), count(c.Above),
		}})
		rows = append(rows, chart.Advance{Label: string(c.Kind) + " " + shortSize(c.From, c.To), Part: c.Mean.Amount, Whole: c.PerESSMS, Text: c.MeanText,
			Phrase: c.MeanText + " accordés en moyenne, pour un barème de " + c.PerESSMSText})
	}
	figure, err := p.progress("comparaison", "Subvention moyenne par ESSMS et barème, selon le type et la taille du projet", "accordé", "barème", rows)
	if err != nil {
		return nil, err
	}
	return []Section{
		{data: download.ScaleComparison(classes), ID: "comparaison-au-bareme", Title: "Accordé et barème", Figure: figure, Tables: []*Table{table}, Captions: &Captions{
			Notes: []string{
				"La subvention moyenne est la somme des subventions rapportée à celle des ESSMS des projets. Le barème est la somme de ses composantes, compléments compris" + french.NNBSP + ": c’est le plus qu’il prévoit.",
			},
			Champ:  "Projets régionaux et nationaux de la phase de généralisation qui ont au moins un ESSMS, hors projets régionaux sous le seuil de taille.",
			Source: p.source(),
		}},
		p.scale(lines),
	}, nil
}

// categoryLabel writes the name of a category with the accents that the register leaves off capitals.
func categoryLabel(s string) string {
	return strings.NewReplacer("'", "’", "Etab", "Étab", "Educ", "Éduc", "Agées", "Âgées", "Equipe", "Équipe").Replace(s)
}

// sizeOf is « moins de 50 ESSMS », « 50 ESSMS ou plus ».
func sizeOf(from, to int) string {
	switch {
	case to > 0 && from > 0:
		return fmt.Sprintf("%d à %d ESSMS", from, to)
	case to > 0:
		return fmt.Sprintf("moins de %d ESSMS", to+1)
	}
	return fmt.Sprintf("%d ESSMS ou plus", from)
}

func shortSize(from, to int) string {
	switch {
	case to > 0 && from > 0:
		return fmt.Sprintf("(%d à %d)", from, to)
	case to > 0:
		return fmt.Sprintf("(< %d)", to+1)
	}
	return fmt.Sprintf("(≥ %d)", from)
}

// scale is the scale as the references give it.
func (p *programmePage) scale(lines []atlas.ScaleLine) Section {
	table := &Table{ID: "tableau-bareme", Caption: "Le barème de 2022, composante par composante", Head: "Type de projet", Columns: []Column{
		{Text: "Taille"}, {Text: "Composante"}, {Text: "Montant", Numeric: true}, {Text: "Condition"},
	}}
	sources := []string{}
	for _, l := range lines {
		text := french.Integer(l.Euros) + french.NBSP + "€"
		if l.Limit != "" {
			text = typographic(l.Limit) + " " + text
		}
		condition := known(french.Capitalize(french.Typeset(typographic(l.Condition))))
		if l.Condition == "" {
			condition = Cell{Text: "–", Spoken: "aucune condition dans la source"}
		}
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: french.Typeset(typographic(l.Kind))}, Cells: []Cell{
			{Text: typographic(l.Size), Whole: true}, {Text: french.Typeset(french.Capitalize(typographic(l.Component)))}, {Text: text, Sort: rawNumber(l.Euros), Numeric: true}, condition,
		}})
		if l.Source != "" && !strings.HasSuffix(l.Source, "idem") && !slices.Contains(sources, l.Source) {
			sources = append(sources, l.Source)
		}
	}
	return Section{ID: "le-bareme", Title: "Le barème de l’instruction de 2022", Tables: []*Table{table}, Captions: &Captions{
		Notes:  []string{"Montants par ESSMS, sauf ceux que la composante dit par projet. Le barème est un fichier de référence que l’éditeur peut corriger."},
		Source: sentence(typographic(strings.Join(sources, french.NNBSP+"; "))),
	}}
}

func smallTables(e *edition) []download.Table {
	return []download.Table{download.SmallProjects(e.results)}
}

// smallSections count the projects under the minimum size of their region.
func smallSections(p *programmePage) ([]Section, error) {
	ind := indicator.ByID("part_sous_seuil_projets_regionaux")
	t := p.e.table(ind.ID, atlas.RegionLevel)
	table := &Table{ID: "tableau-seuil", Caption: "Projets régionaux sous le seuil de taille, " + p.e.state(), Head: "Région", Sortable: true, Columns: []Column{
		{Text: "Seuil", Unit: "ESSMS", Numeric: true}, {Text: "Projets sous le seuil", Numeric: true}, {Text: "Projets régionaux", Numeric: true}, {Text: "Part", Unit: "%", Numeric: true}, {Text: "Rang", Numeric: true},
	}}
	add := func(r indicator.Row, head Link, total bool) {
		least := count(r.Territory.MinProjectSize)
		if total {
			least = Cell{Text: "///", Spoken: "sans objet", Numeric: true}
		}
		table.Rows = append(table.Rows, TableRow{head, []Cell{least, quantity(r.Value.Numerator), quantity(r.Value.Denominator), number(r), rankCell(r)}, total, ""})
	}
	add(t.Country, Link{Text: "France"}, true)
	var rows []chart.Advance
	for _, r := range p.e.ordered(t.Rows) {
		add(r, p.l.link(r.Territory.Name, p.e.regionPath(r.Territory)), false)
		if r.Value.Shown() {
			rows = append(rows, chart.Advance{Label: r.Territory.Name, Part: r.Value.Numerator.Amount, Whole: r.Value.Denominator.Amount, Text: r.Phrase,
				Phrase: french.Integer(r.Value.Numerator.Amount) + " sur " + french.Count(r.Value.Denominator.Amount, "projet", "projets") + ", soit " + r.Phrase})
		}
	}
	widestFirst(rows)
	figure, err := p.progress("seuil", "Projets régionaux, et ceux qui sont sous le seuil, par région", "sous le seuil", "projets", rows)
	if err != nil {
		return nil, err
	}
	captions := p.c.captions(p.e, t)
	return []Section{{data: download.OfTable(p.e.results, t, ""), ID: "sous-le-seuil", Title: "Région par région", Figure: figure, Tables: []*Table{table}, Captions: &captions,
		Text: []string{"La liste des projets sous le seuil est à télécharger ci-dessous."}}}, nil
}

func sonsTables(e *edition) []download.Table {
	return []download.Table{download.Indicator(e.results, indicator.ByID("essms_sons_seul"))}
}

// sonsSections set the ESSMS of SONS alone beside the financed ones.
func sonsSections(p *programmePage) ([]Section, error) {
	ind := indicator.ByID("essms_sons_seul")
	captions := p.c.captions(p.e, p.e.table(ind.ID, atlas.RegionLevel))
	return []Section{{ID: "sons-par-region", Title: "Région par région", Captions: &captions,
		Tables: []*Table{p.e.comparison("ESSMS financés et ESSMS financés par SONS seul, "+p.e.state(), []indicator.ID{"essms_finances", ind.ID}, p.l)},
		Links:  []Link{p.l.link("Carte et évolution de l’indicateur", p.e.indicatorPath(ind.ID))},
	}}, nil
}

func eligibleTables(e *edition) []download.Table {
	return []download.Table{download.Categories(e.categories())}
}

func (e *edition) categories() []indicator.CategoryCount {
	return e.results.Slice(atlas.France, e.year()).ByCategory(e.results.Dataset().Categories)
}

// eligibleSections list the categories of ESSMS, field by field, with the ESSMS financed in each.
func eligibleSections(p *programmePage) ([]Section, error) {
	groups := map[atlas.Field]*Table{}
	var tables []*Table
	doubtful := false
	for _, c := range p.e.categories() {
		field := c.Category.Field
		t := groups[field]
		if t == nil {
			name := french.Capitalize(field.Label())
			if field == "" {
				name = "Sans champ d’intervention, ou catégorie inconnue"
			}
			t = &Table{ID: "categories-" + french.Slug(field.Label()), Caption: name, Head: "Code", Columns: []Column{{Text: "Catégorie"}, {Text: "ESSMS financés", Numeric: true}}}
			groups[field] = t
			tables = append(tables, t)
		}
		label := french.Typeset(categoryLabel(c.Category.Name))
		if c.Category.Code == "" {
			label = "Catégorie inconnue"
		}
		if c.Category.Doubtful {
			label += " *"
			doubtful = true
		}
		if c.Category.ClosedOn != "" {
			label += " (catégorie fermée)"
		}
		code := c.Category.Code
		if code == "" {
			code = "n.d."
		}
		t.Rows = append(t.Rows, TableRow{Head: Link{Text: code}, Cells: []Cell{known(label), count(c.Count)}})
	}
	notes := []string{"Les nombres d’ESSMS sont exacts. La catégorie ne fait pas à elle seule l’éligibilité" + french.NBSP + ": la correspondance entre catégories et champs est établie pour l’atlas, et l’éditeur peut la corriger."}
	if doubtful {
		notes = append(notes, "* Catégorie qui peut sortir de l’article L."+french.NBSP+"312-1, à vérifier au cas par cas.")
	}
	return []Section{{ID: "categories", Title: "Catégorie par catégorie", Tables: tables, Captions: &Captions{
		Notes: notes, Champ: "Catégories ouvertes du répertoire FINESS rattachées à un champ d’intervention" + french.NNBSP + "; ESSMS financés en France, hors financement SONS seul.",
		Source: "Nomenclature des catégories d’établissements du répertoire FINESS (Licence Ouverte 2.0)" + french.NNBSP + "; " + p.source(),
	}}}, nil
}
