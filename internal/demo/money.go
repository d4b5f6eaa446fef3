package demo

import (
	"fmt"
	"math"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// grant gives each project its subsidy by the scale of 2022, then scales each period to
// its total, so that the means are those published.
func (p *plan) grant() error {
	r := stream(drawAmounts)
	var groups [periods][]*draft
	var national [periods][]*draft
	for _, d := range p.all() {
		raw, err := p.byScale(d)
		if err != nil {
			return err
		}
		d.Subsidy = raw * lognormal(r, 0.16, 2)
		if d.Infrastructure == atlas.Yes {
			d.Subsidy *= 1.12
		}
		if d.Scope == atlas.National {
			national[d.period] = append(national[d.period], d)
		} else {
			groups[d.period] = append(groups[d.period], d)
		}
	}
	p.leanOnEnvelopes(groups[year2023])
	scaleTo(p.target.subsidies[seeding1], groups[seeding1])
	scaleTo(p.target.subsidies[year2022], append(groups[seeding2], groups[year2022]...))
	scaleTo(p.target.subsidies[year2023], groups[year2023])
	for period, drafts := range national {
		scaleTo(p.target.nationalSubsidies[period], drafts)
	}
	return nil
}

// largeProject is the number of ESSMS from which the scale is that of large projects.
const largeProject = 50

// byScale computes the subsidy of a project by the scale of 2022, in euros.
func (p *plan) byScale(d *draft) (float64, error) {
	minimum := 15
	if t, ok := p.gazetteer.Territory(atlas.RegionID(d.home)); ok && t.MinProjectSize > 0 {
		minimum = t.MinProjectSize
	}
	if d.size < minimum {
		return p.components(d, "Petit organisme", "")
	}
	size := "moins de 50"
	if d.size >= largeProject {
		size = "50 ESSMS ou plus"
	}
	acquisition, err := p.components(d, string(atlas.Acquisition), size)
	if err != nil {
		return 0, err
	}
	compliance, err := p.components(d, string(atlas.Compliance), size)
	if err != nil {
		return 0, err
	}
	switch d.Kind {
	case atlas.Acquisition:
		return acquisition, nil
	case atlas.Compliance:
		return compliance, nil
	}
	return (acquisition + compliance) / 2, nil
}

// components adds the lines of the scale for a kind of project and a size.
func (p *plan) components(d *draft, kind, size string) (float64, error) {
	sum, found := 0.0, false
	for _, line := range p.published.scale {
		if !strings.HasPrefix(line.kind, kind) || !strings.HasPrefix(line.size, size) {
			continue
		}
		found = true
		switch {
		case strings.Contains(line.component, "référencé Ségur") && d.Listing != atlas.Segur:
		case strings.Contains(line.component, "par projet"):
			sum += line.amount
		default:
			sum += line.amount * float64(d.size)
		}
	}
	if !found {
		return 0, fmt.Errorf("%s : aucune ligne « %s, %s »", scaleFile, kind, size)
	}
	return sum, nil
}

// leanOnEnvelopes moves the subsidies of 2023 towards the published envelopes of the
// regions, so that no region commits absurdly more or less than it was given.
func (p *plan) leanOnEnvelopes(drafts []*draft) {
	byRegion, all, envelopes := map[string]float64{}, 0.0, 0.0
	for _, d := range drafts {
		byRegion[d.home] += d.Subsidy
		all += d.Subsidy
	}
	for _, r := range p.published.regions {
		envelopes += float64(r.envelope)
	}
	factor := map[string]float64{}
	for _, r := range p.published.regions {
		if byRegion[r.code] > 0 {
			due := float64(r.envelope) / envelopes * all
			factor[r.code] = min(1.8, max(0.6, math.Pow(due/byRegion[r.code], 0.7)))
		}
	}
	for _, d := range drafts {
		d.Subsidy *= factor[d.home]
	}
}

// grain is what subsidies are rounded to, in euros.
const grain = 100

// scaleTo scales the subsidies so that they sum to the total, rounded to the grain; the
// largest takes what rounding leaves.
func scaleTo(total float64, drafts []*draft) {
	if len(drafts) == 0 {
		return
	}
	sum, largest := 0.0, drafts[0]
	for _, d := range drafts {
		sum += d.Subsidy
		if d.Subsidy > largest.Subsidy {
			largest = d
		}
	}
	left := atlas.RoundTo(total, grain)
	for _, d := range drafts {
		d.Subsidy = atlas.RoundTo(d.Subsidy*total/sum, grain)
		left -= d.Subsidy
	}
	largest.Subsidy += left
}

// firstYear is that of the first call, and of the first envelopes.
const firstYear = 2021

// The bounds of a region's invented envelopes.
const (
	leastCovered = 1.02 // those of 2021 and 2022, over the subsidies of these years
	yearLow      = 0.25 // that of 2021, as a share of both
	yearHigh     = 0.92
)

// endow invents the envelopes of 2021 and 2022 beside those published for 2023: in
// proportion to what each region committed, to the total that makes the published rate.
func (p *plan) endow() {
	r := stream(drawAmounts + 100)
	n := len(p.published.regions)
	invented, share2021, sum, largest := make([]float64, n), make([]float64, n), 0.0, 0
	for i, region := range p.published.regions {
		var committed [periods]float64
		all := 0.0
		for _, d := range p.regional {
			if d.home == region.code {
				committed[d.period] += d.Subsidy
				all += d.Subsidy
			}
		}
		by2021 := committed[seeding1] + committed[seeding2]
		by2022 := by2021 + committed[year2022]
		rate := 0.955 + 0.06*r.Float64()
		invented[i] = max(by2022*leastCovered, all/rate-float64(region.envelope))
		share2021[i] = min(yearHigh, max(yearLow, by2021/by2022))
		sum += invented[i]
		if invented[i] > invented[largest] {
			largest = i
		}
	}
	left := atlas.RoundTo(p.target.envelopes, grain)
	for i := range invented {
		invented[i] = atlas.RoundTo(invented[i]*p.target.envelopes/sum, grain)
		left -= invented[i]
	}
	invented[largest] += left
	for i, region := range p.published.regions {
		first := atlas.RoundTo(invented[i]*share2021[i], grain)
		for k, amount := range []float64{first, invented[i] - first, float64(region.envelope)} {
			p.envelopes = append(p.envelopes, atlas.Envelope{Region: region.code, Year: firstYear + k, Amount: amount})
		}
	}
}
