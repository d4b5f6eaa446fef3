package workbook

import (
	"archive/zip"
	"compress/flate"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"esms.example/atlas/internal/french"
)

// fault is an error that is said in French already.
type fault string

func (f fault) Error() string { return string(f) }

// detail says an error of a library in French, between brackets after a space; "" when it tells nothing
// that a person could use.
func detail(err error) string {
	var (
		said    fault
		syntax  *xml.SyntaxError
		number  *strconv.NumError
		corrupt flate.CorruptInputError
		text    string
	)
	switch {
	case errors.As(err, &said):
		text = string(said)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, zip.ErrFormat):
		text = "contenu tronqué ou incomplet"
	case errors.Is(err, zip.ErrChecksum), errors.As(err, &corrupt):
		text = "contenu altéré"
	case errors.As(err, &syntax):
		text = "balises mal formées à la ligne " + strconv.Itoa(syntax.Line) + " d’une partie"
	case errors.As(err, &number):
		text = quote(number.Num) + " n’est pas un numéro"
	}
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// twice returns the name of a part that an archive holds twice, as the library reads names; "" when there
// is none.
func twice(archive *zip.Reader) string {
	seen := map[string]bool{}
	for _, f := range archive.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if seen[name] {
			return name
		}
		seen[name] = true
	}
	return ""
}

func damaged(detail string) string { return "le classeur est abîmé et ne peut pas être lu" + detail }

func partTwice(name string) string {
	return damaged(french.NBSP + ": il contient deux fois la partie " + quote(name))
}
