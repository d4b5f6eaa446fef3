package indicator

import (
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestGrowthInPercentIsThatOfTheRawAndOfTheDisplayedValues(t *testing.T) {
	exact := atlas.Edition{}
	rounded := atlas.Edition{Rounding: map[string]atlas.Rounding{"essms_finances": {{Below: 100, Step: 5}, {Step: 10}}}}
	for _, c := range []struct {
		id          ID
		former, now atlas.Value
		e           atlas.Edition
		want        string
	}{
		{"essms_finances", atlas.Count(472), atlas.Count(709), exact, "+50\u00a0%"},
		{"essms_finances", atlas.Count(100), atlas.Count(97), exact, "\u22123\u00a0%"},
		{"essms_finances", atlas.Count(50), atlas.Count(150), exact, "+200\u00a0%"},
		{"essms_finances", atlas.Count(688), atlas.Count(977), rounded, "+42\u00a0%"},
		{"essms_finances", atlas.Count(67), atlas.Count(96), rounded, ""}, // 70 → 95 is +36 %, not +43 %
		{"essms_finances", atlas.Count(51), atlas.Count(71), rounded, ""}, // 50 → 70 is +40 %, not +39 %
		{"essms_finances", atlas.Count(62), atlas.Count(49), rounded, ""}, // 60 → 50 is −17 %, not −21 %
		{"essms_finances", atlas.Count(50), atlas.Count(70), rounded, "+40\u00a0%"},
		{"subvention_totale", atlas.Count(1_410_000), atlas.Count(1_460_000), exact, ""}, // 1,4 → 1,5 M€ is +7 %, not +4 %
		{"subvention_totale", atlas.Count(98_510_000), atlas.Count(161_290_000), exact, "+64\u00a0%"},
		{"essms_finances", atlas.Count(12), atlas.Count(18), exact, ""}, // a small base
		{"essms_finances", atlas.Count(1000), atlas.Count(1001), exact, ""},
		{"essms_finances", atlas.Count(0), atlas.Count(5), exact, ""},
		{"essms_finances", atlas.Value{}, atlas.Count(500), exact, ""},
		{"essms_finances", atlas.Count(500), atlas.Value{}, exact, ""},
		{"taux_couverture", atlas.Count(60), atlas.Count(90), exact, ""}, // a share grows by points
	} {
		if got := ByID(c.id).Growth(c.former, c.now, c.e, c.e); got != c.want {
			t.Errorf("%s, %v to %v: %q, want %q", c.id, c.former.Number, c.now.Number, got, c.want)
		}
	}
}
