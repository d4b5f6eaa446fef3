package factsheet

import (
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/editorial"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/narrative"
)

// What a sheet of each kind shows.
var (
	regionFigures = []indicator.ID{
		"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "taux_engagement",
		"projets_regionaux", "projets_nationaux_suivis", "subvention_regionale", "subvention_moyenne_regionale",
	}
	countryFigures = []indicator.ID{
		"essms_finances", "essms_pour_100000_habitants", "taux_couverture", "taux_engagement",
		"projets_regionaux", "projets_nationaux", "subvention_totale", "subvention_moyenne_regionale",
	}
	nationalFigures = []indicator.ID{
		"projets_nationaux", "subvention_nationale", "subvention_moyenne_nationale", "essms_par_projet_national",
	}
	compared = []indicator.ID{
		"essms_pour_100000_habitants", "taux_couverture", "essms_par_projet_regional", "subvention_moyenne_regionale",
		"part_handicap_essms", "part_non_lucratif_essms", "taux_versement", "taux_engagement",
	}
	mapped = indicator.ID("essms_pour_100000_habitants")
)

const countRule = "Un ESSMS est compté dans la région où il est implanté, un projet dans celle de l’ARS qui le finance."

// region is the sheet of a region.
func (w *writer) region(t atlas.Territory) document {
	page := w.directory() + "regions/" + t.Slug + "/"
	s := w.start("Fiche régionale", t.Name, "Région "+t.ID.Code, page)
	s.Locator = string(w.in.Maps.Locator(t.ID.Code))
	notice := w.in.Notices[t.Slug]
	s.Summary = summary(narrative.Region(w.results, nil, t.ID.Code), notice)
	if notice.Contact != "" {
		s.Contact = []string{"ARS" + french.NBSP + ": " + plain(notice.Contact)}
	}
	s.Figures = w.figures(regionFigures, t.ID)
	w.regionMap(&s, t)
	s.Bars = []barTable{
		w.composition(byField, t),
		w.composition(byStatus, t),
		w.growth("Progression, année après année", []indicator.ID{"essms_finances", "subvention_regionale"}, t.ID),
	}
	s.Dots = w.dots("La région parmi les autres", compared, t)
	s.Projects = w.projects("Les projets régionaux les plus dotés", w.results.Slice(t.ID, w.year()).Regional, largest)
	s.ProjectsEmpty = "Aucun projet régional n’est financé " + t.Locative + "."
	s.Terms = terms("essms_finances", "taux_couverture", "taux_engagement", "projets_nationaux_suivis", "taux_versement")
	s.Notes = w.notes(countRule)
	return document{File{
		Path: page + w.fileName(t.Slug), Title: "Fiche régionale " + french.Year(w.about.Year) + french.NBSP + ": " + t.Name,
		Name: t.Name, Page: page,
	}, s}
}

// regionMap draws the departments of a region in the classes of the whole country, beside their figures.
func (w *writer) regionMap(s *sheet, t atlas.Territory) {
	m, err := w.in.Maps.DrawRegion(w.table(mapped, atlas.DepartmentLevel, w.year()), t.ID.Code,
		carto.Options{ID: "departements", Description: narrative.Pattern(w.table(mapped, atlas.DepartmentLevel, w.year()).Within(t.ID)), Classes: w.classes(mapped, atlas.DepartmentLevel), Hatching: carto.Overprinted})
	if err != nil {
		w.fail(err)
		return
	}
	s.Map = shade(m)
	s.Map.Title = "ESSMS financés pour 100" + french.NNBSP + "000 habitants, par département"
	departments := w.departments(t)
	if len(departments) == 1 {
		s.Map.Alt = "Carte" + french.NBSP + ": " + departments[0].Name + ", seul département de la région" + french.NBSP + ": " +
			w.now(mapped, departments[0].ID).Phrase + "."
	}
	s.Areas = w.areas("Département", []indicator.ID{"essms_finances", mapped, "taux_couverture"}, atlas.DepartmentLevel, departments, t)
}

func (w *writer) departments(of atlas.Territory) []atlas.Territory {
	var out []atlas.Territory
	for _, d := range w.results.Gazetteer().Departments() {
		if d.Region == of.ID.Code {
			out = append(out, d)
		}
	}
	return out
}

// classes are those of the maps of the site: the same for all the years.
func (w *writer) classes(id indicator.ID, level atlas.Level) carto.Classes {
	k := tableKey{id, level, 0}
	c, ok := w.shades[k]
	if !ok {
		c = carto.ClassesOf(w.years(id, level)...)
		w.shades[k] = c
	}
	return c
}

func (w *writer) years(id indicator.ID, level atlas.Level) []indicator.Table {
	var tables []indicator.Table
	for _, y := range w.results.Years() {
		tables = append(tables, w.table(id, level, y))
	}
	return tables
}

// summary is what the figures say and what the editor wrote, the opening first.
func summary(sentences []narrative.Sentence, n editorial.Notice) []string {
	const opening = 2
	var out []string
	if n.Mode != editorial.Replaces || len(n.Paragraphs) == 0 {
		cut := min(opening, len(sentences))
		for _, part := range [][]narrative.Sentence{sentences[:cut], sentences[cut:]} {
			if len(part) > 0 {
				out = append(out, narrative.Text(part))
			}
		}
	}
	for _, p := range n.Paragraphs {
		out = append(out, plain(p))
	}
	return out
}

// country is the sheet of France.
func (w *writer) country() document {
	page := w.directory()
	france, _ := w.results.Gazetteer().Territory(atlas.France)
	s := w.start("Fiche nationale", france.Name, "", page)
	s.Summary = summary(narrative.Country(w.results, nil), editorial.Notice{})
	s.Figures = w.figures(countryFigures, atlas.France)
	m, err := w.in.Maps.Draw(w.table(mapped, atlas.RegionLevel, w.year()),
		carto.Options{ID: "regions", Description: narrative.Pattern(w.table(mapped, atlas.RegionLevel, w.year())), Classes: w.classes(mapped, atlas.RegionLevel), Hatching: carto.Overprinted})
	if err != nil {
		w.fail(err)
	}
	s.Map = shade(m)
	s.Map.Title = "ESSMS financés pour 100" + french.NNBSP + "000 habitants, par région"
	s.Map.Share, s.Map.Height = 0.56, 262
	s.Areas = w.areas("Région", []indicator.ID{"essms_finances", mapped}, atlas.RegionLevel, w.regions(), france)
	s.Bars = []barTable{
		w.composition(byField, france),
		w.composition(byStatus, france),
		w.growth("Progression, année après année", []indicator.ID{"essms_finances", "subvention_totale"}, atlas.France),
	}
	s.Dots = w.dots("D’une région à l’autre", compared, france)
	slice := w.results.Slice(atlas.France, w.year())
	s.Projects = w.projects("Les projets les plus dotés, régionaux et nationaux", append(append([]*atlas.Project(nil), slice.Regional...), slice.National...), largest)
	s.ProjectsEmpty = "Aucun projet n’est financé."
	s.Terms = terms("essms_finances", "taux_couverture", "taux_engagement", "projets_nationaux", "taux_versement")
	s.Notes = w.notes(countRule)
	return document{File{
		Path: page + w.fileName("france"), Title: "Fiche nationale " + french.Year(w.about.Year) + french.NBSP + ": France",
		Name: "France", Page: page,
	}, s}
}

func (w *writer) regions() []atlas.Territory { return sorted(w.results.Gazetteer().Regions()) }

// profile pairs the features of national and regional projects.
var profile = []struct{ national, regional indicator.ID }{
	{"part_handicap_projets_nationaux", "part_handicap_projets_regionaux"},
	{"part_personnes_agees_projets_nationaux", "part_personnes_agees_projets_regionaux"},
	{"part_non_lucratif_projets_nationaux", "part_non_lucratif_projets_regionaux"},
	{"part_infrastructures_projets_nationaux", "part_infrastructures_projets_regionaux"},
	{"part_mise_en_conformite_projets_nationaux", "part_mise_en_conformite_projets_regionaux"},
	{"part_acquisition_projets_nationaux", "part_acquisition_projets_regionaux"},
	{"part_grappes_projets_nationaux", "part_grappes_projets_regionaux"},
}

// national is the sheet of the national projects.
func (w *writer) national() document {
	page := w.directory() + "projets/"
	s := w.start("Fiche nationale", "Projets nationaux", "", page)
	s.Summary = w.nationalSummary()
	s.Figures = w.figures(nationalFigures, atlas.France)
	for i := range s.Figures {
		s.Figures[i].Label = strings.TrimSuffix(s.Figures[i].Label, " nationale") // the title says it
	}
	const followed = indicator.ID("projets_nationaux_suivis")
	m, err := w.in.Maps.Draw(w.table(followed, atlas.RegionLevel, w.year()),
		carto.Options{ID: "regions", Description: narrative.Pattern(w.table(followed, atlas.RegionLevel, w.year())), Scale: carto.ScaleRadius(w.years(followed, atlas.RegionLevel)...)})
	if err != nil {
		w.fail(err)
	}
	s.Map = shade(m)
	s.Map.Title = "Projets nationaux suivis par chaque ARS"
	s.Map.Share, s.Map.Height = 0.58, 280
	france, _ := w.results.Gazetteer().Territory(atlas.France)
	s.Areas = w.areas("Région", []indicator.ID{followed, "projets_regionaux"}, atlas.RegionLevel, w.regions(), france)
	last := s.Areas.Rows[len(s.Areas.Rows)-1]
	last[1] = w.now("projets_nationaux", atlas.France).Text
	shares := barTable{Title: "Profil des projets", Columns: []string{"Part des projets", "Nationaux", "Régionaux"}, Room: 32}
	for _, p := range profile {
		row := barRow{Label: indicator.ByID(p.national).Short}
		for i, id := range []indicator.ID{p.national, p.regional} {
			r := w.now(id, atlas.France)
			cell := barCell{Text: value(indicator.ByID(id), r), Bar: -1, Strong: i == 0}
			if i == 0 && r.Value.Shown() {
				cell.Bar = r.Value.Number
			}
			if i == 1 && r.Value.Shown() {
				row.Cells[0].Mark = []float64{r.Value.Number}
			}
			row.Cells = append(row.Cells, cell)
		}
		shares.Rows = append(shares.Rows, row)
	}
	shares.Note = "Trait noir" + french.NBSP + ": projets régionaux."
	s.Bars = []barTable{
		shares,
		w.growth("Progression, année après année", []indicator.ID{"projets_nationaux", "subvention_nationale"}, atlas.France),
	}
	s.Projects = w.projects("Les projets nationaux les plus dotés", w.results.Slice(atlas.France, w.year()).National, largestNational)
	s.ProjectsEmpty = "Aucun projet national n’est financé."
	s.Terms = terms("projets_nationaux", "projets_nationaux_suivis", "essms_par_projet_national", "subvention_moyenne_nationale")
	s.Notes = w.notes("Un projet national est compté dans chaque région dont l’ARS le suit, et une seule fois en France" + french.NBSP + ": la somme des régions dépasse le total.")
	return document{File{
		Path: page + w.fileName("projets-nationaux"), Title: "Fiche nationale " + french.Year(w.about.Year) + french.NBSP + ": projets nationaux",
		Name: "Projets nationaux", Page: page,
	}, s}
}

// nationalSummary says what the national projects are, beside the regional ones. A sentence
// whose figures are missing is left out.
func (w *writer) nationalSummary() []string {
	say := func(pattern string, ids ...indicator.ID) string {
		phrases := make([]any, len(ids))
		for i, id := range ids {
			row := w.now(id, atlas.France)
			if !row.Value.Shown() {
				return ""
			}
			phrases[i] = row.Phrase
		}
		return fmt.Sprintf(pattern, phrases...)
	}
	opening := say(french.Capitalize(w.state())+", le programme ESMS numérique compte %s, pour %s de subventions.", "projets_nationaux", "subvention_nationale")
	rest := []string{
		say("Un projet national réunit en moyenne %s, contre %s pour un projet régional.", "essms_par_projet_national", "essms_par_projet_regional"),
		say("Sa subvention moyenne est de %s, contre %s.", "subvention_moyenne_nationale", "subvention_moyenne_regionale"),
		say("Les projets nationaux qui concernent en majorité des ESSMS du champ du handicap sont %s, contre %s des projets régionaux.",
			"part_handicap_projets_nationaux", "part_handicap_projets_regionaux"),
		say("Le privé non lucratif domine dans %s des projets nationaux et %s des projets régionaux.",
			"part_non_lucratif_projets_nationaux", "part_non_lucratif_projets_regionaux"),
	}
	rest = slices.DeleteFunc(rest, func(s string) bool { return s == "" })
	return slices.DeleteFunc([]string{opening, strings.Join(rest, " ")}, func(s string) bool { return s == "" })
}
