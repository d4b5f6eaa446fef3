package download

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// CSV writes a table as guides.data.gouv.fr asks: UTF-8, comma, decimal point, ISO dates,
// one header row, nothing for what is missing. A text that a spreadsheet would run as a
// formula is preceded by an apostrophe.
func CSV(w io.Writer, t Table) error {
	return writeCSV(csv.NewWriter(w), t, Cell.String)
}

// ExcelCSV writes a table as the French Excel opens it with a double click: byte order mark,
// semicolon, decimal comma, CRLF, also inside texts, where a lone CR is lost. The rest is as in CSV. Dates stay ISO: every Excel, of
// whatever language, reads them as dates, where 01/06/2023 is in June or in January. Excel
// drops the leading zeros of codes when it opens any CSV; the workbook keeps them.
func ExcelCSV(w io.Writer, t Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("écriture de %s-excel.csv : %w", t.Name, err)
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	return writeCSV(out, t, func(c Cell) string {
		if c.typ == Number {
			return strings.Replace(c.String(), ".", ",", 1)
		}
		return c.String()
	})
}

func writeCSV(out *csv.Writer, t Table, write func(Cell) string) error {
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.Name
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("écriture de %s : %w", t.Name, err)
	}
	for _, row := range t.Rows {
		for i, cell := range row {
			record[i] = write(cell)
			if cell.typ == Text {
				record[i] = harmless(record[i])
			}
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("écriture de %s : %w", t.Name, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("écriture de %s : %w", t.Name, err)
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
