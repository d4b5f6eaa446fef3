package dataset

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems of edition.toml.
const (
	CodeEditionMissing    problem.Code = "edition-absente"
	CodeEditionUnreadable problem.Code = "edition-illisible"
	CodeEditionKey        problem.Code = "edition-cle"
	CodeEditionValue      problem.Code = "edition-valeur"
	CodeEditionRounding   problem.Code = "edition-arrondi"
)

const editionFile = "edition.toml"

// editionTOML is edition.toml as written. Dates and notes may be written in two ways.
type editionTOML struct {
	Title       string `toml:"titre"`
	DataState   any    `toml:"date_arret"`
	PublishedOn any    `toml:"date_publication"`
	State       string `toml:"statut"`
	Rounding    any    `toml:"arrondi"`
	Notes       any    `toml:"notes"`
	Records     any    `toml:"microdonnees"`
}

// ParseEdition reads the edition.toml of a year. Faults are reported under that file name; the
// edition is of use only when none is an error.
func ParseEdition(year int, file string, data []byte, problems *problem.List) atlas.Edition {
	e := editionReader{file: file, problems: problems}
	edition := atlas.Edition{Year: year, Title: "Atlas régional ESMS numérique " + strconv.Itoa(year), State: atlas.Provisional}
	var doc editionTOML
	meta, err := toml.Decode(string(data), &doc)
	if err != nil {
		row, message := TOMLFault(err)
		problems.Add(problem.Problem{Code: CodeEditionUnreadable, Place: problem.Place{File: file, Row: row},
			Message: message, Remedy: "corriger la ligne : un texte s’écrit entre guillemets droits, une date sans guillemets (2023-12-31)"})
		return edition
	}
	for _, key := range meta.Undecoded() {
		if len(key) > 1 && key[0] == "arrondi" {
			continue // steps by size: rounding reports those that it does not understand
		}
		e.report(CodeEditionKey, key.String(), "la clé "+guillemets(key.String())+" est inconnue : elle n’est pas lue",
			nearKey(key.String()))
	}
	e.fill(&edition, doc)
	return edition
}

var editionKeys = []string{"titre", "date_arret", "date_publication", "statut", "arrondi", "notes", "microdonnees"}

func nearKey(key string) string {
	if near := problem.Nearest(key, editionKeys, french.Fold); near != "" {
		return "vouliez-vous dire « " + near + " » ?"
	}
	return "clés admises : " + strings.Join(editionKeys, ", ")
}

type editionReader struct {
	file     string
	problems *problem.List
}

func (e editionReader) report(code problem.Code, value, message, remedy string) {
	e.problems.Add(problem.Problem{Code: code, Place: problem.Place{File: e.file}, Value: value, Message: message, Remedy: remedy})
}

func (e editionReader) fill(edition *atlas.Edition, doc editionTOML) {
	if doc.Title, _ = workbook.Clean(doc.Title); doc.Title != "" {
		edition.Title = doc.Title
	} else {
		e.report(CodeEditionKey, "", "titre manque", "ajouter titre = \""+edition.Title+"\"")
	}
	e.dates(edition, doc)
	e.state(edition, doc.State)
	e.notes(edition, doc.Notes)
	switch records, ok := doc.Records.(bool); {
	case ok:
		edition.PublishedOnly = !records
	case doc.Records != nil:
		e.report(CodeEditionValue, fmt.Sprint(doc.Records), "microdonnees n’est ni true ni false",
			"écrire microdonnees = false pour une édition qui n’a que la feuille Chiffres publiés, ou retirer la ligne")
	}
	e.roundings(edition, doc.Rounding)
}

func (e editionReader) dates(edition *atlas.Edition, doc editionTOML) {
	var ok bool
	switch edition.DataState, ok = tomlDate(doc.DataState); {
	case !ok:
		e.report(CodeEditionValue, fmt.Sprint(orEmpty(doc.DataState)), "date_arret manque, n’est pas une date ou n’est pas entre 1990 et 2100",
			fmt.Sprintf("ajouter date_arret = %d-12-31, la date de l’état des données", edition.Year))
	case max(edition.DataState.Year()-edition.Year, edition.Year-edition.DataState.Year()) > 1:
		e.report(CodeEditionKey, edition.DataState.Format(time.DateOnly), fmt.Sprintf("date_arret (%s) est loin de %d, l’année du dossier", french.Date(edition.DataState), edition.Year),
			"vérifier la date et le nom du dossier")
	}
	switch edition.PublishedOn, ok = tomlDate(doc.PublishedOn); {
	case !ok && doc.PublishedOn != nil:
		e.report(CodeEditionValue, fmt.Sprint(doc.PublishedOn), "date_publication n’est pas une date, ou n’est pas entre 1990 et 2100", "écrire date_publication = 2024-05-15")
	case !ok:
		e.report(CodeEditionKey, "", "date_publication manque", "ajouter date_publication = 2024-05-15, le jour de la parution")
	case edition.PublishedOn.Before(edition.DataState):
		e.report(CodeEditionKey, "", "date_publication précède date_arret", "vérifier les deux dates")
	}
}

func (e editionReader) roundings(edition *atlas.Edition, written any) {
	table, ok := written.(map[string]any)
	if !ok && written != nil {
		e.report(CodeEditionRounding, fmt.Sprint(written), "arrondi n’est pas une table : aucun arrondi n’est appliqué",
			"écrire [arrondi] sur une ligne, puis un pas par indicateur, par exemple essms_finances = 10")
	}
	for _, id := range sortedKeys(table) {
		if rounding, ok := e.rounding(id, table[id]); ok {
			if edition.Rounding == nil {
				edition.Rounding = map[string]atlas.Rounding{}
			}
			edition.Rounding[id] = rounding
		}
	}
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

func (e editionReader) state(edition *atlas.Edition, written string) {
	switch french.Fold(written) {
	case "":
		e.report(CodeEditionKey, "", "statut manque : l’édition est dite provisoire", "ajouter statut = \"provisoire\" ou \"definitif\"")
	case "demonstration":
		edition.State = atlas.Demonstration
	case "provisoire":
		edition.State = atlas.Provisional
	case "definitif":
		edition.State = atlas.Final
	default:
		e.report(CodeEditionValue, written, "statut "+guillemets(written)+" n’est pas une valeur admise", "écrire demonstration, provisoire ou definitif")
	}
}

func (e editionReader) notes(edition *atlas.Edition, notes any) {
	list, ok := notes.([]any)
	if !ok && notes != nil {
		list = []any{notes}
	}
	for _, n := range list {
		text, ok := n.(string)
		if !ok {
			e.report(CodeEditionKey, fmt.Sprint(n), "une note n’est pas un texte : elle n’est pas lue", "écrire notes = [\"une phrase.\", \"une autre.\"]")
			continue
		}
		if text, _ = workbook.Clean(text); text != "" {
			edition.Notes = append(edition.Notes, text)
		}
	}
}

// greatestStep is the greatest step, or size, of a rounding.
const greatestStep = 1e12

// rounding reads a step, or a list of steps by size.
func (e editionReader) rounding(id string, v any) (atlas.Rounding, bool) {
	if step, ok := tomlNumber(v); ok && 0 < step && step <= greatestStep {
		return atlas.Rounding{{Step: step}}, true
	}
	var steps []map[string]any
	switch list := v.(type) {
	case []map[string]any:
		steps = list
	case []any:
		for _, item := range list {
			m, _ := item.(map[string]any)
			steps = append(steps, m)
		}
	case map[string]any:
		steps = []map[string]any{list}
	}
	var out atlas.Rounding
	for _, s := range steps {
		step, ok := roundingStep(s)
		if !ok {
			out = nil
			break
		}
		out = append(out, step)
	}
	if len(out) == 0 {
		e.report(CodeEditionRounding, id, "l’arrondi de "+guillemets(id)+" n’est pas compris : il n’est pas appliqué",
			"écrire "+problem.Shorten(id)+" = 10, ou "+problem.Shorten(id)+" = [{moins_de = 100, pas = 5}, {pas = 10}]")
		return nil, false
	}
	slices.SortStableFunc(out, func(a, b atlas.RoundingStep) int {
		if a.Below == 0 || b.Below == 0 {
			return cmp.Compare(b.Below, a.Below) // the step without bound comes last
		}
		return cmp.Compare(a.Below, b.Below)
	})
	return out, true
}

func roundingStep(m map[string]any) (atlas.RoundingStep, bool) {
	var s atlas.RoundingStep
	for _, key := range sortedKeys(m) {
		x, ok := tomlNumber(m[key])
		if !ok || x <= 0 || x > greatestStep {
			return s, false
		}
		switch key {
		case "pas":
			s.Step = x
		case "jusqu_a", "moins_de":
			s.Below = x
		default:
			return s, false
		}
	}
	return s, s.Step > 0
}

func tomlNumber(v any) (float64, bool) {
	switch x := v.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, x-x == 0 // neither infinite nor NaN
	}
	return 0, false
}

// tomlDate reads a TOML date, with or without an hour, or a quoted ISO date. An hour without a day is
// none: its year is 0.
func tomlDate(v any) (time.Time, bool) {
	var t time.Time
	switch d := v.(type) {
	case time.Time:
		t = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
	case string:
		t, _ = time.Parse(time.DateOnly, strings.TrimSpace(d))
	}
	if !editionYear(t.Year()) {
		return time.Time{}, false
	}
	return t, true
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
