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

// licenceTable is the list of the components, in Markdown, that a prose page shows with {{licences}}.
func licenceTable() string {
	var b strings.Builder
	b.WriteString("| Logiciel | Version | Licence |\n| --- | --- | --- |\n")
	for _, one := range licence.Components() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", escapeMarkdown(one.Name), escapeMarkdown(one.Version), escapeMarkdown(one.Licence))
	}
	return b.String()
}
