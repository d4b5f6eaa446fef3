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

func goalTables(e *edition) []download.Table {
	return []download.Table{download.ProgrammeLines(e.results)}
}

// goalSections tell how far the programme is from its goals, and what its credits are.
func goalSections(p *programmePage) ([]Section, error) {
	goals := indicator.Goals(p.e.results)
	budgets := indicator.Budgets(p.e.results)
	if len(goals)+len(budgets) == 0 {
		return absent("cibles", "Les cibles et les crédits", "Programme"), nil
	}
	var out []Section
	if len(goals) > 0 {
		section, err := p.goals(goals)
		if err != nil {
			return nil, err
		}
		out = append(out, section)
	}
	if len(budgets) > 0 {
		for _, b := range budgets {
			out = append(out, p.budget(b))
		}
	}
	return out, nil
}

func (p *programmePage) goals(goals []indicator.Goal) (Section, error) {
	table := &Table{ID: "tableau-cibles", Caption: "Cibles du programme et chiffres de la France " + p.e.state(), Head: "Cible", Columns: []Column{
		{Text: "À atteindre", Numeric: true}, {Text: "Atteint", Numeric: true}, {Text: "Part", Unit: "%", Numeric: true}, {Text: "Reste", Numeric: true}, {Text: "Source"},
	}}
	var rows []chart.Advance
	var compared []indicator.ID
	for _, g := range goals {
		if !slices.Contains(compared, g.Indicator.ID) {
			compared = append(compared, g.Indicator.ID)
		}
		left := Cell{Text: g.LeftText, Numeric: true}
		if left.Text == "" {
			left.Text, left.Spoken = "–", "cible atteinte"
			if !g.Reached.Value.Shown() {
				left.Text, left.Spoken = "n.d.", "non disponible"
			}
		}
		reached := Cell{Text: g.Reached.Phrase, Href: p.l.to(p.e.indicatorPath(g.Indicator.ID)), Numeric: true}
		table.Rows = append(table.Rows, TableRow{Head: Link{Text: goalName(g.Line)}, Cells: []Cell{
			{Text: g.TargetText, Numeric: true}, reached, shareText(g.Share), left, {Text: g.Line.Source},
		}})
		rows = append(rows, chart.Advance{Label: goalLabel(g), Part: g.Share.Value.Number, Whole: 1, Text: g.Share.Phrase,
			Phrase: g.Reached.Phrase + " sur " + g.TargetText + " (" + g.Share.Phrase + ")"})
	}
	made, err := chart.Progress("cibles", "Part atteinte de chaque cible", "atteint", "cible", rows)
	drawn, err := p.c.drawChart(p.ctx, p.l, made, err)
	if err != nil {
		return Section{}, err
	}
	first := goals[0]
	return Section{data: download.ProgrammeLines(p.e.results), ID: "cibles-du-programme", Title: "Les cibles", Figure: &Figure{
		ID: "cibles", Title: "Part atteinte de chaque cible, " + p.e.state(), Charts: drawn,
	}, Tables: []*Table{table}, Captions: &Captions{
		Notes: []string{
			"Les parts sont calculées sur les chiffres non arrondis de l’atlas. Un ESSMS n’y compte que s’il est financé pour l’équipement et l’usage du DUI, hors financement SONS seul.",
			"Les deux cibles d’ESSMS viennent de textes différents.",
		}[:1+min(1, sameUnit(goals))],
		Reading: fmt.Sprintf("%s, le programme finance %s, soit %s de la cible de %s.", french.Capitalize(p.e.state()), first.Reached.Phrase, first.Share.Phrase, first.TargetText),
		Champ:   "France, projets régionaux et nationaux.", Provenance: p.e.provenances(atlas.France, p.l, compared...),
		Source: "Cibles" + french.NBSP + ": sources indiquées par ligne" + french.NNBSP + "; chiffres atteints" + french.NBSP + ": " + p.source(),
	}}, nil
}

// sameUnit counts the goals compared with an indicator that another is compared with.
func sameUnit(goals []indicator.Goal) int {
	n, seen := 0, map[indicator.ID]bool{}
	for _, g := range goals {
		if seen[g.Indicator.ID] {
			n++
		}
		seen[g.Indicator.ID] = true
	}
	return n
}

// goalName is the name of a line without the word that says it is a goal.
func goalName(l atlas.ProgrammeLine) string {
	name := strings.TrimPrefix(french.PlainSpaces(l.Quantity), "Cible : ")
	return french.Typeset(french.Capitalize(name))
}

// goalLabel names a goal beside its bar: « 36 500 ESSMS », « 405 M€ de subventions ».
func goalLabel(g indicator.Goal) string {
	if g.Indicator.Unit == atlas.UnitEuro {
		return g.TargetText + " de soutien"
	}
	return g.TargetText
}

// shareText is a cell that holds a share, in per cent.
func shareText(s indicator.Share) Cell {
	c := Cell{Text: s.Text, Sort: raw(s.Value), Numeric: true}
	if !s.Value.Shown() {
		c.Spoken = s.Phrase
	}
	return c
}

// budget is the credits of a year, or of the whole programme, with what they add up to.
func (p *programmePage) budget(b indicator.Budget) Section {
	name := "Les crédits de l’ensemble du programme"
	if b.Year != 0 {
		name = "Les crédits de " + year(b.Year)
	}
	table := &Table{ID: fmt.Sprintf("credits-%d", b.Year), Caption: name, Head: "Ligne", Columns: []Column{
		{Text: "Montant", Numeric: true}, {Text: "Part", Unit: "%", Numeric: true}, {Text: "Source"},
	}}
	none := Cell{Text: "///", Spoken: "sans objet", Numeric: true}
	for i, line := range b.Lines {
		if b.Funds != "" && i == b.FundLines {
			table.Rows = append(table.Rows, TableRow{Head: Link{Text: "Ensemble"}, Total: true, Cells: []Cell{{Text: b.Funds, Numeric: true}, none, {Text: "somme des lignes"}}})
		}
		share := shareText(line.Share)
		if !line.Share.Value.Shown() {
			share = none
		}
		dashes := ""
		if line.Depth > 0 {
			dashes = strings.Repeat("–"+french.NBSP, line.Depth)
		}
		table.Rows = append(table.Rows, TableRow{
			Head: Link{Text: dashes + french.Typeset(budgetName(line.Line))}, Total: line.Depth == 0 && b.Year != 0 && len(b.Lines) > 1,
			Cells: []Cell{{Text: line.Text, Numeric: true}, share, {Text: line.Line.Source}},
		})
	}
	s := Section{ID: fmt.Sprintf("les-credits-%d", b.Year), Title: name, Tables: []*Table{table}, Captions: &Captions{
		Notes:  []string{"Montants relevés dans les textes, non calculés par l’atlas. Un tiret marque une part de la ligne qui le précède d’un niveau" + french.NNBSP + "; la part se rapporte à cette ligne."},
		Source: "Feuille Programme de l’édition" + french.NNBSP + "; sources indiquées par ligne.",
	}}
	if len(b.Checks) > 0 {
		s.Text = []string{strings.Join(b.Checks, " ")}
	}
	return s
}

// budgetName is the name of a line without the year that its table says: « Enveloppe 2023 : total ».
func budgetName(l atlas.ProgrammeLine) string {
	name := french.PlainSpaces(l.Quantity)
	if before, after, ok := strings.Cut(name, " : "); ok && l.Year != 0 && strings.Contains(before, year(l.Year)) {
		return french.Capitalize(after)
	}
	return name
}
