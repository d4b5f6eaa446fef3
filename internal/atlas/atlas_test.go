package atlas

import (
	"math"
	"testing"
)

func TestRoundToIsWhatAReaderWouldDoByHand(t *testing.T) {
	for _, c := range []struct{ x, step, want float64 }{
		{1994, 10, 1990}, {1995, 10, 2000}, {97, 5, 95}, {97.5, 5, 100}, {-97.5, 5, -100},
		{0.285, 0.01, 0.29}, {0.5249, 0.01, 0.52}, {377_499.99, 1000, 377_000}, {12.34, 0, 12.34}, {0, 10, 0},
	} {
		if got := RoundTo(c.x, c.step); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("RoundTo(%v, %v) = %v, want %v", c.x, c.step, got, c.want)
		}
	}
}

func TestRoundingChoosesItsStepBySize(t *testing.T) {
	r := Rounding{{Below: 100, Step: 5}, {Step: 10}}
	for x, want := range map[float64]float64{97: 95, 99.9: 100, 100: 100, 104: 100, 1994: 1990} {
		if got := r.Round(x); got != want {
			t.Errorf("Round(%v) = %v, want %v", x, got, want)
		}
	}
	if got := (Rounding)(nil).Round(97.3); got != 97.3 {
		t.Errorf("no rounding gave %v", got)
	}
}

func TestRatioIsMissingWithoutDenominator(t *testing.T) {
	for _, v := range []Value{
		Ratio(Known(1), Known(0), 1), Ratio(Known(1), Quantity{}, 1), Ratio(Quantity{}, Known(1), 1), {},
	} {
		if v.Shown() || v.Status != Missing {
			t.Errorf("%+v is shown", v)
		}
	}
	if v := Ratio(Known(1), Known(4), 100); v.Number != 25 || v.Numerator != Known(1) || v.Denominator != Known(4) {
		t.Errorf("1 ÷ 4 × 100 = %+v", v)
	}
}

func TestCommuneCountsInTheDepartmentOfItsCode(t *testing.T) {
	var departments []Territory
	for _, code := range []string{"01", "2A", "75", "971"} {
		departments = append(departments, Territory{ID: DepartmentID(code)})
	}
	g := NewGazetteer([]Territory{{ID: RegionID("01"), Population: 3}, {ID: RegionID("75"), Population: 4}}, departments, []Commune{{Code: "01001", Department: "01"}})
	for code, want := range map[string]string{
		"01001": "01", "01999": "01", "2A004": "2A", "75101": "75", "97105": "971", "97502": "", "20004": "", "9710": "", "": "", "é1001": "",
	} {
		got, ok := g.DepartmentOfCommune(code)
		if got.ID.Code != want || ok != (want != "") {
			t.Errorf("commune %q is in %q, want %q", code, got.ID.Code, want)
		}
	}
	if g.Country().Population != 7 {
		t.Errorf("population of France %d, want the sum of its regions", g.Country().Population)
	}
	if RegionID("01") == DepartmentID("01") || RegionID("01").String() != "region:01" || France.String() != "FR" {
		t.Error("codes of two levels are confused")
	}
}

func TestDominantIsHeldByStrictlyMoreThanHalfOfTheKnown(t *testing.T) {
	for _, c := range []struct {
		fields []Field
		want   Field
	}{
		{nil, ""}, {[]Field{"", ""}, ""}, {[]Field{Elderly, ""}, Elderly}, {[]Field{Elderly, Disability}, FieldMixed},
		{[]Field{Elderly, Elderly, Disability}, Elderly}, {[]Field{Elderly, Elderly, Disability, Shelter}, FieldMixed},
	} {
		p := &Project{}
		for _, f := range c.fields {
			p.Links = append(p.Links, &Link{Field: f})
		}
		if got := p.DominantField(); got != c.want {
			t.Errorf("%v: dominant %q, want %q", c.fields, got, c.want)
		}
	}
}
