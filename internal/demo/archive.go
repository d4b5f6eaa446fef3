package demo

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
	"time"
)

// repack writes the parts of a workbook in one order, with one date: excelize writes the
// sheets that it streamed in the order of a map. The list of parts comes first, as office
// programs write it.
func repack(workbook []byte, on time.Time) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: on})
		if err != nil {
			return nil, err
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(part, r)
		if err = cmp.Or(err, r.Close()); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
