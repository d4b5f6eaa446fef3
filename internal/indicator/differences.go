package indicator

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
)

// DifferenceKind says in what way an edition differs from the former one.
type DifferenceKind int

// The kinds, the most worrying first.
const (
	Gone    DifferenceKind = iota // the former edition had a value, this one has none, or 0
	Revised                       // the same cumulative year is not what the former edition said
	Jumped                        // the growth since the former edition is far from the other territories'
	New                           // this edition has a value, the former had none, or 0
)

// String returns the kind in French.
func (k DifferenceKind) String() string {
	return [...]string{"disparu", "révisé", "saut", "nouveau"}[k]
}

// Thresholds say from what size a difference between editions is told. The zero value
// stands for DefaultThresholds.
type Thresholds struct {
	Relative float64 // of a count, an amount or a mean: a fraction of the former value
	Points   float64 // of a share: a difference of fractions of 1
	// Spread is how many times the usual distance from the median growth of the level (its
	// median absolute deviation, scaled as a standard deviation) a jump must exceed.
	Spread float64
}

// DefaultThresholds are 5 % for counts, amounts and means, 2 points for shares, and 4
// times the usual spread of growths.
var DefaultThresholds = Thresholds{Relative: 0.05, Points: 0.02, Spread: 4}

// Difference is a value that a reader of the former edition would not expect.
type Difference struct {
	Kind      DifferenceKind
	Indicator *Indicator
	Territory atlas.Territory
	// Year is the cumulative year of the current value, FormerYear that of the former one:
	// the same for a revision.
	Year, FormerYear        int
	Former, Current         atlas.Value
	FormerText, CurrentText string // « 980 ESSMS », « n.d. »
	// Change is current ÷ former − 1, in points ÷ 100 for a share; infinite from 0, 0 where
	// either is not shown. ChangeText writes it: « +12,5 % », « −3,0 points ».
	Change     float64
	ChangeText string
	MedianText string // of a jump: the median change of the level, written like ChangeText
	// Message is one French sentence without final stop.
	Message string
	// Followed reports that the value is one that the projects go on changing after their
	// decision, so that its past years move from edition to edition without correction.
	Followed bool
}

// Differences compares an edition with the former one: values gone and new at the data
// states, revisions of the cumulative years that both have, and growths between the data
// states that lie far from those of the other territories of the level. The most important
// come first: by kind, corrections before what projects go on changing, level (France first), and size.
func Differences(former, current *Results, th Thresholds) []Difference {
	if th == (Thresholds{}) {
		th = DefaultThresholds
	}
	d := &differ{former: former, current: current, th: th}
	for i := range All {
		ind := &All[i]
		for _, level := range ind.Levels {
			territories := current.Gazetteer().At(level)
			for _, t := range territories {
				d.presence(ind, t)
				d.revisions(ind, t)
			}
			d.jumps(ind, territories)
		}
	}
	slices.SortStableFunc(d.found, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), lastFollowed(a, b), cmp.Compare(a.Territory.ID.Level, b.Territory.ID.Level),
			cmp.Compare(math.Abs(b.Change), math.Abs(a.Change)))
	})
	return d.found
}

func lastFollowed(a, b Difference) int {
	switch {
	case a.Followed == b.Followed:
		return 0
	case a.Followed:
		return 1
	}
	return -1
}

type differ struct {
	former, current *Results
	th              Thresholds
	found           []Difference
}

// there reports whether a value says that there is something: shown, and no count of 0.
func there(ind *Indicator, v atlas.Value) bool {
	return v.Shown() && (ind.Ratio() || v.Number != 0)
}

// empty reports whether a ratio is missing only because there is nothing to divide by, which the
// counts say already.
func empty(v atlas.Value) bool { return v.Denominator.Known && v.Denominator.Amount == 0 }

// presence compares the data states.
func (d *differ) presence(ind *Indicator, t atlas.Territory) {
	was := d.former.Value(ind.ID, t.ID, d.former.LastYear())
	is := d.current.Value(ind.ID, t.ID, d.current.LastYear())
	switch {
	case empty(was) || empty(is):
	case there(ind, was) && !there(ind, is):
		d.add(Gone, ind, t, d.former.LastYear(), d.current.LastYear())
	case !there(ind, was) && there(ind, is):
		d.add(New, ind, t, d.former.LastYear(), d.current.LastYear())
	}
}

// revisions compares the same cumulative years of both editions.
func (d *differ) revisions(ind *Indicator, t atlas.Territory) {
	for _, year := range d.former.Years() {
		if !slices.Contains(d.current.Years(), year) {
			continue
		}
		was, is := d.former.Value(ind.ID, t.ID, year), d.current.Value(ind.ID, t.ID, year)
		if was.Shown() != is.Shown() {
			if (there(ind, was) || there(ind, is)) && !empty(was) && !empty(is) {
				d.add(Revised, ind, t, year, year)
			}
			continue
		}
		if was.Shown() && math.Abs(change(ind, was, is)) > d.threshold(ind)+1e-12 {
			d.add(Revised, ind, t, year, year)
		}
	}
}

func (d *differ) threshold(ind *Indicator) float64 {
	if ind.Unit == atlas.UnitShare {
		return d.th.Points
	}
	return d.th.Relative
}

// change is the relative change, or the difference of shares; 0 where there is none.
func change(ind *Indicator, was, is atlas.Value) float64 {
	switch {
	case !was.Shown() || !is.Shown() || was.Number == is.Number:
		return 0
	case ind.Unit == atlas.UnitShare:
		return is.Number - was.Number
	case was.Number == 0:
		return math.Copysign(math.Inf(1), is.Number)
	}
	return is.Number/was.Number - 1
}

// fewest is how many territories must have grown for a growth to stand out among them.
const fewest = 6

// growth is a territory's change between the data states: the logarithm of the ratio, or
// the difference of shares, so that the double and the half are as far.
type growth struct {
	territory atlas.Territory
	was, is   atlas.Value
	x         float64
}

// jumps finds the growths that lie far from the median growth of the level. What small
// numbers explain is no jump.
func (d *differ) jumps(ind *Indicator, territories []atlas.Territory) {
	var all []growth
	for _, t := range territories {
		g := growth{territory: t, was: d.former.Value(ind.ID, t.ID, d.former.LastYear()), is: d.current.Value(ind.ID, t.ID, d.current.LastYear())}
		switch {
		case !g.was.Shown() || !g.is.Shown():
			continue
		case ind.Unit == atlas.UnitShare:
			g.x = g.is.Number - g.was.Number
		case g.was.Number <= 0 || g.is.Number <= 0:
			continue
		default:
			g.x = math.Log(g.is.Number / g.was.Number)
		}
		all = append(all, g)
	}
	if len(all) < fewest {
		return
	}
	center := median(all, func(g growth) float64 { return g.x })
	spread := 1.4826 * median(all, func(g growth) float64 { return math.Abs(g.x - center) })
	for _, g := range all {
		far := math.Abs(g.x - center)
		if far > d.th.Spread*spread && far > 2*d.threshold(ind) && !chance(ind, g, center) {
			d.add(Jumped, ind, g.territory, d.former.LastYear(), d.current.LastYear())
			last := &d.found[len(d.found)-1]
			last.MedianText = growthText(ind, center)
			last.Message += ", contre " + last.MedianText + " pour la médiane des " + levelWords[g.territory.ID.Level]
		}
	}
}

var levelWords = map[atlas.Level]string{atlas.RegionLevel: "régions", atlas.DepartmentLevel: "départements"}

// chance reports whether a count or a share differs from what the median growth would make
// of it by no more than three times what counts of that size do by chance.
func chance(ind *Indicator, g growth, center float64) bool {
	far := math.Abs(g.x - center)
	was, is := g.was.Number, g.is.Number
	switch {
	case ind.Unit == atlas.UnitEuro || ind.Theme == ThemeManagement && ind.Ratio():
		return false
	case ind.Unit == atlas.UnitShare:
		n := min(g.was.Denominator.Amount, g.is.Denominator.Amount)
		p := min(max(was+center, 0.05), 0.95)
		return n > 0 && far < 3*math.Sqrt(2*p*(1-p)/n)
	case ind.Ratio():
		was, is = g.was.Numerator.Amount, g.is.Numerator.Amount
	}
	return was > 0 && is > 0 && far < 3*math.Sqrt(1/was+1/is)
}

func median(all []growth, of func(growth) float64) float64 {
	var xs []float64
	for _, g := range all {
		xs = append(xs, of(g))
	}
	slices.Sort(xs)
	n := len(xs)
	return (xs[(n-1)/2] + xs[n/2]) / 2
}

// growthText writes a growth as jumps measures it.
func growthText(ind *Indicator, x float64) string {
	if ind.Unit == atlas.UnitShare {
		return changeText(ind, x)
	}
	return changeText(ind, math.Expm1(x))
}

// changeText writes a change: « +12,5 % », « −3,0 points », « à partir de zéro ».
func changeText(ind *Indicator, x float64) string {
	switch {
	case math.IsInf(x, 0):
		return "à partir de zéro"
	case ind.Unit == atlas.UnitShare:
		return signed(x*100, fewDecimals(x*100)) + french.NBSP + french.Plural(clear(x*100), "point", "points")
	}
	return signed(x*100, fewDecimals(x*100)) + french.NBSP + "%"
}

// fewDecimals is how many decimals write a change that is not 0 as something else than 0: one, three at most.
func fewDecimals(x float64) int {
	for n := 1; n < 3; n++ {
		if x == 0 || math.Abs(x) >= 0.5*math.Pow10(-n) {
			return n
		}
	}
	return 3
}

// add notes a difference. Texts follow the rounding of the edition they come from.
func (d *differ) add(kind DifferenceKind, ind *Indicator, t atlas.Territory, formerYear, year int) {
	was, is := d.former.Row(ind, t.ID, formerYear), d.current.Row(ind, t.ID, year)
	out := Difference{Kind: kind, Indicator: ind, Territory: t, Year: year, FormerYear: formerYear,
		Followed: kind == Revised && ind.Followed, Former: was.Value, Current: is.Value, FormerText: shownText(was), CurrentText: shownText(is)}
	if was.Value.Shown() && is.Value.Shown() {
		out.Change = change(ind, was.Value, is.Value)
		out.ChangeText = changeText(ind, out.Change)
		if out.FormerText == out.CurrentText {
			out.FormerText, out.CurrentText = apart(ind, was.Value, is.Value)
		}
	}
	where := ind.Title + ", " + t.Locative
	switch kind {
	case Revised:
		out.Message = fmt.Sprintf("%s, fin %d\u00a0: %s dans l’édition %d, %s dans celle-ci", where, year, out.FormerText, d.former.Edition().Year, out.CurrentText)
	default:
		out.Message = fmt.Sprintf("%s\u00a0: %s dans l’édition %d, %s dans celle-ci", where, out.FormerText, d.former.Edition().Year, out.CurrentText)
	}
	if out.ChangeText != "" {
		out.Message += " (" + out.ChangeText + ")"
	}
	d.found = append(d.found, out)
}

// apart writes two different values without the rounding of their editions and, when that does not
// tell them apart, with as many decimals more as do, three at most.
func apart(ind *Indicator, a, b atlas.Value) (former, current string) {
	finer := *ind
	for range 4 {
		former, current = plain(&finer, a.Number), plain(&finer, b.Number)
		if former != current {
			break
		}
		finer.Display.Decimals++
	}
	return former, current
}

func shownText(r Row) string {
	if !r.Value.Shown() {
		return r.Text
	}
	return r.Phrase
}
