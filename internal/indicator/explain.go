package indicator

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Explanation is where one figure comes from, down to the rows of the workbooks. The page of
// provenance and the command « atlas explain » both tell what it says, in its words.
type Explanation struct {
	Indicator *Indicator
	Edition   atlas.Edition
	Year      int
	Row       Row
	Trace     Trace
	// Lacking are the regions, with their articles, of which an optional sheet has no row.
	Lacking []string
	// Published are the published figures that a value not computed was taken from.
	Published []atlas.PublishedFigure
}

// Explain recomputes one value and notes the rows it counts. The indicator must exist
// for the territory, and the year be one of Years.
func (r *Results) Explain(ind *Indicator, t atlas.TerritoryID, year int) (Explanation, error) {
	s := r.Slice(t, year)
	switch {
	case s == nil:
		return Explanation{}, fmt.Errorf("ni territoire %s ni année %d dans l’édition %d", t, year, r.Edition().Year)
	case !ind.Has(t.Level):
		return Explanation{}, fmt.Errorf("l’indicateur %s n’existe pas au niveau %s", ind.ID, t.Level)
	}
	e := Explanation{Indicator: ind, Edition: r.Edition(), Year: year, Row: r.Row(ind, t, year)}
	ind.Compute(s, &e.Trace)
	e.Lacking = r.LackingNames(e.Row.Value)
	if e.Row.Value.Status == atlas.AsPublished {
		e.Published = r.publishedOf(ind, t, year)
	}
	return e, nil
}

func (r *Results) publishedOf(ind *Indicator, t atlas.TerritoryID, year int) []atlas.PublishedFigure {
	var out []atlas.PublishedFigure
	for _, p := range r.dataset.Published {
		if s, ok := subjectOf(r, p); ok && s == (subject{ind.ID, t, cut{year: year}}) {
			out = append(out, p)
		}
	}
	return out
}

// Fact is a named thing that an explanation says: « Numérateur », « 128 ».
type Fact struct{ Name, Text string }

// About says of an indicator what is the same for every territory: definition, formula, scope,
// rounding, edition.
func About(ind *Indicator, e atlas.Edition) []Fact {
	facts := []Fact{{"Définition", ind.Definition}, {"Formule", ind.Method}, {"Champ", french.Capitalize(ind.Champ) + "."}}
	return append(facts, Fact{"Arrondi", roundingOf(ind, e)},
		Fact{"Édition", fmt.Sprintf("%s (%s), situation au %s.", e.Title, stateNames[e.State], french.Date(e.DataState))})
}

var stateNames = map[atlas.EditionState]string{
	atlas.Demonstration: "données de démonstration", atlas.Provisional: "données provisoires", atlas.Final: "données définitives",
}

// roundingOf says how the values of an indicator are rounded when shown.
func roundingOf(ind *Indicator, e atlas.Edition) string {
	const once = "le calcul se fait sur les nombres bruts, l’arrondi une seule fois, à l’affichage, "
	var parts []string
	rounding := e.Rounding[string(ind.ID)]
	for i, s := range rounding {
		if s.Step <= 0 {
			continue
		}
		_, text := ind.Format(atlas.Count(s.Step), atlas.Edition{})
		switch {
		case s.Below > 0:
			_, below := ind.Format(atlas.Count(s.Below), atlas.Edition{})
			text += " au-dessous de " + below
		case i > 0:
			text += " au-delà"
		}
		parts = append(parts, text)
	}
	if parts != nil {
		return french.Capitalize(once) + "au multiple le plus proche de " + french.Join(parts) + " (edition.toml)."
	}
	_, text := ind.Format(atlas.Count(ind.Step(0, atlas.Edition{})), atlas.Edition{})
	return french.Capitalize(once) + "à " + text + " près."
}

// Facts are what the explanation says of the value of its territory, in the order it is told;
// what has no object is left out.
func (e Explanation) Facts() []Fact {
	v := e.Row.Value
	facts := []Fact{{"Valeur affichée", e.Row.Phrase}}
	add := func(name, text string) {
		if text != "" {
			facts = append(facts, Fact{name, text})
		}
	}
	add("Absence", e.absence())
	if v.Status == atlas.AsPublished {
		add("Origine", e.origin())
	}
	if v.Shown() {
		add("Valeur brute", french.Raw(v.Number)+french.NBSP+rawUnit(e.Indicator.Unit, v.Number))
	}
	if e.Indicator.Ratio() {
		add("Numérateur", amount(v.Numerator))
		add("Dénominateur", amount(v.Denominator))
		add("Opération", e.operation())
	}
	if v.Unknown > 0 {
		add("Sans réponse", french.Count(float64(v.Unknown), "unité laissée de côté", "unités laissées de côté"))
	}
	if len(e.Lacking) > 0 {
		add("Sans donnée", french.Join(e.Lacking))
	}
	for _, note := range slices.Compact(slices.Sorted(slices.Values(e.Trace.Beside))) {
		add("Hors classeurs", note)
	}
	return facts
}

// rawUnit is a unit after a raw number: a share is a fraction of 1.
func rawUnit(u atlas.Unit, n float64) string {
	switch u {
	case atlas.UnitShare:
		return "(fraction de 1)"
	case atlas.UnitEuro:
		return "€"
	case atlas.UnitProjects, atlas.UnitFiles:
		return french.Plural(n, strings.TrimSuffix(string(u), "s"), string(u))
	}
	return string(u)
}

// operation is « 128 ÷ 640 = 0,2 », « 980 ÷ 3 400 000 × 100 000 = 28,82… »; empty without value.
func (e Explanation) operation() string {
	v := e.Row.Value
	if v.Status != atlas.Available || !v.Numerator.Known || !v.Denominator.Known || v.Denominator.Amount == 0 {
		return ""
	}
	text := amount(v.Numerator) + " ÷ " + amount(v.Denominator)
	if v.Numerator.Amount != 0 {
		if scale := math.Round(v.Number * v.Denominator.Amount / v.Numerator.Amount); scale != 1 {
			text += " × " + french.Raw(scale)
		}
	}
	return text + " = " + french.Raw(v.Number)
}

// absence says why there is no number.
func (e Explanation) absence() string {
	v := e.Row.Value
	switch {
	case v.Status == atlas.NotApplicable:
		return "le chiffre n’a pas de sens pour ce territoire"
	case v.Status == atlas.Secret:
		return "le chiffre est couvert par le secret statistique"
	case v.Shown():
		return ""
	case e.Indicator.Ratio() && v.Denominator.Known && v.Denominator.Amount == 0:
		return "le dénominateur est nul\u00a0: le rapport n’est pas calculé"
	case e.Indicator.Ratio():
		return "le numérateur ou le dénominateur est inconnu\u00a0: le rapport n’est pas calculé"
	}
	return "aucune ligne des classeurs ne donne ce chiffre\u00a0: il manque, il ne vaut pas zéro"
}

// origin says that a value was taken from a published figure, and from which.
func (e Explanation) origin() string {
	text := "chiffre publié, repris tel quel et non recalculé"
	for _, p := range e.Published {
		text += french.NNBSP + "; source\u00a0: " + p.Source + " (" + p.Origin.String() + ")"
	}
	return text
}

// amount writes a raw part of a ratio.
func amount(q atlas.Quantity) string {
	if !q.Known {
		return "inconnu"
	}
	return french.Raw(q.Amount)
}

// Rows writes the rows of a trace for a reader, one line a sheet: « essms.xlsx › ESSMS ›
// lignes 2–5, 9 ». A row noted twice is written once.
func Rows(origins []atlas.Origin) []string { return Source{Ranges: rangesOf(origins)}.Lines(0) }
