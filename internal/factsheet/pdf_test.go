package factsheet

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"esms.example/atlas/internal/french"
)

func TestEveryTerritoryHasASheetOfTwoPages(t *testing.T) {
	r, files := sheets(t)
	want := len(r.Gazetteer().Regions()) + 2
	if len(files) != want {
		t.Errorf("%d sheets, want %d", len(files), want)
	}
	if got, want := files[len(files)-1].Path, "2023/regions/provence-alpes-cote-d-azur/fiche-2023-provence-alpes-cote-d-azur.pdf"; got != want {
		t.Errorf("last sheet at %s, want %s", got, want)
	}
	for _, f := range files {
		if n := read(t, f.PDF).reader.NumPage(); n != 2 {
			t.Errorf("%s has %d pages, want 2", f.Path, n)
		}
	}
}

// The rules of PDF/UA-1 (ISO 14289-1) that a reader of the file can check; the exporter
// enforces them too.
func TestSheetsAreAccessible(t *testing.T) {
	_, files := sheets(t)
	for _, f := range files {
		w := read(t, f.PDF)
		catalog := w.reader.Trailer().Key("Root")
		check := func(ok bool, rule string, args ...any) {
			if !ok {
				t.Errorf("%s: "+rule, append([]any{f.Path}, args...)...)
			}
		}
		check(catalog.Key("MarkInfo").Key("Marked").Bool(), "not marked as tagged")
		check(strings.HasPrefix(catalog.Key("Lang").RawString(), "fr"), "language = %q, want fr", catalog.Key("Lang").RawString())
		check(catalog.Key("ViewerPreferences").Key("DisplayDocTitle").Bool(), "the title is not displayed")
		var metadata bytes.Buffer
		if _, err := metadata.ReadFrom(catalog.Key("Metadata").Reader()); err != nil {
			t.Fatal(err)
		}
		check(strings.Contains(metadata.String(), "<pdfuaid:part>1</pdfuaid:part>"), "no PDF/UA-1 identifier")
		title := w.reader.Trailer().Key("Info").Key("Title").Text()
		check(strings.Contains(title, f.Name), "title = %q, want %q in it", title, f.Name)
		check(strings.Contains(metadata.String(), "<dc:title>"), "no title in the metadata")
		check(len(w.loose) == 0, "content outside the structure: %v", w.loose)
		check(len(w.root.all("H1")) == 1, "%d H1, want 1", len(w.root.all("H1")))
		check(len(w.root.all("H2")) >= 6, "%d H2, want 6 or more", len(w.root.all("H2")))
		check(len(w.root.all("H3")) == 0, "a level of headings is skipped or too deep")
		for _, figure := range w.root.all("Figure") {
			check(len(figure.alt) > 20, "alternative = %q, want a description", figure.alt)
		}
		tables := w.root.all("Table")
		check(len(tables) >= 4, "%d tables, want 4 or more", len(tables))
		for _, table := range tables {
			rows := table.all("TR")
			headers := rows[0].all("TH")
			for _, h := range headers {
				check(h.scope == "Column" && strings.TrimSpace(h.words()) != "", "header %q of scope %q, want words and Column", h.words(), h.scope)
			}
			for _, row := range rows[1:] {
				check(len(row.all("TD")) == len(headers), "row %q has %d cells, want %d", row.words(), len(row.all("TD")), len(headers))
			}
		}
		check(bookmarks(w.reader.Outline()) == len(w.root.all("H1"))+len(w.root.all("H2")), "%d bookmarks, want one a heading", bookmarks(w.reader.Outline()))
		for i := 1; i <= 2; i++ {
			page := w.reader.Page(i)
			check(page.V.Key("Tabs").Name() == "S" || page.V.Key("Annots").Len() == 0, "page %d: tab order = %q, want S", i, page.V.Key("Tabs").Name())
			for _, name := range page.Fonts() {
				font := page.Font(name).V.Key("DescendantFonts").Index(0)
				check(strings.Contains(font.Key("BaseFont").Name(), "SourceSans3"), "font %s, want Source Sans 3", font.Key("BaseFont").Name())
				check(!font.Key("FontDescriptor").Key("FontFile2").IsNull() || !font.Key("FontDescriptor").Key("FontFile3").IsNull(), "font %s is not embedded", name)
			}
		}
	}
}

func bookmarks(o pdf.Outline) int {
	n := 0
	for _, c := range o.Child {
		n += 1 + bookmarks(c)
	}
	return n
}

func TestTextIsReadInOrder(t *testing.T) {
	_, files := sheets(t)
	for _, f := range files {
		text := read(t, f.PDF).root.words()
		at := 0
		for _, words := range []string{
			"Fiche", "\n" + f.Name + "\n", "Situation au 31 décembre 2023 · données de démonstration", "\nChiffres clés\n", "année après année",
			"Les projets", "Définitions, sources et contact", "Source : CNSA", "Licence Ouverte 2.0", "Contact : contact@atlas.example", "https://atlas.example/" + f.Page,
		} {
			i := strings.Index(text[at:], words)
			if i < 0 {
				t.Errorf("%s: %q is missing, or read too early, in\n%s", f.Path, words, text)
				break
			}
			at += i + len(words)
		}
	}
}

func TestEveryPageSaysThatTheDataAreOfDemonstration(t *testing.T) {
	_, files := sheets(t)
	for i := 1; i <= 2; i++ {
		text, err := read(t, files[0].PDF).reader.Page(i).GetPlainText(nil)
		if err != nil {
			t.Fatal(err)
		}
		if want := "Données de démonstration"; !strings.Contains(text, want) {
			t.Errorf("page %d = %.200q, want %q in it", i, text, want)
		}
	}
}

func TestSameSheetGivesSameBytes(t *testing.T) {
	r, files := sheets(t)
	got := only(t, input(t, r), "mayotte")
	for _, f := range files {
		if f.Name == "Mayotte" && !bytes.Equal(got, f.PDF) {
			t.Errorf("a second renderer made another file: %d bytes, want the %d of the first", len(got), len(f.PDF))
		}
	}
}

func TestArchiveHoldsEverySheetAndIsReproducible(t *testing.T) {
	r, files := sheets(t)
	first, err := Archive(files, r.Edition().PublishedOn)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Archive(files, r.Edition().PublishedOn)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two archives of the same sheets differ")
	}
	for _, f := range files {
		if name := f.Path[strings.LastIndexByte(f.Path, '/')+1:]; !bytes.Contains(first, []byte(name)) {
			t.Errorf("%s is not in the archive", name)
		}
	}
}

func TestMakeStopsWhenItsContextEnds(t *testing.T) {
	r, _ := sheets(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Make(ctx, input(t, r)); err == nil {
		t.Error("no error, want that of the context")
	}
}

// plainSpaces undoes what a PDF does to spaces: it may write a no-break one as an ordinary one.
func plainSpaces(s string) string {
	return strings.NewReplacer(french.NBSP, " ", french.NNBSP, " ").Replace(s)
}
