package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// frenchFault is an ordinary space where French wants U+00A0 (before : and %, inside « ») or
// U+202F (before ; ! ?), or a straight apostrophe between letters.
var frenchFault = regexp.MustCompile(`[\pL\d»)] [:;!?»%](\s|$)|« |\pL'\pL`)

// typesetLater are the packages whose texts are messages of problems, typeset when they are gathered.
var typesetLater = map[string]bool{"problem": true, "workbook": true, "dataset": true, "french": true}

// TestWhatReadersSeeFollowsFrenchTypography looks at every text of the program and of the templates
// that is French enough to have an accent or a guillemet. Errors are left out: they are typeset
// when they are printed.
func TestWhatReadersSeeFollowsFrenchTypography(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, dir := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && typesetLater[d.Name()] {
				return fs.SkipDir
			}
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				for _, text := range literals(t, path) {
					if strings.ContainsAny(text, "éèêàçîôù’«œ") && frenchFault.MatchString(text) {
						t.Errorf("%s: %q at %q", path, text, frenchFault.FindString(text))
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	templates, err := filepath.Glob(filepath.Join(root, "templates", "*.html"))
	if err != nil || len(templates) == 0 {
		t.Fatalf("no template (%v)", err)
	}
	actions := regexp.MustCompile(`(?s){{.*?}}|<[^>]*>`)
	for _, path := range templates {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(actions.ReplaceAllString(string(data), "x"), "\n") {
			if frenchFault.MatchString(line) {
				t.Errorf("%s: %q at %q", path, strings.TrimSpace(line), frenchFault.FindString(line))
			}
		}
	}
}

func literals(t *testing.T, path string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && makesError(call) {
			return false
		}
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if s, err := strconv.Unquote(l.Value); err == nil {
				out = append(out, s)
			}
		}
		return true
	})
	return out
}

// makesError reports whether a call is of fmt.Errorf or errors.New.
func makesError(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (f.Sel.Name == "Errorf" || f.Sel.Name == "New")
}
