package download

import (
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// indicators is every indicator of the territory, by year.
func (w *report) indicators() grid {
	plain, long := style{format: textFormat}, style{role: wrapped, format: textFormat}
	g := grid{sheet: "Indicateurs", table: "atlas_indicateurs", frozen: 2, page: w.page("landscape"), columns: []gridColumn{
		{title: "Thème", style: long, width: 18}, {title: "Indicateur", style: long, width: 44}, {title: "Unité", style: long, width: 15},
	}}
	for _, year := range w.r.Years() {
		g.columns = append(g.columns, gridColumn{title: french.Capitalize(indicator.DateLabel(w.edition(), year)), width: 13})
	}
	if w.regional() {
		g.columns = append(g.columns, gridColumn{title: "France", width: 13}, gridColumn{title: "Rang", width: 13})
	}
	g.columns = append(g.columns, gridColumn{title: "Valeur affichée sur le site", style: long, width: 20}, gridColumn{title: "Numérateur", width: 15},
		gridColumn{title: "Dénominateur", width: 15}, gridColumn{title: "Sans réponse", style: style{format: countFormat}, width: 11},
		gridColumn{title: "Identifiant", style: plain, width: 40})
	for _, ind := range w.has() {
		g.rows = append(g.rows, w.indicatorRow(ind))
	}
	return g
}

func (w *report) indicatorRow(ind *indicator.Indicator) []any {
	now := w.r.Row(ind, w.territory.ID, w.last)
	row := []any{string(ind.Theme), ind.Title, indicator.Table{Indicator: ind}.UnitLabel()}
	for _, year := range w.r.Years() {
		row = append(row, w.cell(ind, w.r.Value(ind.ID, w.territory.ID, year)))
	}
	if w.regional() {
		row = append(row, w.country(ind), w.rank(ind))
	}
	return append(row, now.Phrase, amount(ind, now.Value.Numerator), amount(ind, now.Value.Denominator), now.Value.Unknown, string(ind.ID))
}

// records is a table of open data under French headers; what is missing says so.
func (w *report) records(t Table, sheet string) grid {
	g := sheetOf(t, sheet, func(c Column) string { return c.Title })
	g.page = w.page("landscape")
	longest := 46.0
	if len(t.Columns) > 12 { // so that a page holds them all
		longest = 30
	}
	for i, c := range t.Columns {
		if c.Type == Text {
			g.columns[i].style.role = wrapped
			g.columns[i].width = min(g.width(i, g.columns[i]), longest)
		}
	}
	for _, row := range g.rows {
		for i, v := range row {
			if v == nil {
				row[i] = "n.d."
			}
		}
	}
	return g
}

// definitions says what every term of the workbook means.
func (w *report) definitions() grid {
	long := style{role: wrapped, format: textFormat}
	g := grid{sheet: "Définitions", table: "atlas_definitions", frozen: 2, page: w.page("landscape"), columns: []gridColumn{
		{title: "Rubrique", style: long, width: 20}, {title: "Terme", style: long, width: 34}, {title: "Définition", style: long, width: 52},
		{title: "Méthode", style: long, width: 60}, {title: "Champ", style: long, width: 34}, {title: "Unité", style: long, width: 13},
		{title: "Source", style: long, width: 34}, {title: "Identifiant", style: long, width: 42},
	}}
	source := sentence(w.source())
	for _, ind := range w.has() {
		g.rows = append(g.rows, []any{string(ind.Theme), ind.Title, ind.Definition, strings.TrimSpace(sentence(ind.Method) + " " + ind.YearsNote(w.edition())), sentence(ind.Champ),
			indicator.Table{Indicator: ind}.UnitLabel(), source, string(ind.ID)})
	}
	term := func(heading, name, text, id string) {
		g.rows = append(g.rows, []any{heading, name, sentence(text), nil, nil, nil, nil, id})
	}
	for _, sign := range signs {
		term("Signes", sign[0], sign[1], "")
	}
	for _, f := range atlas.Fields {
		term("Champs", string(f), f.Label(), "")
	}
	for _, sheet := range []struct {
		name    string
		columns []Column
	}{{"Projets", projectColumns}, {"ESSMS", essmsColumns}} {
		for _, c := range sheet.columns {
			term("Colonnes de la feuille "+sheet.name, c.Title, strings.ReplaceAll(c.Doc, "vide si", "n.d. si"), c.Name)
		}
	}
	return g
}

// signs are what stands where there is no number, and what it means.
var signs = [...][2]string{
	{"n.d.", "Donnée non disponible"},
	{"///", "Sans objet"},
	{"s", "Couvert par le secret statistique"},
}

// legend explains the signs in one line.
func legend() string {
	parts := make([]string, len(signs))
	for i, s := range signs {
		parts[i] = s[0] + french.NBSP + ": " + strings.ToLower(s[1])
	}
	return strings.Join(parts, french.NNBSP+"; ") + "."
}

func sentence(s string) string {
	if s = french.Capitalize(s); s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}
