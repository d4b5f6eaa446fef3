package workbook

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Codes of the problems of a cell.
const (
	CodeEmptyCell    problem.Code = "cellule-vide"
	CodeErrorValue   problem.Code = "valeur-erreur"
	CodeUncalculated problem.Code = "formule-sans-valeur"
	CodeWrongType    problem.Code = "type-incorrect"
	CodeNotListed    problem.Code = "hors-liste"
	CodeNegative     problem.Code = "montant-negatif"
	CodeMended       problem.Code = "valeur-reparee"
	CodeInvisible    problem.Code = "caractere-invisible"
	CodeUnlikely     problem.Code = "valeur-improbable"
	CodeShare        problem.Code = "taux-hors-bornes"
	CodeAmbiguous    problem.Code = "nombre-ambigu"
	CodeTextNumber   problem.Code = "nombre-en-texte"
	CodeTextAmount   problem.Code = "montant-avec-unite"
	CodeTextDate     problem.Code = "date-en-texte"
	CodeFormulaText  problem.Code = "texte-formule"
)

// Cell is a cell that was read according to the kind of its column.
type Cell struct {
	Text   string    // trimmed; of a OneOf column, the word of the list
	Number float64   // of the columns of numbers
	Time   time.Time // of a Date column, 00:00 UTC
	// Stored tells that the workbook stores a number, not a text: a leading zero cannot be there.
	Stored bool

	place  problem.Place
	raw    string
	found  problem.Problem // what was reported; without code, nothing
	said   int             // messages gathered in it
	failed bool
	dated  bool // read from a number of days
}

// maxSaid is how many messages of one code a cell gathers: a list in a cell may be long.
const maxSaid = 3

// Report reports a problem on the cell; an error makes the cell faulty. A cell has one problem: the most
// severe, the first among equals; what the same code says several times is said together, three times at most.
func (c *Cell) Report(code problem.Code, message, remedy string) {
	severity, _ := problem.SeverityOf(code)
	c.failed = c.failed || severity == problem.Error
	p := problem.Problem{Code: code, Severity: severity, Place: c.place, Value: c.raw, Message: message, Remedy: remedy}
	switch {
	case c.found.Code == "" || severity > c.found.Severity:
		c.found, c.said = p, 0
	case code == c.found.Code && c.said < maxSaid:
		c.found.Message += " ; " + message
	default:
		return
	}
	c.said++
}

// settle hands over what was reported; it returns false when nothing was.
func (c *Cell) settle(problems *problem.List) bool {
	if c.found.Code == "" {
		return false
	}
	problems.Add(c.found)
	return true
}

// errorValues are what spreadsheets show for a computation that failed, in English and French.
var errorValues = []string{"#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#GETTING_DATA",
	"#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!"}

// read types the cell; it returns false when there is nothing to store.
func (c *Cell) read(raw rawCell, kind Kind, choices []Choice, date1904 bool) bool {
	text, invisible := Clean(raw.text)
	c.raw, c.Text = text, text
	switch {
	case raw.nature == broken:
		c.Report(CodeUnreadable, "la cellule est abîmée"+french.NBSP+": sa valeur n’a pas pu être lue", resave)
		return false
	case len(text) > longest && utf8.RuneCountInString(text) > longest:
		c.raw = problem.Shorten(text)
		c.Report(CodeWrongType, "le texte dépasse "+french.Integer(longest)+" caractères, plus que ce qu’Excel admet dans une cellule", "raccourcir le texte")
		return false
	case raw.nature == uncalculated:
		c.Report(CodeUncalculated, "la formule n’a pas de résultat enregistré",
			"ouvrir le classeur dans Excel ou LibreOffice et l’enregistrer, ou remplacer la formule par sa valeur")
		return false
	case raw.nature == failed || slices.Contains(errorValues, strings.ToUpper(text)):
		c.Report(CodeErrorValue, "la cellule contient l’erreur "+quote(text), "corriger la formule, ou remplacer l’erreur par une valeur")
		return false
	case text == "":
		return false
	case invisible:
		c.Report(CodeInvisible, "des caractères invisibles ont été retirés de "+quote(text), "retaper la valeur dans la cellule")
	}
	number, isNumber := stored(text)
	c.Stored = raw.nature == numeric && isNumber
	switch kind {
	case Text:
		c.readText(raw.nature, number)
	case Date:
		c.readDate(raw.nature, date1904)
	case OneOf:
		c.readChoice(choices, raw.nature, number)
	default:
		c.readNumber(raw.nature, kind)
	}
	return !c.failed
}

// longest is how many characters a cell may hold.
const longest = 32_767

// Clean trims a text, turns line breaks and tabulations into spaces and removes control and
// invisible characters; it reports whether it removed any.
func Clean(s string) (text string, invisible bool) {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = 0x20 < s[i] && s[i] < 0x7f || s[i] == ' ' && 0 < i && i < len(s)-1
	}
	if plain {
		return s, false
	}
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
			gap = true
			continue
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) || r == unicode.ReplacementChar:
			invisible = true
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String()), invisible
}

var plainNumber = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$`)

// stored reads a number as workbooks store them: decimal point, exponent. It refuses
// infinities and what is not a number.
func stored(text string) (float64, bool) {
	if text == "" || text[0] > '9' || !plainNumber.MatchString(text) {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsInf(x, 0)
}

// Digits writes a stored number as a person types it: 4.0 is « 4 », 7.5E8 « 750000000 ».
func Digits(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (c *Cell) readText(n nature, number float64) {
	switch {
	case c.Stored:
		c.Text = Digits(number)
	case n == logical:
		c.Text = map[string]string{"1": "VRAI", "0": "FAUX"}[c.Text]
	case strings.IndexByte("=+-@", c.Text[0]) >= 0 && len(c.Text) > 1:
		c.Report(CodeFormulaText, "le texte "+quote(c.raw)+" commence par un signe qu’un tableur prendrait pour le début d’une formule", "retaper le texte sans ce premier caractère")
	}
}

func (c *Cell) readChoice(choices []Choice, n nature, number float64) {
	text := c.Text
	if c.Stored {
		text = Digits(number)
	} else if n == logical {
		text = map[string]string{"1": "oui", "0": "non"}[text]
	}
	value, ok := Choose(choices, text)
	if !ok {
		words := values(choices)
		remedy := "écrire l’un de : " + strings.Join(words, ", ")
		if near := problem.Nearest(text, words, french.Fold); near != "" {
			remedy = "vouliez-vous dire " + quote(near) + french.NNBSP + "? Valeurs admises" + french.NBSP + ": " + strings.Join(words, ", ")
		}
		c.Report(CodeNotListed, quote(c.raw)+" n’est pas une valeur admise", remedy)
	}
	c.Text = value
}
