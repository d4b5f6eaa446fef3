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

// clipped shortens a text to a number of characters at most, at the end of a word where it can.
func clipped(s string, limit int) string {
	s = plain(s)
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	cut := string(runes[:limit-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)*2/3 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-(") + "…"
}
