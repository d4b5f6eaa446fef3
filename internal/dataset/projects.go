package dataset

import (
	"math"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// projectIndex finds projects by number.
type projectIndex struct {
	lost    bool // some projects could not be read: an unknown number may be one of theirs
	sorted  []*atlas.Project
	exact   map[string]*atlas.Project
	similar map[string][]*atlas.Project // by number without case nor spaces
	speller *problem.Speller
	suspect map[*atlas.Project]bool // a row that could not be bound may be one of theirs
}

// linkProjects checks the projects and indexes them, in the order of their numbers.
func (r *rules) linkProjects(records []workbook.Record[atlas.Project], problems *problem.List) *projectIndex {
	slices.SortStableFunc(records, func(a, b workbook.Record[atlas.Project]) int { return byOrigin(a.Origin, b.Origin) })
	index := &projectIndex{exact: map[string]*atlas.Project{}, similar: map[string][]*atlas.Project{}, suspect: map[*atlas.Project]bool{}}
	var numbers []string
	for i := range records {
		rec := &records[i]
		p := &rec.Value
		p.Origin = rec.Origin
		r.checkProject(rec, problems)
		if p.Number == "" {
			continue
		}
		if first, ok := index.exact[p.Number]; ok {
			problems.Add(problem.Problem{Code: CodeDuplicateProject, Place: rec.Place(colNumber), Value: p.Number,
				Message: "le projet " + guillemets(p.Number) + " est en double : il est déjà en " + first.Origin.String(),
				Remedy:  "supprimer l’une des deux lignes, ou corriger son numéro"})
			continue
		}
		key := similarNumber(p.Number)
		if like := index.similar[key]; len(like) > 0 {
			rec.Report(problems, colNumber, CodeSimilarProject, p.Number,
				"le numéro "+guillemets(p.Number)+" ne diffère de "+guillemets(like[0].Number)+" ("+like[0].Origin.String()+") que par la casse ou les espaces",
				"vérifier que ce sont bien deux projets")
		}
		index.exact[p.Number] = p
		index.similar[key] = append(index.similar[key], p)
		index.sorted = append(index.sorted, p)
		numbers = append(numbers, p.Number)
	}
	slices.SortFunc(index.sorted, func(a, b *atlas.Project) int { return strings.Compare(a.Number, b.Number) })
	slices.Sort(numbers)
	index.speller = problem.NewSpeller(numbers, french.Fold)
	return index
}

// checkProject checks what binds several cells of a project.
func (r *rules) checkProject(rec *workbook.Record[atlas.Project], problems *problem.List) {
	p := &rec.Value
	if p.Scope == atlas.Regional && len(p.Regions) > 1 {
		rec.Report(problems, colRegion, CodeSeveralRegions, strings.Join(p.Regions, ";"), "un projet régional ne peut nommer qu’une région",
			"ne garder que la région de l’ARS qui finance le projet, ou corriger sa portée")
	}
	if p.Subsidy == 0 && !rec.Faulty(colSubsidy) {
		rec.Report(problems, colSubsidy, CodeNoSubsidy, "0", "la subvention est nulle", "écrire la subvention, ou retirer le projet s’il n’est pas financé")
	}
	if p.Paid.Known && !rec.Faulty(colSubsidy, colPaid) && cents(p.Paid.Amount) > cents(p.Subsidy) {
		problems.Add(problem.Problem{Code: CodeOverpaid, Place: rec.Place(colPaid), Value: workbook.Digits(p.Paid.Amount),
			Message: "le montant versé (" + euros(p.Paid.Amount) + ") dépasse la subvention (" + euros(p.Subsidy) + ")", Remedy: "corriger l’un des deux montants"})
	}
}

// cents compares amounts as people read them: a sum of cells carries binary noise.
func cents(x float64) float64 { return math.Round(x * 100) }

func euros(x float64) string { return french.Number(x, 2) + french.NBSP + "€" }

// similarNumber reduces a project number to what people mean by it: no case, no spaces, no « .0 ».
func similarNumber(number string) string {
	s := strings.ToUpper(withoutSpaces(number))
	if m := zeroDecimal.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return s
}

// find returns the project that a row names, and reports when it is not named exactly.
func (x *projectIndex) find(rec *workbook.Record[essmsRow], problems *problem.List) *atlas.Project {
	number := rec.Value.project
	if p, ok := x.exact[number]; ok {
		return p
	}
	place := rec.Place(colNumber)
	if like := x.similar[similarNumber(number)]; len(like) == 1 {
		rec.Report(problems, colNumber, workbook.CodeMended, number,
			"le projet "+guillemets(number)+" est lu "+guillemets(like[0].Number), "écrire le numéro comme dans la feuille Projets")
		return like[0]
	}
	if x.lost {
		return nil
	}
	remedy := "écrire un numéro de la feuille Projets, ou y ajouter le projet"
	if near := x.speller.Nearest(number); near != "" {
		x.suspect[x.exact[near]] = true
		remedy = "vouliez-vous dire " + guillemets(near) + french.NNBSP + "?"
	}
	problems.Add(problem.Problem{Code: CodeUnknownProject, Place: place, Value: number,
		Message: "le projet " + guillemets(number) + " n’est pas dans la feuille Projets", Remedy: remedy})
	return nil
}
