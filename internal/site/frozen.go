package site

import (
	"strings"

	"esms.example/atlas/internal/freeze"
)

// sourcesFile is the file, beside the data of an edition, that gives the digest of each file
// the edition was read from: what tells whether its workbooks have changed since.
const sourcesFile = "donnees/sources.sha256"

// frozen reports whether a page is published as it was frozen, and not composed.
func (c *composer) frozen(p *page) bool {
	switch {
	case p.edition == nil || p.edition.archive == nil:
		return false
	case p.path == "":
		return p.edition.archive.Has(p.file())
	}
	return strings.HasPrefix(p.path, p.edition.base)
}

// keepFrozen leaves out what a frozen edition would have if it were composed today: its
// pages and files are those of its archive, whatever has been invented since.
func (c *composer) keepFrozen() {
	var pages []*page
	for _, p := range c.pages {
		if !c.frozen(p) || p.edition.archive.Has(p.file()) {
			pages = append(pages, p)
		}
	}
	c.pages = pages
	var files []file
	for _, f := range c.files {
		if !c.inFrozen(f.path) {
			files = append(files, f)
		}
	}
	c.files = files
}

func (c *composer) inFrozen(path string) bool {
	for _, e := range c.editions {
		if e.archive != nil && strings.HasPrefix(path, e.base) {
			return true
		}
	}
	return false
}

// writeFrozen hands over the files of the frozen editions, each once: an asset may be in several
// archives and in the site of today, under a name that holds the hash of its content.
func (c *composer) writeFrozen(write func(path string, data []byte) error) error {
	written := map[string]bool{}
	for _, f := range c.files {
		written[f.path] = true
	}
	for _, e := range c.editions {
		if e.archive == nil {
			continue
		}
		for _, path := range e.archive.Paths() {
			if written[path] || path == "index.html" && e != c.latest() {
				continue
			}
			written[path] = true
			data, err := e.archive.Read(path)
			if err != nil {
				return err
			}
			if err := write(path, data); err != nil {
				return err
			}
		}
	}
	return nil
}

// archiveOf is the archive of the edition of a year, nil when it is not frozen.
func (in Input) archiveOf(year int) *freeze.Archive { return in.Frozen[year] }
