package narrative

import (
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// word is what stands for a place of a template.
type word struct {
	text   string
	plural bool         // what agrees with it takes the plural
	id     indicator.ID // the indicator that it states, if any
}

// words are the places of a template that can be filled, by name. A value that is missing has no word.
type words map[string]word

// with returns the words and some more, which prevail.
func (w words) with(more words) words {
	out := words{}
	for _, m := range []words{w, more} {
		for name, word := range m {
			out[name] = word
		}
	}
	return out
}

var place = regexp.MustCompile(`\{(\p{L}+)(?::([^{}|]*)\|([^{}|]*))?\}`)

// expand fills a template: {nom} is the word of that name, {nom:est|sont} the form that agrees
// with it. The sentence starts with a capital; articles are contracted and vowels elided. It
// returns false when a word is missing, so that the sentence is left out or said otherwise.
func expand(template string, w words) (Sentence, bool) {
	complete := true
	var s Sentence
	text := place.ReplaceAllStringFunc(template, func(found string) string {
		m := place.FindStringSubmatch(found)
		word, ok := w[m[1]]
		switch {
		case !ok:
			complete = false
		case word.id != "" && !s.has(word.id):
			s.Indicators = append(s.Indicators, word.id)
		}
		switch {
		case !strings.Contains(found, ":"):
			return word.text
		case word.plural:
			return m[3]
		}
		return m[2]
	})
	s.Text = french.Capitalize(contract(text))
	return s, complete
}

var (
	contraction = strings.NewReplacer(" de le ", " du ", " de les ", " des ", " à le ", " au ", " à les ", " aux ")
	elision     = regexp.MustCompile(`(^|[ \x{202f}(])([Qq]u|[Dd]|[Nn])e ([aeiouyàâéèêëîïôöûüœAEIOUYÀÂÉÈÊËÎÏÔÖÛÜŒ][\p{L}\p{N}]*)`)
	// unelided begin with a vowel that no word before them loses its own for.
	unelided = regexp.MustCompile(`^(?i:onz|oui$|un$|yaourt)`)
)

// contract writes « du », « des », « au » and « aux » for an article after « de » or « à », and
// elides « de », « que » and « ne » before a vowel: « de le Grand Est » becomes « du Grand Est »,
// « que à la fin » « qu’à la fin ». A template gives it no pronoun « le » or « les » after them.
func contract(s string) string {
	return elision.ReplaceAllStringFunc(contraction.Replace(s), func(found string) string {
		m := elision.FindStringSubmatch(found)
		if unelided.MatchString(m[3]) && !strings.EqualFold(m[3], "un") {
			return found
		}
		return m[1] + m[2] + "’" + m[3]
	})
}

// choose returns one of n, always the same for the same seeds.
func choose(n int, seeds ...string) int {
	h := fnv.New32a()
	for _, s := range seeds {
		h.Write([]byte(s)) // never fails
		h.Write([]byte{0})
	}
	return int(h.Sum32() % uint32(n))
}

// tiny is the size under which numbers are said in words and shares as counts: with 6 projects,
// « un projet sur six », not « 16,7 % ». It is one more than the last that french.Cardinal writes in words.
const tiny = 20

var ordinals = [...]string{"", "", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième"}

// ordinal writes a rank in words up to the tenth, then « 12e ».
func ordinal(n int, g french.Gender) string {
	switch {
	case n == 1 && g == french.Feminine:
		return "première"
	case n == 1:
		return "premier"
	case n < len(ordinals):
		return ordinals[n]
	}
	return strconv.Itoa(n) + "e"
}
