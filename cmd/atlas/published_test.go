package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestCommittedEditionsAgreeWithThePublishedFigures judges every published figure by the committed
// demonstration editions. The golden file is the whole reconciliation: what agrees, what the sources
// contradict among themselves, and what no indicator computes.
func TestCommittedEditionsAgreeWithThePublishedFigures(t *testing.T) {
	data := filepath.Join("..", "..", "data")
	in, err := dataset.Open(data, data)
	if err != nil {
		t.Fatal(err)
	}
	var problems problem.List
	editions, err := readEditions(t.Context(), in, 0, &problems, io.Discard)
	if err != nil {
		t.Fatalf("%v: %v", err, problems.Sorted())
	}
	var got strings.Builder
	for _, e := range editions {
		for _, v := range e.verdicts() {
			fmt.Fprintf(&got, "%d\t%s\t%s\n", e.results.Edition().Year, v.Agreement, v.Message)
			for _, cause := range v.Causes {
				fmt.Fprintf(&got, "\t→ %s\n", cause)
			}
		}
	}
	golden := filepath.Join("testdata", "reconciliation.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("reconciliation (-want +got):\n%s", diff)
	}
	// What the sources say and cannot all be true must come out, whatever the golden file holds.
	for _, contradiction := range []string{
		"2023\tcontradictoire\tles chiffres publiés se contredisent",
		"2023\tcontradictoire\tSubventions accordées, en France (fin 2023)\u00a0: publié plus de 275,0\u00a0M€",
	} {
		if !strings.Contains(got.String(), contradiction) {
			t.Errorf("no line %q", contradiction)
		}
	}
	if n := strings.Count(got.String(), indicator.Contradicts.String()); n > 10 {
		t.Errorf("%d contradictions: the demonstration is no longer calibrated", n)
	}
}
