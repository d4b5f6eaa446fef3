package download

import (
	"math"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// OfTable is what a map or a ranking draws: France where the indicator has it, then the rows of
// the table, in its order, in the columns of the machine-readable contract.
func OfTable(r *indicator.Results, t indicator.Table, name string) Table {
	return OfTables(r, name, t.Indicator.Title, t)
}

// OfTables is what a figure of several indicators or years draws: the rows of each table one
// after the other, as [OfTable] writes them.
func OfTables(r *indicator.Results, name, title string, tables ...indicator.Table) Table {
	out := figureTable(r, name, title)
	for _, t := range tables {
		if t.Indicator.Has(atlas.CountryLevel) {
			out.Rows = append(out.Rows, indicatorRow(r, t.Indicator, t.Country.Territory, t.Year))
		}
		for _, row := range t.Rows {
			out.Rows = append(out.Rows, indicatorRow(r, t.Indicator, row.Territory, t.Year))
		}
	}
	return out
}

// OfYears is what a figure of growth shows: indicators of one territory at the end of each year, in
// the same columns.
func OfYears(r *indicator.Results, t atlas.Territory, ids []indicator.ID, name string) Table {
	out := figureTable(r, name, t.Name)
	for _, id := range ids {
		for _, year := range r.Years() {
			out.Rows = append(out.Rows, indicatorRow(r, indicator.ByID(id), t, year))
		}
	}
	return out
}

func figureTable(r *indicator.Results, name, title string) Table {
	return Table{Name: name, Title: title, On: r.Edition().PublishedOn, Columns: indicatorColumns, Key: indicatorKey}
}

// Share is a class of a composition in a territory.
type Share struct {
	Territory atlas.Territory
	Class     string
	Count     int
	Part      atlas.Value // missing for the class of what is unknown
}

// OfShares is what a composition draws: how many ESSMS of each territory are of each class, and
// which part of those whose class is known.
func OfShares(r *indicator.Results, shares []Share, name, title string) Table {
	out := Table{Name: name, Title: title, On: r.Edition().PublishedOn, Columns: slices.Concat(indicatorColumns[:5], []Column{
		{Name: "categorie", Type: Text, Title: "Catégorie", Doc: "Catégorie des ESSMS"},
		{Name: "essms", Type: Integer, Title: "ESSMS", Doc: "Nombre d’ESSMS financés de cette catégorie dans le territoire"},
		{Name: "part_essms", Type: Number, Title: "Part", Doc: "Part des ESSMS financés dont la catégorie est connue\u202f; vide pour ceux dont elle ne l’est pas"},
	})}
	years := r.Years()
	for _, s := range shares {
		part := Cell{}
		if s.Part.Shown() {
			part = number(s.Part.Number)
		}
		out.Rows = append(out.Rows, []Cell{
			integer(r.Edition().Year), integer(years[len(years)-1]), text(s.Territory.ID.Level.String()), text(s.Territory.ID.Code),
			text(s.Territory.Name), text(s.Class), integer(s.Count), part,
		})
	}
	return out
}

// SizeClass is a class of a distribution of projects.
type SizeClass struct {
	Label              string
	From, Below        float64 // in the unit of the measure; Below is infinite for the last class
	Regional, National int     // projects; National of France only
}

// OfClasses is what a distribution draws: how many projects of a territory are in each class of a
// measure, and the median of the regional ones.
func OfClasses(r *indicator.Results, t atlas.Territory, classes []SizeClass, median float64, name, title string) Table {
	out := Table{Name: name, Title: title, On: r.Edition().PublishedOn, Columns: slices.Concat(indicatorColumns[:5], []Column{
		{Name: "classe", Type: Text, Title: "Classe", Doc: "Classe de projets"},
		{Name: "minimum", Type: Number, Title: "Minimum", Doc: "Plus petite valeur de la classe, comprise"},
		{Name: "moins_de", Type: Number, Title: "Moins de", Doc: "Limite de la classe, non comprise\u202f; vide pour la dernière, qui n’en a pas"},
		{Name: "projets_regionaux", Type: Integer, Title: "Projets régionaux", Doc: "Projets régionaux de cette classe"},
		{Name: "projets_nationaux", Type: Integer, Title: "Projets nationaux", Doc: "Projets nationaux de cette classe\u202f; vide pour une région, à laquelle aucun n’appartient"},
		{Name: "mediane_projets_regionaux", Type: Number, Title: "Médiane", Doc: "Médiane des projets régionaux du territoire, la même sur chaque ligne"},
	})}
	years := r.Years()
	for _, c := range classes {
		below, national := Cell{}, Cell{}
		if !math.IsInf(c.Below, 1) {
			below = number(c.Below)
		}
		if t.ID == atlas.France {
			national = integer(c.National)
		}
		out.Rows = append(out.Rows, []Cell{
			integer(r.Edition().Year), integer(years[len(years)-1]), text(t.ID.Level.String()), text(t.ID.Code), text(t.Name),
			text(c.Label), number(c.From), below, integer(c.Regional), national, number(median),
		})
	}
	return out
}
