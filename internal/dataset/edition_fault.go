package dataset

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// tomlFaults are what the TOML library says, by a piece of it, and how it is said here; KEY stands for
// the key concerned. The first piece found counts.
var tomlFaults = []struct{ piece, french string }{
	{"already been defined", "KEY est écrit deux fois"},
	{"already created", "KEY est écrit deux fois"},
	{"incompatible types", "la valeur de KEY n’est pas du type attendu"},
	{"type mismatch", "la valeur de KEY n’est pas du type attendu"},
	{"datetime", "la date de KEY n’existe pas"},
	{"expected value", "la valeur de KEY manque ou n’en est pas une"},
	{"unexpected EOF; expected key separator", "il manque un signe ="},
	{"unexpected EOF; expected '", "un guillemet n’est pas fermé"},
	{`unexpected EOF; expected "`, "un guillemet n’est pas fermé"},
	{"strings cannot contain newlines", "un guillemet n’est pas fermé"},
	{"top-level item to end", "un élément est de trop après la valeur"},
	{"expected a comma", "il manque une virgule, un crochet ou une accolade"},
	{"table name", "un titre entre crochets n’est pas fermé ou n’en est pas un"},
	{"table array name", "un titre entre crochets n’est pas fermé ou n’en est pas un"},
	{"key name appears blank", "il manque une clé avant le signe ="},
	{"nvalid integer", "le nombre de KEY est mal écrit"},
	{"nvalid float", "le nombre de KEY est mal écrit"},
	{"out of range", "le nombre de KEY est trop grand"},
	{"escape", "une barre oblique inverse est mal placée dans la valeur de KEY"},
	{"UTF-8", "un caractère n’est pas de l’UTF-8"},
	{"control characters", "un caractère de contrôle est interdit"},
}

var (
	typeFault  = regexp.MustCompile(`line (\d+)(?: \(last key "([^"]*)"\))?`)
	definedKey = regexp.MustCompile(`^Key '([^']*)'`)
)

// TOMLFault says in French what is wrong in a TOML file, from the error of its decoding, and on which line; 0: unknown.
func TOMLFault(err error) (row int, message string) {
	text, key := err.Error(), ""
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		row, key, text = syntax.Position.Line, syntax.LastKey, syntax.Message
		if m := definedKey.FindStringSubmatch(text); m != nil {
			key = m[1]
		}
	} else if m := typeFault.FindStringSubmatch(text); m != nil {
		row, _ = strconv.Atoi(m[1])
		key = m[2]
	}
	name := "la clé"
	if key != "" {
		name = guillemets(key)
	}
	message = "le fichier ne suit pas la syntaxe TOML"
	for _, f := range tomlFaults {
		if strings.Contains(text, f.piece) {
			return row, message + " : " + strings.ReplaceAll(f.french, "KEY", name)
		}
	}
	if key != "" {
		message += ", près de la clé " + name
	}
	return row, message
}
