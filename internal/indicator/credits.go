package indicator

import (
	"fmt"
	"math"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// credits compares the sum of the regional envelopes of each year with the lines
// of sheet Programme that state it.
func credits(r *Results) []Verdict {
	sum, regions := map[int]float64{}, map[int]map[string]bool{}
	for _, e := range r.dataset.Envelopes {
		if regions[e.Year] == nil {
			regions[e.Year] = map[string]bool{}
		}
		sum[e.Year] += e.Amount
		regions[e.Year][e.Region] = true
	}
	var out []Verdict
	for _, line := range r.dataset.Programme {
		name := french.Fold(line.Quantity)
		if regions[line.Year] == nil || !strings.Contains(name, "enveloppe") || !strings.Contains(name, "regionale") {
			continue
		}
		out = append(out, envelopeVerdict(r, line, sum[line.Year], len(regions[line.Year])))
	}
	return out
}

func envelopeVerdict(r *Results, line atlas.ProgrammeLine, sum float64, regions int) Verdict {
	v := together(r, Credits, atlas.PublishedFigure{Indicator: "enveloppe", Territory: atlas.France, Year: line.Year,
		Value: line.Value, Precision: atlas.Exact, Source: line.Source, Origin: line.Origin})
	v.Computed, v.PublishedText, v.ComputedText = atlas.Count(sum), euros(line.Value), euros(sum)
	v.measure()
	v.Agreement = Agrees
	relation := "soit exactement"
	if !same(sum, line.Value) {
		v.Agreement, relation = Contradicts, "et non"
		if all := len(r.Gazetteer().Regions()); regions < all {
			v.Causes = append(v.Causes, fmt.Sprintf("la feuille Enveloppes n’a que %s sur %d pour %d", french.Count(float64(regions), "région", "régions"), all, line.Year))
		}
		v.DifferenceText = signed(sum-line.Value, 0) + french.NBSP + "€"
	}
	v.Message = fmt.Sprintf("les enveloppes de %s en %d totalisent %s, %s le montant publié («\u00a0%s\u00a0»\u00a0: %s)",
		french.Count(float64(regions), "région", "régions"), line.Year, v.ComputedText, relation, line.Quantity, v.PublishedText)
	return v
}

// euros writes an amount to the euro.
func euros(x float64) string { return french.Number(math.Round(x*100)/100, 0) + french.NBSP + "€" }
