package dataset

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestGazetteerErrorsNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ name, file, from, to, want string }{
		{"missing column", "regions.csv", "seuil_essms", "seuil", "regions.csv:1"},
		{"population that is none", "departements.csv", "679344", "beaucoup", "departements.csv:2"},
		{"code twice", "communes.csv", "01004", "01053", "communes.csv:3"},
		{"unknown region of a department", "departements.csv", "gironde,75", "gironde,72", "departements.csv:4"},
		{"unknown department of a commune", "communes.csv", "Ajaccio,2A", "Ajaccio,2B", "communes.csv:7"},
		{"empty name", "regions.csv", "94,Corse,", "94,,", "regions.csv:6"},
		{"line of another length", "communes.csv", "Bordeaux,33", "Bordeaux", "communes.csv:5\u00a0: la ligne n’a pas autant de colonnes"},
		{"quotation mark", "communes.csv", "Bordeaux,33", `"Bordeaux,33`, "communes.csv:7\u00a0: un guillemet"},
		{"not in UTF-8", "communes.csv", "Bordeaux", "B\xe9gles", "communes.csv:5\u00a0: la ligne n’est pas en UTF-8"},
		{"address out of the site", "regions.csv", "corse", "../x", "regions.csv:6\u00a0: slug"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range referenceFiles {
				if base, ok := strings.CutPrefix(name, "territoires/"); ok {
					if base == c.file {
						text = strings.Replace(text, c.from, c.to, 1)
					}
					fsys[base] = &fstest.MapFile{Data: []byte(text)}
				}
			}
			if _, err := ReadGazetteer(fsys); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want an error of %s", err, c.want)
			}
		})
	}
}

func TestAnEmptyReferenceFileIsSaidInFrench(t *testing.T) {
	_, err := ReadGazetteer(fstest.MapFS{"regions.csv": {}})
	if want := "regions.csv:1\u00a0: le fichier est vide"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSheetsAreDocumented(t *testing.T) {
	sheets := Sheets()
	if len(sheets) != 8 {
		t.Fatalf("got %d sheets, want 8", len(sheets))
	}
	for _, s := range sheets {
		if s.Doc == "" || len(s.Columns) == 0 {
			t.Errorf("sheet %s is not documented", s.Name)
		}
		for _, c := range s.Columns {
			if c.Doc == "" || c.Example == "" || c.CellRequired && !c.Required {
				t.Errorf("column %s of %s: doc %q, example %q", c.Header, s.Name, c.Doc, c.Example)
			}
		}
	}
}
