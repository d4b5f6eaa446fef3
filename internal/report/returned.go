package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"esms.example/atlas/internal/problem"
)

// returnBooks writes a copy of every workbook that problems name, and removes the copies that a
// former check wrote of others, unless somebody has saved them since.
func returnBooks(dir string, in Input) (Result, error) {
	var result Result
	for rest := in.Problems; len(rest) > 0; {
		file, n := rest[0].Place.File, 1
		for n < len(rest) && rest[n].Place.File == file {
			n++
		}
		problems := rest[:n]
		rest = rest[n:]
		if !strings.EqualFold(path.Ext(file), ".xlsx") || !filepath.IsLocal(filepath.FromSlash(file)) {
			continue // an edition, its edition.toml, a file that is not read
		}
		if err := returnBook(dir, in.Workbooks, file, problems, &result); err != nil {
			return result, err
		}
	}
	return result, removeStale(dir, result.Returned)
}

func removeStale(dir string, returned []string) error {
	err := filepath.WalkDir(filepath.Join(dir, ReturnDir), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.EqualFold(filepath.Ext(name), ".xlsx") {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil || slices.Contains(returned, filepath.ToSlash(rel)) || !untouched(name) {
			return err
		}
		return os.Remove(name)
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("les copies d’un contrôle antérieur ne peuvent être retirées\u00a0: %w", err)
	}
	return nil
}

// untouched reports whether a file is a copy as a check wrote it: office programs give other
// names to the parts that they save.
func untouched(name string) bool {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return false
	}
	defer archive.Close()
	return slices.ContainsFunc(archive.File, func(f *zip.File) bool { return strings.Contains(f.Name, summaryStem) })
}

func returnBook(dir string, workbooks fs.FS, file string, problems []problem.Problem, result *Result) error {
	refuse := func(err error) error {
		result.Refused = append(result.Refused, Refusal{file, err.Error()})
		return nil
	}
	original, size, err := openOriginal(workbooks, file)
	if err != nil {
		return refuse(err)
	}
	defer original.Close()
	p, err := openParts(original, size)
	if err != nil {
		return refuse(err)
	}
	c, err := newCopying(p, file, problems)
	if err != nil {
		return refuse(err)
	}
	name := path.Join(ReturnDir, file)
	target := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fmt.Errorf("le dossier des classeurs annotés ne peut être créé\u00a0: %w", err)
	}
	var unfit error
	err = File(target, func(w io.Writer) error {
		out := &tracked{out: w}
		err := c.write(out)
		if err != nil && out.err == nil {
			unfit = err // the workbook is at fault, not the disk
		}
		return err
	})
	switch {
	case unfit != nil:
		return refuse(unfit)
	case err != nil:
		return err
	}
	result.Returned = append(result.Returned, name)
	for _, note := range c.front.notes {
		result.Partial = append(result.Partial, Partial{name, note})
	}
	return nil
}

// tracked remembers whether writing failed.
type tracked struct {
	out io.Writer
	err error
}

func (t *tracked) Write(b []byte) (int, error) {
	n, err := t.out.Write(b)
	if err != nil {
		t.err = err
	}
	return n, err
}

// original is a workbook opened for reading.
type original interface {
	io.ReaderAt
	io.Closer
}

func openOriginal(workbooks fs.FS, file string) (original, int64, error) {
	info, err := fs.Lstat(workbooks, file)
	if err != nil || !info.Mode().IsRegular() {
		return nil, 0, errors.New("ce n’est pas un fichier ordinaire")
	}
	f, err := workbooks.Open(file)
	if err != nil {
		return nil, 0, errors.New("le classeur ne peut être lu")
	}
	if r, ok := f.(original); ok {
		return r, info.Size(), nil
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, 0, errors.New("le classeur ne peut être lu")
	}
	return inMemory{bytes.NewReader(data)}, int64(len(data)), nil
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }
