package carto

import (
	"github.com/paulmach/orb"
	"github.com/wroge/wgs84"
)

// zone is the part of the country that one projection serves.
type zone string

// The zones: Lambert-93 serves the metropole, Corse included (EPSG:2154); UTM on RGF93's overseas
// equivalents serves the rest (EPSG:5490, 2972, 2975, 4471).
const (
	metropole  zone = ""
	guadeloupe zone = "01"
	martinique zone = "02"
	guyane     zone = "03"
	reunion    zone = "04"
	mayotte    zone = "06"
)

// zoneOf returns the zone of a region.
func zoneOf(region string) zone {
	switch z := zone(region); z {
	case guadeloupe, martinique, guyane, reunion, mayotte:
		return z
	}
	return metropole
}

// projection returns the function from degrees to metres of a zone, the same for the same point
// to the last bit. Lambert-93 is true to 0.1 mm, UTM to 0.3 m.
func (z zone) projection() func(orb.Point) orb.Point {
	var to wgs84.CoordinateReferenceSystem
	switch z {
	case guadeloupe, martinique:
		to = wgs84.UTM(20, true)
	case guyane:
		to = wgs84.UTM(22, true)
	case reunion:
		to = wgs84.UTM(40, false)
	case mayotte:
		to = wgs84.UTM(38, false)
	default:
		to = wgs84.RGF93FranceLambert()
	}
	transform := wgs84.Transform(wgs84.LonLat(), to)
	return func(p orb.Point) orb.Point {
		east, north, _ := transform(p[0], p[1], 0)
		return orb.Point{east, north}
	}
}
