//go:build unix

package dataset

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"esms.example/atlas/internal/problem"
)

func TestOnlyRegularFilesAreRead(t *testing.T) {
	sound := map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")), "ESSMS": {essmsHeader, essmsLine("690000001", "P1")}}}
	pipe := func(path string) error { return syscall.Mkfifo(path, 0o644) }
	device := func(path string) error { return os.Symlink("/dev/zero", path) }
	directory := func(path string) error { return os.Mkdir(path, 0o755) }
	nowhere := func(path string) error { return os.Symlink("nulle part", path) }
	loop := func(path string) error { return os.Symlink(path, path) }
	for _, c := range []struct {
		name, file string
		put        func(string) error
		want       problem.Code
	}{
		{"pipe", "b.xlsx", pipe, "classeur-illisible"},
		{"link to a device", "b.xlsx", device, "classeur-illisible"},
		{"directory", "b.xlsx", directory, "classeur-illisible"},
		{"link to nothing", "b.xlsx", nowhere, "classeur-illisible"},
		{"link to itself", "b.xlsx", loop, "classeur-illisible"},
		{"link to itself for the edition", "edition.toml", loop, "edition-illisible"},
		{"pipe for the edition", "edition.toml", pipe, "edition-illisible"},
		{"device for the edition", "edition.toml", device, "edition-illisible"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := dataDir(t, nil, sound)
			path := filepath.Join(dir, "editions", "2023", c.file)
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if err := c.put(path); err != nil {
				t.Fatal(err)
			}
			_, problems := read(t, dir)
			if len(problems) != 1 || problems[0].Code != c.want {
				t.Errorf("got %s, want one %s", full(problems), c.want)
			}
		})
	}
}

func TestAPipeIsNoExtractOfTheRegister(t *testing.T) {
	dir := dataDir(t, nil, map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")), "ESSMS": {essmsHeader, essmsLine("690000001", "P1")}}})
	if err := syscall.Mkfifo(filepath.Join(dir, "references", "finess.json"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, problems := read(t, dir)
	if !strings.Contains(brief(problems), "erreur extrait-illisible") {
		t.Errorf("got %s, want an error of finess.json", full(problems))
	}
}
