package site

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"esms.example/atlas/internal/problem"
)

// sound is a site.toml that lacks nothing.
const sound = `nom = "Atlas"
source = "CNSA"
url = "https://atlas.cnsa.fr/"
licence = "Licence Ouverte 2.0"
licence_url = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
accessibilite = "non conforme"
[editeur]
nom = "Caisse nationale"
adresse = "66, avenue du Maine, 75014 Paris"
directeur = "Camille Martin"
hebergeur = "Hébergeur SA, 1 rue du Port, 59000 Lille, 03 20 00 00 00"
[contact]
courriel = "contact@cnsa.fr"
telephone = "01 53 91 28 00"
[securite]
contact = "securite@cnsa.fr"
expiration = 2025-04-30
[redirections]
"/avant/" = "/methode/"
`

func settingsProblems(text string) []problem.Problem {
	var list problem.List
	list.Add(CheckSettings(fstest.MapFS{settingsFile: {Data: []byte(text)}}, "content/site.toml", "", day(2024, time.May, 15))...)
	return list.Sorted()
}

func TestASoundSettingsFileHasNoProblem(t *testing.T) {
	if got := settingsProblems(sound); len(got) > 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestWhatTheSettingsLackOrHaveWrongIsReportedAtItsLine(t *testing.T) {
	for _, c := range []struct {
		old, new string // what changes in the sound file
		code     problem.Code
		row      int
		message  string
	}{
		{`url = "https://atlas.cnsa.fr/"`, `url = ""`, codeSettingsMissing, 3, "url est vide"},
		{`url = "https://atlas.cnsa.fr/"`, `url = "https://atlas.example/"`, codeSettingsMissing, 3, "valeur de démonstration"},
		{`url = "https://atlas.cnsa.fr/"`, `url = "http://localhost:8000/"`, codeSettingsMissing, 3, "valeur de démonstration"},
		{`url = "https://atlas.cnsa.fr/"`, `url = "atlas.cnsa.fr"`, codeSettingsValue, 3, "n’est pas une adresse"},
		{`licence_url = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"`, `licence_url = "javascript:alert(1)"`, codeSettingsValue, 5, "n’est pas une adresse"},
		{`"non conforme"`, `"conforme"`, codeSettingsValue, 6, "mentions légales"},
		{`nom = "Caisse nationale"`, ``, codeSettingsMissing, 7, "editeur.nom est vide"},
		{`"Camille Martin"`, `"nom de démonstration, à compléter"`, codeSettingsMissing, 10, "editeur.directeur porte encore"},
		{`"66, avenue du Maine, 75014 Paris"`, `"  "`, codeSettingsMissing, 9, "editeur.adresse est vide"},
		{`"contact@cnsa.fr"`, `"contact chez cnsa.fr"`, codeSettingsValue, 13, "n’est pas une adresse électronique"},
		{`"contact@cnsa.fr"`, `"<script>@cnsa.fr"`, codeSettingsValue, 13, "n’est pas une adresse électronique"},
		{`"01 53 91 28 00"`, `"01 99 00 00 00"`, codeSettingsMissing, 14, "valeur de démonstration"},
		{`"01 53 91 28 00"`, `"standard"`, codeSettingsValue, 14, "n’est pas un numéro de téléphone"},
		{`"securite@cnsa.fr"`, `"http://cnsa.fr/faille"`, codeSettingsValue, 16, "https://"},
		{`2025-04-30`, `""`, codeSettingsMissing, 17, "security.txt"},
		{`2025-04-30`, `"30/04/2025"`, codeSettingsValue, 17, "n’est pas une date"},
		{`2025-04-30`, `2024-05-14`, codeSettingsExpiring, 17, "expire le 14\u00a0mai 2024"},
		{`2025-04-30`, `2024-06-13`, codeSettingsExpiring, 17, "publiée le 15\u00a0mai 2024"},
		{`"/methode/"`, `"javascript:alert(1)"`, codeSettingsValue, 19, "redirection"},
		{`"/avant/"`, `"/avant;evil { }"`, codeSettingsValue, 19, "redirection"},
		{`nom = "Caisse`, `mon = "x"` + "\nnom = \"Caisse", codeSettingsKey, 8, "la clé « editeur.mon » est inconnue"},
		{`nom = "Atlas"`, `nom = Atlas`, codeSettingsRead, 1, "syntaxe TOML"},
		{`nom = "Atlas"`, `nom = 1`, codeSettingsRead, 1, "la valeur de «\u00a0nom\u00a0» n’est pas du type attendu"},
		{`source = "CNSA"`, ``, codeSettingsRead, 0, "obligatoires"},
	} {
		text := strings.Replace(sound, c.old, c.new, 1)
		if text == sound {
			t.Fatalf("%s is not in the sound file", c.old)
		}
		got := settingsProblems(text)
		if len(got) != 1 || got[0].Code != c.code || got[0].Place.File != "content/site.toml" || !strings.Contains(plain(got[0].Message), plain(c.message)) || got[0].Remedy == "" {
			t.Errorf("%s: got %+v, want one %s with %q", c.new, got, c.code, c.message)
		} else if c.old != `nom = "Caisse nationale"` && got[0].Place.Row != c.row {
			t.Errorf("%s: got line %d, want %d", c.new, got[0].Place.Row, c.row)
		}
	}
}

// plain takes typography out of the comparison.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

func TestTheSecurityContactMayExpireThirtyDaysAfterThePublication(t *testing.T) {
	if got := settingsProblems(strings.Replace(sound, "2025-04-30", "2024-06-14", 1)); len(got) > 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestAMissingSettingsFileIsReported(t *testing.T) {
	got := CheckSettings(fstest.MapFS{}, "content/site.toml", "", time.Time{})
	if len(got) != 1 || got[0].Code != codeSettingsRead {
		t.Errorf("got %+v, want one %s", got, codeSettingsRead)
	}
}

func TestTheAddressGivenOnTheCommandLineCounts(t *testing.T) {
	text := strings.Replace(sound, `url = "https://atlas.cnsa.fr/"`, "", 1)
	if got := CheckSettings(fstest.MapFS{settingsFile: {Data: []byte(text)}}, "x", "https://atlas.cnsa.fr/", time.Time{}); len(got) > 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestTheDemonstrationSaysWhatRemainsToBeWritten(t *testing.T) {
	codes := map[problem.Code]int{}
	for _, p := range CheckSettings(os.DirFS("../../content"), "content/site.toml", "", day(2024, time.May, 15)) {
		codes[p.Code]++
		if p.Place.Row == 0 {
			t.Errorf("%q has no line", p.Message)
		}
	}
	if codes[codeSettingsMissing] < 7 || len(codes) != 1 {
		t.Errorf("got %v, want placeholders only", codes)
	}
}

// TestEveryProblemOfTheSettingsIsOfTheCatalogue guards the other half: the catalogue explains no code that nothing raises.
func TestEveryProblemOfTheSettingsIsOfTheCatalogue(t *testing.T) {
	raised := map[problem.Code]bool{codeSettingsMissing: true, codeSettingsKey: true, codeSettingsRead: true, codeSettingsExpiring: true, codeSettingsValue: true}
	for _, e := range problem.Catalogue() {
		if e.Topic == problem.OfSettings && !raised[e.Code] {
			t.Errorf("%s: nothing raises it", e.Code)
		}
		delete(raised, e.Code)
	}
	for code := range raised {
		t.Errorf("%s is not of the catalogue", code)
	}
}

func TestASiteIsMadeWhenParticularsAreMissing(t *testing.T) {
	in := fixture(t, fixtureEdition(2023))
	in.BaseURL = ""
	in.Content = withSettings(t, in, "nom = \"Atlas\"\nsource = \"CNSA\"\naccessibilite = \"non conforme\"\n")
	files := compose(t, in)
	if !strings.Contains(files["mentions-legales/index.html"], unwrittenText) {
		t.Errorf("the legal page does not say what is missing")
	}
	for _, name := range []string{securityPath, feedPath, "sitemap.xml"} {
		if _, made := files[name]; made {
			t.Errorf("%s: made without what it must give", name)
		}
	}
}

// withSettings is the content of an input with another site.toml.
func withSettings(t testing.TB, in Input, text string) fstest.MapFS {
	t.Helper()
	content := copied(t, in.Content)
	content[settingsFile] = &fstest.MapFile{Data: []byte(text)}
	return content
}

func FuzzSettings(f *testing.F) {
	f.Add(sound)
	f.Add("nom = ")
	f.Add("[securite]\nexpiration = 1979-05-27T07:32:00Z\n")
	in := fixture(f, fixtureEdition(2023))
	f.Fuzz(func(t *testing.T, text string) {
		CheckSettings(fstest.MapFS{settingsFile: {Data: []byte(text)}}, "site.toml", "", time.Time{})
		in.Content = withSettings(t, in, text)
		c, err := newComposer(in)
		if err != nil {
			return
		}
		for _, file := range c.files {
			if file.path == nginxFile && strings.Count(string(file.data), "{") != strings.Count(string(file.data), "}") {
				t.Errorf("%q gave %s", text, file.data)
			}
		}
		if _, err := c.render(context.Background(), c.byPath["mentions-legales/"]); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
