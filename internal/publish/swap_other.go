//go:build !linux

package publish

func swap(fresh, out, old string) error { return swapByRenames(fresh, out, old) }

// mounted is not known here: the swap of the root of a volume fails at the end.
func mounted(string) bool { return false }
