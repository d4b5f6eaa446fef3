package indicator

import (
	"fmt"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// Goal is what sheet Programme says the programme is to reach, beside what the edition computes.
type Goal struct {
	Line    atlas.ProgrammeLine
	Reached Row // of France, at the data state
	// Indicator is what is compared with the goal; TargetText and LeftText are written as its
	// values are, LeftText empty once the goal is reached.
	Indicator            *Indicator
	TargetText, LeftText string
	Share                Share // reached ÷ goal, on raw values
}

// goalWords tell the lines of sheet Programme that are goals: their unit, a word of their name,
// and the indicator that they are compared with.
var goalWords = []struct {
	units []string
	word  string
	of    ID
}{
	{[]string{"essms", "esms"}, "cible", "essms_finances"},
	{[]string{"projet", "projets"}, "cible", "projets"},
	{[]string{"eur", "euro", "euros"}, "soutiendirect", "subvention_totale"},
}

// Goals compares the goals of sheet Programme with the figures of France, in the order of the sheet: its
// lines in ESSMS or projects whose name says « cible », and the credits for the direct support of
// projects. None without the sheet.
func Goals(r *Results) []Goal {
	var out []Goal
	for _, line := range r.dataset.Programme {
		for _, w := range goalWords {
			if slices.Contains(w.units, french.Fold(line.Unit)) && strings.Contains(french.Fold(line.Quantity), w.word) && line.Value > 0 {
				out = append(out, r.goal(line, ByID(w.of)))
			}
		}
	}
	return out
}

func (r *Results) goal(line atlas.ProgrammeLine, ind *Indicator) Goal {
	g := Goal{Line: line, Indicator: ind, Reached: r.Row(ind, atlas.France, r.LastYear())}
	written := func(x float64) string {
		if ind.Unit == atlas.UnitEuro {
			return Amount(x)
		}
		_, phrase := ind.Format(atlas.Count(x), r.Edition())
		return phrase
	}
	g.TargetText = written(line.Value)
	g.Share = shareOf(atlas.Quantity{Amount: g.Reached.Value.Number, Known: g.Reached.Value.Shown()}, atlas.Known(line.Value))
	if left := line.Value - g.Reached.Value.Number; g.Reached.Value.Shown() && left > 0 {
		g.LeftText = written(left)
	}
	return g
}

// part is the place of a line of the budget among the others.
type part int

const (
	ownLine     part = iota // a line of its own
	yearTotal               // the total of its year
	toProgramme             // what goes to the programme, of the total
	toRegions               // what goes to the ARS, of the programme
	toNation                // what goes to national projects, of the programme
	toProjects              // what goes to projects, of all the credits
)

// budgetWords tell the place of a line by a word of its folded name; the first that fits holds.
var budgetWords = []struct {
	word string
	part part
}{
	{"soutiendirect", toProjects}, {"total", yearTotal}, {"regionale", toRegions}, {"projetsnationaux", toNation}, {"programmeesmsnumerique", toProgramme},
}

// Budget is the credits that sheet Programme states for one year, or for the programme as a whole.
type Budget struct {
	Year  int // 0: the programme as a whole
	Lines []BudgetLine
	// Funds is the sum of the credits of the whole programme, « 630 M€ »: empty for a year, and where
	// there are not several to add. The lines after FundLines are parts of it.
	Funds     string
	FundLines int
	// Checks say, in French sentences, what the lines add up to; none where there is nothing to add.
	Checks []string
}

// BudgetLine is a line of a budget, in euros.
type BudgetLine struct {
	Line  atlas.ProgrammeLine
	Text  string // « 16,7 M€ »
	Depth int    // 0 for a whole, 1 for its parts, 2 for theirs
	Share Share  // of the line just above in depth; missing for a whole
	part  part
}

// Budgets lists the credits of sheet Programme, those of the whole programme first, then by year;
// none without lines in euros.
func Budgets(r *Results) []Budget {
	byYear := map[int][]BudgetLine{}
	var order []int
	for _, line := range r.dataset.Programme {
		if !slices.Contains(goalWords[2].units, french.Fold(line.Unit)) {
			continue
		}
		if byYear[line.Year] == nil {
			order = append(order, line.Year)
		}
		byYear[line.Year] = append(byYear[line.Year], BudgetLine{Line: line, Text: Amount(line.Value), part: partOf(line)})
	}
	slices.Sort(order)
	var out []Budget
	for _, year := range order {
		b := Budget{Year: year, Lines: byYear[year]}
		if b.arrange(); year == 0 {
			b.checkFunds()
		} else {
			b.checkYear()
		}
		out = append(out, b)
	}
	return out
}

func partOf(line atlas.ProgrammeLine) part {
	name := french.Fold(line.Quantity)
	for _, w := range budgetWords {
		if strings.Contains(name, w.word) {
			return w.part
		}
	}
	return ownLine
}

// arrange gives each line its depth and its share. The order is that of the parts: the total, what goes to
// the programme with its own parts, the rest.
func (b *Budget) arrange() {
	has := func(p part) bool {
		return slices.ContainsFunc(b.Lines, func(l BudgetLine) bool { return l.part == p })
	}
	for i := range b.Lines {
		l := &b.Lines[i]
		switch {
		case l.part == toRegions || l.part == toNation:
			if has(yearTotal) {
				l.Depth++
			}
			if has(toProgramme) {
				l.Depth++
				l.Share = shareOf(atlas.Known(l.Line.Value), b.value(toProgramme))
			}
		case l.part != yearTotal && l.part != toProjects && has(yearTotal):
			l.Depth, l.Share = 1, shareOf(atlas.Known(l.Line.Value), b.value(yearTotal))
		case l.part == toProjects:
			l.Depth, l.Share = 1, shareOf(atlas.Known(l.Line.Value), atlas.Known(b.funds()))
		case b.Year == 0 && l.part == ownLine:
			l.Share = shareOf(atlas.Known(l.Line.Value), atlas.Known(b.funds()))
		}
	}
	rank := map[part]int{yearTotal: 0, toProgramme: 1, toRegions: 2, toNation: 3, ownLine: 4, toProjects: 5}
	slices.SortStableFunc(b.Lines, func(a, c BudgetLine) int { return rank[a.part] - rank[c.part] })
}

// value is the sum of the lines of a part; unknown without any.
func (b *Budget) value(p part) atlas.Quantity {
	var q atlas.Quantity
	for _, l := range b.Lines {
		if l.part == p {
			q = atlas.Known(q.Amount + l.Line.Value)
		}
	}
	return q
}

// funds is the sum of the credits of the whole programme.
func (b *Budget) funds() float64 { return b.value(ownLine).Amount + b.value(yearTotal).Amount }

// checkFunds says what the credits of the whole programme add up to, and how much goes to projects.
func (b *Budget) checkFunds() {
	var terms []string
	for _, l := range b.Lines {
		if l.part == ownLine {
			terms = append(terms, l.Text)
		}
	}
	if len(terms) > 1 {
		b.Funds, b.FundLines = Amount(b.funds()), len(terms)
		b.Checks = append(b.Checks, fmt.Sprintf("Les crédits totalisent %s (%s).", Amount(b.funds()), strings.Join(terms, " + ")))
	}
	if s := b.value(toProjects); s.Known && b.funds() > 0 {
		b.Checks = append(b.Checks, fmt.Sprintf("Le soutien direct aux projets en représente %s.", shareOf(s, atlas.Known(b.funds())).Phrase))
	}
}

// checkYear compares the total with its parts, and the credits of the programme with theirs.
func (b *Budget) checkYear() {
	first := b.value(toProgramme)
	parts := []atlas.Quantity{}
	if first.Known {
		parts = append(parts, first)
	}
	for _, l := range b.Lines {
		if l.part == ownLine {
			parts = append(parts, atlas.Known(l.Line.Value))
		}
	}
	b.check("Les lignes", "le total", b.value(yearTotal), parts...)
	b.check("La part régionale et celle des projets nationaux", "les crédits du programme", first, b.value(toRegions), b.value(toNation))
}

// check says whether parts, all of them known, add up to a whole.
func (b *Budget) check(parts, of string, total atlas.Quantity, values ...atlas.Quantity) {
	sum, terms := 0.0, []string{}
	for _, v := range values {
		if !v.Known {
			return
		}
		sum += v.Amount
		terms = append(terms, Amount(v.Amount))
	}
	if !total.Known || len(values) < 2 {
		return
	}
	sum = clear(sum)
	said := fmt.Sprintf("%s totalisent %s (%s)", parts, Amount(sum), strings.Join(terms, " + "))
	if same(sum, total.Amount) {
		b.Checks = append(b.Checks, said+", soit exactement "+of+".")
		return
	}
	b.Checks = append(b.Checks, fmt.Sprintf("%s, et non %s\u00a0: %s de %s que %s.", said, Amount(total.Amount), Amount(abs(sum-total.Amount)),
		map[bool]string{true: "moins", false: "plus"}[sum < total.Amount], of))
}

func abs(x float64) float64 { return max(x, -x) }
