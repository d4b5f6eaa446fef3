package demo

import (
	"math"
	"math/rand/v2"
	"slices"
)

// The demonstration draws from one fixed seed, one stream per concern, so that a change in
// how names are drawn moves no amount.
const seed = 20231231

// concern names a stream of draws.
type concern uint64

const (
	drawSizes concern = iota + 1
	drawDates
	drawProfiles
	drawPlaces
	drawPairs
	drawRegister
	drawNames
	drawAmounts
	drawPayments
	drawSurveys
	drawGaps
)

func stream(c concern) *rand.Rand { return rand.New(rand.NewPCG(seed, uint64(c))) }

// apportion shares total among the weights by the largest remainders, ties to the first;
// each gets at least floor. The total must be at least floor × len(weights), and some
// weight be positive.
func apportion(total, floor int, weights []float64) []int {
	parts := make([]int, len(weights))
	left, sum := total-floor*len(weights), 0.0
	for _, w := range weights {
		sum += w
	}
	type rest struct {
		index    int
		fraction float64
	}
	rests, given := make([]rest, len(weights)), 0
	for i, w := range weights {
		share := float64(left) * w / sum
		n := int(math.Floor(share))
		parts[i] = floor + n
		given += n
		rests[i] = rest{i, share - float64(n)}
	}
	slices.SortStableFunc(rests, func(a, b rest) int {
		switch {
		case a.fraction > b.fraction:
			return -1
		case a.fraction < b.fraction:
			return 1
		}
		return 0
	})
	for i := 0; i < left-given; i++ {
		parts[rests[i].index]++
	}
	return parts
}

// weighted is a choice and how often it is made.
type weighted[T any] struct {
	value  T
	weight float64
}

// pick draws one of the choices in proportion to its weight.
func pick[T any](r *rand.Rand, choices []weighted[T]) T {
	sum := 0.0
	for _, c := range choices {
		sum += c.weight
	}
	x := r.Float64() * sum
	for _, c := range choices {
		if x -= c.weight; x < 0 {
			return c.value
		}
	}
	return choices[len(choices)-1].value
}

// deal returns the labels, each as many times as said, in a random order.
func deal[T any](r *rand.Rand, hands ...hand[T]) []T {
	var out []T
	for _, h := range hands {
		for range h.count {
			out = append(out, h.label)
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// hand is a label and how many times it is dealt.
type hand[T any] struct {
	label T
	count int
}

// lognormal draws around 1 with that spread, at most limit.
func lognormal(r *rand.Rand, spread, limit float64) float64 {
	return min(limit, math.Exp(r.NormFloat64()*spread-spread*spread/2))
}
