package browser

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// modules is where the front-end packages are.
const modules = "../../assets/node_modules"

// kindFiles are the files of a page of every kind.
func kindFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, p := range kinds(t) {
		files = append(files, filepath.Join(built(t), filepath.FromSlash(p), "index.html"))
	}
	return append(files, filepath.Join(built(t), "404.html"))
}

// nuFaults returns what the checker of the W3C, Nu, finds in files; false where there is no Java to run it.
func nuFaults(t *testing.T, files ...string) ([]string, bool) {
	t.Helper()
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, false
	}
	jar := filepath.Join(modules, "vnu-jar", "build", "dist", "vnu.jar")
	if _, err := os.Stat(jar); err != nil {
		t.Fatalf("vnu-jar manque (%v) ; lancez : npm ci --ignore-scripts --prefix assets", err)
	}
	return faultsSaid(t, exec.Command(java, append([]string{"-jar", jar, "--errors-only", "--format", "gnu"}, files...)...)), true
}

// strictFaults returns what html-validate finds in files.
func strictFaults(t *testing.T, files ...string) []string {
	t.Helper()
	config := filepath.Join(t.TempDir(), "html-validate.json")
	if err := os.WriteFile(config, []byte(strictRules), 0o644); err != nil {
		t.Fatal(err)
	}
	return faultsSaid(t, exec.Command("node", append([]string{filepath.Join(modules, "html-validate", "bin", "html-validate.mjs"),
		"--config", config, "--formatter", "text"}, files...)...))
}

// strictRules are all the rules that html-validate recommends, but for matters of taste, what RGAA wants otherwise
// (the role of figures, the regions that scroll), what a site without any other origin does not need, and landmarks of one
// name: the same pager stands above and below a list, a table in the section that it names.
const strictRules = `{"root": true, "extends": ["html-validate:recommended", "html-validate:document"], "rules": {
	"long-title": "off",
	"valid-id": ["error", {"relaxed": true}],
	"unique-landmark": "off",
	"doctype-style": ["error", {"style": "lowercase"}],
	"require-sri": "off",
	"no-redundant-role": "off",
	"prefer-native-element": ["error", {"exclude": ["region", "search"]}],
	"no-implicit-button-type": "off",
	"wcag/h32": "off",
	"aria-label-misuse": ["error", {"allowAnyNamable": true}]
}}`

// faultsSaid runs a checker, and returns the lines it prints. One that fails without a word has not checked.
func faultsSaid(t *testing.T, checker *exec.Cmd) []string {
	t.Helper()
	var said bytes.Buffer
	checker.Stdout, checker.Stderr = &said, &said
	err := checker.Run()
	lines := strings.FieldsFunc(said.String(), func(r rune) bool { return r == '\n' })
	if err != nil && len(lines) == 0 {
		t.Fatalf("%s: %v", checker.Path, err)
	}
	return lines
}

func TestEveryKindOfPageIsValid(t *testing.T) {
	files := kindFiles(t)
	for _, fault := range strictFaults(t, files...) {
		t.Errorf("html-validate: %s", fault)
	}
	faults, checked := nuFaults(t, files...)
	if !checked {
		fmt.Fprintln(os.Stderr, "ATTENTION : java est introuvable ; la validité HTML n’a PAS été vérifiée par vnu, seulement par html-validate.")
		t.Skip("java")
	}
	for _, fault := range faults {
		t.Errorf("vnu: %s", fault)
	}
}

func TestInvalidPagesAreSeen(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"sound":     {`<p>a</p>`, ""},
		"unclosed":  {`<p><b>a</p>`, "b"},
		"id twice":  {`<p id="a">a</p><p id="a">b</p>`, "a"},
		"attribute": {`<p colour="red">a</p>`, "colour"},
		"in a list": {`<ul><p>a</p></ul>`, "p"},
	} {
		file := filepath.Join(handmade(t, c.body), "index.html")
		strict := strings.Join(strictFaults(t, file), "\n")
		nu, checked := nuFaults(t, file)
		if name == "attribute" { // only one of both looks at the names of attributes
			strict = strings.Join(nu, "\n")
			if !checked {
				continue
			}
		}
		for checker, got := range map[string]string{"html-validate": strict, "vnu": strings.Join(nu, "\n")} {
			if checker == "vnu" && !checked {
				continue
			}
			if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("%s, %s: %q, want %q", name, checker, got, c.want)
			}
		}
	}
}
