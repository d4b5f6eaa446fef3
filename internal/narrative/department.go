package narrative

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// mostOfDepartment is how many sentences the summary of a department has at most.
const mostOfDepartment = 4

// Department is the summary of the department of that code: three or four sentences when its
// figures are known, fewer when they are not, none for an unknown code.
func Department(r *indicator.Results, code string) []Sentence {
	w := newWriter(r, nil, atlas.DepartmentID(code))
	if w == nil {
		return nil
	}
	if w.departmentHead() {
		w.growth()
		w.density()
	}
	w.departmentProjects()
	w.fields()
	return w.sentences[:min(len(w.sentences), mostOfDepartment)]
}

func (w *writer) departmentHead() bool {
	more := words{"sur": {}}
	region := figureOf(w.results, essms, atlas.RegionID(w.territory.Region))
	if w.departmentsBeside() > 0 && region.shown() {
		more["sur"] = word{text: ", sur " + region.row.Text + " " + region.row.Territory.Locative}
	}
	return w.head(more,
		"{date}, le programme ESMS numérique finance {n} {en}{sur}.",
		"{en}, le programme ESMS numérique finance {n} {date}{sur}.",
		"{le} {le:compte|comptent} {n} {n:financé|financés} par le programme ESMS numérique {date}{sur}.")
}

// departmentsBeside counts the other departments of its region.
func (w *writer) departmentsBeside() int {
	n := 0
	for _, d := range w.results.Gazetteer().Departments() {
		if d.Region == w.territory.Region && d.ID != w.territory.ID {
			n++
		}
	}
	return n
}

func (w *writer) departmentProjects() bool {
	n := w.figure(regionalProjects)
	switch {
	case !n.shown():
		return false
	case n.zero():
		return w.sayOf(regionalProjects, "Aucun projet régional ne concerne d’ESSMS {en}.")
	}
	return w.say(words{"n": n.word()},
		"Dans le département, {n} {n:concerne|concernent} au moins un ESSMS.",
		"Le département compte au moins un ESSMS dans {n}.")
}
