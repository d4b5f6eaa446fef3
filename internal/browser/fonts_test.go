package browser

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// texts calls see with every text that the pages of a site show.
func texts(t *testing.T, site fs.FS, see func(page, text string)) {
	t.Helper()
	err := fs.WalkDir(site, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		f, err := site.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		document, err := html.Parse(f)
		if err != nil {
			return err
		}
		for n := range document.Descendants() {
			if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
				see(name, n.Data)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// lacking returns the characters that a WOFF2 font does not draw.
func lacking(t *testing.T, font, characters string) string {
	t.Helper()
	assets, err := filepath.Abs("../../assets")
	if err != nil {
		t.Fatal(err)
	}
	script := `const [assets, made, plain] = process.argv.slice(1);
		const { readFileSync, writeFileSync } = await import('node:fs');
		const { default: fontverter } = await import(assets + '/node_modules/fontverter/index.js');
		const { Font } = await import(assets + '/render/font.mjs');
		writeFileSync(plain, await fontverter.convert(readFileSync(made), 'sfnt'));
		const font = new Font(plain);
		let input = ''; process.stdin.setEncoding('utf8'); for await (const c of process.stdin) input += c;
		process.stdout.write([...input].filter((c) => !font.has(c)).join(''));`
	node := exec.Command("node", "--input-type=module", "-e", script, assets, font, filepath.Join(t.TempDir(), "plain.ttf"))
	node.Stdin, node.Stderr = strings.NewReader(characters), os.Stderr
	out, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestTheFontsDrawEveryCharacterOfTheSite(t *testing.T) {
	site := built(t)
	seen := map[rune]string{} // to a page that shows it
	texts(t, os.DirFS(site), func(page, text string) {
		for _, c := range text {
			if !unicode.IsControl(c) {
				seen[c] = page
			}
		}
	})
	var all []rune
	for c := range seen {
		all = append(all, c)
	}
	slices.Sort(all)
	fonts, err := filepath.Glob(filepath.Join(site, "assets", "*.woff2"))
	if err != nil || len(fonts) == 0 || len(all) < 80 {
		t.Fatalf("fonts = %q, %v, for %d characters; want some", fonts, err, len(all))
	}
	for _, font := range fonts {
		for _, c := range lacking(t, font, string(all)) {
			t.Errorf("%s has no glyph for %U %q, of %s; add it to webCharacters of package render", filepath.Base(font), c, c, seen[c])
		}
	}
	if got := lacking(t, fonts[0], "é😀"); got != "😀" {
		t.Errorf("of é and 😀 the font lacks %q, want 😀", got)
	}
}

func TestThousandsArePartedByASixthOfAnEm(t *testing.T) {
	p := open(t, window(t), serve(t, built(t))+"/", withScripts, 1280)
	for _, weight := range []int{400, 600, 700} {
		got, err := chromedp.Run(p.ctx, chromedp.Evaluate[float64](fmt.Sprintf(`(async () => {
			const font = '%d 100px "Source Sans 3"';
			await document.fonts.load(font);
			const context = document.createElement('canvas').getContext('2d');
			context.font = font;
			const width = (text) => context.measureText(text).width;
			return width('6\u202f5') - width('65');
		})()`, weight), chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		if want := 100.0 / 6; math.Abs(got-want) > 0.3 {
			t.Errorf("weight %d: U+202F is %.1f px wide at 100 px, want %.1f", weight, got, want)
		}
	}
}
