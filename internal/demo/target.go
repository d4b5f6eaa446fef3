package demo

import (
	"errors"
	"math"
)

// The periods in which projects are decided, as the calibration counts them.
const (
	seeding1 = iota // call of February 2021
	seeding2        // call of July 2021
	year2022
	year2023
	periods
)

// target is what the invented programme must come to, derived from the published figures.
type target struct {
	regional, national      [periods]int // projects decided in each period
	regionalN, nationalN    int          // projects in all
	answering               int          // national projects with an answer
	seedingNAQ              int          // regional projects of the first call in Nouvelle-Aquitaine
	seedingESSMS            int          // links of the first call
	seedingESSMSNAQ         int          // of them, in Nouvelle-Aquitaine
	kinds                   [3]int       // first call: compliance, acquisition, both
	publics                 [3]int       // first call: handicap, older people, both
	clusters                int          // first call
	deposited, depositedNAQ int          // files of the first call
	files                   int          // files deposited in all

	meanNational                                       float64 // ESSMS by national project
	infrastructure, nonProfit, handicap                float64 // shares of regional projects
	nationalInfra, nationalNonProfit, nationalHandicap float64 // shares of national projects

	subsidies         [periods]float64 // regional; those of seeding2 and year2022 are one sum, in year2022
	nationalSubsidies [periods]float64
	envelopes         float64 // of 2021 and 2022 together
}

// The liberties taken inside what the published words allow.
const (
	unanswered      = 18     // regional projects that say nothing of their infrastructures
	filesShort      = 15     // « près de 1 000 » files: so many fewer
	engagedAbove    = 0.0025 // « plus de 98 % »: so much more
	regionalShading = 0.9995 // mean subsidies that are not themselves round numbers
	nationalShading = 0.9998
)

const nouvelleAquitaine = "75"

// newTarget derives the targets. It fails when a reference figure is missing.
func newTarget(p *published) (*target, error) {
	var missing []error
	get := func(group, name string) float64 {
		v, err := p.figure(group, name)
		missing = append(missing, err)
		return v
	}
	count := func(group, name string) int { return int(math.Round(get(group, name))) }

	t := &target{}
	envelope2023 := 0
	for _, r := range p.regions {
		t.regionalN += r.regional
		envelope2023 += r.envelope
	}
	t.nationalN = count("edition_2023", "projets_finances") - t.regionalN
	t.answering = t.nationalN - 1
	by2021, by2022 := count("etat_2021", "projets_regionaux"), count("etat_2022", "projets_regionaux")
	t.regional[seeding1] = count("amorcage_temps_1", "projets_selectionnes")
	t.regional[seeding2] = by2021 - t.regional[seeding1]
	t.regional[year2022] = by2022 - by2021
	t.regional[year2023] = t.regionalN - by2022
	t.national[seeding2] = count("etat_2021", "projets_nationaux")
	t.national[year2022] = count("etat_2022", "projets_nationaux") - t.national[seeding2]
	t.national[year2023] = t.nationalN - t.national[year2022] - t.national[seeding2]

	t.seedingNAQ = count("amorcage_temps_1_naq", "projets_selectionnes")
	t.seedingESSMS = count("amorcage_temps_1", "structures_corps")
	t.seedingESSMSNAQ = count("amorcage_temps_1_naq", "etablissements")
	t.kinds = [3]int{count("amorcage_temps_1", "projets_mise_en_conformite_dui"),
		count("amorcage_temps_1", "projets_nouvelle_solution_dui"), count("amorcage_temps_1", "projets_mixtes")}
	t.publics = [3]int{count("amorcage_temps_1", "projets_handicap"),
		count("amorcage_temps_1", "projets_personnes_agees"), count("amorcage_temps_1", "projets_deux_publics")}
	t.clusters = count("amorcage_temps_1", "grappes")
	t.deposited = count("amorcage_temps_1", "dossiers_deposes")
	t.depositedNAQ = count("amorcage_temps_1_naq", "dossiers_deposes")
	t.files = count("edition_2023", "demandes") - filesShort

	t.meanNational = get("edition_2023_national", "essms_par_projet")
	t.infrastructure = get("edition_2023_regional", "part_mise_en_conformite_infrastructures")
	t.nonProfit = get("edition_2023_regional", "part_prive_non_lucratif")
	t.handicap = get("edition_2023_regional", "part_handicap")
	t.nationalInfra = get("edition_2023_national", "part_mise_en_conformite_infrastructures")
	t.nationalNonProfit = get("edition_2023_national", "part_prive_non_lucratif")
	t.nationalHandicap = get("edition_2023_national", "part_handicap")

	meanNational := get("edition_2023_national", "subvention_moyenne") * nationalShading
	nationalBy2022 := 0.0
	for i, n := range t.national {
		t.nationalSubsidies[i] = float64(n) * meanNational
		if i < year2023 {
			nationalBy2022 += t.nationalSubsidies[i]
		}
	}
	regional := float64(t.regionalN) * get("edition_2023_regional", "subvention_moyenne") * regionalShading
	t.subsidies[seeding1] = get("amorcage_temps_1", "financement")
	t.subsidies[year2022] = get("etat_2022", "subventions") - nationalBy2022 - t.subsidies[seeding1]
	t.subsidies[year2023] = regional - t.subsidies[seeding1] - t.subsidies[year2022]
	engaged := get("edition_2023", "taux_engagement_enveloppe_2021_2023") + engagedAbove
	t.envelopes = regional/engaged - float64(envelope2023)
	return t, errors.Join(missing...)
}

// nearest is the count that a published share makes of n.
func nearest(share float64, n int) int { return int(math.Round(share * float64(n))) }
