package site

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// CoherencePage compares the figures already published with those of the edition: what
// contradicts first, then what differs and is explained, then every figure.
type CoherencePage struct {
	Lead, Summary string
	Groups        []FindingGroup
	Figures       *Table // every published figure; nil without sheet « Chiffres publiés »
	Sums          *Table // the country and the sums of the regions
	Data          Link
}

// FindingGroup is what was found of one kind, under a heading.
type FindingGroup struct {
	ID, Title, Lead string
	Findings        []Finding
}

// Finding is one thing that a reader must know before quoting a published figure.
type Finding struct {
	Title, Message string
	Why            string   // why it matters
	Causes         []string // what the computation says of it
	Sources        string   // of the figures, « ; » between them
}

func coherencePages(c *composer, e *edition) []*page {
	return []*page{{
		path: e.base + "coherence/", heading: "Contrôle de cohérence", title: fmt.Sprintf("Contrôle de cohérence, édition %d", e.about.Year),
		description: "Les chiffres déjà publiés comparés à ceux de l’édition\u00a0: ce qui se contredit, ce qui s’explique, et pourquoi.",
		model:       e.coherenceModel(),
	}}
}

func (e *edition) coherenceModel() func(context.Context, *linker) (any, error) {
	return func(_ context.Context, l *linker) (any, error) {
		p := &CoherencePage{
			Lead: "D’autres chiffres du programme ont été publiés, par la CNSA, par les ARS ou par la presse. " +
				"L’atlas les compare un à un à ceux qu’il calcule, et les compare entre eux. " +
				"Un chiffre contredit de plusieurs façons n’est raconté qu’une fois.",
			Summary: agreement(e.verdicts), Data: l.link("Données à télécharger", e.base+"donnees/"),
		}
		p.Sums = e.sumsTable(l)
		for _, g := range findingGroups {
			if found := e.findings(g.agreement, g.agrees); found != nil {
				p.Groups = append(p.Groups, FindingGroup{g.id, g.title, g.lead, found})
			}
		}
		p.Figures = figuresTable(e.verdicts)
		return p, nil
	}
}

var findingGroups = []struct {
	agreement       indicator.Agreement
	agrees          bool
	id, title, lead string
}{
	{indicator.Contradicts, false, "contradictions", "Ce qui se contredit", "Ces chiffres ne peuvent pas être cités ensemble sans explication."},
	{indicator.Explained, false, "explications", "Ce qui diffère et s’explique", "Ces chiffres diffèrent sans être faux\u00a0: ils ne comptent pas la même chose."},
	{indicator.NotComparable, false, "non-comparables", "Ce qui ne peut être comparé", "L’édition ne calcule pas ces chiffres, ou n’a pas les données qu’il faudrait."},
	{indicator.Agrees, true, "concordances", "Ce qui concorde entre plusieurs chiffres publiés", "Ces rapprochements portent sur plusieurs chiffres à la fois."},
}

// findings lists the verdicts of an agreement; of those that agree, only what was found
// about several figures. A figure that another finding judges is told there.
func (e *edition) findings(a indicator.Agreement, severalOnly bool) []Finding {
	var out []Finding
	for _, v := range e.verdicts {
		if v.Agreement != a || severalOnly && v.Subject == indicator.Figure || v.Subject == indicator.Figure && e.told(v) {
			continue
		}
		f := Finding{Title: findingTitle(v), Message: sentence(v.Message), Why: why[whyKey{v.Subject, a}], Sources: strings.Join(v.Sources, french.NNBSP+"; ")}
		for _, cause := range slices.Concat(v.Causes, e.computedBeside(v)) {
			f.Causes = append(f.Causes, sentence(cause))
		}
		out = append(out, f)
	}
	return out
}

// told reports whether something found about several figures is about this one.
func (e *edition) told(figure indicator.Verdict) bool {
	return slices.ContainsFunc(e.verdicts, func(v indicator.Verdict) bool {
		return v.Subject != indicator.Figure && v.Agreement == indicator.Contradicts && sameThing(v, figure)
	})
}

// computedBeside says what the edition computes for the figures that a contradiction is
// about, which its own message leaves out.
func (e *edition) computedBeside(v indicator.Verdict) []string {
	if v.Subject == indicator.Figure || v.Agreement != indicator.Contradicts {
		return nil
	}
	for _, figure := range e.verdicts {
		if figure.Subject == indicator.Figure && figure.Computed.Shown() && sameThing(v, figure) {
			return []string{"les données de l’édition donnent " + figure.ComputedText}
		}
	}
	return nil
}

func sameThing(a, b indicator.Verdict) bool {
	return a.Indicator != nil && a.Indicator == b.Indicator && a.Territory.ID == b.Territory.ID &&
		a.Published.Year == b.Published.Year && a.Published.Phase == b.Published.Phase
}

func findingTitle(v indicator.Verdict) string {
	title := verdictTitle(v)
	switch v.Subject {
	case indicator.Repetition:
		return title + french.NBSP + ": deux chiffres pour une même chose"
	case indicator.Identity:
		return title + french.NBSP + ": un total que ses parties n’autorisent pas"
	case indicator.Sum:
		return title + french.NBSP + ": la somme des régions et la France"
	case indicator.Credits:
		return v.Indicator.Title + " en " + year(v.Published.Year)
	case indicator.Shares:
		return "Parts de projets" + french.NBSP + ": un nombre de réponses à retrouver"
	}
	return title + ", " + v.Territory.Locative
}

// verdictTitle names what a published figure is about, with its moment.
func verdictTitle(v indicator.Verdict) string {
	title := v.Published.Indicator
	if v.Indicator != nil {
		title = v.Indicator.Title
	}
	if when := indicator.Moment(v.Published); when != "" {
		title += " (" + when + ")"
	}
	return title
}

type whyKey struct {
	subject   indicator.Subject
	agreement indicator.Agreement
}

// why says, for a reader who quotes figures, what a finding changes.
var why = map[whyKey]string{
	{indicator.Figure, indicator.Contradicts}:     "Le chiffre publié et celui de l’atlas ne peuvent pas être cités l’un pour l’autre\u00a0: dites lequel, et sa source.",
	{indicator.Repetition, indicator.Contradicts}: "Deux réponses circulent à une même question\u00a0: une comparaison faite avec l’une n’est plus vraie avec l’autre.",
	{indicator.Identity, indicator.Contradicts}:   "Aucune donnée ne peut rendre ces chiffres vrais ensemble\u00a0: l’un au moins est arrondi, inexact, ou compte autre chose.",
	{indicator.Sum, indicator.Contradicts}:        "Le total de la France et celui de ses régions ne décrivent pas le même ensemble\u00a0: ne tirez pas de part régionale de ces chiffres.",
	{indicator.Sum, indicator.Explained}:          "Additionner les régions ne donne pas la France\u00a0: pour le pays, citez le chiffre national.",
	{indicator.Shares, indicator.Contradicts}:     "Une part de quelques dizaines de projets ne prend que peu de valeurs\u00a0: celles-ci ne sont pas des parts du nombre de projets connu.",
	{indicator.Shares, indicator.Explained}:       "Une part de quelques dizaines de projets ne prend que peu de valeurs\u00a0: celles-ci disent combien de projets ont répondu. Ce sont des parts de projets, non d’ESSMS.",
}

// figuresTable shows every published figure beside the computed one, what does not agree first.
func figuresTable(verdicts []indicator.Verdict) *Table {
	t := &Table{ID: "chiffres", Caption: "Chiffres publiés et chiffres calculés", Head: "Indicateur", Sortable: true, Columns: []Column{
		{Text: "Territoire"}, {Text: "Publié", Numeric: true}, {Text: "Calculé", Numeric: true}, {Text: "Écart", Numeric: true},
		{Text: "Verdict"}, {Text: "Cause probable"}, {Text: "Source"},
	}}
	verdicts = slices.Clone(verdicts)
	slices.SortStableFunc(verdicts, func(a, b indicator.Verdict) int {
		return slices.Index(byConcern, a.Agreement) - slices.Index(byConcern, b.Agreement)
	})
	for _, v := range verdicts {
		if v.Subject != indicator.Figure {
			continue
		}
		cause := ""
		if len(v.Causes) > 0 {
			cause = french.Capitalize(v.Causes[0])
		}
		t.Rows = append(t.Rows, TableRow{Head: Link{Text: verdictTitle(v)}, Cells: []Cell{
			{Text: v.Territory.Name, Whole: true}, {Text: v.PublishedText, Numeric: true, Sort: rawNumber(v.Published.Value)},
			{Text: v.ComputedText, Numeric: true, Sort: raw(v.Computed)}, gapCell(v),
			{Text: v.Agreement.String(), Whole: true}, {Text: cause}, {Text: v.Published.Source},
		}})
	}
	if t.Rows == nil {
		return nil
	}
	return t
}

// sumsTable shows the figures of France beside the sums of the regions.
func (e *edition) sumsTable(l *linker) *Table {
	t := &Table{ID: "sommes", Caption: "La France et la somme de ses régions, " + e.state(), Head: "Indicateur", Columns: []Column{
		{Text: "France, publié", Numeric: true}, {Text: "Somme des régions, publié", Numeric: true},
		{Text: "France, calculé", Numeric: true}, {Text: "Somme des régions, calculé", Numeric: true}, {Text: "La somme doit être"},
	}}
	for _, s := range indicator.RegionSums(e.results) {
		rule := s.Rule
		if !s.Holds {
			rule += " (ce qui n’est pas le cas)"
		}
		t.Rows = append(t.Rows, TableRow{Head: l.link(s.Indicator.Title, e.indicatorPath(s.Indicator.ID)), Cells: []Cell{
			orMissing(s.PublishedCountry), orMissing(s.PublishedSum), {Text: s.CountryText, Numeric: true}, {Text: s.SumText, Numeric: true}, {Text: rule},
		}})
	}
	return t
}

// orMissing is a cell of a text that may be « n.d. ».
func orMissing(text string) Cell {
	c := Cell{Text: text, Numeric: true}
	if text == "n.d." {
		c.Spoken = "non disponible"
	}
	return c
}

// byConcern orders the agreements for a reader who looks for what is wrong.
var byConcern = []indicator.Agreement{indicator.Contradicts, indicator.Explained, indicator.NotComparable, indicator.Agrees}

// gapCell is « −16 ESSMS (−1,2 %) », ordered by the relative difference; « 0 » where there is none.
func gapCell(v indicator.Verdict) Cell {
	switch {
	case !v.Computed.Shown():
		return Cell{Text: "n.d.", Spoken: "non disponible", Numeric: true}
	case v.DifferenceText == "":
		return Cell{Text: "0", Numeric: true, Sort: "0"}
	case v.RelativeText == "":
		return Cell{Text: v.DifferenceText, Numeric: true, Sort: rawNumber(v.Difference)}
	}
	return Cell{Text: v.DifferenceText + " (" + v.RelativeText + ")", Numeric: true, Sort: rawNumber(v.Difference / v.Published.Value)}
}

// agreement is « 105 comparaisons : 98 concordantes, 3 contradictoires… »; it says so when there is none.
func agreement(verdicts []indicator.Verdict) string {
	if len(verdicts) == 0 {
		return "Aucun chiffre déjà publié n’a été fourni avec cette édition\u00a0: il n’y a rien à comparer."
	}
	counts := map[indicator.Agreement]int{}
	for _, v := range verdicts {
		counts[v.Agreement]++
	}
	var parts []string
	for _, k := range []struct {
		agreement        indicator.Agreement
		singular, plural string
	}{
		{indicator.Agrees, "concordante", "concordantes"}, {indicator.Contradicts, "contradictoire", "contradictoires"},
		{indicator.Explained, "expliquée", "expliquées"}, {indicator.NotComparable, "impossible", "impossibles"},
	} {
		if n := counts[k.agreement]; n > 0 {
			parts = append(parts, french.Count(float64(n), k.singular, k.plural))
		}
	}
	return french.Count(float64(len(verdicts)), "comparaison", "comparaisons") + french.NBSP + ": " + french.Join(parts) + "."
}
