package dataset

import (
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems that an extract of the register shows.
const (
	CodeNotInRegister problem.Code = "finess-inconnu"
	CodeClosed        problem.Code = "finess-ferme"
	CodeRegister      problem.Code = "finess-discordant"
	CodeNotESSMS      problem.Code = "categorie-hors-essms"
	CodePartial       problem.Code = "extrait-incomplet"

	CodeBrokenRegister problem.Code = "extrait-illisible"
	CodeEmptyRegister  problem.Code = "extrait-sans-etablissement"
)

// complete fills the empty cells of the rows from an extract of the register that knows the
// number, reports those that stay unknown, and what the register contradicts.
func (r *rules) complete(rows []workbook.Record[essmsRow], problems *problem.List) error {
	wanted := map[string]bool{}
	for i := range rows {
		if finess := rows[i].Value.finess; finess != "" {
			wanted[finess] = true
		}
	}
	known, consulted, err := r.references.lookUp(wanted, problems)
	if err != nil {
		return err
	}
	unknown, closed := 0, []problem.Problem(nil)
	for i := range rows {
		rec := &rows[i]
		if rec.Value.finess == "" {
			continue
		}
		e, ok := known[rec.Value.finess]
		if !rec.Faulty() {
			r.completeRow(rec, e, problems)
		}
		switch {
		case consulted && !ok:
			unknown++
		case e.closed:
			closed = append(closed, problem.Problem{Code: CodeClosed, Place: rec.Place(colFINESS), Value: rec.Value.finess,
				Message: "l’établissement " + rec.Value.finess + " est fermé d’après l’extrait FINESS", Remedy: "vérifier le numéro"})
		}
	}
	digest(closed, problems, func(n int) string {
		return french.Count(float64(n), "établissement est fermé", "établissements sont fermés") + " d’après l’extrait FINESS"
	})
	if unknown > 0 {
		reportUnknown(rows, known, unknown, problems)
	}
	return nil
}

// reportUnknown reports the numbers that the register ignores, or that its extract is partial.
func reportUnknown(rows []workbook.Record[essmsRow], known map[string]establishment, unknown int, problems *problem.List) {
	partial := unknown > digestAbove && 2*unknown > len(rows)
	for i := range rows {
		rec := &rows[i]
		finess := rec.Value.finess
		if _, ok := known[finess]; ok || finess == "" {
			continue
		}
		if partial {
			problems.Add(problem.Problem{Code: CodePartial, Place: problem.Place{File: rec.Place("").File, Sheet: rec.Origin.Sheet},
				Message: "l’extrait FINESS ignore " + french.Count(float64(unknown), "ligne", "lignes") + " sur " + french.Integer(float64(len(rows))) + " : il est sans doute partiel",
				Remedy:  "mettre dans data/references l’extrait national"})
			return
		}
		rec.Report(problems, colFINESS, CodeNotInRegister, finess, "l’extrait FINESS ne connaît pas le numéro "+finess, "vérifier le numéro : un chiffre est sans doute mal recopié")
	}
}

func (r *rules) completeRow(rec *workbook.Record[essmsRow], e establishment, problems *problem.List) {
	row := &rec.Value
	unknown := func(code problem.Code, column, message string) {
		rec.Report(problems, column, code, row.finess, message,
			"remplir la cellule, ou mettre dans data/references un extrait du répertoire FINESS qui connaît le numéro "+row.finess)
	}
	if row.name == "" {
		if row.name = strings.TrimSpace(e.name); row.name == "" {
			unknown(CodeUnknownName, colName, "la raison sociale est inconnue")
		}
	}
	r.completeCategory(rec, e.category, problems, unknown)
	switch {
	case row.status == "":
		if row.status = e.status; row.status == "" {
			unknown(CodeUnknownValue, colStatus, "le statut est inconnu : l’ESSMS ne compte dans aucune part par statut")
		}
	case e.status != "" && e.status != row.status:
		rec.Report(problems, colStatus, CodeRegister, string(row.status),
			"le statut écrit est "+guillemets(string(row.status))+", celui du répertoire FINESS "+guillemets(string(e.status)), "corriger la cellule, ou la laisser si le répertoire est en retard")
	}
	if row.commune == "" {
		if _, ok := r.gazetteer.DepartmentOfCommune(e.commune); ok || collectivity(e.commune) {
			row.commune = e.commune
		} else {
			unknown(CodeUnknownValue, colCommune, "la commune est inconnue : l’ESSMS compte en France et dans aucune région")
		}
	}
}

// completeCategory completes the category of a row, or compares it with that of the register.
func (r *rules) completeCategory(rec *workbook.Record[essmsRow], registered string, problems *problem.List, unknown func(problem.Code, string, string)) {
	row := &rec.Value
	_, ours := r.references.categories[registered]
	switch {
	case registered != "" && !ours:
		rec.Report(problems, colCategory, CodeNotESSMS, row.finess,
			"le répertoire FINESS donne à "+row.finess+" la catégorie "+registered+", qui n’est pas celle d’un ESSMS", "vérifier que le numéro est celui de l’ESSMS, et non celui de l’établissement auquel il est adossé")
	case row.category == "" && ours:
		row.category = registered
	case row.category == "":
		unknown(CodeUnknownValue, colCategory, "la catégorie est inconnue")
	case ours && registered != row.category:
		rec.Report(problems, colCategory, CodeRegister, row.category,
			"la catégorie écrite est "+row.category+", celle du répertoire FINESS "+registered, "corriger la cellule, ou la laisser si le répertoire est en retard")
	}
}
