package site

import (
	"cmp"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Split is the ESSMS of a project in classes, as a table with bars.
type Split struct {
	ID, Caption, Head string
	Rows              []SplitRow
	Regions           bool // each row says its region
}

// SplitRow is a class. Bar is its length, from 0 to 100, the longest one of the table being 100.
type SplitRow struct {
	Head         Link
	Region       string
	Count, Share string
	Spoken       string // of the share
	Bar          int
}

// tally is a class before it is written.
type tally struct {
	head    Link
	region  string
	count   int
	unknown bool
}

// rows writes the classes that hold something; shares are over those known.
func (s *Split) fill(classes []tally) *Split {
	known, most := 0, 0
	for _, c := range classes {
		if most = max(most, c.count); !c.unknown {
			known += c.count
		}
	}
	share := indicator.ByID("part_handicap_essms")
	for _, c := range classes {
		if c.count == 0 {
			continue
		}
		row := SplitRow{Head: c.head, Region: c.region, Count: french.Integer(float64(c.count)), Bar: (100*c.count + most/2) / most}
		if c.unknown {
			row.Share, row.Spoken = "///", "sans objet"
		} else {
			_, row.Share = share.Format(atlas.Ratio(atlas.Known(float64(c.count)), atlas.Known(float64(known)), 1), atlas.Edition{})
		}
		s.Rows = append(s.Rows, row)
	}
	if len(s.Rows) == 0 {
		return nil
	}
	return s
}

func fieldSplit(p *atlas.Project) *Split {
	return splitBy(&Split{ID: "champs", Caption: "Par champ d’intervention", Head: "Champ"}, p, atlas.Fields,
		func(l *atlas.Link) atlas.Field { return l.Field }, "Champ non renseigné")
}

func statusSplit(p *atlas.Project) *Split {
	return splitBy(&Split{ID: "statuts", Caption: "Par statut", Head: "Statut"}, p, atlas.Statuses,
		func(l *atlas.Link) atlas.LegalStatus { return l.Status }, "Statut non renseigné")
}

// splitBy counts the links of a project by class, the largest first, the unknown last.
func splitBy[C interface {
	~string
	Label() string
}](s *Split, p *atlas.Project, order []C, of func(*atlas.Link) C, unknown string) *Split {
	counts := map[C]int{}
	for _, link := range p.Links {
		counts[of(link)]++
	}
	var classes []tally
	for _, c := range order {
		classes = append(classes, tally{head: Link{Text: french.Capitalize(c.Label())}, count: counts[c]})
	}
	largestClass(classes)
	return s.fill(append(classes, tally{head: Link{Text: unknown}, count: counts[""], unknown: true}))
}

func largestClass(classes []tally) {
	slices.SortStableFunc(classes, func(a, b tally) int { return cmp.Compare(b.count, a.count) })
}

// regionSplit leads to the pages of the regions.
func (e *edition) regionSplit(p *atlas.Project, l *linker) *Split {
	counts := map[string]int{}
	for _, link := range p.Links {
		counts[link.ESSMS.Region]++
	}
	var classes []tally
	for _, t := range e.regions {
		classes = append(classes, tally{head: l.link(t.Name, e.regionPath(t)), count: counts[t.ID.Code]})
	}
	largestClass(classes)
	classes = append(classes, tally{head: Link{Text: "Région inconnue"}, count: counts[""], unknown: true})
	return (&Split{ID: "regions", Caption: "Par région", Head: "Région"}).fill(classes)
}

// departmentSplit leads to the pages of the departments, where the site has them.
func (e *edition) departmentSplit(p *atlas.Project, l *linker) *Split {
	counts, regions := map[string]int{}, map[string]bool{}
	for _, link := range p.Links {
		counts[link.ESSMS.Department]++
		regions[link.ESSMS.Region] = true
	}
	delete(regions, "")
	var classes []tally
	g := e.results.Gazetteer()
	for _, t := range g.Departments() {
		if counts[t.ID.Code] == 0 {
			continue
		}
		class := tally{head: Link{Text: t.Name}, count: counts[t.ID.Code]}
		if to := e.base + "departements/" + t.ID.Code + "/"; l.has(to) {
			class.head = l.link(t.Name, to)
		}
		if region, ok := g.Territory(atlas.RegionID(t.Region)); ok {
			class.region = region.Name
		}
		classes = append(classes, class)
	}
	largestClass(classes)
	classes = append(classes, tally{head: Link{Text: "Département inconnu"}, count: counts[""], unknown: true})
	return (&Split{ID: "departements", Caption: "Par département", Head: "Département", Regions: len(regions) > 1}).fill(classes)
}
