package carto

import (
	"fmt"
	"math"
	"strconv"
	"testing"
)

// The sights are matrices on linear RGB: the severe forms of the common colour-blindnesses, after Machado,
// Oliveira and Fernandes (2009), and a grey printer.
var sights = map[string][3][3]float64{
	"full":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	"grey":         {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
}

// seen returns a colour « #rrggbb » as CIE L*a*b* (D65) to a sight.
func seen(t *testing.T, colour string, sight [3][3]float64) [3]float64 {
	t.Helper()
	var linear, rgb [3]float64
	for i := range 3 {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		if linear[i] = float64(n) / 255; linear[i] <= 0.04045 {
			linear[i] /= 12.92
		} else {
			linear[i] = math.Pow((linear[i]+0.055)/1.055, 2.4)
		}
	}
	for i := range 3 {
		for j := range 3 {
			rgb[i] += sight[i][j] * linear[j]
		}
		rgb[i] = min(1, max(0, rgb[i]))
	}
	f := func(x float64) float64 {
		if x > 216.0/24389 {
			return math.Cbrt(x)
		}
		return (24389.0/27*x + 16) / 116
	}
	x := f((0.4124564*rgb[0] + 0.3575761*rgb[1] + 0.1804375*rgb[2]) / 0.95047)
	y := f(0.2126729*rgb[0] + 0.7151522*rgb[1] + 0.0721750*rgb[2])
	z := f((0.0193339*rgb[0] + 0.1191920*rgb[1] + 0.9503041*rgb[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// difference is CIEDE2000: about 1 is the least that is seen, 10 is seen at a glance.
func difference(a, b [3]float64) float64 {
	radians := math.Pi / 180
	mean := math.Pow((math.Hypot(a[1], a[2])+math.Hypot(b[1], b[2]))/2, 7)
	g := 0.5 * (1 - math.Sqrt(mean/(mean+math.Pow(25, 7))))
	polar := func(c [3]float64) (chroma, hue float64) {
		x := c[1] * (1 + g)
		if chroma = math.Hypot(x, c[2]); chroma == 0 {
			return 0, 0
		}
		return chroma, math.Mod(math.Atan2(c[2], x)/radians+360, 360)
	}
	c1, h1 := polar(a)
	c2, h2 := polar(b)
	turn, hue := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		turn, hue = 0, h1+h2
	case math.Abs(turn) > 180:
		turn -= math.Copysign(360, turn)
		if hue += 180; hue >= 360 {
			hue -= 360
		}
	}
	light, chroma := (a[0]+b[0])/2, (c1+c2)/2
	cos := func(x float64) float64 { return math.Cos(x * radians) }
	tone := 1 - 0.17*cos(hue-30) + 0.24*cos(2*hue) + 0.32*cos(3*hue+6) - 0.20*cos(4*hue-63)
	sl := 1 + 0.015*math.Pow(light-50, 2)/math.Sqrt(20+math.Pow(light-50, 2))
	sc, sh := 1+0.045*chroma, 1+0.015*chroma*tone
	power := math.Pow(chroma, 7)
	rotation := -2 * math.Sqrt(power/(power+math.Pow(25, 7))) * math.Sin(60*radians*math.Exp(-math.Pow((hue-275)/25, 2)))
	dl, dc, dh := (b[0]-a[0])/sl, (c2-c1)/sc, 2*math.Sqrt(c1*c2)*math.Sin(turn/2*radians)/sh
	return math.Sqrt(dl*dl + dc*dc + dh*dh + rotation*dc*dh)
}

func TestDifferenceIsThatOfThePublishedPairs(t *testing.T) {
	for _, c := range []struct {
		a, b [3]float64
		want float64
	}{ // Sharma, Wu and Dalal (2005)
		{[3]float64{50, 2.6772, -79.7751}, [3]float64{50, 0, -82.7485}, 2.0425},
		{[3]float64{50, 2.5, 0}, [3]float64{73, 25, -18}, 27.1492},
		{[3]float64{60.2574, -34.0099, 36.2677}, [3]float64{60.4626, -34.1751, 39.4387}, 1.2644},
		{[3]float64{50, -1, 2}, [3]float64{50, 0, 0}, 2.3669},
		{[3]float64{2.0776, 0.0795, -1.1350}, [3]float64{0.9033, -0.0636, -0.5514}, 0.9082},
	} {
		if got := difference(c.a, c.b); math.Abs(got-c.want) > 5e-5 {
			t.Errorf("difference of %v and %v = %.4f, want %.4f", c.a, c.b, got, c.want)
		}
	}
}

// palettes are all that maps are shaded with.
func palettes() map[string][]string {
	out := map[string][]string{}
	for n := 2; n <= 6; n++ {
		out[fmt.Sprintf("sequential %d", n)] = Palette(n)
	}
	for _, n := range []int{3, 5} {
		out[fmt.Sprintf("diverging %d", n)] = Diverging(n)
	}
	return out
}

// leastStep is how far apart two classes side by side in a legend must look, in CIEDE2000.
const leastStep = 10

func TestClassesLookApartToEverySight(t *testing.T) {
	for name, colours := range palettes() {
		for sight, matrix := range sights {
			for i := range colours[1:] {
				if got := difference(seen(t, colours[i], matrix), seen(t, colours[i+1], matrix)); got < leastStep {
					t.Errorf("%s, %s: %s and %s differ by %.1f, want at least %d", name, sight, colours[i], colours[i+1], got, leastStep)
				}
			}
		}
	}
}

func TestNoTwoClassesLookAlikeButInGrey(t *testing.T) {
	for name, colours := range palettes() {
		for sight, matrix := range sights {
			if sight == "grey" {
				continue
			}
			for i := range colours {
				for j := range i {
					if got := difference(seen(t, colours[i], matrix), seen(t, colours[j], matrix)); got < leastStep {
						t.Errorf("%s, %s: %s and %s differ by %.1f, want at least %d", name, sight, colours[i], colours[j], got, leastStep)
					}
				}
			}
		}
	}
}

func TestSequentialPalettesDarkenAtEveryStepInGrey(t *testing.T) {
	for n := 2; n <= 6; n++ {
		colours := Palette(n)
		for i := range colours[1:] {
			a, b := seen(t, colours[i], sights["grey"]), seen(t, colours[i+1], sights["grey"])
			if step := a[0] - b[0]; step < 10 {
				t.Errorf("%d classes: lightness falls by %.1f from %s to %s, want at least 10", n, step, colours[i], colours[i+1])
			}
		}
	}
}

func TestDivergingPalettesAreHatchedOnOneSideBecauseGreyMakesTheSidesAlike(t *testing.T) {
	for _, limits := range [][]float64{{-0.05, 0.05}, {-0.2, -0.05, 0.05, 0.2}} {
		c := Classes{By: ByPercent, Limits: limits, Years: 1}
		for class := 1; class <= c.Count(); class++ {
			if got, want := c.below(class), class <= c.Count()/2; got != want {
				t.Errorf("%d classes: class %d hatched = %v, want %v", c.Count(), class, got, want)
			}
			if !c.below(class) {
				continue
			}
			ground := c.colours()[class-1]
			if got := difference(seen(t, ground, sights["grey"]), seen(t, hatchOn(ground), sights["grey"])); got < 15 {
				t.Errorf("hatching of %s differs from it by %.1f in grey, want at least 15", ground, got)
			}
		}
	}
	if (Classes{Limits: []float64{1, 2}, Years: 1}).below(1) {
		t.Error("a class of values is hatched")
	}
}
