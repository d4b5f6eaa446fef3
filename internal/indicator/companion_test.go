package indicator

import (
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestEveryRatioOfTheRegionsHasACompanion(t *testing.T) {
	for i := range All {
		ind := &All[i]
		companion := ByID(ind.Companion)
		switch {
		case !ind.Ratio() || !ind.Has(atlas.RegionLevel):
			if ind.Companion != "" {
				t.Errorf("%s: companion = %q, want none: it is no ratio of the regions", ind.ID, ind.Companion)
			}
		case companion == nil || companion == ind || !companion.Ratio() || !companion.Has(atlas.RegionLevel):
			t.Errorf("%s: companion = %q, want another ratio of the regions", ind.ID, ind.Companion)
		}
	}
}
