package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

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
			Code: problem.Code([]string{"finess-malforme", "cellule-vide", "commune-inconnue"}[i%3]), Severity: problem.Severity(i % 3),
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
