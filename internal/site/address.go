package site

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// plainNumber is a project number that may stand as it is in an address and in the name of a
// directory, on every file system.
var plainNumber = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$`)

// deviceName is a name that Windows keeps for itself, whatever follows the first dot.
var deviceName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)

// otherProjectPages stand beside the pages of the projects: no project may take their address.
var otherProjectPages = []string{"nationaux", "annees", "index.html"}

// projectSlugs gives each project the part of its address that is its own: its number, wherever
// that is safe; else what is readable of it, and the beginning of its digest after a tilde,
// which no plain number has. It depends on the number alone, except that of numbers that
// differ by their case only, those with a small letter all take the digest: no two addresses
// are one on a file system that ignores case.
func projectSlugs(projects []*atlas.Project) map[*atlas.Project]string {
	alike := map[string]int{}
	for _, p := range projects {
		alike[strings.ToLower(p.Number)]++
	}
	slugs := make(map[*atlas.Project]string, len(projects))
	for _, p := range projects {
		lower := strings.ToLower(p.Number)
		if safeNumber(p.Number) && (alike[lower] == 1 || p.Number == strings.ToUpper(p.Number)) {
			slugs[p] = p.Number
		} else {
			slugs[p] = digestedNumber(p.Number)
		}
	}
	return slugs
}

func safeNumber(number string) bool {
	return plainNumber.MatchString(number) && !deviceName.MatchString(number) &&
		!slices.Contains(otherProjectPages, strings.ToLower(number))
}

// digestedNumber is « e-1~4f2c9d0b1a7e ».
func digestedNumber(number string) string {
	sum := sha256.Sum256([]byte(number))
	readable := french.Slug(number)
	if len(readable) > 40 {
		readable = strings.TrimRight(readable[:40], "-")
	}
	if readable == "" {
		readable = "projet"
	}
	return readable + "~" + hex.EncodeToString(sum[:6])
}
