package carto

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// frenchDepartments is a table of all the departments of the real territories; a few have no value.
func frenchDepartments(t *testing.T, fsys string) indicator.Table {
	t.Helper()
	regions, err := readCodes(os.DirFS(fsys), "departements.csv")
	if err != nil {
		t.Fatal(err)
	}
	table := indicator.Table{Indicator: indicator.ByID("essms_pour_100000_habitants"), Level: atlas.DepartmentLevel, Year: 2023}
	for code, region := range regions {
		row := indicator.Row{Territory: atlas.Territory{ID: atlas.DepartmentID(code), Name: "D" + code, Region: region, Genitive: "de D" + code}, Text: "n.d.", Phrase: "non disponible"}
		if code != "48" {
			row.Value, row.Text, row.Phrase = atlas.Count(float64(len(table.Rows))), strconv.Itoa(len(table.Rows)), strconv.Itoa(len(table.Rows))
			row.Rank = 1
			table.Ranked++
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

var codeText = regexp.MustCompile(`<text class="map-value map-code[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>`)

func TestMapOfARegionMarksItsDepartmentsAndNoOther(t *testing.T) {
	fsys := filepath.Join("..", "..", "data", "territoires")
	a, err := Load(os.DirFS(fsys))
	if err != nil {
		t.Fatal(err)
	}
	table := frenchDepartments(t, fsys)
	of := map[string]map[string]bool{}
	for _, r := range table.Rows {
		if of[r.Territory.Region] == nil {
			of[r.Territory.Region] = map[string]bool{}
		}
		of[r.Territory.Region][r.Territory.ID.Code] = true
	}
	for region, departments := range of {
		m, err := a.DrawRegion(table, region, Options{})
		if err != nil {
			t.Fatal(err)
		}
		codes := codeText.FindAllStringSubmatch(string(m.SVG), -1)
		if len(codes) != len(departments) {
			t.Errorf("region %s: %d codes, want %d", region, len(codes), len(departments))
		}
		for _, c := range codes {
			x, _ := strconv.ParseFloat(c[1], 64)
			y, _ := strconv.ParseFloat(c[2], 64)
			if !departments[c[3]] || x < 8 || x > regionWidth-8 || y < 8 || y > regionHeight {
				t.Errorf("region %s: code %s at %v, %v, want one of its departments inside the map", region, c[3], x, y)
			}
		}
		if got := strings.Contains(string(m.SVG), `fill="url(#carte-nd)"`); got != departments["48"] || m.Legend.NoData != departments["48"] {
			t.Errorf("region %s: hatched = %v, legend = %v, want %v", region, got, m.Legend.NoData, departments["48"])
		}
	}
	if again, err := a.DrawRegion(table, "84", Options{}); err != nil {
		t.Error(err)
	} else if first, _ := a.DrawRegion(table, "84", Options{}); first.SVG != again.SVG {
		t.Error("two drawings of a region differ")
	}
	for name, test := range map[string]struct {
		level  atlas.Level
		region string
	}{"unknown region": {atlas.DepartmentLevel, "99"}, "other level": {atlas.RegionLevel, "84"}} {
		wrong := table
		wrong.Level = test.level
		if _, err := a.DrawRegion(wrong, test.region, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
