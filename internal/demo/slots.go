package demo

import (
	"math/rand/v2"
	"slices"

	"esms.example/atlas/internal/atlas"
)

// fillSlots invents the links of every project: the field and status of each, so that the
// project is dominated as it must be, then where each is.
func (p *plan) fillSlots() {
	r := stream(drawRegister)
	for _, d := range p.all() {
		fields, statuses := fieldsFor(r, d), statusesFor(r, d)
		for i := range d.size {
			d.slots = append(d.slots, &slot{project: d, region: d.home, field: fields[i], status: statuses[i]})
		}
	}
	p.placeNational()
	p.crossBorders()
	p.loseCommunes()
}

// fieldsFor draws the fields of a project's links: more than half of the dominant one;
// where there is none such, half older people and half handicap, one link of home care
// making the odd number.
func fieldsFor(r *rand.Rand, d *draft) []atlas.Field {
	out := make([]atlas.Field, d.size)
	if d.silent {
		return out
	}
	if d.public == atlas.FieldMixed {
		return shuffled(r, halves(out, atlas.Elderly, atlas.Disability, atlas.HomeCare))
	}
	for i := range out {
		out[i] = d.public
		if i > d.size/2 && r.IntN(100) < 38 {
			out[i] = pick(r, neighbours(d))
		}
	}
	return shuffled(r, out)
}

// neighbours are the fields that go with the dominant one in a project.
func neighbours(d *draft) []weighted[atlas.Field] {
	out := []weighted[atlas.Field]{{atlas.Elderly, 26}, {atlas.Disability, 26}, {atlas.HomeCare, 26}, {atlas.OtherField, 1}}
	if d.period >= year2022 {
		out = append(out, weighted[atlas.Field]{atlas.ChildProtection, 13}, weighted[atlas.Field]{atlas.Shelter, 10},
			weighted[atlas.Field]{atlas.Hardship, 9}, weighted[atlas.Field]{atlas.Guardianship, 3})
	}
	return out
}

func statusesFor(r *rand.Rand, d *draft) []atlas.LegalStatus {
	out := make([]atlas.LegalStatus, d.size)
	if d.silent {
		return out
	}
	if d.status == atlas.StatusMixed {
		return shuffled(r, halves(out, atlas.NonProfit, atlas.Public, atlas.ForProfit))
	}
	for i := range out {
		out[i] = d.status
		if i > d.size/2 && r.IntN(100) < 22 {
			out[i] = pick(r, []weighted[atlas.LegalStatus]{{atlas.NonProfit, 50}, {atlas.Public, 35}, {atlas.ForProfit, 15}})
		}
	}
	return shuffled(r, out)
}

// halves fills with as many of a as of b, and one of odd where the number is odd.
func halves[T any](out []T, a, b, odd T) []T {
	for i := range out {
		switch half := len(out) / 2; {
		case i < half:
			out[i] = a
		case i < 2*half:
			out[i] = b
		default:
			out[i] = odd
		}
	}
	return out
}

func shuffled[T any](r *rand.Rand, s []T) []T {
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

// placeNational spreads the links of national projects over the regions: a third with the
// ARS that follow the project while the region's share lasts, the others anywhere.
func (p *plan) placeNational() {
	r := stream(drawPlaces + 100)
	left := p.nationalByRegion()
	var open []*slot
	for _, d := range p.national {
		for i, s := range d.slots {
			if home := d.Regions[i%len(d.Regions)]; i < d.size/3 && left[home] > 0 {
				s.region = home
				left[home]--
			} else {
				open = append(open, s)
			}
		}
	}
	hands := []hand[string]{{"", unlocatedNational}}
	for _, region := range p.published.regions {
		hands = append(hands, hand[string]{region.code, left[region.code]})
	}
	for i, region := range deal(r, hands...) {
		open[i].region = region
	}
}

// borders are the pairs of regions whose projects take some ESSMS of each other.
var borders = [][2]string{{"11", "24"}, {"11", "28"}, {"11", "32"}, {"24", "27"}, {"24", "52"}, {"24", "75"}, {"27", "44"}, {"27", "84"},
	{"28", "32"}, {"28", "52"}, {"32", "44"}, {"52", "53"}, {"52", "75"}, {"75", "76"}, {"76", "84"}, {"76", "93"}, {"84", "93"}}

// crossBorders has neighbouring regions finance a few ESSMS of each other, as many one way as
// the other, so that the number located in each does not move. The first call stays at home.
func (p *plan) crossBorders() {
	r := stream(drawPlaces + 200)
	for _, pair := range borders {
		n := 2 + r.IntN(5)
		for i, from := range pair {
			slots := p.movable(from)
			for _, at := range r.Perm(len(slots))[:n] {
				slots[at].region = pair[1-i]
			}
		}
	}
}

// loseCommunes leaves some links of regional projects without commune.
func (p *plan) loseCommunes() {
	r := stream(drawGaps)
	weights := make([]float64, len(p.published.regions))
	for i, region := range p.published.regions {
		weights[i] = float64(region.essms)
	}
	for i, n := range apportion(unlocatedRegional, 0, weights) {
		slots := p.movable(p.published.regions[i].code)
		for _, at := range r.Perm(len(slots))[:n] {
			slots[at].region = ""
		}
	}
}

// movable lists the links that may leave a region: of its projects after the first call,
// large enough to stay mostly at home.
func (p *plan) movable(region string) []*slot {
	var out []*slot
	for _, d := range p.regional {
		if d.home != region || d.period == seeding1 || d.size < 6 {
			continue
		}
		out = append(out, slices.DeleteFunc(slices.Clone(d.slots), func(s *slot) bool { return s.region != region })...)
	}
	return out
}
