package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"
	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

// override turns the letters that follow it round: the reading of the workbooks takes it out, and says so.
const override = "\u202e"

// hostileTexts would be markup, code, a formula or disorder for whoever took the text of a cell for anything else.
var hostileTexts = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(2)>`,
	`<svg onload=alert(3)><style>*{display:none}</style></svg>`,
	`"><b onclick='alert(4)'>gras</b>`,
	`</script></title></textarea><h1>Titre</h1>`,
	`{{.Heading}} {{printf "%s" .}} ${7*7} <%= 7*7 %>`,
	"mot " + override + "gnp.eslaf",
	"\u05d0\u05d1\u05d2 (2) \u0645\u0631\u062d\u0628\u0627",
	`=cmd|' /C calc'!A0`,
	`=HYPERLINK("https://mal.example","ici")`,
	`+1+1`,
	`-2+3`,
	`@SUM(A1:A9)`,
	`&lt;i&gt; & &amp; <!-- -- > ]]>`,
	`#eval("1") #link("https://mal.example")[x] \u0022 [lien](javascript:alert(5))`,
}

// TestHostileCellsAreShownAsText builds, with the real command, an edition whose every free text is hostile, in
// cells, in the titles of the edition and of the journal, and looks for them in each format.
func TestHostileCellsAreShownAsText(t *testing.T) {
	w := newWorkshop(t)
	w.write(t, "tout.xlsx", hostileBook(t))
	w.write(t, "edition.toml", []byte("titre = '"+hostileTexts[0]+"'\ndate_arret = 2023-12-31\ndate_publication = 2024-05-15\nstatut = \"provisoire\"\nnotes = ['"+hostileTexts[1]+"']\n"))
	content := filepath.Join(filepath.Dir(w.data), "textes")
	if err := os.CopyFS(content, os.DirFS(filepath.Join(w.home, "content"))); err != nil {
		t.Fatal(err)
	}
	news := "---\ntitre: " + hostileTexts[1] + "\ndate: 2024-06-01\nedition: 2023\n---\n" + hostileTexts[0] + " [x](javascript:alert(6))\n"
	if err := os.WriteFile(filepath.Join(content, "journal", "2024-06-01-mal.md"), []byte(news), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd, said := w.command(t)
	cmd.Args = append([]string{cmd.Args[0]}, "build", "--skip-images", "--skip-archives", "--data", w.data, "--content", content, "--out", w.out)
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		t.Fatalf("%v (an exit: %v)\n%s", err, errors.As(err, &exit), said)
	}
	w.manifest(t)
	if !strings.Contains(said.String(), "invisible") {
		t.Errorf("nothing says that an override was taken out\n%s", said)
	}
	shown := shownTexts{}
	err := filepath.WalkDir(w.out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(w.out, name)
		if bytes.Contains(data, []byte(override)) {
			t.Errorf("%s holds an override of the direction of its text", rel)
		}
		if read := readers[path.Ext(rel)]; read != nil {
			read(t, filepath.ToSlash(rel), data, shown)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{".html", ".csv", ".xlsx", ".json"} {
		for _, text := range hostileTexts {
			if text = strings.ReplaceAll(text, override, ""); !strings.Contains(shown.of(format), flat(text)) {
				t.Errorf("%s: %q is shown nowhere as a text", format, text)
			}
		}
	}
	for format, text := range map[string]string{".xml": hostileTexts[1], ".pdf": "alert(1)", "ld+json": hostileTexts[0]} {
		if !strings.Contains(shown.of(format), flat(text)) {
			t.Errorf("%s: %q is shown nowhere as a text", format, text)
		}
	}
}

// shownTexts are the texts that each format shows, spaces made alike.
type shownTexts map[string]*strings.Builder

func (s shownTexts) add(format, text string) {
	if s[format] == nil {
		s[format] = &strings.Builder{}
	}
	s[format].WriteString(flat(text) + "\n")
}

func (s shownTexts) of(format string) string {
	if s[format] == nil {
		return ""
	}
	return s[format].String()
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// hostileBook has a project for each hostile text, in each of its free columns and those of its ESSMS.
func hostileBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	projects := [][]any{{"N° de projet", "Intitulé", "Organisme porteur", "Portée", "Région", "Phase", "Date de décision", "Type de projet", "Subvention (€)", "Solution DUI"}}
	essms := [][]any{{"N° FINESS", "N° de projet", "Raison sociale", "Catégorie", "Statut", "Commune"}}
	for i, text := range hostileTexts {
		number := "P" + string(rune('A'+i))
		projects = append(projects, []any{number, text, text, "régional", "Corse", "Généralisation", time.Date(2023, 5, 2, 0, 0, 0, 0, time.UTC), "Acquisition", 100_000, text})
		essms = append(essms, []any{"2A00000" + string(rune('0'+i/10)) + string(rune('0'+i%10)), number, text, "500", "public", "2A004"})
	}
	published := [][]any{{"Indicateur", "Territoire", "Année", "Phase", "Valeur", "Précision", "Arrondi", "Source"},
		{"projets", "FR", "", "", 99, "exact", "", hostileTexts[0]}}
	for _, s := range []struct {
		name string
		rows [][]any
	}{{"Projets", projects}, {"ESSMS", essms}, {"Chiffres publiés", published}} {
		if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for r, row := range s.rows {
			for c, v := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellValue(s.name, cell, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// number is what a cell that begins with a sign may be.
var number = regexp.MustCompile(`^-?\d+([.,]\d+)?([eE][-+]?\d+)?$`)

// readers read a file of each format as its users do, and complain of what would act instead of being shown.
var readers = map[string]func(*testing.T, string, []byte, shownTexts){
	".html": hostilePage, ".csv": hostileCSV, ".xlsx": hostileWorkbook, ".json": hostileJSON, ".geojson": hostileJSON, ".jsonld": hostileJSON,
	".xml": hostileXML, ".svg": hostileXML, ".rdf": hostileXML, ".pdf": hostilePDF,
}

func hostilePage(t *testing.T, name string, data []byte, shown shownTexts) {
	t.Helper()
	document, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	var text strings.Builder
	for n := range document.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" {
			text.WriteString(n.Data + " ")
		}
		if n.Type != html.ElementNode {
			continue
		}
		source := ""
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			case a.Key == "src" || a.Key == "type":
				source = a.Val
			case a.Key == "alt" || a.Key == "aria-label" || a.Key == "title" || a.Key == "content":
				shown.add("alternative", a.Val)
			}
			if a.Key == "src" && a.Val == "x" {
				t.Errorf("%s: an element of a cell, <%s src=x>", name, n.Data)
			}
		}
		switch {
		case n.Data == "script" && strings.Contains(source, "json"):
			if !json.Valid([]byte(content(n))) {
				t.Errorf("%s: a data block is no JSON", name)
			}
			shown.add(map[bool]string{true: "ld+json", false: "json block"}[strings.Contains(source, "ld+json")], unquoted(t, name, []byte(content(n))))
		case n.Data == "script" && content(n) != "", n.Data == "style", n.Data == "textarea":
			t.Errorf("%s: an element <%s> with %q", name, n.Data, content(n))
		}
	}
	shown.add(".html", text.String())
}

func content(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}

func hostileCSV(t *testing.T, name string, data []byte, shown shownTexts) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	if strings.Contains(name, "-excel") {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for i, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) && !number.MatchString(cell) {
				t.Errorf("%s, line %d: %q would be a formula", name, i+1, cell)
			}
			shown.add(".csv", cell)
		}
	}
}

func hostileWorkbook(t *testing.T, name string, data []byte, shown shownTexts) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for r, row := range rows {
			for c, text := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Errorf("%s, %s!%s: formula %q, %v", name, sheet, cell, formula, err)
				}
				if linked, to, err := f.GetCellHyperLink(sheet, cell); err != nil || linked && strings.Contains(to, "mal.example") {
					t.Errorf("%s, %s!%s: link %q, %v", name, sheet, cell, to, err)
				}
				shown.add(".xlsx", text)
			}
		}
	}
}

func hostileJSON(t *testing.T, name string, data []byte, shown shownTexts) {
	t.Helper()
	shown.add(".json", unquoted(t, name, data))
}

// unquoted is every text of a JSON document.
func unquoted(t *testing.T, name string, data []byte) string {
	t.Helper()
	var b strings.Builder
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return b.String()
		}
		if text, isText := token.(string); isText {
			b.WriteString(text + "\n")
		}
	}
}

func hostileXML(t *testing.T, name string, data []byte, shown shownTexts) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	html := false // the content of an entry of a feed
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "script" || token.Name.Local == "img" {
				t.Errorf("%s: an element <%s>", name, token.Name.Local)
			}
			html = token.Name.Local == "content"
		case xml.CharData:
			if text := string(token); html && (strings.Contains(text, "<script") || strings.Contains(text, "javascript:")) {
				t.Errorf("%s: HTML that a reader would run: %q", name, text)
			}
			shown.add(path.Ext(name), string(token))
		}
	}
}

func hostilePDF(t *testing.T, name string, data []byte, shown shownTexts) {
	t.Helper()
	for _, act := range []string{"/JavaScript", "/JS ", "/Launch", "mal.example)"} {
		if bytes.Contains(data, []byte(act)) {
			t.Errorf("%s: holds %s", name, act)
		}
	}
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	text, err := r.GetPlainText()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	all, err := io.ReadAll(text)
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	shown.add(".pdf", string(all))
}
