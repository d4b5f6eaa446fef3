package main

import (
	"bytes"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestExplainPrintsEveryFactThatThePageOfProvenanceTells(t *testing.T) {
	row := func(n int) atlas.Origin { return atlas.Origin{File: "essms.xlsx", Sheet: "ESSMS", Row: n} }
	brittany := atlas.Territory{ID: atlas.RegionID("53"), Name: "Bretagne", Locative: "en Bretagne"}
	share := atlas.Ratio(atlas.Known(2), atlas.Known(3), 1)
	share.Unknown = 1
	for id, v := range map[indicator.ID]atlas.Value{"part_handicap_essms": share, "essms_finances": atlas.Count(3), "taux_couverture": {}} {
		ind := indicator.ByID(id)
		e := indicator.Explanation{Indicator: ind, Edition: atlas.Edition{Year: 2023, Title: "Atlas 2023"}, Year: 2023, Row: indicator.Row{Territory: brittany, Value: v},
			Trace: indicator.Trace{Counted: []atlas.Origin{row(2), row(3)}, Base: []atlas.Origin{row(2), row(3), row(9)}, Unknown: []atlas.Origin{row(5)}}}
		e.Row.Text, e.Row.Phrase = ind.Format(v, e.Edition)
		var out bytes.Buffer
		printExplanation(&out, e, "révision 0123")
		for _, f := range append(append(indicator.About(ind, e.Edition), e.Facts()...), indicator.Fact{Name: "Code", Text: "révision 0123"}) {
			if !strings.Contains(out.String(), f.Name) || !strings.Contains(out.String(), f.Text) {
				t.Errorf("%s: %s %q is not printed in\n%s", id, f.Name, f.Text, out.String())
			}
		}
		for _, s := range e.Sources() {
			for _, line := range append(s.Lines(0), s.Role.Label()) {
				if !strings.Contains(out.String(), line) {
					t.Errorf("%s: %q is not printed in\n%s", id, line, out.String())
				}
			}
		}
	}
}

func TestExplainListsEveryIndicator(t *testing.T) {
	var out bytes.Buffer
	listIndicators(&out)
	for i := range indicator.All {
		if !strings.Contains(out.String(), "  "+string(indicator.All[i].ID)+" ") {
			t.Errorf("%s is not listed", indicator.All[i].ID)
		}
	}
}
