package site

import (
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

// Payments go on after the decision: the projects decided by the end of 2022, as they stand at the end of 2023, say
// nothing of what was paid in 2022.
func TestYearsOfPaymentsAreNotShownAsATrend(t *testing.T) {
	ds := fixtureEdition(2023)
	for i, p := range ds.Projects {
		p.Paid = atlas.Known(p.Subsidy / float64(i+2))
	}
	files := compose(t, fixture(t, ds))
	const note = "Chaque année\u00a0: les projets décidés jusque-là, dans leur état au 31\u00a0décembre 2023, et non celui qu’ils avaient alors."
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&#39;", "’").Replace
	years := plain(files["2023/indicateurs/taux_versement/annees/index.html"])
	if n := strings.Count(years, plain(note)); n < 2 {
		t.Errorf("the page of the payments by year says %d times what a year stands for, want under its growth and under its maps", n)
	}
	for _, wrong := range []string{"on passe de", "Cumul depuis le début"} {
		if strings.Contains(years, wrong) {
			t.Errorf("the page of the payments by year says %q", wrong)
		}
	}
	page := files["2023/indicateurs/taux_versement/index.html"]
	if page == "" || strings.Contains(page, "Valeur précédente") {
		t.Error("the page of the payments gives a former value, or is not there")
	}
	if !strings.Contains(files["2023/indicateurs/subvention_regionale/index.html"], "Valeur précédente") {
		t.Error("the page of the subsidies gives no former value")
	}
	if !strings.Contains(plain(files["2023/explorer/taux_versement.json"]), plain(note)) {
		t.Error("the explorer does not say what a year of the payments stands for")
	}
}
