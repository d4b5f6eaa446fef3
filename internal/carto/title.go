package carto

import (
	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// title names a map: « ESSMS financés par région, 31 décembre 2023 ».
func title(t indicator.Table) string {
	return t.Indicator.Title + " par " + nounOf(t.Level) + ", " + t.DateLabel()
}

func nounOf(l atlas.Level) string {
	if l == atlas.DepartmentLevel {
		return "département"
	}
	return "région"
}
