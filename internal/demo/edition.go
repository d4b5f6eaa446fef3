package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
)

// lastYear is that of the last edition; its predecessor is written too.
const lastYear = 2023

// programme is the whole invented programme: every edition is a view of it.
type programme struct {
	*plan
	progress map[*draft]progress
}

// invent makes the programme. It fails when the references cannot be met.
func invent(ref *published, g *atlas.Gazetteer) (*programme, error) {
	t, err := newTarget(ref)
	if err != nil {
		return nil, err
	}
	p := &plan{published: ref, target: t, gazetteer: g, located: map[string]int{}, pairs: map[string]int{}}
	if err := p.layOut(); err != nil {
		return nil, err
	}
	p.characterise()
	p.fillSlots()
	if err := p.enrol(); err != nil {
		return nil, err
	}
	p.christen()
	if err := p.grant(); err != nil {
		return nil, err
	}
	p.endow()
	return &programme{plan: p, progress: p.pay()}, nil
}

// at returns the edition of a year: the programme as its end saw it.
func (p *programme) at(year int) *dataset.Dataset {
	ds := &dataset.Dataset{Edition: p.edition(year), Gazetteer: p.gazetteer}
	known := map[*atlas.ESSMS]*atlas.ESSMS{}
	unplaced := p.notYetPlaced(year)
	for _, d := range p.all() {
		if d.DecidedOn.Year() > year {
			continue
		}
		project, s := *d.Project, p.progress[d]
		if year < lastYear {
			project.Subsidy += s.revision
		}
		project.Paid, project.ActiveFiles = s.paid(d, project.Subsidy, year), s.activeFiles(d, year)
		project.Links = copyLinks(&project, d.Links, known, unplaced)
		project.SONS = copyLinks(&project, d.SONS, known, unplaced)
		ds.Projects = append(ds.Projects, &project)
	}
	slices.SortFunc(ds.Projects, func(a, b *atlas.Project) int { return strings.Compare(a.Number, b.Number) })
	for _, e := range known {
		slices.SortFunc(e.Links, func(a, b *atlas.Link) int { return strings.Compare(a.Project.Number, b.Project.Number) })
		ds.ESSMS = append(ds.ESSMS, e)
	}
	slices.SortFunc(ds.ESSMS, func(a, b *atlas.ESSMS) int { return strings.Compare(a.FINESS, b.FINESS) })
	ds.Envelopes = slices.DeleteFunc(slices.Clone(p.envelopes), func(e atlas.Envelope) bool { return e.Year > year })
	ds.Applications = slices.DeleteFunc(p.applications(), func(a atlas.Application) bool { return a.Year > year })
	ds.Fleet = p.fleet()
	ds.Usages = p.usages(year)
	ds.Programme = p.published.programme(year)
	ds.Published = p.published.toReconcile(year)
	return ds
}

func copyLinks(project *atlas.Project, links []*atlas.Link, known map[*atlas.ESSMS]*atlas.ESSMS, unplaced map[*atlas.ESSMS]bool) []*atlas.Link {
	out := make([]*atlas.Link, 0, len(links))
	for _, l := range links {
		e := known[l.ESSMS]
		if e == nil {
			copied := *l.ESSMS
			copied.Links = nil
			if unplaced[l.ESSMS] {
				copied.Commune, copied.Department, copied.Region = "", "", ""
			}
			e = &copied
			known[l.ESSMS] = e
		}
		link := *l
		link.Project, link.ESSMS = project, e
		e.Links = append(e.Links, &link)
		out = append(out, &link)
	}
	slices.SortFunc(out, func(a, b *atlas.Link) int { return strings.Compare(a.ESSMS.FINESS, b.ESSMS.FINESS) })
	return out
}

// foundLater is how many ESSMS had no known commune yet in the edition of 2022.
const foundLater = 12

// notYetPlaced chooses the ESSMS whose commune a former edition did not know: of 2022, so
// that the first call stands.
func (p *programme) notYetPlaced(year int) map[*atlas.ESSMS]bool {
	out := map[*atlas.ESSMS]bool{}
	if year == lastYear {
		return out
	}
	for _, d := range p.regional {
		if len(out) < foundLater && d.period == year2022 && d.size > 20 && len(d.Links[0].ESSMS.Links) == 1 {
			out[d.Links[0].ESSMS] = true
		}
	}
	return out
}

func (p *programme) edition(year int) atlas.Edition {
	published := map[int]time.Time{2022: date(2023, 5, 16), 2023: date(2024, 5, 15)}
	return atlas.Edition{Year: year, State: atlas.Demonstration, DataState: date(year, 12, 31), PublishedOn: published[year],
		Title: "Atlas régional ESMS numérique – édition " + strconv.Itoa(year)}
}
