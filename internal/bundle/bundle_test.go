package bundle

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// assets writes a directory of assets with one package, used in part.
func assets(t *testing.T, scripts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"node_modules/outils/package.json": `{"name": "outils", "version": "1.0.0", "main": "index.js", "module": "index.js", "sideEffects": false}`,
		"node_modules/outils/index.js":     `export const used = "un outil servi"; export const unused = "un outil laissé";`,
	}
	for name, text := range scripts {
		files["scripts/"+name] = text
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEachEntryMakesOneScriptThatHoldsWhatItUses(t *testing.T) {
	dir := assets(t, map[string]string{
		"un.js":   `import { used } from "outils"; import { own } from "./lib/own.js"; document.title = used + own;`,
		"deux.js": `document.title = "deux";`, "lib/own.js": `export const own = "à moi";`,
	})
	got, err := Make(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("%d scripts, want un and deux: the modules below scripts/ are not entries", len(got))
	}
	one := string(got["un"])
	for text, want := range map[string]bool{"un outil servi": true, "à moi": true, "un outil laissé": false, "import": false} {
		if strings.Contains(one, text) != want {
			t.Errorf("script holds %q: %v, want %v\n%s", text, !want, want, one)
		}
	}
	again, err := Make(dir)
	if err != nil || !bytes.Equal(again["un"], got["un"]) {
		t.Errorf("a second making differs (%v)", err)
	}
}

func TestFaultsNameTheirFileAndLine(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"syntax":          {"let a =\n  ;", "assets/scripts/x.js ligne 2"},
		"missing package": {`import "absent"`, "make site"},
	} {
		_, err := Make(assets(t, map[string]string{"x.js": test.script}))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want it to say %q", name, err, test.want)
		}
	}
	if _, err := Make(assets(t, nil)); !errors.Is(err, ErrNone) {
		t.Errorf("without any entry: error = %v, want %v", err, ErrNone)
	}
}
