package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/report"
)

// reported serves the page of so many problems of three codes, in two files.
func reported(t *testing.T, n int) string {
	t.Helper()
	var list problem.List
	for i := range n {
		list.Add(problem.Problem{Code: problem.Code([]string{"essai-a", "essai-b", "essai-c"}[i%3]), Severity: problem.Severity(i % 3),
			Place: problem.Place{File: fmt.Sprintf("2023/region-%d.xlsx", i%2), Sheet: "ESSMS", Row: 2 + i, Column: 1},
			Value: fmt.Sprintf("<b>É%d</b>", i), Message: "« ceci » n’est pas un numéro", Remedy: "l’écrire"})
	}
	dir := t.TempDir()
	_, err := report.Write(dir, report.Input{Problems: list.Sorted(), Workbooks: fstest.MapFS{}, Templates: os.DirFS("../../templates")})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL + "/" + report.PageFile
}

// filter sets a field of the filter and tells what the page then says and shows.
func filter(field, value string) string {
	return fmt.Sprintf(`new Promise((done) => {
		document.getElementById('filtre').reset();
		setTimeout(() => {
			const field = document.getElementById(%q);
			field.value = %q;
			field.dispatchEvent(new Event('input', {bubbles: true}));
			field.dispatchEvent(new Event('change', {bubbles: true}));
			setTimeout(() => done(document.getElementById('compte').textContent + ', montrés : ' +
				document.querySelectorAll('#trouves tbody tr').length + ', tout : ' + document.getElementById('tous').checkVisibility()), 300);
		}, 50);
	})`, field, value)
}

func TestTheReportIsSoundAndFiltered(t *testing.T) {
	browser := window(t)
	address := reported(t, 900)
	for _, scripts := range []scripting{withScripts, withoutScripts} {
		p := open(t, browser, address, scripts, 320)
		if got := append(p.complaints(), p.overflow(t)...); len(got) > 0 {
			t.Errorf("scripts %v: %q", scripts, got)
		}
	}
	p := open(t, browser, address, withScripts, 1280)
	if got := p.axe(t); len(got) > 0 {
		t.Errorf("axe: %q", got)
	}
	for _, c := range []struct{ field, value, want string }{
		{"f-fichier", "2023/region-1.xlsx", "450 problèmes sur 900, montrés : 200, tout : false"},
		{"f-feuille", "ESSMS", "900 problèmes sur 900, montrés : 200, tout : false"},
		{"f-code", "essai-b", "300 problèmes sur 900, montrés : 200, tout : false"},
		{"f-gravite", "erreur", "300 problèmes sur 900, montrés : 200, tout : false"},
		{"f-texte", "<b>e17</b>", "1 problème sur 900, montrés : 1, tout : false"},
		{"f-texte", "introuvable", "0 problème sur 900, montrés : 0, tout : false"},
		{"f-texte", "", ", montrés : 0, tout : true"},
	} {
		got, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](filter(c.field, c.value), chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s = %q: got %q, want %q", c.field, c.value, got, c.want)
		}
	}
}

// TestTheReportOf50000ProblemsStaysQuick wants a filter of the largest page to answer within a second.
func TestTheReportOf50000ProblemsStaysQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("a page of 20 MB")
	}
	p := open(t, window(t), reported(t, 50_000), withScripts, 1280)
	took, err := chromedp.Run(p.ctx, chromedp.Evaluate[float64](`(() => {
		const from = performance.now(), field = document.getElementById('f-fichier');
		field.value = '2023/region-1.xlsx';
		field.dispatchEvent(new Event('change', {bubbles: true}));
		document.getElementById('trouves').getBoundingClientRect();
		return performance.now() - from;
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("first filter: %.0f ms", took)
	if took > 2000 {
		t.Errorf("the filter took %.0f ms, want at most 2,000", took)
	}
}
