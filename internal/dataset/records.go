package dataset

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems of the optional sheets.
const (
	CodeFleetLevels  problem.Code = "parc-deux-niveaux"
	CodeFleetRegion  problem.Code = "parc-region-discordante"
	CodeNoStep       problem.Code = "arrondi-sans-pas"
	CodeMoreSelected problem.Code = "selection-superieure"
)

// optional fills the dataset with the records of the optional sheets, sorted.
func (r *rules) optional(ds *Dataset, s *sheets, problems *problem.List) {
	ds.Applications = values(s.applications, func(a *atlas.Application) *atlas.Origin { return &a.Origin })
	ds.Envelopes = values(s.envelopes, func(e *atlas.Envelope) *atlas.Origin { return &e.Origin })
	ds.Programme = values(s.programme, func(p *atlas.ProgrammeLine) *atlas.Origin { return &p.Origin })
	ds.Usages = values(s.usages, func(u *atlas.UsageRate) *atlas.Origin { return &u.Origin })
	ds.Published = values(s.published, func(p *atlas.PublishedFigure) *atlas.Origin { return &p.Origin })
	ds.Fleet = r.fleet(s.fleet, problems)
	slices.SortFunc(ds.Applications, func(a, b atlas.Application) int {
		return cmp.Or(strings.Compare(a.Region, b.Region), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Phase, b.Phase),
			cmp.Compare(a.Deposited, b.Deposited), cmp.Compare(a.Selected, b.Selected), byOrigin(a.Origin, b.Origin))
	})
	slices.SortFunc(ds.Envelopes, func(a, b atlas.Envelope) int {
		return cmp.Or(strings.Compare(a.Region, b.Region), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Amount, b.Amount), byOrigin(a.Origin, b.Origin))
	})
	slices.SortFunc(ds.Fleet, func(a, b atlas.FleetRow) int {
		return cmp.Or(a.Territory.Compare(b.Territory), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Number, b.Number), byOrigin(a.Origin, b.Origin))
	})
	slices.SortFunc(ds.Programme, func(a, b atlas.ProgrammeLine) int {
		return cmp.Or(strings.Compare(a.Quantity, b.Quantity), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Value, b.Value),
			strings.Compare(a.Unit, b.Unit), strings.Compare(a.Source, b.Source), byOrigin(a.Origin, b.Origin))
	})
	slices.SortFunc(ds.Usages, func(a, b atlas.UsageRate) int {
		return cmp.Or(strings.Compare(a.Region, b.Region), cmp.Compare(a.Year, b.Year), strings.Compare(a.Service, b.Service), cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Rate, b.Rate), strings.Compare(a.Source, b.Source), byOrigin(a.Origin, b.Origin))
	})
	slices.SortFunc(ds.Published, func(a, b atlas.PublishedFigure) int {
		return cmp.Or(strings.Compare(a.Indicator, b.Indicator), a.Territory.Compare(b.Territory), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Phase, b.Phase),
			cmp.Compare(a.Value, b.Value), cmp.Compare(a.Precision, b.Precision), strings.Compare(a.Source, b.Source), byOrigin(a.Origin, b.Origin))
	})
	checkOptional(s, problems)
}

// checkOptional reports rows that say the same thing twice, or that contradict themselves.
func checkOptional(s *sheets, problems *problem.List) {
	twice(s.applications, colRegion, problems, func(a atlas.Application) string { return key(a.Region, a.Year, a.Phase) })
	twice(s.envelopes, colRegion, problems, func(e atlas.Envelope) string { return key(e.Region, e.Year) })
	twice(s.fleet, colField, problems, func(f fleetRow) string { return key(f.region, f.department, f.field) })
	for i := range s.applications {
		rec := &s.applications[i]
		if !rec.Faulty() && rec.Value.Selected > rec.Value.Deposited {
			problems.Add(problem.Problem{Code: CodeMoreSelected, Place: rec.Place("Dossiers sélectionnés"),
				Message: "plus de dossiers sélectionnés que de dossiers déposés", Remedy: "vérifier les deux nombres"})
		}
	}
	for i := range s.published {
		rec := &s.published[i]
		if !rec.Faulty() && rec.Value.Precision == atlas.Rounded && rec.Value.Step == 0 {
			problems.Add(problem.Problem{Code: CodeNoStep, Place: rec.Place("Arrondi"),
				Message: "le chiffre est dit arrondi sans que le pas de l’arrondi soit écrit", Remedy: "écrire le pas, par exemple 10 pour un arrondi à la dizaine"})
		}
	}
}

func key(parts ...any) string {
	var words []string
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			words = append(words, v)
		case int:
			words = append(words, strconv.Itoa(v))
		case atlas.Phase:
			words = append(words, string(v))
		case atlas.Field:
			words = append(words, string(v))
		}
	}
	return strings.Join(words, "|")
}

// twice warns of the rows of a sheet that have the same key: they are added up.
func twice[T any](records []workbook.Record[T], column string, problems *problem.List, key func(T) string) {
	first := map[string]atlas.Origin{}
	for i := range records {
		rec := &records[i]
		if rec.Faulty() {
			continue
		}
		k := key(rec.Value)
		if o, ok := first[k]; ok {
			problems.Add(problem.Problem{Code: CodeDuplicateRow, Place: rec.Place(column),
				Message: "la ligne dit la même chose que " + o.String() + " : les deux s’additionnent", Remedy: "supprimer l’une des deux si elle est en double"})
			continue
		}
		first[k] = rec.Origin
	}
}

// fleet reads the rows of sheet Parc: a row with a department is the department's.
func (r *rules) fleet(records []workbook.Record[fleetRow], problems *problem.List) []atlas.FleetRow {
	var out []atlas.FleetRow
	byRegion, byDepartment := map[string]*workbook.Record[fleetRow]{}, map[string]bool{}
	for i := range records {
		rec := &records[i]
		f := &rec.Value
		row := atlas.FleetRow{Field: f.field, Number: f.number, Origin: rec.Origin}
		switch {
		case f.department != "":
			d, _ := r.gazetteer.Territory(atlas.DepartmentID(f.department))
			if f.region != "" && f.region != d.Region {
				problems.Add(problem.Problem{Code: CodeFleetRegion, Place: rec.Place(colRegion), Value: f.region,
					Message: "le département " + guillemets(d.Name) + " n’est pas dans cette région : la ligne compte dans le département", Remedy: "corriger la région, ou le département"})
			}
			row.Territory = atlas.DepartmentID(f.department)
			byDepartment[d.Region] = true
		case f.region != "":
			row.Territory = atlas.RegionID(f.region)
			if byRegion[f.region] == nil {
				byRegion[f.region] = rec
			}
		default:
			r.reportNoTerritory(rec, problems)
			continue
		}
		if f.field == "" && !rec.Faulty() {
			problems.Add(problem.Problem{Code: CodeUnknownValue, Place: rec.Place(colField),
				Message: "le champ d’intervention est inconnu : la ligne compte dans le total", Remedy: "écrire le champ d’intervention"})
		}
		out = append(out, row)
	}
	for _, code := range sortedKeys(byRegion) {
		if byDepartment[code] {
			t, _ := r.gazetteer.Territory(atlas.RegionID(code))
			problems.Add(problem.Problem{Code: CodeFleetLevels, Place: byRegion[code].Place(colRegion), Value: code,
				Message: "le parc de la région " + guillemets(t.Name) + " est donné à la fois pour elle et pour ses départements : seules les lignes des départements comptent",
				Remedy:  "ne garder que les lignes des départements, ou celles de la région"})
		}
	}
	return out
}

// reportNoTerritory reports a row of sheet Parc of which no territory could be read.
func (r *rules) reportNoTerritory(rec *workbook.Record[fleetRow], problems *problem.List) {
	switch {
	case !rec.Has(colRegion) && !rec.Has(colDept):
		p := rec.Place(colRegion)
		p.Row = 0
		if r.noTerritory[p] {
			return // said once a sheet
		}
		r.noTerritory[p] = true
		problems.Add(problem.Problem{Code: workbook.CodeMissingColumn, Place: p,
			Message: "ni la colonne " + guillemets(colRegion) + " ni la colonne " + guillemets(colDept) + " n’existe", Remedy: "ajouter l’une des deux"})
	case !rec.Faulty():
		problems.Add(problem.Problem{Code: workbook.CodeEmptyCell, Place: rec.Place(colRegion),
			Message: "la ligne ne nomme ni région ni département", Remedy: "remplir l’une des deux cellules"})
	}
}
