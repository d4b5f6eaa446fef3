package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
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
	Title       string         `toml:"titre"`
	DataState   any            `toml:"date_arret"`
	PublishedOn any            `toml:"date_publication"`
	State       string         `toml:"statut"`
	Rounding    map[string]any `toml:"arrondi"`
	Notes       any            `toml:"notes"`
}

// ParseEdition reads the edition.toml of a year. Faults are reported under that file name; the
// edition is of use only when none is an error.
func ParseEdition(year int, file string, data []byte, problems *problem.List) atlas.Edition {
	e := editionReader{file: file, problems: problems}
	edition := atlas.Edition{Year: year, Title: "Atlas régional ESMS numérique " + strconv.Itoa(year), State: atlas.Provisional}
	var doc editionTOML
	meta, err := toml.Decode(string(data), &doc)
	if err != nil {
		row := 0
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			row = syntax.Position.Line
		}
		problems.Add(problem.Problem{Code: CodeEditionUnreadable, Place: problem.Place{File: file, Row: row},
			Message: "le fichier ne suit pas la syntaxe TOML (" + plainTOML(err) + ")", Remedy: "corriger la ligne : un texte s’écrit entre guillemets droits, une date sans guillemets (2023-12-31)"})
		return edition
	}
	for _, key := range meta.Undecoded() {
		if len(key) > 1 && key[0] == "arrondi" {
			continue // steps by size: rounding reports those that it does not understand
		}
		e.report(CodeEditionKey, key.String(), "la clé « "+key.String()+" » est inconnue : elle n’est pas lue",
			nearKey(key.String()))
	}
	e.fill(&edition, doc)
	return edition
}

func plainTOML(err error) string {
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		return syntax.Message
	}
	return strings.TrimPrefix(err.Error(), "toml: ")
}

var editionKeys = []string{"titre", "date_arret", "date_publication", "statut", "arrondi", "notes"}

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
	if doc.Title = strings.TrimSpace(doc.Title); doc.Title != "" {
		edition.Title = doc.Title
	} else {
		e.report(CodeEditionKey, "", "titre manque", "ajouter titre = \""+edition.Title+"\"")
	}
	var ok bool
	if edition.DataState, ok = tomlDate(doc.DataState); !ok {
		e.report(CodeEditionValue, fmt.Sprint(orEmpty(doc.DataState)), "date_arret manque ou n’est pas une date",
			fmt.Sprintf("ajouter date_arret = %d-12-31, la date de l’état des données", edition.Year))
	}
	switch edition.PublishedOn, ok = tomlDate(doc.PublishedOn); {
	case !ok && doc.PublishedOn != nil:
		e.report(CodeEditionValue, fmt.Sprint(doc.PublishedOn), "date_publication n’est pas une date", "écrire date_publication = 2024-05-15")
	case !ok:
		e.report(CodeEditionKey, "", "date_publication manque", "ajouter date_publication = 2024-05-15, le jour de la parution")
	case edition.PublishedOn.Before(edition.DataState):
		e.report(CodeEditionKey, "", "date_publication précède date_arret", "vérifier les deux dates")
	}
	e.state(edition, doc.State)
	e.notes(edition, doc.Notes)
	for _, id := range sortedKeys(doc.Rounding) {
		if rounding, ok := e.rounding(id, doc.Rounding[id]); ok {
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
		e.report(CodeEditionValue, written, "statut « "+written+" » n’est pas une valeur admise", "écrire demonstration, provisoire ou definitif")
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
		if text = strings.TrimSpace(text); text != "" {
			edition.Notes = append(edition.Notes, text)
		}
	}
}

// rounding reads a step, or a list of steps by size.
func (e editionReader) rounding(id string, v any) (atlas.Rounding, bool) {
	if step, ok := tomlNumber(v); ok && step > 0 {
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
		e.report(CodeEditionRounding, id, "l’arrondi de « "+id+" » n’est pas compris : il n’est pas appliqué",
			"écrire "+id+" = 10, ou "+id+" = [{moins_de = 100, pas = 5}, {pas = 10}]")
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
		if !ok || x <= 0 {
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

// tomlDate reads a TOML date, with or without an hour, or a quoted ISO date.
func tomlDate(v any) (time.Time, bool) {
	switch d := v.(type) {
	case time.Time:
		return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC), true
	case string:
		t, err := time.Parse(time.DateOnly, strings.TrimSpace(d))
		return t, err == nil
	}
	return time.Time{}, false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
