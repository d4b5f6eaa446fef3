package french

import "testing"

func TestNamesWrittenFromRightToLeftKeepTheirOrderToThemselves(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"French":                {"Résidence de l’Étang (2)", "Résidence de l’Étang (2)"},
		"nothing":               {"", ""},
		"emoji":                 {"Foyer 😀 n° 3", "Foyer 😀 n° 3"},
		"Hebrew":                {"בית (2)", "\u2068בית (2)\u2069"},
		"Arabic":                {"دار السلام", "\u2068دار السلام\u2069"},
		"both ways":             {"Maison دار, 12", "\u2068Maison دار, 12\u2069"},
		"controls of its own":   {"דו\u202e12\u2069x", "\u2068דו12x\u2069"},
		"digits of Arabic":      {"٣٤", "\u2068٣٤\u2069"},
		"beyond the first page": {"𐤀𐤁", "\u2068𐤀𐤁\u2069"},
	} {
		if got := Isolated(test.text); got != test.want {
			t.Errorf("%s: Isolated(%q) = %q, want %q", name, test.text, got, test.want)
		}
	}
}
