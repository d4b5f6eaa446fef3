package editorial

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func read(t *testing.T, file string) (Notice, error) {
	t.Helper()
	all, err := Read(fstest.MapFS{"regions/corse.md": {Data: []byte(file)}}, []string{"corse", "mayotte"})
	return all["corse"], err
}

func TestNoticeGivesContactModeAndParagraphs(t *testing.T) {
	n, err := read(t, "---\ncontact: Mme Exemple, x@ars.example : 01\nresume: remplace\n---\n\n## Un titre\n\nDu *texte* et un [lien](https://x.example)\nsur deux lignes &amp; \\*tel quel\\*.\n\n- un\n- deux <b>gras</b>\n\n<script>alert(1)</script>\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Mme Exemple, x@ars.example : 01"; n.Contact != want {
		t.Errorf("contact = %q, want %q", n.Contact, want)
	}
	if n.Mode != Replaces {
		t.Errorf("mode = %q, want %q", n.Mode, Replaces)
	}
	if want := []string{"Un titre", "Du texte et un lien sur deux lignes & *tel quel*.", "un", "deux gras"}; !slices.Equal(n.Paragraphs, want) {
		t.Errorf("paragraphs = %q, want %q", n.Paragraphs, want)
	}
}

func TestProseCompletesByDefault(t *testing.T) {
	n, err := read(t, "\ufeff---\r\ncontact: x\r\n---\r\n")
	if err != nil || n.Mode != Completes || n.Contact != "x" || n.Paragraphs != nil {
		t.Errorf("notice = %+v, %v, want one that completes, without prose", n, err)
	}
}

func TestFaultsSayWhereAndWhat(t *testing.T) {
	for file, want := range map[string]string{
		"Sans en-tête":                      "en-tête manque",
		"---\ncontact: x\n":                 "en-tête manque",
		"---\nresume: efface\n---\n":        "ligne 2",
		"---\ncontact: x\nauteur: y\n---\n": "« auteur » inconnue",
	} {
		if _, err := read(t, file); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "content/regions/corse.md") {
			t.Errorf("%q: error = %v, want %q and the file in it", file, err, want)
		}
	}
	_, err := Read(fstest.MapFS{"regions/corze.md": {Data: []byte("---\n---\n")}}, []string{"corse"})
	if err == nil || !strings.Contains(err.Error(), "corze") {
		t.Errorf("file of no region: error = %v, want its name in it", err)
	}
}

func TestNoDirectoryIsNoNotice(t *testing.T) {
	if all, err := Read(fstest.MapFS{}, []string{"corse"}); err != nil || len(all) != 0 {
		t.Errorf("notices = %v, %v, want none", all, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("---\ncontact: x\nresume: complete\n---\nTexte")
	f.Fuzz(func(t *testing.T, file string) {
		n, err := parse(file)
		if err == nil && n.Mode != Completes && n.Mode != Replaces {
			t.Errorf("parse(%q) = %+v, want a known mode", file, n)
		}
		for _, p := range n.Paragraphs {
			if strings.TrimSpace(p) == "" || strings.Contains(p, "\n") {
				t.Errorf("paragraph %q, want one line of words", p)
			}
		}
	})
}
