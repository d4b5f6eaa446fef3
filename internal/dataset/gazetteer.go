package dataset

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"esms.example/atlas/internal/atlas"
)

// ReadGazetteer reads the territories of a directory: regions.csv, departements.csv and
// communes.csv. It is strict: a missing column, a bad number, a territory named twice or one that
// hangs on nothing is an error that names file and line.
func ReadGazetteer(fsys fs.FS) (*atlas.Gazetteer, error) {
	regions, err := readRegions(fsys)
	if err != nil {
		return nil, err
	}
	departments, err := readDepartments(fsys, regions)
	if err != nil {
		return nil, err
	}
	communes, err := readCommunes(fsys, departments)
	if err != nil {
		return nil, err
	}
	return atlas.NewGazetteer(regions, departments, communes), nil
}

func readRegions(fsys fs.FS) ([]atlas.Territory, error) {
	var out []atlas.Territory
	err := eachKey(fsys, "regions.csv", []string{"code", "nom", "slug", "avec_article", "locatif", "genitif", "population", "seuil_essms"},
		func(l line) error {
			t, err := territory(l, atlas.RegionID(l.get("code")))
			if err != nil {
				return err
			}
			if t.MinProjectSize, err = l.integer("seuil_essms"); err != nil {
				return err
			}
			out = append(out, t)
			return nil
		})
	return out, err
}

func readDepartments(fsys fs.FS, regions []atlas.Territory) ([]atlas.Territory, error) {
	known := map[string]bool{}
	for _, r := range regions {
		known[r.ID.Code] = true
	}
	var out []atlas.Territory
	err := eachKey(fsys, "departements.csv", []string{"code", "nom", "slug", "region", "avec_article", "locatif", "genitif", "population"},
		func(l line) error {
			t, err := territory(l, atlas.DepartmentID(l.get("code")))
			if err != nil {
				return err
			}
			if t.Region = l.get("region"); !known[t.Region] {
				return fmt.Errorf("région %q inconnue", t.Region)
			}
			out = append(out, t)
			return nil
		})
	return out, err
}

func readCommunes(fsys fs.FS, departments []atlas.Territory) ([]atlas.Commune, error) {
	known := map[string]bool{}
	for _, d := range departments {
		known[d.ID.Code] = true
	}
	var out []atlas.Commune
	err := eachKey(fsys, "communes.csv", []string{"code", "nom", "departement"}, func(l line) error {
		c := atlas.Commune{Code: l.get("code"), Name: l.get("nom"), Department: l.get("departement")}
		switch {
		case len(c.Code) != 5 || c.Name == "":
			return fmt.Errorf("commune %q sans code à 5 caractères ou sans nom", c.Code)
		case collectivity(c.Code):
			return nil // in France, in no department of the atlas
		case !known[c.Department]:
			return fmt.Errorf("département %q inconnu", c.Department)
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

// territory reads the columns that regions and departments share.
func territory(l line, id atlas.TerritoryID) (atlas.Territory, error) {
	t := atlas.Territory{ID: id, Name: l.get("nom"), Slug: l.get("slug"), WithArticle: l.get("avec_article"),
		Locative: l.get("locatif"), Genitive: l.get("genitif")}
	for _, column := range []string{"code", "nom", "slug", "avec_article", "locatif", "genitif"} {
		if l.get(column) == "" {
			return t, fmt.Errorf("la colonne %s est vide", column)
		}
	}
	if !slugForm.MatchString(t.Slug) {
		return t, fmt.Errorf("slug\u00a0: %q ne peut être une adresse\u00a0: lettres minuscules sans accent, chiffres et traits d’union", t.Slug)
	}
	var err error
	t.Population, err = l.integer("population")
	return t, err
}

// slugForm is what a territory may be called in an address.
var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// line is a line of a reference file, whose cells are found by the name of their column.
type line struct {
	columns map[string]int
	cells   []string
}

func (l line) get(column string) string {
	i, ok := l.columns[column]
	if !ok || i >= len(l.cells) {
		return ""
	}
	return strings.TrimSpace(l.cells[i])
}

func (l line) integer(column string) (int, error) {
	n, err := strconv.Atoi(l.get(column))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%s\u00a0: %q n’est pas un nombre entier", column, l.get(column))
	}
	return n, nil
}

// eachKey calls visit for every line of a reference file, as eachLine does. The first column is a
// key: a second line of the same key is an error.
func eachKey(fsys fs.FS, name string, required []string, visit func(line) error) error {
	seen := map[string]bool{}
	return eachLine(fsys, name, required, func(l line) error {
		key := l.get(required[0])
		if seen[key] {
			return fmt.Errorf("%s %q est en double", required[0], key)
		}
		seen[key] = true
		return visit(l)
	})
}

// eachLine calls visit for every line of a reference file (CSV, comma, UTF-8, first line of
// headers). The first column must be filled.
func eachLine(fsys fs.FS, name string, required []string, visit func(line) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("lecture de %s\u00a0: %w", name, err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s:1\u00a0: %w", name, csvFault(err))
	}
	l := line{columns: map[string]int{}}
	for i, h := range header {
		l.columns[strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))] = i
	}
	for _, column := range required {
		if _, ok := l.columns[column]; !ok {
			return fmt.Errorf("%s:1\u00a0: la colonne %s manque", name, column)
		}
	}
	for {
		l.cells, err = r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		number := 0
		var malformed *csv.ParseError
		if errors.As(err, &malformed) {
			number, err = malformed.Line, csvFault(malformed.Err)
		} else if err == nil {
			number, _ = r.FieldPos(0)
			switch {
			case slices.ContainsFunc(l.cells, func(c string) bool { return !utf8.ValidString(c) }):
				err = errors.New("la ligne n’est pas en UTF-8\u00a0: enregistrer le fichier dans ce codage")
			case l.get(required[0]) == "":
				err = fmt.Errorf("la colonne %s est vide", required[0])
			default:
				err = visit(l)
			}
		}
		if err != nil {
			return fmt.Errorf("%s:%d\u00a0: %w", name, number, err)
		}
	}
}

// csvFault says in French what is wrong in a line.
func csvFault(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return errors.New("le fichier est vide")
	case errors.Is(err, csv.ErrFieldCount):
		return errors.New("la ligne n’a pas autant de colonnes que la première")
	case errors.Is(err, csv.ErrQuote), errors.Is(err, csv.ErrBareQuote):
		return errors.New("un guillemet n’est pas fermé, ou n’est pas à sa place")
	}
	return err
}
