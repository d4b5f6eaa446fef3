package carto

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Options are what a drawing depends on beside its table. The zero value draws a map without links.
type Options struct {
	// ID prefixes the ids of the drawing; two maps of a page need two. Empty: « carte ».
	ID string
	// Description says in a sentence or two what the map shows: its text alternative.
	Description string
	// Href returns the address of a territory's page; nil, or empty: no link.
	Href func(atlas.TerritoryID) string
	// Classes are those of a choropleth; the zero value: those of the table alone.
	Classes Classes
	// Scale is the value of the widest circle, from [ScaleRadius]; 0: that of the table alone.
	Scale float64
	// Highlight is the territory to outline; the zero value, or France: none.
	Highlight atlas.TerritoryID
	// Hatching says how it is laid; the zero value suits browsers.
	Hatching Hatching
}

// Hatching is a way to lay the hatching of an area.
type Hatching int

// The ways. Tiled lays the ground with the lines, tile by tile, and makes the smallest file. Overprinted lays the
// lines over a plain ground: where a reader of PDF leaves gaps between tiles, none is white.
const (
	Tiled Hatching = iota
	Overprinted
)

// Map is a drawing and the words that go with it.
type Map struct {
	SVG    template.HTML
	Legend Legend
	// Title names the map: indicator, level, date. Description is that of the options. Both are in
	// the SVG too, escaped there; here they are plain text.
	Title, Description string
}

// Legend is what a page prints beside a map.
type Legend struct {
	Unit    string        // « % », « ESSMS »
	Classes []LegendClass // the highest first; none for circles
	// Circles is the legend of circles alone, to the scale of a map 640 pixels wide. The map itself
	// already bears it, where it keeps the scale at every width.
	Circles template.HTML
	NoData  bool   // some territories are hatched: the legend needs an entry « non disponible »
	Note    string // one or two sentences on the method
}

// LegendClass is an entry of the legend of a choropleth.
type LegendClass struct {
	Index  int    // from 1, the lowest
	Class  string // CSS class of its colour: « c2of5 »
	Colour string // « #a3d6a6 », as printed without a style sheet
	// Fill is Colour or, for a hatched class, the reference to a pattern of the drawing, in tenths of a pixel.
	Fill  string
	Hatch string // colour of the hatching of a class below France, empty for others
	Label string // « de 60 à moins de 80 », in the unit of the legend
	Count int    // how many territories are in it
}

// Draw draws a table as its indicator asks: colour classes for ratios, proportional circles for counts and
// amounts. It fails when the indicator has no map, when there is no sheet for the level, or
// when a territory of the table has no boundary.
func (a *Atlas) Draw(t indicator.Table, o Options) (Map, error) {
	s := a.sheets[t.Level]
	if s == nil || t.Indicator.Map == indicator.NoMap {
		return Map{}, fmt.Errorf("indicateur %s : pas de carte au niveau %s", t.Indicator.ID, t.Level)
	}
	d := newDrawing(s, t, o)
	for _, r := range t.Rows {
		if !slices.ContainsFunc(s.shapes, func(sh *shape) bool { return sh.code == r.Territory.ID.Code }) {
			return Map{}, fmt.Errorf("indicateur %s : pas de limites pour %s", t.Indicator.ID, r.Territory.ID)
		}
	}
	m := d.words()
	if t.Indicator.Map == indicator.Classes {
		d.shade(&m)
	} else {
		d.circle(&m)
	}
	return m, nil
}

func newDrawing(s *sheet, t indicator.Table, o Options) *drawing {
	o.ID = cmp.Or(o.ID, "carte")
	d := &drawing{sheet: s, table: t, options: o, rows: map[string]indicator.Row{}, classes: o.Classes}
	for _, r := range t.Rows {
		d.rows[r.Territory.ID.Code] = r
	}
	if t.Indicator.Map == indicator.Classes && d.classes.Count() == 0 {
		d.classes = Classify(t)
	}
	return d
}

// words begins a map with what is said of it.
func (d *drawing) words() Map {
	m := Map{Title: title(d.table), Description: d.options.Description}
	m.Legend.Unit = d.table.UnitLabel()
	m.Legend.NoData = slices.ContainsFunc(d.table.Rows, func(r indicator.Row) bool { return !r.Value.Shown() })
	if d.table.Indicator.Map == indicator.Classes {
		m.Legend.Classes, m.Legend.Note = d.legend(), classNote(d.classes)
		if d.classes.By != ByValue {
			m.Legend.Unit = "Écart à la valeur de la France (" + d.table.Country.Phrase + ")"
		}
	}
	return m
}

// drawing is a map in the making.
type drawing struct {
	sheet   *sheet
	table   indicator.Table
	options Options
	rows    map[string]indicator.Row // by code
	classes Classes
	labels  labeller
	svg     writer
}

// shade draws a choropleth.
func (d *drawing) shade(m *Map) {
	d.open(m, "map-classes")
	d.frames()
	d.areas(outlineColour, 5)
	d.overlay()
	d.values()
	d.close(m)
}

// legend returns the entries of the classes of a drawing, the highest first.
func (d *drawing) legend() []LegendClass {
	entries := d.classes.legend(d.table)
	for i, e := range entries {
		if entries[i].Fill = d.paint(e.Index); d.classes.below(e.Index) {
			entries[i].Fill = strings.TrimSuffix(entries[i].Fill, ")") + "-legende)"
			entries[i].Hatch = hatchOn(e.Colour)
		}
	}
	return entries
}

// paint is the colour of a class, or the reference to its pattern.
func (d *drawing) paint(class int) string {
	if d.classes.below(class) {
		return fmt.Sprintf("url(#%s-e%d)", d.options.ID, class)
	}
	return d.classes.colours()[class-1]
}

// legend returns the entries of the classes, the highest first.
func (c Classes) legend(t indicator.Table) []LegendClass {
	if c.Count() == 0 {
		return nil
	}
	var entries []LegendClass
	for i, label := range c.labels(t.Indicator.Display) {
		entries = append(entries, LegendClass{Index: i + 1, Class: c.name(i + 1), Colour: c.colours()[i], Label: label})
	}
	for _, r := range t.Rows {
		if r.Value.Shown() {
			entries[c.Of(t, r.Value.Number)-1].Count++
		}
	}
	slices.Reverse(entries)
	return entries
}

// name is the CSS class of a class: « c2of5 », « e2of5 » around France.
func (c Classes) name(class int) string {
	kind := "c"
	if c.By != ByValue {
		kind = "e"
	}
	return fmt.Sprintf("%s%dof%d", kind, class, c.Count())
}

func (c Classes) colours() []string {
	if c.By != ByValue {
		return Diverging(c.Count())
	}
	return Palette(c.Count())
}

func classNote(c Classes) string {
	switch {
	case c.Count() == 0:
		return "Aucune valeur disponible."
	case c.By != ByValue:
		return "Classes" + french.NBSP + ": écarts à la valeur de la France à la même date, aux mêmes limites pour toutes les années" + french.NNBSP +
			"; les hachures marquent les valeurs inférieures à celle de la France."
	case c.Years > 1:
		return "Classes" + french.NBSP + ": quantiles aux bornes arrondies, les mêmes pour toutes les années" + french.NNBSP + "; l’année la plus récente y pèse le plus."
	}
	return "Classes" + french.NBSP + ": quantiles aux bornes arrondies."
}

// open writes the head of the drawing: names for those who do not see it, pattern of missing data.
func (d *drawing) open(m *Map, class string) {
	id, w := d.options.ID, &d.svg
	w.tag("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "map "+class+" map-"+d.table.Level.String(),
		"viewBox", fmt.Sprintf("0 0 %s %s", short(d.sheet.width), short(d.sheet.height())),
		"role", "group", "aria-labelledby", id+"-titre", "aria-describedby", id+"-desc", "font-family", "sans-serif")
	w.element("title", m.Title, "id", id+"-titre")
	w.element("desc", m.Description, "id", id+"-desc")
	d.patterns(m.Legend, 1)
}

// patterns defines the hatching of missing data and of the classes below France, so many times wider than on a map shown at
// its own size.
func (d *drawing) patterns(l Legend, wider float64) {
	hatched := slices.DeleteFunc(slices.Clone(l.Classes), func(c LegendClass) bool { return !d.classes.below(c.Index) })
	if !l.NoData && len(hatched) == 0 {
		return
	}
	w, id := &d.svg, d.options.ID
	pattern := func(name, side, transform string) {
		w.tag("pattern", "id", id+name, "width", side, "height", side, "patternUnits", "userSpaceOnUse", "patternTransform", transform)
	}
	scale := ""
	if factor := wider / float64(d.sheet.grid()); factor != 1 {
		scale = " scale(" + strings.TrimPrefix(strconv.FormatFloat(factor, 'f', -1, 64), "0") + ")"
	}
	w.tag("defs")
	if l.NoData {
		pattern("-nd", "60", "rotate(45)"+scale)
		d.ground("nd-ground", "60", noDataColour)
		w.leaf("path", "class", "nd-hatch", "d", "M0 0V60", "stroke", noDataHatch, "stroke-width", "24")
		w.end("pattern")
	}
	for _, c := range hatched {
		name := fmt.Sprint("-e", c.Index)
		pattern(name+"-legende", "80", "rotate(-45)")
		d.ground(c.Class, "80", c.Colour)
		w.leaf("path", "class", "map-hatch", "d", "M0 0V80", "stroke", c.Hatch, "stroke-width", "16")
		w.end("pattern")
		w.leaf("pattern", "id", id+name, "href", "#"+id+name+"-legende", "patternTransform", "rotate(-45)"+scale)
	}
	w.end("defs")
}

// ground lays the ground of a tile, unless the area has its own.
func (d *drawing) ground(class, side, colour string) {
	if d.options.Hatching == Tiled {
		d.svg.leaf("rect", "class", class, "width", side, "height", side, "fill", colour)
	}
}

func (d *drawing) close(m *Map) {
	d.svg.end("svg")
	m.SVG = template.HTML(d.svg.String())
}

// frames draws the boxes that hold a territory of the sheet.
func (d *drawing) frames() {
	w := &d.svg
	w.tag("g", "class", "map-frames", "aria-hidden", "true", "font-size", "11", "fill", inkColour)
	for i := range d.sheet.boxes {
		b := &d.sheet.boxes[i]
		if !slices.ContainsFunc(d.sheet.shapes, func(s *shape) bool { return s.box == b }) {
			continue
		}
		f := d.sheet.frame(*b)
		w.leaf("rect", "class", "map-frame", "x", short(f.x), "y", short(f.y), "width", short(f.w), "height", short(f.h),
			"fill", "none", "stroke", outlineColour, "stroke-width", ".6")
		name := []string{"class", "map-name", "x", short(f.x + 4), "y", short(f.y + 12)}
		if b.zone != metropole {
			name = append(name, "font-size", "12.5")
		}
		w.element("text", b.name, name...)
		w.element("text", "×"+french.Number(b.scale, decimalsOf(b.scale)), "class", "map-scale",
			"x", short(f.x+4), "y", short(f.y+24), "font-size", "10")
	}
	w.end("g")
}

func decimalsOf(scale float64) int {
	for n, p := 0, 1.0; n < 2; n, p = n+1, p*10 {
		if scale*p == float64(int(scale*p)) {
			return n
		}
	}
	return 2
}

// areas draws the territories, each a link in the order a reader would look its name up.
func (d *drawing) areas(stroke string, strokeWidth int) {
	w := &d.svg
	w.tag("g", "class", "map-areas", "transform", d.sheet.scaling(), "fill-rule", "evenodd",
		"stroke", stroke, "stroke-width", d.sheet.length(float64(strokeWidth)), "stroke-linejoin", "round")
	for _, s := range d.readingOrder() {
		row, known := d.rows[s.code]
		class, fill := d.fill(row, known)
		attributes := []string{"class", "map-area " + class, "data-code", s.code, "fill", fill}
		path := []string{"id", d.options.ID + "-" + s.code, "d", s.path}
		href := d.href(row, known)
		switch {
		case href != "":
			w.tag("a", append(attributes, "href", href, "aria-label", d.name(row), "data-voisins", d.sheet.neighbours(s, d.inTable))...)
		case known:
			w.tag("g", append(attributes, "role", "img", "aria-label", d.name(row))...)
		default:
			w.tag("g", append(attributes, "aria-hidden", "true")...)
		}
		if d.options.Hatching == Overprinted && known && strings.HasPrefix(fill, "url(") {
			w.leaf("path", "d", s.path, "fill", d.colour(row))
		}
		w.leaf("path", path...)
		if href != "" {
			w.end("a")
		} else {
			w.end("g")
		}
	}
	w.end("g")
}

func (d *drawing) inTable(s *shape) bool {
	_, known := d.rows[s.code]
	return known
}

func (d *drawing) href(row indicator.Row, known bool) string {
	if !known || d.options.Href == nil {
		return ""
	}
	return d.options.Href(row.Territory.ID)
}

func (d *drawing) readingOrder() []*shape {
	order := slices.Clone(d.sheet.shapes)
	collator := french.Collator()
	slices.SortStableFunc(order, func(a, b *shape) int {
		return collator.CompareString(d.rows[a.code].Territory.Name, d.rows[b.code].Territory.Name)
	})
	return order
}

// fill returns the CSS class of an area and its colour without a style sheet.
func (d *drawing) fill(row indicator.Row, known bool) (class, colour string) {
	switch {
	case !known:
		return "ground", groundColour
	case !row.Value.Shown():
		return "nd", "url(#" + d.options.ID + "-nd)"
	case d.table.Indicator.Map == indicator.Classes:
		c := d.classes.Of(d.table, row.Value.Number)
		return d.classes.name(c), d.paint(c)
	}
	return "ground", groundColour
}

// colour is the plain colour under the figure of a row: what its hatching stands on.
func (d *drawing) colour(row indicator.Row) string {
	switch {
	case !row.Value.Shown():
		return noDataColour
	case d.table.Indicator.Map == indicator.Classes:
		return d.classes.colours()[d.classes.Of(d.table, row.Value.Number)-1]
	}
	return groundColour
}

// name reads a territory aloud: « Bretagne : 980 ESSMS, 5e sur 18 ».
func (d *drawing) name(row indicator.Row) string {
	text := row.Territory.Name + french.NBSP + ": " + row.Phrase
	if row.Rank == 0 {
		return text
	}
	gender := french.Masculine
	if d.table.Level == atlas.RegionLevel {
		gender = french.Feminine
	}
	text += ", " + french.Ordinal(row.Rank, gender)
	if sharesRank(d.table, row) {
		text += " ex æquo"
	}
	return fmt.Sprintf("%s sur %d", text, d.table.Ranked)
}

func sharesRank(t indicator.Table, row indicator.Row) bool {
	n := 0
	for _, r := range t.Rows {
		if r.Rank == row.Rank {
			n++
		}
	}
	return n > 1
}

// overlay draws the borders of the regions, on departments, and the outline of the highlighted territory.
func (d *drawing) overlay() {
	w := &d.svg
	w.tag("g", "class", "map-overlay", "aria-hidden", "true", "transform", d.sheet.scaling(), "fill", "none",
		"stroke-linejoin", "round", "stroke-linecap", "round", "pointer-events", "none")
	if d.table.Level == atlas.DepartmentLevel && len(d.sheet.borders) > 0 {
		stroke := inkColour
		if d.table.Indicator.Map == indicator.Circles {
			stroke = borderColour
		}
		w.leaf("path", "class", "map-border", "d", encodeLines(d.sheet.borders, d.sheet.grid()), "stroke", stroke, "stroke-width", d.sheet.length(8))
	}
	if _, ok := d.rows[d.options.Highlight.Code]; ok && d.options.Highlight.Level == d.table.Level {
		w.leaf("use", "class", "map-here", "href", "#"+d.options.ID+"-"+d.options.Highlight.Code, "stroke", highlightColour, "stroke-width", d.sheet.length(22))
	}
	w.end("g")
}

// short writes a length in pixels to the tenth, without needless characters.
func short(x float64) string {
	s := fmt.Sprintf("%.1f", x)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}
