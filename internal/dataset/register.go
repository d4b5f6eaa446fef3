package dataset

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/problem"
)

// establishment is what the FINESS register says of an ESSMS; empty where it says nothing.
type establishment struct {
	name, category, commune string
	status                  atlas.LegalStatus
	closed                  bool
}

// merge fills what e lacks with what the other knows.
func (e establishment) merge(other establishment) establishment {
	for _, f := range []struct{ mine, theirs *string }{{&e.name, &other.name}, {&e.category, &other.category}, {&e.commune, &other.commune}} {
		if *f.mine == "" {
			*f.mine = *f.theirs
		}
	}
	if e.status == "" {
		e.status = other.status
	}
	return e
}

// lookUp searches the extracts of the register for those numbers, the last extract by name first.
// An extract is a file of the references whose name begins with « finess » or « etalab »: the monthly JSON,
// compressed or not, or the former CSV. Consulted tells whether any names an establishment. Reported are those
// that cannot be read to their end, and those without any establishment.
func (r *references) lookUp(wanted map[string]bool, problems *problem.List) (known map[string]establishment, consulted bool, err error) {
	known = map[string]establishment{}
	if len(wanted) == 0 {
		return known, false, nil
	}
	found := 0
	add := func(finess string, e establishment) {
		found++
		if !wanted[finess] {
			return
		}
		if old, ok := known[finess]; ok {
			e = old.merge(e)
		}
		known[finess] = e
	}
	for _, fsys := range r.extracts {
		entries, err := fs.ReadDir(fsys, ".")
		if err != nil {
			return nil, false, fmt.Errorf("lecture des références\u00a0: %w", err)
		}
		slices.Reverse(entries)
		for _, entry := range entries {
			name := strings.ToLower(entry.Name())
			if entry.IsDir() || !strings.HasPrefix(name, "finess") && !strings.HasPrefix(name, "etalab") {
				continue
			}
			before, place := found, problem.Place{File: "references/" + entry.Name()}
			if err := r.extract(fsys, entry.Name(), add); err != nil {
				problems.Add(problem.Problem{Code: CodeBrokenRegister, Place: place,
					Message: "l’extrait FINESS ne se lit pas jusqu’au bout", Remedy: "le télécharger de nouveau, ou le retirer"})
			} else if found == before {
				problems.Add(problem.Problem{Code: CodeEmptyRegister, Place: place,
					Message: "aucun établissement n’est lu dans cet extrait FINESS", Remedy: "y mettre l’extrait des établissements, ou le retirer"})
			}
		}
	}
	return known, found > 0, nil
}

func (r *references) extract(fsys fs.FS, name string, add func(string, establishment)) error {
	if info, err := fs.Stat(fsys, name); err != nil || !info.Mode().IsRegular() {
		return cmp.Or(err, errors.New("ce n’est pas un fichier ordinaire"))
	}
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = bufio.NewReaderSize(f, 1<<16)
	kind := strings.ToLower(name)
	if rest, compressed := strings.CutSuffix(kind, ".gz"); compressed {
		z, err := gzip.NewReader(in)
		if err != nil {
			return err
		}
		defer z.Close()
		in, kind = z, rest
	}
	switch {
	case strings.HasSuffix(kind, ".json"):
		return r.readMonthly(in, add)
	case strings.HasSuffix(kind, ".csv"):
		return r.readFormer(in, add)
	}
	return nil
}

// legalEntity is the part of an entity of the monthly extract that matters here.
type legalEntity struct {
	Info struct {
		LegalForm string `json:"statutJuridique"`
	} `json:"informationsGeneralesPMEJ"`
	Establishments []struct {
		Info struct {
			Number string `json:"numFinessEge"`
			Long   string `json:"nomEgeLong"`
			Short  string `json:"nomEgeCourt"`
		} `json:"informationsGeneralesEGE"`
		Category  string            `json:"categorieentiteGeographiqueExercice"`
		State     string            `json:"etatObjet"`
		Addresses []registerAddress `json:"adresse"`
	} `json:"ege"`
}

// registerAddress is an address of an establishment. Its use tells the place itself (03) from the other
// sites where it works (04) and from where its mail goes (06), which may be in other communes and come first.
type registerAddress struct {
	Use     string `json:"usageAdresse"`
	Commune string `json:"cogCommune"`
}

// locate returns the commune of the place itself, else of the first address that has one; empty where none has.
func locate(addresses []registerAddress) (commune string) {
	for _, a := range addresses {
		if a.Use == "03" && a.Commune != "" {
			return a.Commune
		}
		commune = cmp.Or(commune, a.Commune)
	}
	return commune
}

// readMonthly streams the monthly extract, one legal entity at a time. Closed establishments count too.
func (r *references) readMonthly(in io.Reader, add func(string, establishment)) error {
	d := json.NewDecoder(in)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errors.New("ce n’est pas un extrait mensuel"), err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if key != "pmej" {
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return err
			}
			continue
		}
		if _, err := d.Token(); err != nil { // [
			return err
		}
		for d.More() {
			var entity legalEntity
			if err := d.Decode(&entity); err != nil {
				return err
			}
			r.addEntity(entity, add)
		}
		if _, err := d.Token(); err != nil { // ]
			return err
		}
	}
	_, err := d.Token() // }
	return err
}

func (r *references) addEntity(entity legalEntity, add func(string, establishment)) {
	status := r.statuses[entity.Info.LegalForm]
	for _, e := range entity.Establishments {
		found := establishment{name: e.Info.Long, category: e.Category, status: status, closed: e.State != "" && e.State != "A"}
		if found.name == "" {
			found.name = e.Info.Short
		}
		found.commune = locate(e.Addresses)
		add(e.Info.Number, found)
	}
}

// The columns of the former CSV that matter, from 0.
const (
	formerNumber     = 1
	formerShort      = 3
	formerLong       = 4
	formerCommune    = 12
	formerDepartment = 13
	formerCategory   = 18
)

// formerOverseas are the departments 9A to 9F and 9J as the former CSV writes them.
var formerOverseas = map[string]string{"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976", "9J": "976"}

// readFormer streams the former CSV: semicolons, no header, UTF-8 or ISO-8859-1.
func (r *references) readFormer(in io.Reader, add func(string, establishment)) error {
	lines := csv.NewReader(in)
	lines.Comma, lines.LazyQuotes, lines.FieldsPerRecord, lines.ReuseRecord = ';', true, -1, true
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(cells) <= formerCategory || cells[0] != "structureet" {
			continue
		}
		e := establishment{name: utf8Text(cells[formerLong]), category: cells[formerCategory], commune: formerCommuneCode(cells[formerCommune], cells[formerDepartment])}
		if e.name == "" {
			e.name = utf8Text(cells[formerShort])
		}
		add(strings.Clone(cells[formerNumber]), establishment{strings.Clone(e.name), strings.Clone(e.category), e.commune, "", false})
	}
}

// formerCommuneCode makes the code of a commune of its 3 characters and of its department. Overseas
// the code is 97 and those 3 characters, of which the first tells the department.
func formerCommuneCode(commune, department string) string {
	if len(commune) != 3 {
		return ""
	}
	if overseas, ok := formerOverseas[strings.ToUpper(department)]; ok {
		if strings.HasPrefix("97"+commune, overseas) || department == "9A" || department == "9a" {
			return "97" + commune
		}
		return ""
	}
	if strings.HasPrefix(department, "97") && len(department) == 3 {
		return "97" + commune
	}
	return department + commune
}

// utf8Text reads a text as ISO-8859-1 when it is no UTF-8.
func utf8Text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}
