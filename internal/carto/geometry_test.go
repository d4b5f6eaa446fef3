package carto

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

func TestGeometryHasEveryRingOfTheDrawingOnce(t *testing.T) {
	a := loadFrance(t)
	for level, want := range map[atlas.Level]int{atlas.RegionLevel: 5, atlas.DepartmentLevel: 6} {
		g, ok := a.Geometry(level)
		if !ok || len(g.Areas) != len(a.sheets[level].shapes) {
			t.Fatalf("%s: %d areas, want %d", level, len(g.Areas), len(a.sheets[level].shapes))
		}
		if len(g.Frames) != want {
			t.Errorf("%s: %d boxes, want %d", level, len(g.Frames), want)
		}
		for i, s := range a.sheets[level].shapes {
			rings := 0
			for _, p := range g.Areas[i].Polygons {
				rings += strings.Count(p, "m")
			}
			if g.Areas[i].Code != s.code || rings != len(s.rings) {
				t.Errorf("%s %s: %d rings, want %d of %s", level, g.Areas[i].Code, rings, len(s.rings), s.code)
			}
		}
		if (g.Borders != "") != (level == atlas.DepartmentLevel) {
			t.Errorf("%s: borders %.20q, want some on departments only", level, g.Borders)
		}
	}
	if _, ok := a.Geometry(atlas.CountryLevel); ok {
		t.Error("France has a sheet of its own, want none")
	}
}

func TestHolesGoWithTheirPolygon(t *testing.T) {
	square := func(x, y, side int) []vertex {
		return []vertex{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}
	}
	for name, test := range map[string]struct {
		rings [][]vertex
		want  []int // rings of each polygon
	}{
		"alone":            {[][]vertex{square(0, 0, 100)}, []int{1}},
		"two islands":      {[][]vertex{square(0, 0, 100), square(200, 0, 50)}, []int{1, 1}},
		"enclave":          {[][]vertex{square(0, 0, 100), square(20, 20, 30)}, []int{2}},
		"enclave first":    {[][]vertex{square(20, 20, 30), square(0, 0, 100)}, []int{2}},
		"isle in a lake":   {[][]vertex{square(0, 0, 100), square(20, 20, 60), square(40, 40, 20)}, []int{2, 1}},
		"touching outside": {[][]vertex{square(0, 0, 100), square(100, 0, 50)}, []int{1, 1}},
	} {
		var got []int
		for _, p := range polygonPaths(test.rings) {
			got = append(got, strings.Count(p, "m"))
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: rings of polygons = %v, want %v", name, got, test.want)
		}
	}
}

func TestDesignSaysWhatTheDrawingShows(t *testing.T) {
	a := loadFrance(t)
	for _, level := range []atlas.Level{atlas.RegionLevel, atlas.DepartmentLevel} {
		shares, counts := franceTable(a, share(), level, 1), franceTable(a, number(), level, 900)
		shares.Rows[3].Value = atlas.Value{}
		shares = table(shares.Indicator, level, shares.Rows...)

		drawn := draw(t, a, shares, Options{})
		d, err := a.Design(shares, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range shares.Rows {
			class := "nd"
			if d.Class[i] > 0 {
				class = fmt.Sprintf("c%dof%d", d.Class[i], len(d.Classes))
			}
			if want := fmt.Sprintf(`class="map-area %s" data-code="%s"`, class, r.Territory.ID.Code); !strings.Contains(string(drawn.SVG), want) {
				t.Errorf("%s: the drawing has no %s", level, want)
			}
		}
		if fmt.Sprint(len(d.Classes), d.Note, d.Description, d.NoData) != fmt.Sprint(len(drawn.Legend.Classes), drawn.Legend.Note, drawn.Description, drawn.Legend.NoData) {
			t.Errorf("%s: legend or words = %d %q %q, want those of the drawing", level, len(d.Classes), d.Note, d.Description)
		}

		drawn = draw(t, a, counts, Options{Scale: ScaleRadius(counts)})
		if d, err = a.Design(counts, Options{Scale: ScaleRadius(counts)}); err != nil {
			t.Fatal(err)
		}
		circles := regexp.MustCompile(`class="map-circle" cx="[^"]*" cy="[^"]*" r="([^"]*)"`).FindAllStringSubmatch(string(drawn.SVG), -1)
		drawnRadii, told := map[string]int{}, map[string]int{}
		for _, c := range circles {
			drawnRadii[c[1]]++
		}
		for _, r := range d.Radius {
			if r > 0 {
				told[fine(r)]++
			}
		}
		if fmt.Sprint(told) != fmt.Sprint(drawnRadii) {
			t.Errorf("%s: radii = %v, want %v", level, told, drawnRadii)
		}
		if len(d.Nested) != strings.Count(string(drawn.SVG), "map-circle-legend") {
			t.Errorf("%s: %d circles in the legend, want those of the drawing", level, len(d.Nested))
		}
	}
	if _, err := a.Design(indicator.Table{Indicator: share()}, Options{}); err == nil {
		t.Error("a design without map gives no error")
	}
}
