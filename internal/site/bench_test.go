package site

import (
	"context"
	"testing"
)

// BenchmarkCompose makes every page of two small editions, charts and fonts faked.
func BenchmarkCompose(b *testing.B) {
	in := fixture(b, fixtureEdition(2022), fixtureEdition(2023))
	for b.Loop() {
		if err := Compose(context.Background(), in, func(string, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
