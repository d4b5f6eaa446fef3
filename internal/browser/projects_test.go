package browser

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// openData reads the projects of an edition as the open data gives them, header first.
func openData(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(built(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", name, len(rows), err)
	}
	return rows
}

// column is the place of a column in the open data.
func column(t *testing.T, rows [][]string, name string) int {
	t.Helper()
	i := slices.Index(rows[0], name)
	if i < 0 {
		t.Fatalf("no column %s in %q", name, rows[0])
	}
	return i
}

// say evaluates a script that gives a text.
func (p *tab) say(t *testing.T, script string) string {
	t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return text
}

// await waits until a script gives the text.
func (p *tab) await(t *testing.T, script, want string) {
	t.Helper()
	got := ""
	for range 100 {
		if got = p.say(t, script); got == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s: got %q, want %q", script, got, want)
}

const (
	statusOfDirectory = `(document.querySelector('#annuaire [role=status]').firstChild?.textContent ?? '')`
	firstOfDirectory  = `(document.querySelector('#annuaire li > a[href]')?.textContent ?? '')`
)

// projectsText is « 128 projets », as the directory writes it.
func projectsText(n int) string {
	if n < 2 {
		return fmt.Sprintf("%d\u00a0projet", n)
	}
	return fmt.Sprintf("%d\u00a0projets", n)
}

func TestDirectoryFindsWhatTheOpenDataHold(t *testing.T) {
	rows := openData(t, "2023/donnees/projets.csv")
	scope, kind, holder := column(t, rows, "portee"), column(t, rows, "type_projet"), column(t, rows, "organisme_porteur")
	wanted := func(test func([]string) bool) string {
		n := 0
		for _, row := range rows[1:] {
			if test(row) {
				n++
			}
		}
		return projectsText(n)
	}
	origin, browser := serve(t, built(t)), window(t)
	for name, test := range map[string]struct {
		query string
		keeps func([]string) bool
	}{
		"all":         {"", func([]string) bool { return true }},
		"scope":       {"?portee=national", func(r []string) bool { return r[scope] == "national" }},
		"two answers": {"?type=acquisition,mixte", func(r []string) bool { return r[kind] == "Acquisition" || r[kind] == "Mixte" }},
		"words":       {"?portee=regional&q=" + url.QueryEscape("FÉDÉRATION"), func(r []string) bool { return r[scope] == "régional" && strings.Contains(r[holder], "Fédération") }},
		"nothing":     {"?q=zzzzzz", func([]string) bool { return false }},
		"unknown key": {"?type=nimporte&tri=nimporte&page=-4", func([]string) bool { return true }},
	} {
		page := open(t, browser, origin+"/2023/projets/"+test.query, withScripts, 1280)
		page.await(t, statusOfDirectory, wanted(test.keeps))
		for _, fault := range page.complaints() {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func TestDirectoryIsUsedWithTheKeyboardAndRemembersInItsAddress(t *testing.T) {
	rows := openData(t, "2023/donnees/projets.csv")
	number, title := rows[len(rows)-1][0], rows[len(rows)-1][column(t, rows, "intitule")]
	page := open(t, window(t), serve(t, built(t))+"/2023/projets/", withScripts, 1280)
	page.await(t, statusOfDirectory, projectsText(len(rows)-1))
	if err := chromedp.Do(page.ctx, chromedp.Focus("#q"), chromedp.KeyEvent(strings.ToLower(number))); err != nil {
		t.Fatal(err)
	}
	page.await(t, statusOfDirectory, projectsText(1))
	page.await(t, firstOfDirectory, title)
	page.await(t, `location.search`, "?q="+strings.ToLower(number))
	// The filter of the scope, ticked with the space bar, leaves what it says it would.
	if err := chromedp.Do(page.ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector('#q').value = '';
		document.querySelector('#q').dispatchEvent(new Event('input', { bubbles: true }));
		document.querySelector('[data-facet=portee] input').focus();`)); err != nil {
		t.Fatal(err)
	}
	page.await(t, statusOfDirectory, projectsText(len(rows)-1))
	promised := page.say(t, `document.querySelector('[data-facet=portee] small').textContent`)
	if err := chromedp.Do(page.ctx, chromedp.KeyEvent(" ")); err != nil {
		t.Fatal(err)
	}
	page.await(t, statusOfDirectory, promised+"\u00a0projets")
	page.await(t, `location.search`, "?portee=regional")
	if got := page.say(t, `String(document.querySelectorAll('#annuaire li > a[href]').length <= 40 && document.querySelectorAll('#annuaire *').length < 1500)`); got != "true" {
		t.Error("the directory makes more nodes than a page of results needs")
	}
	page.say(t, `history.back(), ''`)
	page.await(t, statusOfDirectory, projectsText(1))
	page.await(t, `document.querySelector('#q').value`, strings.ToLower(number))
	for _, violation := range page.axe(t) {
		t.Errorf("axe: %s", violation)
	}
	for _, fault := range page.complaints() {
		t.Error(fault)
	}
}

func TestExportOfASelectionIsAPartOfTheOpenData(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(built(t), "2023", "donnees", "projets.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for i, line := range strings.SplitAfter(string(whole), "\n") {
		if i == 0 || strings.Contains(line, ",national,") {
			want.WriteString(line)
		}
	}
	page := open(t, window(t), serve(t, built(t))+"/2023/projets/?portee=national", withScripts, 1280)
	page.await(t, `String(document.querySelector('[data-facet=portee] input[value=national]').checked && document.querySelectorAll('#annuaire li > a').length > 0)`, "true")
	// The click saves what the page makes an address for.
	got := page.say(t, `new Promise((resolve) => {
		const read = URL.createObjectURL;
		URL.createObjectURL = (blob) => { blob.text().then((text) => resolve(text)); return read.call(URL, blob); };
		document.querySelector('#annuaire [data-lines]').click();
	})`)
	if got != want.String() {
		t.Errorf("the selection is %d characters, want %d:\n%.300s\nwant\n%.300s", len(got), len(want.String()), got, want.String())
	}
	time.Sleep(300 * time.Millisecond)
	for _, fault := range page.complaints() {
		t.Error(fault)
	}
}

func TestDirectoryWorksFromADisk(t *testing.T) {
	rows := openData(t, "2023/donnees/projets.csv")
	page := open(t, window(t), "file://"+unzipped(t, "2023")+"/2023/projets/index.html", withScripts, 1280)
	page.await(t, statusOfDirectory, projectsText(len(rows)-1))
	page.await(t, `String(document.querySelector('#annuaire li > a[href]').href.endsWith('/index.html'))`, "true")
	if err := chromedp.Do(page.ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-facet=portee] input').click()`)); err != nil {
		t.Fatal(err)
	}
	page.await(t, `location.search`, "?portee=regional")
	for _, fault := range page.complaints() {
		t.Error(fault)
	}
}
