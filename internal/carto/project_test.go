package carto

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func TestProjectionAgreesWithReferencePoints(t *testing.T) {
	for _, c := range []struct {
		zone      zone
		degrees   orb.Point
		want      orb.Point
		tolerance float64 // metres
	}{
		{metropole, orb.Point{2.3522, 48.8566}, orb.Point{652469.0227, 6862035.2594}, 0.001},
		{metropole, orb.Point{9.4, 42}, orb.Point{1230763.4115, 6121459.7803}, 0.001},
		{guadeloupe, orb.Point{-61.55, 16.25}, orb.Point{654957.4536, 1797138.0712}, 0.3},
		{guyane, orb.Point{-52.3, 4.9}, orb.Point{355855.4384, 541750.1636}, 0.3},
		{reunion, orb.Point{55.5, -21.1}, orb.Point{344197.5754, 7666050.7110}, 0.3},
		{mayotte, orb.Point{45.15, -12.8}, orb.Point{516279.1478, 8584976.6344}, 0.3},
	} {
		got := c.zone.projection()(c.degrees)
		if math.Hypot(got[0]-c.want[0], got[1]-c.want[1]) > c.tolerance {
			t.Errorf("zone %q: %v projects to %.4f, want %.4f", c.zone, c.degrees, got, c.want)
		}
	}
}
