package dataset

import (
	"regexp"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// otherNames are what people call the regions besides their names, by code.
var otherNames = map[string][]string{
	"01": {"GP", "GUA", "Guadeloupe, Saint-Martin et Saint-Barthélemy", "Guadeloupe Saint-Martin Saint-Barthélemy"},
	"02": {"MQ", "MTQ"},
	"03": {"GF", "Guyane française"},
	"04": {"RE", "REU", "Île de La Réunion"},
	"06": {"YT", "MAY"},
	"11": {"IDF"},
	"24": {"CVL", "CVDL", "Centre", "Centre Val-de-Loire"},
	"27": {"BFC"},
	"28": {"NOR"},
	"32": {"HDF"},
	"44": {"GES", "GE", "GEST"},
	"52": {"PDL", "PDLL", "Pays-de-Loire"},
	"53": {"BRE", "BZH"},
	"75": {"NAQ", "NA"},
	"76": {"OCC"},
	"84": {"ARA", "AURA"},
	"93": {"PACA", "PAC", "Sud", "Région Sud", "Sud Provence-Alpes-Côte d’Azur"},
	"94": {"COR", "Collectivité de Corse"},
}

// formerCodes are codes of overseas departments, which people write for the region.
var formerCodes = map[string]string{"971": "01", "972": "02", "973": "03", "974": "04", "976": "06"}

// names finds territories of one level by code or by name.
type names struct {
	level   atlas.Level
	byCode  map[string]atlas.Territory
	byName  map[string]string // folded name to code
	speller *problem.Speller
}

func newNames(g *atlas.Gazetteer, level atlas.Level) *names {
	n := &names{level: level, byCode: map[string]atlas.Territory{}, byName: map[string]string{}}
	var list []string
	for _, t := range g.At(level) {
		n.byCode[t.ID.Code] = t
		list = append(list, t.Name)
		spellings := []string{t.Name, t.WithArticle, t.Genitive, t.Locative, withoutArticle(t.Name)}
		if level == atlas.RegionLevel {
			spellings = append(spellings, otherNames[t.ID.Code]...)
		}
		for _, s := range spellings {
			if key := french.Fold(s); key != "" {
				if _, taken := n.byName[key]; !taken {
					n.byName[key] = t.ID.Code
				}
			}
		}
	}
	n.speller = problem.NewSpeller(list, french.Fold)
	return n
}

func withoutArticle(name string) string {
	for _, article := range []string{"La ", "Le ", "Les ", "L’", "L'"} {
		if rest, ok := strings.CutPrefix(name, article); ok {
			return rest
		}
	}
	return name
}

var (
	codeThenName = regexp.MustCompile(`^\s*(\d[0-9A-Za-z]{0,2})\s*[-–—:.,/|_ ]\s*(\D.*)$`)
	nameThenCode = regexp.MustCompile(`^(\D.*?)\s*[(\[]\s*(\d[0-9A-Za-z]{0,2})\s*[)\]]\s*$`)
	agency       = []string{"agenceregionaledesante", "ars", "region", "departement"}
)

// find returns the territory that a text stands for. The note, when there is one, says what had to
// be mended in the code.
func (n *names) find(text string) (t atlas.Territory, note string, ok bool) {
	text = strings.TrimSpace(french.PlainSpaces(text))
	if m := codeThenName.FindStringSubmatch(text); m != nil {
		return n.both(m[1], m[2])
	}
	if m := nameThenCode.FindStringSubmatch(text); m != nil {
		return n.both(m[2], m[1])
	}
	if t, note, ok = n.code(text); ok {
		return t, note, true
	}
	t, ok = n.name(text)
	return t, "", ok
}

// both finds a territory by its code and name together; they must agree.
func (n *names) both(code, name string) (atlas.Territory, string, bool) {
	byCode, note, ok := n.code(code)
	byName, known := n.name(name)
	return byCode, note, ok && (known && byName.ID == byCode.ID)
}

var zeroDecimal = regexp.MustCompile(`^(\d+)\.0+$`)

// code finds a territory by its code, and mends a lost zero and a small letter.
func (n *names) code(text string) (t atlas.Territory, note string, ok bool) {
	code := strings.ToUpper(text)
	if m := zeroDecimal.FindStringSubmatch(code); m != nil {
		code = m[1]
	}
	if t, ok = n.byCode[code]; ok {
		return t, "", true
	}
	if len(code) == 1 && '1' <= code[0] && code[0] <= '9' {
		if t, ok = n.byCode["0"+code]; ok {
			return t, "le code " + guillemets(text) + " a perdu son zéro : il est lu " + t.ID.Code, true
		}
	}
	if n.level == atlas.RegionLevel {
		if t, ok = n.byCode[formerCodes[code]]; ok {
			return t, "le code " + guillemets(text) + " est celui du département : il est lu comme la région " + t.ID.Code, true
		}
	}
	return t, "", false
}

// name finds a territory by its name, whatever agency or article comes before.
func (n *names) name(text string) (atlas.Territory, bool) {
	key := french.Fold(text)
	if code, ok := n.byName[key]; ok {
		return n.byCode[code], true
	}
	for _, prefix := range agency {
		rest, cut := strings.CutPrefix(key, prefix)
		if !cut {
			continue
		}
		for _, article := range []string{"", "de", "du", "des", "dela", "del", "d", "la", "le", "les"} {
			if name, ok := strings.CutPrefix(rest, article); ok {
				if code, ok := n.byName[name]; ok {
					return n.byCode[code], true
				}
			}
		}
	}
	return atlas.Territory{}, false
}

// suggest says what a text that names no territory may have meant.
func (n *names) suggest(text string) string {
	if near := n.speller.Nearest(text); near != "" {
		return "vouliez-vous dire " + guillemets(near) + french.NNBSP + "?"
	}
	if n.level == atlas.RegionLevel {
		return "écrire le code Insee à deux chiffres ou le nom de la région, par exemple 84 ou Auvergne-Rhône-Alpes"
	}
	return "écrire le code ou le nom du département, par exemple 69 ou Rhône"
}

// guillemets puts a text between French quotation marks, shortened when it is long.
func guillemets(s string) string { return "«" + french.NBSP + problem.Shorten(s) + french.NBSP + "»" }
