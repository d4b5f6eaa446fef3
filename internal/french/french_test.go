package french

import (
	"slices"
	"testing"
	"time"
)

func TestNumberFollowsFrenchTypography(t *testing.T) {
	for _, c := range []struct {
		x        float64
		decimals int
		want     string
	}{
		{0, 0, "0"}, {999, 0, "999"}, {1000, 0, "1\u202f000"}, {1234567.891, 1, "1\u202f234\u202f567,9"},
		{-12.34, 1, "\u221212,3"}, {-0.04, 1, "0,0"}, {0.5, 0, "1"}, {1.5, 0, "2"}, {2.5, 0, "3"}, {1.005, 2, "1,01"},
		{56.25, 1, "56,3"}, {0.285, 2, "0,29"}, {1e15, 0, "1\u202f000\u202f000\u202f000\u202f000\u202f000"}, {9.999, 2, "10,00"}, {99.96, 1, "100,0"},
		{12.3, 0, "12"}, {1e-9, 2, "0,00"}, {377.5, 0, "378"}, {1234.5, 1, "1\u202f234,5"},
		{999_999_999_999, 2, "999 999 999 999,00"},
		{600_000_000_000, 2, "600 000 000 000,00"},
	} {
		if got := Number(c.x, c.decimals); got != c.want {
			t.Errorf("Number(%v, %d) = %q, want %q", c.x, c.decimals, got, c.want)
		}
	}
}

func TestWordsAgreeAndDatesReadAloud(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct{ got, want string }{
		{Percent(0.563, 1), "56,3\u00a0%"},
		{Count(1, "projet", "projets"), "1\u00a0projet"},
		{Count(0, "projet", "projets"), "0\u00a0projet"},
		{Count(1200, "projet", "projets"), "1\u202f200\u00a0projets"},
		{Ordinal(1, Masculine), "1er"}, {Ordinal(1, Feminine), "1re"}, {Ordinal(2, Feminine), "2e"},
		{Date(day(2024, 1, 1)), "1er\u00a0janvier 2024"},
		{Date(day(2023, 12, 31)), "31\u00a0décembre 2023"},
		{Date(time.Time{}), ""},
		{Join([]string{"a", "b", "c"}), "a, b et c"},
		{Size(84_200), "84\u00a0ko"}, {Size(1_240_000), "1,2\u00a0Mo"}, {Size(12), "1\u00a0ko"},
		{Capitalize("île"), "Île"}, {Capitalize(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFoldMatchesSpellings(t *testing.T) {
	for _, pair := range [][2]string{
		{"N° de projet", "n de projet"}, {"Champ d’intervention", "CHAMP D'INTERVENTION"},
		{"Auvergne – Rhône-Alpes", "auvergne rhone alpes"}, {"Île-de-France", "Ile de France"}, {"Œuvre", "oeuvre"},
		{"Subvention (€)", "subvention"}, {" Intitulé\u00a0", "intitule"},
	} {
		if Fold(pair[0]) != Fold(pair[1]) {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q", pair[0], Fold(pair[0]), pair[1], Fold(pair[1]))
		}
	}
}

func TestSlugKeepsWordsApart(t *testing.T) {
	for in, want := range map[string]string{
		"Provence-Alpes-Côte d’Azur": "provence-alpes-cote-d-azur", "La Réunion": "la-reunion",
		"  L’été à Œuf !": "l-ete-a-oeuf", "": "", "---": "",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCollatorOrdersAccentsAsFrenchReadersDo(t *testing.T) {
	names := []string{"La Réunion", "Île-de-France", "Hauts-de-France", "Écully", "Eaubonne"}
	slices.SortFunc(names, Collator().CompareString)
	want := []string{"Eaubonne", "Écully", "Hauts-de-France", "Île-de-France", "La Réunion"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestRawKeepsEveryDigitOfANumber(t *testing.T) {
	for x, want := range map[float64]string{
		7.0 / 9: "0,7777777777777778", 2.0 / 3: "0,6666666666666666", 0.3812401956260958: "0,3812401956260958", 0.1: "0,1",
		1234567.5: "1\u202f234\u202f567,5", -12.25: "−12,25", 0: "0", 3e12 / 7: "428\u202f571\u202f428\u202f571,4286",
	} {
		if got := Raw(x); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}
