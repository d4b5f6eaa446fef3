package site

import (
	"cmp"
	"context"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/plate"
)

// Social is what a page tells to networks where somebody shares a link to it.
type Social struct {
	SiteName, Title, Description string
	Address, Image               string // absolute; empty when the site does not know its own
	Alt                          string
	Width, Height                int
}

// social describes a page. Its image is its own card, that of the page it shares it with, or that of the home.
func (c *composer) social(p *page, e *edition, v view) Social {
	s := Social{SiteName: c.settings.Name, Title: p.title, Description: p.description, Address: v.Address, Width: plate.CardWidth, Height: plate.CardHeight}
	if c.in.Images == nil || c.in.Plates == nil || c.base == "/" {
		return s
	}
	of := p
	if of.card == nil {
		of = c.byPath[cmp.Or(p.cardOf, e.base)]
	}
	if of == nil || of.card == nil {
		return s
	}
	s.Image, s.Alt = c.base+cardPath(of), of.title+", "+c.settings.Name
	return s
}

// cardPath is the path of the card of a page; the root shows that of the home of its edition.
func cardPath(p *page) string {
	at := cmp.Or(p.path, p.canonical)
	return at + fileName(at, "partage") + ".png"
}

// drawCard makes the card of a page that has its own, and attaches it.
func (c *composer) drawCard(ctx context.Context, p *page, l *linker) (*Parcel, error) {
	if p.card == nil || p.path == "" || c.in.Images == nil || c.in.Plates == nil {
		return nil, nil
	}
	card, err := p.card()
	if err != nil {
		return nil, err
	}
	card.Mark, card.Source = "", "Source"+french.NBSP+": "+sourceLine(c.settings, p.edition)
	if p.edition.demonstration() {
		card.Mark, card.Source = "Données de démonstration", "Source"+french.NBSP+": "+c.settings.Source+", "+p.edition.about.Title+", situation "+p.edition.state()
	}
	image, err := c.in.Plates.Card(card)
	if err != nil {
		return nil, err
	}
	png, err := c.paint(ctx, fileName(p.path, "partage"), image, 1, card.Title, p.edition)
	if err != nil {
		return nil, err
	}
	made := c.parcel(l, p.path, file{cardPath(p), png}, "PNG", pixels(image, 1))
	return &made, nil
}

// tooSmall are the classes of what a card of 1,200 pixels shows too small to be read.
var tooSmall = []string{"map-scale", "map-name"}

// indicatorCard shows an indicator: its value over France and its map of the regions or, without
// map, its title alone.
func (e *edition) indicatorCard(c *composer, ind *indicator.Indicator) func() (plate.Card, error) {
	return func() (plate.Card, error) {
		card := plate.Card{Kicker: e.title(), Title: ind.Title, Omit: tooSmall}
		if ind.Has(atlas.CountryLevel) {
			card.Figure = large(ind, e.now(ind.ID, atlas.France))
			card.Caption = "en France, " + e.state()
		} else {
			card.Caption = "par région, " + e.state()
		}
		if !ind.Has(atlas.RegionLevel) {
			return card, nil
		}
		m, err := c.drawMap(e, e.table(ind.ID, atlas.RegionLevel), "partage", &linker{known: c.known, from: e.base})
		if err != nil || m == nil {
			return card, err
		}
		card.Drawing = string(m.SVG)
		return card, nil
	}
}

// regionCard shows a region: where it is, and its key figures.
func (e *edition) regionCard(c *composer, t atlas.Territory) func() (plate.Card, error) {
	return func() (plate.Card, error) {
		first := indicator.ByID(regionHeadlines[0])
		card := plate.Card{
			Kicker: e.title(), Title: t.Name, Figure: large(first, e.now(first.ID, t.ID)),
			Caption: "ESSMS financés " + e.state(),
		}
		for _, id := range []indicator.ID{"projets_regionaux", "subvention_regionale"} {
			ind := indicator.ByID(id)
			row := e.now(id, t.ID)
			if row.Value.Shown() {
				card.Lines = append(card.Lines, plate.Line{Figure: large(ind, row), Name: lineNames[id](row.Value.Number)})
			}
		}
		if c.in.Maps != nil {
			card.Drawing = string(c.in.Maps.Locator(t.ID.Code))
		}
		return card, nil
	}
}

// lineNames are what follows a figure in a line of a card.
var lineNames = map[indicator.ID]func(n float64) string{
	"projets_regionaux":    func(n float64) string { return french.Plural(n, "projet régional", "projets régionaux") },
	"projets":              func(n float64) string { return french.Plural(n, "projet", "projets") },
	"subvention_regionale": func(float64) string { return "de subventions régionales" },
	"subvention_totale":    func(float64) string { return "de subventions" },
}

// homeCard shows the edition.
func (e *edition) homeCard(c *composer) func() (plate.Card, error) {
	return func() (plate.Card, error) {
		first := indicator.ByID(headlines[0])
		card := plate.Card{
			Kicker: c.settings.Name, Title: e.heading(), Figure: large(first, e.now(first.ID, atlas.France)),
			Caption: "ESSMS financés en France, " + e.state(), Omit: tooSmall,
		}
		for _, id := range []indicator.ID{"projets", "subvention_totale"} {
			row := e.now(id, atlas.France)
			card.Lines = append(card.Lines, plate.Line{Figure: large(indicator.ByID(id), row), Name: lineNames[id](row.Value.Number)})
		}
		m, err := c.drawMap(e, e.table(first.ID, atlas.RegionLevel), "partage", &linker{known: c.known, from: e.base})
		if err != nil || m == nil {
			return card, err
		}
		card.Drawing = string(m.SVG)
		return card, nil
	}
}
