package dataset

import (
	"fmt"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/problem"
)

func TestTheScaleIsTheSumOfItsComponents(t *testing.T) {
	in, err := Open("../../data", "")
	if err != nil {
		t.Fatal(err)
	}
	s := in.references.scale
	for _, c := range []struct {
		kind           atlas.ProjectKind
		essms, minimum int
		want           float64
	}{
		{atlas.Acquisition, 20, 15, 20 * 21500},
		{atlas.Acquisition, 49, 15, 49 * 21500},
		{atlas.Acquisition, 50, 0, 49 * 21500}, // not less than a smaller project
		{atlas.Acquisition, 400, 0, 400 * 6000},
		{atlas.Compliance, 20, 15, 20 * 5000},
		{atlas.MixedKind, 20, 15, 20 * 21500},
		{atlas.Compliance, 10, 15, 10*(5000+20000) + 115000}, // a small body
		{atlas.Acquisition, 0, 15, 0},
	} {
		if got, ok := s.ceiling(c.kind, c.essms, c.minimum); got != c.want || ok != (c.want > 0) {
			t.Errorf("%s of %d ESSMS: got %v, want %v", c.kind, c.essms, got, c.want)
		}
	}
	if _, ok := (&scale{}).ceiling(atlas.Acquisition, 20, 15); ok {
		t.Error("got a ceiling without a scale")
	}
}

func TestTheScaleHoldsForTheGeneralisation(t *testing.T) {
	for phase, want := range map[string]string{"Généralisation": "avertissement subvention-hors-bareme Projets!L2", "Amorçage T1": ""} {
		dir := dataDir(t, map[string]string{"references/bareme-subventions-2022.csv": "type_projet,taille,composante,montant_eur_par_essms\nAcquisition,moins de 50 ESSMS,éditeur,10000\n"},
			map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1", "Phase", phase, "Subvention (€)", 30001, "Montant versé (€)", 0), projectRow("P2", "Phase", phase, "Subvention (€)", 30000, "Montant versé (€)", 0)),
				"ESSMS": links(essmsLine("690000001", "P1"), essmsLine("690000002", "P2"))}})
		if _, problems := read(t, dir); brief(problems) != want {
			t.Errorf("%s: got %q, want %q", phase, brief(problems), want)
		}
	}
}

func TestBrokenScaleIsAnError(t *testing.T) {
	for _, row := range []string{"Autre,moins de 50 ESSMS,éditeur,1", "Acquisition,beaucoup,éditeur,1", "Acquisition,moins de 50 ESSMS,éditeur,x"} {
		dir := dataDir(t, map[string]string{"references/bareme-subventions-2022.csv": "type_projet,taille,composante,montant_eur_par_essms\n" + row + "\n"}, nil)
		if _, err := Open(dir, ""); err == nil || !strings.Contains(err.Error(), "bareme-subventions-2022.csv:2") {
			t.Errorf("%s: got error %v, want one at line 2", row, err)
		}
	}
}

func TestWhatIsFrequentAndLegitimateIsToldOnce(t *testing.T) {
	for n, want := range map[int]int{20: 20, 21: 1} {
		ps, es := projects(), links()
		for i := range n {
			ps = append(ps, projectRow(fmt.Sprintf("P%02d", i), "Région", "75"))
			es = append(es, essmsLine(fmt.Sprintf("6900000%02d", i), fmt.Sprintf("P%02d", i)))
		}
		_, problems := readAll(t, dataDir(t, nil, map[string]map[string]grid{"a.xlsx": {"Projets": ps, "ESSMS": es}}))
		counts := map[problem.Code]int{}
		for _, p := range problems {
			counts[p.Code]++
			if p.Code == CodeSmall && n > 20 && (p.Place.Cell() != "A2" || !strings.HasPrefix(p.Message, "21\u00a0projets ont moins d’ESSMS")) {
				t.Errorf("got %s: %s", p.Place, p.Message)
			}
		}
		if counts[CodeSmall] != want || counts[CodeElsewhere] != want {
			t.Errorf("%d projects: got %d and %d pieces of information, want %d", n, counts[CodeSmall], counts[CodeElsewhere], want)
		}
	}
}

func TestProjectsWhoseRowsAreFaultyAreNotSaidEmpty(t *testing.T) {
	_, problems := readAll(t, dataDir(t, nil, map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("R84-001"), projectRow("R84-002")),
		"ESSMS": links(essmsLine("690000001", "R84-0011"), essmsLine("1", "R84-002"))}}))
	if got, want := brief(problems), "avertissement region-sans-projet \nerreur projet-inconnu ESSMS!B2\nerreur finess-malforme ESSMS!A3"; strings.ReplaceAll(got, "projet !", "projet ") != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTotalsThatJumpAreReported(t *testing.T) {
	made := func(year, projects, essms int, subsidy float64) *Dataset {
		ds := &Dataset{Edition: atlas.Edition{Year: year}, Gazetteer: testGazetteer(t)}
		for range projects {
			ds.Projects = append(ds.Projects, &atlas.Project{Scope: atlas.Regional, Regions: []string{"53"}, Subsidy: subsidy / float64(projects)})
		}
		for range essms {
			ds.ESSMS = append(ds.ESSMS, &atlas.ESSMS{Region: "53"})
		}
		return ds
	}
	former := made(2022, 100, 1000, 1e6)
	for _, c := range []struct {
		name    string
		current *Dataset
		want    []string
	}{
		{"growth", made(2023, 300, 3000, 3e6), nil},
		{"a project withdrawn", made(2023, 98, 1000, 1e6), nil},
		{"a fall of projects", made(2023, 97, 1000, 1e6), []string{"France\u00a0: 97\u00a0projets, contre 100\u00a0projets dans l’édition 2022", "Bretagne\u00a0: 97\u00a0projets, contre 100\u00a0projets dans l’édition 2022"}},
		{"euros for thousands", made(2023, 110, 1100, 1.1e9), []string{"France\u00a0: 1\u202f100\u202f000\u202f000,00\u00a0€ de subventions, contre 1\u202f000\u202f000,00\u00a0€ de subventions dans l’édition 2022", "Bretagne\u00a0: 1\u202f100\u202f000\u202f000,00\u00a0€ de subventions, contre 1\u202f000\u202f000,00\u00a0€ de subventions dans l’édition 2022"}},
	} {
		var problems problem.List
		CompareTotals(former, c.current, &problems)
		var got []string
		for _, p := range problems.Sorted() {
			if p.Code == CodeJump {
				got = append(got, p.Message)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(strings.Join(got, "\n"), w) {
				t.Errorf("%s: got %q, want %q in it", c.name, got, w)
			}
		}
	}
	var none problem.List
	CompareTotals(nil, former, &none)
	if len(none.Sorted()) > 0 {
		t.Error("got problems without a former edition")
	}
}
