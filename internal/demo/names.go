package demo

import (
	"fmt"
	"math/rand/v2"

	"esms.example/atlas/internal/atlas"
)

// Every name of the demonstration says that it is invented.

var nouns = []string{"Acacias", "Ajoncs", "Alouettes", "Amandiers", "Aubépines", "Bleuets", "Bouleaux", "Bruyères", "Camélias", "Capucines",
	"Cèdres", "Cerisiers", "Charmilles", "Châtaigniers", "Chênes", "Chèvrefeuilles", "Cigognes", "Coquelicots", "Cormorans", "Cyprès",
	"Écureuils", "Églantines", "Érables", "Fauvettes", "Figuiers", "Fougères", "Frênes", "Genêts", "Gentianes", "Glycines",
	"Grives", "Hêtres", "Hirondelles", "Hortensias", "Iris", "Jonquilles", "Lavandes", "Lilas", "Magnolias", "Marronniers",
	"Mélèzes", "Mésanges", "Mimosas", "Mouettes", "Muguets", "Myosotis", "Noisetiers", "Noyers", "Oliviers", "Ormes",
	"Peupliers", "Pervenches", "Pins", "Platanes", "Pommiers", "Primevères", "Roseaux", "Rossignols", "Sapins", "Saules",
	"Sorbiers", "Tamaris", "Tilleuls", "Tournesols", "Tulipiers", "Violettes"}

var houses = []string{"Les %s", "Le Clos des %s", "Le Parc des %s", "Le Jardin des %s", "Le Moulin des %s", "La Cour des %s",
	"Le Val des %s", "Le Mas des %s", "La Colline des %s", "Le Chemin des %s", "L’Allée des %s", "La Rive des %s"}

// namer draws names and gives each holder one SIREN.
type namer struct {
	random *rand.Rand
	serial int
	known  map[string]string // SIREN by holder
}

func newNamer(r *rand.Rand) *namer { return &namer{random: r, known: map[string]string{}} }

// house draws a place name: « Les Glycines », « Le Clos des Glycines ».
func (n *namer) house() string {
	return fmt.Sprintf(houses[n.random.IntN(len(houses))], nouns[n.random.IntN(len(nouns))])
}

// holders are what the bodies of each status are called.
var holders = map[atlas.LegalStatus][]weighted[string]{
	atlas.NonProfit:   {{"Association fictive %s", 60}, {"Fondation fictive %s", 14}, {"Mutuelle fictive %s", 10}, {"Union associative fictive %s", 16}},
	atlas.Public:      {{"Établissement public fictif %s", 50}, {"Centre hospitalier fictif %s", 25}, {"CCAS fictif %s", 25}},
	atlas.ForProfit:   {{"Groupe fictif %s", 70}, {"Société fictive %s", 30}},
	atlas.StatusMixed: {{"Groupement fictif %s", 60}, {"GCSMS fictif %s", 40}},
}

// holder draws a name not drawn before, for a body of that status.
func (n *namer) holder(status atlas.LegalStatus, grouping atlas.Grouping) string {
	forms := holders[status]
	if forms == nil || grouping == atlas.Cluster {
		forms = holders[atlas.StatusMixed]
	}
	for {
		name := fmt.Sprintf(pick(n.random, forms), n.house())
		if _, known := n.known[name]; !known {
			n.known[name] = n.siren()
			return name
		}
	}
}

// siren invents a number in series 000, which the register of companies does not use, with a valid key.
func (n *namer) siren() string {
	n.serial++
	digits := fmt.Sprintf("000%05d", 10000+n.serial*71%89989)
	sum := 0
	for i, c := range digits { // the key is the ninth digit, so the second, fourth… are doubled
		v := int(c - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return digits + string(rune('0'+(10-sum%10)%10))
}

// christen names the projects, their holders and what they do. One holder in eight carries
// a second project in its region; some give no SIREN.
func (p *plan) christen() {
	r := stream(drawNames + 100)
	names := newNamer(r)
	last := map[string]string{}
	for _, d := range p.all() {
		key := d.home + string(d.status) + string(d.Grouping) + string(d.Scope)
		if last[key] != "" && r.IntN(8) == 0 {
			d.Holder = last[key]
		} else {
			d.Holder = names.holder(d.status, d.Grouping)
			last[key] = d.Holder
		}
		if r.IntN(16) > 0 {
			d.SIREN = names.known[d.Holder]
		}
		d.Title = titles[d.Kind] + " – " + d.Holder
	}
}

var titles = map[atlas.ProjectKind]string{
	atlas.Acquisition: "Acquisition d’un dossier usager informatisé",
	atlas.Compliance:  "Mise en conformité du dossier usager informatisé",
	atlas.MixedKind:   "Acquisition et mise en conformité du dossier usager informatisé",
}
