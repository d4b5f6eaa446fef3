package site

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/collate"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// essmsPerPage is how many ESSMS a page of the list of a department shows.
const essmsPerPage = 100

// previewed is how many ESSMS the page of a department itself shows.
const previewed = 10

// essmsPath is the place of a page of the ESSMS of a department, from 1.
func (e *edition) essmsPath(t atlas.Territory, n int) string {
	at := e.departmentPath(t) + "essms/"
	if n > 1 {
		at += strconv.Itoa(n) + "/"
	}
	return at
}

// departmentESSMSPages lists the ESSMS of each department that has any, so many to a page.
func departmentESSMSPages(c *composer, e *edition) []*page {
	order := french.Collator()
	var pages []*page
	for _, t := range e.departments() {
		parts := slices.Collect(slices.Chunk(e.essmsByPlace(t, order), essmsPerPage))
		for i, part := range parts {
			at := pageOf{t, part, i + 1, len(parts)}
			p := &page{
				unplanned: true, path: e.essmsPath(t, at.number), heading: "Les ESSMS financés " + t.Locative, crumb: "ESSMS financés",
				title:       fmt.Sprintf("ESSMS financés %s (%s), édition %d", t.Locative, t.ID.Code, e.about.Year),
				description: fmt.Sprintf("Liste des ESSMS implantés %s et financés par le programme %s, avec leurs projets.", t.Locative, e.state()),
			}
			if at.number > 1 {
				page := fmt.Sprintf(", page %d sur %d", at.number, at.of)
				p.crumb, p.title, p.description = "Page "+strconv.Itoa(at.number), p.title+page, strings.TrimSuffix(p.description, ".")+page+"."
			}
			p.model = e.departmentESSMSModel(c, at)
			pages = append(pages, p)
		}
	}
	return pages
}

// pageOf is a page of the ESSMS of a department.
type pageOf struct {
	territory  atlas.Territory
	essms      []*atlas.ESSMS
	number, of int
}

// essmsByPlace orders the ESSMS of a department by commune, then by name: unnamed communes last.
func (e *edition) essmsByPlace(t atlas.Territory, order *collate.Collator) []*atlas.ESSMS {
	return slices.SortedStableFunc(slices.Values(e.results.Slice(t.ID, e.year()).ESSMS), e.byCommune(order))
}

// byCommune compares ESSMS by commune, then by name, then by number: unnamed communes come last.
func (e *edition) byCommune(order *collate.Collator) func(a, b *atlas.ESSMS) int {
	return func(a, b *atlas.ESSMS) int {
		x, y := e.communeName(a), e.communeName(b)
		if (x == "") != (y == "") {
			return cmp.Compare(y, x)
		}
		if byName := order.CompareString(x, y); byName != 0 {
			return byName
		}
		return cmp.Or(order.CompareString(a.Name, b.Name), strings.Compare(a.FINESS, b.FINESS))
	}
}

// communeName is the name of an ESSMS's commune, its code where the list of communes lacks it; empty when unknown.
func (e *edition) communeName(of *atlas.ESSMS) string {
	if c, ok := e.results.Gazetteer().Commune(of.Commune); ok {
		return c.Name
	}
	return of.Commune
}

// ESSMSList is a page of the ESSMS of a department.
type ESSMSList struct {
	Lead      string
	Table     *Table
	Pages     []Link
	Back      Link
	Downloads []Link
	Captions
}

func (e *edition) departmentESSMSModel(c *composer, at pageOf) func(context.Context, *linker) (any, error) {
	t := at.territory
	return func(_ context.Context, l *linker) (any, error) {
		list := &ESSMSList{
			Lead:  french.Capitalize(e.state()) + ", " + e.now("essms_finances", t.ID).Phrase + " " + french.Plural(e.now("essms_finances", t.ID).Value.Number, "est financé", "sont financés") + " " + t.Locative + ". La liste va par commune, puis par nom.",
			Table: e.essmsTable("essms", "ESSMS financés "+t.Locative, at.essms, l, t),
			Back:  l.link(t.Name+french.NBSP+": tous les chiffres", e.departmentPath(t)),
			Captions: Captions{
				Notes:  []string{"Plusieurs projets peuvent financer un même ESSMS. " + fieldKey() + " n.d." + french.NBSP + ": donnée non disponible."},
				Champ:  "ESSMS implantés " + t.Locative + ", hors financement SONS seul.",
				Source: sentence(sourceLine(c.settings, e)),
			},
		}
		list.Table.Sortable = at.of == 1
		list.Downloads = e.downloadsOf(e.departmentPath(t), "essms", l)
		if len(e.about.Rounding["essms_finances"]) > 0 {
			list.Notes = append(list.Notes, "Le nombre d’ESSMS est arrondi en tête de page"+french.NNBSP+"; la liste est complète.")
		}
		for n := 1; at.of > 1 && n <= at.of; n++ {
			list.Pages = append(list.Pages, l.link(strconv.Itoa(n), e.essmsPath(t, n)))
		}
		return list, nil
	}
}

// essmsTable lists ESSMS with the projects that finance them.
func (e *edition) essmsTable(id, caption string, list []*atlas.ESSMS, l *linker, t atlas.Territory) *Table {
	slice := e.results.Slice(t.ID, e.year())
	table := newESSMSTable(id, caption, "Catégorie", "Champ", "Statut", "Projet")
	for _, of := range list {
		row := essmsRow(of, e.communeName(of))
		row.Cells = append(row.Cells, known(e.categoryName(of.Category)), known(string(of.Field)), known(french.Capitalize(string(of.Status))))
		row.Cells[3].Whole = true
		if of.Field != "" {
			row.Cells[3].Spoken = of.Field.Label()
		}
		projects := slice.Financing(of)
		var numbers []string
		for _, p := range projects {
			numbers = append(numbers, p.Number)
		}
		cell := Cell{Text: strings.Join(numbers, ", "), Whole: len(numbers) == 1}
		if len(projects) == 1 {
			cell.Href = e.projectLink(projects[0], l).Href
		}
		row.Cells = append(row.Cells, cell)
		table.Rows = append(table.Rows, row)
	}
	return table
}

// newESSMSTable begins a list of ESSMS: their number, their name, their commune, and other columns.
func newESSMSTable(id, caption string, others ...string) *Table {
	table := &Table{ID: id, Caption: caption, Head: "N° FINESS", Columns: []Column{{Text: "Raison sociale"}, {Text: "Commune"}}}
	for _, text := range others {
		table.Columns = append(table.Columns, Column{Text: text})
	}
	return table
}

// essmsRow begins the row of an ESSMS in such a list.
func essmsRow(of *atlas.ESSMS, place string) TableRow {
	return TableRow{Head: Link{Text: of.FINESS}, Cells: []Cell{known(french.Isolated(typographic(of.Name))), known(place)}}
}

// fieldKey says what the codes of the fields stand for.
func fieldKey() string {
	var parts []string
	for _, f := range atlas.Fields {
		parts = append(parts, string(f)+french.NBSP+": "+f.Label())
	}
	return strings.Join(parts, french.NNBSP+"; ") + "."
}

// known is a cell of text, « n.d. » when it is empty.
func known(text string) Cell {
	if text == "" {
		return Cell{Text: "n.d.", Spoken: "non disponible"}
	}
	return Cell{Text: text}
}

// categoryName is the short name of a FINESS category, its code where the references lack it.
func (e *edition) categoryName(code string) string {
	return cmp.Or(typographic(e.results.Dataset().Categories[code].Short), code)
}

// ESSMSPreview is the beginning of the list of the ESSMS of a department.
type ESSMSPreview struct {
	Table *Table // nil without any
	All   Link   // empty when the table shows them all
}

func (e *edition) essmsPreview(t atlas.Territory, l *linker) ESSMSPreview {
	list := e.essmsByPlace(t, french.Collator())
	if len(list) == 0 {
		return ESSMSPreview{}
	}
	caption := "ESSMS financés " + t.Locative
	if len(list) > previewed {
		caption = "Les premiers de la liste, par commune puis par nom"
	}
	return ESSMSPreview{
		Table: e.essmsTable("essms", caption, list[:min(previewed, len(list))], l, t),
		All:   l.link("Tous les ESSMS financés "+t.Locative, e.essmsPath(t, 1)),
	}
}
