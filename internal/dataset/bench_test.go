package dataset

import (
	"fmt"
	"testing"

	"esms.example/atlas/internal/problem"
)

// BenchmarkRead reads an edition of 1,400 projects and 36,500 rows of ESSMS.
func BenchmarkRead(b *testing.B) {
	ps, es := grid{projectHeader}, grid{essmsHeader}
	for i := range 1400 {
		ps = append(ps, projectRow(fmt.Sprintf("R84-%04d", i)))
	}
	for i := range 36500 {
		es = append(es, essmsLine(fmt.Sprintf("69%07d", i%35000), fmt.Sprintf("R84-%04d", i/27)))
	}
	dir := dataDir(b, nil, map[string]map[string]grid{"projets.xlsx": {"Projets": ps, "ESSMS": es}})
	in, err := Open(dir, "")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var problems problem.List
		ds, err := in.Read(2023, &problems)
		if err != nil || ds == nil || len(ds.ESSMS) != 35000 {
			b.Fatal(err, full(problems.Sorted()[:min(3, len(problems.Sorted()))]))
		}
	}
}

// BenchmarkReadFaults reads 25,000 rows that each have two problems.
func BenchmarkReadFaults(b *testing.B) {
	ps, es := grid{projectHeader}, grid{essmsHeader}
	for i := range 1400 {
		ps = append(ps, projectRow(fmt.Sprintf("R84-%04d", i)))
	}
	for i := range 25000 {
		es = append(es, essmsLine(fmt.Sprintf("69%07d", i), fmt.Sprintf("X84-%05d", i), "Catégorie", fmt.Sprintf("EHPADD %d", i)))
	}
	dir := dataDir(b, nil, map[string]map[string]grid{"projets.xlsx": {"Projets": ps, "ESSMS": es}})
	in, err := Open(dir, "")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var problems problem.List
		if _, err := in.Read(2023, &problems); err != nil || len(problems.Sorted()) < 50000 {
			b.Fatal(err, len(problems.Sorted()))
		}
	}
}
