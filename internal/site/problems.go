package site

import (
	"context"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// problemsPath is the page that explains the problems of the workbooks; reports link to « #code ».
const problemsPath = "controle/"

// Problems is the catalogue of the problems that the check of the workbooks may report.
type Problems struct {
	Count  string
	Topics []ProblemTopic
}

// ProblemTopic is a section of the catalogue.
type ProblemTopic struct {
	ID, Title string
	Entries   []ProblemEntry
}

// ProblemEntry is a kind of problem; its ID is its code.
type ProblemEntry struct {
	ID, Title, Severity, Meaning, Example, Remedy string
}

// problemsPage is generated from the catalogue.
func problemsPage() *page {
	return &page{
		path: problemsPath, template: "problems.html", heading: "Contrôle des classeurs", title: "Contrôle des classeurs",
		description: "Les problèmes que le contrôle des classeurs peut signaler, avec leur gravité, un exemple et ce qu’il faut faire.",
		model:       func(context.Context, *linker) (any, error) { return problemsModel(), nil },
	}
}

func problemsModel() *Problems {
	catalogue := problem.Catalogue()
	m := &Problems{Count: french.Count(float64(len(catalogue)), "problème", "problèmes")}
	for _, topic := range problem.Topics {
		section := ProblemTopic{ID: french.Slug(string(topic)), Title: string(topic)}
		for _, e := range catalogue {
			if e.Topic == topic {
				section.Entries = append(section.Entries, ProblemEntry{ID: string(e.Code), Title: e.Title, Severity: french.Capitalize(e.Severity.String()),
					Meaning: e.Meaning, Example: e.Example, Remedy: e.Remedy})
			}
		}
		m.Topics = append(m.Topics, section)
	}
	return m
}
