package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Source is a file that an edition was read from.
type Source struct {
	Name   string // in the directory of the edition: « projets.xlsx »
	SHA256 string // of the very bytes read, in hexadecimal
}

func sourceOf(name string, data []byte) Source {
	sum := sha256.Sum256(data)
	return Source{name, hex.EncodeToString(sum[:])}
}

// SourceList writes the sources as the command sha256sum writes and checks them.
func (ds *Dataset) SourceList() []byte {
	var b strings.Builder
	for _, s := range slices.SortedFunc(slices.Values(ds.Sources), func(a, b Source) int { return strings.Compare(a.Name, b.Name) }) {
		fmt.Fprintf(&b, "%s  %s\n", s.SHA256, s.Name)
	}
	return []byte(b.String())
}
