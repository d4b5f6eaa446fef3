package carto

import (
	"strings"
	"testing"
)

func TestLocatorDepartmentMarksOneAmongThoseOfItsRegion(t *testing.T) {
	a := loadFrance(t)
	svg := string(a.LocatorDepartment("53", "29"))
	if n := strings.Count(svg, `class="map-here"`); n != 1 {
		t.Errorf("%d departments are marked, want 1", n)
	}
	if n := strings.Count(svg, `class="ground"`); n != 3 {
		t.Errorf("%d others are drawn, want 3", n)
	}
	if !strings.Contains(svg, `aria-hidden="true"`) || strings.Contains(svg, "<text") || strings.Contains(svg, " id=") {
		t.Error("the locator is not purely decorative")
	}
	for _, region := range []string{"06", "99"} {
		if a.LocatorDepartment(region, "976") != "" {
			t.Errorf("region %s has a locator of departments", region)
		}
	}
}
