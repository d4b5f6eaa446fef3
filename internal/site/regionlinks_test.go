package site

import (
	"strings"
	"testing"
)

func TestRegionLeadsToItsComparisonAndToItsMap(t *testing.T) {
	page := compose(t, fixture(t, fixtureEdition(2023)))["2023/regions/bretagne/index.html"]
	for _, want := range []string{`href="../../comparer/?regions=bretagne"`, `href="../../explorer/?territoire=bretagne"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of Bretagne lacks %s", want)
		}
	}
}
