package publish

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func stage(t *testing.T, out string, files map[string]string) *Stage {
	t.Helper()
	s, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Abort() })
	for path, text := range files {
		if err := s.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func publish(t *testing.T, out string, files map[string]string) {
	t.Helper()
	if err := stage(t, out, files).Commit(); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		return "absent"
	}
	return string(b)
}

func siblings(t *testing.T, out string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestCommitReplacesTheWholeSiteAndStaleFilesGo(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a", "public")
	publish(t, out, map[string]string{"index.html": "one", "2022/index.html": "stale"})
	publish(t, out, map[string]string{"index.html": "two", "2023/index.html": "new"})
	for path, want := range map[string]string{"index.html": "two", "2023/index.html": "new", "2022/index.html": "absent"} {
		if got := content(t, filepath.Join(out, path)); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if got := siblings(t, out); got != ".public.lock public" {
		t.Errorf("beside the site remain: %s", got)
	}
}

func TestUncommittedBuildLeavesTheFormerSite(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "one"})
	s := stage(t, out, map[string]string{"index.html": "two"})
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
	if got := content(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("got %q, want the former site", got)
	}
}

func TestTwoBuildsAtOnceAreRefused(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	first := stage(t, out, nil)
	if _, err := Open(out); err == nil || !strings.Contains(err.Error(), "en cours") {
		t.Errorf("second build: error %v, want a refusal", err)
	}
	if err := first.Abort(); err != nil {
		t.Fatal(err)
	}
	publish(t, out, map[string]string{"index.html": "after"})
}

func TestForeignDirectoryIsNeverReplaced(t *testing.T) {
	out := t.TempDir()
	letter := filepath.Join(out, "thèse.docx")
	if err := os.WriteFile(letter, []byte("ten years of work"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(out); err == nil || !strings.Contains(err.Error(), "autre chose") {
		t.Errorf("error %v, want a refusal", err)
	}
	if content(t, letter) == "absent" {
		t.Error("the file of another is gone")
	}
	if err := os.Remove(letter); err != nil {
		t.Fatal(err)
	}
	publish(t, out, map[string]string{"index.html": "an empty directory is fine"})
}

func TestARefusalLeavesNothingBehind(t *testing.T) {
	top := t.TempDir()
	write(t, filepath.Join(top, "docs", "thèse.docx"))
	publish(t, filepath.Join(top, "site"), map[string]string{"2023/index.html": "one"})
	for out, want := range map[string]string{
		"docs":            "autre chose",
		"site/2023":       "dans un site de l’atlas",
		"site/2024":       "dans un site de l’atlas",
		"site/a/b":        "dans un site de l’atlas",
		"docs/t/..":       "autre chose",
		"docs/thèse.docx": "n’est pas un dossier lisible",
	} {
		before := siblings(t, filepath.Join(top, out))
		if _, err := Open(filepath.Join(top, out)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want a refusal that says %q", out, err, want)
		}
		if after := siblings(t, filepath.Join(top, out)); after != before {
			t.Errorf("%s: the directory held %q, now %q", out, before, after)
		}
	}
	publish(t, filepath.Join(top, "site"), map[string]string{"2023/index.html": "two"})
}

// write makes a file of somebody else's.
func write(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFilesThatTheManifestDoesNotListAreNeverLost(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "one"})
	write(t, filepath.Join(out, ".git", "config"))
	if _, err := Open(out); err == nil || !strings.Contains(err.Error(), ".git/config") {
		t.Errorf("error %v, want a refusal that names the file", err)
	}
	if content(t, filepath.Join(out, ".git", "config")) != "mine" {
		t.Error("the file of another is gone")
	}
}

func TestNeighboursOfTheSameNameAreNeverTouched(t *testing.T) {
	for _, what := range []string{"new", "old"} {
		out := filepath.Join(t.TempDir(), "public")
		name := filepath.Join(beside(out, what), "note")
		write(t, name)
		if _, err := Open(out); err == nil || !strings.Contains(err.Error(), "n’est pas un reste") {
			t.Errorf("%s: error %v, want a refusal", what, err)
		}
		if content(t, name) != "mine" || content(t, out) != "absent" {
			t.Errorf("%s: the directory of another was touched", what)
		}
	}
}

func TestBuildKilledWhileItCleansIsCleanedByTheNext(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "one"})
	write(t, filepath.Join(beside(out, "new"), stageMark))
	write(t, filepath.Join(beside(out, "new"), "2022", "index.html")) // what was left of the former site
	publish(t, out, map[string]string{"index.html": "two"})
	if got := siblings(t, out); got != ".public.lock public" {
		t.Errorf("beside the site remain: %s", got)
	}
}

func TestLinkToNothingYetIsFollowed(t *testing.T) {
	dir := t.TempDir()
	link, real := filepath.Join(dir, "public"), filepath.Join(dir, "elsewhere", "site")
	if err := os.Symlink(filepath.Join("elsewhere", "site"), link); err != nil {
		t.Fatal(err)
	}
	publish(t, link, map[string]string{"index.html": "one"})
	publish(t, link, map[string]string{"index.html": "two"})
	if got := content(t, filepath.Join(real, "index.html")); got != "two" {
		t.Errorf("the target of the link holds %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no link any more (%v)", err)
	}
}

func TestPathsLeaveTheSiteOrStandTwiceAreRefused(t *testing.T) {
	s := stage(t, filepath.Join(t.TempDir(), "public"), map[string]string{"a": "1"})
	for _, path := range []string{"a", "../b", "/etc/b", "", ".", "b/../c", Manifest} {
		if err := s.Write(path, nil); err == nil {
			t.Errorf("%q was written", path)
		}
	}
}

func TestManifestIsCheckedBySha256sum(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("sha256sum is not installed")
	}
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "x", "é/index.html": "y"})
	cmd := exec.Command("sha256sum", "--check", "--strict", Manifest)
	cmd.Dir = out
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, b)
	}
}

func TestSiteInterruptedBetweenTwoRenamesComesBack(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "one"})
	if err := os.Rename(out, beside(out, "old")); err != nil {
		t.Fatal(err)
	}
	if err := stage(t, out, nil).Abort(); err != nil {
		t.Fatal(err)
	}
	if got := content(t, filepath.Join(out, "index.html")); got != "one" {
		t.Errorf("got %q, want the site back", got)
	}
	if err := swapByRenames(filepath.Join(t.TempDir(), "nothing"), out, beside(out, "old")); err == nil || content(t, filepath.Join(out, "index.html")) != "one" {
		t.Errorf("a failed swap: error %v, site %q", err, content(t, filepath.Join(out, "index.html")))
	}
}

// TestReaderNeverSeesHalfASite reads the site while it is replaced again and again: the two
// pages always come from builds that were whole.
func TestReaderNeverSeesHalfASite(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "0", "deep/index.html": "0"})
	stop := make(chan struct{})
	var missing int
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if _, err := os.ReadFile(filepath.Join(out, "deep", "index.html")); err != nil {
					missing++
				}
			}
		}
	})
	for i := range 50 {
		text := fmt.Sprint(i)
		publish(t, out, map[string]string{"index.html": text, "deep/index.html": text})
		time.Sleep(time.Millisecond)
	}
	close(stop)
	wait.Wait()
	if missing > 0 && exchanges(t) {
		t.Errorf("a page was missing %d times", missing)
	}
}

// exchanges reports whether the file system of the tests exchanges directories in one step.
func exchanges(t *testing.T) bool {
	t.Helper()
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	os.Mkdir(a, 0o755)
	os.Mkdir(b, 0o755)
	swap(a, b, filepath.Join(dir, "old"))
	_, err := os.Stat(a)
	return err == nil
}
