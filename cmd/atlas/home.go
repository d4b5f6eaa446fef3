package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"esms.example/atlas/internal/dataset"
)

// home is the directory of the project: templates, assets, content, and the territories and
// references that serve when the data directory has none of its own.
type home string

// findHome looks for the project: where ATLAS_HOME says, else from the working directory
// upwards, else from the program upwards, else where the program was compiled.
func findHome() (home, error) {
	if dir := os.Getenv("ATLAS_HOME"); dir != "" {
		if !isHome(dir) {
			return "", fmt.Errorf("ATLAS_HOME désigne %s, qui n’est pas le dossier du projet (ni templates ni assets)", dir)
		}
		return home(dir), nil
	}
	var starts []string
	if dir, err := os.Getwd(); err == nil {
		starts = append(starts, dir)
	}
	if program, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(program))
	}
	if _, source, _, ok := runtime.Caller(0); ok {
		starts = append(starts, filepath.Dir(source))
	}
	for _, dir := range starts {
		for ; ; dir = filepath.Dir(dir) {
			if isHome(dir) {
				return home(dir), nil
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return "", errors.New("le dossier du projet (templates, assets) est introuvable\u00a0: lancez atlas depuis ce dossier, ou donnez son chemin dans la variable ATLAS_HOME")
}

func isHome(dir string) bool {
	for _, name := range []string{"templates", "assets", filepath.Join("data", "territoires")} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// openData finds the project and opens a data directory; empty, it is the project's.
func openData(data string) (home, *dataset.Input, error) {
	h, err := findHome()
	if err != nil {
		return "", nil, err
	}
	in, err := dataset.Open(h.within(data, "data"), h.path("data"))
	return h, in, err
}

func (h home) path(parts ...string) string {
	return filepath.Join(append([]string{string(h)}, parts...)...)
}

// within returns the directory asked for, or that of the project when none was: a
// default that does not exist where the command is run is the project's.
func (h home) within(asked, fallback string) string {
	if asked != "" {
		return asked
	}
	if _, err := os.Stat(fallback); err == nil {
		return fallback
	}
	return h.path(fallback)
}
