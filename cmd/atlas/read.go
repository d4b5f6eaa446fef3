package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"sync"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

// shownPerCode is how many problems of each kind a terminal shows.
const shownPerCode = 5

// edition is an edition read and computed.
type edition struct {
	results *indicator.Results
	// verdicts are those of the published figures; made when first asked for.
	verdicts func() []indicator.Verdict
}

// readEditions reads and computes the editions asked for: all of them, or the one of year.
// Problems are printed on stderr, all of them unless it is a terminal; errInputs is returned
// when any is an error.
func readEditions(ctx context.Context, in *dataset.Input, year int, problems *problem.List, stderr io.Writer) ([]edition, error) {
	years := in.Years()
	if year != 0 {
		if !slices.Contains(years, year) {
			return nil, fmt.Errorf("il n’y a pas d’édition %d dans les données", year)
		}
		years = []int{year}
	}
	if len(years) == 0 {
		return nil, fmt.Errorf("aucune édition dans les données\u00a0: il faut un dossier editions/<année> avec edition.toml et des classeurs .xlsx")
	}
	var out []edition
	var former *dataset.Dataset
	for _, y := range years {
		ds, err := in.ReadContext(ctx, y, problems)
		if err != nil {
			return nil, err
		}
		if ds != nil {
			dataset.CompareTotals(former, ds, problems)
			former = ds
			r := indicator.Compute(ds)
			reportRoundings(ds.Edition, problems)
			out = append(out, edition{r, sync.OnceValue(func() []indicator.Verdict { return indicator.Reconcile(r) })})
		}
	}
	if err := printProblems(stderr, problems.Sorted()); err != nil {
		return nil, err
	}
	if problems.HasErrors() {
		return nil, errInputs
	}
	return out, nil
}

// reportRoundings warns of the roundings of edition.toml that no indicator has.
func reportRoundings(e atlas.Edition, problems *problem.List) {
	for id := range e.Rounding {
		if indicator.ByID(indicator.ID(id)) == nil {
			problems.Add(problem.Problem{Code: dataset.CodeEditionKey, Place: problem.Place{File: fmt.Sprintf("%d/edition.toml", e.Year)}, Value: id,
				Message: "l’arrondi de «\u00a0" + id + "\u00a0» ne sert à rien\u00a0: aucun indicateur n’a ce nom", Remedy: "corriger le nom, ou retirer la ligne" + nearest(id)})
		}
	}
}

func printProblems(w io.Writer, problems []problem.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	style := problem.Style{}
	if isTerminal(w) {
		style.PerCode = shownPerCode
	}
	return problem.Fprint(w, problems, style)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// yearFlag is the year of an edition on the command line; 0 when none is asked for.
type yearFlag int

func (y *yearFlag) String() string {
	if *y == 0 {
		return ""
	}
	return strconv.Itoa(int(*y))
}

// Set accepts a year of four digits.
func (y *yearFlag) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1000 || n > 9999 {
		return fmt.Errorf("«\u00a0%s\u00a0» n’est pas une année", s)
	}
	*y = yearFlag(n)
	return nil
}

// Type names the value in the help.
func (y *yearFlag) Type() string { return "année" }
