package site

import (
	"cmp"
	"slices"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// phased are the indicators that have a meaning for the projects of one phase.
var phased = []indicator.ID{
	"projets", "projets_regionaux", "projets_nationaux", "essms_finances", "essms_par_projet_regional", "essms_par_projet_national",
	"subvention_totale", "subvention_regionale", "subvention_moyenne_regionale", "subvention_par_essms", "taux_versement",
	"part_acquisition_projets_regionaux", "part_mise_en_conformite_projets_regionaux", "part_infrastructures_projets_regionaux",
	"part_grappes_projets_regionaux", "part_handicap_projets_regionaux", "part_personnes_agees_projets_regionaux", "part_social_essms",
	"dossiers_deposes", "taux_selection",
}

func phaseTables(e *edition) []download.Table {
	return []download.Table{download.Phases(e.results, indicator.ByPhase(e.results), phased)}
}

// phaseSections show the figures of each phase, for France then by region.
func phaseSections(p *programmePage) ([]Section, error) {
	phases := indicator.ByPhase(p.e.results)
	table := &Table{ID: "tableau-phases", Caption: "Les phases du programme, France, " + p.e.state(), Head: "Indicateur"}
	first, last := TableRow{Head: Link{Text: "Première décision"}}, TableRow{Head: Link{Text: "Dernière décision"}}
	for _, f := range phases {
		table.Columns = append(table.Columns, Column{Text: string(f.Phase), Numeric: true})
		first.Cells, last.Cells = append(first.Cells, dayCell(f.First)), append(last.Cells, dayCell(f.Last))
	}
	table.Columns = append(table.Columns, Column{Text: "Ensemble", Numeric: true})
	for _, row := range []TableRow{first, last} {
		table.Rows = append(table.Rows, TableRow{row.Head, append(row.Cells, Cell{Text: "///", Spoken: "sans objet", Numeric: true}), false, ""})
	}
	for _, id := range phased {
		ind := indicator.ByID(id)
		row := TableRow{Head: p.l.link(ind.Title, p.e.indicatorPath(id))}
		for _, f := range phases {
			row.Cells = append(row.Cells, figureCell(ind, f.Row(ind, atlas.France)))
		}
		table.Rows = append(table.Rows, TableRow{row.Head, append(row.Cells, figureCell(ind, p.e.now(id, atlas.France))), false, ""})
	}
	projects := indicator.ByID("projets")
	return []Section{{
		ID: "chiffres-des-phases", Title: "Les chiffres de chaque phase", Tables: []*Table{table},
		Captions: &Captions{
			Notes: []string{
				"Chaque phase ne compte que ses propres projets. Un ESSMS peut être financé dans plusieurs phases" + french.NBSP + ": il compte dans chacune, et une fois dans l’ensemble.",
				"n.d." + french.NBSP + ": donnée non disponible.",
			},
			Reading: french.Capitalize(p.e.state()) + ", la phase «" + french.NBSP + string(phases[0].Phase) + french.NBSP + "» compte " + phases[0].Row(projects, atlas.France).Phrase + ".",
			Champ:   "Projets régionaux et nationaux, dossiers de candidature rattachés à une phase.", Source: p.source(),
		},
	}, p.phasesByRegion(phases)}, nil
}

// dayCell is a day, or nothing.
func dayCell(t time.Time) Cell {
	if t.IsZero() {
		return Cell{Text: "///", Spoken: "sans objet", Numeric: true}
	}
	return Cell{Text: french.Date(t), Numeric: true}
}

func (p *programmePage) phasesByRegion(phases []indicator.PhaseFigures) Section {
	of, money := indicator.ByID("projets_regionaux"), indicator.ByID("subvention_regionale")
	table := &Table{ID: "phases-par-region", Caption: "Projets régionaux et subventions par phase, " + p.e.state(), Head: "Région", Sortable: true}
	for _, f := range phases {
		table.Columns = append(table.Columns, Column{Text: string(f.Phase) + ", projets", Numeric: true})
	}
	for _, f := range phases {
		table.Columns = append(table.Columns, Column{Text: string(f.Phase) + ", subventions", Unit: money.Display.Suffix, Numeric: true})
	}
	add := func(t atlas.TerritoryID, head Link, total bool) {
		row := TableRow{Head: head, Total: total}
		for _, ind := range []*indicator.Indicator{of, money} {
			for _, f := range phases {
				row.Cells = append(row.Cells, number(f.Row(ind, t)))
			}
		}
		table.Rows = append(table.Rows, row)
	}
	add(atlas.France, Link{Text: "France"}, true)
	for _, t := range p.e.regions {
		add(t.ID, p.l.link(t.Name, p.e.regionPath(t)), false)
	}
	return Section{ID: "phases-des-regions", Title: "Région par région", Tables: []*Table{table}, Captions: &Captions{
		Notes: []string{"Les projets nationaux, suivis par plusieurs ARS, ne sont pas dans ce tableau."},
		Champ: "Projets régionaux, dans la région de l’ARS qui les finance.", Source: p.source(),
	}}
}

// advanceWords are how a part of a whole is said.
type advanceWords struct {
	part, whole         string // in the legend: « sélectionnés », « déposés »
	partHead, wholeHead string // in the table
	amount              func(float64) string
	of                  string // between the two amounts
}

// advance shows, region by region, the highest denominator first, the numerator of a ratio growing towards its denominator,
// and the table of both.
func (p *programmePage) advance(id, title string, t indicator.Table, say advanceWords) (*Figure, *Table, error) {
	var rows []chart.Advance
	for _, r := range p.e.ordered(t.Rows) {
		if part, whole := r.Value.Numerator.Amount, r.Value.Denominator.Amount; r.Value.Shown() {
			rows = append(rows, chart.Advance{Label: r.Territory.Name, Part: part, Whole: whole, Text: r.Phrase,
				Phrase: say.amount(part) + say.of + say.amount(whole) + ", soit " + r.Phrase})
		}
	}
	widestFirst(rows)
	figure, err := p.progress(id, title, say.part, say.whole, rows)
	if figure != nil {
		figure.Charts[0].Finding = narrative.Pattern(t)
	}
	table := p.e.territoryTable(t, p.l)
	table.Columns[1].Text, table.Columns[2].Text = say.partHead, say.wholeHead
	return figure, table, err
}

// widestFirst puts the rows of regions in the order of their wholes, whose bars are the longest.
func widestFirst(rows []chart.Advance) {
	slices.SortStableFunc(rows, func(a, b chart.Advance) int { return cmp.Compare(b.Whole, a.Whole) })
}

func applicationTables(e *edition) []download.Table {
	return []download.Table{download.Applications(e.results)}
}

// applicationSections show the funnel of the applications by region, then by call.
func applicationSections(p *programmePage) ([]Section, error) {
	if len(p.e.results.Dataset().Applications) == 0 {
		return absent("entonnoir", "Du dépôt à la sélection", "Candidatures"), nil
	}
	t := p.e.table("taux_selection", atlas.RegionLevel)
	figure, table, err := p.advance("entonnoir", "Dossiers déposés et dossiers sélectionnés par région, "+p.e.state(), t,
		advanceWords{part: "sélectionnés", whole: "déposés", partHead: "Sélectionnés", wholeHead: "Déposés", amount: french.Integer, of: " sur "})
	if err != nil {
		return nil, err
	}
	captions := p.c.captions(p.e, t)
	return []Section{
		{data: download.Applications(p.e.results), ID: "entonnoir-des-regions", Title: "Région par région", Figure: figure, Tables: []*Table{table}, Captions: &captions},
		p.calls(),
	}, nil
}

// progress draws a progress; nil where the site has no charts.
func (p *programmePage) progress(id, title, part, whole string, rows []chart.Advance) (*Figure, error) {
	made, err := chart.Progress(id, title, part, whole, rows)
	drawn, err := p.c.drawChart(p.ctx, p.l, made, err)
	if err != nil || drawn == nil {
		return nil, err
	}
	return &Figure{ID: id, Title: title, Charts: drawn}, nil
}

// calls is the applications of France, call by call.
func (p *programmePage) calls() Section {
	table := &Table{ID: "tableau-appels", Caption: "Dossiers par appel à projets, France, " + p.e.state(), Head: "Année", Columns: []Column{
		{Text: "Phase"}, {Text: "Déposés", Numeric: true}, {Text: "Sélectionnés", Numeric: true}, {Text: "Taux de sélection", Unit: "%", Numeric: true},
	}}
	for _, call := range p.e.results.Slice(atlas.France, p.e.year()).Calls() {
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: year(call.Year)}, Cells: []Cell{
			{Text: cmp.Or(string(call.Phase), "non précisée"), Whole: true}, quantity(atlas.Known(call.Deposited)), quantity(atlas.Known(call.Selected)), shareText(call.Share),
		}})
	}
	return Section{ID: "appels", Title: "Appel par appel", Tables: []*Table{table}, Captions: &Captions{
		Champ: "Dossiers des appels à projets régionaux.", Source: p.source(),
	}}
}

func envelopeTables(e *edition) []download.Table {
	return []download.Table{download.CreditYears(e.results)}
}

// envelopeSections compare envelopes and commitments: by region over all years, then year by year.
func envelopeSections(p *programmePage) ([]Section, error) {
	if len(p.e.results.Dataset().Envelopes) == 0 {
		return absent("engagements", "Enveloppes et engagements", "Enveloppes"), nil
	}
	t := p.e.table("taux_engagement", atlas.RegionLevel)
	figure, table, err := p.advance("engagements", "Engagements et enveloppes par région, toutes années, "+p.e.state(), t,
		advanceWords{part: "engagé", whole: "enveloppe", partHead: "Engagé (€)", wholeHead: "Enveloppe (€)", amount: indicator.Amount, of: " engagés sur "})
	if err != nil {
		return nil, err
	}
	captions := p.c.captions(p.e, t)
	return []Section{
		{data: download.OfTable(p.e.results, t, ""), ID: "engagements-des-regions", Title: "Région par région", Figure: figure, Tables: []*Table{table}, Captions: &captions},
		p.creditYears(),
	}, nil
}

// creditYears is a table of the regions with the envelope, the commitments and the rate of each year.
func (p *programmePage) creditYears() Section {
	france := p.e.results.Slice(atlas.France, p.e.year()).CreditYears()
	table := &Table{ID: "tableau-annees", Caption: "Enveloppes et engagements par région et par année", Head: "Territoire", Sortable: true}
	notes := []string{"Les engagements d’une année sont les subventions des projets régionaux décidés cette année-là. n.d." + french.NBSP + ": donnée non disponible."}
	for _, y := range france {
		table.Columns = append(table.Columns, Column{Text: year(y.Year) + ", enveloppe", Numeric: true}, Column{Text: "engagé", Numeric: true}, Column{Text: "taux", Unit: "%", Numeric: true})
		if len(y.Lacking) > 0 {
			names := p.e.results.LackingNames(atlas.Value{Lacking: y.Lacking})
			notes = append(notes, "En "+year(y.Year)+", le chiffre de la France est établi sans "+french.Join(names)+", faute d’enveloppe connue.")
		}
	}
	add := func(t atlas.TerritoryID, head Link, total bool) {
		of := map[int]indicator.CreditYear{}
		for _, y := range p.e.results.Slice(t, p.e.year()).CreditYears() {
			of[y.Year] = y
		}
		row := TableRow{Head: head, Total: total}
		for _, y := range france {
			own, ok := of[y.Year]
			if !ok {
				none := Cell{Text: "n.d.", Spoken: "non disponible", Numeric: true}
				row.Cells = append(row.Cells, none, none, none)
				continue
			}
			row.Cells = append(row.Cells, amountCell(own.EnvelopeText, own.Envelope), amountCell(own.CommittedText, atlas.Known(own.Committed)), shareText(own.Share))
		}
		table.Rows = append(table.Rows, row)
	}
	add(atlas.France, Link{Text: "France"}, true)
	for _, t := range p.e.regions {
		add(t.ID, p.l.link(t.Name, p.e.regionPath(t)), false)
	}
	return Section{ID: "annees", Title: "Année par année", Tables: []*Table{table}, Captions: &Captions{
		Notes: notes, Champ: "Projets régionaux, dans la région de l’ARS qui les finance" + french.NNBSP + "; enveloppes de la feuille Enveloppes.", Source: p.source(),
	}}
}

// amountCell is a cell that holds an amount already written.
func amountCell(text string, q atlas.Quantity) Cell {
	c := Cell{Text: text, Numeric: true}
	if q.Known {
		c.Sort = rawNumber(q.Amount)
	} else {
		c.Spoken = "non disponible"
	}
	return c
}
