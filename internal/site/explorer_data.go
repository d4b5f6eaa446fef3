package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// What the explorer reads: a file for each level and one for each indicator. Every text, class, radius
// and rank is made here; scripts only show them.

// explorerLevel is the file of a level: its geometry and its territories, in the order of their codes,
// which is that of every list of the other files.
type explorerLevel struct {
	carto.Geometry
	Noun        string          `json:"noun"`
	Territories []explorerPlace `json:"territories"`
	Order       []int           `json:"order"`    // of the names
	Ordinals    []string        `json:"ordinals"` // « 1re », « 2e »…
}

type explorerPlace struct {
	Key      string `json:"key"` // in addresses: slug of a region, code of a department
	Name     string `json:"name"`
	Locative string `json:"in"`
	Page     string `json:"page"`
	PageText string `json:"link"`
}

// explorerIndicator is the file of an indicator.
type explorerIndicator struct {
	Title  string                      `json:"title"`
	Unit   string                      `json:"unit"`
	Page   string                      `json:"page"`
	Origin string                      `json:"origin"` // where its values come from
	Champ  string                      `json:"champ"`
	Ratio  bool                        `json:"ratio,omitempty"`
	Ends   []string                    `json:"ends"` // what makes a phrase of a text; after « = », all of it
	France map[string]*explorerFigures `json:"france,omitempty"`
	Levels map[string]*explorerViews   `json:"levels"`
}

type explorerViews struct {
	Page  string                   `json:"page"` // of the indicator at that level
	Years map[string]*explorerView `json:"years"`
}

// explorerFigures are the values of rows, in their order.
type explorerFigures struct {
	Text []string   `json:"text"`
	Raw  []*float64 `json:"raw"`
	End  []int      `json:"end"`
}

// explorerView is a table and its map.
type explorerView struct {
	Title    string   `json:"title"`
	Sentence string   `json:"sentence,omitempty"`
	Notes    []string `json:"notes,omitempty"`
	Reading  string   `json:"reading"`
	explorerFigures
	Rank    []int                `json:"rank"`
	Unit    string               `json:"unit,omitempty"` // of the legend
	Ranked  int                  `json:"ranked"`
	Class   []int                `json:"class,omitempty"`
	Radius  []float64            `json:"radius,omitempty"`
	Legend  []explorerClass      `json:"legend,omitempty"` // the highest first
	Circles []carto.LegendCircle `json:"circles,omitempty"`
	NoData  bool                 `json:"nodata,omitempty"`
}

type explorerClass struct {
	Index  int    `json:"index"`
	Class  string `json:"class"`
	Colour string `json:"colour"`
	Ink    string `json:"ink"`
	Hatch  string `json:"hatch,omitempty"`
	Label  string `json:"label"`
	Count  string `json:"count"`
}

// attachExplorer writes the files that the explorer reads beside its page.
func (e *edition) attachExplorer(c *composer, l *linker) error {
	for _, level := range mapLevels {
		if err := attachJSON(l, levelKeys[level]+".json", e.explorerLevel(c, level, l)); err != nil {
			return err
		}
	}
	for i := range indicator.All {
		ind := &indicator.All[i]
		if !explored(ind) {
			continue
		}
		data, err := e.explorerIndicator(c, ind, l)
		if err != nil {
			return err
		}
		if err := attachJSON(l, string(ind.ID)+".json", data); err != nil {
			return err
		}
	}
	return nil
}

func attachJSON(l *linker, name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s : %w", name, err)
	}
	l.attach(name, data)
	return nil
}

func (e *edition) explorerLevel(c *composer, level atlas.Level, l *linker) explorerLevel {
	out := explorerLevel{Noun: levelNoun(level), Territories: []explorerPlace{}, Order: []int{}, Ordinals: []string{}}
	if c.in.Maps != nil {
		out.Geometry, _ = c.in.Maps.Geometry(level)
	}
	places := e.results.Gazetteer().At(level)
	for i, t := range places {
		place := explorerPlace{Key: t.Slug, Name: t.Name, Locative: french.Capitalize(t.Locative), PageText: "Page " + t.Genitive}
		switch {
		case level == atlas.RegionLevel:
			place.Page = l.to(e.regionPath(t))
		default:
			place.Key = t.ID.Code
			place.Page, place.PageText = e.departmentLink(t, l)
		}
		out.Territories, out.Order = append(out.Territories, place), append(out.Order, i)
		out.Ordinals = append(out.Ordinals, ordinal(indicator.Row{Territory: t, Rank: i + 1}))
	}
	slices.SortFunc(out.Order, func(a, b int) int { return e.order[places[a].ID] - e.order[places[b].ID] })
	return out
}

// departmentLink leads to the page of a department, else to that of its region.
func (e *edition) departmentLink(t atlas.Territory, l *linker) (href, text string) {
	if path := e.departmentPath(t); l.has(path) {
		return l.to(path), "Page " + t.Genitive
	}
	if region, ok := e.results.Gazetteer().Territory(atlas.RegionID(t.Region)); ok {
		return l.to(e.regionPath(region)), "Page de la région" + french.NBSP + ": " + region.Name
	}
	return "", ""
}

func (e *edition) explorerIndicator(c *composer, ind *indicator.Indicator, l *linker) (*explorerIndicator, error) {
	out := &explorerIndicator{Title: ind.Title, Unit: e.table(ind.ID, ind.Levels[0]).UnitLabel(), Champ: sentence(ind.Champ),
		Page: l.to(e.indicatorPath(ind.ID)), Origin: l.to(e.provenancePath(ind.ID)), Ratio: ind.Ratio(), Ends: []string{}, Levels: map[string]*explorerViews{}}
	if ind.Has(atlas.CountryLevel) {
		out.France = map[string]*explorerFigures{}
		for _, y := range e.years {
			out.France[year(y)] = out.figures([]indicator.Row{e.row(ind.ID, atlas.France, y)})
		}
	}
	for _, level := range mapLevels {
		if !ind.Has(level) {
			continue
		}
		views := &explorerViews{Page: l.to(e.indicatorPath(ind.ID)), Years: map[string]*explorerView{}}
		if level == atlas.DepartmentLevel {
			views.Page = l.to(departmentsPath(e, ind.ID))
		}
		for _, y := range e.years {
			view, err := e.explorerView(c, out, e.tableAt(ind.ID, level, y))
			if err != nil {
				return nil, err
			}
			views.Years[year(y)] = view
		}
		out.Levels[levelKeys[level]] = views
	}
	return out, nil
}

// figures keeps the texts of rows, and of their phrases only what the texts do not say.
func (x *explorerIndicator) figures(rows []indicator.Row) *explorerFigures {
	f := &explorerFigures{Text: []string{}, Raw: []*float64{}, End: []int{}}
	for _, r := range rows {
		end, found := strings.CutPrefix(r.Phrase, r.Text)
		if !found || !r.Value.Shown() {
			end = "=" + r.Phrase
		}
		at := slices.Index(x.Ends, end)
		if at < 0 {
			at, x.Ends = len(x.Ends), append(x.Ends, end)
		}
		var raw *float64
		if r.Value.Shown() {
			raw = &r.Value.Number
		}
		f.Text, f.Raw, f.End = append(f.Text, r.Text), append(f.Raw, raw), append(f.End, at)
	}
	return f
}

func (e *edition) explorerView(c *composer, of *explorerIndicator, t indicator.Table) (*explorerView, error) {
	captions := e.explorerCaptions(c, t)
	view := &explorerView{Title: explorerTitle(e, t), Notes: captions.Notes, Reading: captions.Reading,
		explorerFigures: *of.figures(t.Rows), Ranked: t.Ranked, Rank: []int{}}
	for _, r := range t.Rows {
		view.Rank = append(view.Rank, r.Rank)
	}
	if c.in.Maps == nil || t.Indicator.Map == indicator.NoMap {
		return view, nil
	}
	options := e.mapOptions(t)
	d, err := c.in.Maps.Design(t, options)
	if err != nil {
		return nil, err
	}
	view.Sentence, view.NoData, view.Circles = d.Description, d.NoData, d.Nested
	view.Notes = append(slices.Clone(view.Notes), d.Note)
	if t.Indicator.Map == indicator.Circles {
		view.Radius = d.Radius
		return view, nil
	}
	view.Class, view.Unit = d.Class, d.Unit
	if suffix := t.Indicator.Display.Suffix; suffix != "" && options.Classes.By == carto.ByValue {
		view.Unit = "En" + french.NBSP + suffix
	}
	for _, class := range d.Classes {
		view.Legend = append(view.Legend, explorerClass{Index: class.Index, Class: class.Class, Colour: class.Colour, Ink: class.Ink, Hatch: class.Hatch,
			Label: class.Label, Count: territories(class.Count, t.Level)})
	}
	return view, nil
}
