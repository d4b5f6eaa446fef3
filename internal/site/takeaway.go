package site

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/plate"
	"esms.example/atlas/internal/render"
)

// TakeAway is what a figure offers to whoever wants to reuse one of its drawings: as little as it can,
// since pages with many figures have many.
type TakeAway struct {
	Label string // « Reprendre la carte »
	Image Link
	Page  Link // all the ways to take it, its data, its citation, the code to embed it
}

// taking says as what a figure is taken away: the texts of its plates, which must be understood
// far from the page, and the data that it draws.
type taking struct {
	title, subtitle string
	data            func(name string) download.Table
	dataOf          string   // path of the page whose data it is; empty: its own
	parts           []string // what each chart is of, where there are several
	table           *Table   // shown under it where it stands alone; nil: the figure's own
}

// taken is a drawing that the page offers, with all that its own pages say.
type taken struct {
	id, kind        string
	title, subtitle string
	page            *page    // the page it stands on
	figure          Figure   // with this drawing alone
	files           []Parcel // beside the page
	height          int      // of its plate, or of the figure in a column of text, in pixels
	anchor          string   // path of the figure in the site
}

// Parcel is a file to take.
type Parcel struct {
	Link
	path string
	Size string // of an image: « 1 360 × 1 872 pixels »
}

// The widths of plates, in pixels: that of a map is drawn at its own size, a chart a little larger.
const (
	mapPlate   = 680
	chartPlate = 520
	sharpness  = 2 // pixels of a PNG for one of its plate
)

// takeAway makes, for each drawing of a finished figure, the files and the pages to reuse it, and
// offers them under the figure. On the root, which shows the home of an edition, the links lead to those of
// that home. Without Plates, nothing is offered.
func (c *composer) takeAway(ctx context.Context, e *edition, l *linker, f *Figure, t taking) error {
	if c.in.Plates == nil || f.Map == nil && f.Multiples == nil && len(f.Charts) == 0 {
		return nil
	}
	at := l.from
	if at == stylePath && f.ID != "carte" {
		return nil // that page shows the figures of others
	}
	if at == "" || at == stylePath {
		at = e.base
	}
	csv, err := c.takeData(l, at, f.ID, t)
	if err != nil {
		return err
	}
	for i, alone := range f.drawings() {
		if alone.Table == nil && alone.Beside == nil {
			alone.Table = t.table
		}
		made, err := c.takeDrawing(ctx, e, l, at, alone, t.part(i))
		if err != nil {
			return fmt.Errorf("figure %s à reprendre : %w", f.ID, err)
		}
		made.files = append(made.files, csv)
		made.anchor = at + "#" + f.ID
		offer := made.offer(l, at)
		if len(t.parts) > 1 {
			offer.Label += " " + strconv.Itoa(i+1)
		}
		f.TakeAways = append(f.TakeAways, offer)
		if l.from == at {
			l.taken = append(l.taken, made)
		}
	}
	return nil
}

// part is how one of several charts is taken away.
func (t taking) part(i int) taking {
	if len(t.parts) > 1 {
		t.title += french.NBSP + ": " + t.parts[i]
	}
	return t
}

// takeData makes the data of a figure, unless another page has it.
func (c *composer) takeData(l *linker, at, id string, t taking) (Parcel, error) {
	name, place := fileName(at, id), at
	if t.dataOf != "" {
		name, place = fileName(t.dataOf, id), t.dataOf
	}
	var data bytes.Buffer
	if err := download.CSV(&data, t.data(name)); err != nil {
		return Parcel{}, err
	}
	return c.parcel(l, place, file{place + name + ".csv", data.Bytes()}, "CSV", ""), nil
}

// drawings are figures of one drawing each: those of the figure.
func (f Figure) drawings() []Figure {
	if f.Multiples != nil {
		return []Figure{f}
	}
	var out []Figure
	if f.Map != nil {
		alone := f
		alone.Charts = nil
		out = append(out, alone)
	}
	for _, chart := range f.Charts {
		if f.Map != nil { // a ranking says what the map beside it says
			said := *chart
			said.Finding, chart = f.Map.Sentence, &said
		}
		alone := f
		alone.Map, alone.Charts, alone.Credit = nil, []*Chart{chart}, ""
		if f.Map != nil {
			alone.Notes = slices.DeleteFunc(slices.Clone(f.Notes), func(note string) bool { return note == f.Map.Note })
		}
		out = append(out, alone)
	}
	return out
}

// takeDrawing makes the images of a drawing.
func (c *composer) takeDrawing(ctx context.Context, e *edition, l *linker, at string, f Figure, t taking) (*taken, error) {
	made := &taken{id: f.ID, kind: "carte", title: t.title, subtitle: t.subtitle, figure: f}
	width, drawing, higher := mapPlate, "", 0
	switch {
	case f.Multiples != nil:
		made.kind, drawing, higher = "cartes", f.Multiples.sheet(), f.Multiples.narrower()
		width = int(f.Multiples.sheetWidth()) + 2*plate.Margin
	case f.Map != nil:
		drawing = string(f.Map.SVG)
	default:
		made.id, made.kind = f.Charts[0].ID, "graphique"
		width, drawing = chartPlate, string(f.Charts[0].SVG)
	}
	p := c.plate(e, f, t)
	p.Width, p.Drawing = float64(width), drawing
	image, err := c.in.Plates.Compose(p)
	if err != nil {
		return nil, err
	}
	made.height = image.Height + higher
	name := fileName(at, made.id)
	if c.in.Images != nil {
		png, err := c.paint(ctx, name, image, sharpness, t.title, e)
		if err != nil {
			return nil, err
		}
		made.files = append(made.files, c.parcel(l, at, file{at + name + ".png", png}, "PNG", pixels(image, sharpness)))
	}
	made.files = append(made.files, c.parcel(l, at, file{at + name + ".svg", []byte(image.SVG)}, "SVG", ""))
	return made, nil
}

// plate gives the texts of a plate.
func (c *composer) plate(e *edition, f Figure, t taking) plate.Plate {
	p := plate.Plate{
		Title: t.title, Subtitle: t.subtitle, Mark: e.mark(), Site: c.settings.Name,
		Source: "Source" + french.NBSP + ": " + f.Source,
	}
	if len(f.Notes) > 0 {
		p.Notes = append(p.Notes, "Note"+french.NBSP+": "+strings.Join(f.Notes, " "))
	}
	if f.Champ != "" {
		p.Notes = append(p.Notes, "Champ"+french.NBSP+": "+f.Champ)
	}
	if f.Credit != "" {
		p.Credits = append(p.Credits, "Fond de carte"+french.NBSP+": "+f.Credit)
	}
	if c.settings.Licence != "" {
		p.Credits = append(p.Credits, c.settings.Licence)
	}
	if c.base != "/" {
		p.Site += " – " + c.base
	}
	p.Lead = f.Finding()
	if f.Map != nil {
		explain(&p, f.Map.Legend)
	}
	if f.Multiples != nil {
		explain(&p, f.Multiples.Legend)
	}
	return p
}

// explain gives a plate the legend of its maps.
func explain(p *plate.Plate, legend Legend) {
	p.Key = string(legend.Circles)
	if !strings.HasPrefix(p.Subtitle, legend.Unit+",") { // « En %, au 31 décembre » says it
		p.Unit = legend.Unit
	}
	for _, class := range slices.Backward(legend.Classes) {
		p.Legend = append(p.Legend, plate.Swatch{Colour: class.Fill, Label: class.Label})
	}
	if legend.NoData {
		p.Legend = append(p.Legend, plate.Swatch{Label: "n.d." + french.NBSP + ": non disponible"})
	}
}

// mark is what every image of invented figures says first.
func (e *edition) mark() string {
	if !e.demonstration() {
		return ""
	}
	return "Données de démonstration" + french.NBSP + ": chiffres inventés, à ne pas citer"
}

// paint makes the PNG of an image, which tells where it comes from to whoever opens it.
func (c *composer) paint(ctx context.Context, name string, image plate.Image, scale float64, title string, e *edition) ([]byte, error) {
	return c.in.Images(ctx, render.Image{ID: name, SVG: image.SVG, Scale: scale, Texts: [][2]string{
		{"Title", title}, {"Author", c.settings.Source}, {"Copyright", c.settings.Licence}, {"Source", sourceLine(c.settings, e)},
	}})
}

func pixels(image plate.Image, scale int) string {
	return french.Integer(float64(image.Width*scale)) + " × " + french.Integer(float64(image.Height*scale)) + " pixels"
}

// parcel writes a file beside the page that stands at a path, and links to it.
func (c *composer) parcel(l *linker, at string, made file, format, size string) Parcel {
	if l.from == at {
		l.attach(made.path[len(at):], made.data)
	}
	return Parcel{
		Link: Link{Text: format, Href: relative(l.from, made.path), Note: french.Size(len(made.data))},
		path: made.path, Size: size,
	}
}

// isTaken reports whether a path is that of a page or of a file that a figure offers: they are made with the page of
// the figure, and so are not in the list of the site.
func isTaken(name string) bool {
	dir := path.Base(path.Dir(path.Dir(name)))
	if path.Base(name) == "index.html" {
		return dir == "reprendre" || dir == "integrer"
	}
	return strings.HasPrefix(path.Base(name), "atlas-") && slices.Contains([]string{".png", ".svg", ".csv"}, path.Ext(name))
}

// fileName names a file by the page it comes from: « atlas-2023-taux_couverture-carte ».
func fileName(at, id string) string {
	parts := []string{"atlas"}
	segments := strings.Split(strings.Trim(at, "/"), "/")
	for i, s := range segments {
		if container := s == "indicateurs" || s == "regions" || s == "departements"; !container || i == len(segments)-1 {
			parts = append(parts, s)
		}
	}
	return strings.Join(append(parts, id), "-")
}

// offer is what the figure shows.
func (t *taken) offer(l *linker, at string) TakeAway {
	out := TakeAway{
		Label: map[string]string{"carte": "Reprendre la carte", "cartes": "Reprendre les cartes", "graphique": "Reprendre le graphique"}[t.kind],
		Image: t.files[0].Link, Page: Link{Text: "données, code à intégrer, citation", Href: relative(l.from, at+"reprendre/"+t.id+"/")},
	}
	if out.Image.Text = "image " + out.Image.Text; len(t.files) > 2 {
		out.Page.Text = "SVG, " + out.Page.Text
	}
	return out
}

// takingTable is how a figure of one indicator is taken away.
func (e *edition) takingTable(t indicator.Table, table *Table) taking {
	title := t.Indicator.Title + " par " + levelNoun(t.Level)
	return taking{title: title, subtitle: e.moments(t.Indicator, e.state()), table: table,
		data: func(name string) download.Table { return download.OfTable(e.results, t, name) }}
}

// moments says unit and time: « En %, au 31 décembre 2023 ».
func (e *edition) moments(ind *indicator.Indicator, when string) string {
	if ind.Display.Suffix != "" {
		return "En" + french.NBSP + ind.Display.Suffix + ", " + when
	}
	return french.Capitalize(when)
}

// takingGrowth is how the growth of a territory is taken away: the chart draws the first indicator, the
// table beside it shows them all, and so do the data.
func (e *edition) takingGrowth(ids []indicator.ID, place atlas.Territory) taking {
	ind := indicator.ByID(ids[0])
	return taking{
		title: ind.Title + " " + place.Locative, subtitle: e.moments(ind, "cumul à la fin de chaque année"),
		data: func(name string) download.Table { return download.OfYears(e.results, place, ids, name) },
	}
}

// takingShares is how the composition of a territory, beside that of France, is taken away.
func (e *edition) takingShares(b breakdown, t atlas.Territory, parts [2][]part, shares [2][]written) taking {
	return taking{
		title: b.title + " " + t.Locative, subtitle: "En" + french.NBSP + "% des ESSMS " + b.known + ", " + e.state(),
		data: func(name string) download.Table {
			var rows []download.Share
			for i, place := range []atlas.Territory{t, e.results.Gazetteer().Country()} {
				for j, p := range parts[i] {
					if parts[0][j].count == 0 && parts[1][j].count == 0 {
						continue
					}
					share := download.Share{Territory: place, Class: p.label, Count: p.count}
					if !p.unknown {
						share.Part = shares[i][j].value
					}
					rows = append(rows, share)
				}
			}
			return download.OfShares(e.results, rows, name, b.title+" "+t.Locative)
		},
	}
}
