package download

import (
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// page is how a sheet is printed: on A4, its header repeated, its
// footer saying what it is.
type page struct {
	orientation string // « portrait » or « landscape »
	head        string // printed above every page; empty: nothing
	foot        string // printed under every page, with its number
	repeated    string // the rows repeated on every page: « $1:$1 »; empty: none
	scale       int    // in percent; 0: as wide as the paper, where Excel forgets the page breaks set
}

// lay sets how a sheet prints, over the area given.
func (b *book) lay(sheet string, p page, area string) {
	quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'!"
	b.do(func() error {
		a4, wide, tall, scale := 9, 1, 0, uint(p.scale)
		if p.scale > 0 {
			return b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &p.orientation, AdjustTo: &scale})
		}
		return b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &p.orientation, FitToWidth: &wide, FitToHeight: &tall})
	})
	b.do(func() error {
		fit := p.scale == 0
		return b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
	})
	b.do(func() error {
		side, top, edge := 0.4, 0.7, 0.3
		return b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge})
	})
	b.do(func() error {
		return b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
			OddHeader: headerText("&C", p.head), OddFooter: headerText("&L", p.foot) + "&R&8Page &P sur &N",
		})
	})
	b.do(func() error {
		return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: quoted + area, Scope: sheet})
	})
	if p.repeated != "" {
		b.do(func() error {
			return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted + p.repeated, Scope: sheet})
		})
	}
}

// maxHeader is the room of a text in a printed header or footer, in UTF-16 units: Excel
// takes 255 for the three sections together.
const maxHeader = 200

// headerText is a text of a printed header or footer, where an ampersand is written twice.
func headerText(section, s string) string {
	if s == "" {
		return ""
	}
	var out strings.Builder
	out.WriteString(section + "&8 ")
	units := 0
	for _, r := range safe(s) {
		c := string(r)
		if r == '&' {
			c = "&&"
		}
		if units += len(utf16.Encode([]rune(c))); units > maxHeader {
			break
		}
		out.WriteString(c)
	}
	return out.String()
}
