// Package indicator is the one registry of the atlas's indicators, and their computation
// for every territory, level and year. Definitions follow the programme's instructions
// and the published atlas; each entry states its own.
//
// An indicator is one entry of All. Its pages, maps, charts, tables, downloads, data
// dictionary and search entries follow from it.
package indicator

import (
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// ID is the stable name of an indicator, in URLs and open data: « essms_finances ».
type ID string

// Theme groups indicators for the reader.
type Theme string

// The themes, in the order pages show them.
const (
	ThemeESSMS      Theme = "ESSMS financés"
	ThemeProjects   Theme = "Projets"
	ThemeMoney      Theme = "Subventions"
	ThemeProfile    Theme = "Profil des projets"
	ThemePublic     Theme = "Publics et statuts des ESSMS"
	ThemeManagement Theme = "Candidatures et crédits"
)

// Themes lists the themes in the order pages show them.
var Themes = []Theme{ThemeESSMS, ThemeProjects, ThemeMoney, ThemeProfile, ThemePublic, ThemeManagement}

// MapKind says how an indicator is drawn on a map.
type MapKind int

// The kinds of map: none, proportional circles for counts and amounts, colour classes
// for ratios and means only.
const (
	NoMap MapKind = iota
	Circles
	Classes
)

// Display is how the numbers of an indicator are written: Number ÷ Scale, Decimals, then Suffix.
type Display struct {
	Scale            float64 // 1e6 for M€, 0.01 for a percentage, 1 for a count
	Decimals         int
	Suffix           string // « % », « k€ », « M€ »; empty for a count
	Singular, Plural string // the noun counted: « projet », « projets »; empty after a suffix
}

// Indicator is one entry of the registry.
type Indicator struct {
	ID ID
	// Former are the names it had in editions already published: their pages lead to this one's.
	Former []ID
	Title  string // « Part des projets régionaux du champ du handicap », without final stop
	Short  string // for cards and narrow columns: « Champ du handicap »
	// Definition is one sentence that a reader outside the programme understands.
	Definition string
	// Method states numerator, denominator, what is left out, and the source sheets.
	Method string
	// Champ is the population described, as Insee prints it under a figure.
	Champ string
	// Sentence reads one value aloud, with the places {lieu} (« en Bretagne ») and
	// {valeur} (« 980 ESSMS »): « {lieu}, le programme finance {valeur}. »
	Sentence string
	Theme    Theme
	Unit     atlas.Unit
	Display  Display
	Levels   []atlas.Level
	Map      MapKind
	// AroundFrance is set where the first question of a map by classes is who is above and who is below
	// France: how evenly what should be equal is shared. Elsewhere, it is how much there is.
	AroundFrance bool
	// Companion is the ratio that readers want to see beside this one, region by region; only
	// a ratio of the regions has one.
	Companion ID
	// Followed is set where the answer of a project changes after its decision, as payments and use do. A
	// cumulative year is then that of the projects decided by its end, in their state at the data state
	// of the edition: it is not what the indicator was worth that year, so that nothing calls the
	// difference between two of them a trend.
	Followed bool
	// Compute returns the value of a slice. It notes in the trace, which may be nil, the
	// rows that it counts.
	Compute func(*Slice, *Trace) atlas.Value

	ratio bool
}

// Has reports whether the indicator exists at that level.
func (ind *Indicator) Has(l atlas.Level) bool { return slices.Contains(ind.Levels, l) }

// Ratio reports whether the indicator is a ratio or mean, which has a numerator and a
// denominator and may be mapped by classes, rather than a count or sum.
func (ind *Indicator) Ratio() bool { return ind.ratio }

// YearsNote says, under the values of several years of a followed indicator, why they are no trend:
// « Chaque année : les projets décidés jusque-là, dans leur état au 31 décembre 2023, et non celui
// qu’ils avaient alors. » It is "" for any other indicator.
func (ind *Indicator) YearsNote(e atlas.Edition) string {
	if !ind.Followed {
		return ""
	}
	return "Chaque année" + french.NBSP + ": les projets décidés jusque-là, dans leur état au " + french.Date(e.DataState) + ", et non celui qu’ils avaient alors."
}

// ByID returns the indicator of that name, nil when there is none.
func ByID(id ID) *Indicator {
	for i := range All {
		if All[i].ID == id {
			return &All[i]
		}
	}
	return nil
}
