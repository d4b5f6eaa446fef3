package narrative

import (
	"regexp"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestRatesEndASentenceOnlyWhereThereIsOne(t *testing.T) {
	for _, c := range []struct{ growth, name, want string }{
		{"+42\u00a0%", "hausse", ", soit une hausse de 42\u00a0%"},
		{"+42\u00a0%", "soit", ", soit de 42\u00a0%"},
		{"\u221210\u00a0%", "baisse", ", soit une baisse de 10\u00a0%"},
		{"", "hausse", ""},
		{"", "soit", ""},
	} {
		if got := rates(c.growth)[c.name].text; got != c.want {
			t.Errorf("%q, %s: %q, want %q", c.growth, c.name, got, c.want)
		}
	}
}

var rate = regexp.MustCompile(`soit (?:de|une hausse de|une baisse de) (\d+\x{a0}%)`)

// The percentage of a sentence is that of the tile of the same page, or there is none.
func TestTheGrowthOfASummaryIsThatOfTheTiles(t *testing.T) {
	r, ind, said := demonstration(t, 2023), indicator.ByID(essms), 0
	for _, d := range r.Gazetteer().Departments() {
		before, now := r.Row(ind, d.ID, 2022), r.Row(ind, d.ID, 2023)
		want := ind.Growth(before.Value, now.Value, r.Edition(), r.Edition())
		got := ""
		if found := rate.FindStringSubmatch(Text(Department(r, d.ID.Code))); found != nil {
			got, said = "+"+found[1], said+1
		}
		if got != want && now.Value.Number > before.Value.Number {
			t.Errorf("%s: %q, want %q", d.Name, got, want)
		}
	}
	if said == 0 {
		t.Errorf("no summary of a department says a growth, of %s", atlas.DepartmentLevel)
	}
}
