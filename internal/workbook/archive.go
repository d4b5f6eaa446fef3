package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"
)

// Mend changes a part of a written workbook, named by its path in the archive:
// « xl/charts/chart1.xml ».
type Mend func(part string, data []byte) ([]byte, error)

// Repack writes the parts of a workbook in one order, with one date, mended in turn: the
// library that writes workbooks puts the sheets that it streamed in the order of a map. The
// list of parts comes first, as office programs write it. The zero time is no date.
func Repack(book []byte, on time.Time, mends ...Mend) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil, err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		if err := repackPart(w, f, on, mends); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func repackPart(w *zip.Writer, f *zip.File, on time.Time, mends []Mend) error {
	part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: on})
	if err != nil {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(r)
	if err = cmp.Or(err, r.Close()); err != nil {
		return err
	}
	for _, mend := range mends {
		if data, err = mend(f.Name, data); err != nil {
			return err
		}
	}
	_, err = part.Write(data)
	return err
}

// typeList is the list of the parts of a workbook with their media types.
type typeList struct {
	XMLName   xml.Name    `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []typeEntry `xml:"Default"`
	Overrides []typeEntry `xml:"Override"`
}

type typeEntry struct {
	Extension   string `xml:",attr,omitempty"`
	PartName    string `xml:",attr,omitempty"`
	ContentType string `xml:",attr"`
}

// SortTypes is the Mend that sorts the list of parts and media types, which the library
// writes in the order of a map when the workbook has charts.
func SortTypes(part string, data []byte) ([]byte, error) {
	if part != "[Content_Types].xml" {
		return data, nil
	}
	var types typeList
	if err := xml.Unmarshal(data, &types); err != nil {
		return nil, err
	}
	slices.SortFunc(types.Defaults, func(a, b typeEntry) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(types.Overrides, func(a, b typeEntry) int { return cmp.Compare(a.PartName, b.PartName) })
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
}
