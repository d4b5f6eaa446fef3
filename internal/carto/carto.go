// Package carto draws the maps of the atlas as SVG: boundaries read from GeoJSON, projected
// in Lambert-93 (UTM overseas), composed on one sheet, then shaded by classes for ratios or
// covered by proportional circles for counts.
//
// Two neighbours share their border to the last digit: a vertex that two of them have in
// common is projected, rounded and simplified once for both.
//
// A drawing obeys the site's policy: no style attribute, no style element, no script. Colours are
// presentation attributes, which a style sheet overrides through these classes:
//
//	map            the svg, with map-classes or map-circles, and map-region or map-departement
//	map-area       the link (or group) of a territory; also c<i>of<n>, e<i>of<n> (gaps to France, the lower
//	               ones hatched), nd (no data), ground. data-voisins: where the arrow keys lead
//	map-here       the outline of the highlighted territory
//	map-border     the borders of the regions on a map of departments
//	map-circle     a circle; map-circle-legend those of the legend
//	map-value      a figure on the map; also on-dark, on-light
//	map-leader     the line from a figure to its territory
//	map-frame      the frame of a box; map-name its name, map-scale its scale
//
// Figures of a map of regions have room to grow on a phone: at less than 480 pixels a style
// sheet does well to set .map-region .map-value at 19px, .map-region .map-name at 13.5px (lengths of
// the drawing, 640 wide) and to hide .map-scale. The focus is best shown by a thick dark stroke on
// .map-area:focus-visible path with vector-effect: non-scaling-stroke: half of it falls inside, where no
// neighbour covers it.
package carto

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"esms.example/atlas/internal/atlas"
)

// Atlas holds the boundaries of the regions and of the departments, projected and composed.
// It is read only once loaded, and may be used by several goroutines.
type Atlas struct {
	sheets map[atlas.Level]*sheet
	small  *sheet // regions, for locators
	// regions and departments are kept as read, for the open data and the maps of one region.
	regions, departments []territory
	single               sync.Map // the sheet of one region, by its code, composed when first asked for
}

// Load reads regions.geojson and departements.geojson from a directory of territories. Each must
// hold the codes of regions.csv and departements.csv, each once: see [decodeFeatures] for what a
// file may look like. Errors are in French and name the file.
func Load(fsys fs.FS) (*Atlas, error) {
	regions, err := readLevel(fsys, "regions")
	if err != nil {
		return nil, err
	}
	departments, err := readLevel(fsys, "departements")
	if err != nil {
		return nil, err
	}
	return &Atlas{
		sheets: map[atlas.Level]*sheet{
			atlas.RegionLevel:     compose(regions, regionPaper()),
			atlas.DepartmentLevel: compose(departments, departmentPaper()),
		},
		small: compose(regions, locatorPaper()), regions: regions, departments: departments,
	}, nil
}

// territory is what a sheet needs to know of a territory before it is drawn.
type territory struct {
	code, region string // region: its own code for a region
	feature
}

func readLevel(fsys fs.FS, name string) ([]territory, error) {
	regionOf, err := readCodes(fsys, name+".csv")
	if err != nil {
		return nil, err
	}
	file := name + ".geojson"
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("lecture des limites : %w", err)
	}
	features, err := decodeFeatures(data)
	if err != nil {
		return nil, fmt.Errorf("%s : %w", file, err)
	}
	if err := checkCodes(features, regionOf); err != nil {
		return nil, fmt.Errorf("%s : %w", file, err)
	}
	territories := make([]territory, 0, len(features))
	for _, f := range features {
		territories = append(territories, territory{f.code, regionOf[f.code], f})
	}
	slices.SortFunc(territories, func(a, b territory) int { return strings.Compare(a.code, b.code) })
	return territories, nil
}

// readCodes returns the region of each code of a table of territories: itself for a region.
func readCodes(fsys fs.FS, file string) (map[string]string, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("lecture des territoires : %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s : %w", file, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s : fichier vide", file)
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	code, region := slices.Index(rows[0], "code"), slices.Index(rows[0], "region")
	if code < 0 {
		return nil, fmt.Errorf("%s : colonne « code » absente", file)
	}
	if region < 0 {
		region = code
	}
	codes := make(map[string]string, len(rows))
	for _, row := range rows[1:] {
		codes[row[code]] = row[region]
	}
	return codes, nil
}

func checkCodes(features []feature, known map[string]string) error {
	seen := map[string]int{}
	var unknown, twice, missing []string
	for _, f := range features {
		if _, ok := known[f.code]; !ok && seen[f.code] == 0 {
			unknown = append(unknown, f.code)
		}
		if seen[f.code]++; seen[f.code] == 2 {
			twice = append(twice, f.code)
		}
	}
	for code := range known {
		if seen[code] == 0 {
			missing = append(missing, code)
		}
	}
	var faults []error
	for _, fault := range []struct {
		words string
		codes []string
	}{{"codes absents", missing}, {"codes inconnus", unknown}, {"codes en double", twice}} {
		if len(fault.codes) > 0 {
			slices.Sort(fault.codes)
			faults = append(faults, fmt.Errorf("%s : %s", fault.words, strings.Join(fault.codes, ", ")))
		}
	}
	return errors.Join(faults...)
}
