package dataset

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems of identifiers.
const (
	CodeFINESS          problem.Code = "finess-malforme"
	CodeMendedFINESS    problem.Code = "finess-repare"
	CodeSIREN           problem.Code = "siren-malforme"
	CodeSIRENKey        problem.Code = "siren-cle"
	CodeRegion          problem.Code = "region-inconnue"
	CodeDepartment      problem.Code = "departement-inconnu"
	CodeTerritory       problem.Code = "territoire-inconnu"
	CodeCategory        problem.Code = "categorie-inconnue"
	CodeNoField         problem.Code = "categorie-sans-champ"
	CodeCommune         problem.Code = "commune-inconnue"
	CodeNoDepartment    problem.Code = "commune-sans-departement"
	CodeCollectivity    problem.Code = "collectivite-outre-mer"
	CodeSeveralRegions  problem.Code = "plusieurs-regions"
	CodeRegionsRepeated problem.Code = "region-repetee"
)

var (
	finessForm = regexp.MustCompile(`^[0-9][0-9A-Z][0-9]{7}$`)
	eightDigit = regexp.MustCompile(`^[0-9]{8}$`)
	nineDigit  = regexp.MustCompile(`^[0-9]{9}$`)
	// exponent is a number in scientific notation with at least 6 of its digits: « 1E+08 » has lost those it had.
	exponent = regexp.MustCompile(`^[0-9]\.[0-9]{5,}E\+?[0-9]{1,2}$`)
)

// ParseFINESS reads a FINESS number. The note, when there is one, says what was mended.
func ParseFINESS(text string) (finess, note string, ok bool) {
	s := strings.ToUpper(withoutSpaces(text))
	if finessForm.MatchString(s) {
		if s != text {
			note = "le numéro " + guillemets(text) + " est lu " + s
		}
		return s, note, true
	}
	if m := zeroDecimal.FindStringSubmatch(s); m != nil {
		s = m[1]
	} else if exponent.MatchString(s) {
		if x, err := strconv.ParseFloat(s, 64); err == nil && x == float64(int64(x)) {
			s = workbook.Digits(x)
		}
	}
	switch {
	case nineDigit.MatchString(s):
		return s, "le numéro " + guillemets(text) + " est lu " + s, true
	case eightDigit.MatchString(s):
		return "0" + s, "le numéro " + guillemets(text) + " a perdu son zéro : il est lu 0" + s, true
	}
	return "", "", false
}

func withoutSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func readFINESS(c *workbook.Cell) string {
	finess, note, ok := ParseFINESS(c.Text)
	if !ok {
		remedy := "écrire les 9 caractères du numéro FINESS de l’établissement (ET), par exemple 010000016 ou 2A0000123"
		if n := len(withoutSpaces(c.Text)); n == 14 {
			remedy = "c’est un numéro SIRET : écrire à la place le numéro FINESS de l’établissement (9 caractères)"
		}
		c.Report(CodeFINESS, guillemets(c.Text)+" n’est pas un numéro FINESS", remedy)
		return ""
	}
	if note != "" {
		c.Report(CodeMendedFINESS, note, "mettre la colonne au format Texte et retaper le numéro avec ses 9 caractères")
	}
	return finess
}

// readSIREN reads a SIREN number: 9 digits. A wrong key is a warning.
func readSIREN(c *workbook.Cell) string {
	s := withoutSpaces(c.Text)
	if m := zeroDecimal.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if eightDigit.MatchString(s) {
		c.Report(workbook.CodeMended, "le numéro "+guillemets(c.Text)+" a perdu son zéro : il est lu 0"+s, "mettre la colonne au format Texte et retaper les 9 chiffres")
		s = "0" + s
	}
	if !nineDigit.MatchString(s) {
		remedy := "écrire les 9 chiffres du SIREN, ou laisser la cellule vide"
		if len(s) == 14 {
			remedy = "c’est un SIRET : n’en garder que les 9 premiers chiffres"
		}
		c.Report(CodeSIREN, guillemets(c.Text)+" n’est pas un numéro SIREN", remedy)
		return ""
	}
	if !luhn(s) {
		c.Report(CodeSIRENKey, "le SIREN "+s+" a une clé de contrôle fausse", "vérifier le numéro : un chiffre est sans doute mal recopié")
	}
	return s
}

// luhn checks the key of a number made of digits.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// readRegion reads one region.
func (r *rules) readRegion(c *workbook.Cell) string { return r.region(c, c.Text) }

func (r *rules) region(c *workbook.Cell, text string) string {
	t, note, ok := r.regions.find(text)
	if !ok {
		c.Report(CodeRegion, guillemets(text)+" n’est pas une région", r.regions.suggest(text))
		return ""
	}
	if note != "" {
		c.Report(workbook.CodeMended, note, "écrire le code à deux chiffres dans une colonne au format Texte, ou le nom de la région")
	}
	return t.ID.Code
}

// maxRegions is how many names a list of regions may hold, more than there are regions.
const maxRegions = 100

// readRegions reads the regions of a project, separated by semicolons, in the order of their codes.
func (r *rules) readRegions(c *workbook.Cell) []string {
	text := c.Text
	if _, _, ok := r.regions.find(text); !ok && !strings.Contains(text, ";") && strings.ContainsAny(text, ",/|") {
		pieces := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",/|", r) })
		if r.allRegions(pieces) {
			c.Report(workbook.CodeMended, "les régions de "+guillemets(text)+" ne sont pas séparées par des points-virgules", "les séparer par « ; »")
			text = strings.Join(pieces, ";")
		}
	}
	if n := strings.Count(text, ";"); n > maxRegions {
		c.Report(CodeRegion, guillemets(text)+" est une liste de plus de "+strconv.Itoa(maxRegions)+" noms : ce n’en est pas une de régions", "ne nommer que les régions du projet, une fois chacune")
		return nil
	}
	var codes []string
	seen := map[string]bool{}
	for _, piece := range strings.Split(text, ";") {
		if strings.TrimSpace(piece) == "" {
			continue
		}
		code := r.region(c, strings.TrimSpace(piece))
		if seen[code] && code != "" {
			c.Report(CodeRegionsRepeated, "la région "+guillemets(strings.TrimSpace(piece))+" est nommée deux fois", "ne la nommer qu’une fois")
		} else if code != "" {
			codes = append(codes, code)
		}
		seen[code] = true
	}
	if len(seen) == 0 {
		c.Report(CodeRegion, guillemets(c.Text)+" n’est pas une région", r.regions.suggest(c.Text))
	}
	return sorted(codes)
}

func (r *rules) allRegions(pieces []string) bool {
	for _, p := range pieces {
		if _, _, ok := r.regions.find(p); !ok {
			return false
		}
	}
	return len(pieces) > 0
}

func (r *rules) readDepartment(c *workbook.Cell) string {
	t, note, ok := r.departments.find(c.Text)
	if !ok {
		c.Report(CodeDepartment, guillemets(c.Text)+" n’est pas un département", r.departments.suggest(c.Text))
		return ""
	}
	if note != "" {
		c.Report(workbook.CodeMended, note, "écrire le code à deux caractères dans une colonne au format Texte")
	}
	return t.ID.Code
}

var (
	communeForm     = regexp.MustCompile(`^[0-9][0-9AB][0-9]{3}$`)
	communeThenName = regexp.MustCompile(`^(\d[0-9ABab]\d{3}|\d{4})\s*[-–—:|/ ]\s*\D`)
	nameThenCommune = regexp.MustCompile(`^\D.*[(\[]\s*(\d[0-9ABab]\d{3}|\d{4})\s*[)\]]$`)
	fourDigits      = regexp.MustCompile(`^[0-9]{4}$`)
)

// collectivity reports whether a commune belongs to an overseas collectivity that is in France
// but in no region of the atlas: Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin.
func collectivity(commune string) bool {
	return strings.HasPrefix(commune, "975") || strings.HasPrefix(commune, "977") || strings.HasPrefix(commune, "978")
}

// readCommune reads a commune code; it must lead to a department.
func (r *rules) readCommune(c *workbook.Cell) string {
	code := strings.ToUpper(withoutSpaces(c.Text))
	text := french.PlainSpaces(c.Text)
	if m := communeThenName.FindStringSubmatch(text); m != nil {
		code = strings.ToUpper(m[1])
	} else if m := nameThenCommune.FindStringSubmatch(text); m != nil {
		code = strings.ToUpper(m[1])
	}
	if m := zeroDecimal.FindStringSubmatch(code); m != nil {
		code = m[1]
	}
	if fourDigits.MatchString(code) {
		c.Report(workbook.CodeMended, "le code de commune "+guillemets(c.Text)+" a perdu son zéro : il est lu 0"+code, "mettre la colonne au format Texte et retaper le code à 5 caractères")
		code = "0" + code
	}
	if communeForm.MatchString(code) && collectivity(code) {
		c.Report(CodeCollectivity, "la commune "+code+" est dans une collectivité d’outre-mer sans région : l’ESSMS compte en France et dans aucune région", "")
		return code
	}
	if _, ok := r.gazetteer.Commune(code); ok {
		return code
	}
	d, ok := r.gazetteer.DepartmentOfCommune(code)
	if !ok || !communeForm.MatchString(code) {
		c.Report(CodeNoDepartment, guillemets(c.Text)+" n’est le code d’aucune commune ni d’aucun département", r.communeNamed(c.Text))
		return ""
	}
	c.Report(CodeCommune, "la commune "+code+" n’est pas dans la liste des communes : l’ESSMS compte dans le département "+guillemets(d.Name), r.nearestCommune(code, d.ID.Code))
	return code
}

// communeNamed suggests the codes of the communes of that name.
func (r *rules) communeNamed(text string) string {
	key := french.Fold(text)
	var codes []string
	if len(key) > 1 {
		codes = sorted(r.communesByName()[key])
	}
	if len(codes) == 0 || len(codes) > 5 {
		return "écrire le code Insee de la commune, à 5 caractères (ce n’est pas le code postal)"
	}
	return "écrire le code Insee de la commune : " + strings.Join(codes, " ou ")
}

// nearestCommune suggests the commune of the department whose code is nearest.
func (r *rules) nearestCommune(code, department string) string {
	best, nearest := 0, ""
	number, _ := strconv.Atoi(code[2:])
	for _, other := range r.communesOf()[department] {
		n, _ := strconv.Atoi(other[2:])
		if gap := max(n-number, number-n); nearest == "" || gap < best || gap == best && other < nearest {
			best, nearest = gap, other
		}
	}
	if c, ok := r.gazetteer.Commune(nearest); ok {
		return "vérifier le code ; la plus proche de la liste est " + guillemets(c.Code+" - "+c.Name)
	}
	return "vérifier le code Insee de la commune (ce n’est pas le code postal)"
}
