package download

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// page is how a sheet is printed: on A4, as wide as the paper, its header repeated, its
// footer saying what it is.
type page struct {
	orientation string // « portrait » or « landscape »
	head        string // printed above every page; empty: nothing
	foot        string // printed under every page, with its number
	repeated    string // the rows repeated on every page: « $1:$1 »; empty: none
}

// lay sets how a sheet prints, over the area given.
func (b *book) lay(sheet string, p page, area string) {
	quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'!"
	b.do(func() error {
		a4, wide, tall := 9, 1, 0
		return b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &p.orientation, FitToWidth: &wide, FitToHeight: &tall})
	})
	b.do(func() error {
		fit := true
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

// headerText is a text of a printed header or footer, of at most 200 characters, where an
// ampersand is written twice.
func headerText(section, s string) string {
	if s == "" {
		return ""
	}
	runes := []rune(safe(s))
	return section + "&8" + " " + strings.ReplaceAll(string(runes[:min(len(runes), 180)]), "&", "&&")
}
