package site

import (
	"context"
	"math"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Comparison is the page where a reader sets regions side by side. Without scripts it shows a few
// indicators of all regions, and leads to the page that sets each beside France.
type Comparison struct {
	Lead     string
	Regions  []Choice
	Most     int
	Signs    string // what « n.d. » stands for
	Source   string // of the figures, below them
	Table    *Table
	Captions Captions
	Pages    []Link
	Explorer Link
}

// comparedMost is how many regions stand side by side at most.
const comparedMost = 4

// comparedKeys are the indicators of all regions that the page shows before any choice.
var comparedKeys = []indicator.ID{"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "projets_regionaux", "subvention_regionale", "subvention_par_essms"}

func (e *edition) comparePath() string { return e.base + "comparer/" }

func comparePages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.comparePath(), heading: "Comparer des régions", crumb: "Comparer", title: "Comparer des régions, édition " + year(e.about.Year),
		description: "Deux à quatre régions et la France côte à côte, sur tous les indicateurs, " + e.state() + ".",
		scripts:     []string{"comparer"}, model: e.compareModel(c),
	}}
}

func (e *edition) compareModel(c *composer) func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		t := e.table(comparedKeys[0], atlas.RegionLevel)
		captions := e.comparisonCaptions(c, t)
		captions.Provenance = e.provenances(atlas.France, l, comparedKeys...)
		p := &Comparison{
			Lead: "Deux à quatre régions et la France côte à côte, sur tous les indicateurs, " + e.state() + ".",
			Most: comparedMost, Signs: compareSigns, Source: sentence(sourceLine(c.settings, e)),
			Table: e.comparison("Toutes les régions, "+e.state(), comparedKeys, l), Captions: captions,
			Explorer: l.link("Explorer un indicateur sur la carte", e.explorerPath()),
		}
		for _, t := range e.regions {
			p.Regions = append(p.Regions, Choice{Value: t.Slug, Text: t.Name})
			p.Pages = append(p.Pages, l.link(t.Name, e.regionPath(t)))
		}
		return p, attachJSON(l, "regions.json", e.comparisonData(l))
	}
}

// What the comparison reads: all texts, ranks and positions, in the alphabetical order of the regions.
type compared struct {
	Edition  int              `json:"edition"`
	Year     int              `json:"year"`
	State    string           `json:"state"` // « au 31 décembre 2023 »
	Count    int              `json:"count"`
	Ordinals []string         `json:"ordinals"`
	Statuses []string         `json:"statuses"`
	Regions  []comparedRegion `json:"regions"`
	Themes   []comparedTheme  `json:"themes"`
}

type comparedRegion struct {
	Key  string `json:"key"`
	Code string `json:"code"`
	Name string `json:"name"`
	Page string `json:"page"`
}

type comparedTheme struct {
	Title string              `json:"title"`
	Rows  []comparedIndicator `json:"rows"`
}

// comparedIndicator is an indicator of every region, and of France after them where it has one.
type comparedIndicator struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"` // beside its theme
	Name   string     `json:"name"`  // alone
	Unit   string     `json:"unit"`
	Page   string     `json:"page"`
	Text   []string   `json:"text"`
	Raw    []*float64 `json:"raw"`
	Status []int      `json:"status"`
	Rank   []int      `json:"rank"`
	Ranked int        `json:"ranked"`
	// At are the places of the values between the lowest and the highest, in thousandths of their
	// distance; null without value, and for a total of France, which is no region's peer.
	At   []*int `json:"at"`
	Low  string `json:"low"`
	High string `json:"high"`
}

func (e *edition) comparisonData(l *linker) compared {
	out := compared{Edition: e.about.Year, Year: e.year(), State: e.state(), Count: len(e.regions), Ordinals: []string{}}
	for s := atlas.Missing; s <= atlas.AsPublished; s++ {
		out.Statuses = append(out.Statuses, s.String())
	}
	for i, t := range e.regions {
		out.Regions = append(out.Regions, comparedRegion{t.Slug, t.ID.Code, t.Name, l.to(e.regionPath(t))})
		out.Ordinals = append(out.Ordinals, ordinal(indicator.Row{Territory: t, Rank: i + 1}))
	}
	for _, theme := range indicator.Themes {
		t := comparedTheme{Title: string(theme) + sharesOf[theme]}
		for i := range indicator.All {
			if ind := &indicator.All[i]; ind.Theme == theme && ind.Has(atlas.RegionLevel) {
				t.Rows = append(t.Rows, e.comparedIndicator(ind, l))
			}
		}
		if len(t.Rows) > 0 {
			out.Themes = append(out.Themes, t)
		}
	}
	return out
}

func (e *edition) comparedIndicator(ind *indicator.Indicator, l *linker) comparedIndicator {
	out := comparedIndicator{ID: string(ind.ID), Title: rowTitle(ind), Name: ind.Title, Unit: string(ind.Unit), Page: l.to(e.indicatorPath(ind.ID)),
		Ranked: e.table(ind.ID, atlas.RegionLevel).Ranked}
	var rows, peers []indicator.Row
	for _, t := range e.regions {
		rows = append(rows, e.now(ind.ID, t.ID))
	}
	peers = rows
	if ind.Has(atlas.CountryLevel) {
		rows = append(rows, e.now(ind.ID, atlas.France))
		if ind.Ratio() {
			peers = rows
		}
	}
	low, high := extremeRows(peers)
	for i, r := range rows {
		var raw *float64
		var at *int
		if r.Value.Shown() {
			raw = &r.Value.Number
			if i < len(peers) {
				at = placeBetween(low.Value.Number, high.Value.Number, r.Value.Number)
			}
		}
		out.Text, out.Raw, out.Status = append(out.Text, large(ind, r)), append(out.Raw, raw), append(out.Status, int(r.Value.Status))
		out.Rank, out.At = append(out.Rank, r.Rank), append(out.At, at)
	}
	if low.Value.Shown() {
		out.Low, out.High = large(ind, low), large(ind, high)
	}
	return out
}

// extremeRows returns the rows of the lowest and of the highest value; without value when there is none.
func extremeRows(rows []indicator.Row) (low, high indicator.Row) {
	for _, r := range rows {
		switch {
		case !r.Value.Shown():
		case !low.Value.Shown():
			low, high = r, r
		case r.Value.Number < low.Value.Number:
			low = r
		case r.Value.Number > high.Value.Number:
			high = r
		}
	}
	return low, high
}

// placeBetween is the place of x from low, 0, to high, 1000; the middle when they are equal.
func placeBetween(low, high, x float64) *int {
	at := 500
	if high > low {
		at = int(math.Round(1000 * (x - low) / (high - low)))
	}
	return &at
}

// compareSigns say what the signs of the comparison stand for.
const compareSigns = "n.d." + french.NBSP + ": donnée non disponible" + french.NNBSP + "; ///" + french.NBSP + ": sans objet" + french.NNBSP + "; s" + french.NBSP + ": couvert par le secret statistique."
