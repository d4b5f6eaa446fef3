package site

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/plate"
	"esms.example/atlas/internal/render"
)

// offering is the fixture with figures to take away; its images tell what they were painted from.
func offering(t testing.TB, editions ...*dataset.Dataset) Input {
	t.Helper()
	in := fixture(t, editions...)
	plates, err := plate.LoadFonts(os.DirFS("../../assets"))
	if err != nil {
		t.Fatal(err)
	}
	in.Plates = plates
	in.Images = func(_ context.Context, i render.Image) ([]byte, error) {
		return fmt.Appendf(nil, "PNG ×%g %v\n%s", i.Scale, i.Texts, i.SVG), nil
	}
	return in
}

func hostileEdition(year int) *dataset.Dataset {
	ds := fixtureEdition(year)
	ds.Edition.Title = "Atlas " + hostile
	return ds
}

var (
	takeAwayLine = regexp.MustCompile(`(?s)<p class="take-away">.*?</p>`)
	figureID     = regexp.MustCompile(`<figure id="([^"]+)"`)
	hrefs        = regexp.MustCompile(`href="([^"]+)"`)
	robots       = regexp.MustCompile(`<meta name="robots" content="noindex">`)
)

func TestEveryOfferOfAFigureExists(t *testing.T) {
	files := compose(t, offering(t, fixtureEdition(2022), fixtureEdition(2023)))
	offers := 0
	image := regexp.MustCompile(`href="[^"]+\.png"`)
	for name, text := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, line := range takeAwayLine.FindAllString(text, -1) {
			if !image.MatchString(line) {
				t.Errorf("%s offers a figure without its PNG: %s", name, line)
			}
			for _, m := range hrefs.FindAllStringSubmatch(line, -1) {
				offers++
				at := path.Join(path.Dir(name), m[1])
				if strings.HasSuffix(m[1], "/") {
					at += "/index.html"
				}
				if _, ok := files[at]; !ok {
					t.Errorf("%s offers %s, which does not exist", name, m[1])
				}
			}
		}
	}
	if offers < 100 {
		t.Fatalf("the site makes %d offers, want at least 100", offers)
	}
}

func TestFiguresOfTheMainPagesAreOffered(t *testing.T) {
	files := compose(t, offering(t, fixtureEdition(2022), fixtureEdition(2023)))
	for name, want := range map[string][]string{
		"2023/index.html": {"carte", "classement", "progression"},
		"2023/indicateurs/taux_engagement/index.html":             {"carte", "classement"},
		"2023/indicateurs/taux_engagement/annees/index.html":      {"cartes-annees", "progression"},
		"2023/indicateurs/essms_finances/departements/index.html": {"carte"},
		"2023/regions/bretagne/index.html":                        {"champs", "statuts", "progression"},
		"2023/regions/index.html":                                 {"carte"},
	} {
		for _, id := range want {
			for _, page := range []string{"reprendre", "integrer"} {
				at := path.Join(path.Dir(name), page, id, "index.html")
				if _, ok := files[at]; !ok {
					t.Errorf("%s: no page %s", name, at)
				}
			}
			if !strings.Contains(files[name], `href="reprendre/`+id+`/"`) {
				t.Errorf("%s does not lead to reprendre/%s/", name, id)
			}
		}
	}
	// The root shows the home of the latest edition: it offers the same files.
	if !strings.Contains(files["index.html"], `href="2023/atlas-2023-carte.png"`) {
		t.Error("the root does not offer the image of the home")
	}
}

func TestDataOfAFigureIsThatOfItsTable(t *testing.T) {
	in := offering(t, fixtureEdition(2023))
	files := compose(t, in)
	r := in.Editions[0]
	ind, table := indicator.ByID("taux_engagement"), r.Table(indicator.ByID("taux_engagement"), atlas.RegionLevel, 2023)
	records, err := csv.NewReader(strings.NewReader(files["2023/indicateurs/taux_engagement/atlas-2023-taux_engagement-carte.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{strings.Split("edition,annee,niveau,code,territoire,indicateur,valeur,numerateur,denominateur,unite,statut", ",")}
	for _, row := range append([]indicator.Row{table.Country}, table.Rows...) {
		value := ""
		if row.Value.Shown() {
			value = strconv.FormatFloat(row.Value.Number, 'f', -1, 64)
		}
		want = append(want, []string{"2023", "2023", row.Territory.ID.Level.String(), row.Territory.ID.Code, row.Territory.Name, string(ind.ID),
			value, openData(row.Value.Numerator), openData(row.Value.Denominator), string(ind.Unit), row.Value.Status.String()})
	}
	if got := fmt.Sprint(records); got != fmt.Sprint(want) {
		t.Errorf("the CSV of the map reads\n%v, want\n%v", got, want)
	}
	shares, err := csv.NewReader(strings.NewReader(files["2023/regions/bretagne/atlas-2023-bretagne-champs.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	counted := 0
	for _, s := range r.Slice(atlas.RegionID("53"), 2023).ByField() {
		for _, record := range shares {
			if record[3] == "53" && strings.EqualFold(record[5], s.Field.Label()) && record[6] == fmt.Sprint(s.Count) {
				counted++
			}
		}
	}
	if fields := len(r.Slice(atlas.RegionID("53"), 2023).ByField()); counted == 0 || counted > fields {
		t.Errorf("the CSV of the fields of Bretagne counts %d of its %d fields:\n%v", counted, fields, shares)
	}
}

func TestImagesBearTitleSourceAndLicence(t *testing.T) {
	files := compose(t, offering(t, hostileEdition(2023)))
	for _, name := range []string{
		"2023/indicateurs/taux_engagement/atlas-2023-taux_engagement-carte", "2023/indicateurs/taux_engagement/atlas-2023-taux_engagement-classement",
		"2023/regions/bretagne/atlas-2023-bretagne-champs",
	} {
		svg, png := files[name+".svg"], files[name+".png"]
		if !strings.HasSuffix(png, svg) || !strings.HasPrefix(png, "PNG ×2") || svg == "" {
			t.Errorf("%s.png is not its SVG at twice the size", name)
		}
		texts := flat(svg)
		for _, want := range []string{"Données de démonstration", "Source\u00a0: CNSA, Atlas " + hostile, "situation au", "Licence Ouverte 2.0", "https://atlas.example/esms/"} {
			if !strings.Contains(texts, want) {
				t.Errorf("%s.svg lacks %q:\n%s", name, want, texts)
			}
		}
		if strings.Contains(svg, "<script") || strings.Contains(svg, "<a ") {
			t.Errorf("%s.svg runs or leads somewhere", name)
		}
	}
	if svg := files["2023/indicateurs/taux_engagement/atlas-2023-taux_engagement-carte.svg"]; !strings.Contains(flat(svg), "Fond de carte\u00a0: Natural Earth") {
		t.Error("the image of a map does not credit its base map")
	}
}

// flat is what an SVG says, its lines joined.
func flat(svg string) string {
	var lines []string
	for _, m := range regexp.MustCompile(`<text[^>]*>([^<]*)</text>`).FindAllStringSubmatch(svg, -1) {
		lines = append(lines, html.UnescapeString(m[1]))
	}
	return strings.Join(lines, " ")
}

func TestEmbeddedPageStandsAlone(t *testing.T) {
	files := compose(t, offering(t, hostileEdition(2023)))
	page := files["2023/indicateurs/taux_engagement/integrer/carte/index.html"]
	for _, want := range []string{
		`<link rel="canonical" href="https://atlas.example/esms/2023/indicateurs/taux_engagement/integrer/carte/">`,
		`<base target="_blank">`, "Données de démonstration", `href="../../../../regions/bretagne/"`, `href="../../#carte"`, "Fond de carte",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the embedded page lacks %q:\n%s", want, page)
		}
	}
	if !robots.MatchString(page) || strings.Contains(page, "<script") || strings.Contains(page, "style=") || strings.Contains(page, "take-away") {
		t.Errorf("the embedded page is indexed, or holds a script, a style or an offer:\n%s", page)
	}
	if got := figureID.FindAllString(page, -1); len(got) != 1 {
		t.Errorf("the embedded page holds the figures %q, want one", got)
	}
	if list := files["2023/regions/integrer/carte/index.html"]; !strings.Contains(list, `href="../../bretagne/"`) {
		t.Errorf("the embedded map of the regions does not lead to their pages:\n%s", list)
	}
	if strings.Contains(files["sitemap.xml"], "integrer") || strings.Contains(files["sitemap.xml"], "reprendre") {
		t.Error("the site map lists pages of figures")
	}
}

func TestFigureCanBeCitedAndEmbedded(t *testing.T) {
	in := offering(t, fixtureEdition(2023))
	whole := compose(t, in)["2023/regions/bretagne/reprendre/champs/index.html"]
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(whole, ""))
	for _, want := range []string{
		"«\u00a0Les ESSMS financés par champ d’intervention en Bretagne\u00a0», CNSA, Atlas d’essai 2023 (données de démonstration), situation au 31 décembre 2023, publié le 15 mai 2024, Licence Ouverte 2.0, https://atlas.example/esms/2023/regions/bretagne/#champs",
		`<iframe src="https://atlas.example/esms/2023/regions/bretagne/integrer/champs/" title="Les ESSMS financés par champ d’intervention en Bretagne" width="100%"`,
	} {
		if plain := strings.NewReplacer("\u00a0", " "); !strings.Contains(plain.Replace(text), plain.Replace(want)) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if !robots.MatchString(whole) {
		t.Error("the page is indexed")
	}
	in.BaseURL, in.Content = "", withSettings(t, in, strings.Replace(sound, `url = "https://atlas.cnsa.fr/"`, "", 1))
	if bare := compose(t, in)["2023/regions/bretagne/reprendre/champs/index.html"]; !strings.Contains(bare, "data-relative") || strings.Contains(bare, "https://atlas.example") {
		t.Errorf("without the address of the site, the page does not say how to complete its own:\n%s", bare)
	}
}

func TestWithoutImagesNoneIsOffered(t *testing.T) {
	in := offering(t, fixtureEdition(2023))
	in.Images = nil
	for name, text := range compose(t, in) {
		if path.Ext(name) == ".png" || path.Ext(name) == ".html" && (strings.Contains(text, ".png") || strings.Contains(text, "og:image")) {
			t.Errorf("%s is, or speaks of, an image", name)
		}
	}
}

func TestSharedLinksShowACard(t *testing.T) {
	in := offering(t, hostileEdition(2023))
	files := compose(t, in)
	image := regexp.MustCompile(`<meta property="og:image" content="https://atlas.example/esms/([^"]+)">`)
	for name, want := range map[string]string{
		"index.html": "2023/atlas-2023-partage.png", "2023/index.html": "2023/atlas-2023-partage.png", "methode/index.html": "2023/atlas-2023-partage.png",
		"2023/regions/bretagne/index.html":                           "2023/regions/bretagne/atlas-2023-bretagne-partage.png",
		"2023/indicateurs/essms_finances/index.html":                 "2023/indicateurs/essms_finances/atlas-2023-essms_finances-partage.png",
		"2023/indicateurs/essms_finances/departements/index.html":    "2023/indicateurs/essms_finances/atlas-2023-essms_finances-partage.png",
		"2023/indicateurs/subvention_totale/index.html":              "2023/indicateurs/subvention_totale/atlas-2023-subvention_totale-partage.png",
		"2023/indicateurs/projets_nationaux_suivis/index.html":       "2023/indicateurs/projets_nationaux_suivis/atlas-2023-projets_nationaux_suivis-partage.png",
		"2023/indicateurs/essms_finances/reprendre/carte/index.html": "2023/atlas-2023-partage.png",
	} {
		text := files[name]
		m := image.FindStringSubmatch(text)
		if m == nil || m[1] != want {
			t.Errorf("%s shows %q, want %s", name, m, want)
			continue
		}
		if !strings.HasPrefix(files[m[1]], "PNG ×1 ") || !strings.Contains(files[m[1]], `width="1200" height="630"`) {
			t.Errorf("%s: %s is no card of 1200 × 630", name, m[1])
		}
		for _, tag := range []string{"og:title", "og:description", "og:image:alt", "og:locale", "og:type", "og:url", "twitter:image:alt"} {
			if !strings.Contains(text, `"`+tag+`"`) {
				t.Errorf("%s lacks %s", name, tag)
			}
		}
	}
	if text := flat(files["2023/regions/bretagne/atlas-2023-bretagne-partage.png"]); !strings.Contains(text, "Bretagne") || !strings.Contains(text, "Données de démonstration") || !strings.Contains(text, "CNSA") {
		t.Errorf("the card of a region says %q", text)
	}
	in.BaseURL, in.Content = "", withSettings(t, in, strings.Replace(sound, `url = "https://atlas.cnsa.fr/"`, "", 1))
	if text := compose(t, in)["2023/regions/bretagne/index.html"]; strings.Contains(text, "og:image") || !strings.Contains(text, "og:title") {
		t.Error("without the address of the site, a page names an image that cannot be found")
	}
}

// openData writes a part of a ratio as open data does.
func openData(q atlas.Quantity) string {
	if !q.Known {
		return ""
	}
	return strconv.FormatFloat(q.Amount, 'f', -1, 64)
}

func TestPlatesSayWhatTheirDrawingShows(t *testing.T) {
	files := compose(t, offering(t, fixtureEdition(2022), fixtureEdition(2023)))
	for name, want := range map[string]string{
		"2023/indicateurs/essms_pour_100000_habitants/atlas-2023-essms_pour_100000_habitants-carte.svg":      ">Le nombre d’ESSMS",
		"2023/indicateurs/essms_pour_100000_habitants/atlas-2023-essms_pour_100000_habitants-classement.svg": ">Le nombre d’ESSMS",
		"2023/atlas-2023-progression.svg": ">De la fin de 2021",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s does not say %q:\n%.1500s", name, want, files[name])
		}
	}
	embedded := files["2023/indicateurs/essms_pour_100000_habitants/integrer/carte/index.html"]
	if want := " <span class=\"subtitle\">Au 31\u00a0décembre 2023</span></figcaption>"; !strings.Contains(embedded, want) {
		t.Errorf("the embedded map has not %q: %s", want, regexp.MustCompile(`<figcaption>.*`).FindString(embedded))
	}
}

func TestMapsByYearKeepTheScaleOfTheirLegendOnAPlate(t *testing.T) {
	for n, want := range map[int]struct{ width, narrower int }{2: {584, 0}, 3: {888, 326}, 4: {584, 0}, 5: {888, 326}} {
		m := &Multiples{Maps: make([]SmallMap, n), Outlines: "<svg><defs></defs></svg>"}
		for i := range m.Maps {
			m.Maps[i].SVG = `<svg class="map" viewBox="0 0 640 591"></svg>`
		}
		if width := int(m.sheetWidth()); width != want.width || m.narrower() != want.narrower {
			t.Errorf("%d maps: %d pixels wide, %d higher in a column of text, want %v", n, width, m.narrower(), want)
		}
		if got := strings.Count(m.sheet(), ` width="280" `); got != n {
			t.Errorf("%d of %d maps are 280 pixels wide, as their legend expects", got, n)
		}
	}
}
