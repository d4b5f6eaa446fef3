package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// enrol invents an ESSMS for every link, one for two links where an ESSMS is in two
// projects, then the ESSMS that SONS alone finances.
func (p *plan) enrol() error {
	p.pairUp()
	places := newPlaces(p.gazetteer)
	clerk := &clerk{plan: p, places: places, random: stream(drawRegister + 100), serial: map[string]int{}, names: newNamer(stream(drawNames))}
	for _, d := range p.all() {
		for _, s := range d.slots {
			if s.essms == nil {
				return fmt.Errorf("lien sans ESSMS dans %s", d.Number)
			}
			if s.essms.FINESS == "" {
				if err := clerk.enrol(s); err != nil {
					return err
				}
			}
			link := &atlas.Link{Project: d.Project, ESSMS: s.essms, Category: s.essms.Category, Field: s.essms.Field, Status: s.essms.Status}
			d.Links = append(d.Links, link)
			s.essms.Links = append(s.essms.Links, link)
		}
	}
	p.forget()
	return clerk.enrolSONS()
}

// pairUp makes one ESSMS of two links of different projects that are alike in place, field
// and status, as many times in each region as planned; the other links get one each. Two
// projects of the first call never share one.
func (p *plan) pairUp() {
	r := stream(drawPairs)
	type likeness struct {
		region string
		field  atlas.Field
		status atlas.LegalStatus
	}
	alike := map[likeness][]*slot{}
	var keys []likeness
	for _, d := range p.all() {
		for _, s := range d.slots {
			s.essms = &atlas.ESSMS{}
			k := likeness{s.region, s.field, s.status}
			if s.region == "" || d.silent {
				continue
			}
			if alike[k] == nil {
				keys = append(keys, k)
			}
			alike[k] = append(alike[k], s)
		}
	}
	left := p.pairs
	r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for rounds := 0; rounds < 400; rounds++ {
		for _, k := range keys {
			slots := alike[k]
			if left[k.region] == 0 || len(slots) < 2 {
				continue
			}
			i, j := r.IntN(len(slots)), r.IntN(len(slots))
			a, b := slots[i], slots[j]
			if a.project == b.project || firstCall(a.project) && firstCall(b.project) || shares(a.project, b) || shares(b.project, a) {
				continue
			}
			b.essms = a.essms
			alike[k] = slices.DeleteFunc(slots, func(s *slot) bool { return s == a || s == b })
			left[k.region]--
		}
	}
}

// shares reports whether a project has the ESSMS of a link already.
func shares(d *draft, s *slot) bool {
	return slices.ContainsFunc(d.slots, func(other *slot) bool { return other.essms == s.essms })
}

// kind is a FINESS category, how often it comes among the ESSMS of its field, and what an
// invented ESSMS of it is called.
type kind struct {
	category string
	weight   float64
	name     string
}

// kinds lists the categories of the demonstration. Their fields come from the table of categories.
var kinds = []kind{
	{"500", 70, "EHPAD (fictif)"}, {"202", 20, "Résidence autonomie (fictive)"}, {"207", 3, "Centre de jour (fictif)"}, {"502", 3, "EHPA (fictif)"}, {"501", 4, "EHPA médicalisé (fictif)"},
	{"183", 12, "IME (fictif)"}, {"182", 14, "SESSAD (fictif)"}, {"246", 14, "ESAT (fictif)"}, {"252", 4, "Foyer d’hébergement (fictif)"},
	{"449", 13, "EANM (fictif)"}, {"448", 10, "EAM (fictif)"}, {"255", 7, "MAS (fictive)"}, {"446", 10, "SAVS (fictif)"}, {"445", 5, "SAMSAH (fictif)"},
	{"186", 5, "ITEP (fictif)"}, {"189", 3, "CMPP (fictif)"}, {"190", 3, "CAMSP (fictif)"}, {"192", 2, "IEM (fictif)"}, {"437", 3, "FAM (fictif)"}, {"382", 5, "Foyer de vie (fictif)"},
	{"354", 60, "SSIAD (fictif)"}, {"460", 25, "SAA (fictif)"}, {"209", 15, "SAAS (fictif)"},
	{"177", 48, "MECS (fictive)"}, {"295", 20, "Service AEMO (fictif)"}, {"175", 10, "Foyer de l’enfance (fictif)"}, {"236", 10, "CPFSE (fictif)"}, {"166", 6, "Centre maternel (fictif)"}, {"286", 6, "Équipe de prévention (fictive)"},
	{"197", 48, "CSAPA (fictif)"}, {"178", 15, "CAARUD (fictif)"}, {"165", 22, "ACT (fictif)"}, {"180", 15, "LHSS (fictif)"},
	{"214", 58, "CHRS (fictif)"}, {"443", 26, "CADA (fictif)"}, {"257", 16, "FJT (fictif)"},
	{"340", 100, "Service MJPM (fictif)"},
	{"461", 60, "Centre de ressources (fictif)"}, {"463", 40, "CLIC (fictif)"},
}

// clerk gives ESSMS their number, category, commune and name.
type clerk struct {
	*plan
	places *places
	random *rand.Rand
	serial map[string]int // of FINESS numbers, by prefix
	names  *namer
}

// enrol completes the ESSMS of a link. That of the silent project has no category, status nor field.
func (c *clerk) enrol(s *slot) error {
	e := s.essms
	name := "Établissement (fictif)"
	if s.field != "" {
		k, err := c.kindOf(s.field)
		if err != nil {
			return err
		}
		e.Category, e.Field, e.Status, name = k.category, s.field, s.status, k.name
	}
	where := s.region
	if where == "" {
		where = s.project.home
	}
	commune := c.places.draw(c.random, where)
	e.FINESS = c.finess(commune.Department)
	e.Name = name + " " + c.names.house()
	if s.region != "" {
		e.Commune, e.Department, e.Region = commune.Code, commune.Department, s.region
	}
	c.register = append(c.register, e)
	return nil
}

func (c *clerk) kindOf(f atlas.Field) (kind, error) {
	var choices []weighted[kind]
	for _, k := range kinds {
		if c.published.categories[k.category] == f {
			choices = append(choices, weighted[kind]{k, k.weight})
		}
	}
	if len(choices) == 0 {
		return kind{}, fmt.Errorf("%s : aucune catégorie ouverte pour le champ %s", categoriesFile, f)
	}
	return pick(c.random, choices), nil
}

// finess invents a number in series 99, which the register does not use: department, 99,
// serial; overseas 97 or 98 (Mayotte), 99, the last digit of the department, serial.
func (c *clerk) finess(department string) string {
	prefix := department + "99"
	if strings.HasPrefix(department, "97") {
		prefix = "9799" + department[2:]
		if department == "976" {
			prefix = "98996"
		}
	}
	c.serial[prefix]++
	return fmt.Sprintf("%s%0*d", prefix, 9-len(prefix), 37*c.serial[prefix]%9973)
}

// The gaps that real registers have.
const (
	fieldsForgotten   = 60  // ESSMS whose category and field are unknown
	statusesForgotten = 80  // ESSMS whose status is unknown
	sonsOnly          = 228 // ESSMS that SONS alone finances
	sonsToo           = 26  // financed ESSMS that SONS finances in another project
)

// forget makes the field of some ESSMS unknown, and the status of others. They are never
// of the kind that dominates their project, so its dominant field and status stand.
func (p *plan) forget() {
	r := stream(drawGaps + 100)
	var fields, statuses []*atlas.ESSMS
	for _, d := range p.all() {
		for _, s := range d.slots {
			if len(s.essms.Links) > 1 || d.silent {
				continue
			}
			if d.public != atlas.FieldMixed && s.field != d.public {
				fields = append(fields, s.essms)
			}
			if d.status != atlas.StatusMixed && s.status != d.status {
				statuses = append(statuses, s.essms)
			}
		}
	}
	for _, i := range r.Perm(len(fields))[:fieldsForgotten] {
		e := fields[i]
		e.Category, e.Field, e.Links[0].Category, e.Links[0].Field = "", "", "", ""
	}
	for _, i := range r.Perm(len(statuses))[:statusesForgotten] {
		statuses[i].Status, statuses[i].Links[0].Status = "", ""
	}
}

// enrolSONS adds links that SONS alone pays to projects of the generalisation: of new
// ESSMS, and of a few that another project finances.
func (c *clerk) enrolSONS() error {
	late := c.regionalOf(func(d *draft) bool { return d.period >= year2022 })
	for range sonsOnly {
		d := late[c.random.IntN(len(late))]
		s := &slot{project: d, region: d.home, field: pick(c.random, []weighted[atlas.Field]{{atlas.Elderly, 60}, {atlas.Disability, 30}, {atlas.HomeCare, 10}}),
			status: pick(c.random, []weighted[atlas.LegalStatus]{{atlas.NonProfit, 50}, {atlas.Public, 35}, {atlas.ForProfit, 15}}), essms: &atlas.ESSMS{}}
		if err := c.enrol(s); err != nil {
			return err
		}
		addSONS(d, s.essms)
	}
	financed := len(c.register) - sonsOnly
	for n := 0; n < sonsToo; {
		e, d := c.register[c.random.IntN(financed)], late[c.random.IntN(len(late))]
		if len(e.Links) > 1 || e.Region != d.home || e.Links[0].Project == d.Project {
			continue
		}
		addSONS(d, e)
		n++
	}
	slices.SortFunc(c.register, func(a, b *atlas.ESSMS) int { return cmp.Compare(a.FINESS, b.FINESS) })
	return nil
}

func addSONS(d *draft, e *atlas.ESSMS) {
	link := &atlas.Link{Project: d.Project, ESSMS: e, Category: e.Category, Field: e.Field, Status: e.Status, SONSOnly: true}
	d.SONS = append(d.SONS, link)
	e.Links = append(e.Links, link)
}
