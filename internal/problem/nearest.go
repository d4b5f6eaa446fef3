package problem

// Nearest returns the candidate that a mistyped word most probably stood for, "" when none is
// near: at most a third of its letters must be added, removed, changed or swapped. Words are
// compared as fold reduces them; among equals the first candidate wins.
func Nearest(word string, candidates []string, fold func(string) string) string {
	return nearest([]rune(fold(word)), candidates, func(i int) []rune { return []rune(fold(candidates[i])) })
}

func nearest(word []rune, candidates []string, folded func(int) []rune) string {
	best, found := len(word)/3+1, ""
	if len(word) < 3 {
		return ""
	}
	for i, c := range candidates {
		if d := distance(word, folded(i), best); d < best {
			best, found = d, c
		}
	}
	return found
}

// distance counts the letters to add, remove, change or swap between two words; it may stop
// at limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
			least = min(least, current[j])
		}
		if least >= limit {
			return limit
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
