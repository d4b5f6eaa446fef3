package french

import (
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to the letters and digits that make it: no case, accent, space,
// hyphen, apostrophe or punctuation. Two spellings that Fold alike are the same header,
// the same word of a closed list, the same territory. « œ » and « æ » are two letters.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// PlainSpaces turns every space of Unicode, no-break ones included, into an ordinary one, for the
// patterns that must not care which space was typed.
func PlainSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}

// Slug makes the part of a URL: lower-case ASCII letters and digits, words joined by one
// hyphen: « Provence-Alpes-Côte d’Azur » becomes « provence-alpes-cote-d-azur ».
func Slug(s string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFKD.String(strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae").Replace(s)) {
		r = unicode.ToLower(r)
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r): // an accent stripped by NFKD
		default:
			hyphen = true
		}
	}
	return b.String()
}

// Collator compares texts in French order: Île-de-France stands between Hauts-de-France
// and La Réunion. It must not be used by two goroutines at once.
func Collator() *collate.Collator { return collate.New(language.French) }
