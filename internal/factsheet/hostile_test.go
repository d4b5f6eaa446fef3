package factsheet

import (
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/editorial"
)

// hostileTexts would be markup, code or disorder in a template that took texts for anything else.
var hostileTexts = []string{
	`#eval("1+1") #panic("x") = Titre`,
	`<script>alert("x")</script> & 'fils'`,
	`$ x^2 $ *gras* _italique_ #link("https://x.example")[ici]`,
	"mot \u202eruomesrever\u202c fin\u0007\u200b",
	`\#[ ] { } // commentaire /* */ @ref <label>`,
	"日本語 😀 ελληνικά кириллица",
	`=HYPERLINK("https://x.example")`,
}

func TestHostileTextsArePrintedAsTheyAre(t *testing.T) {
	r := edition(t, func(ds *dataset.Dataset) {
		i := 0
		for _, p := range ds.Projects {
			if p.Scope == atlas.Regional && p.Regions[0] == "06" && i < len(hostileTexts) {
				p.Title, p.Holder = hostileTexts[i], hostileTexts[len(hostileTexts)-1-i]
				i++
			}
		}
		ds.Edition.Title = hostileTexts[0]
	})
	in := input(t, r)
	in.Notices = map[string]editorial.Notice{"mayotte": {
		Contact: hostileTexts[1], Mode: editorial.Replaces, Paragraphs: []string{hostileTexts[2], hostileTexts[4]},
	}}
	w := read(t, only(t, in, "mayotte"))
	text := plainSpaces(w.root.words())
	for _, want := range []string{
		hostileTexts[0], hostileTexts[1], hostileTexts[2], "mot ruomesrever fin", hostileTexts[4], "□□□ □ ελληνικά кириллица", hostileTexts[6],
		"CNSA, " + hostileTexts[0], "ARS : " + hostileTexts[1],
	} {
		if !strings.Contains(strings.ReplaceAll(text, "\n", " "), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if got := len(w.root.all("Link")); got != 1 {
		t.Errorf("%d links, want that of the page alone", got)
	}
	if strings.Contains(text, "Mayotte, le programme") {
		t.Errorf("the summary that the editor replaced is in\n%s", text)
	}
}

func TestEditorCompletesTheSummary(t *testing.T) {
	r, _ := sheets(t)
	in := input(t, r)
	in.Notices = map[string]editorial.Notice{"corse": {Mode: editorial.Completes, Paragraphs: []string{"L’agence accompagne aussi les petits organismes."}}}
	text := read(t, only(t, in, "corse")).root.words()
	if summary, added := strings.Index(text, "le programme ESMS numérique"), strings.Index(text, "L’agence accompagne"); summary < 0 || added < summary {
		t.Errorf("summary at %d, prose of the editor at %d, want one after the other in\n%s", summary, added, text)
	}
}

func TestLongTextsStayOnTwoPages(t *testing.T) {
	long := strings.Repeat("Très longue dénomination d’organisme gestionnaire médico-social ", 8)
	r := edition(t, func(ds *dataset.Dataset) {
		for _, p := range ds.Projects {
			p.Title, p.Holder = long+p.Number, strings.ReplaceAll(long, " ", "")+p.Number
		}
	})
	in := input(t, r)
	in.Notices = map[string]editorial.Notice{"occitanie": {
		Contact: "Direction de l’offre médico-sociale, 26-28 parc-club du Millénaire, 1025 rue Henri-Becquerel, ars-numerique@ars.example, 01 23 45 67 89",
		Mode:    editorial.Completes, Paragraphs: []string{strings.Repeat("Une phrase de plus, écrite par l’agence. ", 12)},
	}}
	if n := read(t, only(t, in, "occitanie")).reader.NumPage(); n != 2 {
		t.Errorf("%d pages, want 2", n)
	}
	for _, row := range documentNamed(t, r, "Occitanie").sheet.Projects.Rows {
		for _, word := range strings.FieldsFunc(strings.Join(row[:2], " "), func(r rune) bool { return strings.ContainsRune(" -\u200b", r) }) {
			if n := len([]rune(word)); n > 24 {
				t.Errorf("word %q has %d characters in a row, want 24 at most", word, n)
			}
		}
	}
}

// Without the optional sheets, without ESSMS, without known fields: what is missing is said.
func TestMissingValuesAreSaid(t *testing.T) {
	r := edition(t, func(ds *dataset.Dataset) {
		ds.Fleet, ds.Envelopes, ds.Applications = nil, nil, nil
		kept := ds.Projects[:0]
		for _, p := range ds.Projects {
			if p.Scope == atlas.National || p.Regions[0] != "94" {
				kept = append(kept, p)
			}
		}
		ds.Projects = kept
		for _, e := range ds.ESSMS {
			e.Field, e.Status = "", ""
		}
	})
	text := plainSpaces(read(t, only(t, input(t, r), "corse")).root.words())
	for _, want := range []string{
		"Taux de couverture\nn.d. (non disponible)\nFrance : n.d.\n", "Subvention moyenne\nn.d. (non disponible)",
		"Aucun projet régional n’est financé en Corse.", "n.d. : non disponible",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestAddressUnknownLeavesOutItsCode(t *testing.T) {
	r, _ := sheets(t)
	in := input(t, r)
	in.Imprint.Address, in.Imprint.Contact = "", ""
	text := read(t, only(t, in, "mayotte")).root.words()
	for _, unwanted := range []string{"http", "Contact :", "en ligne"} {
		if strings.Contains(plainSpaces(text), unwanted) {
			t.Errorf("%q is in\n%s", unwanted, text)
		}
	}
}

func TestClippedKeepsWholeWords(t *testing.T) {
	for _, test := range []struct {
		text  string
		limit int
		want  string
	}{
		{"court", 10, "court"},
		{"un deux trois quatre", 15, "un deux trois…"},
		{"abcdefghijkl", 6, "abcde…"},
		{"abcdefghijklmnopqrstuvwxyzabc", 40, "abcdefghijklmnopqrstuvwx\u200byzabc"},
		{"a\tb\r\nc", 10, "a b c"},
		{"x\u202ey\u0000z", 10, "xyz"},
		{"Association – du nord", 15, "Association…"},
	} {
		if got := clipped(test.text, test.limit); got != test.want {
			t.Errorf("clipped(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
		}
	}
}

func TestQRCodeIsReadable(t *testing.T) {
	svg, err := qrCode("https://atlas.example/2023/regions/bretagne/")
	if err != nil {
		t.Fatal(err)
	}
	// The three finders of a code stand in its corners: seven dark modules on the first row.
	if want := `viewBox="0 0 41 41"`; !strings.Contains(svg, want) {
		t.Errorf("code = %.120s, want %s", svg, want)
	}
	for _, want := range []string{"M4 4h7v1h-7z", "M30 4h7v1h-7z", "M4 30h7v1h-7z"} {
		if !strings.Contains(svg, want) {
			t.Errorf("code has no finder %s", want)
		}
	}
	if _, err := qrCode("https://atlas.example/" + strings.Repeat("x", 3000)); err == nil {
		t.Error("an address of 3 000 characters made a code, want an error")
	}
}
