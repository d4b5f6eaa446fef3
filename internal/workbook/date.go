package workbook

import (
	"math"
	"regexp"
	"strconv"
	"time"

	"esms.example/atlas/internal/french"
)

func (c *Cell) readDate(n nature, date1904 bool) {
	if x, ok := stored(c.Text); ok && (n == numeric || n == unsaid) {
		if x == math.Trunc(x) && x >= 2000 && x <= 2100 { // as a serial number, a day of 1905 or 1909
			c.Report(CodeWrongType, quote(c.raw)+" est une année, non une date", "écrire le jour, comme 31/12/"+strconv.Itoa(int(x)))
			return
		}
		day, ok := Serial(x, date1904)
		if !ok {
			c.Report(CodeWrongType, quote(c.raw)+" n’est pas une date", "écrire une date comme 31/12/2023")
			return
		}
		c.Time, c.dated = day, true
	} else {
		day, ok := ParseDate(c.Text)
		if !ok || n == logical {
			c.Report(CodeWrongType, quote(c.raw)+" n’est pas une date qui existe", "écrire une date comme 31/12/2023")
			return
		}
		c.Time = day
		if n != dated {
			c.Report(CodeTextDate, quote(c.raw)+" est un texte, lu comme le "+french.Date(day), "convertir la colonne en dates")
		}
	}
	if y := c.Time.Year(); y < 2000 || y > 2100 {
		c.Report(CodeUnlikely, "le "+french.Date(c.Time)+" est une date peu probable", "vérifier la date")
	}
}

// Serial returns the day of a serial number, whatever its hour: the days since 30 December
// 1899, or since 1 January 1904. The 29 February 1900 that Excel believes in is no day.
func Serial(x float64, date1904 bool) (time.Time, bool) {
	if math.IsNaN(x) || x < 0 || x >= 2_958_466 {
		return time.Time{}, false
	}
	n := int(math.Floor(x + 1e-7)) // an hour of 24:00 less a hundredth of a second is binary noise
	switch {
	case date1904:
		return time.Date(1904, 1, 1+n, 0, 0, 0, 0, time.UTC), true
	case n == 0 || n == 60:
		return time.Time{}, false
	case n < 60:
		n++
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}

var (
	isoDate    = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d.*|Z)?$`)
	frenchDate = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})( \d.*)?$`)
	wordDate   = regexp.MustCompile(`^(?:[^\d]+ )?(\d{1,2})(?:er)?\s+([^\d\s.]+)\.?\s+(\d{4})$`)
)

var monthNames = []string{"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
	"octobre", "novembre", "decembre"}

// ParseDate reads a day as people and programs write it: « 2023-12-31 » with or without an hour,
// « 31/12/2023 », « 31 décembre 2023 ». The month never comes before the day, except after the year.
func ParseDate(text string) (time.Time, bool) {
	text = french.PlainSpaces(text)
	if m := isoDate.FindStringSubmatch(text); m != nil {
		return day(m[1], m[2], m[3])
	}
	if m := frenchDate.FindStringSubmatch(text); m != nil {
		if len(m[3]) == 2 {
			m[3] = "20" + m[3]
		}
		return day(m[3], m[2], m[1])
	}
	if m := wordDate.FindStringSubmatch(text); m != nil {
		name := french.Fold(m[2])
		for i, month := range monthNames {
			if name == month || len(name) >= 3 && len(name) < len(month) && month[:len(name)] == name && name != "jui" {
				return day(m[3], strconv.Itoa(i+1), m[1])
			}
		}
	}
	return time.Time{}, false
}

// day makes a day, and reports whether the calendar has it.
func day(year, month, dayOfMonth string) (time.Time, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(dayOfMonth)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, y >= 1 && t.Year() == y && int(t.Month()) == m && t.Day() == d
}
