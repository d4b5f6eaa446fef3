package indicator

import (
	"strings"

	"esms.example/atlas/internal/atlas"
)

// The profile of the projects is a set of questions asked of every project: each
// makes a share of the regional projects and, unless it is regional only, one of the
// national projects.

// question is one entry of the profile. The words {projets} stand for « projets
// régionaux » or « projets nationaux ».
type question struct {
	id, title, short string
	predicate        string // « concernent en majorité des ESSMS du champ du handicap »
	known            string // « dont le champ dominant est connu »; empty when every project answers
	method           string
	answer           func(*Slice, *atlas.Project) atlas.Answer
	regionalOnly     bool
	companion        ID   // of the share of the regional projects
	followed         bool // the answer changes after the decision
}

const dominantRule = "Le champ (ou le statut) dominant d’un projet est celui de plus de la moitié de ses ESSMS dont le champ (le statut) est connu ; " +
	"à défaut le projet est « mixte » et compte au dénominateur. "

var questions = []question{
	{
		id: "handicap", title: "du champ du handicap", short: "Handicap",
		predicate: "concernent en majorité des ESSMS du champ du handicap", known: "dont le champ dominant est connu",
		method:    dominantRule + "{Projets} de champ dominant PH ÷ {projets} dont le champ d’au moins un ESSMS est connu.",
		answer:    dominantField(atlas.Disability),
		companion: "part_handicap_essms",
	},
	{
		id: "personnes_agees", title: "du champ des personnes âgées", short: "Personnes âgées",
		predicate: "concernent en majorité des ESSMS du champ des personnes âgées", known: "dont le champ dominant est connu",
		method:    dominantRule + "{Projets} de champ dominant PA ÷ {projets} dont le champ d’au moins un ESSMS est connu.",
		answer:    dominantField(atlas.Elderly),
		companion: "part_personnes_agees_essms",
	},
	{
		id: "non_lucratif", title: "du privé non lucratif", short: "Privé non lucratif",
		predicate: "concernent en majorité des ESSMS privés à but non lucratif", known: "dont le statut dominant est connu",
		method:    dominantRule + "{Projets} de statut dominant privé non lucratif ÷ {projets} dont le statut d’au moins un ESSMS est connu. C’est une part des projets, non des ESSMS.",
		answer:    dominantNonProfit,
		companion: "part_non_lucratif_essms",
	},
	{
		id: "infrastructures", title: "avec mise en conformité des infrastructures", short: "Infrastructures",
		predicate: "comprennent une mise en conformité des infrastructures numériques", known: "qui ont répondu sur leurs infrastructures",
		method:    "{Projets} dont la colonne Infrastructures vaut oui ÷ {projets} où elle est renseignée.",
		answer:    withInfrastructure,
		companion: "subvention_par_essms",
	},
	{
		id: "mise_en_conformite", title: "de mise en conformité", short: "Mise en conformité",
		predicate: "mettent en conformité un DUI existant",
		method:    "{Projets} de type Mise en conformité ou Mixte ÷ {projets}. Un projet mixte compte aussi parmi les acquisitions : les deux parts peuvent dépasser 100 % ensemble.",
		answer:    kindOrMixed(atlas.Compliance),
		companion: "part_infrastructures_projets_regionaux",
	},
	{
		id: "acquisition", title: "d’acquisition d’un DUI", short: "Acquisition",
		predicate: "acquièrent ou renouvellent un DUI",
		method:    "{Projets} de type Acquisition ou Mixte ÷ {projets}. Un projet mixte compte aussi parmi les mises en conformité : les deux parts peuvent dépasser 100 % ensemble.",
		answer:    kindOrMixed(atlas.Acquisition),
		companion: "subvention_par_essms",
	},
	{
		id: "grappes", title: "portés en grappe", short: "Grappes",
		predicate: "sont portés en grappe par plusieurs organismes", known: "dont le groupement est renseigné",
		method:    "{Projets} dont la colonne Groupement vaut Grappe ÷ {projets} où elle est renseignée.",
		answer:    inCluster,
		companion: "essms_par_projet_regional",
	},
	{
		id: "segur", title: "qui retiennent un DUI référencé Ségur", short: "Référencement Ségur",
		predicate: "retiennent un DUI référencé Ségur", known: "dont le référencement est renseigné",
		method: "{Projets} dont la colonne Référencement vaut Ségur ÷ {projets} où elle est renseignée.",
		answer: segurListed, regionalOnly: true,
		companion: "part_acquisition_projets_regionaux",
	},
	{
		id: "sous_seuil", title: "sous le seuil de taille", short: "Sous le seuil",
		predicate: "réunissent moins d’ESSMS que le minimum de leur région",
		method:    "{Projets} dont le nombre d’ESSMS (hors SONS seul) est inférieur au minimum de la région qui les finance (8 en Corse et outre-mer, 15 ailleurs) ÷ {projets}. L’ARS peut déroger à ce minimum.",
		answer:    underMinimum, regionalOnly: true,
		companion: "essms_par_projet_regional",
	},
	{
		id: "cible_dossiers_actifs", title: "qui atteignent la cible de dossiers actifs", short: "Cible de dossiers actifs",
		predicate: "atteignent la cible de 90 % de dossiers actifs", known: "dont le taux de dossiers actifs est renseigné",
		method: "{Projets} dont le taux de dossiers actifs est d’au moins 90 % ÷ {projets} où il est renseigné.",
		answer: activeFilesReached, regionalOnly: true, followed: true,
		companion: "taux_versement",
	},
}

// profile is the kind of projects that questions are asked of.
type profile struct {
	suffix, words string
	of            projectsOf
	champ         string
	levels        []atlas.Level
	mapped        MapKind
	regional      bool
}

var (
	regionalProfile = profile{"projets_regionaux", "projets régionaux", regional, champRegional, franceRegions, Classes, true}
	nationalProfile = profile{"projets_nationaux", "projets nationaux", national, champNational, france, NoMap, false}
)

func profileIndicators(p profile) []Indicator {
	words := strings.NewReplacer("{projets}", p.words, "{Projets}", "P"+p.words[1:])
	var out []Indicator
	for _, q := range questions {
		if q.regionalOnly && !p.regional {
			continue
		}
		champ := p.champ
		if q.known != "" {
			champ += ", " + q.known
		}
		companion := q.companion
		if !p.regional {
			companion = ""
		}
		out = append(out, Indicator{
			ID:    ID("part_" + q.id + "_" + p.suffix),
			Title: "Part des " + p.words + " " + q.title, Short: q.short,
			Definition: "Part des " + p.words + " qui " + q.predicate + ".",
			Method:     words.Replace(q.method), Champ: champ,
			Sentence: "{lieu}, {valeur} des " + p.words + " " + q.predicate + ".",
			Theme:    ThemeProfile, Unit: atlas.UnitShare, Display: percent, Levels: p.levels, Map: p.mapped, ratio: true,
			Companion: companion, Followed: q.followed,
			Compute: shareOfProjects(p.of, q.answer),
		})
	}
	return out
}
