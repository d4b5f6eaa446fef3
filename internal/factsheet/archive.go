package factsheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"time"
)

// Archive packs sheets in a ZIP file, in their order, all dated on. The same sheets give
// the same bytes.
func Archive(files []File, on time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: path.Base(f.Path), Method: zip.Deflate, Modified: on.UTC()})
		if err != nil {
			return nil, fmt.Errorf("archive des fiches, %s : %w", f.Path, err)
		}
		if _, err := entry.Write(f.PDF); err != nil {
			return nil, fmt.Errorf("archive des fiches, %s : %w", f.Path, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("archive des fiches : %w", err)
	}
	return b.Bytes(), nil
}
