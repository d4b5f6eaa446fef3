package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// handmade writes a tiny site: one page around a body, a script that is sound and one that is not.
func handmade(t *testing.T, body string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"index.html": `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>` +
			`<meta name="viewport" content="width=device-width"><link rel="icon" href="icon.svg"></head><body><main><h1>Essai</h1>` + body + `</main></body></html>`,
		"icon.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"sound.js": `document.querySelector('h1').textContent = 'Essai réussi';`,
		"throw.js": `throw new Error('boum');`, "log.js": `console.warn('attention');`,
		"html.js":    `document.body.innerHTML = '<p>x</p>';`,
		"wide.css":   `p { width: 900px }`,
		"narrow.css": `p { width: 200px }`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFaultsOfPagesAreHeard(t *testing.T) {
	browser := window(t)
	for name, test := range map[string]struct {
		body    string
		scripts scripting
		want    string // "" when there is none
	}{
		"sound":             {`<script src="sound.js"></script><p>x</p>`, withScripts, ""},
		"exception":         {`<script src="throw.js"></script>`, withScripts, "exception"},
		"console":           {`<script src="log.js"></script>`, withScripts, "attention"},
		"scripts off":       {`<script src="throw.js"></script>`, withoutScripts, ""},
		"missing file":      {`<img src="none.png" alt="">`, withScripts, "status 404"},
		"inline script":     {`<script>1</script>`, withScripts, "inline script"},
		"style attribute":   {`<p style="color:red">x</p>`, withScripts, "inline style"},
		"trusted types":     {`<script src="html.js"></script>`, withScripts, "TrustedHTML"},
		"another origin":    {`<img src="http://127.0.0.2:9/x.png" alt="">`, withScripts, "violates"},
		"style without JS":  {`<p style="color:red">x</p>`, withoutScripts, "inline style"},
		"JSON data is fine": {`<script type="application/json">{"a":1}</script>`, withScripts, ""},
	} {
		got := strings.Join(open(t, browser, serve(t, handmade(t, test.body))+"/", test.scripts, 1280).complaints(), "\n")
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: faults = %q, want %q", name, got, test.want)
		}
	}
}

func TestOverflowIsSeen(t *testing.T) {
	browser := window(t)
	for sheet, want := range map[string]bool{"wide.css": true, "narrow.css": false} {
		dir := handmade(t, `<link rel="stylesheet" href="`+sheet+`"><p>x</p>`)
		if got := open(t, browser, serve(t, dir)+"/", withScripts, 320).overflow(t); (len(got) > 0) != want {
			t.Errorf("%s: overflow = %q, want some: %v", sheet, got, want)
		}
	}
}

func TestAxeSeesViolations(t *testing.T) {
	browser := window(t)
	for name, test := range map[string]struct{ body, want string }{
		"sound":          {`<p>x</p>`, ""},
		"no alternative": {`<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`, "image-alt"},
		"empty link":     {`<a href="#"></a>`, "link-name"},
	} {
		got := strings.Join(open(t, browser, serve(t, handmade(t, test.body))+"/", withScripts, 1280).axe(t), "\n")
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: violations = %q, want %q", name, got, test.want)
		}
	}
}
