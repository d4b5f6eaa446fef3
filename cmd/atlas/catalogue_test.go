package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"esms.example/atlas/internal/problem"
)

// TestEveryCodeIsInTheCatalogue reads the sources: each code that is declared stands once in the catalogue, each entry of the
// catalogue is declared once, and nobody names a code without declaring it.
func TestEveryCodeIsInTheCatalogue(t *testing.T) {
	declared := map[string]string{}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			if err == nil {
				err = fs.SkipDir
			}
			return err
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		for _, code := range codes(t, path) {
			if other, ok := declared[code]; ok {
				t.Errorf("code %s is declared in %s and in %s", code, other, path)
			}
			declared[code] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, e := range problem.Catalogue() {
		if known[string(e.Code)] {
			t.Errorf("the catalogue has %s twice", e.Code)
		}
		known[string(e.Code)] = true
		if declared[string(e.Code)] == "" {
			t.Errorf("the catalogue explains %s, which no package declares", e.Code)
		}
	}
	for code, path := range declared {
		if !known[code] {
			t.Errorf("%s declares the code %s, which the catalogue does not explain", path, code)
		}
	}
}

// codes returns the codes that a source declares, and reports those that it writes elsewhere or whose severity it decides.
func codes(t *testing.T, path string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if isCode(n.Type) && len(n.Values) == 1 {
				if l, ok := n.Values[0].(*ast.BasicLit); ok {
					code, err := strconv.Unquote(l.Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, code)
				}
			}
		case *ast.CompositeLit:
			if !isNamed(n.Type, "Problem") {
				return true
			}
			for _, element := range n.Elts {
				field, ok := element.(*ast.KeyValueExpr)
				if !ok {
					t.Errorf("%s: a problem without names of fields", path)
					continue
				}
				_, literal := field.Value.(*ast.BasicLit)
				switch name := field.Key.(*ast.Ident).Name; {
				case name == "Code" && literal:
					t.Errorf("%s: the code %s is not declared as a constant", path, field.Value.(*ast.BasicLit).Value)
				case name == "Severity" && isNamed(field.Value, "Error", "Warning", "Information"):
					t.Errorf("%s: a problem decides of its severity, which the catalogue does", path)
				}
			}
		}
		return true
	})
	return out
}

func isCode(e ast.Expr) bool { return isNamed(e, "Code") }

// isNamed reports whether an expression is one of those names of package problem.
func isNamed(e ast.Expr, names ...string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := s.X.(*ast.Ident)
	for _, name := range names {
		if ok && pkg.Name == "problem" && s.Sel.Name == name {
			return true
		}
	}
	return false
}
