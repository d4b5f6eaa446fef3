package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// The bounds of what is read. A workbook of 365,000 rows and 20 columns stays below them.
const (
	MaxFileSize = 150 << 20 // bytes on the disk
	maxUnzipped = 400 << 20 // bytes once unzipped, all parts together
	maxParts    = 10_000
	maxColumns  = 1_000   // cells further right are not read
	maxRows     = 500_000 // rows that are not empty
	maxCells    = 20_000_000
	lastRow     = 1_048_576  // of a worksheet, says the format
	maxWork     = 40_000_000 // cells of a workbook passed over to read it, be they empty
)

// Codes of the problems of a whole workbook.
const (
	CodeUnreadable problem.Code = "classeur-illisible"
	CodeEncrypted  problem.Code = "classeur-protege"
	CodeDisguised  problem.Code = "classeur-deguise"
	CodeTooLarge   problem.Code = "classeur-trop-grand"
)

// Book is an opened workbook. It must be closed.
type Book struct {
	name     string
	file     *excelize.File
	date1904 bool
	parts    map[string][]byte // by sheet: the XML of its worksheet
	sheets   []string
	hidden   map[string]bool // sheets that are not shown
	texts    int             // how many texts its cells share
	work     int             // cells passed over so far, with a row for one cell
}

// Open opens the bytes of a workbook. The name is the one that problems and origins show. What
// is no workbook, or cannot be read safely, is a problem, and then there is no book.
func Open(name string, data []byte, problems *problem.List) (book *Book, ok bool) {
	refuse := func(code problem.Code, message, remedy string) (*Book, bool) {
		problems.Add(problem.Problem{Code: code, Place: problem.Place{File: name},
			Message: message, Remedy: remedy})
		return nil, false
	}
	defer func() {
		if r := recover(); r != nil {
			book, ok = refuse(CodeUnreadable, damaged(""), resave)
		}
	}()
	if code, message, remedy := disguise(data); code != "" {
		return refuse(code, message, remedy)
	}
	if code, message, remedy := outsize(data); code != "" {
		return refuse(code, message, remedy)
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true,
		UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return refuse(CodeUnreadable, damaged(detail(err)), resave)
	}
	book = &Book{name: name, file: file}
	if err := book.locate(); err != nil {
		_ = file.Close()
		return refuse(CodeUnreadable, damaged(detail(err)), resave)
	}
	return book, true
}

const lighten = "supprimer du classeur ce qui n’est pas lu (images, feuilles de travail, lignes vides mises en forme) ou le découper en plusieurs classeurs"

const resave = "l’ouvrir dans Excel ou LibreOffice, vérifier son contenu, puis l’enregistrer de nouveau au format « Classeur Excel (.xlsx) »"

// Close releases the workbook.
func (b *Book) Close() error {
	if err := b.file.Close(); err != nil {
		return fmt.Errorf("fermeture de %s\u00a0: %w", b.name, err)
	}
	return nil
}

// Name returns the name the workbook was opened under.
func (b *Book) Name() string { return b.name }

// Sheets returns the names of its worksheets, in the order of their tabs.
func (b *Book) Sheets() []string { return b.sheets }

// Find returns the worksheets whose name is one of those, whatever case, accents and
// punctuation, in the order of their tabs.
func (b *Book) Find(names ...string) []string {
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[french.Fold(n)] = true
	}
	var found []string
	for _, s := range b.sheets {
		if wanted[french.Fold(s)] {
			found = append(found, s)
		}
	}
	return found
}

// disguise says what data is when it is no zip archive of a workbook, and what to do; all are
// empty when it may be one.
func disguise(data []byte) (code problem.Code, message, remedy string) {
	head := data[:min(len(data), 4096)]
	switch {
	case len(data) == 0:
		return CodeUnreadable, "le fichier est vide", "remettre le classeur d’origine : son transfert ou sa copie a échoué"
	case bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		if bytes.Contains(data, utf16("EncryptedPackage")) {
			return CodeEncrypted, "le classeur est protégé par un mot de passe", "l’ouvrir dans Excel, retirer le mot de passe (Fichier, Informations, Protéger le classeur), puis l’enregistrer"
		}
		return CodeDisguised, "le fichier est un ancien classeur .xls renommé en .xlsx", "l’ouvrir dans Excel ou LibreOffice et l’enregistrer au format « Classeur Excel (.xlsx) »"
	case bytes.Contains(head, []byte("application/vnd.oasis.opendocument")):
		return CodeDisguised, "le fichier est un classeur OpenDocument (.ods) renommé en .xlsx", "l’ouvrir dans LibreOffice et l’enregistrer au format « Classeur Excel (.xlsx) »"
	case !bytes.HasPrefix(data, []byte("PK")):
		return CodeDisguised, "le fichier n’est pas un classeur Excel", resave
	}
	return "", "", ""
}

func utf16(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// outsize says why an archive is too large to be read, or holds a part twice; all are empty when it does
// not, or is no archive.
func outsize(data []byte) (code problem.Code, message, remedy string) {
	if len(data) > MaxFileSize {
		return CodeTooLarge, "le fichier pèse plus de " + french.Size(MaxFileSize), lighten
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", "", "" // excelize will say it
	}
	if len(archive.File) > maxParts {
		return CodeTooLarge, "le classeur contient plus de " + french.Integer(maxParts) + " fichiers", lighten
	}
	var total uint64
	for _, f := range archive.File {
		if total += f.UncompressedSize64; total > maxUnzipped || f.UncompressedSize64 > maxUnzipped {
			return CodeTooLarge, "le classeur, une fois décompressé, pèse plus de " + french.Size(maxUnzipped), lighten
		}
	}
	if name := twice(archive); name != "" {
		return CodeUnreadable, partTwice(name), resave
	}
	return "", "", ""
}

// Hidden reports whether a worksheet is not shown.
func (b *Book) Hidden(sheet string) bool { return b.hidden[sheet] }

// Empty reports whether a worksheet holds nothing at all.
func (b *Book) Empty(sheet string) bool {
	empty := true
	err := b.rows(context.Background(), sheet, func(row) bool {
		empty = false
		return false
	})
	return empty && err == nil
}

// row is a row of a worksheet that is not empty.
type row struct {
	number int
	cells  []rawCell
	hidden bool
}

type rawCell struct {
	text   string // trimmed of nothing
	nature nature
}

func (r row) at(column int) rawCell { // from 0
	if column < len(r.cells) {
		return r.cells[column]
	}
	return rawCell{}
}

var errTooLarge = errors.New("la feuille a trop de lignes ou de cellules")

// errDisorder is the error of a sheet in which the streaming reader would join two rows, or put a cell in the column
// of another: spreadsheets write neither.
const errDisorder = fault("des lignes ou des cellules y sont deux fois, ou ne sont pas dans l’ordre")

// rows calls visit for every row of a sheet that holds anything, until it returns false or the
// context is done. The row is reused from call to call.
func (b *Book) rows(ctx context.Context, sheet string, visit func(row) bool) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault("contenu inattendu")
		}
	}()
	stream, err := b.file.Rows(sheet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stream.Close()) }()
	natures := scanner{rest: b.parts[sheet], texts: b.texts}
	more := natures.next()
	var current row
	rows, cells := 0, 0
	for stream.Next() {
		current.number++
		for more && natures.row < current.number {
			more = natures.next()
		}
		if natures.disorder {
			return errDisorder
		}
		if b.work > maxWork || current.number > lastRow || more && natures.row > lastRow {
			return errTooLarge
		}
		if current.number%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		values, err := stream.Columns()
		if err != nil {
			return tooFar(err)
		}
		b.work += 1 + len(values)
		var found []nature
		if more && natures.row == current.number {
			found = natures.natures
		}
		current.hidden = found != nil && natures.hidden
		if !current.fill(values, found) {
			continue
		}
		rows, cells = rows+1, cells+len(current.cells)
		if rows > maxRows || cells > maxCells {
			return errTooLarge
		}
		if !visit(current) {
			return nil
		}
	}
	if err := stream.Error(); err != nil {
		return tooFar(err)
	}
	for ; more; more = natures.next() {
		if natures.row > current.number && len(natures.natures) > 0 {
			return io.ErrUnexpectedEOF // the stream takes broken XML for the end of the rows
		}
	}
	if natures.disorder {
		return errDisorder
	}
	return cmp.Or(wholeRow(b.parts[sheet], natures.inside), whole(b.parts[sheet]))
}

// tooFar turns the error of a row whose number is too great into errTooLarge.
func tooFar(err error) error {
	if errors.Is(err, excelize.ErrMaxRows) || errors.Is(err, strconv.ErrRange) {
		return errTooLarge
	}
	return err
}

// fill puts values and natures into the row; it returns false when the row is empty.
func (r *row) fill(values []string, natures []nature) bool {
	n := min(max(len(values), len(natures)), maxColumns)
	r.cells = r.cells[:0]
	filled := false
	for i := range n {
		c := rawCell{}
		if i < len(values) {
			c.text = values[i]
		}
		if i < len(natures) {
			c.nature = natures[i]
		}
		if c.text == "" && (c.nature == numeric || c.nature == logical || c.nature == dated) {
			c.nature = broken // the file has a value there
		}
		filled = filled || c.nature == broken || strings.TrimSpace(c.text) != "" || c.nature == uncalculated
		r.cells = append(r.cells, c)
	}
	return filled
}

// wholeRow returns an error when the last row that holds cells, of which inside is what follows its tag, is not sound: the
// streaming reader drops what it cannot understand, and for the other rows their followers tell.
func wholeRow(part, inside []byte) error {
	if m := encoding.FindSubmatch(part[:min(len(part), 200)]); inside == nil || m != nil && !strings.EqualFold(string(m[1]), "utf-8") {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(inside))
	var open []xml.Name
	for {
		token, err := d.RawToken()
		if err != nil {
			return err
		}
		switch element := token.(type) {
		case xml.StartElement:
			open = append(open, element.Name)
		case xml.EndElement:
			if len(open) == 0 {
				return nil
			}
			if open[len(open)-1] != element.Name {
				return io.ErrUnexpectedEOF
			}
			open = open[:len(open)-1]
		}
	}
}

// encoding is how a part says that it is written.
var encoding = regexp.MustCompile(`encoding=["']([^"']*)`)

// whole returns an error when a worksheet part stops before its end: the streaming reader
// takes that for the end of the rows.
func whole(part []byte) error {
	tail := part[max(0, len(part)-4096):]
	if i := bytes.LastIndex(tail, []byte("worksheet>")); i >= 0 {
		return nil
	}
	return io.ErrUnexpectedEOF
}
