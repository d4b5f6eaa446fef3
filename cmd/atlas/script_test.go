package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"atlas": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts plays the command as an operator would; each file of testdata/script is a scenario.
// Besides the usual commands a scenario has:
//
//	exits N atlas ...            runs the command and wants that exit code
//	xlsx FILE SHEET=CSV ...      makes a workbook of text tables
//	same DIR DIR                 wants two directories to be identical
func TestScripts(t *testing.T) {
	home, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("ATLAS_HOME", home)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "xlsx": xlsx, "same": same},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil {
		ts.Fatalf("usage: exits N command")
	}
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// xlsx writes typed cells: numbers as numbers, ISO dates as dates, the rest as text; a value in
// double quotes within the CSV stays text when preceded by an apostrophe.
func xlsx(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: xlsx FILE SHEET=CSV ...")
	}
	f := excelize.NewFile()
	defer f.Close()
	for i, arg := range args[1:] {
		sheet, source, _ := strings.Cut(arg, "=")
		rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(source))).ReadAll()
		ts.Check(err)
		if i == 0 {
			ts.Check(f.SetSheetName("Sheet1", sheet))
		} else {
			_, err := f.NewSheet(sheet)
			ts.Check(err)
		}
		for r, row := range rows {
			for c, text := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				ts.Check(err)
				ts.Check(f.SetCellValue(sheet, cell, typed(text)))
			}
		}
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

func typed(text string) any {
	if rest, quoted := strings.CutPrefix(text, "'"); quoted {
		return rest
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return n
	}
	if text == "" {
		return nil
	}
	return text
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	a, b := tree(ts, args[0]), tree(ts, args[1])
	for path := range b {
		if _, ok := a[path]; !ok {
			ts.Fatalf("%s is only in %s", path, args[1])
		}
	}
	for path, data := range a {
		switch other, ok := b[path]; {
		case !ok:
			ts.Fatalf("%s is only in %s", path, args[0])
		case data != other:
			ts.Fatalf("%s differs", path)
		}
	}
	if len(a) == 0 {
		ts.Fatalf("%s is empty", args[0])
	}
}

func tree(ts *testscript.TestScript, dir string) map[string]string {
	files := map[string]string{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		files[fmt.Sprint(rel)] = string(data)
		return err
	}))
	return files
}
