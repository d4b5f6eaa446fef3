package indicator

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

var badTypography = regexp.MustCompile(`[\pL\d»)] [:;!?»%€](\s|$)|« |\pL'\pL|NaN|Inf\b|%!|  `)

// Whatever a sheet « Chiffres publiés » holds, each figure has its verdict, in its order, and
// every sentence is French.
func TestReconcileJudgesAnySheet(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	places := []atlas.TerritoryID{atlas.France, ara, guadlp, corse, ain, rhone, atlas.RegionID("99")}
	precisions := []atlas.Precision{atlas.Exact, atlas.Rounded, atlas.About, atlas.MoreThan, atlas.JustUnder}
	values := []float64{0, 1, 2, 3, 5, 6, 0.33, 0.5, 0.61, 1, 50, 600, 3_600_000, 17_000, -4, 1e15}
	for range 60 {
		b := programme()
		for range 1 + rng.IntN(40) {
			id := string(All[rng.IntN(len(All))].ID)
			if rng.IntN(20) == 0 {
				id = "inconnu"
			}
			b.ds.Published = append(b.ds.Published, atlas.PublishedFigure{
				Indicator: id, Territory: places[rng.IntN(len(places))], Year: []int{0, 0, 2021, 2022, 2023, 2030}[rng.IntN(6)],
				Phase: phases[[]int{0, 0, 0, 1, 2}[rng.IntN(5)]], Value: values[rng.IntN(len(values))], Precision: precisions[rng.IntN(len(precisions))],
				Step: []float64{0, 0.01, 1, 10, 1000}[rng.IntN(5)], Source: fmt.Sprint("source ", rng.IntN(3)),
			})
		}
		verdicts := Reconcile(b.results())
		for i, p := range b.ds.Published {
			if v := verdicts[i]; v.Subject != Figure || v.Published != p || v.Message == "" {
				t.Fatalf("verdict %d is about %+v, want %+v", i, v.Published, p)
			}
		}
		for _, v := range verdicts {
			for _, text := range slices.Concat(v.Causes, []string{v.Message, v.PublishedText, v.ComputedText, v.DifferenceText, v.RelativeText}) {
				if bad := badTypography.FindString(text); bad != "" || strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "n.d.") {
					t.Errorf("%s %s %v: %q at %q", v.Published.Indicator, v.Published.Precision, v.Published.Value, text, bad)
				}
			}
			if v.Agreement == Agrees && v.Subject == Figure && !allows(v.Published, v.Computed.Number) {
				t.Errorf("%+v agrees with %v", v.Published, v.Computed.Number)
			}
		}
	}
}
