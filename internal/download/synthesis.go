package download

import (
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

const synthesisSheet = "Synthèse"

// keyFigures are the indicators of the first sheet, where they exist for its territory.
var keyFigures = [...]indicator.ID{
	"essms_finances", "essms_pour_100000_habitants", "taux_couverture",
	"projets", "projets_regionaux", "projets_nationaux", "projets_nationaux_suivis", "essms_par_projet_regional", "essms_par_projet_national",
	"subvention_totale", "subvention_regionale", "subvention_moyenne_regionale", "subvention_moyenne_nationale", "subvention_par_essms",
	"enveloppe", "taux_engagement", "taux_versement",
}

// The grid of the first sheet, in characters.
const (
	labelWidth = 42
	valueWidth = 15
)

// board is the first sheet being written, row after row.
type board struct {
	*report
	columns int
	row     int // the next one
}

// synthesis writes the first sheet: what the workbook is, the key figures, the growth, the
// composition by field and by status, each table with its chart under it.
func (w *report) synthesis() {
	w.book.add(synthesisSheet)
	s := &board{report: w, row: 1}
	figures := s.figureColumns()
	s.columns = len(figures)
	w.book.do(func() error { return w.book.file.SetColWidth(synthesisSheet, "A", "A", labelWidth) })
	w.book.do(func() error {
		return w.book.file.SetColWidth(synthesisSheet, "B", columnName(s.columns), valueWidth)
	})
	s.opening()
	s.keyFigures(figures)
	s.growth()
	w.book.do(func() error { return w.book.file.InsertPageBreak(synthesisSheet, "A"+strconv.Itoa(s.row)) })
	s.composition(byField)
	s.composition(byStatus)
	layout := w.page("portrait")
	layout.repeated, layout.scale = "", s.scale()
	w.book.lay(synthesisSheet, layout, "$A$1:$"+columnName(s.columns)+"$"+strconv.Itoa(s.row))
}

// rowHeight is that of a row of one line, in points, and rowPixels the pixels that the
// library counts in it when it anchors a chart.
const (
	rowHeight = 15
	rowPixels = 18
)

// line writes one row of cells and goes to the next. A height of 0 is that of one line.
func (s *board) line(height float64, cells ...gridCell) {
	for i, c := range cells {
		s.book.do(func() error {
			name := columnName(i+1) + strconv.Itoa(s.row)
			if text, ok := c.value.(string); ok {
				c.value = safe(text)
			}
			if err := s.book.file.SetCellStyle(synthesisSheet, name, name, s.book.style(c.style)); err != nil {
				return err
			}
			return s.book.file.SetCellValue(synthesisSheet, name, c.value)
		})
	}
	if height == 0 {
		height = rowHeight
	}
	s.book.do(func() error { return s.book.file.SetRowHeight(synthesisSheet, s.row, height) })
	s.row++
}

func (s *board) opening() {
	e := s.edition()
	text := func(value string, r role) gridCell { return gridCell{value, style{role: r}} }
	s.line(30, text("ESMS numérique"+french.NBSP+": "+s.territory.Name, title))
	s.line(18, text(e.Title+", situation "+s.state(), subtitle))
	if warning := s.warning(); warning != "" {
		cells := []gridCell{text(warning, banner)}
		for range s.columns - 1 {
			cells = append(cells, gridCell{nil, style{role: banner}})
		}
		s.line(20, cells...)
	}
	s.line(0, text("Source"+french.NBSP+": "+s.source()+".", body))
	if !e.PublishedOn.IsZero() {
		s.line(0, text("Publication"+french.NBSP+": "+french.Date(e.PublishedOn)+".", body))
	}
	s.line(0, text("Licence"+french.NBSP+": "+s.credits.Licence+" ("+s.credits.LicenceURL+")", body))
	s.line(0)
}

// figureColumn is a column of the table of key figures.
type figureColumn struct {
	title string
	cell  func(*indicator.Indicator) gridCell
}

func (s *board) figureColumns() []figureColumn {
	columns := []figureColumn{
		{"Indicateur", func(ind *indicator.Indicator) gridCell { return gridCell{ind.Title, style{role: wrapped}} }},
		{s.territory.Name, func(ind *indicator.Indicator) gridCell { return s.cell(ind, s.r.Value(ind.ID, s.territory.ID, s.last)) }},
	}
	if s.regional() {
		columns = append(columns, figureColumn{"France", s.country}, figureColumn{"Rang", s.rank})
	}
	if s.previous > 0 {
		columns = append(columns, figureColumn{"Fin " + strconv.Itoa(s.previous), func(ind *indicator.Indicator) gridCell {
			if ind.Followed {
				return s.cell(ind, atlas.Value{Status: atlas.NotApplicable})
			}
			return s.cell(ind, s.r.Value(ind.ID, s.territory.ID, s.previous))
		}}, figureColumn{"Évolution depuis fin " + strconv.Itoa(s.previous), s.change})
	}
	if s.former != nil {
		columns = append(columns, figureColumn{"Selon l’édition " + strconv.Itoa(s.former.Edition().Year), func(ind *indicator.Indicator) gridCell {
			return s.cell(ind, s.former.Value(ind.ID, s.territory.ID, s.former.LastYear()))
		}})
	}
	return columns
}

func (s *board) heading(text string) { s.line(24, gridCell{text, style{role: heading}}) }

func (s *board) head(titles ...string) {
	cells := make([]gridCell, len(titles))
	for i, t := range titles {
		cells[i] = gridCell{t, style{role: columnHead}}
		if i > 0 {
			cells[i].style.role = numberHead
		}
	}
	s.line(34, cells...)
}

func (s *board) keyFigures(columns []figureColumn) {
	s.heading("Chiffres clés")
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.title
	}
	s.head(titles...)
	for _, id := range keyFigures {
		ind := indicator.ByID(id)
		if ind == nil || !ind.Has(s.territory.ID.Level) {
			continue
		}
		cells := make([]gridCell, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(ind)
		}
		s.line(0, cells...)
	}
	for _, text := range s.notes() {
		s.line(0, gridCell{text, style{role: note}})
	}
	s.line(0)
}

func (s *board) notes() []string {
	notes := []string{legend()}
	if s.regional() {
		notes = append(notes, "Rang"+french.NBSP+": 1re pour la valeur la plus élevée, parmi les régions qui ont une valeur.")
	}
	if s.previous > 0 {
		notes = append(notes, "Évolution"+french.NBSP+": différence des valeurs brutes"+french.NNBSP+"; entre deux parts, en points de pourcentage (pt).")
		notes = append(notes, s.followedNotes()...)
	}
	if s.former != nil {
		notes = append(notes, "«"+french.NBSP+"Selon l’édition "+strconv.Itoa(s.former.Edition().Year)+french.NBSP+"»"+french.NBSP+": valeur calculée avec les données de cette édition, à sa date d’arrêt ("+
			french.Date(s.former.Edition().DataState)+").")
	}
	if len(s.edition().Rounding) > 0 {
		notes = append(notes, "Les cellules contiennent les valeurs brutes. Le site en arrondit certaines"+french.NBSP+": la feuille Indicateurs donne aussi la valeur affichée.")
	}
	return notes
}

// followedNotes say why some key figures have no former value.
func (s *board) followedNotes() []string {
	var notes []string
	for _, id := range keyFigures {
		if ind := indicator.ByID(id); ind.Followed && ind.Has(s.territory.ID.Level) {
			notes = append(notes, ind.Title+french.NBSP+": pas d’évolution. "+ind.YearsNote(s.edition()))
		}
	}
	return notes
}

// growing are the indicators of the table of growth, by level.
var growing = map[atlas.Level][3]indicator.ID{
	atlas.CountryLevel: {"essms_finances", "projets", "subvention_totale"},
	atlas.RegionLevel:  {"essms_finances", "projets_regionaux", "subvention_regionale"},
}

func (s *board) growth() {
	s.heading("Évolution, en cumul depuis le début du programme")
	ids := growing[s.territory.ID.Level]
	titles := []string{"Année"}
	for _, id := range ids {
		titles = append(titles, indicator.ByID(id).Title)
	}
	s.head(titles...)
	first := s.row
	for _, year := range s.r.Years() {
		cells := []gridCell{{french.Capitalize(indicator.DateLabel(s.edition(), year)), style{format: textFormat}}}
		for _, id := range ids {
			ind := indicator.ByID(id)
			cells = append(cells, s.cell(ind, s.r.Value(id, s.territory.ID, year)))
		}
		s.line(0, cells...)
	}
	last := s.row - 1
	s.line(0)
	half, row := (s.pixels()-chartGap)/2, s.row
	s.leave(growthHeight)
	for i, column := range []int{1, 3} {
		ind := indicator.ByID(ids[column-1])
		s.chart(s.columnsByYear(ind, column+1, first, last), chartBox{row, i * (half + chartGap), half, growthHeight})
	}
}

const growthHeight = 220

// part is a line of a composition.
type part struct {
	label   string
	count   int
	unknown bool
}

// breakdown is a way to split the financed ESSMS.
type breakdown struct {
	title, head, known string
	share              indicator.ID // how the shares are written
	parts              func(*indicator.Slice) []part
}

var byField = breakdown{"ESSMS financés par champ d’intervention", "Champ d’intervention", "dont le champ est connu", "part_handicap_essms",
	func(s *indicator.Slice) []part {
		var out []part
		for _, f := range s.ByField() {
			out = append(out, part{french.Capitalize(f.Field.Label()), f.Count, f.Field == ""})
		}
		return out
	}}

var byStatus = breakdown{"ESSMS financés par statut juridique", "Statut", "dont le statut est connu", "part_non_lucratif_essms",
	func(s *indicator.Slice) []part {
		var out []part
		for _, st := range s.ByStatus() {
			out = append(out, part{french.Capitalize(st.Status.Label()), st.Count, st.Status == ""})
		}
		return out
	}}

// composition writes the split of the ESSMS of the territory beside that of France, and
// charts the shares.
func (s *board) composition(b breakdown) {
	here, france := b.parts(s.r.Slice(s.territory.ID, s.last)), b.parts(s.r.Slice(atlas.France, s.last))
	s.heading(b.title)
	titles := []string{b.head, "Nombre d’ESSMS", "Part" + french.NBSP + ": " + s.territory.Name}
	if s.regional() {
		titles = append(titles, "Part"+french.NBSP+": France")
	}
	s.head(titles...)
	count, share := indicator.ByID("essms_finances"), indicator.ByID(b.share)
	first, last := s.row, s.row-1
	for i, p := range here {
		if p.count == 0 && france[i].count == 0 {
			continue
		}
		cells := []gridCell{{p.label, style{format: textFormat}}, s.cell(count, atlas.Count(float64(p.count))), s.cell(share, shareOf(here, i))}
		if s.regional() {
			cells = append(cells, s.cell(share, shareOf(france, i)))
		}
		s.line(0, cells...)
		if !p.unknown {
			last = s.row - 1
		}
	}
	s.line(0, gridCell{"Les parts se rapportent aux ESSMS " + b.known + ".", style{role: note}})
	s.line(0)
	if last < first || known(here) == 0 {
		return
	}
	height := 80 + (last-first+1)*22*(len(titles)-2)
	row := s.row
	s.leave(height)
	s.chart(s.bars(b, here, len(titles), first-1, last), chartBox{row, 0, s.pixels(), height})
}

// shareOf is the share of a part among those that have an answer; without object for those
// that have none.
func shareOf(parts []part, i int) atlas.Value {
	if parts[i].unknown {
		return atlas.Value{Status: atlas.NotApplicable}
	}
	return atlas.Ratio(atlas.Known(float64(parts[i].count)), atlas.Known(float64(known(parts))), 1)
}

func known(parts []part) int {
	n := 0
	for _, p := range parts {
		if !p.unknown {
			n += p.count
		}
	}
	return n
}

// The widths of the columns in the pixels that the library counts when it anchors a chart.
const (
	labelPixels = 8 * labelWidth
	valuePixels = 8 * valueWidth
)

// pixels is the width of the board.
func (s *board) pixels() int { return labelPixels + (s.columns-1)*valuePixels }

// scale is the percentage at which the board is as wide as A4, with a margin for the fonts
// of other programs, and its first page holds the growth.
func (s *board) scale() int {
	const paper, pixel = 537, 0.75 // points
	width := float64(7*labelWidth+5+(s.columns-1)*(7*valueWidth+5)) * pixel
	return min(80, int(94*paper/width))
}

// leave leaves room for a chart of that height in pixels.
func (s *board) leave(height int) {
	for range height/rowPixels + 2 {
		s.line(0)
	}
}
