// Package report writes what a check found where people will mend it: a page to read and filter
// (controle.html), tables (controle.csv, controle.xlsx), and the workbooks themselves, each
// returned as a copy with its faulty cells coloured and commented (retour/). The workbooks read
// are never touched.
//
// Everything is written in one pass over the problems, also when there are 50,000 of them, and
// the same problems give the same bytes.
package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Input is what reports are made of.
type Input struct {
	Problems  []problem.Problem // in the order of problem.List.Sorted
	Workbooks fs.FS             // where Place.File stands: « projets.xlsx », « 2023/projets.xlsx »
	Templates fs.FS             // holds controle.html
	Kinds     map[problem.Code]Kind
}

// Kind explains a code to whoever meets it. A code without one is shown by its name.
type Kind struct {
	Title, Meaning, Remedy string // French, typeset; a remedy may be empty
}

// Result is what was written.
type Result struct {
	Returned []string  // the copies, as paths in the directory of the reports: « retour/projets.xlsx »
	Partial  []Partial // the copies that could not hold everything
	Refused  []Refusal // the workbooks that could not be copied
}

// Partial is a copy that does not hold all that was found.
type Partial struct{ File, What string }

// Refusal is a workbook of which there is no copy, and why, in French.
type Refusal struct{ File, Reason string }

// The reports, as paths in their directory.
const (
	PageFile  = "controle.html"
	TableFile = "controle.csv"
	BookFile  = "controle.xlsx"
	ReturnDir = "retour"
)

// Write writes every report into a directory, which it makes. A report is there whole or not at
// all: one that fails leaves the former one as it was. The error is French and names the file.
func Write(dir string, in Input) (Result, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Result{}, fmt.Errorf("le dossier des rapports ne peut être créé\u00a0: %w", err)
	}
	for _, r := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{PageFile, func(w io.Writer) error { return writePage(w, in) }},
		{TableFile, func(w io.Writer) error { return problem.WriteCSV(w, in.Problems) }},
		{BookFile, func(w io.Writer) error { return writeBook(w, in) }},
	} {
		if err := File(filepath.Join(dir, r.name), r.write); err != nil {
			return Result{}, err
		}
	}
	return returnBooks(dir, in)
}

// File writes a file whole or not at all: under a temporary name in the same directory, then
// renamed. The error is French and names the file.
func File(path string, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".atlas-*")
	if err != nil {
		return fmt.Errorf("%s ne peut être écrit\u00a0: %w", path, err)
	}
	defer os.Remove(temp.Name()) // there no more once renamed
	out := bufio.NewWriterSize(temp, 1<<16)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if err = errors.Join(err, temp.Chmod(0o644), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%s ne peut être écrit\u00a0: %w", path, err)
	}
	return nil
}

// kind returns the explanation of a code.
func (in Input) kind(c problem.Code) Kind {
	k := in.Kinds[c]
	if k.Title == "" {
		k.Title = string(c)
	}
	return k
}

// severities from the worst.
var severities = [...]problem.Severity{problem.Error, problem.Warning, problem.Information}

// counts are numbers of problems by severity.
type counts [len(severities)]int

// Total is their sum.
func (c counts) Total() int {
	n := 0
	for _, x := range c {
		n += x
	}
	return n
}

// count writes a number of problems.
func count(n int) string { return french.Count(float64(n), "problème", "problèmes") }
