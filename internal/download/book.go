package download

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/workbook"
)

// properties are the document properties of a workbook.
type properties struct {
	title, subject, description string
	on                          time.Time // a fixed day, so that bytes repeat; zero: none
}

// author signs the workbooks.
const author = "Atlas ESMS numérique"

// book is a workbook being written. Its methods do nothing once one has failed; bytes says
// what failed.
type book struct {
	file       *excelize.File
	properties properties
	styles     map[style]int
	sheets     int
	err        error
}

func newBook(p properties) *book {
	b := &book{file: excelize.NewFile(), properties: p, styles: map[style]int{}}
	b.file.SetZipWriter(uncompressed)
	return b
}

// uncompressed writes an archive that is repacked, and only then compressed.
func uncompressed(w io.Writer) excelize.ZipWriter {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.NoCompression) })
	return z
}

// do runs the next step unless one has failed.
func (b *book) do(step func() error) {
	if b.err == nil {
		b.err = step()
	}
}

// add begins the next sheet.
func (b *book) add(name string) {
	b.do(func() error {
		b.sheets++
		if b.sheets == 1 {
			return b.file.SetSheetName("Sheet1", name)
		}
		_, err := b.file.NewSheet(name)
		return err
	})
}

// style returns the number of a style, made when first asked for.
func (b *book) style(s style) int {
	id, made := b.styles[s]
	if !made {
		b.do(func() (err error) {
			id, err = b.file.NewStyle(s.look())
			b.styles[s] = id
			return err
		})
	}
	return id
}

// bytes ends the workbook. The same steps give the same bytes.
func (b *book) bytes() ([]byte, error) {
	defer b.file.Close()
	var out bytes.Buffer
	b.do(b.describe)
	b.do(func() error {
		_, err := b.file.WriteTo(&out)
		return err
	})
	if b.err != nil {
		return nil, b.err
	}
	return workbook.Repack(out.Bytes(), b.properties.on, workbook.SortTypes, b.mend)
}

func (b *book) describe() error {
	p := &excelize.DocProperties{
		Title: safe(b.properties.title), Subject: safe(b.properties.subject), Description: safe(b.properties.description),
		Creator: author, LastModifiedBy: author, Keywords: "ESMS numérique, ESSMS, dossier usager informatisé", Language: "fr-FR",
	}
	if on := b.properties.on; !on.IsZero() {
		p.Created, p.Modified = on.UTC().Format(time.RFC3339), on.UTC().Format(time.RFC3339)
	}
	if err := b.file.SetDocProps(p); err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: author, Company: author})
}

// mend says that the texts of charts are French, and takes out the dates that the library
// gives to a workbook without.
func (b *book) mend(part string, data []byte) ([]byte, error) {
	switch {
	case strings.HasPrefix(part, "xl/charts/"):
		return bytes.ReplaceAll(data, []byte(`"en-US"`), []byte(`"fr-FR"`)), nil
	case part == "docProps/core.xml" && b.properties.on.IsZero():
		return undated(data), nil
	}
	return data, nil
}

// undated takes the dates out of document properties.
func undated(core []byte) []byte {
	for _, name := range []string{"dcterms:created", "dcterms:modified"} {
		from := bytes.Index(core, []byte("<"+name))
		end := []byte("</" + name + ">")
		if to := bytes.Index(core, end); from >= 0 && to > from {
			core = append(core[:from:from], core[to+len(end):]...)
		}
	}
	return core
}

// maxText is the number of UTF-16 units that a cell of a workbook holds.
const maxText = 32767

// safe makes a text that a workbook can hold: no character that XML refuses, and at most
// maxText UTF-16 units, an ellipsis marking what was cut.
func safe(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if len(s) <= maxText {
		return s
	}
	units := 0
	cut := 0 // where the text and an ellipsis still fit
	for i, r := range s {
		if units <= maxText-1 {
			cut = i
		}
		if units += utf16.RuneLen(r); units > maxText {
			return s[:cut] + "…"
		}
	}
	return s
}
