package licence

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "gather the licences anew")

const root = "../.."

// modules are the Go modules that the command is made of, with their directories.
func modules(t *testing.T) map[Component]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", "./cmd/atlas")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[Component]string{}
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) == 3 {
			found[Component{Name: f[0], Version: f[1], Kind: Go}] = f[2]
		}
	}
	toolchain, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	found[Component{Name: "Go, bibliothèque standard", Version: goVersion(t), Kind: Go}] = strings.TrimSpace(string(toolchain))
	if len(found) < 15 {
		t.Fatalf("got %d modules", len(found))
	}
	return found
}

// goVersion is the language version of go.mod.
func goVersion(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(data)
	if found == nil {
		t.Fatal("go.mod names no version")
	}
	return string(found[1])
}

// packages are the npm packages that end in the site or make it, with their directories: those of the
// lock but the ones of development, and but the builds for one system of a package that is there.
func packages(t *testing.T) map[Component]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "assets", "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct {
			Version, License string
			Dev              bool
			OS, CPU          []string
		}
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		t.Fatal(err)
	}
	found := map[Component]string{}
	for at, p := range lock.Packages {
		_, name, installed := cutLast(at, "node_modules/")
		if !installed || p.Dev || p.OS != nil || p.CPU != nil {
			continue
		}
		found[Component{Name: name, Version: p.Version, Kind: NPM, Licence: p.License}] = filepath.Join(root, "assets", at)
	}
	if len(found) < 5 {
		t.Fatalf("got %d packages", len(found))
	}
	return found
}

// cutLast cuts a text around the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyrightnotice)([.-].*)?$`)

// text is the licence that comes with a component.
func text(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		if !utf8.Valid(data) {
			t.Fatalf("%s/%s is not UTF-8", dir, e.Name())
		}
		parts = append(parts, strings.TrimSpace(strings.TrimPrefix(string(data), "\ufeff")))
	}
	return strings.Join(parts, "\n\n")
}

// identify names a licence by its own words.
func identify(text string) string {
	words := strings.Join(strings.Fields(text), " ")
	for _, known := range []struct{ words, licence string }{
		{"Apache License Version 2.0", "Apache-2.0"}, {"Mozilla Public License", "MPL-2.0"}, {"SIL OPEN FONT LICENSE", "OFL-1.1"},
		{"Neither the name of", "BSD-3-Clause"}, {"Redistribution and use in source and binary forms", "BSD-2-Clause"},
		{"Permission is hereby granted, free of charge", "MIT"}, {"Permission to use, copy, modify", "ISC"},
	} {
		if strings.Contains(words, known.words) {
			return known.licence
		}
	}
	return ""
}

func gather(t *testing.T) []Component {
	t.Helper()
	var list []Component
	for _, found := range []map[Component]string{modules(t), packages(t)} {
		for c, dir := range found {
			c.Text = text(t, dir)
			if c.Licence == "" {
				c.Licence = identify(c.Text)
			}
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Component) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Version, b.Version))
	})
	return list
}

func TestEveryComponentIsListedWithItsLicence(t *testing.T) {
	if *update {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(gather(t)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("licences.json", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		gathered = b.Bytes()
	}
	type key struct {
		name, version string
		kind          Kind
	}
	listed := map[key]bool{}
	for _, c := range Components() {
		listed[key{c.Name, c.Version, c.Kind}] = true
		if c.Licence == "" || c.Text == "" && c.Kind == Go {
			t.Errorf("%s %s: got licence %q and a text of %d bytes", c.Name, c.Version, c.Licence, len(c.Text))
		}
	}
	for _, found := range []map[Component]string{modules(t), packages(t)} {
		for c := range found {
			k := key{c.Name, c.Version, c.Kind}
			if !listed[k] {
				t.Errorf("%s %s (%s) is not listed: go test ./internal/licence -update", c.Name, c.Version, c.Kind)
			}
			delete(listed, k)
		}
	}
	for k := range listed {
		t.Errorf("%s %s (%s) is listed, and no longer used: go test ./internal/licence -update", k.name, k.version, k.kind)
	}
}

func TestTheDocumentNamesEachComponentOnce(t *testing.T) {
	document := Document()
	for _, c := range Components() {
		line := "\n" + c.Name + " " + c.Version + " (" + string(c.Kind) + ", " + c.Licence + ")\n"
		if n := strings.Count(document, line); n != 1 {
			t.Errorf("%s: got %d lines, want 1", c.Name, n)
		}
		if !strings.Contains(document, strings.TrimRight(c.Text, "\n")) {
			t.Errorf("%s: the text of its licence is not in the document", c.Name)
		}
	}
}

func TestLicencesAreIdentifiedByTheirWords(t *testing.T) {
	for text, want := range map[string]string{
		"Apache License\n   Version 2.0, January 2004": "Apache-2.0", "Redistribution and use in source and\nbinary forms": "BSD-2-Clause",
		"Redistribution and use in source and binary forms … Neither the name of X": "BSD-3-Clause",
		"Permission is hereby granted, free of charge, to any":                      "MIT", "All rights reserved": "",
	} {
		if got := identify(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
