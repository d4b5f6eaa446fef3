package carto

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// feature is a territory as a GeoJSON file describes it: longitudes and latitudes in degrees.
type feature struct {
	code     string
	polygons orb.MultiPolygon // rings closed, the first of each polygon its outline
}

// decodeFeatures reads a FeatureCollection of Polygons and MultiPolygons in WGS 84, each with a
// property code: text, or a number (1 is "01"). Other properties, foreign members and altitudes
// are ignored; a ring left open is closed. The decoder is ours because orb/geojson would bring
// a whole database driver into the program.
func decodeFeatures(data []byte) ([]feature, error) {
	var collection struct {
		Type     string
		Features []struct {
			Properties struct{ Code json.RawMessage }
			Geometry   *struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &collection); err != nil {
		return nil, fmt.Errorf("ce n’est pas du GeoJSON lisible : %w", err)
	}
	if collection.Type != "FeatureCollection" {
		return nil, fmt.Errorf("type « %s » au lieu de « FeatureCollection »", collection.Type)
	}
	features := make([]feature, 0, len(collection.Features))
	for i, raw := range collection.Features {
		code, err := decodeCode(raw.Properties.Code)
		if err != nil {
			return nil, fmt.Errorf("objet n° %d : %w", i+1, err)
		}
		if raw.Geometry == nil {
			return nil, fmt.Errorf("objet de code %s : sans géométrie", code)
		}
		polygons, err := decodePolygons(raw.Geometry.Type, raw.Geometry.Coordinates)
		if err != nil {
			return nil, fmt.Errorf("objet de code %s : %w", code, err)
		}
		features = append(features, feature{code, polygons})
	}
	return features, nil
}

// decodeCode reads an INSEE code, and gives back the leading zero that a number has lost.
func decodeCode(raw json.RawMessage) (string, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		var number float64
		if err := json.Unmarshal(raw, &number); err != nil || number < 0 || number > 999 || number != math.Trunc(number) {
			return "", errors.New("propriété « code » absente, ou qui n’est ni un texte ni un code en chiffres")
		}
		text = strconv.Itoa(int(number))
	}
	text = strings.ToUpper(strings.TrimSpace(text))
	if text == "" {
		return "", errors.New("propriété « code » vide")
	}
	if len(text) == 1 {
		text = "0" + text
	}
	return text, nil
}

func decodePolygons(kind string, raw json.RawMessage) (orb.MultiPolygon, error) {
	var coordinates [][][][]float64
	var err error
	switch kind {
	case "Polygon":
		coordinates = make([][][][]float64, 1)
		err = json.Unmarshal(raw, &coordinates[0])
	case "MultiPolygon":
		err = json.Unmarshal(raw, &coordinates)
	default:
		return nil, fmt.Errorf("géométrie « %s » au lieu de Polygon ou MultiPolygon", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("coordonnées illisibles : %w", err)
	}
	out := make(orb.MultiPolygon, 0, len(coordinates))
	for _, rings := range coordinates {
		if len(rings) == 0 {
			return nil, errors.New("polygone sans contour")
		}
		polygon := make(orb.Polygon, 0, len(rings))
		for _, positions := range rings {
			ring, err := decodeRing(positions)
			if err != nil {
				return nil, err
			}
			polygon = append(polygon, ring)
		}
		out = append(out, polygon)
	}
	if len(out) == 0 {
		return nil, errors.New("géométrie vide")
	}
	return out, nil
}

func decodeRing(positions [][]float64) (orb.Ring, error) {
	ring := make(orb.Ring, 0, len(positions)+1)
	for _, p := range positions {
		if len(p) < 2 {
			return nil, errors.New("position sans longitude ou sans latitude")
		}
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return nil, fmt.Errorf("coordonnées (%g ; %g) hors du globe : le fichier doit être en longitudes et latitudes (WGS 84), non projeté", p[0], p[1])
		}
		ring = append(ring, orb.Point{p[0], p[1]})
	}
	if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
		ring = append(ring, ring[0])
	}
	if len(ring) < 4 {
		return nil, errors.New("contour de moins de trois points")
	}
	return ring, nil
}
