package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/freeze"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// edition is one edition made ready for its pages: read only once made.
type edition struct {
	results *indicator.Results
	about   atlas.Edition
	base    string // « 2023/ »
	years   []int  // ascending; the last is that of the data state
	// regions in the alphabetical order of French.
	regions []atlas.Territory
	order   map[atlas.TerritoryID]int // place of a region or department in that order
	tables  map[tableKey]indicator.Table
	// offers are the files to download, by the directory of the page that offers them.
	offers map[string][]offer
	sheets []Document
	// verdicts compare the figures already published with the results.
	verdicts []indicator.Verdict
	// distributions are those of the projects of each territory.
	distributions distributions
	projects      *portfolio
	// traces say where the values of each indicator come from; none in a frozen edition.
	traces        map[indicator.ID][]traced
	archive       *freeze.Archive        // nil unless the edition is frozen
	former        *indicator.Results     // of the edition before; nil for the first
	formerArchive *freeze.Archive        // of the edition before; nil unless it is frozen
	changes       []indicator.Difference // since that edition, however little; growth left out
}

type tableKey struct {
	id    indicator.ID
	level atlas.Level
	year  int
}

// newEditions makes the editions, several at once, in the order of their years.
func newEditions(in Input, credits download.Credits) ([]*edition, error) {
	all := slices.SortedFunc(slices.Values(in.Editions), func(a, b *indicator.Results) int { return cmp.Compare(a.Edition().Year, b.Edition().Year) })
	editions, failures := make([]*edition, len(all)), make([]error, len(all))
	var group sync.WaitGroup
	slots := make(chan struct{}, workers)
	for i, r := range all {
		var former *indicator.Results
		if i > 0 && !all[i-1].Edition().PublishedOnly { // what was published is not compared with what is computed
			former = all[i-1]
		}
		group.Go(func() {
			slots <- struct{}{}
			editions[i], failures[i] = newEdition(r, former, in.archiveOf(r.Edition().Year), credits)
			if former != nil && failures[i] == nil {
				editions[i].formerArchive = in.archiveOf(former.Edition().Year)
			}
			<-slots
		})
	}
	group.Wait()
	return editions, cmp.Or(failures...)
}

// newEdition computes every table once, and the files to download. The results of the
// former edition may be nil; so may the archive, unless the edition is frozen: its files are then
// those of the archive.
func newEdition(r, former *indicator.Results, archive *freeze.Archive, credits download.Credits) (*edition, error) {
	e := &edition{
		archive: archive, former: former,
		results: r, about: r.Edition(), years: r.Years(),
		base:  strconv.Itoa(r.Edition().Year) + "/",
		order: map[atlas.TerritoryID]int{}, tables: map[tableKey]indicator.Table{},
		offers: map[string][]offer{}, verdicts: indicator.Reconcile(r), distributions: spread(r),
	}
	e.regions = slices.Clone(r.Gazetteer().Regions())
	sortByName(e.regions)
	departments := slices.Clone(r.Gazetteer().Departments())
	sortByName(departments)
	for _, list := range [][]atlas.Territory{e.regions, departments} {
		for i, t := range list {
			e.order[t.ID] = i
		}
	}
	france := r.Slice(atlas.France, e.year())
	e.projects = newPortfolio(france.Regional, france.National)
	for i := range indicator.All {
		ind := &indicator.All[i]
		for _, level := range ind.Levels {
			for _, year := range e.years {
				e.tables[tableKey{ind.ID, level, year}] = r.Table(ind, level, year)
			}
		}
	}
	if archive != nil {
		return e, nil
	}
	if former != nil {
		e.changes = indicator.Differences(former, r, indicator.EveryRevision)
	}
	return e, e.export(former, credits)
}

func sortByName(list []atlas.Territory) {
	c := french.Collator()
	slices.SortStableFunc(list, func(a, b atlas.Territory) int { return c.CompareString(a.Name, b.Name) })
}

// year is that of the data state.
func (e *edition) year() int { return e.years[len(e.years)-1] }

// table returns an indicator at a level it exists at, at the data state.
func (e *edition) table(id indicator.ID, level atlas.Level) indicator.Table {
	return e.tableAt(id, level, e.year())
}

func (e *edition) tableAt(id indicator.ID, level atlas.Level, year int) indicator.Table {
	return e.tables[tableKey{id, level, year}]
}

// row returns the value of an indicator in a territory at the end of a year, with its rank
// where the indicator exists at that level, else without value.
func (e *edition) row(id indicator.ID, t atlas.TerritoryID, year int) indicator.Row {
	ind := indicator.ByID(id)
	if ind.Has(t.Level) {
		if row, ok := e.tableAt(id, t.Level, year).Row(t); ok {
			return row
		}
	}
	return e.results.Row(ind, t, year)
}

// now is row at the data state.
func (e *edition) now(id indicator.ID, t atlas.TerritoryID) indicator.Row {
	return e.row(id, t, e.year())
}

// ordered returns rows in the alphabetical order of their territories.
func (e *edition) ordered(rows []indicator.Row) []indicator.Row {
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b indicator.Row) int {
		return e.order[a.Territory.ID] - e.order[b.Territory.ID]
	})
	return out
}

// demonstration reports whether the figures are invented.
func (e *edition) demonstration() bool { return e.about.State == atlas.Demonstration }

// state is « au 31 décembre 2023 ».
func (e *edition) state() string { return "au " + french.Date(e.about.DataState) }

// title is that of the edition, with its year.
func (e *edition) title() string {
	if strings.Contains(e.about.Title, year(e.about.Year)) {
		return e.about.Title
	}
	return e.about.Title + ", édition " + year(e.about.Year)
}

// heading is the title of the edition, whose dash ends a line rather than begins one.
func (e *edition) heading() string {
	return strings.ReplaceAll(e.about.Title, " – ", french.NBSP+"– ")
}

// moment heads the figures of a year: « Fin 2022 », « Fin 2023 » for a data state of
// 31 December, « 30 juin 2024 ».
func (e *edition) moment(y int) string {
	if d := e.about.DataState; d.Month() == time.December && d.Day() == 31 {
		return "Fin " + year(y)
	}
	return french.Capitalize(indicator.DateLabel(e.about, y))
}

// regionPath is the place of a region's page.
func (e *edition) regionPath(t atlas.Territory) string { return e.base + "regions/" + t.Slug + "/" }

// indicatorPath is the place of an indicator's page.
func (e *edition) indicatorPath(id indicator.ID) string {
	return e.base + "indicateurs/" + string(id) + "/"
}
