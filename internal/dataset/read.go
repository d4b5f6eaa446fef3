package dataset

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
	"esms.example/atlas/internal/workbook"
)

// Codes of the problems of an edition's files.
const (
	CodeNoWorkbook   problem.Code = "aucun-classeur"
	CodeIgnoredFile  problem.Code = "fichier-ignore"
	CodeMissingSheet problem.Code = "feuille-manquante"
	CodeUnknownSheet problem.Code = "feuille-inconnue"
	CodeNoRow        problem.Code = "aucune-ligne"
	CodeTwiceSheet   problem.Code = "feuille-en-double"

	CodeStrayDirectory problem.Code = "dossier-ignore"
)

const projectSheet = "Projets"

// sheet is one of the sheets an edition is made of.
type sheet struct {
	name     string
	aliases  []string
	required bool
	doc      string
	describe func(*rules) []workbook.Description
	read     func(context.Context, *sheets, *rules, *workbook.Book, string, *problem.List) error
}

// sheets are the records of an edition as read, in the order of files and rows.
type sheets struct {
	projects     []workbook.Record[atlas.Project]
	essms        []workbook.Record[essmsRow]
	applications []workbook.Record[atlas.Application]
	envelopes    []workbook.Record[atlas.Envelope]
	fleet        []workbook.Record[fleetRow]
	programme    []workbook.Record[atlas.ProgrammeLine]
	usages       []workbook.Record[atlas.UsageRate]
	published    []workbook.Record[atlas.PublishedFigure]
	incomplete   bool // a workbook could not be opened
	sources      []Source
	// projectsLost tells that projects could not be read, which is reported: the rows that name
	// them are not each blamed for it.
	projectsLost bool
}

// table binds the columns of a sheet to where its records go.
func table[T any](columns func(*rules) []workbook.Column[T], into func(*sheets) *[]workbook.Record[T]) (
	func(*rules) []workbook.Description, func(context.Context, *sheets, *rules, *workbook.Book, string, *problem.List) error) {
	describe := func(r *rules) []workbook.Description { return workbook.Describe(columns(r)) }
	read := func(ctx context.Context, s *sheets, r *rules, b *workbook.Book, name string, problems *problem.List) error {
		records, err := workbook.ReadContext(ctx, b, name, columns(r), problems)
		list := into(s)
		*list = append(*list, records...)
		return err
	}
	return describe, read
}

// allSheets lists the sheets of an edition, in the order a blank workbook shows them.
func allSheets() []sheet {
	list := []sheet{
		{name: "Projets", required: true, doc: "une ligne par projet"},
		{name: "ESSMS", aliases: []string{"ESMS"}, required: true, doc: "une ligne par ESSMS et par projet"},
		{name: "Candidatures", doc: "les dossiers déposés et sélectionnés, par région et par année"},
		{name: "Enveloppes", doc: "les crédits délégués aux ARS, par région et par année"},
		{name: "Parc", doc: "les ESSMS qui existent, financés ou non, par territoire et par champ"},
		{name: "Programme", doc: "les cibles et les lignes de budget du programme"},
		{name: "Usages", aliases: []string{"Usage"}, doc: "les taux d’équipement et d’usage trouvés par enquête"},
		{name: publishedSheet, aliases: []string{"Chiffre publié", "Publiés"}, doc: "les chiffres déjà publiés, pour le rapprochement"},
	}
	list[0].describe, list[0].read = table((*rules).projectColumns, func(s *sheets) *[]workbook.Record[atlas.Project] { return &s.projects })
	list[1].describe, list[1].read = table((*rules).essmsColumns, func(s *sheets) *[]workbook.Record[essmsRow] { return &s.essms })
	list[2].describe, list[2].read = table((*rules).applicationColumns, func(s *sheets) *[]workbook.Record[atlas.Application] { return &s.applications })
	list[3].describe, list[3].read = table((*rules).envelopeColumns, func(s *sheets) *[]workbook.Record[atlas.Envelope] { return &s.envelopes })
	list[4].describe, list[4].read = table((*rules).fleetColumns, func(s *sheets) *[]workbook.Record[fleetRow] { return &s.fleet })
	list[5].describe, list[5].read = table((*rules).programmeColumns, func(s *sheets) *[]workbook.Record[atlas.ProgrammeLine] { return &s.programme })
	list[6].describe, list[6].read = table((*rules).usageColumns, func(s *sheets) *[]workbook.Record[atlas.UsageRate] { return &s.usages })
	list[7].describe, list[7].read = table((*rules).publishedColumns, func(s *sheets) *[]workbook.Record[atlas.PublishedFigure] { return &s.published })
	return list
}

// publishedSheet is the sheet of the figures already published.
const publishedSheet = "Chiffres publiés"

// sheetsOf are the sheets that an edition must, or may, have: one without records has but one.
func sheetsOf(e atlas.Edition) []sheet {
	list := allSheets()
	if !e.PublishedOnly {
		return list
	}
	for i := range list {
		list[i].required = list[i].name == publishedSheet
	}
	return list
}

// SheetDescription documents a sheet, for a blank workbook and the data dictionary.
type SheetDescription struct {
	Name, Doc string
	Required  bool
	Columns   []workbook.Description
}

// Sheets documents the sheets of an edition and their columns, in order.
func Sheets() []SheetDescription {
	var out []SheetDescription
	for _, s := range allSheets() {
		out = append(out, SheetDescription{Name: s.name, Doc: s.doc, Required: s.required, Columns: s.describe(&rules{})})
	}
	return out
}

// Read reads the edition of a year: edition.toml and every workbook of its directory. All problems are
// gathered; the dataset is nil when one of those in the list is an error.
func (in *Input) Read(year int, problems *problem.List) (*Dataset, error) {
	return in.ReadContext(context.Background(), year, problems)
}

// ReadContext reads as Read does, and stops with the error of the context when it is done.
func (in *Input) ReadContext(ctx context.Context, year int, problems *problem.List) (*Dataset, error) {
	dir := filepath.Join(in.editions, strconv.Itoa(year))
	if !isDir(dir) {
		return nil, fmt.Errorf("lecture de l’édition %d\u00a0: %w", year, fs.ErrNotExist)
	}
	in.reportStrays(year, problems)
	prefix := ""
	if len(in.years) > 1 {
		prefix = strconv.Itoa(year) + "/" // which edition's file it is
	}
	edition, about, err := readEdition(year, dir, prefix, problems)
	if err != nil {
		return nil, err
	}
	r := newRules(edition, in.gazetteer, in.references)
	records, err := readWorkbooks(ctx, dir, prefix, r, problems)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ds, err := r.link(records, problems)
	if err != nil || problems.HasErrors() {
		return nil, err
	}
	ds.Sources = append([]Source{about}, records.sources...)
	return ds, nil
}

func readEdition(year int, dir, prefix string, problems *problem.List) (atlas.Edition, Source, error) {
	path := filepath.Join(dir, editionFile)
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		problems.Add(notRegular(CodeEditionUnreadable, prefix+editionFile))
		return atlas.Edition{Year: year}, Source{}, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		problems.Add(problem.Problem{Code: CodeEditionMissing, Place: problem.Place{File: prefix + editionFile},
			Message: fmt.Sprintf("le fichier %s de l’édition %d manque", editionFile, year),
			Remedy:  fmt.Sprintf("l’écrire dans le dossier editions/%d des données, avec au moins date_arret = %d-12-31", year, year)})
		return atlas.Edition{Year: year}, Source{}, nil
	}
	if err != nil {
		problems.Add(closedFile(CodeEditionUnreadable, prefix+editionFile, err))
		return atlas.Edition{Year: year}, Source{}, nil
	}
	return ParseEdition(year, prefix+editionFile, data, problems), sourceOf(editionFile, data), nil
}

// notRegular is the problem of a pipe, a device or a directory under the name of a file: reading it
// could have no end.
func notRegular(code problem.Code, name string) problem.Problem {
	return problem.Problem{Code: code, Place: problem.Place{File: name},
		Message: "ce n’est pas un fichier ordinaire, mais un tube, un périphérique ou un dossier : il n’est pas lu", Remedy: "le remplacer par le fichier lui-même"}
}

// closedFile is the problem of a file that the system does not let us read.
func closedFile(code problem.Code, name string, err error) problem.Problem {
	message := "le fichier ne peut pas être ouvert"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		message = "c’est un lien vers un fichier qui n’existe pas"
	case errors.Is(err, fs.ErrPermission):
		message = "le droit de lire le fichier manque"
	}
	return problem.Problem{Code: code, Place: problem.Place{File: name}, Message: message, Remedy: "le remplacer par le fichier lui-même, lisible"}
}

// readWorkbooks reads every workbook of the directory, in the order of their names.
func readWorkbooks(ctx context.Context, dir, prefix string, r *rules, problems *problem.List) (*sheets, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("lecture des classeurs\u00a0: %w", err)
	}
	reading := reading{rules: r, problems: problems, all: sheetsOf(r.edition), found: map[string]bool{}, first: map[string]problem.Place{}}
	for _, e := range entries {
		name := e.Name()
		kind := strings.ToLower(filepath.Ext(name))
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || kind != ".xlsx" && isDir(filepath.Join(dir, name)) {
			continue // lock files, hidden files
		}
		switch kind {
		case ".xlsx":
			reading.workbooks++
			if err := reading.file(ctx, filepath.Join(dir, name), prefix+name); err != nil {
				return nil, err
			}
		case ".xls", ".xlsm", ".xlsb", ".ods", ".csv":
			problems.Add(problem.Problem{Code: CodeIgnoredFile, Place: problem.Place{File: prefix + name},
				Message: "le fichier n’est pas un classeur .xlsx : il n’est pas lu", Remedy: "l’enregistrer au format « Classeur Excel (.xlsx) », ou le retirer du dossier"})
		}
	}
	reading.reportMissing(prefix, r.edition.Year)
	if reading.failed || !reading.found[projectSheet] {
		reading.records.projectsLost = true
	}
	reading.records.incomplete = reading.failed
	return &reading.records, nil
}

// reading is the state of the reading of an edition.
type reading struct {
	rules     *rules
	problems  *problem.List
	all       []sheet
	records   sheets
	found     map[string]bool          // names of the sheets met
	first     map[string]problem.Place // where each was first met
	strangers []string                 // other sheets
	workbooks int
	failed    bool // a workbook could not be opened
}

func (r *reading) file(ctx context.Context, path, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		r.failed = true
		r.problems.Add(closedFile(workbook.CodeUnreadable, name, err))
		return nil
	}
	if !info.Mode().IsRegular() {
		r.failed = true
		r.problems.Add(notRegular(workbook.CodeUnreadable, name))
		return nil
	}
	if info.Size() > workbook.MaxFileSize {
		r.failed = true
		r.problems.Add(problem.Problem{Code: workbook.CodeTooLarge, Place: problem.Place{File: name},
			Message: "le fichier pèse plus de " + french.Size(workbook.MaxFileSize), Remedy: "le découper en plusieurs classeurs"})
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		r.failed = true
		r.problems.Add(closedFile(workbook.CodeUnreadable, name, err))
		return nil
	}
	r.records.sources = append(r.records.sources, sourceOf(filepath.Base(path), data))
	book, ok := workbook.Open(name, data, r.problems)
	if !ok {
		r.failed = true
		return nil
	}
	return errors.Join(r.book(ctx, book), book.Close())
}

func (r *reading) book(ctx context.Context, b *workbook.Book) error {
	known := map[string]bool{}
	for _, s := range r.all {
		names := b.Find(s.name)
		if len(names) == 0 {
			names = b.Find(s.aliases...)
		}
		for i, name := range names {
			if i > 0 {
				r.problems.Add(problem.Problem{Code: CodeTwiceSheet, Place: problem.Place{File: b.Name(), Sheet: name},
					Message: "la feuille porte le même nom que la feuille " + guillemets(names[0]) + " du classeur : les deux sont lues", Remedy: "n’en garder qu’une"})
			}
			known[name] = true
			if !r.found[s.name] {
				r.found[s.name] = true
				r.first[s.name] = problem.Place{File: b.Name(), Sheet: name}
			}
			if !s.required && b.Empty(name) {
				r.problems.Add(problem.Problem{Code: workbook.CodeEmptySheet, Place: problem.Place{File: b.Name(), Sheet: name},
					Message: "la feuille est vide", Remedy: "la remplir ou la supprimer"})
				continue
			}
			if err := r.sheet(ctx, s, b, name); err != nil {
				return err
			}
		}
	}
	for _, name := range b.Sheets() {
		if !known[name] && !besides[french.Fold(name)] {
			r.strangers = append(r.strangers, name)
			r.problems.Add(problem.Problem{Code: CodeUnknownSheet, Place: problem.Place{File: b.Name(), Sheet: name},
				Message: "la feuille n’est pas de celles de l’atlas : elle n’est pas lue", Remedy: r.nearestSheet(name)})
		}
	}
	return nil
}

func (r *reading) nearestSheet(name string) string {
	var list []string
	for _, s := range r.all {
		list = append(list, s.name)
	}
	if near := problem.Nearest(name, list, french.Fold); near != "" {
		return "vouliez-vous dire " + guillemets(near) + french.NNBSP + "?"
	}
	return ""
}

// sheet reads one sheet, and notes whether it was the projects and none could be read.
func (r *reading) sheet(ctx context.Context, s sheet, b *workbook.Book, name string) error {
	before, errors := len(r.records.projects), r.problems.Count(problem.Error)
	if err := s.read(ctx, &r.records, r.rules, b, name, r.problems); err != nil {
		return err
	}
	if s.name == projectSheet && len(r.records.projects) == before && r.problems.Count(problem.Error) > errors {
		r.records.projectsLost = true
	}
	return nil
}

func (r *reading) reportMissing(prefix string, year int) {
	place := problem.Place{File: strings.TrimSuffix(prefix, "/")}
	if place.File == "" {
		place.File = strconv.Itoa(year)
	}
	if r.workbooks == 0 {
		r.problems.Add(problem.Problem{Code: CodeNoWorkbook, Place: place,
			Message: fmt.Sprintf("l’édition %d n’a aucun classeur .xlsx", year), Remedy: fmt.Sprintf("mettre dans le dossier editions/%d des données un classeur qui contient les feuilles Projets et ESSMS", year)})
		return
	}
	if r.failed {
		return // the sheet may be in the workbook that could not be opened
	}
	if !r.problems.HasErrors() {
		r.reportNoRow()
	}
	if r.rules.edition.PublishedOnly && len(r.records.projects)+len(r.records.essms) > 0 {
		r.problems.Add(problem.Problem{Code: CodeEditionValue, Place: problem.Place{File: prefix + editionFile}, Value: "microdonnees",
			Message: "microdonnees vaut false, mais les classeurs ont des projets ou des ESSMS", Remedy: "retirer la ligne microdonnees, ou les feuilles Projets et ESSMS"})
	}
	for _, s := range r.all {
		if s.required && !r.found[s.name] {
			remedy := "ajouter la feuille à l’un des classeurs"
			if near := problem.Nearest(s.name, r.strangers, french.Fold); near != "" {
				remedy = "est-ce la feuille " + guillemets(near) + french.NNBSP + "? Si oui, la renommer " + s.name
			}
			r.problems.Add(problem.Problem{Code: CodeMissingSheet, Place: place,
				Message: "la feuille " + guillemets(s.name) + " manque dans les classeurs de l’édition", Remedy: remedy})
		}
	}
}

// reportNoRow warns of the required sheets that hold nothing.
func (r *reading) reportNoRow() {
	rows := map[string]int{"Projets": len(r.records.projects), "ESSMS": len(r.records.essms), publishedSheet: len(r.records.published)}
	for _, s := range r.all {
		if r.found[s.name] && s.required && rows[s.name] == 0 {
			r.problems.Add(problem.Problem{Code: CodeNoRow, Place: r.first[s.name],
				Message: "la feuille " + guillemets(s.name) + " n’a aucune ligne", Remedy: "la remplir"})
		}
	}
}

// byOrigin orders records by file, sheet and row, so that messages do not depend on chance.
func byOrigin(a, b atlas.Origin) int {
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// values returns the values of records.
func values[T any](records []workbook.Record[T], origin func(*T) *atlas.Origin) []T {
	out := slices.Grow([]T(nil), len(records))
	for _, r := range records {
		*origin(&r.Value) = r.Origin
		out = append(out, r.Value)
	}
	return out
}
