package download

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// role is the part that a cell plays in a sheet; it decides its look.
type role int

const (
	body role = iota
	wrapped
	columnHead
	numberHead // over a column of numbers
	title
	subtitle
	banner
	heading
	note
)

// The font is that of the library's default style, so that the widths of columns hold.
const (
	fontFamily = "Calibri"

	ink    = "1F2D3D"
	accent = "1F4E79"
	paper  = "E8EDF3"
	rule   = "5B6B7D"
)

// style is the look of a cell: the role it plays and how its number is written.
type style struct {
	role   role
	format string // a number format code; empty for the general one
}

// The formats that do not depend on an indicator. Office programs write the decimal sign and
// the separator of thousands of their reader's language.
const (
	textFormat    = "@" // a text stays one even when a reader edits its cell
	yearFormat    = "0" // and any whole number that is not grouped
	countFormat   = "#,##0"
	dateFormat    = "dd/mm/yyyy"
	euroFormat    = `#,##0.00"` + french.NBSP + `€"`
	percentFormat = `0.0"` + french.NBSP + `"%`
)

// displayFormat writes raw numbers as the atlas shows the values of an indicator: 0.563 as
// « 56,3 % », 377100 as « 377 k€ ». Publication rounding is not a matter of format.
func displayFormat(d indicator.Display) string {
	code := "#,##0"
	if d.Decimals > 0 {
		code += "." + strings.Repeat("0", d.Decimals)
	}
	switch d.Scale {
	case 0.01:
		return code + `"` + french.NBSP + `"%`
	case 1e3:
		code += ","
	case 1e6:
		code += ",,"
	}
	if d.Suffix != "" {
		code += `"` + french.NBSP + d.Suffix + `"`
	}
	return code
}

// nearly reports whether a difference is written as 0.
func nearly(difference, scale float64, decimals int) bool {
	return atlas.RoundTo(difference/scale, math.Pow10(-decimals)) == 0
}

// unsignedFormat writes a difference that rounds to 0.
func unsignedFormat(code string) string { return code + ";" + code }

// signedFormat writes a difference with its sign.
func signedFormat(code string) string {
	return "+" + code + `;"` + french.Minus + `"` + code + ";" + code
}

// rankFormat writes the rank of a region, which stays a number, as « 1re sur 18 », « 3e sur 18 ».
func rankFormat(ranked int) string {
	of := " sur " + strconv.Itoa(ranked) + `"`
	return `[=1]0"re` + of + `;0"e` + of
}

// cellFormat is how the cells of a column of open data are written for readers.
func (c Column) cellFormat() string {
	switch {
	case c.Type == Text:
		return textFormat
	case c.Type == Date:
		return dateFormat
	case c.Type == Integer:
		return yearFormat
	case strings.HasSuffix(c.Name, "_eur"):
		return euroFormat
	case strings.HasPrefix(c.Name, "taux_"), strings.HasPrefix(c.Name, "part_"):
		return percentFormat
	}
	return ""
}

// look is a style as the library wants it.
func (s style) look() *excelize.Style {
	out := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, Font: &excelize.Font{Size: 11}}
	switch s.role {
	case wrapped:
		out.Alignment.WrapText = true
	case columnHead, numberHead:
		out.Font = &excelize.Font{Bold: true, Size: 11, Color: ink}
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{paper}}
		out.Border = []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
		out.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
		if s.role == numberHead {
			out.Alignment.Horizontal = "right"
		}
	case title:
		out.Font = &excelize.Font{Bold: true, Size: 18, Color: accent}
		out.Alignment.Vertical = "center"
	case subtitle:
		out.Font = &excelize.Font{Size: 12, Color: ink}
	case banner:
		out.Font = &excelize.Font{Bold: true, Size: 11, Color: "7A1F00"}
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FDE9D9"}}
	case heading:
		out.Font = &excelize.Font{Bold: true, Size: 13, Color: accent}
		out.Alignment.Vertical = "center"
	case note:
		out.Font = &excelize.Font{Size: 9, Color: rule}
	}
	out.Font.Family = fontFamily
	if s.role == columnHead || s.role == wrapped || s.role == body && s.format == textFormat {
		out.Alignment.Horizontal, out.Alignment.Indent = "left", 1 // keeps a text off the number at its left
	}
	switch {
	case s.format == textFormat:
		out.NumFmt = 49
	case s.format != "":
		out.CustomNumFmt = &s.format
		if s.role == body {
			out.Alignment.Horizontal = "right" // so does « n.d. » among numbers
		}
	}
	return out
}
