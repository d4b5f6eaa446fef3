package download

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// XLSX writes a table as a workbook: typed cells, frozen header, filter, and a second sheet
// that says what the columns hold. Codes are texts, so that their leading zeros stay. A text
// that begins with = + - @ is a text as it is: a string cell is never a formula. What is
// missing is an empty cell, as in the CSV.
func XLSX(w io.Writer, t Table) error {
	b := newBook(properties{title: t.Title, subject: "Données ouvertes de l’atlas régional ESMS numérique", on: t.On})
	data := sheetOf(t, "Données", func(c Column) string { return c.Name })
	data.page.foot = t.Title
	b.write(data)
	columns := dictionaryOf(t)
	columns.page.foot = t.Title
	b.write(columns)
	book, err := b.bytes()
	if err == nil {
		_, err = w.Write(book)
	}
	if err != nil {
		return fmt.Errorf("écriture de %s.xlsx : %w", t.Name, err)
	}
	return nil
}

// sheetOf lays a table out as a grid whose headers the caller chooses.
func sheetOf(t Table, sheet string, header func(Column) string) grid {
	g := grid{sheet: sheet, table: tableName(t.Name), frozen: 1, page: page{orientation: "landscape", repeated: "$1:$1"}}
	for _, c := range t.Columns {
		g.columns = append(g.columns, gridColumn{title: header(c), style: style{format: c.cellFormat()}})
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, c := range row {
			cells[i] = c.value()
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

// value is a cell as a workbook types it; nil when it is empty.
func (c Cell) value() any {
	switch c.typ {
	case Text:
		return c.text
	case Integer, Number:
		return c.number
	case Date:
		return c.date
	}
	return nil
}

// Label returns the type in French words.
func (t Type) Label() string {
	return map[Type]string{Text: "texte", Integer: "nombre entier", Number: "nombre", Date: "date"}[t]
}

// dictionaryOf says what the columns of a table hold.
func dictionaryOf(t Table) grid {
	plain := style{format: textFormat}
	g := grid{sheet: "Colonnes", table: tableName(t.Name) + "_colonnes", page: page{orientation: "landscape", repeated: "$1:$1"}, columns: []gridColumn{
		{title: "Colonne", style: plain}, {title: "Titre", style: plain}, {title: "Type", style: plain},
		{title: "Contenu", style: style{role: wrapped, format: textFormat}, width: 90},
	}}
	for _, c := range t.Columns {
		g.rows = append(g.rows, []any{c.Name, c.Title, c.Type.Label(), c.Doc})
	}
	return g
}

// tableName is a name that Excel accepts for a table: ASCII letters, digits and underscores,
// nothing that looks like a cell.
func tableName(name string) string {
	return "atlas_" + strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, name)
}
