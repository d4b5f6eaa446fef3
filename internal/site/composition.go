package site

import (
	"context"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// breakdown is a way to split the ESSMS of a territory.
type breakdown struct {
	id, title, head string
	known           string
	share           indicator.ID // how its shares are written
	parts           func(*indicator.Slice) []part
}

// part is one class of a breakdown; the class of those without answer has no share.
type part struct {
	label   string
	count   int
	unknown bool
}

var byField = breakdown{
	id: "champs", title: "Les ESSMS financés par champ d’intervention", head: "Champ d’intervention",
	known: "de champ connu", share: "part_handicap_essms",
	parts: func(s *indicator.Slice) []part {
		var out []part
		for _, f := range s.ByField() {
			out = append(out, part{french.Capitalize(f.Field.Label()), f.Count, f.Field == ""})
		}
		return out
	},
}

var byStatus = breakdown{
	id: "statuts", title: "Les ESSMS financés par statut", head: "Statut",
	known: "de statut connu", share: "part_non_lucratif_essms",
	parts: func(s *indicator.Slice) []part {
		var out []part
		for _, st := range s.ByStatus() {
			out = append(out, part{french.Capitalize(st.Status.Label()), st.Count, st.Status == ""})
		}
		return out
	},
}

// compositionFigure splits the ESSMS of a region, beside those of France.
func (e *edition) compositionFigure(ctx context.Context, c *composer, l *linker, t atlas.Territory, b breakdown) (Figure, error) {
	region, france := b.parts(e.results.Slice(t.ID, e.year())), b.parts(e.results.Slice(atlas.France, e.year()))
	shares, national := e.shares(b, region), e.shares(b, france)
	number := indicator.ByID("essms_finances")
	table := &Table{
		ID: "tableau-" + b.id, Caption: b.title + " " + t.Locative, Head: b.head,
		Columns: []Column{{Text: "ESSMS", Numeric: true}, {Text: t.Name, Unit: "%", Numeric: true}, {Text: "France", Unit: "%", Numeric: true}},
	}
	rows := []chart.CompositionRow{{Label: t.Name}, {Label: "France"}}
	for i, p := range region {
		if p.count == 0 && france[i].count == 0 {
			continue
		}
		row := TableRow{Head: Link{Text: p.label}, Cells: []Cell{count(p.count)}}
		if p.unknown {
			none := Cell{Text: "///", Spoken: "sans objet", Numeric: true}
			row.Cells = append(row.Cells, none, none)
		} else {
			row.Cells = append(row.Cells, shareCell(shares[i]), shareCell(national[i]))
			rows[0].Parts = append(rows[0].Parts, chart.Part{Label: p.label, Value: float64(p.count), Text: shares[i].phrase})
			rows[1].Parts = append(rows[1].Parts, chart.Part{Label: p.label, Value: float64(france[i].count), Text: national[i].phrase})
		}
		table.Rows = append(table.Rows, row)
	}
	drawn, err := c.drawComposition(ctx, l, b, rows)
	if err != nil {
		return Figure{}, err
	}
	f := Figure{
		ID: b.id, Title: b.title, Charts: drawn, Table: table,
		Captions: Captions{
			Notes:   e.compositionNotes(b),
			Reading: e.compositionReading(t, b, region, shares),
			Champ:   sentence(number.Champ), Source: sentence(sourceLine(c.settings, e)), Provenance: e.provenances(t.ID, l, number.ID),
		},
	}
	return f, c.takeAway(ctx, e, l, &f, e.takingShares(b, t, [2][]part{region, france}, [2][]written{shares, national}))
}

// compositionNotes say what the shares are of. Parts are counted exactly: rounded to the ten,
// the smallest would vanish beside a share that says they exist.
func (e *edition) compositionNotes(b breakdown) []string {
	notes := []string{"Les parts se rapportent aux ESSMS " + b.known + "."}
	if len(e.about.Rounding["essms_finances"]) > 0 {
		notes = append(notes, "Les nombres d’ESSMS ne sont pas arrondis.")
	}
	return notes
}

// drawComposition draws the rows, unless there is nothing to split.
func (c *composer) drawComposition(ctx context.Context, l *linker, b breakdown, rows []chart.CompositionRow) ([]*Chart, error) {
	if len(rows[0].Parts) == 0 {
		return nil, nil
	}
	made, err := chart.Composition(b.id, b.title, rows)
	return c.drawChart(ctx, l, made, err)
}

// written is a share as it is shown.
type written struct {
	text, phrase string
	value        atlas.Value
}

// shares returns the share of each part among those that have an answer.
func (e *edition) shares(b breakdown, parts []part) []written {
	known := 0
	for _, p := range parts {
		if !p.unknown {
			known += p.count
		}
	}
	ind := indicator.ByID(b.share)
	out := make([]written, len(parts))
	for i, p := range parts {
		v := atlas.Ratio(atlas.Known(float64(p.count)), atlas.Known(float64(known)), 1)
		text, phrase := ind.Format(v, e.about)
		out[i] = written{text, phrase, v}
	}
	return out
}

func shareCell(w written) Cell {
	return number(indicator.Row{Value: w.value, Text: w.text, Phrase: w.phrase})
}

// compositionReading reads the largest part aloud.
func (e *edition) compositionReading(t atlas.Territory, b breakdown, parts []part, shares []written) string {
	best := -1
	for i, p := range parts {
		if !p.unknown && p.count > 0 && (best < 0 || p.count > parts[best].count) {
			best = i
		}
	}
	if best < 0 {
		return french.Capitalize(t.Locative) + ", aucun ESSMS financé n’est " + b.known + "."
	}
	return french.Capitalize(e.state()) + ", " + t.Locative + ", " + shares[best].phrase + " des ESSMS financés " + b.known +
		" relèvent de la catégorie «" + french.NBSP + uncapitalize(parts[best].label) + french.NBSP + "»."
}
