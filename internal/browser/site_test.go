package browser

import (
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	siteDir        = flag.String("site", "", "look at the site in this directory instead of building the demonstration")
	screenshotsDir = flag.String("screenshots", "", "write screenshots of every kind of page there")
)

// site is the directory of the site under test, made once by TestMain.
var site string

func TestMain(m *testing.M) {
	flag.Parse()
	code := 1
	dir, err := os.MkdirTemp("", "atlas-site-")
	if err == nil {
		site = filepath.Join(dir, "site")
		if *siteDir != "" {
			site = *siteDir
		}
		code = m.Run()
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// built builds the site of the committed editions with the real command, the first time.
func built(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat(site); err == nil {
		return site
	}
	lookAtSources(t)
	command := exec.Command("go", "run", "./cmd/atlas", "build", "--out", site, "--base-url", "https://atlas.example/")
	command.Dir = filepath.Join("..", "..")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("building the site: %v\n%s", err, output)
	}
	return site
}

// lookAtSources touches all that the site is built from, so that go test does not give
// back a kept result after a change that only the child process would have read.
func lookAtSources(t *testing.T) {
	t.Helper()
	for _, dir := range []string{"cmd", "internal", "content", "templates", "data", "assets/css", "assets/js", "assets/render", "assets/scripts"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(name string, _ fs.DirEntry, err error) error {
			if err == nil {
				_, err = os.Stat(name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// lists are the directories whose pages are all of one kind, but for those of a name of their own.
var lists = map[string]bool{"regions": true, "departements": true, "indicateurs": true, "projets": true, "integrer": true, "reprendre": true}

var (
	number = regexp.MustCompile(`^\d+$`)
	own    = map[string]bool{"regions": true, "departements": true, "indicateurs": true, "projets": true, "nationaux": true, "annees": true, "tableau": true}
)

// kindOf is the address of a page with what varies replaced by a star: « */regions/*/ ». A figure to take away is
// of the same kind wherever it stands: « reprendre/*/ », « integrer/carte/ ».
func kindOf(name string) string {
	segments := strings.Split(strings.TrimSuffix(name, "index.html"), "/")
	if slices.Contains(segments, "reprendre") {
		return "reprendre/*/"
	}
	if i := slices.Index(segments, "integrer"); i > 0 {
		return strings.Join(segments[i:], "/")
	}
	for i, s := range segments {
		if number.MatchString(s) || i > 0 && lists[segments[i-1]] && s != "" && !own[s] {
			segments[i] = "*"
		}
	}
	return strings.Join(segments, "/")
}

// kinds returns a page of every kind, the last in alphabetical order, and the indicator
// pages of both kinds of map.
func kinds(t *testing.T) []string {
	t.Helper()
	byKind := map[string]string{}
	err := fs.WalkDir(os.DirFS(built(t)), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".html" && name != "404.html" {
			byKind[kindOf(name)] = strings.TrimSuffix(name, "index.html")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, p := range byKind {
		pages = append(pages, p)
	}
	pages = append(pages, "2023/indicateurs/essms_finances/", "2023/indicateurs/taux_couverture/", "2023/regions/corse/")
	slices.Sort(pages)
	if len(pages) < 12 {
		t.Fatalf("kinds of page = %q, want at least 12", pages)
	}
	return slices.Compact(pages)
}

func TestLinksOfTheSiteResolve(t *testing.T) {
	faults, err := brokenLinks(os.DirFS(built(t)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range faults {
		if i == 40 {
			t.Errorf("… and %d others", len(faults)-i)
			break
		}
		t.Error(f)
	}
}

func TestEveryKindOfPageIsSound(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, p := range kinds(t) {
		t.Run("/"+p, func(t *testing.T) { // a subtest closes its tabs
			without := open(t, browser, origin+"/"+p, withoutScripts, 1280)
			for _, fault := range without.complaints() {
				t.Errorf("without scripts: %s", fault)
			}
			with := open(t, browser, origin+"/"+p, withScripts, 1280)
			for _, fault := range with.complaints() {
				t.Errorf("with scripts: %s", fault)
			}
			for _, fault := range sound(t, with, without) {
				t.Error(fault)
			}
		})
	}
}

// TestScreenshots writes pictures for people to look at; it runs for make screenshots only.
func TestScreenshots(t *testing.T) {
	if *screenshotsDir == "" {
		t.Skip("make screenshots")
	}
	if err := os.MkdirAll(*screenshotsDir, 0o755); err != nil {
		t.Fatal(err)
	}
	origin, browser := serve(t, built(t)), window(t)
	write := func(name string, picture []byte, err error) {
		if err == nil {
			err = os.WriteFile(filepath.Join(*screenshotsDir, name), picture, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range kinds(t) {
		for suffix, width := range map[string]int64{"1280": 1280, "768": 768, "375": 375} {
			picture, err := chromedp.Run(open(t, browser, origin+"/"+p, withScripts, width).ctx, chromedp.FullScreenshot(100))
			write(strings.ReplaceAll("accueil/"+p, "/", "_")+suffix+".png", picture, err)
		}
	}
	// What a visitor sees first: the picture of the README.
	first := open(t, browser, origin+"/", withScripts, 1280)
	if err := chromedp.Do(first.ctx, chromedp.EmulateViewport(1280, 1180)); err != nil {
		t.Fatal(err)
	}
	picture, err := chromedp.Run(first.ctx, chromedp.CaptureScreenshot())
	write("capture-accueil.png", picture, err)
}
