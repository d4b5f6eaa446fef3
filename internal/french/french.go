// Package french writes numbers, dates, articles and sentences in French, once for
// every page, message, sheet and download: U+202F between thousands and before ; ! ?,
// U+00A0 before : % € and units, decimal comma, minus U+2212, plural from 2.
package french

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// The spaces and signs of French typography.
const (
	NBSP  = "\u00a0" // before : % € and units, inside « »
	NNBSP = "\u202f" // between thousands, before ; ! ?
	Minus = "\u2212"
)

// Number writes x with that many decimals, rounded half away from zero on its decimal
// writing: 1234.5 with 1 decimal is « 1 234,5 ». It writes no negative zero. NaN and
// infinities are « n.d. ».
func Number(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "n.d."
	}
	digits := decimal(math.Abs(x), decimals)
	whole, fraction, _ := strings.Cut(digits, ".")
	out := group(whole)
	if fraction != "" {
		out += "," + fraction
	}
	if x < 0 && strings.Trim(digits, "0.") != "" {
		out = Minus + out
	}
	return out
}

// decimal rounds half away from zero as a reader who checks by hand expects: 1.005 with
// 2 decimals is 1.01 although its binary value lies just below. The lift is a hundred
// times the binary noise; above 10^12 times the last decimal it would reach it, and is left out.
func decimal(x float64, decimals int) string {
	if x*math.Pow10(decimals) < 1e12 {
		x *= 1 + 1e-14
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

func group(whole string) string {
	if len(whole) <= 3 {
		return whole
	}
	return group(whole[:len(whole)-3]) + NNBSP + whole[len(whole)-3:]
}

// Integer writes x rounded to a whole number.
func Integer(x float64) string { return Number(x, 0) }

// Percent writes a fraction of 1 as a percentage: 0.563 with 1 decimal is « 56,3 % ».
func Percent(part float64, decimals int) string {
	return Number(part*100, decimals) + NBSP + "%"
}

// Count writes a number with its noun, which is plural from 2: « 1 projet », « 1,9 projet », « 2 projets ».
func Count(n float64, singular, plural string) string {
	return Integer(n) + NBSP + Plural(n, singular, plural)
}

// Plural chooses between the two forms of a word: the plural from 2 on.
func Plural(n float64, singular, plural string) string {
	if math.Abs(n) >= 2 {
		return plural
	}
	return singular
}

var cardinals = [...]string{"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
	"douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"}

// Cardinal writes a number in words under 20, in digits from there on.
func Cardinal(n int, g Gender) string {
	switch {
	case n == 1 && g == Feminine:
		return "une"
	case 0 <= n && n < len(cardinals):
		return cardinals[n]
	}
	return Integer(float64(n))
}

// Gender is that of the noun an ordinal goes with.
type Gender int

// The genders.
const (
	Masculine Gender = iota
	Feminine
)

// Ordinal writes « 1er », « 1re », « 2e ».
func Ordinal(n int, g Gender) string {
	if n != 1 {
		return strconv.Itoa(n) + "e"
	}
	if g == Feminine {
		return "1re"
	}
	return "1er"
}

var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
	"août", "septembre", "octobre", "novembre", "décembre"}

// Date writes « 31 décembre 2023 », « 1er janvier 2024 »; "" for the zero time.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return day + NBSP + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Join lists words: « a », « a et b », « a, b et c ».
func Join(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " et " + words[len(words)-1]
}

// Size writes a file size: « 84 ko », « 1,2 Mo ».
func Size(bytes int) string {
	if bytes < 1_000_000 {
		return Number(math.Max(1, math.Round(float64(bytes)/1000)), 0) + NBSP + "ko"
	}
	return Number(float64(bytes)/1e6, 1) + NBSP + "Mo"
}

// Capitalize raises the first letter of a sentence: « en Bretagne » becomes « En Bretagne ».
func Capitalize(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// Year writes a year, which is never grouped: « 2023 ».
func Year(year int) string { return strconv.Itoa(year) }

// Raw writes a number with every digit that it needs to be read back to the same value,
// grouped: « 0,5635359116022099 ».
func Raw(x float64) string {
	whole, fraction, decimal := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', -1, 64), ".")
	text := group(whole)
	if decimal {
		text += "," + fraction
	}
	if x < 0 {
		return Minus + text
	}
	return text
}

var typesetter = strings.NewReplacer(" :", NBSP+":", " %", NBSP+"%", " €", NBSP+"€", "« ", "«"+NBSP, " »", NBSP+"»",
	" ;", NNBSP+";", " ?", NNBSP+"?", " !", NNBSP+"!")

// Typeset puts the spaces of French typography into a message, so that those who write
// messages need not: U+00A0 before : % € and inside « », U+202F before ; ! ?.
func Typeset(s string) string { return typesetter.Replace(s) }
