package factsheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain makes a text of a cell fit to print: controls go, those that turn the direction of
// writing included, and runs of spaces become one.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// clipped shortens a text to a number of characters at most, at the end of a word where it
// can, and lets its longest words be broken.
func clipped(s string, limit int) string {
	s = plain(s)
	runes := []rune(s)
	if len(runes) <= limit {
		return breakable(s)
	}
	cut := string(runes[:limit-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)*2/3 {
		cut = cut[:i]
	}
	return breakable(strings.TrimRight(cut, " ,;:–-(") + "…")
}

// breakable puts a place to break, of no width, into the words that would not hold in a column.
func breakable(s string) string {
	const longest = 24
	var b strings.Builder
	run := 0
	for _, r := range s {
		if run++; unicode.IsSpace(r) || r == '-' {
			run = 0
		}
		if run > longest {
			b.WriteRune('\u200b')
			run = 1
		}
		b.WriteRune(r)
	}
	return b.String()
}
