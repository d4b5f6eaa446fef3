package download

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
)

// results is an edition of one region, one department and one project with one ESSMS.
func results() *indicator.Results {
	region := atlas.Territory{ID: atlas.RegionID("01"), Name: "Guadeloupe", Population: 1000, MinProjectSize: 8}
	department := atlas.Territory{ID: atlas.DepartmentID("971"), Name: "Guadeloupe", Region: "01", Population: 1000}
	day := time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC)
	p := &atlas.Project{Number: "P-1", Title: "=HYPERLINK(\"x\")", Holder: "Les \"Tilleuls\", asso", Scope: atlas.Regional, Regions: []string{"01"},
		DecidedOn: day, Kind: atlas.Acquisition, Subsidy: 1234.5, Infrastructure: atlas.Yes}
	e := &atlas.ESSMS{FINESS: "970100001", Name: "-1+2", Commune: "97105", Department: "971", Region: "01", Field: atlas.Elderly}
	l := &atlas.Link{Project: p, ESSMS: e, Field: atlas.Elderly}
	p.Links, e.Links = []*atlas.Link{l}, []*atlas.Link{l}
	return indicator.Compute(&dataset.Dataset{
		Edition:   atlas.Edition{Year: 2023, DataState: time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)},
		Gazetteer: atlas.NewGazetteer([]atlas.Territory{region}, []atlas.Territory{department}, nil),
		Projects:  []*atlas.Project{p}, ESSMS: []*atlas.ESSMS{e},
	})
}

func read(t *testing.T, table Table) [][]string {
	t.Helper()
	var b strings.Builder
	if err := CSV(&b, table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestIndicatorsHaveOneRowWhereverTheyExist(t *testing.T) {
	rows := read(t, Indicators(results()))
	if got, want := strings.Join(rows[0], ","), "edition,annee,niveau,code,territoire,indicateur,valeur,numerateur,denominateur,unite,statut"; got != want {
		t.Errorf("header %s, want %s", got, want)
	}
	want := 0
	for _, ind := range indicator.All {
		want += len(ind.Levels)
	}
	if len(rows)-1 != want {
		t.Errorf("%d rows, want %d", len(rows)-1, want)
	}
	for _, line := range []string{
		"2023,2023,pays,FR,France,essms_finances,1,,,ESSMS,disponible",
		"2023,2023,region,01,Guadeloupe,essms_pour_100000_habitants,100,1,1000,ESSMS,disponible",
		"2023,2023,departement,971,Guadeloupe,part_handicap_essms,0,0,1,part,disponible",
		"2023,2023,region,01,Guadeloupe,taux_couverture,,1,,part,non_disponible",
		"2023,2023,region,01,Guadeloupe,subvention_moyenne_regionale,1234.5,1234.5,1,EUR,disponible",
		"2023,2023,region,01,Guadeloupe,enveloppe,,,,EUR,non_disponible",
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return strings.Join(r, ",") == line }) {
			t.Errorf("no row %s", line)
		}
	}
}

func TestTextThatASpreadsheetWouldRunIsNeutralised(t *testing.T) {
	r := results()
	s := r.Slice(atlas.RegionID("01"), 2023)
	project := read(t, Projects(s))[1]
	if project[1] != "'=HYPERLINK(\"x\")" || project[2] != "Les \"Tilleuls\", asso" || project[7] != "2023-06-01" || project[11] != "1234.5" || project[12] != "" {
		t.Errorf("project row %q", project)
	}
	essms := read(t, ESSMS(s))[1]
	if essms[0] != "970100001" || essms[1] != "'-1+2" || essms[8] != "P-1" {
		t.Errorf("ESSMS row %q", essms)
	}
}

func TestEveryColumnIsNamedForMachinesAndDocumented(t *testing.T) {
	r := results()
	s := r.Slice(atlas.France, 2023)
	for _, table := range []Table{Indicators(r), Projects(s), ESSMS(s), Indicator(r, indicator.ByID("projets")), TerritoryIndicators(r, s.Territory)} {
		for _, c := range table.Columns {
			if c.Doc == "" || strings.ToLower(c.Name) != c.Name || strings.ContainsAny(c.Name, " éèàêç’'-") {
				t.Errorf("%s: column %q (%q)", table.Name, c.Name, c.Doc)
			}
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Errorf("%s: a row of %d cells for %d columns", table.Name, len(row), len(table.Columns))
			}
		}
	}
}
