package demo

import (
	"slices"
	"testing"
)

func TestApportionKeepsTheTotal(t *testing.T) {
	for _, c := range []struct {
		total, floor int
		weights      []float64
		want         []int
	}{
		{10, 0, []float64{1, 1, 1}, []int{4, 3, 3}},
		{10, 0, []float64{1, 2, 7}, []int{1, 2, 7}},
		{10, 2, []float64{1, 0, 3}, []int{3, 2, 5}},
		{0, 0, []float64{1, 1}, []int{0, 0}},
		{7, 1, []float64{0, 0, 5}, []int{1, 1, 5}},
	} {
		if got := apportion(c.total, c.floor, c.weights); !slices.Equal(got, c.want) {
			t.Errorf("apportion(%d, %d, %v) = %v, want %v", c.total, c.floor, c.weights, got, c.want)
		}
	}
}

func TestDealDealsEveryCard(t *testing.T) {
	got := deal(stream(drawGaps), hand[string]{"a", 3}, hand[string]{"b", 0}, hand[string]{"c", 2})
	slices.Sort(got)
	if want := []string{"a", "a", "a", "c", "c"}; !slices.Equal(got, want) {
		t.Errorf("deal = %v, want %v", got, want)
	}
}

func TestPickFollowsTheWeights(t *testing.T) {
	r, counts := stream(drawGaps), map[string]int{}
	for range 4000 {
		counts[pick(r, []weighted[string]{{"never", 0}, {"rare", 1}, {"often", 3}})]++
	}
	if counts["never"] != 0 || counts["rare"] < 850 || counts["rare"] > 1150 {
		t.Errorf("picked %v, want about 1000 rare and 3000 often", counts)
	}
}

func TestHalvesLetNoneDominate(t *testing.T) {
	for n := 2; n < 9; n++ {
		counts := map[string]int{}
		for _, v := range halves(make([]string, n), "a", "b", "odd") {
			counts[v]++
		}
		for v, k := range counts {
			if 2*k > n {
				t.Errorf("%d links: %d of %s, more than half", n, k, v)
			}
		}
	}
}

func TestSirenHasAValidKey(t *testing.T) {
	n := newNamer(stream(drawNames))
	seen := map[string]bool{}
	for range 2000 {
		siren, sum := n.siren(), 0
		for i := range 9 { // Luhn: from the right, every second digit is doubled
			v := int(siren[8-i] - '0')
			if i%2 == 1 {
				v *= 2
			}
			sum += v/10 + v%10
		}
		if len(siren) != 9 || sum%10 != 0 || seen[siren] {
			t.Fatalf("SIREN %s: sum %d, seen before: %v", siren, sum, seen[siren])
		}
		seen[siren] = true
	}
}
