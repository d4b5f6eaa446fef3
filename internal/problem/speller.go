package problem

import "sync"

// maxMisspelt is how many different words a Speller looks up: nobody reads more suggestions, and
// a column of nothing but unknown words must not cost the square of its length.
const maxMisspelt = 2_000

// Speller finds the nearest of a fixed list of words, as Nearest does, for many mistyped words. It
// may be used by several goroutines.
type Speller struct {
	words  []string
	folded [][]rune
	fold   func(string) string

	mu    sync.Mutex
	known map[string]string
}

// NewSpeller makes a speller of those words, compared as fold reduces them.
func NewSpeller(words []string, fold func(string) string) *Speller {
	s := &Speller{words: words, fold: fold, known: map[string]string{}}
	for _, w := range words {
		s.folded = append(s.folded, []rune(fold(w)))
	}
	return s
}

// Nearest returns the word that a mistyped one most probably stood for; "" when none is near, and
// after 2,000 different words.
func (s *Speller) Nearest(word string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	near, ok := s.known[word]
	if !ok && len(s.known) < maxMisspelt {
		near = nearest([]rune(s.fold(word)), s.words, func(i int) []rune { return s.folded[i] })
		s.known[word] = near
	}
	return near
}
