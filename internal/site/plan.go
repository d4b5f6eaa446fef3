package site

import (
	"context"
	"strconv"
	"strings"
)

// Plan is the list of the pages of the site.
type Plan struct {
	General  []Link
	Editions []PlanEdition
}

// PlanEdition is the pages of an edition, kind by kind.
type PlanEdition struct {
	Title string
	Kinds []PlanKind
}

// PlanKind is the pages of one section of the menu.
type PlanKind struct {
	Page  Link
	Pages []Link
}

// planModel lists every page under the page it stands below.
func (c *composer) planModel(_ context.Context, l *linker) (any, error) {
	var plan Plan
	for i := len(c.editions) - 1; i >= 0; i-- {
		e := c.editions[i]
		plan.Editions = append(plan.Editions, PlanEdition{Title: "Édition " + strconv.Itoa(e.about.Year), Kinds: c.planKinds(e, l)})
	}
	for _, p := range c.pages {
		if p.edition == nil && !p.hidden {
			plan.General = append(plan.General, l.link(p.heading, p.path))
		}
	}
	return &plan, nil
}

func (c *composer) planKinds(e *edition, l *linker) []PlanKind {
	var kinds []PlanKind
	place := map[string]int{} // of the second part of a path
	for _, p := range c.pages {
		if p.edition != e || p.hidden || p.unplanned {
			continue
		}
		link := l.link(p.heading, p.path)
		section, _, _ := strings.Cut(strings.TrimPrefix(p.path, e.base), "/")
		i, known := place[section]
		if !known {
			place[section] = len(kinds)
			kinds = append(kinds, PlanKind{Page: link})
			continue
		}
		kinds[i].Pages = append(kinds[i].Pages, link)
	}
	return kinds
}
