package dataset

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// CodeAfterState is the code of a date or year after the data state.
const CodeAfterState problem.Code = "apres-date-arret"

// rules are what the cells of one edition are checked against.
type rules struct {
	edition     atlas.Edition
	gazetteer   *atlas.Gazetteer
	regions     *names
	departments *names
	references  *references

	noTerritory map[problem.Place]bool // sheets of the fleet that lack a column of territory

	communesByName func() map[string][]string // folded name to codes; made when a suggestion needs it
	communesOf     func() map[string][]string // department to codes
}

func newRules(edition atlas.Edition, g *atlas.Gazetteer, ref *references) *rules {
	index := func(key func(atlas.Commune) string) func() map[string][]string {
		return sync.OnceValue(func() map[string][]string {
			m := map[string][]string{}
			g.EachCommune(func(c atlas.Commune) { m[key(c)] = append(m[key(c)], c.Code) })
			return m
		})
	}
	return &rules{edition: edition, gazetteer: g, references: ref, noTerritory: map[problem.Place]bool{},
		regions: newNames(g, atlas.RegionLevel), departments: newNames(g, atlas.DepartmentLevel),
		communesByName: index(func(c atlas.Commune) string { return french.Fold(c.Name) }),
		communesOf:     index(func(c atlas.Commune) string { return c.Department })}
}

// readYear reads a year that may not come after the data state.
func (r *rules) readYear(c *workbook.Cell) int {
	year := int(c.Number)
	if state := r.edition.DataState; !state.IsZero() && year > state.Year() {
		c.Report(CodeAfterState, "l’année "+strconv.Itoa(year)+" est postérieure à la date d’arrêt de l’édition ("+french.Date(state)+")",
			"corriger l’année, ou retirer la ligne de cette édition")
	}
	return year
}

// largeMoney is the amount, in euros, above which that of one project is worth a warning.
const largeMoney = 1e10

// readMoney reads an amount of a project, in euros.
func readMoney(c *workbook.Cell) float64 {
	if c.Number > largeMoney {
		c.Report(workbook.CodeUnlikely, "le montant ("+euros(c.Number)+") dépasse dix milliards d’euros", "vérifier le montant")
	}
	return c.Number
}

// sorted returns a sorted copy.
func sorted[S ~[]E, E cmp.Ordered](s S) S { return slices.Sorted(slices.Values(s)) }
