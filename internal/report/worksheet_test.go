package report

import (
	"bytes"
	"strings"
	"testing"

	"esms.example/atlas/internal/problem"
)

func TestSheetsOfEveryWriterAreMarked(t *testing.T) {
	marks := []mark{{row: 2, column: 2, severity: problem.Error}, {row: 4, column: 1, severity: problem.Error}}
	for name, c := range map[string]struct{ in, want string }{
		"usual": {
			`<worksheet><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData><row r="2" spans="1:2"><c r="A2"/><c r="B2" s="1"><v>1</v></c></row></sheetData><pageMargins/><tableParts/></worksheet>`,
			`<worksheet><sheetViews><sheetView  workbookViewId="0"/></sheetViews><sheetData><row r="2" ><c r="A2"/><c r="B2" s="101"><v>1</v></c></row><row r="4"><c r="A4" s="100"/></row></sheetData><pageMargins/><legacyDrawing/><tableParts/></worksheet>`},
		"prefixes": {
			`<x:worksheet><x:sheetData><x:row r="2"/><x:row r="4"><x:c r="C4"/></x:row></x:sheetData></x:worksheet>`,
			`<x:worksheet><x:sheetData><x:row r="2"><x:c r="B2" s="100"/></x:row><x:row r="4"><x:c r="A4" s="100"/><x:c r="C4"/></x:row></x:sheetData><x:legacyDrawing/></x:worksheet>`},
		"no references": {
			`<worksheet><sheetData><row/><row><c><v>1</v></c><c t="s"><v>2</v></c></row></sheetData></worksheet>`,
			`<worksheet><sheetData><row/><row><c><v>1</v></c><c t="s" s="100"><v>2</v></c></row><row r="4"><c r="A4" s="100"/></row></sheetData><legacyDrawing/></worksheet>`},
		"no rows": {
			`<worksheet><cols><col min="1" max="3" style="7"/></cols><sheetData/></worksheet>`,
			`<worksheet><cols><col min="1" max="3" style="7"/></cols><sheetData><row r="2"><c r="B2" s="107"/></row><row r="4"><c r="A4" s="107"/></row></sheetData><legacyDrawing/></worksheet>`},
		"other markup": {
			`<worksheet><!-- <row r="9"> --><sheetData><row r='2' s="5" customFormat="1"><c r='A2' t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c></row></sheetData><mc:AlternateContent/></worksheet>`,
			`<worksheet><!-- <row r="9"> --><sheetData><row r='2' s="5" customFormat="1"><c r='A2' t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c><c r="B2" s="105"/></row><row r="4"><c r="A4" s="100"/></row></sheetData><legacyDrawing/><mc:AlternateContent/></worksheet>`},
	} {
		var out bytes.Buffer
		w := worksheet{walker: newWalker(strings.NewReader(c.in), &out), marks: marks, legacy: "legacyDrawing/>",
			restyle: func(style int, _ problem.Severity) int { return style + 100 }}
		if err := w.copy(); err != nil || out.String() != c.want {
			t.Errorf("%s: got\n%s (%v), want\n%s", name, out.String(), err, c.want)
		}
	}
}
