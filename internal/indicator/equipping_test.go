package indicator

import (
	"fmt"
	"slices"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestEquippingCountsTheESSMSHereOfEveryProject(t *testing.T) {
	b := newBuilder()
	p1 := b.project("P1", "84", 2022, 1)
	b.link(p1, "010000001", "01", atlas.Elderly, atlas.Public)
	b.link(p1, "690000001", "69", atlas.Elderly, atlas.Public)
	national := b.project("N1", "N:01;84", 2022, 1)
	b.link(national, "010000001", "01", atlas.Elderly, atlas.Public)
	b.link(national, "010000002", "01", atlas.Elderly, atlas.Public)
	later := b.project("P0", "84", 2023, 1)
	b.link(later, "010000001", "01", atlas.Elderly, atlas.Public)
	b.sons(p1, "010000003", "01")
	r := b.results()
	for _, c := range []struct {
		territory atlas.TerritoryID
		year      int
		want      []string
	}{
		{ain, 2022, []string{"N1 2", "P1 1"}},
		{ain, 2023, []string{"N1 2", "P0 1", "P1 1"}},
		{rhone, 2023, []string{"P1 1"}},
		{corse, 2023, nil},
		{atlas.France, 2023, []string{"N1 2", "P1 2", "P0 1"}},
	} {
		var got []string
		for _, e := range r.Slice(c.territory, c.year).Equipping() {
			got = append(got, fmt.Sprintf("%s %d", e.Project.Number, e.Here))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %d: got %v, want %v", c.territory, c.year, got, c.want)
		}
	}
}
