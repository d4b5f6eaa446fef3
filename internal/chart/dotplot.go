package chart

import (
	"fmt"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Dots is a line of a dot plot: the territories of one indicator between the lowest and the
// highest. Places go from 0, the lowest value, to 1, the highest; all are at 0.5 when the
// values are equal.
type Dots struct {
	Others    []float64 // ascending, the highlighted territory left out
	Here      []float64 // the highlighted territory, if it has a value
	Reference []float64 // France, for a ratio that lies within the line
	Low, High indicator.Row
	Summary   string // what the line shows, in one French sentence
}

// DotPlot places the territories of a table on a line, one of them apart. It has no place, and a
// summary that says so, when no territory has a value.
func DotPlot(t indicator.Table, highlight atlas.TerritoryID) Dots {
	var ranked []indicator.Row
	for _, r := range t.ByRank() {
		if r.Rank > 0 {
			ranked = append(ranked, r)
		}
	}
	if len(ranked) == 0 {
		return Dots{Summary: "Aucune valeur n’est disponible."}
	}
	d := Dots{High: ranked[0], Low: ranked[len(ranked)-1]}
	low, span := d.Low.Value.Number, d.High.Value.Number-d.Low.Value.Number
	place := func(r indicator.Row) float64 {
		if span <= 0 {
			return 0.5
		}
		return (r.Value.Number - low) / span
	}
	var here *indicator.Row
	for i := len(ranked) - 1; i >= 0; i-- {
		if ranked[i].Territory.ID == highlight {
			here, d.Here = &ranked[i], []float64{place(ranked[i])}
			continue
		}
		d.Others = append(d.Others, place(ranked[i]))
	}
	if at := place(t.Country); t.Indicator.Ratio() && t.Country.Value.Shown() && at >= 0 && at <= 1 {
		d.Reference = []float64{at}
	}
	d.Summary = d.summary(t, here)
	return d
}

func (d Dots) summary(t indicator.Table, here *indicator.Row) string {
	text := fmt.Sprintf("De %s (%s) à %s (%s)", d.Low.Phrase, d.Low.Territory.Name, d.High.Phrase, d.High.Territory.Name)
	if here != nil {
		text += french.NNBSP + "; " + here.Territory.Name + french.NBSP + ": " + here.Phrase
		text += fmt.Sprintf(", %s sur %d", french.Ordinal(here.Rank, french.Feminine), t.Ranked)
	}
	if len(d.Reference) > 0 {
		text += french.NNBSP + "; France" + french.NBSP + ": " + t.Country.Phrase
	}
	return text + "."
}
