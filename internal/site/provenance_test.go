package site

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// plainText is what a reader sees of a piece of a page, its spaces made one.
func plainText(piece string) string {
	return strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(piece, " "))), " ")
}

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestPageOfProvenanceSaysAllThatExplainSays(t *testing.T) {
	in := fixture(t, fixtureEdition(2022), fixtureEdition(2023))
	in.Version = "révision 0123"
	files := compose(t, in)
	for _, r := range in.Editions {
		base := year(r.Edition().Year) + "/indicateurs/"
		for i := range indicator.All {
			ind := &indicator.All[i]
			page := files[base+string(ind.ID)+"/provenance/index.html"]
			whole := plainText(page)
			for _, f := range append(indicator.About(ind, r.Edition()), indicator.Fact{Name: "Code", Text: "Révision 0123"}) {
				if !strings.Contains(whole, spaced(f.Text)) {
					t.Errorf("%s: the page does not say %s %q", ind.ID, f.Name, f.Text)
				}
			}
			for _, level := range ind.Levels {
				for _, territory := range r.Gazetteer().At(level) {
					e, err := r.Explain(ind, territory.ID, r.LastYear())
					if err != nil {
						t.Fatal(err)
					}
					row := rowOf(t, page, provenanceAnchor(territory))
					for _, missing := range unsaid(e, row, whole) {
						t.Errorf("%s, %s: the page does not say %s in %q", ind.ID, territory.Name, missing, row)
					}
				}
			}
		}
	}
}

// rowOf is the text of the row of a page that has an identifier.
func rowOf(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, `<tr id="`+id+`"`)
	if !found {
		t.Fatalf("no row %q", id)
	}
	row, _, _ := strings.Cut(rest, "</tr>")
	return plainText("<tr" + row)
}

// unsaid lists what an explanation says that the row, or above it the page, does not.
func unsaid(e indicator.Explanation, row, page string) []string {
	var out []string
	for _, f := range e.Facts() {
		text := spaced(f.Text)
		switch f.Name {
		case "Valeur affichée": // the noun may be said by the title
			text = spaced(e.Row.Text)
		case "Valeur brute": // with its unit where there is no operation
			text = strings.Fields(text)[0]
		case "Hors classeurs":
			row += " " + strings.ToLower(page)
			text = strings.ToLower(text)
		}
		if !strings.Contains(row, text) {
			out = append(out, f.Name+" "+text)
		}
	}
	for _, s := range e.Sources() {
		if !strings.Contains(row, spaced(s.Role.Label())) {
			out = append(out, s.Role.Label())
		}
		for _, line := range s.Lines(shownRanges) {
			if !strings.Contains(row, spaced(line)) {
				out = append(out, line)
			}
		}
	}
	return out
}

func TestFiguresLeadToWhereTheyComeFrom(t *testing.T) {
	files := compose(t, fixture(t, fixtureEdition(2023)))
	for page, links := range map[string][]string{
		"2023/index.html":                                      {`href="indicateurs/essms_finances/provenance/#france"`},
		"2023/regions/bretagne/index.html":                     {`href="../../indicateurs/essms_finances/provenance/#bretagne"`, `href="../../indicateurs/subvention_regionale/provenance/#bretagne"`},
		"2023/regions/index.html":                              {`href="../indicateurs/subvention_regionale/provenance/#france"`},
		"2023/departements/35/index.html":                      {`href="../../indicateurs/part_handicap_essms/provenance/#departement-35"`},
		"2023/indicateurs/taux_engagement/index.html":          {`href="provenance/#france"`},
		"2023/indicateurs/projets_nationaux_suivis/index.html": {`href="provenance/"`},
	} {
		for _, link := range links {
			if !strings.Contains(files[page], link) {
				t.Errorf("%s has no link %s", page, link)
			}
		}
	}
}

func TestValueTakenFromAPublishedFigureSaysSo(t *testing.T) {
	p := atlas.PublishedFigure{Source: "Rapport " + hostile, Origin: atlas.Origin{File: "p.xlsx", Sheet: "Chiffres publiés", Row: 4}}
	ind := indicator.ByID("essms_finances")
	e := indicator.Explanation{Indicator: ind, Published: []atlas.PublishedFigure{p},
		Row: indicator.Row{Phrase: "16 500 ESSMS", Text: "16 500", Value: atlas.Value{Number: 16500, Status: atlas.AsPublished}}}
	var said string
	for _, f := range e.Facts() {
		if f.Name == "Origine" {
			said = f.Text
		}
	}
	if !strings.Contains(said, "repris tel quel et non recalculé") || !strings.Contains(said, p.Source+" (p.xlsx › Chiffres publiés › ligne 4)") {
		t.Errorf("the explanation says %q", said)
	}
}
