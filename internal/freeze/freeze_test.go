package freeze

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// published is a small site of two editions, with its manifest.
func published() (fstest.MapFS, map[string]string) {
	site, manifest := fstest.MapFS{}, map[string]string{}
	for name, text := range map[string]string{
		"index.html":               "accueil de 2023",
		"2022/index.html":          `<link href="../assets/atlas.aa.css"><script src="../assets/atlas.bb.js">`,
		"2022/index.html.gz":       "copie",
		"2022/donnees/x.csv":       "a,b",
		"2023/index.html":          `<link href="../assets/atlas.cc.css">`,
		"methode/index.html":       "prose",
		"assets/atlas.aa.css":      `url("police.dd.woff2")`,
		"assets/atlas.aa.css.br":   "copie",
		"assets/police.dd.woff2":   "police",
		"assets/atlas.bb.js":       "script",
		"assets/atlas.cc.css":      "feuille de 2023",
		"2022/archive.zip.gz":      "une archive qui n’est la copie de rien",
		"2022/regions/x/fiche.pdf": "PDF",
	} {
		site[name] = &fstest.MapFile{Data: []byte(text)}
		manifest[name] = digest([]byte(text))
	}
	return site, manifest
}

func pack(t *testing.T, year int) []byte {
	t.Helper()
	site, manifest := published()
	var b bytes.Buffer
	if err := Pack(&b, site, manifest, year); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t *testing.T, data []byte, year int) (*Archive, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), FileName)
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := Open(name, year)
	if err == nil {
		t.Cleanup(func() { a.Close() })
	}
	return a, err
}

func TestAnArchiveHoldsTheEditionAndTheAssetsItNeeds(t *testing.T) {
	for year, want := range map[int][]string{
		2022: {"2022/archive.zip.gz", "2022/donnees/x.csv", "2022/index.html", "2022/regions/x/fiche.pdf",
			"assets/atlas.aa.css", "assets/atlas.bb.js", "assets/police.dd.woff2"},
		2023: {"2023/index.html", "assets/atlas.cc.css", "index.html"},
	} {
		a, err := open(t, pack(t, year), year)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Paths(); !slices.Equal(got, want) {
			t.Errorf("%d: archive holds\n%q, want\n%q", year, got, want)
		}
		site, _ := published()
		for _, name := range want {
			if got, err := a.Read(name); err != nil || string(got) != string(site[name].Data) {
				t.Errorf("%s: read %q, %v", name, got, err)
			}
		}
	}
}

func TestTheSameSiteGivesTheSameArchive(t *testing.T) {
	if !bytes.Equal(pack(t, 2022), pack(t, 2022)) {
		t.Error("two archives of one site differ")
	}
}

func TestAnEditionThatIsNotPublishedOrHasChangedIsNotFrozen(t *testing.T) {
	site, manifest := published()
	if err := Pack(new(bytes.Buffer), site, manifest, 2021); err == nil || !strings.Contains(err.Error(), "pas d’édition 2021") {
		t.Errorf("edition that is not published: error = %v", err)
	}
	site["2022/donnees/x.csv"].Data = []byte("a;b")
	if err := Pack(new(bytes.Buffer), site, manifest, 2022); err == nil || !strings.Contains(err.Error(), "2022/donnees/x.csv") {
		t.Errorf("file altered since it was written: error = %v", err)
	}
}

// rewritten returns an archive of 2022 some of whose parts are replaced, removed (nil) or added.
func rewritten(t *testing.T, changes map[string][]byte) []byte {
	t.Helper()
	data := pack(t, 2022)
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		content, err := read(f)
		if err != nil {
			t.Fatal(err)
		}
		if change, ok := changes[f.Name]; ok {
			content = change
			delete(changes, f.Name)
		}
		if content != nil {
			if err := add(w, f.Name, content); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, content := range changes {
		if err := add(w, name, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnAlteredArchiveIsRefusedAndSaysHowToUnfreeze(t *testing.T) {
	whole := pack(t, 2022)
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"a file changed":    {rewritten(t, map[string][]byte{"site/2022/index.html": []byte("autre")}), "2022/index.html a changé"},
		"a file gone":       {rewritten(t, map[string][]byte{"site/2022/donnees/x.csv": nil}), "2022/donnees/x.csv manque"},
		"a file added":      {rewritten(t, map[string][]byte{"site/2022/plus.html": []byte("x")}), "2022/plus.html a été ajouté"},
		"another edition":   {rewritten(t, map[string][]byte{"site/2023/x.html": []byte("x")}), "n’est pas de l’édition"},
		"out of the site":   {rewritten(t, map[string][]byte{"site/../x.html": []byte("x")}), "n’est pas de l’édition"},
		"without manifest":  {rewritten(t, map[string][]byte{manifestName: nil}), "a été ajouté"},
		"cut short":         {whole[:len(whole)/2], "ne se lit pas"},
		"empty":             {nil, "ne se lit pas"},
		"a list gone wrong": {rewritten(t, map[string][]byte{manifestName: []byte("des mots")}), "a été ajouté"},
		"a name of Windows": {rewritten(t, map[string][]byte{`site/2022/..\..\x.html`: []byte("x")}), "n’est pas de l’édition"},
		"a directory":       {rewritten(t, map[string][]byte{"site/2022/regions/": []byte("")}), "n’est pas de l’édition"},
		"not even an index": {rewritten(t, map[string][]byte{"site/2022/index.html": nil, manifestName: []byte("")}), "a été ajouté"},
	} {
		_, err := open(t, test.data, 2022)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "supprimez fige.zip du dossier editions/2022 des données") {
			t.Errorf("%s: error = %v, want it to say %q and how to unfreeze", name, err, test.want)
		}
	}
}

func TestAnArchiveThatWouldFillTheDiskIsRefusedUnread(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 12 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("site/2022/%d.csv", i), Method: zip.Deflate, UncompressedSize64: 1 << 30}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, b.Bytes(), 2022); err == nil || !strings.Contains(err.Error(), "trop gros") {
		t.Errorf("error = %v, want it to say that the archive is too large", err)
	}
}

func TestALinkToNoArchiveIsNoUnfreezing(t *testing.T) {
	dir := t.TempDir()
	for name, make := range map[string]func(string) error{
		"link to nothing": func(name string) error { return os.Symlink("nulle part", name) },
		"directory":       func(name string) error { return os.Mkdir(name, 0o755) },
		"device":          func(name string) error { return os.Symlink("/dev/zero", name) },
	} {
		file := filepath.Join(dir, name)
		if err := make(file); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(file, 2022); err == nil || errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "supprimez") {
			t.Errorf("%s: error = %v, want an altered archive", name, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "absent"), 2022); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no archive: error = %v", err)
	}
}

func TestAFileAlteredOnceTheArchiveIsOpenIsNotRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), FileName)
	if err := os.WriteFile(name, rewritten(t, nil), 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := Open(name, 2022)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), 1<<14), 0o644); err != nil {
		t.Fatal(err)
	}
	if data, err := a.Read("2022/donnees/x.csv"); err == nil {
		t.Errorf("read %q", data)
	}
}

func FuzzOpen(f *testing.F) {
	site, manifest := published()
	var b bytes.Buffer
	if err := Pack(&b, site, manifest, 2022); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := open(t, data, 2022)
		if err != nil {
			return
		}
		for _, name := range a.Paths() {
			if _, err := a.Read(name); err != nil {
				t.Errorf("an archive that was checked has a file that cannot be read: %v", err)
			}
		}
	})
}
