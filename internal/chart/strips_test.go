package chart

import (
	"errors"
	"math"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestStripsSetARegionAmongTheOthers(t *testing.T) {
	share := eighteen(t)
	subsidy := amounts(share, "subvention_moyenne_regionale", 400_000)
	here := share.Rows[12].Territory
	c, err := Strips("parmi-les-regions", "La Bretagne parmi les régions", []StripGroup{
		{"ESSMS financés", []StripLine{{"Taux de couverture", share}}},
		{"Subventions", []StripLine{{"Subvention moyenne", subsidy}, {"Sans valeur nulle part", sample(ratioIndicator(t), math.NaN(), math.NaN(), math.NaN())}}},
		{"Rien", nil},
	}, here)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "strips", c)
	for _, want := range []string{"Taux de couverture\u00a0: de 0,0\u00a0% (Mayotte)", "Bretagne\u00a0: 70,1\u00a0%, 1re sur 17", "Sans valeur nulle part\u00a0: aucune valeur n’est disponible."} {
		if !strings.Contains(c.Summary, want) {
			t.Errorf("summary = %q, want %q in it", c.Summary, want)
		}
	}
}

// amounts is a table of an amount, in proportion to the shares of another.
func amounts(of indicator.Table, id indicator.ID, unit float64) indicator.Table {
	t := of
	t.Indicator = indicator.ByID(id)
	scaled := func(r indicator.Row) indicator.Row {
		if r.Value.Shown() {
			r.Value = atlas.Count(math.Sqrt(r.Value.Number) * unit)
			r.Text, r.Phrase = t.Indicator.Format(r.Value, atlas.Edition{})
		}
		return r
	}
	t.Country, t.Rows = scaled(of.Country), nil
	for _, r := range of.Rows {
		t.Rows = append(t.Rows, scaled(r))
	}
	return t
}

func TestStripsRefuseToBeEmpty(t *testing.T) {
	if _, err := Strips("s", "", []StripGroup{{"Rien", nil}}, atlas.Territory{}); !errors.Is(err, ErrStrips) {
		t.Errorf("error = %v, want ErrStrips", err)
	}
}
