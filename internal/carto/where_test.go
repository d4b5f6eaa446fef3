package carto

import (
	"strings"
	"testing"
)

func TestWhereMarksTheDepartmentsItIsGiven(t *testing.T) {
	a := load(t)
	for name, test := range map[string]struct {
		region  string
		counts  map[string]int
		want    []string
		without []string
	}{
		"a region":             {"11", map[string]int{"75": 12, "45": 3}, []string{`role="img"`, `aria-label="Où &lt;là&gt;"`, ">12</text>"}, []string{">3</text>", "<circle"}},
		"France":               {"", map[string]int{"75": 12, "972": 3}, []string{"map-where-france", "<circle"}, []string{"<text"}},
		"nothing in the place": {"24", map[string]int{"75": 12}, nil, []string{"<svg"}},
		"nothing anywhere":     {"", nil, nil, []string{"<svg"}},
		"an unknown region":    {"99", map[string]int{"75": 1}, nil, []string{"<svg"}},
	} {
		got := string(a.Where(test.region, test.counts, "Où <là>"))
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in %.300s", name, want, got)
			}
		}
		for _, unwanted := range append(test.without, "style", "id=") {
			if strings.Contains(got, unwanted) {
				t.Errorf("%s: %q is in %.300s", name, unwanted, got)
			}
		}
	}
}

func TestWhereDrawsOneCirclePerDepartmentLargestFirst(t *testing.T) {
	got := string(load(t).Where("", map[string]int{"75": 2, "45": 50}, "x"))
	if n := strings.Count(got, "<circle"); n != 2 {
		t.Fatalf("%d circles, want 2", n)
	}
	if big, small := strings.Index(got, `r="5.5"`), strings.Index(got, `r="1.1"`); big < 0 || small < big {
		t.Errorf("the circle of 50 is not drawn first, of radius 5.5, that of 2 after it, of radius 1.1:\n%s", got)
	}
}

func TestWhereOfFranceIsLight(t *testing.T) {
	a := loadFrance(t)
	for region, most := range map[string]int{"": 16_000, "76": 9_000, "53": 9_000, "01": 9_000} {
		counts := map[string]int{}
		for _, s := range a.whereSheet(region).shapes {
			counts[s.code] = 5
		}
		n := len(a.Where(region, counts, "x"))
		if n > most {
			t.Errorf("region %q: %d bytes, want at most %d", region, n, most)
		}
	}
}
