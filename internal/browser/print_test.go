package browser

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	printing "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/ledongthuc/pdf"
)

// sheets prints the page and returns the text of each sheet of paper.
func (p *tab) sheets(t *testing.T) []string {
	t.Helper()
	size := true // that of the style sheet
	printed, err := chromedp.Call(p.ctx, printing.PrintToPDF, printing.PrintToPDFParams{PreferCSSPageSize: &size})
	if err != nil {
		t.Fatal(err)
	}
	document, err := pdf.NewReader(bytes.NewReader(printed.Data), int64(len(printed.Data)))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for i := 1; i <= document.NumPage(); i++ {
		text, err := document.Page(i).GetPlainText(nil)
		if err != nil {
			t.Fatalf("sheet %d: %v", i, err)
		}
		texts = append(texts, text)
	}
	return texts
}

func TestEverySheetOfALongTableHasItsHead(t *testing.T) {
	site, browser := serve(t, built(t)), window(t)
	rank := regexp.MustCompile(`\d+(er?|e)\b`)
	for _, scripts := range []scripting{withScripts, withoutScripts} {
		p := open(t, browser, site+"/2023/indicateurs/taux_couverture/departements/", scripts, 1280)
		with := 0
		for i, text := range p.sheets(t) {
			head, rows := strings.Contains(text, "Dénominateur"), len(rank.FindAllString(text, -1))
			if rows >= 30 && !head {
				t.Errorf("scripts %v, sheet %d: %d rows without the head of their table", scripts, i+1, rows)
			}
			if head && rows == 0 {
				t.Errorf("scripts %v, sheet %d: the head of a table without a row", scripts, i+1)
			}
			if head {
				with++
			}
		}
		if with < 2 {
			t.Errorf("scripts %v: %d sheets with the table, want it on several", scripts, with)
		}
	}
}
