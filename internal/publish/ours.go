package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// apart fails when out is a directory of a site of ours, which would take it for somebody's.
func apart(out string) error {
	for dir := filepath.Dir(out); ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, Manifest)); err == nil {
			return fmt.Errorf("%s est dans un site de l’atlas, %s : choisissez un autre dossier avec --out", out, dir)
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// written returns the digests of the files that the site in out lists; nil when there is none yet. It fails when out
// holds something else.
func written(out string) (map[string]string, error) {
	entries, err := os.ReadDir(out)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s n’est pas un dossier lisible : %w", out, err)
	}
	listed, err := ReadManifest(out)
	if err != nil {
		return nil, fmt.Errorf("%s contient autre chose qu’un site de l’atlas (pas de fichier %s) : rien n’y est remplacé ; videz ce dossier ou choisissez-en un autre avec --out", out, Manifest)
	}
	return listed, nil
}

// ours fails when out holds anything but a site of ours: a file that its manifest does
// not list would be lost.
func ours(out string) error {
	listed, err := written(out)
	if err != nil || listed == nil {
		return err
	}
	var foreign []string
	err = filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(out, path)
		if rel = filepath.ToSlash(rel); err == nil && rel != Manifest && listed[rel] == "" {
			foreign = append(foreign, rel)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s n’est pas un dossier lisible : %w", out, err)
	}
	if len(foreign) > 0 {
		return fmt.Errorf("%s contient, à côté du site, des fichiers que l’atlas n’a pas écrits et qui seraient perdus (%s) : déplacez-les, puis relancez",
			out, strings.Join(foreign[:min(3, len(foreign))], ", "))
	}
	return nil
}
