package download

import (
	"fmt"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Credits is what a workbook says of who publishes it.
type Credits struct {
	Source              string // « CNSA »
	Licence, LicenceURL string
}

// Workbook writes the workbook of a region or of France, credited to the CNSA under the
// Licence Ouverte 2.0. See Credits.Workbook.
func Workbook(r, former *indicator.Results, t atlas.TerritoryID) ([]byte, error) {
	return Credits{"CNSA", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"}.Workbook(r, former, t)
}

// Workbook writes the workbook of a region or of France: key figures with native charts,
// every indicator by year, projects, ESSMS, definitions. Cells hold raw values, in euros,
// units and fractions of 1; their number formats write them as the atlas does, publication
// rounding apart. What has no value says why in a word, never 0 nor blank. The former edition
// may be nil. The same results give the same bytes.
func (c Credits) Workbook(r, former *indicator.Results, t atlas.TerritoryID) ([]byte, error) {
	territory, ok := r.Gazetteer().Territory(t)
	if !ok || t.Level == atlas.DepartmentLevel {
		return nil, fmt.Errorf("classeur de %s : ce n’est ni une région ni la France", t)
	}
	w := &report{credits: c, r: r, former: former, territory: territory, last: r.LastYear()}
	if years := r.Years(); len(years) > 1 {
		w.previous = years[len(years)-2]
	}
	w.book = newBook(properties{
		title:   "ESMS numérique" + french.NBSP + ": " + territory.Name + ", édition " + strconv.Itoa(w.edition().Year),
		subject: w.edition().Title, description: w.source() + ". " + c.Licence + ".", on: w.edition().PublishedOn,
	})
	w.synthesis()
	w.book.write(w.indicators())
	slice := r.Slice(t, w.last)
	w.book.write(w.records(Projects(slice), "Projets"))
	w.book.write(w.records(ESSMS(slice), "ESSMS"))
	w.book.write(w.definitions())
	data, err := w.book.bytes()
	if err != nil {
		return nil, fmt.Errorf("classeur de %s : %w", territory.Name, err)
	}
	return data, nil
}

// report is the workbook of a territory being written.
type report struct {
	credits        Credits
	r, former      *indicator.Results
	territory      atlas.Territory
	last, previous int // years; previous is 0 when there is none
	book           *book
}

func (w *report) edition() atlas.Edition { return w.r.Edition() }

func (w *report) regional() bool { return w.territory.ID.Level == atlas.RegionLevel }

// state is « au 31 décembre 2023 ».
func (w *report) state() string { return "au " + french.Date(w.edition().DataState) }

// warning says how far the figures may not be relied upon; empty for a final edition.
func (w *report) warning() string {
	switch w.edition().State {
	case atlas.Demonstration:
		return "Données de démonstration" + french.NBSP + ": ces chiffres sont inventés."
	case atlas.Provisional:
		return "Données provisoires" + french.NBSP + ": ces chiffres peuvent changer."
	}
	return ""
}

// source is the line that a reader who quotes a figure copies.
func (w *report) source() string {
	state := ""
	switch w.edition().State {
	case atlas.Demonstration:
		state = " (données de démonstration)"
	case atlas.Provisional:
		state = " (données provisoires)"
	}
	return w.credits.Source + ", " + w.edition().Title + state + ", situation " + w.state()
}

func (w *report) page(orientation string) page {
	return page{orientation: orientation, head: w.warning(), foot: w.territory.Name + " – " + w.source(), repeated: "$1:$1"}
}

// has lists the indicators that exist for the territory, in the order of the registry.
func (w *report) has() []*indicator.Indicator {
	var out []*indicator.Indicator
	for i := range indicator.All {
		if ind := &indicator.All[i]; ind.Has(w.territory.ID.Level) {
			out = append(out, ind)
		}
	}
	return out
}

// cell is a value: the raw number written as the indicator's, or the word for its absence.
func (w *report) cell(ind *indicator.Indicator, v atlas.Value) gridCell {
	s := style{format: displayFormat(ind.Display)}
	if v.Shown() {
		return gridCell{v.Number, s}
	}
	text, _ := ind.Format(v, w.edition())
	return gridCell{text, s}
}

// amount is a numerator or denominator, « n.d. » when a ratio lacks it.
func amount(ind *indicator.Indicator, q atlas.Quantity) any {
	s := style{format: countFormat}
	switch {
	case !ind.Ratio():
		return gridCell{"///", s}
	case !q.Known:
		return gridCell{"n.d.", s}
	}
	return gridCell{q.Amount, s}
}

// country is the value of France, without object where the indicator has none.
func (w *report) country(ind *indicator.Indicator) gridCell {
	if !ind.Has(atlas.CountryLevel) {
		return w.cell(ind, atlas.Value{Status: atlas.NotApplicable})
	}
	return w.cell(ind, w.r.Value(ind.ID, atlas.France, w.last))
}

// rank is the rank of the region, highest first.
func (w *report) rank(ind *indicator.Indicator) gridCell {
	t := w.r.Table(ind, atlas.RegionLevel, w.last)
	s := style{format: rankFormat(t.Ranked)}
	if row, ok := t.Row(w.territory.ID); ok && row.Rank > 0 {
		return gridCell{row.Rank, s}
	}
	return gridCell{"n.d.", s}
}

// change is the raw difference with the former year end; between two shares, in points. An
// indicator whose past years are no trend has none.
func (w *report) change(ind *indicator.Indicator) gridCell {
	now, then := w.r.Value(ind.ID, w.territory.ID, w.last), w.r.Value(ind.ID, w.territory.ID, w.previous)
	d, code := ind.Display, displayFormat(ind.Display)
	difference := now.Number - then.Number
	if ind.Unit == atlas.UnitShare {
		difference, d.Scale, code = difference*100, 1, `0.0"`+french.NBSP+`pt"`
	}
	switch {
	case ind.Followed:
		return gridCell{"///", style{format: code}}
	case !now.Shown() || !then.Shown():
		return gridCell{"n.d.", style{format: code}}
	case nearly(difference, d.Scale, d.Decimals):
		return gridCell{difference, style{format: unsignedFormat(code)}}
	}
	return gridCell{difference, style{format: signedFormat(code)}}
}
