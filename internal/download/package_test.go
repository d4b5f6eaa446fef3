package download

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/piprate/json-gold/ld"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// set is the open data of an edition, whose words are hostile.
func set(t *testing.T) Set {
	t.Helper()
	s := Set{
		Name: "atlas-2023", Title: "Atlas 2023 " + hostile[6], Doc: "Données d’essai. " + hostile[0], Homepage: "https://atlas.example/2023/donnees/",
		Publisher: "Éditeur " + hostile[7], Contact: "contact@atlas.example", Source: "CNSA",
		Licence:     NewLicence("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
		PublishedOn: time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC), From: time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC),
	}
	for _, table := range tables()[:3] {
		for _, f := range Formats {
			file := File{Path: table.Name + f.Suffix, Title: table.Title, Doc: table.Doc, Format: f, Data: encode(t, func(b *bytes.Buffer) error { return f.Encode(b, table) })}
			if f.Delimiter != "" {
				file.Schema = SchemaPath(file.Path)
			}
			s.Files = append(s.Files, file)
		}
	}
	s.Files = append(s.Files, File{Path: "regions.geojson", Title: "Régions", Doc: "Limites.", Format: GeoJSONFormat,
		Data: GeoJSON(world(2023), atlas.RegionLevel, squares())})
	return s
}

func TestPackageDescribesEveryFileAsItIs(t *testing.T) {
	s := set(t)
	data, err := s.Package()
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Name, Title, Description string
		Licenses                 []struct{ Name, Path string }
		Resources                []struct {
			Profile, Name, Path, Format, Mediatype, Hash, Schema, Encoding string
			Bytes                                                          int
			Dialect                                                        struct{ Delimiter, LineTerminator string }
		}
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	if p.Name != "atlas-2023" || p.Title != s.Title || p.Description != s.Doc || p.Licenses[0].Name != "etalab-2.0" || p.Licenses[0].Path != s.Licence.URL {
		t.Errorf("package %+v", p)
	}
	names := map[string]bool{}
	for i, r := range p.Resources {
		f := s.Files[i]
		sum := sha256.Sum256(f.Data)
		if r.Path != f.Path || r.Bytes != len(f.Data) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Mediatype != f.Format.MediaType || r.Format == "" || r.Schema != f.Schema {
			t.Errorf("resource %+v of %s", r, f.Path)
		}
		if !regexp.MustCompile(`^[-a-z0-9._]+$`).MatchString(r.Name) || names[r.Name] {
			t.Errorf("%s: the name %q is twice there, or not one of a resource", r.Path, r.Name)
		}
		names[r.Name] = true
		if strings.HasPrefix(r.Path, "/") || strings.Contains(r.Path, "..") {
			t.Errorf("path %s is not below the package", r.Path)
		}
		if r.Format == "csv" && (r.Profile != "tabular-data-resource" || !bytes.Contains(f.Data, []byte(r.Dialect.Delimiter)) || !bytes.Contains(f.Data, []byte(r.Dialect.LineTerminator))) {
			t.Errorf("%s: %s, dialect %+v", r.Path, r.Profile, r.Dialect)
		}
	}
	if len(p.Resources) != len(s.Files) {
		t.Errorf("%d resources for %d files", len(p.Resources), len(s.Files))
	}
}

func TestPackageReadsBackToTheFiles(t *testing.T) {
	s := set(t)
	data, err := s.Package()
	if err != nil {
		t.Fatal(err)
	}
	back := Set{Name: s.Name}
	err = back.ReadPackage(data, func(path string) ([]byte, error) {
		i := slices.IndexFunc(s.Files, func(f File) bool { return f.Path == path })
		return s.Files[i].Data, nil
	})
	if err != nil || len(back.Files) != len(s.Files) {
		t.Fatalf("%d files, want %d (%v)", len(back.Files), len(s.Files), err)
	}
	for i, f := range back.Files {
		want := s.Files[i]
		if f.Path != want.Path || f.Title != want.Title || f.Format.Suffix != want.Format.Suffix || f.Schema != want.Schema || f.Hash() != want.Hash() {
			t.Errorf("file %+v, want %+v", f.Path, want.Path)
		}
	}
	if err := back.ReadPackage([]byte("{"), nil); err == nil {
		t.Error("a broken package is read")
	}
}

func TestSumsAreThoseOfTheFiles(t *testing.T) {
	s := set(t)
	for line := range strings.Lines(string(s.Sums())) {
		hash, path, _ := strings.Cut(strings.TrimSpace(line), "  ")
		i := slices.IndexFunc(s.Files, func(f File) bool { return f.Path == path })
		if i < 0 {
			t.Fatalf("no file %q", path)
		}
		if sum := sha256.Sum256(s.Files[i].Data); hash != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %s", path, hash)
		}
	}
}

func squares() []Boundary {
	ring := func(lon, lat, side float64) orb.Ring { // clockwise
		return orb.Ring{{lon, lat}, {lon, lat + side}, {lon + side, lat + side}, {lon + side, lat}, {lon, lat}}
	}
	return []Boundary{
		{"01", orb.MultiPolygon{{ring(-61.5, 16, 0.5)}, {ring(-61.1, 15.9, 0.125)}}},
		{"53", orb.MultiPolygon{{ring(-4, 47, 2), ring(-3.5, 47.5, 1)}}},
		{"99", orb.MultiPolygon{{ring(0, 0, 1)}}},
	}
}

func TestGeoJSONHoldsTheTrueOutlinesAndTheRawValues(t *testing.T) {
	r := world(2023)
	given := squares()
	data := GeoJSON(r, atlas.RegionLevel, given)
	var c struct {
		Type     string
		Features []struct {
			ID         string
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates orb.MultiPolygon
			}
		}
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if c.Type != "FeatureCollection" || len(c.Features) != 2 {
		t.Fatalf("%s of %d features", c.Type, len(c.Features))
	}
	for i, f := range c.Features {
		territory := r.Gazetteer().Regions()[i]
		if f.ID != territory.ID.String() || f.Properties["code"] != territory.ID.Code || f.Properties["nom"] != territory.Name || f.Properties["annee"] != 2023.0 {
			t.Errorf("feature %s: %v", f.ID, f.Properties)
		}
		for j := range indicator.All {
			ind := &indicator.All[j]
			got, found := f.Properties[string(ind.ID)]
			if found != ind.Has(atlas.RegionLevel) {
				t.Errorf("%s: property %s: %v", f.ID, ind.ID, found)
			}
			if v := r.Value(ind.ID, territory.ID, 2023); found && (v.Shown() && got != v.Number || !v.Shown() && got != nil) {
				t.Errorf("%s: %s is %v, want %+v", f.ID, ind.ID, got, v)
			}
		}
		for _, polygon := range f.Geometry.Coordinates {
			for k, ring := range polygon {
				if want := [...]orb.Orientation{orb.CCW, orb.CW}[min(k, 1)]; ring.Orientation() != want || !ring.Closed() {
					t.Errorf("%s: ring %d turns %v, want %v", f.ID, k, ring.Orientation(), want)
				}
			}
		}
		if got, want := f.Geometry.Coordinates.Bound(), given[i].Polygons.Bound(); got != want {
			t.Errorf("%s: box %v, want %v", f.ID, got, want)
		}
	}
	if given[0].Polygons[0][0].Orientation() != orb.CW {
		t.Error("the boundaries given were changed")
	}
}

// triples are the RDF of a JSON-LD, as another program reads it.
func triples(t *testing.T, data []byte) []*ld.Quad {
	t.Helper()
	var document any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = noLoader{t}
	options.ProcessingMode = ld.JsonLd_1_1
	made, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		t.Fatal(err)
	}
	dataset, ok := made.(*ld.RDFDataset)
	if !ok {
		t.Fatalf("RDF is a %T", made)
	}
	text, err := (&ld.NQuadRDFSerializer{}).Serialize(dataset)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := ld.ParseNQuads(text.(string))
	if err != nil {
		t.Fatalf("the RDF does not parse: %v", err)
	}
	return parsed.GetQuads("@default")
}

// noLoader fails the test that needs the network.
type noLoader struct{ t *testing.T }

func (l noLoader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	l.t.Errorf("the catalogue needs %s", u)
	return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, u)
}

func TestCatalogueIsRDFThatAHarvesterUnderstands(t *testing.T) {
	s := set(t)
	c := Catalogue{Address: "https://atlas.example/catalogue.jsonld", Base: "https://atlas.example/", Title: "Catalogue", Doc: "Tout.",
		Publisher: s.Publisher, Contact: s.Contact, Licence: s.Licence, Sets: []Set{s}, Extent: []orb.Bound{squares()[0].Polygons.Bound()}}
	data, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := c.JSON()
	if !bytes.Equal(data, again) {
		t.Error("the catalogue differs when written twice")
	}
	of := map[string]map[string][]string{} // subject, predicate: objects
	for _, q := range triples(t, data) {
		subject, predicate := q.Subject.GetValue(), short(q.Predicate.GetValue())
		if of[subject] == nil {
			of[subject] = map[string][]string{}
		}
		of[subject][predicate] = append(of[subject][predicate], q.Object.GetValue())
		if strings.Contains(predicate, ":") && !strings.HasPrefix(predicate, "http") {
			continue
		}
		t.Errorf("predicate %s is of no vocabulary", predicate)
	}
	kinds := map[string][]string{}
	for subject, properties := range of {
		for _, kind := range properties["rdf:type"] {
			kinds[short(kind)] = append(kinds[short(kind)], subject)
		}
	}
	if len(kinds["dcat:Catalog"]) != 1 || len(kinds["dcat:Dataset"]) != 4 || len(kinds["dcat:Distribution"]) != len(s.Files) {
		t.Fatalf("kinds %v", kinds)
	}
	for kind, wanted := range map[string][]string{
		"dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dct:license", "dct:spatial", "dct:issued", "dct:modified", "foaf:homepage"},
		"dcat:Dataset": {"dct:identifier", "dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dct:temporal", "dct:spatial", "dct:license",
			"dct:issued", "dcat:theme", "dcat:keyword", "dcat:landingPage", "dcat:distribution"},
		"dcat:Distribution":  {"dct:title", "dcat:accessURL", "dcat:downloadURL", "dcat:byteSize", "dcat:mediaType", "dct:format", "spdx:checksum", "dct:license"},
		"vcard:Organization": {"vcard:fn", "vcard:hasEmail"},
		"dct:PeriodOfTime":   {"dcat:startDate", "dcat:endDate"},
		"spdx:Checksum":      {"spdx:algorithm", "spdx:checksumValue"},
	} {
		for _, subject := range kinds[kind] {
			for _, p := range wanted {
				if len(of[subject][p]) == 0 {
					t.Errorf("%s %s has no %s", kind, subject, p)
				}
			}
		}
	}
	identifiers := map[string]bool{}
	for _, d := range kinds["dcat:Dataset"] {
		identifiers[strings.Join(of[d]["dct:identifier"], " ")] = true
	}
	if len(identifiers) != 4 || !identifiers["atlas-2023-projets"] {
		t.Errorf("identifiers %v", identifiers)
	}
	for _, d := range kinds["dcat:Distribution"] {
		path := strings.TrimPrefix(of[d]["dcat:downloadURL"][0], s.Homepage)
		i := slices.IndexFunc(s.Files, func(f File) bool { return f.Path == path })
		if i < 0 {
			t.Errorf("%s downloads %s, which is no file", d, path)
			continue
		}
		if got := of[of[d]["spdx:checksum"][0]]["spdx:checksumValue"][0]; got != s.Files[i].Hash() {
			t.Errorf("%s: checksum %s", path, got)
		}
	}
}

func short(iri string) string {
	for prefix, space := range vocabularies {
		if rest, ok := strings.CutPrefix(iri, space.(string)); ok {
			return prefix + ":" + rest
		}
	}
	if rest, ok := strings.CutPrefix(iri, "http://www.w3.org/1999/02/22-rdf-syntax-ns#"); ok {
		return "rdf:" + rest
	}
	return iri
}
