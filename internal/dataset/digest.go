package dataset

import "esms.example/atlas/internal/problem"

// digestAbove is how many pieces of information of one kind are told cell by cell.
const digestAbove = 20

// digest reports each of those problems, or, when they are many, one for all at the place of the first: what happens
// often and is legitimate must not hide the rest.
func digest(ps []problem.Problem, problems *problem.List, summary func(n int) string) {
	if len(ps) <= digestAbove {
		problems.Add(ps...)
		return
	}
	first := ps[0]
	for _, p := range ps[1:] {
		if p.Place.Compare(first.Place) < 0 {
			first = p
		}
	}
	first.Message = summary(len(ps)) + " ; ici, " + first.Message
	problems.Add(first)
}
