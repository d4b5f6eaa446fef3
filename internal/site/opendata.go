package site

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/download"
	"esms.example/atlas/internal/french"
)

// The files that describe the open data of an edition, beside them.
const (
	packageFile = "datapackage.json"
	sumsFile    = "empreintes.sha256"
)

// cataloguePath is the DCAT catalogue of every edition.
const cataloguePath = "catalogue.jsonld"

// boundaryNames are the boundaries offered: the name of the file, and its title.
var boundaryNames = []struct {
	level       atlas.Level
	name, title string
}{
	{atlas.RegionLevel, "regions", "Limites des régions et valeurs des indicateurs"},
	{atlas.DepartmentLevel, "departements", "Limites des départements et valeurs des indicateurs"},
}

// addOpenData adds to an edition the boundaries with values, and the files that describe its open
// data: schemas, data package, digests. A frozen edition has its own.
func (c *composer) addOpenData(e *edition) error {
	if e.archive != nil {
		return nil
	}
	directory := e.base + "donnees/"
	if c.in.Maps != nil {
		for _, b := range boundaryNames {
			var outlines []download.Boundary
			for _, o := range c.in.Maps.Boundaries(b.level) {
				outlines = append(outlines, download.Boundary(o))
			}
			e.offers[directory] = append(e.offers[directory], offer{
				download.Table{Name: b.name, Title: b.title, Doc: boundaryDoc}, download.GeoJSONFormat,
				file{directory + b.name + download.GeoJSONFormat.Suffix, download.GeoJSON(e.results, b.level, outlines)},
			})
		}
	}
	set := c.openData(e)
	described := []file{{directory + sumsFile, set.Sums()}}
	for _, o := range e.offers[directory] {
		if o.format.Delimiter == "" {
			continue
		}
		schema, err := download.Schema(o.table, o.format)
		if err != nil {
			return err
		}
		described = append(described, file{download.SchemaPath(o.file.path), schema})
	}
	others, err := e.otherSchemas()
	if err != nil {
		return err
	}
	described = append(described, others...)
	about, err := set.Package()
	if err != nil {
		return err
	}
	c.files = append(c.files, append(described, file{directory + packageFile, about})...)
	return nil
}

// schemasDirectory holds the schemas of the CSV that other pages offer, one for all those that have
// the same columns.
func (e *edition) schemasDirectory() string { return e.base + "donnees/schemas/" }

// otherSchemas are the Table Schemas of the CSV of the other pages whose columns are not those of
// a CSV of the edition.
func (e *edition) otherSchemas() ([]file, error) {
	known, named := map[string]bool{}, map[string]int{}
	for _, o := range e.offers[e.base+"donnees/"] {
		known[header(o)] = true
	}
	var out []file
	for _, directory := range slices.Sorted(maps.Keys(e.offers)) {
		for _, o := range e.offers[directory] {
			if o.format.Delimiter == "" || known[header(o)] {
				continue
			}
			known[header(o)] = true
			name := cmp.Or(o.table.Kind, o.table.Name) + strings.TrimSuffix(o.format.Suffix, ".csv")
			if named[name]++; named[name] > 1 {
				name += "-" + strconv.Itoa(named[name])
			}
			schema, err := download.Schema(o.table, o.format)
			if err != nil {
				return nil, err
			}
			out = append(out, file{download.SchemaPath(e.schemasDirectory() + name + ".csv"), schema})
		}
	}
	return out, nil
}

// header is the first line of a CSV: files of the same obey the same schema.
func header(o offer) string {
	var names []string
	for _, c := range o.table.Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, o.format.Delimiter)
}

const boundaryDoc = "GeoJSON en longitudes et latitudes (WGS 84), généralisé. Chaque territoire porte les valeurs brutes des indicateurs, à la date d’arrêt de l’édition\u202f; null quand une valeur manque."

// openData is what the catalogues say of the data of an edition.
func (c *composer) openData(e *edition) download.Set {
	directory := e.base + "donnees/"
	set := download.Set{
		Name: e.setName(), Title: e.title(), Doc: e.dataSummary(), Publisher: c.publisher(), Contact: c.settings.Contact.Email, Source: c.settings.Source,
		Licence: download.NewLicence(c.settings.Licence, c.settings.LicenceURL), PublishedOn: e.about.PublishedOn, From: e.since(), To: e.about.DataState,
	}
	if c.base != "/" {
		set.Homepage = c.base + directory
	}
	for _, o := range e.offers[directory] {
		f := download.File{Path: strings.TrimPrefix(o.file.path, directory), Title: o.table.Title, Doc: o.table.Doc, Format: o.format, Data: o.file.data}
		if o.format.Delimiter != "" {
			f.Schema = download.SchemaPath(f.Path)
		}
		set.Files = append(set.Files, f)
	}
	return set
}

// publisher is who publishes the data.
func (c *composer) publisher() string {
	if c.settings.Publisher.Name != "" {
		return c.settings.Publisher.Name
	}
	return c.settings.Source
}

// dataSummary says in one or two sentences what the data of an edition are.
func (e *edition) dataSummary() string {
	text := "Projets, ESSMS et indicateurs du programme ESMS numérique en France, par région et par département, situation " + e.state() + "."
	switch e.about.State {
	case atlas.Demonstration:
		text += " Données de démonstration" + french.NBSP + ": noms et chiffres sont inventés."
	case atlas.Provisional:
		text += " Données provisoires."
	}
	return text
}

// since is the day of the first decision of the programme that the edition knows; that of the
// data state when it has no project.
func (e *edition) since() time.Time {
	first := e.about.DataState
	for _, p := range e.results.Dataset().Projects {
		if p.DecidedOn.Before(first) {
			first = p.DecidedOn
		}
	}
	return first
}

// catalogue is the DCAT catalogue. There is none when the site does not know its own address: a
// harvester needs absolute ones, and stable.
func (c *composer) catalogue() ([]file, error) {
	if c.base == "/" {
		return nil, nil
	}
	all := download.Catalogue{
		Address: c.base + cataloguePath, Base: c.base, Title: c.settings.Name,
		Doc:       "Données ouvertes de l’atlas régional du programme ESMS numérique, édition par édition.",
		Publisher: c.publisher(), Contact: c.settings.Contact.Email, Licence: download.NewLicence(c.settings.Licence, c.settings.LicenceURL),
		Extent: c.extent(),
	}
	for _, e := range c.editions {
		set := c.openData(e)
		if e.archive != nil {
			var err error
			if set, err = frozenData(e, set); err != nil {
				return nil, err
			}
		}
		if len(set.Files) > 0 {
			all.Sets = append(all.Sets, set)
		}
	}
	data, err := all.JSON()
	return []file{{cataloguePath, data}}, err
}

// extent is the boxes that hold the regions.
func (c *composer) extent() []orb.Bound {
	var out []orb.Bound
	if c.in.Maps != nil {
		for _, b := range c.in.Maps.Boundaries(atlas.RegionLevel) {
			out = append(out, b.Polygons.Bound())
		}
	}
	return out
}

// frozenData is the data that a frozen edition published, as its own data package lists them; an
// edition frozen before there was one has none in the catalogue.
func frozenData(e *edition, set download.Set) (download.Set, error) {
	directory := e.base + "donnees/"
	if !e.archive.Has(directory + packageFile) {
		return set, nil
	}
	about, err := e.archive.Read(directory + packageFile)
	if err != nil {
		return set, err
	}
	return set, set.ReadPackage(about, func(path string) ([]byte, error) { return e.archive.Read(directory + path) })
}

// PublicAddress is the absolute address where the site will stand; empty when nobody gave it. The
// site then has no DCAT catalogue.
func PublicAddress(in Input) (string, error) {
	s, err := readSettings(in.Content)
	if err != nil {
		return "", err
	}
	if in.BaseURL != "" {
		return rooted(in.BaseURL), nil
	}
	if s.URL != "" {
		return rooted(s.URL), nil
	}
	return "", nil
}
