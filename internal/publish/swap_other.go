//go:build !linux

package publish

func swap(fresh, out, old string) error { return swapByRenames(fresh, out, old) }
