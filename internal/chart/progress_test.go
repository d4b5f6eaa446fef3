package chart

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestProgressPutsThePartOnTheWholeAndTheTextAtTheLonger(t *testing.T) {
	c, err := Progress("entonnoir", "Titre", "sélectionnés", "déposés", []Advance{
		{"Bretagne", 71, 242, "29,3 %", "71 sur 242"},
		{`<b>Corse</b>`, 12, 10, "120,0 %", "12 sur 10"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var option struct {
		YAxis  []struct{ Data []string }
		Series []struct {
			Name       string
			YAxisIndex int
			Data       []struct {
				Value any
				Label *struct{ Formatter string }
			}
		}
	}
	if err := json.Unmarshal(c.Option, &option); err != nil {
		t.Fatal(err)
	}
	if len(option.YAxis) != 2 || len(option.Series) != 2 || option.Series[0].Name != "déposés" || option.Series[1].YAxisIndex != 1 {
		t.Fatalf("series and axes: %+v", option)
	}
	for _, c := range []struct{ series, row int }{{0, 0}, {1, 1}} {
		if l := option.Series[c.series].Data[c.row].Label; l == nil || l.Formatter == "" {
			t.Errorf("series %d, row %d has no text", c.series, c.row)
		}
		if l := option.Series[1-c.series].Data[c.row].Label; l != nil {
			t.Errorf("row %d is written twice", c.row)
		}
	}
	if want := "Bretagne\u00a0: 71 sur 242\u202f; <b>Corse</b>\u00a0: 12 sur 10."; c.Summary != want {
		t.Errorf("summary %q, want %q", c.Summary, want)
	}
	if strings.Contains(string(c.Option), "<b>") {
		t.Error("the option holds a tag")
	}
}

func TestProgressOfNothingIsStillAChart(t *testing.T) {
	c, err := Progress("vide", "Titre", "a", "b", nil)
	if err != nil || c.Summary != "" || !json.Valid(c.Option) {
		t.Errorf("got %+v, %v", c, err)
	}
}
