package site

import (
	"context"
	"fmt"
	"math"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/chart"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// measure is what a distribution of projects is of.
type measure struct {
	id, question, title string
	axis, column        string
	scale               float64
	unit                string                       // « k€ »; ESSMS
	of                  func(*atlas.Project) float64 // never below 0
	mean                indicator.ID                 // of the regional projects: how a value is written in a sentence
	meanNational        indicator.ID
	rounded             string // what the note says of the values
}

var measures = []measure{
	{
		id: "tailles", question: "Combien d’ESSMS par projet" + french.NNBSP + "?", title: "Projets selon leur nombre d’ESSMS",
		axis: "ESSMS par projet", column: "Nombre d’ESSMS", scale: 1, unit: "ESSMS",
		of: func(p *atlas.Project) float64 { return float64(len(p.Links)) }, mean: "essms_par_projet_regional", meanNational: "essms_par_projet_national",
		rounded: "Le nombre d’ESSMS est celui des ESSMS du projet, hors financement SONS seul, où qu’ils soient implantés.",
	},
	{
		id: "montants", question: "Quel montant par projet" + french.NNBSP + "?", title: "Projets selon leur subvention",
		axis: "Subvention (k€)", column: "Subvention", scale: 1000, unit: "k€",
		of: func(p *atlas.Project) float64 { return p.Subsidy }, mean: "subvention_moyenne_regionale", meanNational: "subvention_moyenne_nationale",
		rounded: "Les subventions sont celles des décisions.",
	},
}

// distribution is how the projects of a territory are spread over the classes of a measure.
type distribution struct {
	bins               chart.Bins
	regional, national []int   // projects in each class; national of France only
	median             float64 // of the regional projects
	projects           int     // regional
}

// distributions are those of France and of each region, in the order of measures. A measure
// has the same classes everywhere.
type distributions map[atlas.TerritoryID][]distribution

// spread counts the projects of every territory by class, once for all the pages.
func spread(r *indicator.Results) distributions {
	out := distributions{}
	france := r.Slice(atlas.France, r.LastYear())
	for _, m := range measures {
		bins := chart.NewBins(append(m.values(france.Regional), m.values(france.National)...))
		if bins.Count == 0 {
			continue
		}
		for _, t := range append([]atlas.Territory{france.Territory}, r.Gazetteer().Regions()...) {
			slice := r.Slice(t.ID, r.LastYear())
			values := m.values(slice.Regional)
			d := distribution{bins: bins, regional: classed(bins, values), median: median(values), projects: len(values)}
			if t.ID == atlas.France {
				d.national = classed(bins, m.values(slice.National))
			}
			out[t.ID] = append(out[t.ID], d)
		}
	}
	return out
}

func (m measure) values(projects []*atlas.Project) []float64 {
	out := make([]float64, len(projects))
	for i, p := range projects {
		out[i] = m.of(p)
	}
	return out
}

func classed(bins chart.Bins, values []float64) []int {
	counts := make([]int, bins.Count)
	for _, v := range values {
		counts[bins.Of(v)]++
	}
	return counts
}

// median parts values in two halves; 0 without any.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// label names a class: « de 10 à moins de 15 ESSMS », « 50 ESSMS et plus ».
func (m measure) label(bins chart.Bins, class int) string {
	low, high := bins.Low(class), bins.High(class)
	text := func(x float64) string {
		if decimal := x / m.scale; decimal != math.Trunc(decimal) {
			return french.Number(decimal, 1)
		}
		return french.Integer(x / m.scale)
	}
	switch {
	case math.IsInf(high, 1):
		return text(low) + french.NBSP + m.unit + " et plus"
	case low == 0:
		return "moins de " + text(high) + french.NBSP + m.unit
	}
	return "de " + text(low) + " à moins de " + text(high) + french.NBSP + m.unit
}

// written is a value of the measure in a sentence, as the mean of the projects is written.
func (m measure) written(x float64, e *edition) string {
	if m.scale == 1 {
		if x != math.Trunc(x) {
			return french.Number(x, 1) + french.NBSP + m.unit
		}
		return french.Integer(x) + french.NBSP + m.unit
	}
	_, phrase := indicator.ByID(m.mean).Format(atlas.Count(x), e.about)
	return phrase
}

// distributionFigures draw how the projects of a territory are spread, for each measure; none
// where there is no regional project.
func (e *edition) distributionFigures(ctx context.Context, c *composer, l *linker, t atlas.Territory) ([]Figure, error) {
	var out []Figure
	for i, d := range e.distributions[t.ID] {
		if d.projects == 0 {
			continue
		}
		f, err := e.distributionFigure(ctx, c, l, t, measures[i], d)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func (e *edition) distributionFigure(ctx context.Context, c *composer, l *linker, t atlas.Territory, m measure, d distribution) (Figure, error) {
	half := m.written(d.median, e)
	title := m.title + " " + t.Locative + ", " + e.state()
	h := chart.Histogram{
		Bins: d.bins, Scale: m.scale, Axis: m.axis, One: "projet", Many: "projets",
		Series: []chart.HistogramSeries{{Name: "Projets régionaux", Counts: d.regional}},
		Median: d.median, MedianText: "médiane" + french.NBSP + ": " + half,
		WholeSentences: medianSentence(m, d, half),
	}
	if d.national != nil {
		h.Series = append(h.Series, chart.HistogramSeries{Name: "Projets nationaux", Counts: d.national})
		h.MedianText = "médiane des projets régionaux" + french.NBSP + ": " + half
	}
	for class := range d.bins.Count {
		h.Labels = append(h.Labels, m.label(d.bins, class))
	}
	made, err := chart.DrawHistogram(m.id, title, h)
	drawn, err := c.drawChart(ctx, l, made, err)
	if err != nil {
		return Figure{}, err
	}
	f := Figure{
		ID: m.id, Title: title, Charts: drawn, Table: distributionTable(m, d, h.Labels, title),
		Captions: Captions{
			Notes: []string{
				"Les classes ont toutes la même largeur, sauf la dernière, et sont les mêmes pour la France et pour chaque région" + french.NNBSP + "; une valeur égale à une limite est dans la classe qui la suit.",
				m.rounded,
			},
			Reading: french.Capitalize(e.state()) + ", " + t.Locative + ", " + uncapitalize(h.WholeSentences),
			Champ:   distributionChamp(t), Source: sentence(sourceLine(c.settings, e)), Provenance: e.provenances(t.ID, l, m.counted(t)...),
		},
	}
	return f, c.takeAway(ctx, e, l, &f, taking{
		title: m.title + " " + t.Locative, subtitle: french.Capitalize(e.state()),
		data: func(name string) download.Table {
			return download.OfClasses(e.results, t, d.classes(h.Labels), d.median, name, title)
		},
	})
}

// counted are the indicators of the same projects, whose provenance lists them.
func (m measure) counted(t atlas.Territory) []indicator.ID {
	if t.ID == atlas.France {
		return []indicator.ID{m.mean, m.meanNational}
	}
	return []indicator.ID{m.mean}
}

// classes are those of a distribution, for a file.
func (d distribution) classes(labels []string) []download.SizeClass {
	var out []download.SizeClass
	for i, label := range labels {
		class := download.SizeClass{Label: label, From: d.bins.Low(i), Below: d.bins.High(i), Regional: d.regional[i]}
		if d.national != nil {
			class.National = d.national[i]
		}
		out = append(out, class)
	}
	return out
}

// medianSentence says what half of the regional projects have.
func medianSentence(m measure, d distribution, half string) string {
	if d.projects == 1 {
		return "Le seul projet régional " + map[string]string{"tailles": "réunit ", "montants": "reçoit "}[m.id] + half + "."
	}
	return fmt.Sprintf("La moitié des projets régionaux %s au plus %s, l’autre moitié au moins autant.",
		map[string]string{"tailles": "réunissent", "montants": "reçoivent"}[m.id], half)
}

func distributionChamp(t atlas.Territory) string {
	if t.ID == atlas.France {
		return "Projets régionaux et nationaux, comptés une fois chacun."
	}
	return "Projets régionaux financés par l’ARS " + t.Locative + "."
}

// distributionTable shows the counts of each class.
func distributionTable(m measure, d distribution, labels []string, title string) *Table {
	table := &Table{ID: "tableau-" + m.id, Caption: title, Head: m.column, Columns: []Column{{Text: "Projets régionaux", Numeric: true}}}
	total := TableRow{Head: Link{Text: "Ensemble"}, Total: true, Cells: []Cell{count(sum(d.regional))}}
	if d.national != nil {
		table.Columns = append(table.Columns, Column{Text: "Projets nationaux", Numeric: true}, Column{Text: "Ensemble", Numeric: true})
		total.Cells = append(total.Cells, count(sum(d.national)), count(sum(d.regional)+sum(d.national)))
	}
	table.Rows = append(table.Rows, total)
	for class, label := range labels {
		row := TableRow{Head: Link{Text: french.Capitalize(label)}, Cells: []Cell{count(d.regional[class])}}
		if d.national != nil {
			row.Cells = append(row.Cells, count(d.national[class]), count(d.regional[class]+d.national[class]))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func sum(counts []int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}

// DistributionPage is how the projects of a territory are spread, by size and by subsidy.
type DistributionPage struct {
	Lead     string
	Figures  []DistributionSection
	Projects Link
}

// DistributionSection is a figure under its question.
type DistributionSection struct {
	Question string
	Figure   Figure
}

// distributionSlug ends the addresses of these pages.
const distributionSlug = "repartition-des-projets/"

// distributionPages are that of France and those of the regions that finance projects.
func distributionPages(c *composer, e *edition) []*page {
	var pages []*page
	for _, t := range append([]atlas.Territory{e.results.Gazetteer().Country()}, e.regions...) {
		if e.distributed(t.ID) {
			pages = append(pages, &page{
				path: e.distributionPath(t), heading: "Taille et montant des projets " + t.Locative, crumb: "Taille et montant des projets",
				title:       fmt.Sprintf("Taille et montant des projets %s, édition %d", t.Locative, e.about.Year),
				description: fmt.Sprintf("Répartition des projets %s selon leur nombre d’ESSMS et leur subvention, %s.", t.Locative, e.state()),
				model:       e.distributionModel(c, t),
			})
		}
	}
	return pages
}

// distributed reports whether a territory has a distribution to show.
func (e *edition) distributed(t atlas.TerritoryID) bool {
	d := e.distributions[t]
	return len(d) > 0 && d[0].projects > 0
}

func (e *edition) distributionPath(t atlas.Territory) string {
	if t.ID == atlas.France {
		return e.base + distributionSlug
	}
	return e.regionPath(t) + distributionSlug
}

// distributionLink leads to the distribution of a territory; without text where there is none.
func (e *edition) distributionLink(t atlas.Territory, l *linker) Link {
	if !e.distributed(t.ID) {
		return Link{}
	}
	return l.link("Taille et montant des projets "+t.Locative, e.distributionPath(t))
}

func (e *edition) distributionModel(c *composer, t atlas.Territory) func(context.Context, *linker) (any, error) {
	return func(ctx context.Context, l *linker) (any, error) {
		figures, err := e.distributionFigures(ctx, c, l, t)
		if err != nil {
			return nil, err
		}
		p := &DistributionPage{}
		if t.ID == atlas.France {
			p.Projects = l.link("Tous les projets", e.base+"projets/")
		} else {
			p.Projects = l.link("Tous les projets "+t.Genitive, e.regionPath(t)+"projets/")
		}
		d := e.distributions[t.ID]
		p.Lead = fmt.Sprintf("%s, la moitié des %s financés %s réunissent au plus %s, et la moitié reçoivent au plus %s.", french.Capitalize(e.state()),
			french.Count(float64(d[0].projects), "projet régional", "projets régionaux"), t.Locative, measures[0].written(d[0].median, e), measures[1].written(d[1].median, e))
		if d[0].projects == 1 {
			p.Lead = fmt.Sprintf("%s, un seul projet régional est financé %s.", french.Capitalize(e.state()), t.Locative)
		}
		for i, f := range figures {
			p.Figures = append(p.Figures, DistributionSection{measures[i].question, f})
		}
		return p, nil
	}
}
