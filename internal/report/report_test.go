package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/problem"
)

var templates = os.DirFS("../../templates")

// hostile are texts that some cell will hold one day.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "=HYPERLINK(\"http://exemple.fr\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx",
	"a\x00b\x1b[2J", "\u202eabc", "é ]]> &amp; </t>", strings.Repeat("long ", 20000), "\xff\xfe", "😀", "{{.Problems}}", "_x0041_",
}

// many makes n problems of several kinds over files and sheets, sorted by place.
func many(n int) []problem.Problem {
	var list problem.List
	for i := range n {
		list.Add(problem.Problem{
			Code: problem.Code([]string{"essai-a", "essai-b", "essai-c"}[i%3]), Severity: problem.Severity(i % 3),
			Place: problem.Place{File: fmt.Sprintf("2023/region-%02d.xlsx", i%18), Sheet: "ESSMS", Row: 2 + i/18, Column: 1 + i%7},
			Value: fmt.Sprintf("valeur %d", i), Message: fmt.Sprintf("« valeur %d » n’est pas un numéro FINESS", i),
			Remedy: "écrire les 9 caractères du numéro, sans espace",
		})
	}
	return list.Sorted()
}

func hostiles() []problem.Problem {
	var list problem.List
	for i, v := range hostile {
		list.Add(problem.Problem{Code: "essai", Severity: problem.Warning, Value: v, Message: v, Remedy: v,
			Place: problem.Place{File: "a.xlsx", Sheet: "S", Row: i + 1, Column: 1}})
	}
	return list.Sorted()
}

func BenchmarkPageOf50000Problems(b *testing.B) {
	in := Input{Problems: many(50_000), Templates: templates}
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := writePage(&out, in); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len())/1e6, "MB-page")
	}
}

func BenchmarkBookOf50000Problems(b *testing.B) {
	in := Input{Problems: many(50_000)}
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := writeBook(&out, in); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len())/1e6, "MB-book")
	}
}

// wellFormed wants every part of a workbook to be XML that a strict reader takes, drawings included.
func wellFormed(t *testing.T, book []byte) {
	t.Helper()
	for name, data := range partsOf(t, book) {
		d := xml.NewDecoder(strings.NewReader(data))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

// big makes a workbook of 36,500 rows of 20 columns.
func big(t testing.TB) []byte {
	return book(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "ESSMS"))
		s, err := f.NewStreamWriter("ESSMS")
		must(t, err)
		row := make([]any, 20)
		for n := 1; n <= 36_500; n++ {
			for i := range row {
				row[i] = fmt.Sprintf("texte %d", n*20+i)
				if i%3 == 0 {
					row[i] = n * i
				}
			}
			must(t, s.SetRow(fmt.Sprintf("A%d", n), row))
		}
		must(t, s.Flush())
	})
}

func BenchmarkReturnOf50000Problems(b *testing.B) {
	data := big(b)
	var list problem.List
	for i := range 50_000 {
		list.Add(problem.Problem{Code: "essai", Severity: problem.Severity(i % 3), Place: problem.Place{File: "a.xlsx", Sheet: "ESSMS", Row: 1 + i*7/10, Column: 1 + i%20},
			Value: "x", Message: fmt.Sprintf("« valeur %d » n’est pas un numéro FINESS", i), Remedy: "écrire les 9 caractères du numéro, sans espace"})
	}
	in := Input{Problems: list.Sorted(), Workbooks: fstest.MapFS{"a.xlsx": {Data: data}}}
	dir := b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		runtime.GC()
		var peak atomic.Uint64
		stop := watch(&peak)
		result, err := returnBooks(dir, in)
		stop()
		if err != nil || len(result.Returned) != 1 {
			b.Fatal(result, err)
		}
		b.ReportMetric(float64(peak.Load())/1e6, "MB-peak")
		info, err := os.Stat(filepath.Join(dir, "retour", "a.xlsx"))
		must(b, err)
		b.ReportMetric(float64(info.Size())/1e6, "MB-copy")
		if out := os.Getenv("KEEP"); out != "" {
			data, _ := os.ReadFile(filepath.Join(dir, "retour", "a.xlsx"))
			must(b, os.WriteFile(out, data, 0o644))
		}
	}
}

// watch looks at the memory in use until it is stopped.
func watch(peak *atomic.Uint64) (stop func()) {
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() { close(done); <-ended }
}
