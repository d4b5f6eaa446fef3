package site

import (
	"strings"
	"testing"
)

// TestESSMSOfNoKnownPlaceAreNotSaidToBeElsewhere looks at P3, of Île-de-France: three ESSMS are in Paris,
// one has no known commune.
func TestESSMSOfNoKnownPlaceAreNotSaidToBeElsewhere(t *testing.T) {
	html := compose(t, fixture(t, fixtureEdition(2023)))["2023/projets/P3/index.html"]
	if want := "1\u00a0ESSMS de commune inconnue n’y figure pas."; !strings.Contains(html, want) {
		t.Errorf("the page does not say %q", want)
	}
	if strings.Contains(html, "hors de la région n’y") {
		t.Error("an ESSMS of no known place is said to be out of the region")
	}
}
