package site

import (
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

func usageTables(e *edition) []download.Table {
	return []download.Table{download.Usages(e.results)}
}

// usageSections show the rates of sheet Usages as given: France over the years, then the regions at
// the last survey.
func usageSections(p *programmePage) ([]Section, error) {
	surveys := indicator.Surveys(p.e.results)
	if len(surveys.Years) == 0 {
		return absent("usages-par-service", "Les taux par service", "Usages"), nil
	}
	out := []Section{p.usageYears(surveys)}
	last := surveys.Years[len(surveys.Years)-1]
	section := Section{ID: "usages-par-region", Title: "Région par région, en " + year(last)}
	for _, field := range surveys.Fields {
		table := &Table{ID: "usages-" + french.Slug(fieldName(field)), Caption: fieldName(field) + ", taux en " + year(last), Head: "Territoire", Sortable: true}
		for _, s := range surveys.Services {
			table.Columns = append(table.Columns, Column{Text: s, Unit: "%", Numeric: true})
		}
		table.Columns = append(table.Columns, Column{Text: "Répondants", Numeric: true})
		add := func(code string, head Link, total bool) {
			row := TableRow{Head: head, Total: total}
			var respondents []atlas.Quantity
			for _, s := range surveys.Services {
				rate := surveys.Rate(code, last, s, field)
				row.Cells = append(row.Cells, rateCell(rate))
				respondents = append(respondents, rate.Respondents)
			}
			row.Cells = append(row.Cells, respondentCell(respondents))
			table.Rows = append(table.Rows, row)
		}
		add("", Link{Text: "France"}, true)
		for _, t := range p.e.regions {
			add(t.ID.Code, p.l.link(t.Name, p.e.regionPath(t)), false)
		}
		section.Tables = append(section.Tables, table)
	}
	section.Captions = p.usageCaptions(surveys)
	return append(out, section), nil
}

// usageYears is the rates of France, service by service.
func (p *programmePage) usageYears(surveys indicator.SurveyRates) Section {
	table := &Table{ID: "usages-france", Caption: "Taux d’équipement et d’usage, France", Head: "Service", Columns: []Column{{Text: "Champ"}}}
	for _, y := range surveys.Years {
		table.Columns = append(table.Columns, Column{Text: year(y), Unit: "%", Numeric: true})
	}
	for _, s := range surveys.Services {
		for _, field := range surveys.Fields {
			row := TableRow{Head: Link{Text: s}, Cells: []Cell{{Text: fieldName(field), Whole: true}}}
			for _, y := range surveys.Years {
				row.Cells = append(row.Cells, rateCell(surveys.Rate("", y, s, field)))
			}
			table.Rows = append(table.Rows, row)
		}
	}
	return Section{ID: "usages-en-france", Title: "Service par service", Tables: []*Table{table}, Captions: p.usageCaptions(surveys)}
}

// fieldName names the field of a survey; without one, it is about all of them.
func fieldName(f atlas.Field) string {
	if f == "" {
		return "Tous champs"
	}
	return french.Capitalize(f.Label())
}

func rateCell(r indicator.SurveyRate) Cell {
	if r.Text == "" {
		return Cell{Text: "n.d.", Spoken: "non disponible", Numeric: true}
	}
	return Cell{Text: r.Text, Sort: rawNumber(r.Rate), Numeric: true}
}

// respondentCell is the number of respondents where all services have the same, « selon le service » where they have not.
func respondentCell(all []atlas.Quantity) Cell {
	all = slices.Compact(slices.DeleteFunc(all, func(q atlas.Quantity) bool { return !q.Known }))
	switch len(all) {
	case 0:
		return Cell{Text: "n.d.", Spoken: "non disponible", Numeric: true}
	case 1:
		return quantity(all[0])
	}
	return Cell{Text: "selon le service", Numeric: true}
}

func (p *programmePage) usageCaptions(surveys indicator.SurveyRates) *Captions {
	return &Captions{
		Notes:  []string{"Taux donnés par l’enquête, non calculés par l’atlas. n.d." + french.NBSP + ": donnée non disponible."},
		Champ:  "ESSMS qui ont répondu à l’enquête.",
		Source: sentence(typographic(strings.Join(surveys.Sources, french.NNBSP+"; "))),
	}
}
