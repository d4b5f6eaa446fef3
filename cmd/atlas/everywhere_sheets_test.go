package main

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
	"golang.org/x/net/html/atom"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// What a printed sheet shows of each kind, written again here as for the pages.
var (
	cardsOfRegion = []indicator.ID{
		"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "taux_engagement",
		"projets_regionaux", "projets_nationaux_suivis", "subvention_regionale", "subvention_moyenne_regionale",
	}
	cardsOfFrance = []indicator.ID{
		"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "taux_engagement",
		"projets_regionaux", "projets_nationaux", "subvention_totale", "subvention_moyenne_regionale",
	}
	cardsOfNationals = []indicator.ID{
		"projets_nationaux", "subvention_nationale", "subvention_moyenne_nationale", "essms_par_projet_national",
	}
	placesOnSheet = []indicator.ID{
		"essms_pour_100000_habitants", "taux_couverture", "essms_par_projet_regional", "subvention_moyenne_regionale",
		"part_handicap_essms", "part_non_lucratif_essms", "taux_versement", "taux_engagement",
	}
	areasOfRegion    = []indicator.ID{"essms_finances", "essms_pour_100000_habitants", "taux_couverture"}
	areasOfFrance    = []indicator.ID{"essms_finances", "essms_pour_100000_habitants"}
	areasOfNationals = []indicator.ID{"projets_nationaux_suivis", "projets_regionaux"}
	profiles         = []string{
		"handicap", "personnes_agees", "non_lucratif", "infrastructures", "mise_en_conformite", "acquisition", "grappes",
	}
)

// elsewhere names what France shows where an indicator does not exist for it.
var elsewhere = map[indicator.ID]indicator.ID{"projets_nationaux_suivis": "projets_nationaux"}

// shorter are the labels of the sheet of the national projects, whose title says the rest.
var shorter = map[indicator.ID]string{"subvention_moyenne_nationale": "Subvention moyenne"}

// compositionWanted is a part of a split of the ESSMS: its exact number, and its shares.
type compositionWanted struct {
	count            int
	here, france     atlas.Value
	text, franceText string // for a column whose header says the unit
	phrase           string
	francePhrase     string
}

// compositions are the splits of the ESSMS of a territory, by the header of the tables of the
// site, then by the name of the part; parts that nobody has are left out.
func (s built) compositions(t atlas.TerritoryID) map[string]map[string]compositionWanted {
	here, france := s.r.Slice(t, s.r.LastYear()), s.r.Slice(atlas.France, s.r.LastYear())
	type part struct {
		label   string
		count   int
		unknown bool
	}
	split := func(share indicator.ID, here, france []part) map[string]compositionWanted {
		known := func(parts []part) (n int) {
			for _, p := range parts {
				if !p.unknown {
					n += p.count
				}
			}
			return n
		}
		out := map[string]compositionWanted{}
		for i, p := range here {
			if p.count == 0 && france[i].count == 0 {
				continue
			}
			w := compositionWanted{count: p.count, here: atlas.Value{Status: atlas.NotApplicable}, france: atlas.Value{Status: atlas.NotApplicable}}
			if !p.unknown {
				w.here = atlas.Ratio(atlas.Known(float64(p.count)), atlas.Known(float64(known(here))), 1)
				w.france = atlas.Ratio(atlas.Known(float64(france[i].count)), atlas.Known(float64(known(france))), 1)
			}
			w.text, w.phrase = indicator.ByID(share).Format(w.here, s.r.Edition())
			w.franceText, w.francePhrase = indicator.ByID(share).Format(w.france, s.r.Edition())
			if p.unknown { // the sheet and the page show the sign alone
				w.phrase, w.francePhrase = w.text, w.franceText
			}
			out[p.label] = w
		}
		return out
	}
	fields := func(s *indicator.Slice) (out []part) {
		for _, f := range s.ByField() {
			out = append(out, part{french.Capitalize(f.Field.Label()), f.Count, f.Field == ""})
		}
		return out
	}
	statuses := func(s *indicator.Slice) (out []part) {
		for _, f := range s.ByStatus() {
			out = append(out, part{french.Capitalize(f.Status.Label()), f.Count, f.Status == ""})
		}
		return out
	}
	return map[string]map[string]compositionWanted{
		"Champ d’intervention": split("part_handicap_essms", fields(here), fields(france)),
		"Statut":               split("part_non_lucratif_essms", statuses(here), statuses(france)),
	}
}

// printed is a sheet being read through the structure that assistive technologies read.
type printed struct {
	comparison
	built
	name   string
	lines  []string              // of its text
	tables map[string][][]string // by their first header; the headers first
}

// spoken is how a text is read out of a PDF, where a no-break space comes out as an ordinary
// one, and a line break inside a cell as a line feed. The narrow no-break space of thousands stays.
func spoken(s string) string {
	return strings.TrimSpace(strings.NewReplacer(french.NBSP, " ", "\n", " ").Replace(s))
}

// same compares a text read out of the PDF.
func (p *printed) same(where, got, want string) {
	p.t.Helper()
	p.text(p.name+": "+where, got, spoken(want))
}

func (s built) sheet(t *testing.T, name string) *printed {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := &printed{comparison{t: t}, s, name, nil, map[string][][]string{}}
	texts := map[[2]int64]string{}
	for i := 1; i <= r.NumPage(); i++ {
		markedTexts(r.Page(i), texts)
	}
	root := structureOf(r.Trailer().Key("Root").Key("StructTreeRoot"), 0, texts)
	for line := range strings.Lines(root.words()) {
		if line = spoken(line); line != "" {
			p.lines = append(p.lines, line)
		}
	}
	for _, table := range root.all("Table") {
		var rows [][]string
		for _, tr := range table.all("TR") {
			var cells []string
			for _, cell := range tr.children {
				cells = append(cells, spoken(cell.words()))
			}
			rows = append(rows, cells)
		}
		p.tables[rows[0][0]] = rows
	}
	return p
}

// markedTexts notes the text of each marked content of a page, by its number.
func markedTexts(page pdf.Page, texts map[[2]int64]string) {
	number := page.V.Key("StructParents").Int64()
	var open []int64
	var font pdf.Font
	pdf.Interpret(page.V.Key("Contents"), func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := range slices.Backward(args) {
			args[i] = stack.Pop()
		}
		switch op {
		case "BDC", "BMC":
			id := int64(-1)
			if op == "BDC" && !args[1].Key("MCID").IsNull() {
				id = args[1].Key("MCID").Int64()
			} else if len(open) > 0 {
				id = open[len(open)-1]
			}
			open = append(open, id)
		case "EMC":
			open = open[:len(open)-1]
		case "Tf":
			font = page.Font(args[0].Name())
		case "Tj", "TJ":
			pieces := []pdf.Value{args[0]}
			if op == "TJ" {
				pieces = nil
				for i := range args[0].Len() {
					pieces = append(pieces, args[0].Index(i))
				}
			}
			for _, v := range pieces {
				if v.Kind() == pdf.String && len(open) > 0 {
					texts[[2]int64{number, open[len(open)-1]}] += font.Encoder().Decode(v.RawString())
				}
			}
		}
	})
}

// node is an element of the structure of a PDF, or a text, which has no tag.
type node struct {
	tag, text string
	children  []*node
}

func structureOf(v pdf.Value, page int64, texts map[[2]int64]string) *node {
	switch {
	case v.Kind() == pdf.Integer:
		return &node{text: texts[[2]int64{page, v.Int64()}]}
	case !v.Key("MCID").IsNull():
		if pg := v.Key("Pg"); !pg.IsNull() {
			page = pg.Key("StructParents").Int64()
		}
		return &node{text: texts[[2]int64{page, v.Key("MCID").Int64()}]}
	}
	if pg := v.Key("Pg"); !pg.IsNull() {
		page = pg.Key("StructParents").Int64()
	}
	n := &node{tag: v.Key("S").Name()}
	switch k := v.Key("K"); k.Kind() {
	case pdf.Array:
		for i := range k.Len() {
			n.children = append(n.children, structureOf(k.Index(i), page, texts))
		}
	case pdf.Null:
	default:
		n.children = append(n.children, structureOf(k, page, texts))
	}
	return n
}

func (n *node) all(tag string) []*node {
	var out []*node
	if n.tag == tag {
		out = append(out, n)
	}
	for _, c := range n.children {
		out = append(out, c.all(tag)...)
	}
	return out
}

// words is the text in reading order, a line a paragraph; what is drawn in a figure is left out.
func (n *node) words() string {
	if n.tag == "Figure" {
		return ""
	}
	text := n.text
	for _, c := range n.children {
		text += c.words()
	}
	if n.tag != "" && n.tag != "Span" && n.tag != "Link" && text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// rows returns the rows of a table under its header, by their first cells.
func (p *printed) rows(head string, want int) map[string][]string {
	p.t.Helper()
	all := p.tables[head]
	if len(all) != want+1 {
		p.t.Fatalf("%s: table %q has %d rows, want a header and %d", p.name, head, len(all), want)
	}
	out := map[string][]string{}
	for _, row := range all[1:] {
		out[row[0]] = row[1:]
	}
	return out
}

func sheetsAgree(t *testing.T, s built) {
	c := comparison{t: t}
	want := 0
	read := func(name string, kind func(*printed) int) {
		p := s.sheet(t, name)
		want += kind(p)
		c.count += p.count
	}
	for _, region := range s.r.Gazetteer().Regions() {
		read("regions/"+region.Slug+"/fiche-2023-"+region.Slug+".pdf", func(p *printed) int {
			return p.cards(region.ID, cardsOfRegion) + p.growth(region.ID, "essms_finances", "subvention_regionale") +
				p.split(region.ID) + p.departments(region) + p.places(region.ID) + p.legend("regions/"+region.Slug+"/")
		})
	}
	read("fiche-2023-france.pdf", func(p *printed) int {
		return p.cards(atlas.France, cardsOfFrance) + p.growth(atlas.France, "essms_finances", "subvention_totale") +
			p.split(atlas.France) + p.regions(areasOfFrance) + p.places(atlas.France) + p.legend("indicateurs/essms_pour_100000_habitants/")
	})
	nationals, err := filepath.Glob(filepath.Join(s.dir, "*", "fiche-2023-projets-nationaux.pdf"))
	if err != nil || len(nationals) != 1 {
		t.Fatalf("sheets of the national projects: %v, %v", nationals, err)
	}
	name, err := filepath.Rel(s.dir, nationals[0])
	if err != nil {
		t.Fatal(err)
	}
	read(name, func(p *printed) int {
		return p.cards(atlas.France, cardsOfNationals) + p.growth(atlas.France, "projets_nationaux", "subvention_nationale") +
			p.regions(areasOfNationals) + p.profile()
	})
	c.expect("printed sheets", want)
}

// cards compares the key figures of a sheet.
func (p *printed) cards(t atlas.TerritoryID, ids []indicator.ID) int {
	from := slices.Index(p.lines, "Chiffres clés")
	if from < 0 {
		p.t.Fatalf("%s: no key figures", p.name)
	}
	want := 0
	lines := p.lines[from:]
	for _, id := range ids {
		ind := indicator.ByID(id)
		label := cmp.Or(shorter[id], ind.Short)
		at := slices.Index(lines, spoken(label))
		if at < 0 || at+3 >= len(lines) {
			p.t.Errorf("%s: no figure « %s » in %q", p.name, label, lines[:min(30, len(lines))])
			continue
		}
		row, _ := p.row(id, t)
		shown := shownAs(ind, row)
		if !row.Value.Shown() {
			shown += " (" + row.Phrase + ")"
		}
		p.same(string(id), lines[at+1], shown)
		want++
		if t == atlas.France {
			continue
		}
		at += 2
		if row.Rank > 0 {
			p.same("rank of "+string(id), lines[at], french.Ordinal(row.Rank, french.Feminine)+" sur "+
				french.Integer(float64(p.built.tables[id][t.Level].Ranked))+" régions")
			want, at = want+1, at+1
		}
		national, exists := p.row(id, atlas.France)
		country := shownAs(ind, national)
		if !exists {
			other, _ := p.row(elsewhere[id], atlas.France)
			country = other.Phrase
		}
		p.same(string(id)+" in France", lines[at], "France : "+country)
		want++
	}
	return want
}

func (p *printed) growth(t atlas.TerritoryID, ids ...indicator.ID) int {
	years := p.r.Years()
	rows := p.rows("En cumul", len(years))
	for _, y := range years {
		cells := rows[spoken(french.Capitalize(indicator.DateLabel(p.r.Edition(), y)))]
		for i, id := range ids {
			p.same("growth "+string(id), at(cells, i), shownAs(indicator.ByID(id), p.r.Row(indicator.ByID(id), t, y)))
		}
	}
	return len(years) * len(ids)
}

// at is a cell, or nothing.
func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// split compares the numbers of ESSMS by field and by status with those of the pages.
func (p *printed) split(t atlas.TerritoryID) int {
	want := 0
	for head, parts := range p.compositions(t) {
		rows := p.rows(map[string]string{"Champ d’intervention": "Champ", "Statut": "Statut"}[head], len(parts))
		for label, part := range parts {
			cells := rows[label]
			p.same(label, at(cells, 0), french.Integer(float64(part.count)))
			p.same("share of "+label, at(cells, 1), part.phrase)
			want += 2
			if t != atlas.France {
				p.same("share in France of "+label, at(cells, 2), part.francePhrase)
				want++
			}
		}
	}
	return want
}

func (p *printed) departments(region atlas.Territory) int {
	var places []atlas.Territory
	names := map[atlas.TerritoryID]string{region.ID: region.Name}
	for _, d := range p.r.Gazetteer().Departments() {
		if d.Region == region.ID.Code {
			places = append(places, d)
			names[d.ID] = d.ID.Code + " " + d.Name
		}
	}
	return p.areas("Département", append(places, region), names, areasOfRegion)
}

// legend compares the classes of the map with those of the same map on a page. A region of one department has no map there.
func (p *printed) legend(page string) int {
	p.t.Helper()
	legends := classed(p.page(p.t, page+"index.html").root, "legend")
	if len(legends) == 0 {
		return 0
	}
	labels := classed(legends[0], "legend-unit")
	labels = append(labels, find(legends[0], atom.Li)...)
	for i, label := range labels {
		words := textOf(label)
		if i > 0 { // how many territories are in the class: not on paper
			words = words[:strings.LastIndex(words, " (")]
		}
		if p.count++; !slices.Contains(p.lines, spoken(words)) {
			p.t.Errorf("%s: the legend of the map has no %q, which %s has", p.name, words, page)
		}
	}
	return len(labels)
}

func (p *printed) regions(ids []indicator.ID) int {
	france, _ := p.r.Gazetteer().Territory(atlas.France)
	places := append(slices.Clone(p.r.Gazetteer().Regions()), france)
	names := map[atlas.TerritoryID]string{}
	for _, t := range places {
		names[t.ID] = t.Name
	}
	return p.areas("Région", places, names, ids)
}

func (p *printed) areas(head string, places []atlas.Territory, names map[atlas.TerritoryID]string, ids []indicator.ID) int {
	rows := p.rows(head, len(places))
	for _, t := range places {
		for i, id := range ids {
			row, exists := p.row(id, t.ID)
			if !exists {
				row, _ = p.row(elsewhere[id], t.ID)
			}
			p.same(t.Name+" "+string(id), at(rows[spoken(names[t.ID])], i), row.Text)
		}
	}
	return len(places) * len(ids)
}

// profile compares the features of the national projects, beside the regional ones.
func (p *printed) profile() int {
	rows := p.rows("Part des projets", len(profiles))
	for _, feature := range profiles {
		national, regional := indicator.ID("part_"+feature+"_projets_nationaux"), indicator.ID("part_"+feature+"_projets_regionaux")
		cells := rows[spoken(indicator.ByID(regional).Short)]
		for i, id := range []indicator.ID{national, regional} {
			row, _ := p.row(id, atlas.France)
			p.same(string(id), at(cells, i), row.Phrase)
		}
	}
	return 2 * len(profiles)
}

// places compares the table of the ranks: the extremes, the region, France, the rank.
func (p *printed) places(t atlas.TerritoryID) int {
	rows := p.rows("Indicateur", len(placesOnSheet))
	want := 0
	for _, id := range placesOnSheet {
		ind, table := indicator.ByID(id), p.built.tables[id][atlas.RegionLevel]
		label := ind.Short
		if ind.Theme == indicator.ThemePublic {
			label += " (part des ESSMS)"
		}
		ranked := table.ByRank()
		texts := map[int]string{0: shownAs(ind, ranked[table.Ranked-1]), 2: shownAs(ind, ranked[0]), 3: shownAs(ind, table.Country)}
		if t != atlas.France {
			here, _ := p.row(id, t)
			texts[3], texts[4], texts[5] = shownAs(ind, here), shownAs(ind, table.Country), "///"
			if here.Rank > 0 {
				texts[5] = french.Ordinal(here.Rank, french.Feminine) + " sur " + french.Integer(float64(table.Ranked))
			}
		}
		for i, text := range texts {
			p.same("place "+string(id), at(rows[spoken(label)], i), text)
		}
		want += len(texts)
	}
	return want
}
