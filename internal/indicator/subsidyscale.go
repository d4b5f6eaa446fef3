package indicator

import (
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// ScaleClass is the projects that one entry of the scale of subsidies is for, beside what it gives.
type ScaleClass struct {
	Kind     atlas.ProjectKind
	From, To int     // ESSMS; To is 0 without bound
	PerESSMS float64 // what the scale gives, in euros per ESSMS: the sum of its components
	Projects int
	Links    int     // their financed links
	Subsidy  float64 // euros
	Mean     atlas.Quantity
	Above    int // projects whose subsidy per ESSMS is above the scale
	// PerESSMSText and MeanText are for readers: « 21 500 € », « n.d. ».
	PerESSMSText, MeanText string
}

// Scale compares the projects of the généralisation, which the scale is for, with it: by kind and size,
// in the order of its file. Mixed projects are held to the higher of the two kinds; projects without
// financed ESSMS, and regional ones under the minimum of their region, which may have more, are left
// out. None without a scale.
func (s *Slice) Scale(lines []atlas.ScaleLine) []ScaleClass {
	classes := scaleClasses(lines)
	if len(classes) == 0 {
		return nil
	}
	for _, p := range everyProject(s) {
		n := len(p.Links)
		if p.Phase != atlas.Generalisation || n == 0 || p.Scope == atlas.Regional && underMinimum(s, p) == atlas.Yes {
			continue
		}
		i := slices.IndexFunc(classes, func(c ScaleClass) bool { return c.Kind == p.Kind && c.From <= n && (c.To == 0 || n <= c.To) })
		if i < 0 {
			continue
		}
		c := &classes[i]
		c.Projects++
		c.Links += n
		c.Subsidy += p.Subsidy
		if p.Subsidy/float64(n) > c.PerESSMS {
			c.Above++
		}
	}
	for i := range classes {
		c := &classes[i]
		c.PerESSMSText, c.MeanText = euros(c.PerESSMS), "n.d."
		if c.Links > 0 {
			c.Mean = atlas.Known(c.Subsidy / float64(c.Links))
			c.MeanText = euros(c.Mean.Amount)
		}
	}
	return classes
}

// scaleClasses sums the components of the scale by kind and size, and adds the mixed kind.
func scaleClasses(lines []atlas.ScaleLine) []ScaleClass {
	var out []ScaleClass
	add := func(kind atlas.ProjectKind, l atlas.ScaleLine) *ScaleClass {
		for i := range out {
			if out[i].Kind == kind && out[i].From == l.From && out[i].To == l.To {
				return &out[i]
			}
		}
		out = append(out, ScaleClass{Kind: kind, From: l.From, To: l.To})
		return &out[len(out)-1]
	}
	for _, l := range lines {
		if !l.Small {
			add(atlas.ProjectKind(l.Kind), l).PerESSMS += l.Euros
		}
	}
	for _, c := range slices.Clone(out) {
		mixed := add(atlas.MixedKind, atlas.ScaleLine{From: c.From, To: c.To})
		mixed.PerESSMS = max(mixed.PerESSMS, c.PerESSMS)
	}
	return out
}

// CategoryCount is a number of ESSMS by FINESS category.
type CategoryCount struct {
	Category atlas.Category // its code alone where the references lack it; empty: unknown
	Count    int
}

// ByCategory counts the distinct financed ESSMS of a territory in each open category that has a field,
// in the order of the fields then of the codes, then in the others that they name, the unknown last.
func (s *Slice) ByCategory(known map[string]atlas.Category) []CategoryCount {
	counts := map[string]int{}
	for _, e := range s.ESSMS {
		counts[e.Category]++
	}
	var out []CategoryCount
	for code, c := range known {
		if c.Field != "" && c.ClosedOn == "" || counts[code] > 0 {
			out = append(out, CategoryCount{c, counts[code]})
		}
	}
	for code, n := range counts {
		if _, ok := known[code]; !ok {
			out = append(out, CategoryCount{atlas.Category{Code: code}, n})
		}
	}
	rank := func(c CategoryCount) int {
		if c.Category.Code == "" {
			return len(atlas.Fields) + 1
		}
		if i := slices.Index(atlas.Fields, c.Category.Field); i >= 0 {
			return i
		}
		return len(atlas.Fields)
	}
	slices.SortFunc(out, func(a, b CategoryCount) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.Category.Code, b.Category.Code)
	})
	return out
}
