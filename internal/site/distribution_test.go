package site

import (
	"slices"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestDistributionsCountEveryProjectOnce(t *testing.T) {
	r := indicator.Compute(fixtureEdition(2023))
	all := spread(r)
	for _, place := range append([]atlas.Territory{r.Gazetteer().Country()}, r.Gazetteer().Regions()...) {
		slice := r.Slice(place.ID, 2023)
		for i, d := range all[place.ID] {
			if sum(d.regional) != len(slice.Regional) || d.projects != len(slice.Regional) {
				t.Errorf("%s, %s: %d regional projects in %v, want %d", place.Name, measures[i].id, d.projects, d.regional, len(slice.Regional))
			}
			if want := all[atlas.France][i].bins; d.bins != want {
				t.Errorf("%s, %s: classes = %+v, want those of France %+v", place.Name, measures[i].id, d.bins, want)
			}
			if place.ID == atlas.France && sum(d.national) != len(slice.National) {
				t.Errorf("%s: %v national projects, want %d", measures[i].id, d.national, len(slice.National))
			}
		}
	}
	if len(all[atlas.France]) != len(measures) || all[atlas.France][0].projects == 0 {
		t.Errorf("distributions of France = %+v, want one for each measure, with projects", all[atlas.France])
	}
}

func TestMedianPartsValuesInTwoHalves(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{4}, 4}, {[]float64{9, 1, 5}, 5}, {[]float64{8, 1, 5, 2}, 3.5}} {
		before := slices.Clone(test.values)
		if got := median(test.values); got != test.want || !slices.Equal(before, test.values) {
			t.Errorf("median of %v = %v, want %v and the values left as they were", before, got, test.want)
		}
	}
}
