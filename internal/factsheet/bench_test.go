package factsheet

import (
	"context"
	"testing"

	"esms.example/atlas/internal/render"
)

// BenchmarkCompose measures what Go does for the sheets of an edition, without setting them.
func BenchmarkCompose(b *testing.B) {
	in := input(b, edition(b))
	in.Set = func(context.Context, render.Sheet) ([]byte, error) { return nil, nil }
	for b.Loop() {
		if _, err := Make(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMake measures the sheets of an edition, set without cache by a worker already started.
func BenchmarkMake(b *testing.B) {
	in := input(b, edition(b))
	for b.Loop() {
		if _, err := Make(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}
