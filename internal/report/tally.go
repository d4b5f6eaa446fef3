package report

import (
	"cmp"
	"slices"

	"esms.example/atlas/internal/problem"
)

// line counts the problems of one file, one sheet or one code.
type line struct {
	Label  string
	Counts counts
}

// group is all the problems of one code.
type group struct {
	Code     problem.Code
	Worst    problem.Severity
	Problems []problem.Problem
	Counts   counts
}

// summary counts problems every way that people look for them.
type summary struct {
	Counts        counts
	Files, Sheets []line
	Groups        []group // the worst first, then the most numerous
}

// summarise goes over the problems once; files and sheets come in the order of their problems.
func summarise(problems []problem.Problem) summary {
	var s summary
	files, sheets, codes := map[string]int{}, map[string]int{}, map[problem.Code]int{}
	for _, p := range problems {
		severity := int(problem.Error - p.Severity)
		s.Counts[severity]++
		add(&s.Files, files, p.Place.File, severity)
		if p.Place.Sheet != "" {
			add(&s.Sheets, sheets, p.Place.Sheet, severity)
		}
		i, known := codes[p.Code]
		if !known {
			i = len(s.Groups)
			codes[p.Code] = i
			s.Groups = append(s.Groups, group{Code: p.Code})
		}
		g := &s.Groups[i]
		g.Worst = max(g.Worst, p.Severity)
		g.Problems = append(g.Problems, p)
		g.Counts[severity]++
	}
	slices.SortStableFunc(s.Groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.Worst, a.Worst), cmp.Compare(len(b.Problems), len(a.Problems)), cmp.Compare(a.Code, b.Code))
	})
	return s
}

func add(lines *[]line, index map[string]int, label string, severity int) {
	i, known := index[label]
	if !known {
		i = len(*lines)
		index[label] = i
		*lines = append(*lines, line{Label: label})
	}
	(*lines)[i].Counts[severity]++
}
