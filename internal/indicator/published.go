package indicator

import (
	"cmp"
	"slices"

	"esms.example/atlas/internal/atlas"
)

// takePublished gives an edition without records the values of sheet « Chiffres publiés », each
// with the status of what was published and not computed. Of several figures of one territory
// and year, the most precise one is taken, then the first of the sheet; figures of one phase
// are left to the page that lists the published figures.
func (r *Results) takePublished() {
	figures := slices.Clone(r.dataset.Published)
	slices.SortStableFunc(figures, func(a, b atlas.PublishedFigure) int {
		return cmp.Compare(vagueness[a.Precision], vagueness[b.Precision])
	})
	for _, p := range figures {
		ind := named(p.Indicator)
		if ind == nil || p.Phase != "" || !ind.Has(p.Territory.Level) {
			continue
		}
		at := key{ind.ID, p.Territory, cmp.Or(p.Year, r.LastYear())}
		if _, taken := r.values[at]; !taken {
			r.values[at] = atlas.Value{Number: p.Value, Status: atlas.AsPublished}
		}
	}
}

// vagueness orders the precisions of published figures.
var vagueness = map[atlas.Precision]int{atlas.Exact: 0, atlas.Rounded: 1, atlas.About: 2, atlas.MoreThan: 2, atlas.JustUnder: 2}

// PublishedFigure is a figure of sheet « Chiffres publiés », written for a reader.
type PublishedFigure struct {
	Indicator *Indicator // nil when the sheet names none of the registry
	Name      string     // as the sheet names it
	Territory atlas.Territory
	Moment    string // « fin 2022 », « Amorçage T1, 2021 »; empty: the data state
	Text      string // with the word of its precision: « environ 17 000 ESSMS »
	Source    string
	Figure    atlas.PublishedFigure
}

// Published lists the figures already published, in the order of the dataset.
func (r *Results) Published() []PublishedFigure {
	var out []PublishedFigure
	for _, p := range r.dataset.Published {
		territory, _ := r.Gazetteer().Territory(p.Territory)
		f := PublishedFigure{Indicator: named(p.Indicator), Name: p.Indicator, Territory: territory, Moment: Moment(p), Source: p.Source, Figure: p}
		if f.Indicator != nil {
			f.Name, f.Text = f.Indicator.Title, wording(f.Indicator, p)
		} else {
			f.Text = rawText(p.Value)
		}
		out = append(out, f)
	}
	return out
}
