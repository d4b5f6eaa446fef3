package publish

import (
	"errors"
	"io/fs"
	"os"
)

// swapByRenames puts fresh in the place of out in two renames, keeping the former as
// old until both are done. Killed in between, it leaves no site in out until the next
// build, which begins by putting old back.
func swapByRenames(fresh, out, old string) error {
	if err := os.Rename(out, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, out); err != nil {
		if back := os.Rename(old, out); back != nil && !errors.Is(back, fs.ErrNotExist) {
			return errors.Join(err, back)
		}
		return err
	}
	return nil
}
