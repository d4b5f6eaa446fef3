package download

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// JSON writes a table as an array of objects, one a row and a line, with the names of the
// columns as keys, in their order: texts and ISO dates as strings, numbers with every digit,
// null for what is missing. Texts are as they are: no program runs them.
func JSON(w io.Writer, t Table) error {
	keys := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		keys[i] = quoted(c.Name)
	}
	out := bufio.NewWriter(w)
	separator := "[\n{"
	for _, row := range t.Rows {
		out.WriteString(separator)
		for i, cell := range row {
			if i > 0 {
				out.WriteByte(',')
			}
			out.Write(keys[i])
			out.WriteByte(':')
			out.Write(cell.json())
		}
		separator = "},\n{"
	}
	if len(t.Rows) == 0 {
		out.WriteString("[]\n")
	} else {
		out.WriteString("}\n]\n")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("écriture de %s.json : %w", t.Name, err)
	}
	return nil
}

func (c Cell) json() []byte {
	switch c.typ {
	case "":
		return []byte("null")
	case Integer, Number:
		return strconv.AppendFloat(nil, c.number, 'f', -1, 64)
	}
	return quoted(c.String())
}

// quoted is a JSON string: valid whatever the text holds, and safe inside a page.
func quoted(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic("download: a string has no JSON: " + err.Error())
	}
	return b
}
