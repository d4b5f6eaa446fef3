package french

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// Isolated returns a text, such as a name that someone typed, that keeps its order to itself in a French
// sentence: one that holds letters written from right to left is enclosed in an isolate (FSI, PDI), so that they do not
// turn the words and numbers around it, nor are turned by them. Any other text is returned as it is. See the
// Unicode Bidirectional Algorithm, UAX 9.
func Isolated(text string) string {
	if !strings.ContainsFunc(text, rightToLeft) {
		return text
	}
	return string(firstStrongIsolate) + strings.Map(withoutControl, text) + string(popIsolate)
}

const (
	firstStrongIsolate = '\u2068'
	popIsolate         = '\u2069'
)

func rightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

// withoutControl drops what would leave an isolate, or turn what it holds: embeddings, overrides, isolates.
func withoutControl(r rune) rune {
	if '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
		return -1
	}
	return r
}
