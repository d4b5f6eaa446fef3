package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/piprate/json-gold/ld"

	"esms.example/atlas/internal/atlas"
)

// linkedData returns what a page says of its data.
func linkedData(t *testing.T, page string) []string {
	t.Helper()
	var out []string
	for _, m := range regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	return out
}

// schemaOrg stands for the context of schema.org, which no test fetches: every term is one of its vocabulary.
type schemaOrg struct{ t *testing.T }

func (s schemaOrg) LoadDocument(u string) (*ld.RemoteDocument, error) {
	if u != "https://schema.org" {
		s.t.Errorf("the page needs %s", u)
	}
	return &ld.RemoteDocument{DocumentURL: u, Document: map[string]any{"@context": map[string]any{"@vocab": "https://schema.org/"}}}, nil
}

func TestPagesDescribeTheirDataToSearchEngines(t *testing.T) {
	ds := fixtureEdition(2023)
	ds.Edition.Title = `Atlas </script><script>alert("x")</script> <!-- ` + hostile
	files := compose(t, fixture(t, ds))
	for _, name := range []string{"2023/donnees/index.html", "2023/indicateurs/taux_engagement/index.html"} {
		blocks := linkedData(t, files[name])
		if len(blocks) != 1 {
			t.Fatalf("%s: %d descriptions, want one", name, len(blocks))
		}
		var document any
		if err := json.Unmarshal([]byte(blocks[0]), &document); err != nil {
			t.Fatalf("%s: %v in %.200s", name, err, blocks[0])
		}
		options := ld.NewJsonLdOptions("https://atlas.example/esms/" + path.Dir(name) + "/")
		options.DocumentLoader = schemaOrg{t}
		expanded, err := ld.NewJsonLdProcessor().Expand(document, options)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := fmt.Sprint(expanded)
		for _, wanted := range []string{"https://schema.org/Dataset", "https://schema.org/DataDownload", "https://schema.org/license", ds.Edition.Title,
			"https://atlas.example/esms/" + path.Dir(name) + "/"} {
			if !strings.Contains(got, wanted) {
				t.Errorf("%s: no %q in %.300s", name, wanted, got)
			}
		}
		checkDownloads(t, name, document, files)
	}
	if blocks := linkedData(t, files["methode/index.html"]); blocks != nil {
		t.Errorf("a page without data describes %q", blocks)
	}
}

// checkDownloads compares what a page says of its files with the files.
func checkDownloads(t *testing.T, page string, document any, files map[string]string) {
	t.Helper()
	downloads, _ := document.(map[string]any)["distribution"].([]any)
	if len(downloads) == 0 {
		t.Errorf("%s describes no file", page)
	}
	for _, d := range downloads {
		d := d.(map[string]any)
		name := strings.TrimPrefix(fmt.Sprint(d["contentUrl"]), "https://atlas.example/esms/")
		data, found := files[name]
		sum := sha256.Sum256([]byte(data))
		if !found || d["sha256"] != hex.EncodeToString(sum[:]) || d["contentSize"] != fmt.Sprintf("%d B", len(data)) {
			t.Errorf("%s: file %s (%v) is not as described: %v", page, name, found, d)
		}
	}
}

func TestDataOfAnEditionAreDescribedAsTheyAre(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	var about struct {
		Resources []struct {
			Path, Hash, Schema string
			Bytes              int
		}
	}
	if err := json.Unmarshal([]byte(files["2023/donnees/datapackage.json"]), &about); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, r := range about.Resources {
		listed[r.Path] = true
		data := files["2023/donnees/"+r.Path]
		sum := sha256.Sum256([]byte(data))
		if r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || r.Bytes != len(data) {
			t.Errorf("%s is not as the data package says", r.Path)
		}
		if (path.Ext(r.Path) == ".csv") != (r.Schema != "") || r.Schema != "" && files["2023/donnees/"+r.Schema] == "" {
			t.Errorf("%s: schema %q", r.Path, r.Schema)
		}
		if !strings.Contains(files["2023/donnees/index.html"], `href="`+r.Path+`"`) || !strings.Contains(files["2023/donnees/index.html"], strings.TrimPrefix(r.Hash, "sha256:")) {
			t.Errorf("the page of the data shows neither %s nor its digest", r.Path)
		}
	}
	for name := range files {
		if rest, ok := strings.CutPrefix(name, "2023/donnees/"); ok && !listed[rest] && regexp.MustCompile(`\.(csv|xlsx|geojson)$`).MatchString(rest) {
			t.Errorf("the data package does not list %s", rest)
		}
	}
	if !listed["regions.geojson"] || !listed["lignes.csv"] {
		t.Errorf("files listed: %v", listed)
	}
}

func TestEveryCSVHasASchemaOfItsColumns(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2022), fixtureEdition(2023)))
	schemas := map[string]bool{}
	for name, data := range files {
		if !strings.HasPrefix(name, "2023/") || !strings.HasSuffix(name, ".schema.json") {
			continue
		}
		var s struct {
			Fields []struct{ Name, Title, Description, Type string }
		}
		if err := json.Unmarshal([]byte(data), &s); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range s.Fields {
			names = append(names, f.Name)
			if f.Title == "" || f.Description == "" || f.Type == "" {
				t.Errorf("%s: field %+v", name, f)
			}
		}
		schemas[strings.Join(names, ",")] = true
	}
	for name, data := range files {
		if strings.HasPrefix(name, "2023/") && path.Ext(name) == ".csv" {
			first, _, _ := strings.Cut(strings.TrimPrefix(data, "\ufeff"), "\n")
			if columns := strings.ReplaceAll(strings.TrimSpace(first), ";", ","); !schemas[columns] {
				t.Errorf("no schema has the columns of %s: %s", name, columns)
			}
		}
	}
}

func TestCatalogueNeedsTheAddressOfTheSite(t *testing.T) {
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	files := compose(t, in)
	var c struct {
		Datasets []struct {
			ID string `json:"dct:identifier"`
		} `json:"dcat:dataset"`
	}
	if err := json.Unmarshal([]byte(files[cataloguePath]), &c); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range c.Datasets {
		if seen[d.ID] {
			t.Errorf("two datasets %s", d.ID)
		}
		seen[d.ID] = true
	}
	if !seen["atlas-esms-numerique-2022-projets"] || !seen["atlas-esms-numerique-2023-regions"] {
		t.Errorf("datasets %v", seen)
	}
	for _, m := range regexp.MustCompile(`"dcat:downloadURL": \{\s*"@id": "([^"]+)"`).FindAllStringSubmatch(files[cataloguePath], -1) {
		if name, ok := strings.CutPrefix(m[1], "https://atlas.example/esms/"); !ok || files[name] == "" {
			t.Errorf("the catalogue offers %s, which is no file of the site", m[1])
		}
	}
	in.BaseURL, in.Content = "", withoutAddress(t, in.Content)
	if _, found := compose(t, in)[cataloguePath]; found {
		t.Error("a site that does not know its address has a catalogue")
	}
	if address, err := PublicAddress(in); err != nil || address != "" {
		t.Errorf("address %q, %v", address, err)
	}
}

// withoutAddress is the content of a site whose settings give no address.
func withoutAddress(t *testing.T, content fs.FS) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content, name)
		if name == settingsFile {
			data = regexp.MustCompile(`(?m)^url = .*$`).ReplaceAll(data, []byte(`url = ""`))
		}
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBoundariesHaveTheValuesOfTheCSV(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	files := compose(t, in)
	for _, b := range boundaryNames {
		var c struct {
			Features []struct{ Properties map[string]any }
		}
		if err := json.Unmarshal([]byte(files["2023/donnees/"+b.name+".geojson"]), &c); err != nil {
			t.Fatal(err)
		}
		if want := len(in.Editions[0].Gazetteer().At(b.level)); len(c.Features) != want {
			t.Errorf("%s: %d territories, want %d", b.name, len(c.Features), want)
		}
		for _, f := range c.Features {
			id := atlas.TerritoryID{Level: b.level, Code: f.Properties["code"].(string)}
			if v := in.Editions[0].Value("essms_finances", id, 2023); f.Properties["essms_finances"] != v.Number {
				t.Errorf("%s: essms_finances %v, want %v", id, f.Properties["essms_finances"], v.Number)
			}
		}
	}
}
