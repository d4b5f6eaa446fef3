package carto

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func pageOf(id atlas.TerritoryID) string { return "regions/" + id.Code + "/" }

func draw(t *testing.T, a *Atlas, tab indicator.Table, o Options) Map {
	t.Helper()
	m, err := a.Draw(tab, o)
	if err != nil {
		t.Fatal(err)
	}
	checkDrawing(t, string(m.SVG))
	return m
}

// checkDrawing fails unless the SVG is well-formed, finite, and fit for the site's policy.
func checkDrawing(t *testing.T, svg string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(svg))
	ids := map[string]bool{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "script" || start.Name.Local == "style" {
			t.Errorf("element %s is barred", start.Name.Local)
		}
		for _, a := range start.Attr {
			if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("attribute %s is barred", a.Name.Local)
			}
			if a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("id %q stands twice", a.Value)
				}
				ids[a.Value] = true
			}
		}
	}
	if bad := regexp.MustCompile(`NaN|Inf|\de[+-]\d`).FindString(svg); bad != "" {
		t.Errorf("the drawing holds %q", bad)
	}
}

func TestDrawingsAreAsReviewed(t *testing.T) {
	a := load(t)
	for name, c := range map[string]struct {
		table   indicator.Table
		options Options
	}{
		"classes": {regionTable(share(), ratio(12.5), ratio(40), atlas.Value{}), Options{ID: "part", Description: "La part varie de 12,5\u00a0% à 40,0\u00a0%.", Href: pageOf, Classes: Classes{Limits: []float64{0.2}, Years: 2}}},
		"circles": {regionTable(number(), atlas.Count(0), atlas.Count(1200), atlas.Count(300)), Options{Highlight: atlas.RegionID("24")}},
	} {
		m := draw(t, a, c.table, c.options)
		got := strings.ReplaceAll(string(m.SVG), "><", ">\n<") + "\n\n" + m.Title + "\n" + m.Description + "\n" + m.Legend.Note + "\n"
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the drawing changed; review it with -update and git diff\ngot:\n%s", file, got)
		}
	}
}

func TestRegionsAreLinksInReadingOrderWithTheirValue(t *testing.T) {
	m := draw(t, load(t), regionTable(share(), ratio(12.5), ratio(40), ratio(12.5)), Options{Href: pageOf})
	var got []string
	for _, match := range regexp.MustCompile(`href="([^"]*)" aria-label="([^"]*)"`).FindAllStringSubmatch(string(m.SVG), -1) {
		got = append(got, match[1]+" "+match[2])
	}
	want := "regions/24/ Est\u00a0: 12,5\u00a0%, 2e ex æquo sur 3|regions/02/ Île\u00a0: 12,5\u00a0%, 2e ex æquo sur 3|regions/11/ Ouest\u00a0: 40,0\u00a0%, 1re sur 3"
	if strings.Join(got, "|") != want {
		t.Errorf("got links %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestNamesFromCellsAreTextAlways(t *testing.T) {
	hostile := `<script>alert(1)</script>" onload="x`
	tab := regionTable(share(), ratio(1), ratio(2), ratio(3))
	tab.Rows[1].Territory.Name, tab.Rows[1].Territory.Genitive = hostile, hostile
	tab.Rows[2].Text, tab.Rows[2].Phrase = hostile, hostile
	ind := share()
	ind.Title = hostile
	tab.Indicator = ind
	m := draw(t, load(t), tab, Options{ID: `a"><b`, Href: func(atlas.TerritoryID) string { return hostile }})
	if strings.Contains(string(m.SVG), "<script") || strings.Contains(string(m.SVG), `" onload=`) {
		t.Errorf("hostile name unescaped in %s", m.SVG)
	}
}

func TestMissingValuesAreHatchedNotZero(t *testing.T) {
	for _, status := range []atlas.Status{atlas.Missing, atlas.Secret, atlas.NotApplicable} {
		m := draw(t, load(t), regionTable(share(), ratio(12.5), atlas.Value{Status: status}, ratio(40)), Options{ID: "x"})
		if n := strings.Count(string(m.SVG), `fill="url(#x-nd)"`); n != 1 || !m.Legend.NoData {
			t.Errorf("status %s: got %d hatched areas, legend entry %v; want 1, true", status, n, m.Legend.NoData)
		}
	}
	m := draw(t, load(t), regionTable(share(), ratio(12.5), ratio(0), ratio(40)), Options{})
	if strings.Contains(string(m.SVG), "-nd") || m.Legend.NoData {
		t.Errorf("a zero is drawn as missing")
	}
}

func TestLegendCountsEveryRegionOnceHighestFirst(t *testing.T) {
	m := draw(t, load(t), regionTable(share(), ratio(12.5), ratio(40), ratio(13)), Options{Classes: Classes{Limits: []float64{0.13, 0.3}, Years: 1}})
	want := []LegendClass{
		{3, "c3of3", "#1a4876", "#1a4876", "", "30 ou plus", 1}, {2, "c2of3", "#43a9ac", "#43a9ac", "", "de 13 à moins de 30", 1},
		{1, "c1of3", "#d6e9b3", "#d6e9b3", "", "moins de 13", 1},
	}
	for i, w := range want {
		if len(m.Legend.Classes) != 3 || m.Legend.Classes[i] != w {
			t.Fatalf("got legend %+v, want %+v", m.Legend.Classes, want)
		}
	}
	if m.Legend.Unit != "%" {
		t.Errorf("got unit %q, want %%", m.Legend.Unit)
	}
}

// radii returns the radii of the circles of a drawing by code of region, legend apart.
func radii(t *testing.T, m Map) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for _, match := range regexp.MustCompile(`data-code="(\d+)"><circle class="map-circle" [^>]* r="([\d.]+)"`).FindAllStringSubmatch(string(m.SVG), -1) {
		r, err := strconv.ParseFloat(match[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		out[match[1]] = r
	}
	return out
}

func TestCircleAreasAreProportionalToValues(t *testing.T) {
	m := draw(t, load(t), regionTable(number(), atlas.Count(0), atlas.Count(1200), atlas.Count(300)), Options{Href: pageOf})
	got := radii(t, m)
	if len(got) != 2 || math.Abs(got["11"]/got["24"]-2) > 0.01 {
		t.Errorf("got radii %v, want one twice the other, and no circle for 0", got)
	}
	if !strings.Contains(m.Legend.Note, "valeur nulle\u00a0: Île.") {
		t.Errorf("got note %q, want it to name the region of value 0", m.Legend.Note)
	}
}

func TestCirclesCompareAcrossYears(t *testing.T) {
	now := regionTable(number(), atlas.Count(1), atlas.Count(1200), atlas.Count(300))
	before := regionTable(number(), atlas.Count(1), atlas.Count(300), atlas.Count(100))
	scale := ScaleRadius(before, now)
	a := load(t)
	one, other := radii(t, draw(t, a, now, Options{Href: pageOf, Scale: scale})), radii(t, draw(t, a, before, Options{Href: pageOf, Scale: scale}))
	if one["24"] != other["11"] {
		t.Errorf("300 has radius %v one year, %v another", one["24"], other["11"])
	}
}

func TestOverseasCirclesStayInTheirBox(t *testing.T) {
	a := load(t)
	m := draw(t, a, regionTable(number(), atlas.Count(5000), atlas.Count(10), atlas.Count(300)), Options{Href: pageOf})
	s := a.sheets[atlas.RegionLevel]
	island := s.shapes[0]
	r, f := radii(t, m)["02"], s.frame(*island.box)
	if r > boxRadius+0.01 || !f.holds(rect{island.centre[0] - r, island.centre[1] - r, 2 * r, 2 * r}) {
		t.Errorf("circle of radius %v at %v leaves its box %v", r, island.centre, f)
	}
}

func TestCirclesOfNothingAreNotDrawn(t *testing.T) {
	for name, v := range map[string]atlas.Value{"zero": atlas.Count(0), "negative": atlas.Count(-5), "missing": {}, "NaN": atlas.Count(math.NaN()), "infinite": atlas.Count(math.Inf(1))} {
		m := draw(t, load(t), regionTable(number(), v, v, v), Options{})
		if strings.Contains(string(m.SVG), "<circle") || m.Legend.Circles != "" {
			t.Errorf("%s: a circle is drawn", name)
		}
	}
}

func TestDrawSaysWhatItCannotDraw(t *testing.T) {
	a := load(t)
	stranger := table(share(), atlas.RegionLevel, row(atlas.RegionLevel, "99", "Ailleurs", ratio(1)))
	none := *share()
	none.Map = indicator.NoMap
	for name, c := range map[string]struct {
		table indicator.Table
		want  string
	}{
		"no boundary": {stranger, "pas de limites pour region:99"},
		"no map":      {regionTable(&none, ratio(1)), "pas de carte"},
		"country":     {table(share(), atlas.CountryLevel), "pas de carte au niveau pays"},
	} {
		if _, err := a.Draw(c.table, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want one that says %q", name, err, c.want)
		}
	}
}

func TestEveryRegionOfFranceShowsItsFigureAndNoneOverlaps(t *testing.T) {
	a := loadFrance(t)
	for _, tab := range []indicator.Table{franceTable(a, share(), atlas.RegionLevel, 1), franceTable(a, number(), atlas.RegionLevel, 1200)} {
		m := draw(t, a, tab, Options{Href: pageOf})
		var placed []rect
		for _, match := range regexp.MustCompile(`<text class="map-value[^"]*" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)" font-size="([\d.]+)"[^>]*>([^<]*)<`).FindAllStringSubmatch(string(m.SVG), -1) {
			x, _ := strconv.ParseFloat(match[1], 64)
			y, _ := strconv.ParseFloat(match[2], 64)
			size, _ := strconv.ParseFloat(match[4], 64)
			width := widthOf(match[5], size)
			if match[3] == "middle" {
				x -= width / 2
			}
			placed = append(placed, rect{x, y - 0.72*size, width, 0.72 * size})
		}
		if len(placed) != 18 {
			t.Errorf("%s: %d figures on the map, want 18", tab.Indicator.ID, len(placed))
		}
		for i, r := range placed {
			for _, other := range placed[:i] {
				if r.overlaps(other) {
					t.Errorf("%s: figures overlap at %v and %v", tab.Indicator.ID, r, other)
				}
			}
		}
	}
}

func TestAFigureTooWideStandsBesideWithALeader(t *testing.T) {
	tab := regionTable(share(), ratio(1), ratio(2), ratio(3))
	tab.Rows[1].Text = "une valeur bien trop longue"
	m := draw(t, load(t), tab, Options{})
	if strings.Count(string(m.SVG), "map-leader") != 1 {
		t.Errorf("no leader to the wide figure in %s", m.SVG)
	}
}

func TestTwoMapsOfAPageShareNoId(t *testing.T) {
	a := load(t)
	tab := regionTable(share(), ratio(1), atlas.Value{}, ratio(3))
	one := draw(t, a, tab, Options{ID: "a", Highlight: atlas.RegionID("24")})
	other := draw(t, a, tab, Options{ID: "b", Highlight: atlas.RegionID("24")})
	checkDrawing(t, "<div>"+string(one.SVG)+string(other.SVG)+"</div>")
}

func TestLocatorIsDecorativeAndMarksOneRegion(t *testing.T) {
	a := load(t)
	svg := string(a.Locator("24"))
	checkDrawing(t, svg)
	if !strings.Contains(svg, `aria-hidden="true"`) || strings.Count(svg, "map-here") != 1 || strings.Contains(svg, "id=") {
		t.Errorf("got %s, want it hidden, one region marked, no id", svg)
	}
	if strings.Contains(string(a.Locator("99")), "map-here") {
		t.Error("an unknown region is marked")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		loadFrance(b)
	}
}

func BenchmarkDrawRegions(b *testing.B) {
	a := loadFrance(b)
	tab := franceTable(a, share(), atlas.RegionLevel, 1)
	for b.Loop() {
		if _, err := a.Draw(tab, Options{Href: pageOf}); err != nil {
			b.Fatal(err)
		}
	}
}
