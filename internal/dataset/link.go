package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems that bind several cells.
const (
	CodeDuplicateProject problem.Code = "projet-en-double"
	CodeSimilarProject   problem.Code = "projets-presque-identiques"
	CodeUnknownProject   problem.Code = "projet-inconnu"
	CodeEmptyProject     problem.Code = "projet-sans-essms"
	CodeDuplicateESSMS   problem.Code = "essms-en-double"
	CodeOverpaid         problem.Code = "verse-superieur"
	CodeConflict         problem.Code = "essms-discordant"
	CodeNames            problem.Code = "nom-discordant"
	CodeUnknownName      problem.Code = "nom-inconnu"
	CodeSeveralProjects  problem.Code = "essms-plusieurs-projets"
	CodeElsewhere        problem.Code = "commune-hors-region"
	CodeUnknownValue     problem.Code = "valeur-inconnue"
	CodeDuplicateRow     problem.Code = "ligne-en-double"
)

// link binds the records of an edition, reports what does not agree, and makes the dataset. The
// dataset depends on the rows, never on their order.
func (r *rules) link(s *sheets, problems *problem.List) (*Dataset, error) {
	ds := &Dataset{Edition: r.edition, Gazetteer: r.gazetteer}
	projects := r.linkProjects(s.projects, problems)
	rows := s.essms
	slices.SortStableFunc(rows, func(a, b workbook.Record[essmsRow]) int { return byOrigin(a.Origin, b.Origin) })
	if err := r.complete(rows, problems); err != nil {
		return nil, err
	}
	ds.ESSMS = r.linkESSMS(rows, projects, problems)
	ds.Projects = projects.sorted
	for _, p := range ds.Projects {
		sortLinks(p)
	}
	if !s.incomplete && len(rows) > 0 {
		r.plausible(s.projects, projects, problems)
	}
	r.optional(ds, s, problems)
	return ds, nil
}

// projectIndex finds projects by number.
type projectIndex struct {
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
	if p.Subsidy == 0 && !rec.Faulty {
		rec.Report(problems, colSubsidy, CodeNoSubsidy, "0", "la subvention est nulle", "écrire la subvention, ou retirer le projet s’il n’est pas financé")
	}
	if p.Paid.Known && !rec.Faulty && cents(p.Paid.Amount) > cents(p.Subsidy) {
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
	remedy := "écrire un numéro de la feuille Projets, ou y ajouter le projet"
	if near := x.speller.Nearest(number); near != "" {
		x.suspect[x.exact[near]] = true
		remedy = "vouliez-vous dire " + guillemets(near) + french.NNBSP + "?"
	}
	problems.Add(problem.Problem{Code: CodeUnknownProject, Place: place, Value: number,
		Message: "le projet " + guillemets(number) + " n’est pas dans la feuille Projets", Remedy: remedy})
	return nil
}

// linkESSMS makes the ESSMS of the rows, in the order of their FINESS numbers, and binds them to their projects.
func (r *rules) linkESSMS(rows []workbook.Record[essmsRow], projects *projectIndex, problems *problem.List) []*atlas.ESSMS {
	type pair struct {
		project *atlas.Project
		finess  string
	}
	first := map[pair]atlas.Origin{}
	groups := map[string][]*workbook.Record[essmsRow]{}
	byNumber := map[string]*atlas.ESSMS{}
	var unknown map[string]bool
	for i := range rows {
		rec := &rows[i]
		row := &rec.Value
		if p := projects.exact[row.project]; p != nil && rec.Faulty {
			projects.suspect[p] = true
		}
		if row.project == "" || row.finess == "" {
			continue // reported with its cell
		}
		p := projects.find(rec, problems)
		if p == nil {
			continue
		}
		if origin, ok := first[pair{p, row.finess}]; ok {
			problems.Add(problem.Problem{Code: CodeDuplicateESSMS, Place: rec.Place(colFINESS), Value: row.finess,
				Message: "l’ESSMS " + row.finess + " est deux fois dans le projet " + guillemets(p.Number) + " : il y est déjà en " + origin.String(),
				Remedy:  "supprimer l’une des deux lignes, ou corriger son numéro"})
			continue
		}
		first[pair{p, row.finess}] = rec.Origin
		e := byNumber[row.finess]
		if e == nil {
			e = &atlas.ESSMS{FINESS: row.finess}
			byNumber[row.finess] = e
		}
		l := &atlas.Link{Project: p, ESSMS: e, Category: row.category, Field: row.field, Status: row.status, SONSOnly: row.sonsOnly, Origin: rec.Origin}
		if l.Field == "" {
			l.Field = r.references.field(row.category)
			if l.Field == "" && row.category != "" && !unknown[row.category] {
				if unknown == nil {
					unknown = map[string]bool{}
				}
				unknown[row.category] = true
				problems.Add(problem.Problem{Code: CodeNoField, Place: rec.Place(colCategory), Value: row.category,
					Message: "la catégorie " + row.category + " n’a pas de champ d’intervention : celui des ESSMS qui l’ont est inconnu, sauf s’il est écrit", Remedy: "écrire le champ d’intervention de ces lignes"})
			}
		}
		e.Links = append(e.Links, l)
		groups[row.finess] = append(groups[row.finess], rec)
		if l.SONSOnly {
			p.SONS = append(p.SONS, l)
		} else {
			p.Links = append(p.Links, l)
		}
	}
	var shared []problem.Problem
	elsewhere := map[*atlas.Project]*strays{}
	out := make([]*atlas.ESSMS, 0, len(byNumber))
	for _, finess := range sortedKeys(byNumber) {
		e := byNumber[finess]
		r.settle(e, groups[finess], problems)
		if len(e.Links) > 1 {
			shared = append(shared, sharedProblem(e, groups[finess][1]))
		}
		for i, l := range e.Links {
			if p := l.Project; p.Scope == atlas.Regional && e.Region != "" && len(p.Regions) == 1 && p.Regions[0] != e.Region {
				if elsewhere[p] == nil {
					elsewhere[p] = &strays{}
				}
				elsewhere[p].add(groups[finess][i])
			}
		}
		slices.SortFunc(e.Links, func(a, b *atlas.Link) int { return strings.Compare(a.Project.Number, b.Project.Number) })
		out = append(out, e)
	}
	digest(shared, problems, func(n int) string {
		return french.Count(float64(n), "ESSMS est", "ESSMS sont") + " dans plusieurs projets"
	})
	r.reportElsewhere(projects, elsewhere, problems)
	return out
}

// sortLinks orders the links of a project by FINESS number.
func sortLinks(p *atlas.Project) {
	byFINESS := func(a, b *atlas.Link) int { return strings.Compare(a.ESSMS.FINESS, b.ESSMS.FINESS) }
	slices.SortFunc(p.Links, byFINESS)
	slices.SortFunc(p.SONS, byFINESS)
}

// settle gives an ESSMS the one value of each attribute that its rows hold most often, and locates it.
func (r *rules) settle(e *atlas.ESSMS, rows []*workbook.Record[essmsRow], problems *problem.List) {
	vote := func(what, column string, code problem.Code, of func(i int) string) string {
		won, tally := elect(len(rows), of)
		if len(tally) > 1 {
			rows[tally[1].rows[0]].Report(problems, column, code, e.FINESS,
				"l’ESSMS "+e.FINESS+" a plusieurs "+what+" : "+describeTally(tally, rows)+" ; "+guillemets(won)+" est retenu",
				"écrire la même valeur sur toutes les lignes de l’ESSMS")
		}
		return won
	}
	e.Name = vote("noms", colName, CodeNames, func(i int) string { return rows[i].Value.name })
	e.Category = vote("catégories", colCategory, CodeConflict, func(i int) string { return rows[i].Value.category })
	e.Commune = vote("communes", colCommune, CodeConflict, func(i int) string { return rows[i].Value.commune })
	e.Field = atlas.Field(vote("champs d’intervention", colField, CodeConflict, func(i int) string { return string(e.Links[i].Field) }))
	e.Status = atlas.LegalStatus(vote("statuts", colStatus, CodeConflict, func(i int) string { return string(rows[i].Value.status) }))
	e.Department, e.Region = r.locate(e.Commune)
}

// locate returns the codes of the department and region of a commune, empty when it has none.
func (r *rules) locate(commune string) (department, region string) {
	if commune == "" || collectivity(commune) {
		return "", ""
	}
	d, ok := r.gazetteer.DepartmentOfCommune(commune)
	if c, listed := r.gazetteer.Commune(commune); listed {
		d, ok = r.gazetteer.Territory(atlas.DepartmentID(c.Department))
	}
	if !ok {
		return "", ""
	}
	return d.ID.Code, d.Region
}

// ballot is a value and the rows that hold it.
type ballot struct {
	value string
	rows  []int
}

// elect returns the value held most often, the first in alphabetical order among equals, and who
// holds what. Empty values do not vote.
func elect(n int, of func(int) string) (string, []ballot) {
	var tally []ballot
	for i := range n {
		v := of(i)
		if v == "" {
			continue
		}
		at := slices.IndexFunc(tally, func(b ballot) bool { return b.value == v })
		if at < 0 {
			at = len(tally)
			tally = append(tally, ballot{value: v})
		}
		tally[at].rows = append(tally[at].rows, i)
	}
	slices.SortFunc(tally, func(a, b ballot) int {
		return cmp.Or(cmp.Compare(len(b.rows), len(a.rows)), strings.Compare(a.value, b.value))
	})
	if len(tally) == 0 {
		return "", nil
	}
	return tally[0].value, tally
}

func describeTally(tally []ballot, rows []*workbook.Record[essmsRow]) string {
	var parts []string
	for _, b := range tally {
		var where []string
		for _, i := range b.rows {
			o := rows[i].Origin
			if first := rows[0].Origin; o.File == first.File && o.Sheet == first.Sheet {
				where = append(where, fmt.Sprintf("ligne %d", o.Row))
			} else {
				where = append(where, o.String())
			}
		}
		parts = append(parts, guillemets(b.value)+" ("+french.Join(where)+")")
	}
	return strings.Join(parts, ", ")
}
