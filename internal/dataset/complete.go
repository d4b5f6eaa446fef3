package dataset

import (
	"strings"

	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// complete fills the empty cells of the rows from an extract of the register that knows the
// number, and reports those that stay unknown.
func (r *rules) complete(rows []workbook.Record[essmsRow], problems *problem.List) error {
	wanted := map[string]bool{}
	for i := range rows {
		row := &rows[i].Value
		if row.finess != "" && (row.name == "" || row.category == "" || row.status == "" || row.commune == "") {
			wanted[row.finess] = true
		}
	}
	known, err := r.references.lookUp(wanted)
	if err != nil {
		return err
	}
	for i := range rows {
		rec := &rows[i]
		if rec.Faulty || rec.Value.finess == "" {
			continue
		}
		r.completeRow(rec, known[rec.Value.finess], problems)
	}
	return nil
}

func (r *rules) completeRow(rec *workbook.Record[essmsRow], e establishment, problems *problem.List) {
	row := &rec.Value
	unknown := func(s problem.Severity, column, message string) {
		problems.Add(problem.Problem{Code: CodeUnknownValue, Severity: s, Place: rec.Place(column), Value: row.finess, Message: message,
			Remedy: "remplir la cellule, ou mettre dans data/references un extrait du répertoire FINESS qui connaît le numéro " + row.finess})
	}
	if row.name == "" {
		if row.name = strings.TrimSpace(e.name); row.name == "" {
			unknown(problem.Information, colName, "la raison sociale est inconnue")
		}
	}
	if row.category == "" {
		if _, ok := r.references.categories[e.category]; ok {
			row.category = e.category
		} else {
			unknown(problem.Warning, colCategory, "la catégorie est inconnue")
		}
	}
	if row.status == "" {
		if row.status = e.status; row.status == "" {
			unknown(problem.Warning, colStatus, "le statut est inconnu : l’ESSMS ne compte dans aucune part par statut")
		}
	}
	if row.commune == "" {
		if _, ok := r.gazetteer.DepartmentOfCommune(e.commune); ok || collectivity(e.commune) {
			row.commune = e.commune
		} else {
			unknown(problem.Warning, colCommune, "la commune est inconnue : l’ESSMS compte en France et dans aucune région")
		}
	}
}
