package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/report"
)

// reporting is what was asked of a check: where its reports go, "" for none, and whether a
// terminal shows every problem.
type reporting struct {
	dir string
	all bool
}

// print writes the problems: all of them, sorted by place, unless w is a terminal and not all
// were asked for.
func (r reporting) print(w io.Writer, problems []problem.Problem) error {
	style := problem.Style{}
	if isTerminal(w) {
		style.Coloured = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		if !r.all {
			style.PerCode = shownPerCode
		}
	}
	if err := problem.Fprint(w, problems, style); err != nil || style.PerCode == 0 || len(problems) == 0 {
		return err
	}
	_, err := fmt.Fprintf(w, "Au plus %d de chaque sorte sont affichés\u202f; tous le sont avec --all, ou dans les fichiers de --report.\n", style.PerCode)
	return err
}

// most is how many differences of each kind are shown; 0 for all.
func (r reporting) most(w io.Writer) int {
	if isTerminal(w) && !r.all {
		return shownPerCode
	}
	return 0
}

// write writes the reports and tells where they are.
func (r reporting) write(w io.Writer, h home, workbooks string, problems []problem.Problem, editions []edition, changes []change) error {
	if within(r.dir, workbooks) {
		return fmt.Errorf("le dossier des rapports (%s) ne peut être parmi les classeurs à lire\u00a0: choisissez-en un autre", r.dir)
	}
	result, err := report.Write(r.dir, report.Input{Problems: problems, Workbooks: os.DirFS(workbooks), Templates: os.DirFS(h.path("templates")), Kinds: kinds()})
	if err != nil {
		return err
	}
	err = report.File(filepath.Join(r.dir, "coherence.csv"), func(w io.Writer) error { return writeVerdicts(w, editions) })
	if err != nil {
		return err
	}
	err = report.File(filepath.Join(r.dir, "differences.csv"), func(w io.Writer) error { return writeChanges(w, changes) })
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Rapports\u00a0: %s (et controle.csv, controle.xlsx, coherence.csv, differences.csv)\n", filepath.Join(r.dir, report.PageFile))
	if n := len(result.Returned); n > 0 {
		fmt.Fprintf(w, "%s dans %s\n", french.Count(float64(n), "classeur annoté", "classeurs annotés"), filepath.Join(r.dir, report.ReturnDir))
	}
	for _, p := range result.Partial {
		fmt.Fprintf(w, "  %s\u00a0: %s\n", p.File, p.What)
	}
	for _, f := range result.Refused {
		fmt.Fprintf(w, "  pas de copie de %s\u00a0: %s\n", f.File, f.Reason)
	}
	return nil
}

// kinds explains the codes of problems, from their catalogue.
func kinds() map[problem.Code]report.Kind {
	out := map[problem.Code]report.Kind{}
	for _, e := range problem.Catalogue() {
		out[e.Code] = report.Kind{Title: e.Title, Meaning: e.Meaning, Remedy: e.Remedy}
	}
	return out
}

// editionsOf returns the directory where the files that problems name stand: that of the only
// edition, or that of all of them, whose years problems write.
func editionsOf(data string, in *dataset.Input) string {
	dir := filepath.Join(data, "editions")
	if years := in.Years(); len(years) == 1 {
		return filepath.Join(dir, strconv.Itoa(years[0]))
	}
	return dir
}

// within reports whether a path is a directory or stands in it, links followed. A path that does
// not exist yet stands where its nearest existing parent does.
func within(path, dir string) bool {
	path, dir = resolved(path), resolved(dir)
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func resolved(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	rest := ""
	for dir := path; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return path
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}
