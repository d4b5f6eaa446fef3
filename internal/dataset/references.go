package dataset

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// category is a line of categories-finess.csv.
type category struct {
	code, label string
	field       atlas.Field // empty: none
}

// references are the reference files: the categories of the FINESS register, the legal
// statuses, and where its extracts may stand.
type references struct {
	categories map[string]category       // by code
	described  map[string]atlas.Category // the same, for readers
	byLabel    map[string]string         // folded label to code
	labels     []string
	speller    *problem.Speller // of the labels
	scale      scale
	statuses   map[string]atlas.LegalStatus // by code of statut juridique
	extracts   []fs.FS
}

func readReferences(fsys fs.FS, extracts []fs.FS) (*references, error) {
	r := &references{categories: map[string]category{}, described: map[string]atlas.Category{}, byLabel: map[string]string{},
		statuses: map[string]atlas.LegalStatus{}, extracts: extracts}
	err := eachKey(fsys, "categories-finess.csv", []string{"code", "libelle", "libelle_court", "champ"}, r.addCategory)
	if err != nil {
		return nil, err
	}
	r.speller = problem.NewSpeller(r.labels, french.Fold)
	if r.scale, err = readScale(fsys); err != nil {
		return nil, err
	}
	if _, err := fs.Stat(fsys, "statuts-juridiques.csv"); err != nil {
		return r, nil // needed only with an extract of the register
	}
	return r, eachKey(fsys, "statuts-juridiques.csv", []string{"codes", "secteur"}, r.addStatuses)
}

func (r *references) addCategory(l line) error {
	c := category{code: l.get("code"), label: l.get("libelle_court"), field: atlas.Field(l.get("champ"))}
	if len(c.code) != 3 {
		return fmt.Errorf("le code %q n’a pas 3 chiffres", c.code)
	}
	if c.field != "" {
		if _, ok := workbook.Choose(fieldChoices, string(c.field)); !ok {
			return fmt.Errorf("champ %q inconnu", c.field)
		}
	}
	r.categories[c.code] = c
	r.described[c.code] = atlas.Category{Code: c.code, Short: c.label, Name: l.get("libelle"), Group: l.get("agregat_2"), Field: c.field,
		ClosedOn: l.get("date_fermeture"), Doubtful: l.get("douteux_l312_1") == "oui"}
	for _, label := range []string{l.get("libelle"), l.get("libelle_court")} {
		if key := french.Fold(label); key != "" {
			if _, taken := r.byLabel[key]; !taken {
				r.byLabel[key] = c.code
				r.labels = append(r.labels, label)
			}
		}
	}
	return nil
}

var sectors = map[string]atlas.LegalStatus{"public": atlas.Public, "prive_non_lucratif": atlas.NonProfit,
	"prive_lucratif": atlas.ForProfit, "inconnu": ""}

// addStatuses reads a line such as « 07,08,10-26 », public.
func (r *references) addStatuses(l line) error {
	status, ok := sectors[l.get("secteur")]
	if !ok {
		return fmt.Errorf("secteur %q inconnu", l.get("secteur"))
	}
	for _, part := range strings.Split(l.get("codes"), ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			to = from
		}
		var first, last int
		if _, err := fmt.Sscanf(from+" "+to, "%d %d", &first, &last); err != nil || last < first || last > 99 {
			return fmt.Errorf("codes %q illisibles", part)
		}
		for code := first; code <= last; code++ {
			r.statuses[fmt.Sprintf("%02d", code)] = status
		}
	}
	return nil
}

// field returns the field of intervention of a category, empty when it has none.
func (r *references) field(code string) atlas.Field { return r.categories[code].field }

var categoryThenLabel = regexp.MustCompile(`^(\d{1,3})\s*[-–—:.|/ ]\s*\D`)

// findCategory returns the category that a text stands for: a code, a code and a label, a label. The note says
// what was mended.
func (r *references) findCategory(text string) (code, note string, ok bool) {
	code = withoutSpaces(text)
	if m := categoryThenLabel.FindStringSubmatch(french.PlainSpaces(text)); m != nil {
		code = m[1]
	}
	if m := zeroDecimal.FindStringSubmatch(code); m != nil {
		code = m[1]
	}
	if 0 < len(code) && len(code) < 3 && strings.Trim(code, "0123456789") == "" {
		code = strings.Repeat("0", 3-len(code)) + code
		note = "le code de catégorie " + guillemets(text) + " a perdu son zéro : il est lu " + code
	}
	if _, ok = r.categories[code]; ok {
		return code, note, true
	}
	code, ok = r.byLabel[french.Fold(text)]
	return code, "", ok
}

func (r *references) readCategory(c *workbook.Cell) string {
	code, note, ok := r.findCategory(c.Text)
	if !ok {
		remedy := "écrire le code FINESS à 3 chiffres d’une catégorie d’ESSMS, par exemple 500 pour un EHPAD"
		if near := r.speller.Nearest(c.Text); near != "" {
			remedy = "vouliez-vous dire " + guillemets(r.byLabel[french.Fold(near)]+" - "+near) + french.NNBSP + "?"
		}
		c.Report(CodeCategory, guillemets(c.Text)+" n’est pas une catégorie d’ESSMS", remedy)
		return ""
	}
	if note != "" {
		c.Report(workbook.CodeMended, note, "mettre la colonne au format Texte et retaper le code à 3 chiffres")
	}
	return code
}
