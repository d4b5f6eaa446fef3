package site

import (
	"context"
	"fmt"
	"html/template"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/render"
)

// The fixture: three regions, four departments, two editions; names that would run as a
// script if any template let them.

const hostile = `<script>alert("x")</script> & 'fils'`

func gazetteer() *atlas.Gazetteer {
	region := func(code, name, slug, locative, genitive string, population int) atlas.Territory {
		return atlas.Territory{ID: atlas.RegionID(code), Name: name, Slug: slug, WithArticle: "la " + name,
			Locative: locative, Genitive: genitive, Population: population, MinProjectSize: 15}
	}
	department := func(code, region, name string) atlas.Territory {
		return atlas.Territory{ID: atlas.DepartmentID(code), Region: region, Name: name, Slug: strings.ToLower(name),
			WithArticle: "le " + name, Locative: "dans le " + name, Genitive: "du " + name, Population: 900_000}
	}
	return atlas.NewGazetteer([]atlas.Territory{
		region("53", "Bretagne", "bretagne", "en Bretagne", "de la Bretagne", 3_400_000),
		region("11", "Île-de-France", "ile-de-france", "en Île-de-France", "de l’Île-de-France", 12_300_000),
		region("94", "Corse", "corse", "en Corse", "de la Corse", 350_000),
	}, []atlas.Territory{
		department("35", "53", "Ille-et-Vilaine"), department("29", "53", "Finistère"),
		department("75", "11", "Paris"), department("2A", "94", "Corse-du-Sud"),
	}, nil)
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// projectLine is a project of the fixture; its ESSMS are written « place field » each.
type projectLine struct {
	number  string
	scope   atlas.Scope
	regions []string
	year    int
	subsidy float64
	essms   []string
}

var fixtureProjects = []projectLine{
	{"P1", atlas.Regional, []string{"53"}, 2021, 120_000, []string{"35 PA", "35 PH", "29 PH"}},
	{"P2", atlas.Regional, []string{"53"}, 2022, 80_000.5, []string{"29 PA", "75 PA"}},
	{"P3", atlas.Regional, []string{"11"}, 2022, 300_000, []string{"75 PH", "75 PH", "75 PE", " PA"}},
	{"P4", atlas.National, []string{"11", "53"}, 2022, 900_000, []string{"75 PA", "35 PH", "2A "}},
	{"P5", atlas.Regional, []string{"11"}, 2023, 50_000, []string{"75 DOMICILE"}},
}

// fixtureEdition is the fixture seen at the end of a year.
func fixtureEdition(year int) *dataset.Dataset {
	g := gazetteer()
	ds := &dataset.Dataset{Gazetteer: g, Edition: atlas.Edition{
		Year: year, Title: fmt.Sprintf("Atlas d’essai %d", year), DataState: day(year, 12, 31), PublishedOn: day(year+1, 5, 15),
		State: atlas.Demonstration, Notes: []string{"Note d’essai " + hostile},
		Rounding: map[string]atlas.Rounding{"essms_finances": {{Below: 4, Step: 1}, {Step: 2}}},
	}}
	for _, line := range fixtureProjects {
		if line.year > year {
			continue
		}
		p := &atlas.Project{Number: line.number, Title: "Projet " + hostile, Holder: "Porteur " + hostile, Scope: line.scope,
			Regions: line.regions, DecidedOn: day(line.year, 3, 1), Kind: atlas.Acquisition, Subsidy: line.subsidy}
		for i, text := range line.essms {
			place, field, _ := strings.Cut(text, " ")
			e := &atlas.ESSMS{FINESS: fmt.Sprintf("%s-%d", line.number, i), Name: hostile, Department: place, Field: atlas.Field(field), Status: atlas.Public}
			if t, ok := g.Territory(atlas.DepartmentID(place)); ok {
				e.Region = t.Region
			}
			l := &atlas.Link{Project: p, ESSMS: e, Field: e.Field, Status: e.Status}
			p.Links, e.Links = append(p.Links, l), append(e.Links, l)
			ds.ESSMS = append(ds.ESSMS, e)
		}
		ds.Projects = append(ds.Projects, p)
	}
	ds.Envelopes = []atlas.Envelope{{Region: "53", Year: 2022, Amount: 100_000}}
	ds.Published = []atlas.PublishedFigure{{Indicator: "projets", Territory: atlas.France, Value: 99, Precision: atlas.Exact, Source: hostile}}
	return ds
}

// shuffled changes the order of the records.
func shuffled(ds *dataset.Dataset) *dataset.Dataset {
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(ds.Projects), func(i, j int) { ds.Projects[i], ds.Projects[j] = ds.Projects[j], ds.Projects[i] })
	r.Shuffle(len(ds.ESSMS), func(i, j int) { ds.ESSMS[i], ds.ESSMS[j] = ds.ESSMS[j], ds.ESSMS[i] })
	return ds
}

// boundaries are squares at the place of each territory.
func boundaries() fs.FS {
	square := func(code string, lon, lat, side float64) string {
		return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q},"geometry":{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}`,
			code, lon, lat, lon+side, lat, lon+side, lat+side, lon, lat+side, lon, lat)
	}
	collection := func(features ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)}
	}
	return fstest.MapFS{
		"regions.csv":      {Data: []byte("code\n53\n11\n94\n")},
		"departements.csv": {Data: []byte("code,region\n35,53\n29,53\n75,11\n2A,94\n")},
		"regions.geojson":  collection(square("53", -4, 47, 2), square("11", 2, 48, 1), square("94", 9, 42, 0.5)),
		"departements.geojson": collection(square("29", -4, 47, 1), square("35", -3, 47, 1), square("75", 2, 48, 1),
			square("2A", 9, 42, 0.5)),
	}
}

func fonts() map[string][]byte {
	return map[string][]byte{"source-sans-3-400.woff2": []byte("police 400"),
		"source-sans-3-600.woff2": []byte("police 600"), "source-sans-3-700.woff2": []byte("police 700")}
}

// fixture is the input of the tests: the site's own templates, styles and prose.
func fixture(t testing.TB, editions ...*dataset.Dataset) Input {
	t.Helper()
	maps, err := carto.Load(boundaries())
	if err != nil {
		t.Fatal(err)
	}
	in := Input{
		Content: os.DirFS("../../content"), Templates: os.DirFS("../../templates"), Assets: os.DirFS("../../assets"),
		Fonts: fonts(), Maps: maps, BaseURL: "https://atlas.example/esms",
		Charts: func(_ context.Context, j render.Job) (template.HTML, error) {
			return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %d %d"></svg>`, j.Width, j.Height)), nil
		},
	}
	for _, ds := range editions {
		in.Editions = append(in.Editions, indicator.Compute(ds))
	}
	return in
}

// compose returns the files of a site.
func compose(t testing.TB, in Input) map[string]string {
	t.Helper()
	var mu sync.Mutex
	files := map[string]string{}
	err := Compose(context.Background(), in, func(path string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if _, twice := files[path]; twice {
			return fmt.Errorf("%s written twice", path)
		}
		files[path] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
