package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// sourceLine is « CNSA, Atlas régional ESMS numérique 2023 (données de démonstration),
// situation au 31 décembre 2023 ».
func sourceLine(s settings, e *edition) string {
	return fmt.Sprintf("%s, %s%s, situation %s", s.Source, e.about.Title, stateWords[e.about.State], e.state())
}

var stateWords = map[atlas.EditionState]string{
	atlas.Demonstration: " (données de démonstration)",
	atlas.Provisional:   " (données provisoires)",
}

// captions are those of a figure of one indicator. It reads aloud the highest region, or
// France where no region is ranked.
func (c *composer) captions(e *edition, t indicator.Table) Captions {
	read := t.Country
	if rows := t.ByRank(); len(rows) > 0 && rows[0].Rank > 0 {
		read = rows[0]
	}
	return Captions{
		Notes:   e.notes(t),
		Reading: french.Capitalize(e.state()) + ", " + uncapitalize(t.Indicator.Reading(read)),
		Champ:   sentence(t.Indicator.Champ),
		Source:  sentence(sourceLine(c.settings, e)),
	}
}

// underMap adds to the captions of a figure the credit of its base map and how it is drawn.
func (c *composer) underMap(f Figure) Figure {
	if f.Map == nil {
		return f
	}
	f.Credit = c.settings.MapCredit
	if f.Map.Note != "" {
		f.Notes = append(slices.Clone(f.Notes), f.Map.Note)
	}
	return f
}

// notes say what a reader must know before quoting a figure of the table.
func (e *edition) notes(t indicator.Table) []string {
	var notes []string
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if n := t.Country.Value.Unknown; n > 0 {
		add("En France, %s sans réponse %s ni au numérateur ni au dénominateur.",
			french.Count(float64(n), unitNoun(t.Indicator, 1), unitNoun(t.Indicator, 2)), french.Plural(float64(n), "n’est compté", "ne sont comptés"))
	}
	if lacking := e.results.LackingNames(t.Country.Value); len(lacking) > 0 {
		add("Le chiffre de la France est établi sans %s, faute de donnée.", french.Join(lacking))
	}
	if text := e.sumNote(t); text != "" {
		notes = append(notes, text)
	}
	if text := roundingNote(t.Indicator, e.about.Rounding[string(t.Indicator.ID)]); text != "" {
		notes = append(notes, text)
	}
	return append(notes, symbolNotes(t)...)
}

// yearsNote says of which projects the values of a year are.
func (e *edition) yearsNote(ind *indicator.Indicator) string {
	return cmp.Or(ind.YearsNote(e.about),
		"Cumul depuis le début du programme"+french.NBSP+": chaque année comprend les projets décidés les années précédentes.")
}

// unitNoun is what a share counts: ESSMS or projects.
func unitNoun(ind *indicator.Indicator, n float64) string {
	if ind.Theme == indicator.ThemePublic {
		return "ESSMS"
	}
	return french.Plural(n, "projet", "projets")
}

// sumNote says that territories do not add up to France, and why.
func (e *edition) sumNote(t indicator.Table) string {
	ind := t.Indicator
	if ind.Ratio() || len(t.Rows) == 0 {
		return ""
	}
	sum := 0.0
	for _, r := range t.Rows {
		sum += r.Value.Number
	}
	of := "des régions"
	if t.Level == atlas.DepartmentLevel {
		of = "des départements"
	}
	whole := t.Country
	if !ind.Has(atlas.CountryLevel) {
		whole = e.row("projets_nationaux", atlas.France, t.Year)
	}
	if !whole.Value.Shown() || sum == whole.Value.Number {
		return ""
	}
	_, total := ind.Format(atlas.Count(sum), e.about)
	added := fmt.Sprintf("La somme %s (%s)", of, total)
	if roundingSteps(ind, e.about.Rounding[string(ind.ID)]) != "" {
		added = fmt.Sprintf("La somme %s, faite avant arrondi (%s),", of, total)
	}
	switch {
	case sum > whole.Value.Number && ind.Unit == atlas.UnitProjects:
		return fmt.Sprintf("%s dépasse le chiffre de la France (%s)%s: un projet compte dans chaque territoire qu’il concerne.", added, whole.Phrase, french.NBSP)
	case ind.Unit == atlas.UnitESSMS:
		return fmt.Sprintf("%s est inférieure au chiffre de la France (%s), qui comprend les ESSMS dont la commune n’est pas connue ou n’appartient à aucune région.",
			added, whole.Phrase)
	}
	return fmt.Sprintf("%s diffère du chiffre de la France (%s).", added, whole.Phrase)
}

// roundingNotes say to what steps the values of a table of several indicators are rounded; none for those that are not.
func (e *edition) roundingNotes(ids ...indicator.ID) []string {
	var notes []string
	for _, id := range ids {
		ind := indicator.ByID(id)
		if note := roundingNote(ind, e.about.Rounding[string(id)]); note != "" {
			notes = append(notes, ind.Title+french.NBSP+": "+uncapitalize(note))
		}
	}
	return notes
}

// roundingNote says to what step values are rounded; empty when they are not.
func roundingNote(ind *indicator.Indicator, rounding atlas.Rounding) string {
	steps := roundingSteps(ind, rounding)
	if steps == "" {
		return ""
	}
	return "Les valeurs sont arrondies " + steps + french.NNBSP + "; leur somme peut différer du total, et une progression est l’écart entre les valeurs affichées."
}

// roundingSteps is « à 5 près au-dessous de 100, à 10 près au-delà », empty without rounding.
func roundingSteps(ind *indicator.Indicator, rounding atlas.Rounding) string {
	var parts []string
	for i, s := range rounding {
		if s.Step <= 0 {
			continue
		}
		_, step := ind.Format(atlas.Count(s.Step), atlas.Edition{})
		text := "à " + step + " près"
		switch {
		case s.Below > 0:
			_, below := ind.Format(atlas.Count(s.Below), atlas.Edition{})
			text += " au-dessous de " + below
		case i > 0:
			text += " au-delà"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// symbolNotes explain the signs that stand for absent values.
func symbolNotes(t indicator.Table) []string {
	seen := map[atlas.Status]bool{}
	if t.Indicator.Has(atlas.CountryLevel) {
		seen[t.Country.Value.Status] = true
	}
	for _, r := range t.Rows {
		seen[r.Value.Status] = true
	}
	var notes []string
	for _, s := range []struct {
		status atlas.Status
		text   string
	}{
		{atlas.Missing, "n.d." + french.NBSP + ": donnée non disponible."},
		{atlas.NotApplicable, "///" + french.NBSP + ": sans objet."},
		{atlas.Secret, "s" + french.NBSP + ": couvert par le secret statistique."},
	} {
		if seen[s.status] {
			notes = append(notes, s.text)
		}
	}
	return notes
}

// sentence raises the first letter of a text and ends it with a stop.
func sentence(s string) string {
	if s = french.Capitalize(s); s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// uncapitalize lowers the first letter of a sentence that begins with a preposition
// (« En Bretagne », « Dans le Grand Est », « À La Réunion »), to put words before it.
func uncapitalize(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// territories is « 5 régions », « 1 département ».
func territories(n int, level atlas.Level) string {
	if level == atlas.DepartmentLevel {
		return french.Count(float64(n), "département", "départements")
	}
	return french.Count(float64(n), "région", "régions")
}

func year(y int) string { return strconv.Itoa(y) }
