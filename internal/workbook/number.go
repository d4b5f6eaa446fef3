package workbook

import (
	"math"
	"regexp"
	"strings"
	"unicode"

	"esms.example/atlas/internal/french"
)

func (c *Cell) readNumber(n nature, kind Kind) {
	x, ok := stored(c.Text)
	percent, mended := false, false
	if n != numeric && n != unsaid || !ok {
		x, percent, ok = ParseNumber(c.Text)
		mended = !percent || kind != Share && kind != Figure
	}
	if n == logical || n == dated {
		ok = false
	}
	if !ok || percent && kind != Share && kind != Figure {
		c.Report(CodeWrongType, quote(c.raw)+" n’est pas "+expected[kind], "écrire "+example[kind])
		return
	}
	if mended && kind != Share && ambiguous.MatchString(c.Text) {
		c.Report(CodeAmbiguous, quote(c.raw)+" est un texte qui peut se lire de deux façons, avec des milliers ou avec des décimales",
			"écrire un nombre, et non un texte")
		return
	}
	c.Number = x
	c.bound(kind, percent)
	if !c.failed && mended {
		code, remedy := CodeTextNumber, "convertir la colonne en nombres"
		if strings.TrimLeft(c.Text, "+-0123456789.,") != "" {
			code, remedy = CodeTextAmount, "écrire le nombre seul ; l’unité se met dans le format de la cellule"
		}
		c.Report(code, quote(c.raw)+" est un texte, lu comme le nombre "+french.Number(c.Number, decimals(c.Number)), remedy)
	}
}

// ambiguous is a text such as « 377,000 », which is 377 in French and 377 000 in English.
var ambiguous = regexp.MustCompile(`^[^\d]*[1-9]\d{0,2}[.,]\d{3}[^\d]*$`)

var expected = map[Kind]string{Number: "un nombre", Amount: "un nombre", Count: "un nombre", Year: "une année",
	Share: "un taux", Figure: "un nombre"}

var example = map[Kind]string{Number: "un nombre, sans unité ni texte", Amount: "un montant en chiffres, sans texte",
	Count: "un nombre entier, sans texte", Year: "une année en quatre chiffres", Share: "un nombre de 0 à 1, ou un pourcentage comme 92" + french.NBSP + "%",
	Figure: "un nombre, sans texte"}

// greatest is the number above which a cell is an error: over a thousand times the budget of the programme.
const greatest = 1e12

// bound checks the number against the bounds of its kind.
func (c *Cell) bound(kind Kind, percent bool) {
	x := c.Number
	if math.Abs(x) > greatest && kind != Year && kind != Share {
		c.Report(CodeWrongType, quote(c.raw)+" dépasse mille milliards : ce ne peut pas être la valeur voulue", "corriger la valeur")
		return
	}
	switch kind {
	case Amount, Count:
		if x < 0 {
			c.Report(CodeNegative, quote(c.raw)+" est négatif", "écrire un nombre positif ou nul")
		} else if kind == Count {
			c.Number = math.Round(x)
			if math.Abs(x-c.Number) > 1e-9 { // a formula may leave 2.9999999999999996
				c.Report(CodeWrongType, quote(c.raw)+" n’est pas "+expected[Count]+" entier", "écrire "+example[Count])
			}
		}
	case Year:
		if x != math.Trunc(x) || x < 1900 || x > 2200 {
			c.Report(CodeWrongType, quote(c.raw)+" n’est pas une année", "écrire "+example[Year])
		}
	case Share:
		if x < -1e-9 || x > 1+1e-9 {
			remedy := "écrire " + example[Share]
			if !percent && x > 1 && x <= 100 {
				remedy = "pour un pourcentage, écrire " + french.Number(x/100, decimals(x/100)) + " ou « " + french.Number(x, decimals(x)) + french.NBSP + "% »"
			}
			c.Report(CodeShare, quote(c.raw)+" n’est pas un taux compris entre 0 et 1", remedy)
		}
		c.Number = min(1, max(0, x))
	}
}

// decimals is how many decimals show a number, 6 at most.
func decimals(x float64) int {
	_, fraction, _ := strings.Cut(Digits(x), ".")
	return min(len(fraction), 6)
}

// ParseNumber reads a number as people write it: « 377 000,50 € », « 1.234.567 », « −12,5 »,
// « 92 % ». A lone comma or point is the decimal sign. Percentages are divided by 100.
func ParseNumber(text string) (x float64, percent, ok bool) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
		case r == '\u2212' || r == '\u2013':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	s := b.String()
	if s, percent = strings.CutSuffix(s, "%"); !percent {
		for _, unit := range []string{"€", "euros", "euro", "eur"} {
			if cut, found := strings.CutSuffix(s, unit); found {
				s = cut
				break
			}
		}
	}
	x, ok = stored(decimalPoint(s))
	if percent {
		x /= 100
	}
	return x, percent, ok
}

// decimalPoint rewrites the signs of a number so that only a decimal point is left. A sign
// between thousands must stand between groups of three digits.
func decimalPoint(s string) string {
	comma, point := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	decimal, thousands := ",", "."
	switch {
	case comma < 0 && point < 0:
		return s
	case comma >= 0 && point > comma, comma < 0:
		decimal, thousands = ".", ","
	}
	if strings.Count(s, decimal) > 1 {
		if strings.Contains(s, thousands) {
			return "" // 1,2.3,4
		}
		decimal, thousands = "", decimal
	}
	whole, fraction := s, ""
	if decimal != "" {
		whole, fraction, _ = strings.Cut(s, decimal)
	}
	groups := strings.Split(whole, thousands)
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return ""
		}
	}
	if strings.Contains(fraction, thousands) {
		return ""
	}
	whole = strings.Join(groups, "")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}
