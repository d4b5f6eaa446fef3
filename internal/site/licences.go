package site

import (
	"fmt"
	"strings"

	"esms.example/atlas/internal/licence"
)

// licencesPath is the file that gives the licence of every component, whole.
const licencesPath = "licences.txt"

func (c *composer) licenceFiles() []file {
	return []file{{licencesPath, []byte(licence.Document())}}
}

// licenceList is the list of the components, in Markdown, that a prose page shows with {{licences}}.
func licenceList() string {
	var b strings.Builder
	for _, one := range licence.Components() {
		fmt.Fprintf(&b, "- %s %s (%s)\n", escapeMarkdown(one.Name), escapeMarkdown(one.Version), escapeMarkdown(one.Licence))
	}
	return b.String()
}
