package browser

import (
	"archive/zip"
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// settled waits until an expression is true in the page, and returns whether it was in time.
func (p *tab) settled(expression string) bool {
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

// keys types texts or keys where the focus is.
func (p *tab) keys(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		press(t, p.ctx, text)
	}
}

func TestTheSearchToleratesAccentsAndSlipsAndTellsHowMany(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for query, want := range map[string]string{
		"bretgne":          "2023/regions/bretagne/",
		"ile de france":    "2023/regions/ile-de-france/",
		"2a":               "2023/departements/2A/",
		"essms finances":   "2023/indicateurs/essms_finances/",
		"accessibilite":    "accessibilite/",
		"taux d'engagemnt": "2023/indicateurs/taux_engagement/",
	} {
		p := open(t, browser, origin+"/recherche/", withScripts, 1280)
		p.keys(t, query)
		if !p.settled(`document.querySelectorAll("#recherche-resultats a").length > 0`) {
			t.Errorf("%q finds nothing: %s", query, evaluate[string](t, p.ctx, `document.getElementById("recherche-etat").textContent`))
			continue
		}
		if got := evaluate[string](t, p.ctx, `document.querySelector("#recherche-resultats a").getAttribute("href")`); got != "../"+want {
			t.Errorf("%q finds %s first, want %s", query, got, want)
		}
		if got := evaluate[string](t, p.ctx, `document.getElementById("recherche-etat").textContent`); !strings.Contains(got, "résultat") {
			t.Errorf("%q: the state says %q", query, got)
		}
		for _, fault := range p.complaints() {
			t.Error(fault)
		}
	}
}

func TestTheSearchOfAFINESSNumberLeadsToTheListsOfESSMS(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	const file = "../2023/donnees/essms.csv"
	for query, want := range map[string]string{
		"290000001":   "../2023/departements/29/essms/ " + file,
		"29 000000 1": "../2023/departements/29/essms/ " + file,
		"2a0000001":   "../2023/departements/2A/essms/ " + file,
		"970400001":   "../2023/departements/974/essms/ " + file,
		"974000001":   "../2023/departements/974/essms/ " + file,
		"980500001":   "../2023/departements/976/essms/ " + file,
		"000000001":   file, // of no department
		"29000001":    "",   // no FINESS number
	} {
		p := open(t, browser, origin+"/recherche/?edition=2023&q="+url.QueryEscape(query), withScripts, 1280)
		if !p.settled(`document.getElementById("recherche-etat").textContent.startsWith("Aucun résultat")`) {
			t.Errorf("%q: the state says %q", query, evaluate[string](t, p.ctx, `document.getElementById("recherche-etat").textContent`))
		}
		if got := evaluate[string](t, p.ctx, `[...document.querySelectorAll("#recherche-resultats a")].map((a) => a.getAttribute("href")).join(" ")`); got != want {
			t.Errorf("%q leads to %q, want %q", query, got, want)
		}
		said := evaluate[string](t, p.ctx, `document.getElementById("recherche-etat").textContent`)
		if strings.Contains(said, "ne porte pas sur les ESSMS") != (want != "") {
			t.Errorf("%q: the state says %q", query, said)
		}
		for list := range strings.FieldsSeq(want) {
			name := filepath.Join(built(t), filepath.FromSlash(strings.TrimPrefix(list, "../")))
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%q leads to nothing: %v", query, err)
			}
		}
		for _, fault := range p.complaints() {
			t.Error(fault)
		}
	}
	projects := openData(t, "2023/donnees/projets.csv")
	siren := projects[1][column(t, projects, "siren")] // of nine figures too
	p := open(t, browser, origin+"/recherche/?edition=2023&q="+siren[:3]+"+"+siren[3:6]+"+"+siren[6:], withScripts, 1280)
	if !p.settled(`document.querySelector("#recherche-resultats a")?.getAttribute("href").startsWith("../2023/projets/")`) {
		t.Errorf("the SIREN %s finds no project", siren)
	}
	p = open(t, browser, origin+"/recherche/?edition=2023&q=290000001", withScripts, 1280)
	if !p.settled(`document.querySelectorAll("#recherche-resultats a").length === 2`) {
		t.Fatal("no list of ESSMS")
	}
	if violations := p.axe(t); len(violations) > 0 {
		t.Errorf("axe: %s", strings.Join(violations, "\n"))
	}
}

func TestTheSearchIsWalkedWithTheKeyboardAndKeptInTheAddress(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	p := open(t, browser, origin+"/recherche/?q=zzzzqqq", withScripts, 1280)
	if !p.settled(`document.getElementById("recherche-etat").textContent.startsWith("Aucun résultat")`) {
		t.Errorf("without result the state says %q", evaluate[string](t, p.ctx, `document.getElementById("recherche-etat").textContent`))
	}
	p = open(t, browser, origin+"/recherche/?q=corse&edition=2022", withScripts, 1280)
	if !p.settled(`document.querySelectorAll("#recherche-resultats a").length > 1`) {
		t.Fatal("the query of the address finds nothing")
	}
	p.keys(t, kb.ArrowDown, kb.ArrowDown, kb.ArrowUp)
	if got := evaluate[string](t, p.ctx, `document.activeElement.getAttribute("href") ?? ""`); got != "../2022/regions/corse/" {
		t.Errorf("the focus is on %q, want the first result, in the edition of the address", got)
	}
	if violations := p.axe(t); len(violations) > 0 {
		t.Errorf("axe: %s", strings.Join(violations, "\n"))
	}
	p.keys(t, kb.Escape)
	if got := evaluate[string](t, p.ctx, `document.activeElement.id`); got != "recherche-texte" {
		t.Errorf("Escape leads to %q, want the field", got)
	}
	p.keys(t, kb.ArrowDown, kb.Enter)
	if !p.settled(`location.pathname === "/2022/regions/corse/"`) {
		t.Errorf("Enter leads to %s", evaluate[string](t, p.ctx, `location.pathname`))
	}
}

func TestAnyPageLeadsToTheSearchWithItsWords(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	p := open(t, browser, origin+"/2023/regions/corse/", withScripts, 1280)
	evaluate[string](t, p.ctx, `(document.querySelector(".site-search input").focus(), "")`)
	p.keys(t, "mayotte", kb.Enter)
	if !p.settled(`location.pathname === "/recherche/" && document.querySelector("#recherche-resultats a")?.getAttribute("href") === "../2023/regions/mayotte/"`) {
		t.Errorf("the search of a page leads to %s", evaluate[string](t, p.ctx, `location.href`))
	}
}

// budget is how much the page of the search may weigh before the first query, as sent compressed.
const budget = 100_000

func TestTheSearchWeighsLittleBeforeTheFirstQuery(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	p := open(t, browser, origin+"/recherche/", withScripts, 1280)
	names := evaluate[string](t, p.ctx, `[location.pathname + "index.html", ...performance.getEntriesByType("resource").map((r) => new URL(r.name).pathname)].join("\n")`)
	total := 0
	for name := range strings.Lines(names) {
		name = strings.TrimSpace(name)
		info, err := os.Stat(filepath.Join(built(t), filepath.FromSlash(name)+".gz"))
		if err != nil {
			info, err = os.Stat(filepath.Join(built(t), filepath.FromSlash(name)))
		}
		if err != nil {
			t.Fatal(err)
		}
		total += int(info.Size())
		if strings.HasSuffix(name, ".json") {
			t.Errorf("%s is fetched before any query", name)
		}
	}
	if total > budget {
		t.Errorf("%d bytes before the first query, want at most %d:\n%s", total, budget, names)
	}
	t.Logf("%d bytes before the first query", total)
}

// unzipped unpacks the offline archive of an edition, and returns the directory that it makes.
func unzipped(t *testing.T, year string) string {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(built(t), year, "atlas-"+year+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir := t.TempDir()
	for _, f := range z.File {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err == nil {
			err = os.WriteFile(name, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "atlas-"+year)
}

func TestTheArchiveOpensFromADiskWithoutAServer(t *testing.T) {
	origin, browser := "file://"+unzipped(t, "2022"), window(t)
	for page, ready := range map[string]string{
		"index.html":                                  `location.pathname.endsWith("/2022/index.html")`,
		"2022/regions/corse/index.html":               `getComputedStyle(document.body).fontFamily.includes("Source")`,
		"2022/indicateurs/projets/index.html":         `document.querySelector("h1") !== null`,
		"2022/explorer/index.html":                    `document.querySelectorAll("main svg path").length > 17`,
		"2022/comparer/index.html":                    `document.querySelector("main form") !== null`,
		"2022/projets/index.html":                     `document.querySelector("main input") !== null`,
		"recherche/index.html?q=bretgne&edition=2022": `document.querySelector("#recherche-resultats a")?.getAttribute("href") === "../2022/regions/bretagne/index.html"`,
	} {
		p := open(t, browser, origin+"/"+page, withScripts, 1280)
		if !p.settled(ready) {
			t.Errorf("%s is not as it should be: %s", page, ready)
		}
		for _, fault := range p.complaints() {
			t.Errorf("%s: %s", page, fault)
		}
	}
}
