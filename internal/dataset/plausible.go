package dataset

import (
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems of what is possible and surprising.
const (
	CodeNoSubsidy   problem.Code = "subvention-nulle"
	CodeAboveScale  problem.Code = "subvention-hors-bareme"
	CodeSmall       problem.Code = "projet-sous-seuil"
	CodeEmptyRegion problem.Code = "region-sans-projet"
)

// farAbove is how many times the scale a subsidy must exceed to be worth a warning: the scale knows neither
// infrastructures nor what an agency adds.
const farAbove = 3

// plausible reports what is possible and surprising in the projects, once their ESSMS are bound.
func (r *rules) plausible(records []workbook.Record[atlas.Project], index *projectIndex, problems *problem.List) {
	var small []problem.Problem
	busy := map[string]bool{}
	for i := range records {
		rec := &records[i]
		p := &rec.Value
		for _, region := range p.Regions {
			busy[region] = true
		}
		if index.exact[p.Number] != p || index.suspect[p] {
			continue // told already
		}
		if len(p.Links)+len(p.SONS) == 0 {
			rec.Report(problems, colNumber, CodeEmptyProject, p.Number, "le projet "+guillemets(p.Number)+" n’a aucun ESSMS", "ajouter ses ESSMS à la feuille ESSMS, s’il en a")
			continue
		}
		r.checkScale(rec, problems)
		if least := r.minimum(p); len(p.Links) < least && len(p.Links) > 0 {
			small = append(small, problem.Problem{Code: CodeSmall, Place: rec.Place(colNumber), Value: p.Number,
				Message: "le projet " + guillemets(p.Number) + " a " + strconv.Itoa(len(p.Links)) + " ESSMS, moins que le minimum de " + strconv.Itoa(least),
				Remedy:  "vérifier que tous ses ESSMS sont dans la feuille ESSMS"})
		}
	}
	digest(small, problems, func(n int) string {
		return french.Count(float64(n), "projet a", "projets ont") + " moins d’ESSMS que le minimum de leur région"
	})
	if len(records) > 0 {
		r.reportIdleRegions(busy, records[0].Place(colNumber).File, problems)
	}
}

// minimum is the number of ESSMS under which a project is small; 0: none.
func (r *rules) minimum(p *atlas.Project) int {
	if p.Scope != atlas.Regional || len(p.Regions) != 1 {
		return 0
	}
	t, _ := r.gazetteer.Territory(atlas.RegionID(p.Regions[0]))
	return t.MinProjectSize
}

// checkScale compares a subsidy with the scale, which holds for the projects of the generalisation.
func (r *rules) checkScale(rec *workbook.Record[atlas.Project], problems *problem.List) {
	p := &rec.Value
	if p.Phase != atlas.Generalisation || rec.Faulty() {
		return
	}
	ceiling, ok := r.references.scale.ceiling(p.Kind, len(p.Links), r.minimum(p))
	if !ok || p.Subsidy <= farAbove*ceiling {
		return
	}
	rec.Report(problems, colSubsidy, CodeAboveScale, workbook.Digits(p.Subsidy),
		"la subvention ("+euros(p.Subsidy)+") dépasse le triple de ce que le barème de 2022 permet ("+euros(ceiling)+") pour un projet de ce type et "+strconv.Itoa(len(p.Links))+" ESSMS",
		"vérifier le montant et le nombre d’ESSMS")
}

// reportIdleRegions warns of the regions that no project names, all together.
func (r *rules) reportIdleRegions(busy map[string]bool, file string, problems *problem.List) {
	var idle []string
	for _, t := range r.gazetteer.Regions() {
		if !busy[t.ID.Code] {
			idle = append(idle, t.Name)
		}
	}
	if len(idle) == 0 {
		return
	}
	if year := strconv.Itoa(r.edition.Year) + "/"; strings.HasPrefix(file, year) {
		file = strings.TrimSuffix(year, "/")
	} else {
		file = strconv.Itoa(r.edition.Year)
	}
	problems.Add(problem.Problem{Code: CodeEmptyRegion, Place: problem.Place{File: file},
		Message: french.Count(float64(len(idle)), "région n’a aucun projet", "régions n’ont aucun projet") + " : " + french.Join(idle),
		Remedy:  "vérifier que leur classeur est bien dans le dossier de l’édition"})
}

// strays are the rows of a project that stand outside its region.
type strays struct {
	count int
	first *workbook.Record[essmsRow]
}

func (s *strays) add(rec *workbook.Record[essmsRow]) {
	if s.count++; s.first == nil || byOrigin(rec.Origin, s.first.Origin) < 0 {
		s.first = rec
	}
}

func (r *rules) reportElsewhere(index *projectIndex, elsewhere map[*atlas.Project]*strays, problems *problem.List) {
	var out []problem.Problem
	for _, p := range index.sorted {
		s := elsewhere[p]
		if s == nil {
			continue
		}
		t, _ := r.gazetteer.Territory(atlas.RegionID(p.Regions[0]))
		out = append(out, problem.Problem{Code: CodeElsewhere, Place: s.first.Place(colCommune), Value: s.first.Value.commune,
			Message: french.Count(float64(s.count), "ESSMS", "ESSMS") + " du projet " + guillemets(p.Number) + french.Plural(float64(s.count), " est", " sont") + " hors de sa région (" + t.Name + ")", Remedy: "vérifier leur commune"})
	}
	digest(out, problems, func(n int) string {
		return french.Count(float64(n), "projet a", "projets ont") + " des ESSMS hors de leur région"
	})
}

// sharedProblem says that an ESSMS is in several projects, at the second of its rows.
func sharedProblem(e *atlas.ESSMS, second *workbook.Record[essmsRow]) problem.Problem {
	var numbers []string
	for _, l := range e.Links {
		numbers = append(numbers, guillemets(l.Project.Number))
	}
	slices.Sort(numbers)
	return problem.Problem{Code: CodeSeveralProjects, Place: second.Place(colFINESS), Value: e.FINESS,
		Message: "l’ESSMS " + e.FINESS + " est dans " + strconv.Itoa(len(numbers)) + " projets : " + french.Join(numbers), Remedy: "vérifier qu’il s’agit bien de plusieurs financements"}
}
