package render

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

const assets = "../../assets"

func open(t testing.TB, o Options) *Renderer {
	t.Helper()
	if o.AssetsDir == "" {
		o.AssetsDir = assets
	}
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// samples are the charts that package chart compares with its golden files.
func samples(t testing.TB) map[string]Job {
	t.Helper()
	files, err := filepath.Glob("../chart/testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden chart: %v", err)
	}
	jobs := map[string]Job{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var j Job
		if err := json.Unmarshal(content, &j); err != nil {
			t.Fatal(err)
		}
		jobs[filepath.Base(file)] = j
	}
	return jobs
}

func draw(t testing.TB, r *Renderer, j Job) string {
	t.Helper()
	svg, err := r.SVG(context.Background(), j)
	if err != nil {
		t.Fatal(err)
	}
	return string(svg)
}

var simple = Job{ID: "c", Width: 300, Height: 200, Option: json.RawMessage(
	`{"xAxis":{"type":"value"},"yAxis":{"type":"category","data":["A"]},"series":[{"type":"bar","data":[1]}]}`)}

func TestChartsStandInAPageUnderTheStrictPolicy(t *testing.T) {
	r := open(t, Options{})
	forbidden := regexp.MustCompile(`<style|style=|<script|\son\w+=|ecmeta|class="zr|pointer-events|<\?xml|xlink|<image|javascript:`)
	for name, job := range samples(t) {
		svg := draw(t, r, job)
		if found := forbidden.FindString(svg); found != "" {
			t.Errorf("%s holds %q, want none such in %s", name, found, svg)
		}
		root, _, _ := strings.Cut(svg, ">")
		for _, want := range []string{`aria-hidden="true"`, `focusable="false"`, fmt.Sprintf(`viewBox="0 0 %d %d"`, job.Width, job.Height)} {
			if !strings.Contains(root, want) {
				t.Errorf("%s: root = %s, want %s", name, root, want)
			}
		}
		if strings.Contains(root, ` width=`) || strings.Contains(root, ` height=`) {
			t.Errorf("%s: root = %s, want no size of its own", name, root)
		}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
			if !strings.HasPrefix(m[1], job.ID+"-") || !strings.Contains(svg, "url(#"+m[1]+")") {
				t.Errorf("%s: id = %q, want it prefixed by %q and used", name, m[1], job.ID)
			}
		}
	}
}

func TestTextsOfAChartDoNotOverlapNorLeaveIt(t *testing.T) {
	r := open(t, Options{})
	for name, job := range samples(t) {
		boxes := textBoxes(t, draw(t, r, job))
		if len(boxes) < 3 {
			t.Errorf("%s has %d texts, want more", name, len(boxes))
		}
		for i, a := range boxes {
			if a.left < -0.5 || a.right > float64(job.Width)+0.5 || a.top < -0.5 || a.bottom > float64(job.Height)+0.5 {
				t.Errorf("%s: text %+v leaves the chart of %d × %d", name, a, job.Width, job.Height)
			}
			for _, b := range boxes[:i] {
				if a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
					t.Errorf("%s: texts %+v and %+v overlap", name, a, b)
				}
			}
		}
	}
}

func TestSameJobGivesSameBytesWhateverCameBefore(t *testing.T) {
	job := samples(t)["composition-fields.json"]
	first := draw(t, open(t, Options{}), job)
	second := open(t, Options{})
	draw(t, second, simple)
	draw(t, second, job)
	if got := draw(t, second, job); got != first {
		t.Errorf("second drawing = %s\nwant %s", got, first)
	}
}

func TestIdentifiersFollowTheJob(t *testing.T) {
	job := samples(t)["composition-fields.json"]
	r := open(t, Options{CacheDir: t.TempDir()})
	draw(t, r, job)
	job.ID = "autre"
	if got := draw(t, r, job); !strings.Contains(got, `id="autre-i1"`) || strings.Contains(got, "champs-i") {
		t.Errorf("drawing of the same option under another ID = %s, want ids autre-…", got)
	}
}

func TestCacheSparesTheWorker(t *testing.T) {
	dir := t.TempDir()
	want := draw(t, open(t, Options{CacheDir: dir}), simple)
	r := open(t, Options{CacheDir: dir})
	r.worker.script = "/nonexistent.mjs"
	if got := draw(t, r, simple); got != want {
		t.Errorf("cached drawing = %s, want %s", got, want)
	}
}

func TestCacheIgnoresCorruptEntries(t *testing.T) {
	dir := t.TempDir()
	want := draw(t, open(t, Options{CacheDir: dir}), simple)
	entries, err := filepath.Glob(filepath.Join(dir, "*", "*.svg"))
	if err != nil || len(entries) != 1 {
		t.Fatalf("entries = %v, %v, want one", entries, err)
	}
	for _, damage := range []string{"", "x", "deadbeef\n<svg></svg>"} {
		if err := os.WriteFile(entries[0], []byte(damage), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := draw(t, open(t, Options{CacheDir: dir}), simple); got != want {
			t.Errorf("drawing over entry %q = %s, want %s", damage, got, want)
		}
	}
}

func TestUnusableCacheIsTolerated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := draw(t, open(t, Options{CacheDir: file}), simple); !strings.HasPrefix(got, "<svg") {
		t.Errorf("drawing = %s, want an SVG", got)
	}
}

func TestSVGIsSafeForConcurrentUse(t *testing.T) {
	r := open(t, Options{CacheDir: t.TempDir()})
	want := draw(t, open(t, Options{}), simple)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if svg, err := r.SVG(context.Background(), simple); err != nil || string(svg) != want {
				t.Errorf("drawing = %s, %v, want %s", svg, err, want)
			}
		})
	}
	wg.Wait()
}

func TestJobsAtFaultAreRefusedAndTheWorkerLivesOn(t *testing.T) {
	r := open(t, Options{})
	for name, test := range map[string]struct {
		job  Job
		want string
	}{
		"option not JSON":  {Job{ID: "c", Width: 10, Height: 10, Option: json.RawMessage(`{`)}, "reading its option"},
		"identifier":       {Job{ID: `a"b`, Width: 10, Height: 10, Option: json.RawMessage(`{}`)}, "identifier"},
		"size":             {Job{ID: "c", Width: 0, Height: 10, Option: json.RawMessage(`{}`)}, "size"},
		"JavaScript error": {Job{ID: "c", Width: 10, Height: 10, Option: json.RawMessage(`{"xAxis":{},"series":[{"type":"bar","data":[1]}]}`)}, "refused the job"},
	} {
		if _, err := r.SVG(context.Background(), test.job); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q in it", name, err, test.want)
		}
	}
	draw(t, r, simple)
}

// TestBrokenWorkersAreErrors runs scripts in the place of the worker.
func TestBrokenWorkersAreErrors(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"dies at once": {`console.error("no such module"); process.exit(3)`, "exit status 3: no such module"},
		"dies at work": {`process.stdin.once("data", () => process.exit(4))`, "exit status 4"},
		"says nothing": {`process.stdin.resume()`, "no answer within"},
		"says garbage": {`console.log("hello")`, "reading the renderer's answer"},
		"out of step":  {`process.stdin.once("data", () => console.log('{"seq":99,"result":"<svg/>"}'))`, "job 99 instead of 1"},
		"not an SVG":   {`process.stdin.once("data", () => console.log('{"seq":1,"result":"<html></html>"}'))`, "unexpected element <html>"},
	} {
		r := open(t, Options{Timeout: 20 * time.Second}) // a busy machine is slow to start a process
		r.worker.script = filepath.Join(t.TempDir(), "w.mjs")
		if name == "says nothing" {
			r.worker.timeout = 400 * time.Millisecond
		}
		if err := os.WriteFile(r.worker.script, []byte(test.script), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := r.SVG(context.Background(), simple); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q in it", name, err, test.want)
		}
		r.worker.script, r.worker.timeout = filepath.Join(assets, workerFile), 30*time.Second
		if name != "not an SVG" { // that one is alive, and has answered
			draw(t, r, simple)
		}
	}
}

func TestCancellationEndsTheWaiting(t *testing.T) {
	r := open(t, Options{})
	r.worker.script = filepath.Join(t.TempDir(), "w.mjs")
	if err := os.WriteFile(r.worker.script, []byte("process.stdin.resume()"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := r.SVG(ctx, simple); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want %v", err, context.DeadlineExceeded)
	}
}

func TestClosedRendererRefusesJobs(t *testing.T) {
	r := open(t, Options{})
	draw(t, r, simple)
	if err := r.Close(); err != nil {
		t.Errorf("Close = %v, want no error", err)
	}
	if _, err := r.SVG(context.Background(), simple); !errors.Is(err, errClosed) {
		t.Errorf("error = %v, want %v", err, errClosed)
	}
}

func TestMissingToolsSayWhatToRun(t *testing.T) {
	bare := t.TempDir()
	for _, name := range ingredients[:3] {
		content, err := os.ReadFile(filepath.Join(assets, name))
		if err != nil {
			t.Fatal(err)
		}
		os.MkdirAll(filepath.Join(bare, "render"), 0o755)
		if err := os.WriteFile(filepath.Join(bare, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		options Options
		want    string
	}{
		"no Node":     {Options{Node: "no-such-node", AssetsDir: assets}, "apt-get install nodejs npm"},
		"no packages": {Options{AssetsDir: bare}, "npm ci --ignore-scripts --prefix " + bare},
		"no assets":   {Options{AssetsDir: t.TempDir()}, "render/worker.mjs est introuvable"},
	} {
		if _, err := New(test.options); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q in it", name, err, test.want)
		}
	}
}

func TestLockFileNamesNoHost(t *testing.T) {
	lock, err := os.ReadFile(filepath.Join(assets, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(lock), `"resolved"`) {
		t.Error(`package-lock.json has "resolved" fields; remove them: integrity is enough, and the registry is the reader's choice`)
	}
}

// wellFormed reports what is wrong with a text as XML.
func wellFormed(text string) error {
	in := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := in.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add(`<svg width="1" height="2" viewBox="0 0 1 2"><style><![CDATA[.a{}]]></style><text style="font-size:12px;font-family:a&quot;b">x &amp; y</text></svg>`)
	f.Add(`<svg><path d="M6.4 -3A2.4 2.4 0 1 1 6.4 -3.0002" transform="matrix(1,0,0,1,3.14159,2)"/><g id="p" fill="url(#p)"></g></svg>`)
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := clean(raw, "c")
		if err != nil {
			return
		}
		if err := wellFormed(got); err != nil {
			t.Errorf("clean(%q) = %q: %v", raw, got, err)
		}
		if strings.Contains(got, "<style") || strings.Contains(got, "<script") || strings.Contains(got, " style=\"") {
			t.Errorf("clean(%q) = %q, want neither style nor script", raw, got)
		}
	})
}

func BenchmarkSVG(b *testing.B) {
	r, job := open(b, Options{}), samples(b)["ranking.json"]
	for b.Loop() {
		draw(b, r, job)
	}
}

func BenchmarkSVGCached(b *testing.B) {
	r, job := open(b, Options{CacheDir: b.TempDir()}), samples(b)["ranking.json"]
	for b.Loop() {
		draw(b, r, job)
	}
}
