package dataset

import (
	"cmp"
	"fmt"
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
	ds := &Dataset{Edition: r.edition, Gazetteer: r.gazetteer, Categories: r.references.described, Scale: r.references.scale.lines}
	projects := r.linkProjects(s.projects, problems)
	projects.lost = s.projectsLost
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
		if p := projects.exact[row.project]; p != nil && rec.Faulty() {
			projects.suspect[p] = true
		}
		if row.project == "" {
			continue // reported with its cell
		}
		p := projects.find(rec, problems)
		if p == nil || row.finess == "" {
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
