package chart

import (
	"math"
	"strconv"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// growthFinding says where a series comes from and where it stands; empty where fewer than two of its
// years have a value.
func growthFinding(s indicator.Series) string {
	if s.Indicator.Followed {
		return ""
	}
	var shown []indicator.Point
	for _, p := range s.Points {
		if p.Row.Value.Shown() {
			shown = append(shown, p)
		}
	}
	if len(shown) < 2 {
		return ""
	}
	first, last := shown[0], shown[len(shown)-1]
	from := strconv.Itoa(first.Year)
	stands := yearEnd(s.Edition, last.Year)
	if first.Row.Phrase == last.Row.Phrase {
		return "On retrouve " + stands + " la valeur de la fin de " + colon(from, last.Row.Phrase) + "."
	}
	start := first.Row.Phrase
	if unit := strings.TrimPrefix(start, first.Row.Text); unit != start && last.Row.Phrase == last.Row.Text+unit {
		start = first.Row.Text // the unit is said once
	}
	if strings.HasPrefix(stands, "à") {
		stands = "à celle de " + strconv.Itoa(last.Year)
	}
	return "De la fin de " + from + " " + stands + ", on passe de " + start + " à " + last.Row.Phrase + "."
}

// yearEnd says which state a year of a series stands for: « à la fin de 2023 », or « au 30 juin 2024 » where the
// data stop within the year.
func yearEnd(e atlas.Edition, year int) string {
	if d := e.DataState; d.Year() == year && (d.Month() != time.December || d.Day() != 31) {
		return "au " + french.Date(d)
	}
	return "à la fin de " + strconv.Itoa(year)
}

// compositionFinding says for which part two wholes differ most; empty for another number of
// wholes, and where one has nothing to divide.
func compositionFinding(rows []CompositionRow, totals []float64) string {
	if len(rows) != 2 || totals[0] == 0 || totals[1] == 0 {
		return ""
	}
	widest, finding := 0.0, ""
	for _, label := range partLabels(rows) {
		a, mine := part(rows[0], label)
		b, other := part(rows[1], label)
		gap := math.Abs(max(a.Value, 0)/totals[0] - max(b.Value, 0)/totals[1])
		if gap <= widest {
			continue
		}
		widest = gap
		if finding = ""; mine && other {
			finding = colon("Le plus grand écart porte sur «"+french.NBSP+uncapitalized(label)+french.NBSP+"»",
				a.Text+" ("+rows[0].Label+"), "+b.Text+" ("+rows[1].Label+").")
		}
	}
	if widest <= 0.01 {
		return colon("Les parts sont presque les mêmes", "aucune ne diffère de plus d’un point.")
	}
	return finding
}
