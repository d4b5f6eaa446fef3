package indicator

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
)

func TestEveryIndicatorIsTitledDefinedAndDocumented(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	seen := map[ID]bool{}
	titles := map[string]bool{}
	for i := range All {
		ind := &All[i]
		if seen[ind.ID] || titles[ind.Title] {
			t.Errorf("%s: name or title used twice", ind.ID)
		}
		seen[ind.ID], titles[ind.Title] = true, true
		if !name.MatchString(string(ind.ID)) {
			t.Errorf("%s: not a name for URLs and CSV", ind.ID)
		}
		for what, text := range map[string]string{"title": ind.Title, "short": ind.Short, "champ": ind.Champ, "theme": string(ind.Theme), "unit": string(ind.Unit)} {
			if text == "" || strings.HasSuffix(text, ".") {
				t.Errorf("%s: %s %q is empty or ends with a full stop", ind.ID, what, text)
			}
		}
		for what, text := range map[string]string{"definition": ind.Definition, "method": ind.Method, "sentence": ind.Sentence} {
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %s %q is no sentence", ind.ID, what, text)
			}
			if strings.Contains(text, "'") || strings.Contains(text, " %") || strings.Contains(text, " ;") || strings.Contains(text, "« ") || strings.Contains(text, " :") {
				t.Errorf("%s: %s %q has an apostrophe or a space of the wrong kind", ind.ID, what, text)
			}
		}
		if !strings.HasPrefix(ind.Sentence, "{lieu}, ") || strings.Count(ind.Sentence, "{valeur}") != 1 {
			t.Errorf("%s: sentence %q lacks its places", ind.ID, ind.Sentence)
		}
		if !slices.Contains(Themes, ind.Theme) {
			t.Errorf("%s: theme %q is not listed", ind.ID, ind.Theme)
		}
		if len(ind.Levels) == 0 || ind.Compute == nil || ind.Display.Scale == 0 || (ind.Display.Suffix == "") == (ind.Display.Plural == "") {
			t.Errorf("%s: levels, computation or display missing", ind.ID)
		}
		if ind.Map == Classes && !ind.Ratio() || ind.Map == Circles && ind.Ratio() {
			t.Errorf("%s: classes are for ratios, circles for counts and amounts", ind.ID)
		}
		if ByID(ind.ID) != ind {
			t.Errorf("ByID(%s) is another", ind.ID)
		}
	}
}

// TestRegistryHoldsTheContract is the table of the definitions: identifiers, units, levels and maps.
func TestRegistryHoldsTheContract(t *testing.T) {
	const contract = `
essms_finances ESSMS PRD circles
essms_sons_seul ESSMS PRD circles
essms_pour_100000_habitants ESSMS PRD classes
taux_couverture part PRD classes
projets projets P none
projets_regionaux projets PRD circles
projets_nationaux projets P none
projets_nationaux_suivis projets R circles
essms_par_projet_regional ESSMS PR classes
essms_par_projet_national ESSMS P none
subvention_totale EUR P none
subvention_nationale EUR P none
subvention_regionale EUR PR circles
subvention_moyenne_regionale EUR PR classes
subvention_moyenne_nationale EUR P none
subvention_par_essms EUR PR classes
part_handicap_projets_regionaux part PR classes
part_personnes_agees_projets_regionaux part PR classes
part_non_lucratif_projets_regionaux part PR classes
part_infrastructures_projets_regionaux part PR classes
part_mise_en_conformite_projets_regionaux part PR classes
part_acquisition_projets_regionaux part PR classes
part_grappes_projets_regionaux part PR classes
part_segur_projets_regionaux part PR classes
part_sous_seuil_projets_regionaux part PR classes
part_cible_dossiers_actifs_projets_regionaux part PR classes
taux_versement part PR classes
part_handicap_projets_nationaux part P none
part_personnes_agees_projets_nationaux part P none
part_non_lucratif_projets_nationaux part P none
part_infrastructures_projets_nationaux part P none
part_mise_en_conformite_projets_nationaux part P none
part_acquisition_projets_nationaux part P none
part_grappes_projets_nationaux part P none
part_handicap_essms part PRD classes
part_personnes_agees_essms part PRD classes
part_domicile_essms part PRD classes
part_social_essms part PRD classes
part_public_essms part PRD classes
part_non_lucratif_essms part PRD classes
part_lucratif_essms part PRD classes
dossiers_deposes dossiers PR circles
taux_selection part PR classes
enveloppe EUR PR circles
taux_engagement part PR classes`
	var want, got []string
	want = strings.Split(strings.TrimSpace(contract), "\n")
	for _, ind := range All {
		levels := ""
		for _, l := range ind.Levels {
			levels += map[atlas.Level]string{atlas.CountryLevel: "P", atlas.RegionLevel: "R", atlas.DepartmentLevel: "D"}[l]
		}
		got = append(got, strings.Join([]string{string(ind.ID), string(ind.Unit), levels, [...]string{"none", "circles", "classes"}[ind.Map]}, " "))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("registry\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFormatRoundsOnceAndWritesFrench(t *testing.T) {
	rounding := map[string]atlas.Rounding{
		"essms_finances":                         {{Below: 100, Step: 5}, {Step: 10}},
		"part_handicap_projets_regionaux":        {{Step: 0.01}},
		"subvention_moyenne_regionale":           {{Step: 1000}},
		"part_infrastructures_projets_regionaux": {{Step: 0.001}},
	}
	for _, c := range []struct {
		id           ID
		value        atlas.Value
		text, phrase string
	}{
		{"essms_finances", atlas.Count(1994), "1\u202f990", "1\u202f990\u00a0ESSMS"},
		{"essms_finances", atlas.Count(97), "95", "95\u00a0ESSMS"},
		{"part_handicap_projets_regionaux", atlas.Count(0.5249), "52", "52\u00a0%"},
		{"part_infrastructures_projets_regionaux", atlas.Count(0.57), "57,0", "57,0\u00a0%"},
		{"part_grappes_projets_regionaux", atlas.Count(0.5625), "56,3", "56,3\u00a0%"},
		{"subvention_moyenne_regionale", atlas.Count(377_499), "377", "377\u00a0k€"},
		{"subvention_totale", atlas.Count(273_449_999), "273,4", "273,4\u00a0M€"},
		{"projets_regionaux", atlas.Count(1), "1", "1\u00a0projet régional"},
		{"projets_regionaux", atlas.Count(2), "2", "2\u00a0projets régionaux"},
		{"projets_regionaux", atlas.Count(0), "0", "0\u00a0projet régional"},
		{"taux_couverture", atlas.Value{}, "n.d.", "non disponible"},
		{"taux_couverture", atlas.Value{Status: atlas.Secret}, "s", "couvert par le secret statistique"},
		{"taux_couverture", atlas.Value{Status: atlas.NotApplicable}, "///", "sans objet"},
	} {
		text, phrase := ByID(c.id).Format(c.value, atlas.Edition{Rounding: rounding})
		if text != c.text || phrase != c.phrase {
			t.Errorf("%s %v = %q, %q; want %q, %q", c.id, c.value.Number, text, phrase, c.text, c.phrase)
		}
	}
}

func TestRankingSharesRanksAndLeavesMissingLast(t *testing.T) {
	b := newBuilder()
	p := b.project("1", "84", 2023, 1)
	b.link(p, "A", "971", atlas.Disability, "")
	b.link(p, "B", "01", atlas.Disability, "")
	r := b.results()
	table := r.Table(ByID("essms_finances"), atlas.RegionLevel, 2023)
	got := map[string]int{}
	for _, row := range table.Rows {
		got[row.Territory.Name] = row.Rank
	}
	if got["Guadeloupe"] != 1 || got["Auvergne-Rhône-Alpes"] != 1 || got["Corse"] != 3 || table.Ranked != 3 {
		t.Errorf("ranks %v of %d", got, table.Ranked)
	}
	table = r.Table(ByID("part_handicap_essms"), atlas.RegionLevel, 2023)
	if last := table.ByRank()[2]; last.Territory.Name != "Corse" || last.Rank != 0 || last.Text != "n.d." {
		t.Errorf("last of the ranking: %+v, want Corse without value", last)
	}
	if rows := r.Table(ByID("projets"), atlas.RegionLevel, 2023).Rows; rows != nil {
		t.Errorf("an indicator of France has %d rows of regions", len(rows))
	}
}

func TestReadingIsASentenceWithOrWithoutValue(t *testing.T) {
	row := Row{Territory: atlas.Territory{Locative: "en Île-de-France"}, Value: atlas.Count(1), Phrase: "1 ESSMS"}
	if got, want := ByID("essms_finances").Reading(row), "En Île-de-France, le programme finance 1 ESSMS."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	row.Value = atlas.Value{}
	if got, want := ByID("essms_finances").Reading(row), "En Île-de-France, cette donnée est non disponible."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
