package render

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// oneLine is a sheet of one page that prints a text.
func oneLine(text string) Sheet {
	data, _ := json.Marshal(map[string]string{"text": text})
	return Sheet{
		ID: "essai", Pages: 1, Data: data, Date: time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC),
		Template: `#let d = json(bytes(sys.inputs.sheet))
#set document(title: "Essai")
#set text(lang: "fr", font: "Source Sans 3", fallback: false, size: 30pt - d.tightness * 4pt)
= Titre
#d.text`,
	}
}

func set(t *testing.T, r *Renderer, s Sheet) []byte {
	t.Helper()
	pdf, err := r.PDF(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.7")) || !bytes.Contains(pdf, []byte("<pdfuaid:part>1</pdfuaid:part>")) {
		t.Fatalf("sheet = %.60q…, want a PDF/UA-1 file", pdf)
	}
	return pdf
}

func TestSheetsAreReproducibleAndDated(t *testing.T) {
	first := set(t, open(t, Options{}), oneLine("Même texte"))
	r := open(t, Options{})
	set(t, r, oneLine("Autre texte"))
	if got := set(t, r, oneLine("Même texte")); !bytes.Equal(got, first) {
		t.Errorf("second file differs from the first: %d and %d bytes", len(got), len(first))
	}
	if want := "2024-05-15T00:00:00"; !bytes.Contains(first, []byte(want)) {
		t.Errorf("the file does not bear the date %s", want)
	}
}

func TestCacheSparesTheSettingOfSheets(t *testing.T) {
	dir := t.TempDir()
	want := set(t, open(t, Options{CacheDir: dir}), oneLine("Texte"))
	r := open(t, Options{CacheDir: dir})
	r.worker.script = "/nonexistent.mjs"
	if got := set(t, r, oneLine("Texte")); !bytes.Equal(got, want) {
		t.Error("the cached sheet differs from the one set")
	}
	changed := oneLine("Texte")
	changed.Template += " "
	for name, s := range map[string]Sheet{"data": oneLine("texte"), "template": changed} {
		if _, err := r.PDF(context.Background(), s); err == nil {
			t.Errorf("a sheet of other %s came from the cache", name)
		}
	}
}

func TestTypeIsSetSmallerUntilTheSheetHolds(t *testing.T) {
	set(t, open(t, Options{}), oneLine(strings.Repeat("un texte bien long ", 60)))
}

func TestSheetsAtFaultAreRefusedAndTheWorkerLivesOn(t *testing.T) {
	r := open(t, Options{})
	untitled := oneLine("x")
	untitled.Template = strings.Replace(untitled.Template, `#set document(title: "Essai")`, "", 1)
	undescribed := oneLine("x")
	undescribed.Template += "\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>\"), format: \"svg\")"
	outside := oneLine("x")
	outside.Template += "\n#read(\"/etc/passwd\")"
	broken := oneLine("x")
	broken.Template += "\n#nothing"
	for name, test := range map[string]struct {
		sheet Sheet
		want  string
	}{
		"no title":               {untitled, "title"},
		"figure without words":   {undescribed, "alt"},
		"file read":              {outside, "refused"},
		"unknown name":           {broken, "unknown variable: nothing"},
		"too long for its pages": {oneLine(strings.Repeat("un texte bien long ", 3000)), "pages instead of 1"},
		"data not JSON":          {Sheet{ID: "x", Data: json.RawMessage("{")}, "reading its option"},
	} {
		if _, err := r.PDF(context.Background(), test.sheet); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q in it", name, err, test.want)
		}
	}
	set(t, r, oneLine("x"))
}

func TestTextsOfASheetAreNoMarkup(t *testing.T) {
	set(t, open(t, Options{}), oneLine(`#panic("x") $ \ ] { <a> @b`+" 😀\u202e\n日"))
}

func TestMissingTypstSaysWhatToRun(t *testing.T) {
	dir := t.TempDir()
	for _, name := range append(ingredients[:], sheetIngredients[:]...) {
		if strings.Contains(name, "typst") {
			continue
		}
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := New(Options{AssetsDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	_, err = r.PDF(context.Background(), oneLine("x"))
	for _, want := range []string{"typst-ts-node-compiler", "npm ci --ignore-scripts --prefix " + dir, "--skip-factsheets"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want %q in it", err, want)
		}
	}
}
