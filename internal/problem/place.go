package problem

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// ColumnLetters returns the letters of a column counted from 1: A, B, … Z, AA. It returns
// "" for a number below 1.
func ColumnLetters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
