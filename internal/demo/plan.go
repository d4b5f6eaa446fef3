package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
)

// draft is a project being invented: what the workbooks say of it, and what only the
// calibration knows.
type draft struct {
	*atlas.Project
	home   string // the region that finances a regional project; of a national one, the first that follows it
	period int
	size   int // financed links
	public atlas.Field
	status atlas.LegalStatus
	silent bool // the national project without an answer: nothing is known of its ESSMS
	slots  []*slot
}

// slot is a financed link being invented: what it must be, before an ESSMS takes it.
type slot struct {
	project *draft
	region  string // where its ESSMS is; empty: no known commune
	field   atlas.Field
	status  atlas.LegalStatus
	essms   *atlas.ESSMS
}

// calendar is the span in which the projects of a period are decided, and their phase.
var calendar = [periods]struct {
	phase    atlas.Phase
	from, to time.Time
}{
	seeding1: {atlas.Seeding1, date(2021, 4, 12), date(2021, 7, 9)},
	seeding2: {atlas.Seeding2, date(2021, 10, 4), date(2021, 12, 17)},
	year2022: {atlas.Generalisation, date(2022, 3, 7), date(2022, 12, 16)},
	year2023: {atlas.Generalisation, date(2023, 2, 20), date(2023, 12, 15)},
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// plan is the invented programme in the making.
type plan struct {
	published *published
	target    *target
	gazetteer *atlas.Gazetteer
	regional  []*draft       // by region, then period
	national  []*draft       // by period
	located   map[string]int // distinct ESSMS located in each region
	pairs     map[string]int // ESSMS of each region that are in two projects
	register  []*atlas.ESSMS
	envelopes []atlas.Envelope
}

func (p *plan) all() []*draft { return slices.Concat(p.regional, p.national) }

// The parts of the programme that the published figures leave open.
const (
	nationalLinksShift    = 2   // links of national projects above the published mean × projects
	twiceFinanced         = 440 // ESSMS in two projects
	unlocatedRegional     = 115 // links of regional projects without commune
	unlocatedNational     = 60
	overseasNationalShare = 0.3 // national projects reach overseas less
	followedTwice         = 2   // national projects followed by two ARS
)

// layOut invents the projects: how many per region and period, with how many ESSMS each.
func (p *plan) layOut() error {
	byRegion := p.spreadOverPeriods()
	for i, r := range p.published.regions {
		for period, n := range byRegion[i] {
			for range n {
				p.regional = append(p.regional, p.newDraft(atlas.Regional, r.code, period))
			}
		}
	}
	followers, err := p.followers()
	if err != nil {
		return err
	}
	for period, n := range p.target.national {
		for range n {
			d := p.newDraft(atlas.National, followers[0][0], period)
			d.Regions, followers = followers[0], followers[1:]
			p.national = append(p.national, d)
		}
	}
	p.date()
	p.sizeNational()
	p.sizeRegional()
	return nil
}

func (p *plan) newDraft(scope atlas.Scope, region string, period int) *draft {
	return &draft{home: region, period: period,
		Project: &atlas.Project{Scope: scope, Regions: []string{region}, Phase: calendar[period].phase}}
}

// spreadOverPeriods says how many regional projects each region decides in each period.
// Every region has as many as published, every period as many as its target.
func (p *plan) spreadOverPeriods() [][periods]int {
	counts := make([][periods]int, len(p.published.regions))
	left := make([]float64, len(counts))
	for i, r := range p.published.regions {
		left[i] = float64(r.regional)
		if r.code == nouvelleAquitaine {
			counts[i][seeding1] = p.target.seedingNAQ
		}
	}
	for period := range year2023 {
		total, weights := p.target.regional[period], slices.Clone(left)
		if period == seeding1 {
			total -= p.target.seedingNAQ
			for i, r := range p.published.regions {
				if r.code == nouvelleAquitaine {
					weights[i] = 0
				}
			}
		}
		for i, n := range apportion(total, 0, weights) {
			counts[i][period] += n
			left[i] -= float64(counts[i][period])
		}
	}
	for i := range counts {
		counts[i][year2023] = int(left[i])
	}
	return counts
}

// followers gives each national project the regions that follow it: each region follows
// as many as published, and the last projects dealt have two followers.
func (p *plan) followers() ([][]string, error) {
	var hands []hand[string]
	for _, r := range p.published.regions {
		hands = append(hands, hand[string]{r.code, r.followed})
	}
	follow := deal(stream(drawPlaces), hands...)
	n := p.target.nationalN
	if len(follow) != n+followedTwice {
		return nil, fmt.Errorf("%s : %d suivis pour %d projets nationaux ; il en faut %d", regionsFile, len(follow), n, n+followedTwice)
	}
	out := make([][]string, n)
	for i := range out {
		out[i] = []string{follow[i]}
	}
	at := n / 2 // in the middle of the list: projects of 2022
	for _, second := range follow[n:] {
		for out[at][0] == second {
			at++
		}
		out[at] = append(out[at], second)
		slices.Sort(out[at])
		at++
	}
	return out, nil
}

// date draws a working day for each decision and numbers the projects in that order.
func (p *plan) date() {
	r := stream(drawDates)
	for _, d := range p.all() {
		span := calendar[d.period]
		d.DecidedOn = span.from.AddDate(0, 0, r.IntN(int(span.to.Sub(span.from).Hours()/24)+1))
		switch d.DecidedOn.Weekday() {
		case time.Saturday:
			d.DecidedOn = d.DecidedOn.AddDate(0, 0, -1)
		case time.Sunday:
			d.DecidedOn = d.DecidedOn.AddDate(0, 0, -2)
		}
	}
	inOrder := p.all()
	slices.SortStableFunc(inOrder, func(a, b *draft) int { return a.DecidedOn.Compare(b.DecidedOn) })
	serial := map[string]int{}
	for _, d := range inOrder {
		prefix := fmt.Sprintf("%d-%s", d.DecidedOn.Year(), d.numberKey())
		serial[prefix]++
		d.Number = fmt.Sprintf("%s-%02d", prefix, serial[prefix])
	}
}

// numberKey is the middle of a project's number: « R53 » for Bretagne, « NAT ».
func (d *draft) numberKey() string {
	if d.Scope == atlas.National {
		return "NAT"
	}
	return "R" + strings.ToUpper(d.home)
}

// sizeNational shares the links of national projects: at least 50 each, a few very large.
func (p *plan) sizeNational() {
	r := stream(drawSizes)
	links := int(p.target.meanNational)*p.target.nationalN + nationalLinksShift
	for i, n := range apportion(links, 38, tail(r, len(p.national), 0.75, 4)) {
		p.national[i].size = n
	}
}

// sizeRegional says how many ESSMS each region has, so that it rounds to the published
// figure, then shares among its projects the links that this takes.
func (p *plan) sizeRegional() {
	r := stream(drawSizes + 100)
	weights := make([]float64, len(p.published.regions))
	for i, region := range p.published.regions {
		weights[i] = float64(region.essms)
		p.located[region.code] = region.essms + wobble(r, region.essms)
	}
	pairs := apportion(twiceFinanced, 0, weights)
	unlocated := apportion(unlocatedRegional, 0, weights)
	national := p.nationalByRegion()
	for i, region := range p.published.regions {
		p.pairs[region.code] = pairs[i]
		links := p.located[region.code] + pairs[i] - national[region.code] + unlocated[i]
		p.shareLinks(r, region.code, links)
	}
}

// wobble is how far from the published figure a region's ESSMS may be without rounding to another.
func wobble(r *rand.Rand, published int) int {
	if published <= 100 {
		return r.IntN(5) - 2
	}
	return r.IntN(9) - 4
}

// periodPull makes the projects of a period larger or smaller, so that the programme has
// the ESSMS published at the end of 2021 and of 2022.
var periodPull = [periods]float64{seeding1: 0.9, seeding2: 1.2, year2022: 0.96, year2023: 0.9}

// shareLinks shares the links of a region among its projects. Those of the first call come
// to their own total.
func (p *plan) shareLinks(r *rand.Rand, region string, links int) {
	var first, others []*draft
	for _, d := range p.regional {
		switch {
		case d.home != region:
		case d.period == seeding1:
			first = append(first, d)
		default:
			others = append(others, d)
		}
	}
	if n := p.firstCallLinks(region); n > 0 {
		for i, size := range apportion(n, 2, tail(r, len(first), 0.4, 2.5)) {
			first[i].size = size
		}
		links -= n
	}
	weights := tail(r, len(others), 0.65, 4.5)
	for i, d := range others {
		weights[i] *= periodPull[d.period]
	}
	for i, size := range apportion(links, 2, weights) {
		others[i].size = size
	}
}

// firstCallLinks is how many ESSMS the first call finances in a region.
func (p *plan) firstCallLinks(region string) int {
	if region == nouvelleAquitaine {
		return p.target.seedingESSMSNAQ
	}
	var codes []string
	var weights []float64
	for _, r := range p.published.regions {
		n := 0
		for _, d := range p.regional {
			if d.home == r.code && d.period == seeding1 {
				n++
			}
		}
		if r.code == nouvelleAquitaine {
			n = 0
		}
		codes = append(codes, r.code)
		weights = append(weights, float64(n)*float64(r.essms)/float64(r.regional))
	}
	parts := apportion(p.target.seedingESSMS-p.target.seedingESSMSNAQ, 0, weights)
	return parts[slices.Index(codes, region)]
}

// nationalByRegion is how many links of national projects are located in each region.
func (p *plan) nationalByRegion() map[string]int {
	total := -unlocatedNational
	for _, d := range p.national {
		total += d.size
	}
	weights := make([]float64, len(p.published.regions))
	for i, r := range p.published.regions {
		weights[i] = float64(r.essms)
		if !r.hasFollowed {
			weights[i] *= overseasNationalShare
		}
	}
	out := map[string]int{}
	for i, n := range apportion(total, 0, weights) {
		out[p.published.regions[i].code] = n
	}
	return out
}

// tail draws n weights of a heavy-tailed law of mean about 1.
func tail(r *rand.Rand, n int, spread, limit float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = lognormal(r, spread, limit)
	}
	return out
}
