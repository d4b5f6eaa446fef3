package demo

import (
	"math/rand/v2"

	"esms.example/atlas/internal/atlas"
)

// characterise gives each project its dominant field and status, its kind, grouping,
// infrastructures, listing and software, in the published proportions.
func (p *plan) characterise() {
	r := stream(drawProfiles)
	p.silence()
	p.givePublics(r)
	p.giveStatuses(r, p.regional, nearest(p.target.nonProfit, p.target.regionalN))
	p.giveStatuses(r, p.answeringNational(), nearest(p.target.nationalNonProfit, p.target.answering))
	p.giveKinds(r)
	p.giveInfrastructures(r)
	p.giveSoftware(r)
}

// silence chooses the national project without an answer: the last of 2022.
func (p *plan) silence() {
	for _, d := range p.national {
		if d.period == year2022 {
			for _, other := range p.national {
				other.silent = false
			}
			d.silent = true
		}
	}
}

func (p *plan) answeringNational() []*draft {
	var out []*draft
	for _, d := range p.national {
		if !d.silent {
			out = append(out, d)
		}
	}
	return out
}

func (p *plan) regionalOf(keep func(*draft) bool) []*draft {
	var out []*draft
	for _, d := range p.regional {
		if keep(d) {
			out = append(out, d)
		}
	}
	return out
}

func firstCall(d *draft) bool { return d.period == seeding1 }
func laterCall(d *draft) bool { return d.period != seeding1 }

// givePublics deals the dominant fields. The social sector enters with the generalisation,
// so in 2021 its projects are of older people instead.
func (p *plan) givePublics(r *rand.Rand) {
	t := p.target
	first := p.regionalOf(firstCall)
	for i, f := range deal(r, hand[atlas.Field]{atlas.Disability, t.publics[0]},
		hand[atlas.Field]{atlas.Elderly, t.publics[1]}, hand[atlas.Field]{atlas.FieldMixed, t.publics[2]}) {
		first[i].public = f
	}
	later := p.regionalOf(laterCall)
	dealPublics(r, later, nearest(t.handicap, t.regionalN)-t.publics[0], []weighted[atlas.Field]{
		{atlas.Elderly, 62}, {atlas.FieldMixed, 16}, {atlas.HomeCare, 7}, {atlas.ChildProtection, 7}, {atlas.Shelter, 4}, {atlas.Hardship, 3}, {atlas.Guardianship, 1}})
	dealPublics(r, p.answeringNational(), nearest(t.nationalHandicap, t.answering), []weighted[atlas.Field]{
		{atlas.Elderly, 60}, {atlas.FieldMixed, 25}, {atlas.HomeCare, 15}})
}

// dealPublics makes that many of the projects of the handicap field, the others as drawn.
func dealPublics(r *rand.Rand, drafts []*draft, handicap int, others []weighted[atlas.Field]) {
	for i, is := range deal(r, hand[bool]{true, handicap}, hand[bool]{false, len(drafts) - handicap}) {
		d := drafts[i]
		d.public = atlas.Disability
		if is {
			continue
		}
		if d.public = pick(r, others); d.period < year2022 && social(d.public) {
			d.public = atlas.Elderly
		}
	}
}

func social(f atlas.Field) bool {
	return f == atlas.ChildProtection || f == atlas.Shelter || f == atlas.Hardship || f == atlas.Guardianship
}

// giveStatuses makes exactly nonProfit of the projects private non-profit. Public and
// for-profit ones are mostly of older people, as nursing homes are.
func (p *plan) giveStatuses(r *rand.Rand, drafts []*draft, nonProfit int) {
	for _, d := range drafts {
		d.status = atlas.NonProfit
	}
	order := r.Perm(len(drafts))
	for left := len(drafts) - nonProfit; left > 0; {
		for _, i := range order {
			d := drafts[i]
			if left == 0 || d.status != atlas.NonProfit {
				continue
			}
			if d.status = pick(r, statusOf(d.public)); d.status != atlas.NonProfit {
				left--
			}
		}
	}
}

// statusOf is how often the projects of a field are of each dominant status.
func statusOf(f atlas.Field) []weighted[atlas.LegalStatus] {
	switch f {
	case atlas.Elderly:
		return []weighted[atlas.LegalStatus]{{atlas.NonProfit, 48}, {atlas.Public, 32}, {atlas.ForProfit, 10}, {atlas.StatusMixed, 10}}
	case atlas.FieldMixed, atlas.HomeCare:
		return []weighted[atlas.LegalStatus]{{atlas.NonProfit, 70}, {atlas.Public, 16}, {atlas.ForProfit, 2}, {atlas.StatusMixed, 12}}
	}
	return []weighted[atlas.LegalStatus]{{atlas.NonProfit, 91}, {atlas.Public, 7}, {atlas.StatusMixed, 2}}
}

// giveKinds deals the kinds and groupings: those of the first call as published.
func (p *plan) giveKinds(r *rand.Rand) {
	t, first := p.target, p.regionalOf(firstCall)
	for i, k := range deal(r, hand[atlas.ProjectKind]{atlas.Compliance, t.kinds[0]},
		hand[atlas.ProjectKind]{atlas.Acquisition, t.kinds[1]}, hand[atlas.ProjectKind]{atlas.MixedKind, t.kinds[2]}) {
		first[i].Kind = k
	}
	for i, g := range deal(r, hand[atlas.Grouping]{atlas.Cluster, t.clusters}, hand[atlas.Grouping]{atlas.SingleBody, len(first) - t.clusters}) {
		first[i].Grouping = g
	}
	for _, d := range append(p.regionalOf(laterCall), p.national...) {
		d.Kind = pick(r, []weighted[atlas.ProjectKind]{{atlas.Acquisition, 46}, {atlas.Compliance, 38}, {atlas.MixedKind, 16}})
		d.Grouping = pick(r, []weighted[atlas.Grouping]{{atlas.Cluster, 36}, {atlas.SingleBody, 61}, {"", 3}})
		if d.Scope == atlas.National {
			d.Grouping = pick(r, []weighted[atlas.Grouping]{{atlas.Cluster, 15}, {atlas.SingleBody, 85}})
		}
	}
}

// giveInfrastructures answers for all but a few regional projects and the silent national one.
func (p *plan) giveInfrastructures(r *rand.Rand) {
	answering := p.target.regionalN - unanswered
	yes := nearest(p.target.infrastructure, answering)
	for i, a := range deal(r, hand[atlas.Answer]{atlas.Yes, yes}, hand[atlas.Answer]{atlas.No, answering - yes}, hand[atlas.Answer]{"", unanswered}) {
		p.regional[i].Infrastructure = a
	}
	yes = nearest(p.target.nationalInfra, p.target.answering)
	answers := deal(r, hand[atlas.Answer]{atlas.Yes, yes}, hand[atlas.Answer]{atlas.No, p.target.answering - yes})
	for i, d := range p.answeringNational() {
		d.Infrastructure = answers[i]
	}
}

// software is invented: no vendor is named.
var software = []weighted[string]{
	{"DUI fictif Alizé", 21}, {"DUI fictif Boréal", 18}, {"DUI fictif Calanque", 15}, {"DUI fictif Dolmen", 13},
	{"DUI fictif Écluse", 11}, {"DUI fictif Falaise", 9}, {"DUI fictif Garrigue", 8}, {"DUI fictif Halage", 5},
}

func (p *plan) giveSoftware(r *rand.Rand) {
	for _, d := range p.all() {
		d.Listing = pick(r, []weighted[atlas.Listing]{{atlas.Segur, 78}, {atlas.SAD, 7}, {atlas.Unlisted, 8}, {"", 7}})
		if r.IntN(14) > 0 {
			d.Software = pick(r, software)
		}
	}
}
