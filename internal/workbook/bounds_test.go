package workbook

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestRowsBeyondTheLastOneAreRefusedAtOnce(t *testing.T) {
	for _, number := range []string{"1048577", "2000000000", "2&#48;00000000", "9000000000000000000", "99999999999999999999"} {
		t.Run(number, func(t *testing.T) {
			start := time.Now()
			_, problems := readPairs(t, rowsOf(t, header+`<row r="`+number+`"><c t="str"><v>a</v></c><c><v>1</v></c></row>`))
			if problems != "erreur classeur-trop-grand " {
				t.Errorf("got %q, want a workbook too large", problems)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestManyWideRowsAreRefused(t *testing.T) {
	var rows strings.Builder
	for i := 2; i < 200_000; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i, i)
	}
	if _, problems := readPairs(t, rowsOf(t, header+rows.String())); problems != "erreur classeur-trop-grand " {
		t.Errorf("got %q, want a workbook too large", problems)
	}
}

func TestNumbersBeyondReasonAreRefused(t *testing.T) {
	for _, kind := range []Kind{Number, Amount, Count, Figure} {
		for text, want := range map[string]Kind{"1e308": -1, "1000000000001": -1, "1000000000000": kind} {
			cell := Cell{}
			cell.read(rawCell{text: text, nature: numeric}, kind, nil, false)
			if want < 0 != (cell.found.Code == CodeWrongType) {
				t.Errorf("%s as %s: got problem %q", text, kind, cell.found.Code)
			}
		}
	}
}
