package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/problem"
)

// Input is an opened data directory: its territories, its reference files, its editions. It may
// be used by several goroutines.
type Input struct {
	editions       string // directory of the editions
	territoriesDir string
	references     *references
	gazetteer      *atlas.Gazetteer
	years          []int
	strays         []string // directories named by a year that no edition has
}

// Open opens a data directory: editions/<year> is looked for there alone; territoires/ and
// references/ there, else in the default directory, which may be "". Errors name the file.
func Open(dataDir, defaultDir string) (*Input, error) {
	in := &Input{editions: filepath.Join(dataDir, "editions")}
	var err error
	if in.territoriesDir, err = firstDir("territoires", "regions.csv", dataDir, defaultDir); err != nil {
		return nil, err
	}
	if in.gazetteer, err = ReadGazetteer(os.DirFS(in.territoriesDir)); err != nil {
		return nil, fmt.Errorf("%s\u00a0: %w", in.territoriesDir, err)
	}
	dir, err := firstDir("references", "categories-finess.csv", dataDir, defaultDir)
	if err != nil {
		return nil, err
	}
	// Extracts of the register are looked for beside the publisher's data too.
	extracts := []fs.FS{os.DirFS(dir)}
	if own := filepath.Join(dataDir, "references"); own != dir && isDir(own) {
		extracts = append([]fs.FS{os.DirFS(own)}, extracts...)
	}
	if in.references, err = readReferences(os.DirFS(dir), extracts); err != nil {
		return nil, fmt.Errorf("%s\u00a0: %w", dir, err)
	}
	in.years, in.strays, err = editionYears(in.editions)
	return in, err
}

// FindTerritory finds the territory that a text names: FR, region:75, departement:2A, or any spelling
// that sheet « Chiffres publiés » accepts.
func (in *Input) FindTerritory(text string) (atlas.TerritoryID, bool) {
	id, _, ok := findTerritory(text, newNames(in.gazetteer, atlas.RegionLevel), newNames(in.gazetteer, atlas.DepartmentLevel))
	return id, ok
}

// firstDir returns the first directory of that name that holds the file.
func firstDir(name, file string, parents ...string) (string, error) {
	for _, p := range parents {
		if p == "" {
			continue
		}
		dir := filepath.Join(p, name)
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("%s manque dans %s", file, filepath.Join(parents[0], name))
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

var yearName = regexp.MustCompile(`^\d{4}$`)

// The years that an edition, and a date of edition.toml, may have.
const firstYear, lastYear = 1990, 2100

func editionYear(year int) bool { return firstYear <= year && year <= lastYear }

// editionYears lists the directories named by a year, ascending, apart from those of a year that no
// edition has. A missing parent has none.
func editionYears(dir string) (years []int, strays []string, err error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("lecture des éditions\u00a0: %w", err)
	}
	for _, e := range entries {
		if !yearName.MatchString(e.Name()) || !isDir(filepath.Join(dir, e.Name())) {
			continue
		}
		if y, _ := strconv.Atoi(e.Name()); editionYear(y) {
			years = append(years, y)
		} else {
			strays = append(strays, e.Name())
		}
	}
	return years, strays, nil
}

// reportStrays tells, with the last edition, of the directories that are none.
func (in *Input) reportStrays(year int, problems *problem.List) {
	if len(in.years) == 0 || year != in.years[len(in.years)-1] {
		return
	}
	for _, name := range in.strays {
		problems.Add(problem.Problem{Code: CodeStrayDirectory, Place: problem.Place{File: name},
			Message: "le dossier " + guillemets(name) + " n’est pas celui d’une édition : il n’est pas lu", Remedy: "le nommer d’une année, de 1990 à 2100, ou le retirer"})
	}
}

// Gazetteer returns the territories.
func (in *Input) Gazetteer() *atlas.Gazetteer { return in.gazetteer }

// TerritoriesDir returns the directory of the territories in use, where boundaries stand too.
func (in *Input) TerritoriesDir() string { return in.territoriesDir }

// Years returns the years of the editions found, ascending.
func (in *Input) Years() []int { return in.years }

// InEdition returns the path of a file in the directory of an edition.
func (in *Input) InEdition(year int, name string) string {
	return filepath.Join(in.editions, strconv.Itoa(year), name)
}
