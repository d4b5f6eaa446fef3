package indicator

import (
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestGrowthIsComputedOnRawValuesAndSigned(t *testing.T) {
	for _, c := range []struct {
		former, now atlas.Value
		want        string
	}{
		{atlas.Count(472), atlas.Count(709), "+50\u00a0%"}, {atlas.Count(100), atlas.Count(97), "\u22123\u00a0%"},
		{atlas.Count(1000), atlas.Count(1001), "0\u00a0%"}, {atlas.Count(1000), atlas.Count(999), "0\u00a0%"},
		{atlas.Count(0), atlas.Count(5), ""}, {atlas.Value{}, atlas.Count(5), ""}, {atlas.Count(5), atlas.Value{}, ""},
	} {
		if got := Growth(c.former, c.now); got != c.want {
			t.Errorf("%v to %v: %q, want %q", c.former.Number, c.now.Number, got, c.want)
		}
	}
}
