package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"esms.example/atlas/internal/problem"
)

func TestThePageEscapesWhatCellsHold(t *testing.T) {
	var out bytes.Buffer
	must(t, writePage(&out, Input{Problems: hostiles(), Templates: templates}))
	doc, err := html.Parse(bytes.NewReader(out.Bytes()))
	must(t, err)
	elements := map[string]int{}
	values := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		elements[n.Data]++
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		if n.Data == "bdi" && n.FirstChild != nil {
			values[n.FirstChild.Data] = true
		}
	}
	if elements["script"] != 1 || elements["img"] != 0 {
		t.Errorf("%d scripts and %d images, want 1 and 0", elements["script"], elements["img"])
	}
	for _, want := range []string{`<script>alert(1)</script>`, `=HYPERLINK("http://exemple.fr")`, "\ufffdabc", "a\ufffdb\ufffd[2J", "{{.Problems}}"} {
		if !values[want] {
			t.Errorf("%q is not shown", want)
		}
	}
	for value := range values {
		if len([]rune(value)) > longest+1 {
			t.Errorf("a value of %d characters is shown", len([]rune(value)))
		}
	}
}

func TestThePageExplainsEveryCode(t *testing.T) {
	in := Input{Problems: many(90), Templates: templates, Kinds: map[problem.Code]Kind{"essai-b": {"Cellule vide", "Une cellule obligatoire est vide.", "La remplir."}}}
	var out bytes.Buffer
	must(t, writePage(&out, in))
	page := out.String()
	for _, want := range []string{`id="code-essai-b"`, "Une cellule obligatoire est vide.", "Que faire\u00a0: La remplir.", `<a href="#code-essai-b">Cellule vide</a>`,
		`id="code-essai-a"`, `<a href="#code-essai-a">essai-a</a>`, "30 erreurs, 30 avertissements, 30 informations", "<caption>Problèmes par fichier</caption>", `<th scope="row">2023/region-00.xlsx</th>`,
		`<span>2023/region-00.xlsx</span> › <span>ESSMS</span> › <span class="cell">A2</span>`} {
		if !strings.Contains(html.UnescapeString(page), want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Contains(page, "http://") || strings.Contains(page, "https://") || strings.Contains(page, " src=") {
		t.Error("the page asks the network for something")
	}
	worst, lightest := strings.Index(page, `id="code-essai-c"`), strings.Index(page, `id="code-essai-a"`)
	if worst < 0 || worst > lightest {
		t.Errorf("errors stand at %d, after informations at %d", worst, lightest)
	}
}

func TestAPageWithoutProblemsSaysSo(t *testing.T) {
	var out bytes.Buffer
	must(t, writePage(&out, Input{Templates: templates}))
	if !strings.Contains(out.String(), "Rien à signaler") || strings.Contains(out.String(), "<script") {
		t.Errorf("got %s", out.String())
	}
}

func TestTheWorkbookOfProblemsIsTyped(t *testing.T) {
	problems := append(many(30), hostiles()...)
	var out bytes.Buffer
	must(t, writeBook(&out, Input{Problems: problems}))
	wellFormed(t, out.Bytes())
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	must(t, err)
	defer f.Close()
	rows, err := f.GetRows("Problèmes")
	must(t, err)
	if len(rows) != len(problems)+1 {
		t.Fatalf("%d rows, want %d", len(rows), len(problems)+1)
	}
	if got, want := strings.Join(rows[1][:9], "|"), "information|2023/region-00.xlsx|ESSMS|A2|2|A|valeur 0|« valeur 0 » n’est pas un numéro FINESS"; !strings.HasPrefix(strings.ReplaceAll(got, "\u00a0", " "), want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range rows {
		for column := 'A'; column <= 'J'; column++ {
			if formula, _ := f.GetCellFormula("Problèmes", fmt.Sprintf("%c%d", column, i+1)); formula != "" {
				t.Errorf("row %d has the formula %q", i+1, formula)
			}
		}
	}
	kind, err := f.GetCellType("Problèmes", "E2")
	must(t, err)
	panes, err := f.GetPanes("Problèmes")
	must(t, err)
	tables, err := f.GetTables("Problèmes")
	must(t, err)
	if kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber || !panes.Freeze || len(tables) != 1 || tables[0].Range != fmt.Sprintf("A1:J%d", len(problems)+1) {
		t.Errorf("row number of kind %v, panes %+v, tables %+v", kind, panes, tables)
	}
}

func TestTheSameProblemsGiveTheSameBytes(t *testing.T) {
	p := at("Projets", 3, 2, problem.Error, "faux")
	p.Place.File = "a.xlsx"
	in := Input{Problems: []problem.Problem{p}, Workbooks: fstest.MapFS{"a.xlsx": {Data: rich(t)}}, Templates: templates}
	first, second := t.TempDir(), t.TempDir()
	for _, dir := range []string{first, second} {
		_, err := Write(dir, in)
		must(t, err)
	}
	for _, name := range []string{PageFile, TableFile, BookFile, "retour/a.xlsx"} {
		a, err := os.ReadFile(filepath.Join(first, name))
		must(t, err)
		b, err := os.ReadFile(filepath.Join(second, name))
		must(t, err)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs from one time to the other", name)
		}
	}
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	must(t, os.WriteFile(path, []byte("avant"), 0o644))
	err := File(path, func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("x", 1<<20))
		return errors.New("disque plein")
	})
	if err == nil || !strings.Contains(err.Error(), "a.txt ne peut être écrit") || !strings.Contains(err.Error(), "disque plein") {
		t.Errorf("got error %v", err)
	}
	data, _ := os.ReadFile(path)
	entries, _ := os.ReadDir(dir)
	if string(data) != "avant" || len(entries) != 1 {
		t.Errorf("got %q and %d files, want the former one alone", data, len(entries))
	}
}

func TestWorkbooksThatCannotBeCopiedAreRefused(t *testing.T) {
	whole := rich(t)
	disordered := zipOf(t, map[string]string{
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://x/officeDocument" Target="book.xml"/></Relationships>`,
		"book.xml":                   `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`,
		"_rels/book.xml.rels":        `<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="s.xml"/></Relationships>`,
		"s.xml":                      `<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>`,
		"[Content_Types].xml":        `<Types/>`,
		"xl/worksheets/unwanted.xml": `x`,
	})
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"no archive": {[]byte("rien"), "abîmé"}, "empty": {nil, "abîmé"}, "cut": {whole[:len(whole)/2], "abîmé"},
		"no workbook in it": {zipOf(t, map[string]string{"a": "b"}), "abîmé"}, "rows in disorder": {disordered, "pas dans l’ordre"},
	} {
		p := at("S", 3, 2, problem.Error, "faux")
		p.Place.File = "a.xlsx"
		dir := t.TempDir()
		result, err := returnBooks(dir, Input{Problems: []problem.Problem{p}, Workbooks: fstest.MapFS{"a.xlsx": {Data: c.data}}})
		if err != nil || len(result.Refused) != 1 || !strings.Contains(result.Refused[0].Reason, c.want) {
			t.Errorf("%s: got %+v, %v, want %q", name, result, err, c.want)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "retour", "*")); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, data := range files {
		f, err := w.Create(name)
		must(t, err)
		_, err = io.WriteString(f, data)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

func TestPlacesOutsideOfTheWorkbooksAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "secret.xlsx"), rich(t), 0o600))
	must(t, os.Mkdir(filepath.Join(dir, "editions"), 0o755))
	must(t, os.Symlink(filepath.Join(dir, "secret.xlsx"), filepath.Join(dir, "editions", "lien.xlsx")))
	reports := filepath.Join(dir, "rapport")
	var problems []problem.Problem
	for _, file := range []string{"../secret.xlsx", "edition.toml", "2023", "lien.xlsx"} {
		problems = append(problems, problem.Problem{Code: "essai", Place: problem.Place{File: file}})
	}
	result, err := returnBooks(reports, Input{Problems: problems, Workbooks: os.DirFS(filepath.Join(dir, "editions"))})
	must(t, err)
	if len(result.Returned) != 0 || len(result.Refused) != 1 || result.Refused[0].File != "lien.xlsx" {
		t.Errorf("got %+v, want lien.xlsx refused and no copy", result)
	}
}

func TestCommentsAreRationedWorstFirst(t *testing.T) {
	c := &copying{plans: []plan{{marks: []mark{{1, 1, problem.Warning, "a"}, {2, 1, problem.Error, "b"}}}, {marks: []mark{{1, 1, problem.Error, "c"}}}}}
	c.ration(2)
	got := fmt.Sprint(c.plans[0].comments, c.plans[1].comments)
	if want := "[{2 1 2 b}] [{1 1 2 c}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(c.front.notes) != 1 || !strings.Contains(c.front.notes[0], "1\u00a0autre cellule est colorée") {
		t.Errorf("notes %q", c.front.notes)
	}
}

func FuzzACopyIsWellFormed(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" s="1"><v>1</v></c></row>`, `<font><color theme="0"/></font>`)
	f.Add(`<row/><row><c/><c t="inlineStr"><is><t>a</t></is></c></row>`, `<font><b/></font>`)
	f.Add(`<row r="3" spans="1:2"/><!-- <row> --><row r="9"><c r="C9"><f>A1&gt;"x"</f></c></row>`, `<font/>`)
	f.Fuzz(func(t *testing.T, rows, font string) {
		sheet := `<worksheet><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData>` + rows + `</sheetData><extLst/></worksheet>`
		look := `<styleSheet><fonts>` + font + `</fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/><xf fontId="0"/></cellXfs></styleSheet>`
		if !sound(sheet) || !sound(look) {
			return
		}
		styles, err := parseStyles([]byte(look))
		if err != nil {
			return
		}
		var out, styled bytes.Buffer
		w := worksheet{walker: newWalker(strings.NewReader(sheet), &out), restyle: styles.colour, legacy: `legacyDrawing/>`,
			marks: []mark{{1, 1, problem.Error, ""}, {1, 3, problem.Warning, ""}, {4, 2, problem.Error, ""}}}
		if w.copy() != nil {
			return
		}
		if !sound(out.String()) {
			t.Errorf("from %q came %q", sheet, out.String())
		}
		if must(t, styles.write(&styled)); !sound(styled.String()) {
			t.Errorf("from %q came %q", look, styled.String())
		}
	})
}

func sound(markup string) bool {
	d := xml.NewDecoder(strings.NewReader(markup))
	for {
		if _, err := d.RawToken(); err != nil {
			return err == io.EOF
		}
	}
}
