package indicator

import (
	"cmp"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
)

// Results are all the values of one edition: every indicator, territory and cumulative
// year. They are computed once, and read only.
type Results struct {
	dataset *dataset.Dataset
	years   []int
	slices  map[int]map[atlas.TerritoryID]*Slice
	values  map[key]atlas.Value
}

type key struct {
	indicator ID
	territory atlas.TerritoryID
	year      int
}

// Compute aggregates an edition: at its data state and, cumulatively, at the end of
// each earlier year in which a project was decided.
func Compute(ds *dataset.Dataset) *Results {
	r := &Results{dataset: ds, years: years(ds), slices: map[int]map[atlas.TerritoryID]*Slice{}, values: map[key]atlas.Value{}}
	for _, year := range r.years {
		r.slices[year] = slicesOf(ds, cut{year: year})
		if ds.Edition.PublishedOnly {
			continue // there is nothing to compute from
		}
		for i := range All {
			ind := &All[i]
			for _, level := range ind.Levels {
				for _, t := range ds.Gazetteer.At(level) {
					r.values[key{ind.ID, t.ID, year}] = ind.Compute(r.slices[year][t.ID], nil)
				}
			}
		}
	}
	if ds.Edition.PublishedOnly {
		r.takePublished()
	}
	return r
}

// Dataset returns the records that the results were computed from.
func (r *Results) Dataset() *dataset.Dataset { return r.dataset }

// Edition returns the edition.
func (r *Results) Edition() atlas.Edition { return r.dataset.Edition }

// Gazetteer returns the territories.
func (r *Results) Gazetteer() *atlas.Gazetteer { return r.dataset.Gazetteer }

// Years returns the cumulative years, ascending; the last is that of the data state.
// The caller must not change them.
func (r *Results) Years() []int { return r.years }

// LastYear returns the year of the data state.
func (r *Results) LastYear() int { return r.years[len(r.years)-1] }

// Value returns a value; missing where the indicator does not exist for the territory, or the year.
func (r *Results) Value(id ID, t atlas.TerritoryID, year int) atlas.Value {
	return r.values[key{id, t, year}]
}

// Slice returns the records of a territory at the end of a year; nil when there is no
// such territory or year. The caller must not change them.
func (r *Results) Slice(t atlas.TerritoryID, year int) *Slice { return r.slices[year][t] }

// Row returns the formatted value of one territory, without rank.
func (r *Results) Row(ind *Indicator, t atlas.TerritoryID, year int) Row {
	territory, _ := r.Gazetteer().Territory(t)
	row := Row{Territory: territory, Value: r.Value(ind.ID, t, year)}
	row.Text, row.Phrase = ind.Format(row.Value, r.Edition())
	return row
}

// Table returns an indicator at one level at the end of one year. It has no row where
// the indicator does not exist at that level.
func (r *Results) Table(ind *Indicator, level atlas.Level, year int) Table {
	t := Table{Indicator: ind, Edition: r.Edition(), Level: level, Year: year, Country: r.Row(ind, atlas.France, year)}
	if !ind.Has(level) {
		return t
	}
	for _, territory := range r.Gazetteer().At(level) {
		t.Rows = append(t.Rows, r.Row(ind, territory.ID, year))
	}
	t.rank()
	return t
}

func (t *Table) rank() {
	order := make([]*Row, 0, len(t.Rows))
	for i := range t.Rows {
		if t.Rows[i].Value.Shown() {
			order = append(order, &t.Rows[i])
		}
	}
	slices.SortStableFunc(order, func(a, b *Row) int { return cmp.Compare(b.Value.Number, a.Value.Number) })
	for i, row := range order {
		row.Rank = i + 1
		if i > 0 && order[i-1].Value.Number == row.Value.Number {
			row.Rank = order[i-1].Rank
		}
	}
	t.Ranked = len(order)
}

func byRank(rows []Row) []Row {
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b Row) int {
		if (a.Rank == 0) != (b.Rank == 0) {
			return cmp.Compare(b.Rank, a.Rank) // 0, without value, comes last
		}
		return cmp.Compare(a.Rank, b.Rank)
	})
	return out
}

// Series returns an indicator of one territory over the cumulative years.
func (r *Results) Series(ind *Indicator, t atlas.TerritoryID) Series {
	territory, _ := r.Gazetteer().Territory(t)
	s := Series{Indicator: ind, Territory: territory, Edition: r.Edition()}
	for _, year := range r.years {
		s.Points = append(s.Points, Point{year, r.Row(ind, t, year)})
	}
	return s
}

// LackingNames lists, with their articles, the regions of which an optional sheet has no
// row for a value over France.
func (r *Results) LackingNames(v atlas.Value) []string { return names(r.Gazetteer(), v.Lacking) }

// DateLabel says when the values of a table stood: « 31 décembre 2023 » at the data
// state, « fin 2022 » before.
func (t Table) DateLabel() string { return DateLabel(t.Edition, t.Year) }

// DateLabel says when the values of a year of an edition stood.
func DateLabel(e atlas.Edition, year int) string {
	if year == e.DataState.Year() {
		return french.Date(e.DataState)
	}
	return "fin " + french.Year(year)
}
