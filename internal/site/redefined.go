package site

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/freeze"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// redefined tells what the program of today says otherwise than the one that published the former
// edition, whose archive keeps its definitions and its figures: indicators that are new, gone or
// redefined, and values that are no longer computed as they were. Nothing without an archive: both
// editions then come from the program of today.
func (e *edition) redefined() []string {
	a := e.formerArchive
	if a == nil {
		return nil
	}
	base := year(e.former.Edition().Year) + "/donnees/"
	return append(e.definitionsSince(rowsOf(a, base+"definitions.csv")), e.valuesSince(rowsOf(a, base+"indicateurs.csv"))...)
}

// rowsOf reads a CSV of an archive, each row by the names of its columns; none when the archive has no such file.
func rowsOf(a *freeze.Archive, name string) []map[string]string {
	data, err := a.Read(name)
	if err != nil {
		return nil
	}
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(lines) == 0 {
		return nil
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func (e *edition) definitionsSince(rows []map[string]string) []string {
	if rows == nil {
		return nil
	}
	var out []string
	was := map[string]map[string]string{}
	for _, row := range rows {
		was[row["indicateur"]] = row
	}
	for i := range indicator.All {
		ind := &indicator.All[i]
		old := was[string(ind.ID)]
		for _, name := range ind.Former {
			if old == nil {
				old = was[string(name)]
			}
			delete(was, string(name))
		}
		delete(was, string(ind.ID))
		switch {
		case old == nil:
			out = append(out, fmt.Sprintf("%s%s: indicateur nouveau.", ind.Title, french.NBSP))
		case old["definition"] != ind.Definition:
			out = append(out, fmt.Sprintf("%s%s: la définition était «%[2]s%s%[2]s», elle est «%[2]s%s%[2]s».", ind.Title, french.NBSP, old["definition"], ind.Definition))
		case old["methode"] != ind.Method:
			out = append(out, fmt.Sprintf("%s%s: la méthode était «%[2]s%s%[2]s», elle est «%[2]s%s%[2]s».", ind.Title, french.NBSP, old["methode"], ind.Method))
		}
	}
	for _, row := range rows {
		if was[row["indicateur"]] != nil {
			out = append(out, fmt.Sprintf("%s%s: indicateur abandonné.", row["titre"], french.NBSP))
		}
	}
	return out
}

// valuesSince counts, indicator by indicator, the values published then that the program of today
// computes otherwise from the same workbooks.
func (e *edition) valuesSince(rows []map[string]string) []string {
	changed := map[indicator.ID]int{}
	for _, row := range rows {
		ind := indicator.ByID(indicator.ID(row["indicateur"]))
		at, err := strconv.Atoi(row["annee"])
		if ind == nil || err != nil {
			continue
		}
		for _, level := range ind.Levels {
			if level.String() != row["niveau"] {
				continue
			}
			v := e.former.Value(ind.ID, atlas.TerritoryID{Level: level, Code: row["code"]}, at)
			if row["valeur"] != raw(v) && !sameNumber(row["valeur"], v) {
				changed[ind.ID]++
			}
		}
	}
	var out []string
	for i := range indicator.All {
		if n := changed[indicator.All[i].ID]; n > 0 {
			out = append(out, fmt.Sprintf("%s%s: %s dans l’édition %d %s autrement aujourd’hui, à partir des mêmes classeurs.", indicator.All[i].Title, french.NBSP,
				french.Count(float64(n), "valeur publiée", "valeurs publiées"), e.former.Edition().Year, french.Plural(float64(n), "serait calculée", "seraient calculées")))
		}
	}
	return slices.Clip(out)
}

func sameNumber(text string, v atlas.Value) bool {
	x, err := strconv.ParseFloat(text, 64)
	return err == nil && v.Shown() && x == v.Number
}
