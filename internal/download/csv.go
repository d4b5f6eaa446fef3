package download

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Format is one format of the downloads.
type Format struct {
	Extension, MediaType string
	Label                string // French, as a link says it: « CSV »
	Encode               func(io.Writer, Table) error
}

// Formats lists the formats in the order pages offer them.
var Formats = []Format{
	{Extension: "csv", MediaType: "text/csv", Label: "CSV", Encode: CSV},
}

// CSV writes a table as guides.data.gouv.fr asks: UTF-8, comma, decimal point, ISO dates,
// one header row, nothing for what is missing. A text that a spreadsheet would run as a
// formula is preceded by an apostrophe.
func CSV(w io.Writer, t Table) error {
	out := csv.NewWriter(w)
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.Name
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("écriture de %s.csv : %w", t.Name, err)
	}
	for _, row := range t.Rows {
		for i, cell := range row {
			record[i] = cell.String()
			if cell.typ == Text {
				record[i] = harmless(record[i])
			}
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("écriture de %s.csv : %w", t.Name, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("écriture de %s.csv : %w", t.Name, err)
	}
	return nil
}

// harmless keeps a text from being run as a formula by the spreadsheet that opens it.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
