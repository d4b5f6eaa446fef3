package download

import (
	"bytes"
	"strconv"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// Boundary is the true outline of a territory: longitudes and latitudes in degrees (WGS 84),
// rings closed, the first of each polygon its outline and the others its holes.
type Boundary struct {
	Code     string
	Polygons orb.MultiPolygon
}

// GeoJSON writes the boundaries of a level with the values of the edition, as RFC 7946 says:
// outlines counterclockwise, holes clockwise. The properties of a territory are niveau, code,
// nom, edition, annee, then a raw value for each indicator that exists at that level, by its
// name; null where there is none, which the CSV explains. A territory without boundary is left
// out; one line for each of the others.
func GeoJSON(r *indicator.Results, level atlas.Level, boundaries []Boundary) []byte {
	byCode := map[string]orb.MultiPolygon{}
	for _, b := range boundaries {
		byCode[b.Code] = b.Polygons
	}
	var b bytes.Buffer
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	separator := "\n"
	for _, t := range r.Gazetteer().At(level) {
		polygons, ok := byCode[t.ID.Code]
		if !ok {
			continue
		}
		b.WriteString(separator + `{"type":"Feature","id":`)
		b.Write(quoted(t.ID.String()))
		b.WriteString(`,"properties":{`)
		writeProperties(&b, r, t)
		b.WriteString(`},"geometry":{"type":"MultiPolygon","coordinates":`)
		writePolygons(&b, polygons)
		b.WriteString("}}")
		separator = ",\n"
	}
	b.WriteString("\n]}\n")
	return b.Bytes()
}

func writeProperties(b *bytes.Buffer, r *indicator.Results, t atlas.Territory) {
	property := func(name string, c Cell) {
		b.Write(quoted(name))
		b.WriteByte(':')
		b.Write(c.json())
	}
	property("niveau", text(t.ID.Level.String()))
	for _, p := range []struct {
		name string
		cell Cell
	}{{"code", text(t.ID.Code)}, {"nom", text(t.Name)}, {"edition", integer(r.Edition().Year)}, {"annee", integer(r.LastYear())}} {
		b.WriteByte(',')
		property(p.name, p.cell)
	}
	for i := range indicator.All {
		if ind := &indicator.All[i]; ind.Has(t.ID.Level) {
			b.WriteByte(',')
			property(string(ind.ID), shown(r.Value(ind.ID, t.ID, r.LastYear())))
		}
	}
}

// shown is the raw number of a value, empty where it has none.
func shown(v atlas.Value) Cell {
	if !v.Shown() {
		return Cell{}
	}
	return number(v.Number)
}

func writePolygons(b *bytes.Buffer, polygons orb.MultiPolygon) {
	b.WriteByte('[')
	for i, polygon := range polygons {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('[')
		for j, ring := range polygon {
			if j > 0 {
				b.WriteByte(',')
			}
			way := orb.CW
			if j == 0 {
				way = orb.CCW
			}
			writeRing(b, wound(ring, way))
		}
		b.WriteByte(']')
	}
	b.WriteByte(']')
}

// wound turns a ring the way that RFC 7946 asks, without changing the one given.
func wound(ring orb.Ring, way orb.Orientation) orb.Ring {
	if ring.Orientation() == way {
		return ring
	}
	turned := ring.Clone()
	turned.Reverse()
	return turned
}

func writeRing(b *bytes.Buffer, ring orb.Ring) {
	b.WriteByte('[')
	for i, p := range ring {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('[')
		b.Write(strconv.AppendFloat(nil, p[0], 'f', -1, 64))
		b.WriteByte(',')
		b.Write(strconv.AppendFloat(nil, p[1], 'f', -1, 64))
		b.WriteByte(']')
	}
	b.WriteByte(']')
}
