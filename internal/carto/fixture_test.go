package carto

import (
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// Two invented regions, Ouest (11) and Est (24), that share a crooked border; a third
// overseas (02). Their departments have the codes 75, 45 and 972.
const (
	west  = `[[[0,46],[2,46],[2.1,46.4],[1.9,46.8],[2,47],[2,48],[0,48],[0,46]]]`
	east  = `[[[2,48],[2,47],[1.9,46.8],[2.1,46.4],[2,46],[4,46],[4,48],[2,48]]]`
	isle  = `[[[-61.2,14.4],[-60.8,14.4],[-60.8,14.9],[-61.2,14.9],[-61.2,14.4]]]`
	islet = `[[[-60.7,14.4],[-60.6,14.4],[-60.6,14.5],[-60.7,14.4]]]`
)

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func polygon(code, coordinates string) string {
	return `{"type":"Feature","properties":{"code":` + code + `,"autre":1},"geometry":{"type":"Polygon","coordinates":` + coordinates + `}}`
}

func multiPolygon(code string, polygons ...string) string {
	return `{"type":"Feature","properties":{"code":` + code + `},"geometry":{"type":"MultiPolygon","coordinates":[` + strings.Join(polygons, ",") + `]}}`
}

// smallCountry is a directory of territories with the two invented regions and the island.
func smallCountry() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"regions.csv":          file("code,nom\n02,Île\n11,Ouest\n24,Est\n"),
		"departements.csv":     file("code,nom,region\n45,Levant,24\n75,Ponant,11\n972,Île,02\n"),
		"regions.geojson":      file(collection(polygon(`"11"`, west), polygon(`24`, east), multiPolygon(`2`, isle, islet))),
		"departements.geojson": file(collection(polygon(`"75"`, west), polygon(`45`, east), multiPolygon(`972`, isle, islet))),
	}
}

func load(t testing.TB) *Atlas {
	t.Helper()
	a, err := Load(smallCountry())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// loadFrance loads the boundaries that the project publishes.
func loadFrance(t testing.TB) *Atlas {
	t.Helper()
	a, err := Load(os.DirFS("../../data/territoires"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// share is an invented ratio and number an invented count.
func share() *indicator.Indicator {
	ind := *indicator.ByID("part_handicap_essms")
	ind.Title, ind.Display = "Part inventée", indicator.Display{Scale: 0.01, Decimals: 1, Suffix: "%"}
	return &ind
}

func number() *indicator.Indicator {
	ind := *indicator.ByID("essms_finances")
	ind.Title, ind.Display = "Nombre inventé", indicator.Display{Scale: 1, Singular: "chose", Plural: "choses"}
	return &ind
}

// table makes a table of territories in the order of their codes, ranked as the real ones.
func table(ind *indicator.Indicator, level atlas.Level, rows ...indicator.Row) indicator.Table {
	t := indicator.Table{Indicator: ind, Level: level, Year: 2023, Rows: rows,
		Edition: atlas.Edition{Year: 2023, DataState: time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)}}
	for i := range t.Rows {
		r := &t.Rows[i]
		r.Text, r.Phrase = ind.Format(r.Value, t.Edition)
		if !r.Value.Shown() {
			continue
		}
		t.Ranked++
		r.Rank = 1
		for _, other := range t.Rows {
			if other.Value.Shown() && other.Value.Number > r.Value.Number {
				r.Rank++
			}
		}
	}
	return t
}

func row(level atlas.Level, code, name string, v atlas.Value) indicator.Row {
	return indicator.Row{Value: v, Territory: atlas.Territory{ID: atlas.TerritoryID{Level: level, Code: code},
		Name: name, Genitive: "de " + name, Region: code}}
}

func regionTable(ind *indicator.Indicator, values ...atlas.Value) indicator.Table {
	names := [...][2]string{{"02", "Île"}, {"11", "Ouest"}, {"24", "Est"}}
	var rows []indicator.Row
	for i, v := range values {
		rows = append(rows, row(atlas.RegionLevel, names[i][0], names[i][1], v))
	}
	return table(ind, atlas.RegionLevel, rows...)
}

// franceTable gives every shape of a level an invented value, the same at every run.
func franceTable(a *Atlas, ind *indicator.Indicator, level atlas.Level, scale float64) indicator.Table {
	var rows []indicator.Row
	for i, s := range a.sheets[level].shapes {
		x := math.Abs(math.Sin(float64(i+1) * 7.31))
		r := row(level, s.code, "Nom"+s.code, atlas.Count(math.Round(x*scale*1000)/1000))
		r.Territory.Region = s.region
		rows = append(rows, r)
	}
	return table(ind, level, rows...)
}
