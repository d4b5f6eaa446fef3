package main

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// What the pages show in large type and year after year: the lists are written again here, so
// that a figure which leaves a page is noticed.
var (
	figuresOfRegion = []indicator.ID{
		"essms_finances", "projets_regionaux", "subvention_regionale", "taux_couverture", "subvention_moyenne_regionale", "taux_engagement",
	}
	figuresOfFrance = []indicator.ID{
		"essms_finances", "projets", "subvention_totale", "taux_couverture", "essms_pour_100000_habitants", "taux_engagement",
	}
	columnsOfRegions = []indicator.ID{"essms_finances", "essms_pour_100000_habitants", "projets_regionaux", "projets_nationaux_suivis", "subvention_regionale"}
	growthOfRegion   = []indicator.ID{"essms_finances", "projets_regionaux", "subvention_regionale"}
	growthOfFrance   = []indicator.ID{"essms_finances", "projets", "subvention_totale"}
)

// webPage is a page being read.
type webPage struct {
	comparison
	built
	name   string
	root   *html.Node
	tables map[string][]webRow // by the id of their captions; the headers first
}

type webRow struct {
	href  string // of the first cell
	cells []webCell
}

type webCell struct{ text, sort, title string }

func (s built) page(t *testing.T, name string) *webPage {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	p := &webPage{comparison{t: t}, s, name, root, map[string][]webRow{}}
	for _, table := range find(root, atom.Table) {
		id := attr(find(table, atom.Caption)[0], "id")
		for _, tr := range find(table, atom.Tr) {
			var row webRow
			for cell := range tr.ChildNodes() {
				if cell.Type != html.ElementNode {
					continue
				}
				if link := find(cell, atom.A); len(link) > 0 && row.cells == nil {
					row.href = attr(link[0], "href")
				}
				c := webCell{text: textOf(cell), sort: attr(cell, "data-sort")}
				if abbr := find(cell, atom.Abbr); len(abbr) > 0 {
					c.title = attr(abbr[0], "title")
				}
				row.cells = append(row.cells, c)
			}
			p.tables[id] = append(p.tables[id], row)
		}
	}
	return p
}

func find(n *html.Node, tag atom.Atom) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.DataAtom == tag {
			out = append(out, d)
		}
	}
	return out
}

// classed returns the elements of a class.
func classed(n *html.Node, class string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && attr(d, "class") == class {
			out = append(out, d)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is the text of an element as it is written, no-break spaces included.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// indicatorOf is the indicator whose page, or page of provenance, a link leads to.
func indicatorOf(href string) *indicator.Indicator {
	href, _, _ = strings.Cut(href, "provenance/#")
	return indicator.ByID(indicator.ID(path.Base(href)))
}

// body returns the rows of a table under its header, which must be as many as wanted.
func (p *webPage) body(id string, want int) []webRow {
	p.t.Helper()
	rows := p.tables[id]
	if len(rows) != want+1 {
		p.t.Fatalf("%s: table %s has %d rows, want a header and %d", p.name, id, len(rows), want)
	}
	return rows[1:]
}

// value compares a cell: the number it is sorted by, what it shows, and what an abbreviation
// stands for. It counts for two comparisons.
func (p *webPage) value(where string, got webCell, row indicator.Row, exists bool, shown string) {
	p.t.Helper()
	where = p.name + ": " + where
	if !exists {
		p.text(where, got.text, "///")
		p.text(where, got.title, "sans objet")
		return
	}
	p.text(where, got.text, shown)
	p.raw(where+" data-sort", got.sort, row.Value, "")
	if !row.Value.Shown() && got.title != row.Phrase {
		p.t.Errorf("%s: %q stands for %q, want %q", where, got.text, got.title, row.Phrase)
	}
}

// rank compares the cell of a rank; among is how many territories the table has.
func (p *webPage) rank(where string, got webCell, row indicator.Row, ranked string) {
	p.t.Helper()
	want := "–"
	if row.Rank > 0 {
		want = french.Ordinal(row.Rank, genderOf(row.Territory.ID.Level)) + ranked
	}
	p.text(p.name+": rank of "+where, got.text, want)
}

// rankedAmong is « sur 16 » where not all regions have a value.
func (s built) rankedAmong(id indicator.ID) string {
	t := s.tables[id][atlas.RegionLevel]
	if t.Ranked == len(t.Rows) {
		return ""
	}
	return " sur " + french.Integer(float64(t.Ranked))
}

// keyFigures compares the figures in large type; each counts for three comparisons.
func (p *webPage) keyFigures(t atlas.TerritoryID, ids []indicator.ID) {
	list := classed(p.root, "key-figures")
	if len(list) != 1 || len(find(list[0], atom.Li)) != len(ids) {
		p.t.Fatalf("%s: want one list of %d key figures", p.name, len(ids))
	}
	before := p.r.Years()[len(p.r.Years())-2]
	for i, li := range find(list[0], atom.Li) {
		ind := indicator.ByID(ids[i])
		if href := attr(find(li, atom.A)[0], "href"); indicatorOf(href) != ind {
			p.t.Errorf("%s: key figure %d leads to %s, want %s", p.name, i+1, href, ind.ID)
		}
		part := func(class string) string {
			var texts []string
			for _, n := range classed(li, class) {
				texts = append(texts, textOf(n))
			}
			return strings.Join(texts, " ")
		}
		row, _ := p.row(ind.ID, t)
		where := p.name + ": key figure " + string(ind.ID)
		p.text(where, part("value"), shownAs(ind, row))
		country := ""
		if t != atlas.France && ind.Ratio() {
			national, _ := p.row(ind.ID, atlas.France)
			country = "France" + french.NBSP + ": " + shownAs(ind, national)
		}
		p.text(where+", France", part("country"), country)
		past := p.r.Row(ind, t, before)
		then := shownAs(ind, past) + " " + indicator.DateLabel(p.r.Edition(), before)
		if growth := ind.Growth(past.Value, row.Value, p.r.Edition(), p.r.Edition()); growth != "" {
			then += " (" + growth + ")"
		}
		if !past.Value.Shown() || !row.Value.Shown() || ind.Followed {
			then = ""
		}
		p.text(where+", before", part("evolution"), then)
	}
}

// growth compares the table of the years of a territory, two comparisons a cell.
func (p *webPage) growth(t atlas.TerritoryID, ids []indicator.ID) {
	years := p.r.Years()
	for i, row := range p.body("tableau-progression", len(years)) {
		for j, id := range ids {
			ind := indicator.ByID(id)
			r := p.r.Row(ind, t, years[i])
			p.value("progression "+string(id), row.cells[j+1], r, true, shownAs(ind, r))
		}
	}
}

func regionPagesAgree(t *testing.T, s built) {
	c := comparison{t: t}
	want := 0
	for _, region := range s.r.Gazetteer().Regions() {
		p := s.page(t, "regions/"+region.Slug+"/index.html")
		p.keyFigures(region.ID, figuresOfRegion)
		p.growth(region.ID, growthOfRegion)
		want += p.compositions(region)
		c.count += p.count
		// All its indicators stand on a page of their own, one click away.
		all := "indicateurs/"
		if !slices.ContainsFunc(find(p.root, atom.A), func(a *html.Node) bool { return attr(a, "href") == all }) {
			t.Errorf("%s: no link to %s", p.name, all)
		}
		p = s.page(t, "regions/"+region.Slug+"/"+all+"index.html")
		seen := map[indicator.ID]bool{}
		for id, rows := range p.tables {
			if !strings.HasPrefix(id, "theme-") {
				continue
			}
			for _, row := range rows[1:] {
				ind := indicatorOf(row.href)
				if ind == nil || seen[ind.ID] {
					t.Errorf("%s: %s is unknown, or shown twice", p.name, row.href)
					continue
				}
				seen[ind.ID] = true
				here, _ := p.row(ind.ID, region.ID)
				p.value(string(ind.ID), row.cells[1], here, true, shownAs(ind, here))
				national, exists := p.row(ind.ID, atlas.France)
				p.value(string(ind.ID)+" in France", row.cells[2], national, exists, shownAs(ind, national))
				p.rank(string(ind.ID), row.cells[3], here, p.rankedAmong(ind.ID))
			}
		}
		want += 3*len(figuresOfRegion) + 2*len(growthOfRegion)*len(s.r.Years()) + 5*len(having(atlas.RegionLevel))
		c.count += p.count
	}
	c.expect("region pages", want)
}

// compositions compares the split of the ESSMS by field and by status, and returns how many
// comparisons it must give.
func (p *webPage) compositions(region atlas.Territory) int {
	want := 0
	for head, parts := range p.built.compositions(region.ID) {
		id := map[string]string{"Champ d’intervention": "tableau-champs", "Statut": "tableau-statuts"}[head]
		want += 3 * len(parts)
		for _, row := range p.body(id, len(parts)) {
			part, label := parts[row.cells[0].text], row.cells[0].text
			p.once(id + " " + label)
			p.text(p.name+": "+label, row.cells[1].text, french.Integer(float64(part.count)))
			p.text(p.name+": share of "+label, row.cells[2].text, part.text)
			p.text(p.name+": share in France of "+label, row.cells[3].text, part.franceText)
		}
	}
	return want
}

func homeAgrees(t *testing.T, s built) {
	p := s.page(t, "index.html")
	p.keyFigures(atlas.France, figuresOfFrance)
	p.growth(atlas.France, growthOfFrance)
	located := indicator.ByID("essms_finances")
	territories := p.territories(located, atlas.RegionLevel) + p.alternatives(located, atlas.RegionLevel)
	const features = 6
	p.body("portrait-type", features)
	for _, link := range find(classed(p.root, "portrait")[0], atom.A) {
		ind := indicatorOf(attr(link, "href"))
		row, _ := s.row(ind.ID, atlas.France)
		p.text("portrait "+string(ind.ID), textOf(link), shownAs(ind, row))
	}
	p.expect("home", 3*len(figuresOfFrance)+2*len(growthOfFrance)*len(s.r.Years())+territories+2*features)
}

func regionListAgrees(t *testing.T, s built) {
	p := s.page(t, "regions/index.html")
	regions := s.r.Gazetteer().Regions()
	byName := p.places(atlas.RegionLevel)
	for _, row := range p.body("tableau-regions", len(regions)+1) {
		p.once(row.cells[0].text)
		of := byName[row.cells[0].text]
		for i, id := range columnsOfRegions {
			r, exists := s.row(id, of)
			p.value(row.cells[0].text+" "+string(id), row.cells[i+1], r, exists, r.Text)
		}
	}
	p.expect("list of regions", 2*len(columnsOfRegions)*(len(regions)+1))
}

// places are the territories of a level and France, by name.
func (s built) places(level atlas.Level) map[string]atlas.TerritoryID {
	out := map[string]atlas.TerritoryID{"France": atlas.France}
	for _, t := range s.r.Gazetteer().At(level) {
		out[t.Name] = t.ID
	}
	return out
}

// territories compares the table of an indicator by territory, and returns how many
// comparisons it must give.
func (p *webPage) territories(ind *indicator.Indicator, level atlas.Level) int {
	id, places := "tableau-"+string(ind.ID), p.places(level)
	rows := len(p.built.tables[ind.ID][level].Rows)
	if ind.Has(atlas.CountryLevel) {
		rows++
	}
	each := 2
	if ind.Ratio() {
		each += 2
	}
	ranked := p.name != "index.html" // the home ranks the regions in a chart
	if ranked {
		each++
	}
	for _, row := range p.body(id, rows) {
		name := row.cells[0].text
		p.once(id + " " + name)
		r, exists := p.row(ind.ID, places[name])
		p.value(name, row.cells[1], r, exists, r.Text)
		if ind.Ratio() {
			p.number(p.name+": numerator "+name, row.cells[2].sort, r.Value.Numerator, "")
			p.number(p.name+": denominator "+name, row.cells[3].sort, r.Value.Denominator, "")
		}
		if ranked {
			p.rank(name, row.cells[len(row.cells)-1], r, "")
		}
	}
	return each * rows
}

// alternatives compares what the territories of the map say of themselves, and returns how
// many comparisons they must give.
func (p *webPage) alternatives(ind *indicator.Indicator, level atlas.Level) int {
	if ind.Map == indicator.NoMap {
		return 0
	}
	for area := range p.root.Descendants() {
		code, label := attr(area, "data-code"), attr(area, "aria-label")
		if code == "" || label == "" {
			continue
		}
		p.once("map " + code)
		row, _ := p.row(ind.ID, atlas.TerritoryID{Level: level, Code: code})
		said, rank := label, ""
		if i := strings.LastIndex(label, ", "); row.Rank > 0 && i >= 0 {
			said, rank = label[:i], label[i+2:]
		}
		p.text(p.name+": map "+code, said, row.Territory.Name+french.NBSP+": "+row.Phrase)
		if row.Rank > 0 && !strings.HasPrefix(rank, french.Ordinal(row.Rank, genderOf(level))) {
			p.t.Errorf("%s: map %s: rank %q, want %d", p.name, code, rank, row.Rank)
		}
	}
	return len(p.built.tables[ind.ID][level].Rows)
}

// genderOf is that of « région » or « département ».
func genderOf(level atlas.Level) french.Gender {
	if level == atlas.DepartmentLevel {
		return french.Masculine
	}
	return french.Feminine
}

// indicatorPagesAgree reads the page of each indicator, by region and by department, and their list.
func indicatorPagesAgree(t *testing.T, s built) {
	c := comparison{t: t}
	want := 0
	for i := range indicator.All {
		ind := &indicator.All[i]
		p := s.page(t, "indicateurs/"+string(ind.ID)+"/index.html")
		if ind.Has(atlas.RegionLevel) {
			want += p.territories(ind, atlas.RegionLevel)
			want += p.alternatives(ind, atlas.RegionLevel)
		}
		years := p // an indicator of France alone shows its years on its page
		if ind.Has(atlas.RegionLevel) {
			years = s.page(t, "indicateurs/"+string(ind.ID)+"/annees/index.html")
			want += years.byYear(ind)
		}
		if ind.Has(atlas.CountryLevel) {
			national, _ := s.row(ind.ID, atlas.France)
			p.text(p.name, textOf(find(classed(p.root, "national")[0], atom.P)[0]), shownAs(ind, national))
			years.growth(atlas.France, []indicator.ID{ind.ID})
			want += 1 + 2*len(s.r.Years())
		}
		c.count += p.count
		if years != p {
			c.count += years.count
		}
		if ind.Has(atlas.DepartmentLevel) {
			d := s.page(t, "indicateurs/"+string(ind.ID)+"/departements/index.html")
			want += d.territories(ind, atlas.DepartmentLevel) + d.alternatives(ind, atlas.DepartmentLevel)
			c.count += d.count
		}
	}
	list := s.page(t, "indicateurs/index.html")
	for _, li := range find(classed(list.root, "indicator-list")[0].Parent.Parent, atom.Li) {
		if value := classed(li, "value"); len(value) == 1 {
			ind, text := indicatorOf(attr(find(li, atom.A)[0], "href")), "///"
			if row, exists := s.row(ind.ID, atlas.France); exists {
				text = shownAs(ind, row)
			}
			list.text(list.name+": "+string(ind.ID), textOf(value[0]), text)
		}
	}
	c.count += list.count
	c.expect("indicator pages", want+len(indicator.All))
}

// byYear compares the table of an indicator by territory and year.
func (p *webPage) byYear(ind *indicator.Indicator) int {
	places, years := p.places(atlas.RegionLevel), p.r.Years()
	rows := len(p.r.Gazetteer().Regions())
	if ind.Has(atlas.CountryLevel) {
		rows++
	}
	for _, row := range p.body("annees-"+string(ind.ID), rows) {
		p.once("annees " + row.cells[0].text)
		for i, y := range years {
			r := p.r.Row(ind, places[row.cells[0].text], y)
			p.value(row.cells[0].text, row.cells[i+1], r, true, r.Text)
		}
	}
	return 2 * len(years) * rows
}
