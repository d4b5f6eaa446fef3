package dataset

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

const monthly = `{"schemaVersion":"v1","gco":[{"a":[1,{}]}],"pmej":[
{"informationsGeneralesPMEJ":{"numFinessPm":"690000099","statutJuridique":"60"},"ege":[
 {"informationsGeneralesEGE":{"numFinessEge":"690000001","nomEgeCourt":"COURT","nomEgeLong":null},"categorieentiteGeographiqueExercice":"183","adresse":[{"cogCommune":null},{"cogCommune":"01053"}],"etatObjet":"I"},
 {"informationsGeneralesEGE":{"numFinessEge":"690000002","nomEgeLong":"LONG"},"categorieentiteGeographiqueExercice":"355","adresse":[],"etatObjet":"A"}]},
{"informationsGeneralesPMEJ":{"statutJuridique":"17"},"ege":[]}],"gcc":null}`

const former = "finess;etalab;111;2026-05-12\n" +
	"structureet;690000003;690000099;R.S.;MAISON \xc9T\xc9;;;1;R;X;;;053;01;AIN;01000 BOURG;;;500;EHPAD;4401;x;;;;;;;;;\n" +
	"structureet;970400004;970400099;SAINT;;;;1;R;X;;;411;9D;LA REUNION;97400;;;354;S;4605;x;;;;;;;;;\n" +
	"geolocalisation;690000005;1;2\n"

func gzipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEmptyCellsAreCompletedFromTheRegister(t *testing.T) {
	empty := []any{"Raison sociale", nil, "Catégorie", nil, "Champ d’intervention", nil, "Statut", nil, "Commune", nil}
	line := func(finess string) []any { return essmsLine(finess, "P1", append([]any(nil), empty...)...) }
	ds, problems := read(t, dataDir(t, map[string]string{
		"references/finess-structures-mensuel-202607.json.gz": gzipped(t, monthly),
		"references/etalab-cs1100507-stock.csv":               former,
	}, map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")),
		"ESSMS": links(line("690000001"), line("690000002"), line("690000003"), line("970400004"), essmsLine("690000006", "P1", "Commune", "33063"))}}))
	if ds == nil {
		t.Fatal(full(problems))
	}
	var got []string
	for _, e := range ds.ESSMS {
		got = append(got, strings.Join([]string{e.FINESS, e.Name, e.Category, string(e.Field), string(e.Status), e.Commune, e.Region}, "|"))
	}
	want := []string{"690000001|COURT|183|PH|privé non lucratif|01053|84", "690000002|LONG|||privé non lucratif||", "690000003|MAISON ÉTÉ|500|PA||01053|84",
		"690000006|ESSMS|500|PA|public|33063|75", "970400004|SAINT|354|DOMICILE||97411|04"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %s, want %s", got[i], want[i])
		}
	}
	if got, want := brief(problems), "information finess-ferme ESSMS!A2\navertissement categorie-hors-essms ESSMS!D3\navertissement valeur-inconnue ESSMS!G3\navertissement valeur-inconnue ESSMS!F4\navertissement valeur-inconnue ESSMS!F5\navertissement finess-inconnu ESSMS!A6"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTheAddressOfTheEstablishmentItselfLocatesIt(t *testing.T) {
	const entity = `{"pmej":[{"ege":[{"informationsGeneralesEGE":{"numFinessEge":"2A0002408"},"adresse":[%s]}]}]}`
	for addresses, want := range map[string]string{
		`{"usageAdresse":"04","cogCommune":"2A247"},{"usageAdresse":"03","cogCommune":"2A004"}`: "2A004",
		`{"usageAdresse":"03","cogCommune":"2A004"},{"usageAdresse":"06","cogCommune":"75056"}`: "2A004",
		`{"usageAdresse":"06","cogCommune":"2A247"},{"usageAdresse":"03","cogCommune":null}`:    "2A247",
		`{"cogCommune":"2A247"},{"cogCommune":"2A004"}`:                                         "2A247",
	} {
		var got []string
		err := new(references).readMonthly(strings.NewReader(fmt.Sprintf(entity, addresses)), func(_ string, e establishment) { got = append(got, e.commune) })
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, %v, want %s", addresses, got, err, want)
		}
	}
}

func TestFormerCommuneCodes(t *testing.T) {
	for _, c := range [][3]string{{"053", "01", "01053"}, {"004", "2A", "2A004"}, {"105", "9A", "97105"}, {"801", "9A", "97801"}, {"411", "9D", "97411"}, {"608", "9F", "97608"}, {"411", "9C", ""}, {"1", "01", ""}} {
		if got := formerCommuneCode(c[0], c[1]); got != c[2] {
			t.Errorf("commune %s of %s: got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestExtractsThatDoNotReadAreReported(t *testing.T) {
	whole := gzipped(t, monthly)
	for name, test := range map[string]struct{ file, text, want string }{
		"cut":             {"finess.json", monthly[:300], "erreur extrait-illisible references/finess.json"},
		"cut, compressed": {"finess.json.gz", whole[:len(whole)-20], "erreur extrait-illisible references/finess.json.gz"},
		"not compressed":  {"finess.json.gz", monthly, "erreur extrait-illisible references/finess.json.gz"},
		"a list":          {"finess.json", "[]", "erreur extrait-illisible references/finess.json"},
		"of something":    {"etalab-cs1100502.csv", "\x00\x01\xff;a;b\nx", "avertissement extrait-sans-etablissement references/etalab-cs1100502.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := read(t, dataDir(t, map[string]string{"references/" + test.file: test.text},
				map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")), "ESSMS": links(essmsLine("690000001", "P1"))}}))
			var got []string
			for _, p := range problems {
				if strings.HasPrefix(string(p.Code), "extrait") {
					got = append(got, fmt.Sprintf("%s %s %s", p.Severity, p.Code, p.Place.File))
				}
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzRegister(f *testing.F) {
	f.Add([]byte(monthly))
	f.Add([]byte(former))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &references{}
		for _, read := range []func() error{
			func() error { return r.readMonthly(bytes.NewReader(data), func(string, establishment) {}) },
			func() error { return r.readFormer(bytes.NewReader(data), func(string, establishment) {}) },
		} {
			_ = read() // errors are fine, panics are not
		}
	})
}
