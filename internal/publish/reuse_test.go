package publish

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// sameFile tells whether a name still leads to the file that it led to.
func sameFile(t *testing.T, before os.FileInfo, name string) bool {
	t.Helper()
	after, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(before, after)
}

func stat(t *testing.T, name string) os.FileInfo {
	t.Helper()
	info, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestOnlyWhatChangedIsWritten(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	files := map[string]string{"index.html": "home", "a/index.html": "one", "b/index.html": "two", "b/empty": ""}
	publish(t, out, files)
	before := map[string]os.FileInfo{}
	for path := range files {
		before[path] = stat(t, filepath.Join(out, path))
	}
	files["b/index.html"] = "TWO" // as long as before
	s := stage(t, out, files)
	if s.Files() != 4 || s.Reused() != 3 {
		t.Errorf("%d files, %d reused, want 4 and 3", s.Files(), s.Reused())
	}
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		name := filepath.Join(out, path)
		if got := content(t, name); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
		if kept := sameFile(t, before[path], name); kept != (path != "b/index.html") {
			t.Errorf("%s: the same file as before: %v", path, kept)
		}
	}
	if got := siblings(t, out); got != ".public.lock public" {
		t.Errorf("beside the site remain: %s", got)
	}
}

func TestFilesAlteredSinceTheirPublicationAreMadeAnew(t *testing.T) {
	for name, alter := range map[string]func(string) error{
		"other bytes of the same length": func(f string) error { return os.WriteFile(f, []byte("0ne"), 0o644) },
		"cut short":                      func(f string) error { return os.Truncate(f, 1) },
		"gone":                           os.Remove,
		"unreadable for the server":      func(f string) error { return os.Chmod(f, 0o600) },
		"a link to somewhere else": func(f string) error {
			other := filepath.Join(filepath.Dir(filepath.Dir(f)), "other")
			return errFirst(os.Remove(f), os.WriteFile(other, []byte("one"), 0o644), os.Symlink(other, f))
		},
	} {
		out := filepath.Join(t.TempDir(), "public")
		files := map[string]string{"index.html": "one"}
		publish(t, out, files)
		page := filepath.Join(out, "index.html")
		if err := alter(page); err != nil {
			t.Fatal(err)
		}
		s := stage(t, out, files)
		if err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		if info := stat(t, page); s.Reused() != 0 || content(t, page) != "one" || info.Mode() != s.mode {
			t.Errorf("%s: %d reused, content %q, mode %v", name, s.Reused(), content(t, page), info.Mode())
		}
	}
}

func errFirst(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAbandonedBuildThatReusedFilesLeavesThemWhole(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	publish(t, out, map[string]string{"index.html": "one", "a/index.html": "two"})
	killed := stage(t, out, map[string]string{"index.html": "one", "a/index.html": "changed"})
	if killed.Reused() != 1 {
		t.Fatalf("%d reused, want 1", killed.Reused())
	}
	killed.lock.Unlock() // killed: nothing is ended, the stage stays beside the site
	killed.lock = nil
	for path, want := range map[string]string{"index.html": "one", "a/index.html": "two"} {
		if got := content(t, filepath.Join(out, path)); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	publish(t, out, map[string]string{"index.html": "one", "a/index.html": "three"})
	for path, want := range map[string]string{"index.html": "one", "a/index.html": "three"} {
		if got := content(t, filepath.Join(out, path)); got != want {
			t.Errorf("after the next build, %s: got %q, want %q", path, got, want)
		}
	}
}

func TestCompressedFormsAreReusedToo(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	files := map[string]string{"index.html": prose(1, 3000), "a.csv": prose(2, 3000)}
	publishPacked(t, out, files)
	before := stat(t, filepath.Join(out, "index.html.br"))
	files["a.csv"] = prose(3, 3000)
	publishPacked(t, out, files)
	if !sameFile(t, before, filepath.Join(out, "index.html.br")) {
		t.Error("index.html.br was written again")
	}
}

// BenchmarkSecondBuild publishes 5 000 pages of 20 kB, one of them changed.
func BenchmarkSecondBuild(b *testing.B) {
	out := filepath.Join(b.TempDir(), "public")
	page := make([]byte, 20_000)
	build := func(changed int) {
		s, err := Open(out)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Abort()
		for i := range 5000 {
			data := append([]byte(fmt.Sprintf("%d %v ", i, i == changed)), page...)
			if err := s.Write(fmt.Sprintf("2023/projets/%d/index.html", i), data); err != nil {
				b.Fatal(err)
			}
		}
		if err := s.Commit(); err != nil {
			b.Fatal(err)
		}
	}
	build(0)
	for i := 1; b.Loop(); i++ {
		build(i)
	}
}
