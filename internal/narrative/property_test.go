package narrative

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// random makes small results: few projects, answers missing here and there, an edition that
// rounds or not, optional sheets present or not.
func random(g *atlas.Gazetteer, rng *rand.Rand) *indicator.Results {
	ds := &dataset.Dataset{Gazetteer: g, Edition: atlas.Edition{Year: 2023, DataState: day(2023)}}
	if rng.IntN(2) == 0 {
		ds.Edition.Rounding = map[string]atlas.Rounding{"essms_finances": {{Below: 100, Step: 5}, {Step: 10}}}
	}
	regions, communes := g.Regions()[:1+rng.IntN(6)], g.Departments()
	pick := func(values ...string) string { return values[rng.IntN(len(values))] }
	for i := range rng.IntN(60) {
		p := &atlas.Project{
			Number: fmt.Sprintf("P%03d", i), Scope: atlas.Regional, DecidedOn: day(2021 + rng.IntN(3)), Subsidy: float64(rng.IntN(800_000)),
			Regions: []string{regions[rng.IntN(len(regions))].ID.Code}, Kind: atlas.ProjectKind(pick("Acquisition", "Mise en conformité", "Mixte")),
			Infrastructure: atlas.Answer(pick("oui", "non", "")), Grouping: atlas.Grouping(pick("Grappe", "Organisme seul", "")),
			Listing: atlas.Listing(pick("Ségur", "SAD", "Ségur", "")),
		}
		if rng.IntN(8) == 0 {
			p.Scope = atlas.National
		}
		if rng.IntN(3) > 0 {
			p.Paid = atlas.Known(p.Subsidy / 2)
		}
		for j := range rng.IntN(12) {
			d := communes[rng.IntN(len(communes))]
			e := &atlas.ESSMS{FINESS: fmt.Sprintf("%03d%03d", i, j), Department: d.ID.Code, Region: d.Region,
				Field: atlas.Field(pick("PA", "PH", "PE", "")), Status: atlas.LegalStatus(pick("public", "privé non lucratif", ""))}
			l := &atlas.Link{Project: p, ESSMS: e, Field: e.Field, Status: e.Status}
			e.Links, p.Links = []*atlas.Link{l}, append(p.Links, l)
			ds.ESSMS = append(ds.ESSMS, e)
		}
		ds.Projects = append(ds.Projects, p)
	}
	for _, r := range g.Regions() {
		if rng.IntN(2) == 0 {
			continue
		}
		n := rng.IntN(30)
		ds.Applications = append(ds.Applications, atlas.Application{Region: r.ID.Code, Year: 2022, Deposited: float64(n), Selected: float64(rng.IntN(n + 1))})
		ds.Envelopes = append(ds.Envelopes, atlas.Envelope{Region: r.ID.Code, Year: 2022, Amount: float64(rng.IntN(3_000_000))})
		ds.Fleet = append(ds.Fleet, atlas.FleetRow{Territory: r.ID, Number: float64(1 + rng.IntN(200))})
	}
	return indicator.Compute(ds)
}

// wrong are the faults that no sentence may have. « s’y est ajouté » and « aucun » are how
// a sentence says 1 and 0.
var wrong = map[string]*regexp.Regexp{
	"counts nothing":           regexp.MustCompile(`(^|[^\d,\x{202f}])0[\x{a0} ](ESSMS|projet|dossier)`),
	"one in the plural":        regexp.MustCompile(`(^|[^\d,\x{202f}])1\x{a0}(projets|dossiers)`),
	"a double or odd space":    regexp.MustCompile(`  |^ | $| [,.;:!?%€)]|\( |[^\x{202f}];|[^\x{a0}\x{202f}]:|\d[ ]?(%|€|k€|M€)`),
	"a typewriter apostrophe":  regexp.MustCompile(`'`),
	"a use told as a fact":     regexp.MustCompile(`équip`), // the atlas knows decisions of funding
	"a place left open":        regexp.MustCompile(`[{}|]`),
	"a figure without value":   regexp.MustCompile(`n\.d\.|non disponible|///|NaN|Inf`),
	"no contraction":           regexp.MustCompile(`\b(de|à) les? |\b(?i:de|que|ne) ([AEIOUÉÎaeiuéèêà]|o[^n])`),
	"a wrong preposition":      regexp.MustCompile(`à la (?:Réunion|Mayotte)|en (La Réunion|Mayotte|Hauts|Grand Est|Centre|Pays)|à (en|dans|à) |de (en|dans) [A-Z]|(dans|en) (la|le|les)? ?(Corse|Bretagne|Normandie)\b.*\bla la\b`),
	"the word more than twice": regexp.MustCompile(`\bmoyenne\b.*\bmoyenne\b.*\bmoyenne\b.*\bmoyenne\b`),
}

var number = regexp.MustCompile(`\d[\d\x{202f}]*(,\d+)?`)

// statable gathers the numbers that a summary of a territory may hold.
func statable(r *indicator.Results, ids ...atlas.TerritoryID) map[string]bool {
	ok := map[string]bool{"100\u202f000": true, "31": true}
	for _, y := range r.Years() {
		ok[strconv.Itoa(y)] = true
	}
	for rank := 11; rank <= 18; rank++ {
		ok[strconv.Itoa(rank)] = true
	}
	for i := range indicator.All {
		for _, id := range ids {
			row := r.Row(&indicator.All[i], id, r.LastYear())
			ok[strings.TrimSuffix(row.Text, french.NBSP+"%")] = true
		}
	}
	ind := indicator.ByID(essms)
	if years := r.Years(); len(years) > 1 {
		before, now := r.Row(ind, ids[0], years[len(years)-2]), r.Row(ind, ids[0], r.LastYear())
		x, y := ind.Displayed(before.Value.Number, r.Edition()), ind.Displayed(now.Value.Number, r.Edition())
		growth := strings.Trim(ind.Growth(before.Value, now.Value, r.Edition(), r.Edition()), "+"+french.Minus+french.NBSP+"%")
		ok[before.Text], ok[french.Integer(math.Abs(y-x))], ok[growth] = true, true, true
	}
	for _, step := range []string{"5", "10"} { // « moins de 5 ESSMS »
		ok[step] = ok[step] || len(r.Edition().Rounding) > 0
	}
	return ok
}

// longest is how many words a sentence may have, where the name of a region is one.
const longest = 32

var oneWordNames = strings.NewReplacer("Pays de la Loire", "Pays-de-la-Loire", "Centre-Val de Loire", "Centre-Val-de-Loire",
	"Provence-Alpes-Côte d’Azur", "Provence-Alpes-Côte-d’Azur", "Grand Est", "Grand-Est", "La Réunion", "La-Réunion")

func checkSentences(t *testing.T, what string, sentences []Sentence, numbers map[string]bool) {
	t.Helper()
	for _, s := range sentences {
		for fault, pattern := range wrong {
			if found := pattern.FindString(s.Text); found != "" && !(fault == "a figure without value" && strings.HasPrefix(s.Text, "Aucune")) {
				t.Errorf("%s: %s (%q): %s", what, fault, found, s.Text)
			}
		}
		first, _ := utf8.DecodeRuneInString(s.Text)
		if !unicode.IsUpper(first) || !strings.HasSuffix(s.Text, ".") || strings.HasSuffix(s.Text, "..") || strings.Count(s.Text, ". ") > 0 {
			t.Errorf("%s: not one sentence: %q", what, s.Text)
		}
		if n := len(strings.Split(oneWordNames.Replace(s.Text), " ")); n > longest {
			t.Errorf("%s: %d words: %s", what, n, s.Text)
		}
		if len(s.Indicators) == 0 {
			t.Errorf("%s: states no indicator: %s", what, s.Text)
		}
		for _, found := range number.FindAllString(s.Text, -1) {
			if !numbers[strings.TrimRight(found, "\u202f")] {
				t.Errorf("%s: %s is no figure of the territory: %s", what, found, s.Text)
			}
		}
	}
}

func TestNoSummaryOfAnyResultsIsFaulty(t *testing.T) {
	g := demonstration(t, 2023).Gazetteer()
	for seed := range uint64(80) {
		rng := rand.New(rand.NewPCG(seed, 7))
		r := random(g, rng)
		for _, region := range g.Regions() {
			what := fmt.Sprintf("seed %d, %s", seed, region.Name)
			s := Region(r, nil, region.ID.Code)
			if len(s) < 2 || len(s) > 8 {
				t.Errorf("%s: %d sentences: %s", what, len(s), Text(s))
			}
			checkSentences(t, what, s, statable(r, region.ID, atlas.France))
		}
		for _, d := range g.Departments()[:12] {
			s := Department(r, d.ID.Code)
			if len(s) < 2 || len(s) > 4 {
				t.Errorf("seed %d, %s: %d sentences: %s", seed, d.Name, len(s), Text(s))
			}
			checkSentences(t, fmt.Sprintf("seed %d, %s", seed, d.Name), s, statable(r, d.ID, atlas.RegionID(d.Region), atlas.France))
		}
		country := Country(r, nil)
		last := country[len(country)-1]
		country = slices.DeleteFunc(country, func(s Sentence) bool { return s.Text == last.Text && last.has(density) })
		checkSentences(t, fmt.Sprintf("seed %d, France", seed), country, statable(r, atlas.France))
	}
}

func TestSummariesOfTheDemonstrationAreComplete(t *testing.T) {
	r := demonstration(t, 2023)
	for _, region := range r.Gazetteer().Regions() {
		s := Region(r, nil, region.ID.Code)
		if len(s) < 5 || len(s) > 8 {
			t.Errorf("%s: %d sentences", region.Name, len(s))
		}
		checkSentences(t, region.Name, s, statable(r, region.ID, atlas.France))
		if n := utf8.RuneCountInString(MetaDescription(s)); n > 160 {
			t.Errorf("%s: a description of %d characters", region.Name, n)
		}
		if again := Region(r, nil, region.ID.Code); Text(again) != Text(s) {
			t.Errorf("%s: two texts of the same figures:\n%s\n%s", region.Name, Text(s), Text(again))
		}
	}
	for _, d := range r.Gazetteer().Departments() {
		s := Department(r, d.ID.Code)
		if len(s) < 3 || len(s) > 4 {
			t.Errorf("%s: %d sentences", d.Name, len(s))
		}
		checkSentences(t, d.Name, s, statable(r, d.ID, atlas.RegionID(d.Region), atlas.France))
	}
	if n := len(Country(r, nil)); n < 5 || n > 8 {
		t.Errorf("France: %d sentences", n)
	}
}

func TestTheSummariesDoNotReadLikeAForm(t *testing.T) {
	r := demonstration(t, 2023)
	shapes := map[string]int{}
	for _, region := range r.Gazetteer().Regions() {
		shape := Text(Region(r, nil, region.ID.Code))
		for _, form := range []string{region.Locative, region.WithArticle, french.Capitalize(region.Locative), french.Capitalize(region.WithArticle)} {
			shape = strings.ReplaceAll(shape, form, "…")
		}
		shapes[number.ReplaceAllString(shape, "0")]++
	}
	if len(shapes) < 16 {
		t.Errorf("%d different texts for 18 regions, want 16 at least", len(shapes))
	}
}

// TestAShareSaysWhoDidNotAnswer guards that a count in words is taken over those that answered.
func TestAShareSaysWhoDidNotAnswer(t *testing.T) {
	g := demonstration(t, 2023).Gazetteer()
	p := &atlas.Project{Number: "P1", Scope: atlas.Regional, Regions: []string{"53"}, DecidedOn: day(2023), Kind: atlas.Acquisition}
	ds := &dataset.Dataset{Gazetteer: g, Edition: atlas.Edition{Year: 2023, DataState: day(2023)}, Projects: []*atlas.Project{p}}
	for i, field := range []atlas.Field{atlas.Elderly, atlas.Disability, atlas.Disability, "", ""} {
		e := &atlas.ESSMS{FINESS: strconv.Itoa(i), Department: "35", Region: "53", Field: field}
		l := &atlas.Link{Project: p, ESSMS: e, Field: field}
		e.Links, p.Links = []*atlas.Link{l}, append(p.Links, l)
		ds.ESSMS = append(ds.ESSMS, e)
	}
	got := Text(Region(indicator.Compute(ds), nil, "53"))
	for _, want := range []string{
		"Sur trois ESSMS financés dont le champ est connu, deux relèvent du champ du handicap et un de celui des personnes âgées.",
		"5 ESSMS", "1 projet régional",
	} {
		if !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), want) {
			t.Errorf("got %q, want it to say %q", got, want)
		}
	}
}

func TestAnUnknownTerritoryHasNoSummary(t *testing.T) {
	r := demonstration(t, 2023)
	if s := append(Region(r, nil, "99"), Department(r, "00")...); len(s) != 0 {
		t.Errorf("got %q", Text(s))
	}
}
