// Package narrative says in French what the figures of a territory show: short summaries of
// whole sentences, for its page, its printed sheet and the description that search engines
// show.
//
// A sentence is a template filled with values that were formatted once by package indicator, so
// that it states the very figure of the page's tables. A value that is missing leaves its
// sentence out. The wording varies from one territory to another, by a choice that depends only
// on its code and its figures: the same inputs always make the same text.
//
// The rules that a reader may rely on:
//
//   - a share says what it is a share of, projects or ESSMS, and of those that answered when
//     some did not;
//   - « proche de la moyenne nationale » is within 2 points for a share, within 5 % for another
//     ratio; beyond, « au-dessus de » or « au-dessous de »;
//   - a share of fewer than 20 projects or files is said as a count, and not compared;
//   - growth is the difference of the two figures as they are shown; its percentage, that of the
//     raw values, is left out when the former one is under 50, and when a reader who divides the
//     shown figures finds another;
//   - ranks are those of the tables, over the unrounded values.
package narrative

import (
	"slices"
	"strings"
	"unicode/utf8"

	"esms.example/atlas/internal/indicator"
)

// Sentence is one sentence of a summary, which can be quoted alone, and the indicators whose
// values it states.
type Sentence struct {
	Text       string
	Indicators []indicator.ID
}

func (s Sentence) has(id indicator.ID) bool { return slices.Contains(s.Indicators, id) }

// Text joins sentences into a paragraph.
func Text(sentences []Sentence) string {
	texts := make([]string, len(sentences))
	for i, s := range sentences {
		texts[i] = s.Text
	}
	return strings.Join(texts, " ")
}

// descriptionLength is about what search engines show of a description, in characters.
const descriptionLength = 155

// MetaDescription is the first whole sentences that hold within about 155 characters, at least
// one; empty without sentence.
func MetaDescription(sentences []Sentence) string {
	n := min(1, len(sentences))
	for n < len(sentences) && utf8.RuneCountInString(Text(sentences[:n+1])) <= descriptionLength {
		n++
	}
	return Text(sentences[:n])
}
