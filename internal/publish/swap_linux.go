package publish

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// swap exchanges fresh and out in one step of the file system, so that at every moment
// out is a whole site. Where the file system cannot, it renames twice.
func swap(fresh, out, old string) error {
	if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(fresh, out)
	}
	err := unix.Renameat2(unix.AT_FDCWD, fresh, unix.AT_FDCWD, out, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return swapByRenames(fresh, out, old)
	}
	return err
}

// mounted reports whether a directory is the root of a mounted volume, which cannot be renamed.
// Where the system does not say, it reports false, and the swap fails at the end.
func mounted(dir string) bool {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(mounts)) {
		if fields := strings.Fields(line); len(fields) > 4 && unescape.Replace(fields[4]) == dir {
			return true
		}
	}
	return false
}

// unescape undoes the octal escapes of mountinfo.
var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
