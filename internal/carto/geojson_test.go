package carto

import (
	"strings"
	"testing"
)

func TestDecodeReadsWhatPublishersWrite(t *testing.T) {
	for name, c := range map[string]struct {
		data  string
		codes string
		rings int
	}{
		"text code":            {collection(polygon(`"2a"`, west)), "2A", 1},
		"number without zero":  {collection(polygon(`1`, west)), "01", 1},
		"number as a float":    {collection(polygon(`84.0`, west)), "84", 1},
		"multipolygon":         {collection(multiPolygon(`"02"`, isle, islet)), "02", 2},
		"altitudes":            {collection(polygon(`"11"`, `[[[0,46,12],[2,46,12],[2,48,12],[0,46,12]]]`)), "11", 1},
		"ring left open":       {collection(polygon(`"11"`, `[[[0,46],[2,46],[2,48]]]`)), "11", 1},
		"byte order mark":      {"\ufeff" + collection(polygon(`"11"`, west)), "11", 1},
		"foreign members, crs": {`{"type":"FeatureCollection","crs":{"type":"name"},"features":[` + polygon(`"11"`, west) + `]}`, "11", 1},
	} {
		features, err := decodeFeatures([]byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		rings := 0
		for _, p := range features[0].polygons {
			for _, r := range p {
				rings++
				if r[0] != r[len(r)-1] {
					t.Errorf("%s: ring not closed: %v", name, r)
				}
			}
		}
		if features[0].code != c.codes || rings != c.rings {
			t.Errorf("%s: got code %q and %d rings, want %q and %d", name, features[0].code, rings, c.codes, c.rings)
		}
	}
}

func TestDecodeRefusesWhatCannotBeDrawn(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"not JSON":        {`<svg/>`, "lisible"},
		"a lone geometry": {`{"type":"Polygon","coordinates":` + west + `}`, "« Polygon » au lieu de « FeatureCollection »"},
		"no code":         {collection(`{"type":"Feature","properties":{"insee":"11"},"geometry":null}`), "objet n° 1 : propriété « code » absente"},
		"null properties": {collection(`{"type":"Feature","properties":null}`), "propriété « code » absente"},
		"empty code":      {collection(polygon(`" "`, west)), "vide"},
		"fraction code":   {collection(polygon(`1.5`, west)), "propriété « code »"},
		"null geometry":   {collection(`{"type":"Feature","properties":{"code":"11"},"geometry":null}`), "code 11 : sans géométrie"},
		"a point":         {collection(`{"properties":{"code":"11"},"geometry":{"type":"Point","coordinates":[1,2]}}`), "« Point » au lieu de Polygon"},
		"Lambert metres":  {collection(polygon(`"11"`, `[[[652469,6862035],[652470,6862035],[652470,6862036],[652469,6862035]]]`)), "WGS 84"},
		"too few points":  {collection(polygon(`"11"`, `[[[0,46],[2,46],[0,46]]]`)), "moins de trois points"},
		"no latitude":     {collection(polygon(`"11"`, `[[[0],[2,46],[2,48],[0]]]`)), "position"},
		"no ring":         {collection(polygon(`"11"`, `[]`)), "sans contour"},
		"no polygon":      {collection(multiPolygon(`"11"`)), "géométrie vide"},
		"text as numbers": {collection(polygon(`"11"`, `[[["0","46"]]]`)), "coordonnées illisibles"},
	} {
		_, err := decodeFeatures([]byte(c.data))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want one that says %q", name, err, c.want)
		}
	}
}

func TestLoadNamesTheFileAndTheCodesAtFault(t *testing.T) {
	for name, c := range map[string]struct {
		file, data string
		want       []string
	}{
		"missing region":     {"regions.geojson", collection(polygon(`"11"`, west), polygon(`"02"`, isle)), []string{"regions.geojson", "codes absents : 24"}},
		"unknown, in double": {"departements.geojson", collection(polygon(`"75"`, west), polygon(`"75"`, west), polygon(`"45"`, east), polygon(`"975"`, isle), polygon(`972`, isle)), []string{"departements.geojson", "codes inconnus : 975", "codes en double : 75"}},
		"unreadable":         {"regions.geojson", "{", []string{"regions.geojson"}},
		"table without code": {"departements.csv", "id,nom\n75,x\n", []string{"departements.csv", "« code »"}},
	} {
		fsys := smallCountry()
		fsys[c.file].Data = []byte(c.data)
		_, err := Load(fsys)
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got error %v, want one that says %q", name, err, want)
			}
		}
	}
	fsys := smallCountry()
	delete(fsys, "regions.geojson")
	if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), "regions.geojson") {
		t.Errorf("absent file: got error %v, want one that names it", err)
	}
}

func FuzzLoadDrawsWhateverItAccepts(f *testing.F) {
	f.Add([]byte(collection(polygon(`"11"`, west), polygon(`24`, east), multiPolygon(`2`, isle, islet))))
	f.Add([]byte(collection(polygon(`"11"`, `[[[0,46],[0,46],[0,46],[0,46]]]`), polygon(`24`, east), polygon(`2`, isle))))
	f.Add([]byte(collection(polygon(`"11"`, `[[[0,90],[180,-90],[-180,0],[0,90]]]`), polygon(`24`, east), polygon(`2`, `[[[0,0],[1e-9,0],[0,1e-9]]]`))))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := smallCountry()
		fsys["regions.geojson"].Data = data
		a, err := Load(fsys)
		if err != nil {
			return
		}
		m, err := a.Draw(regionTable(share(), ratio(10), ratio(20), ratio(30)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkDrawing(t, string(m.SVG))
	})
}
