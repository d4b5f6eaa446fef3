package indicator

import (
	"slices"

	"esms.example/atlas/internal/atlas"
)

// All is the registry: every indicator of the atlas, in the order pages show them.
// The definitions are those of the programme's instructions and of the published atlas.
var All = slices.Concat(
	essmsIndicators,
	projectIndicators,
	moneyIndicators,
	profileIndicators(regionalProfile),
	profileIndicators(nationalProfile),
	publicIndicators,
	managementIndicators,
)

// The levels at which indicators exist.
var (
	france         = []atlas.Level{atlas.CountryLevel}
	regions        = []atlas.Level{atlas.RegionLevel}
	franceRegions  = []atlas.Level{atlas.CountryLevel, atlas.RegionLevel}
	everyTerritory = atlas.Levels
)

// The ways numbers are written.
var (
	percent      = Display{Scale: 0.01, Decimals: 1, Suffix: "%"}
	millions     = Display{Scale: 1e6, Decimals: 1, Suffix: "M€"}
	fineMillions = Display{Scale: 1e6, Decimals: 2, Suffix: "M€"}
	thousands    = Display{Scale: 1e3, Suffix: "k€"}
	fineK        = Display{Scale: 1e3, Decimals: 1, Suffix: "k€"}
	essmsNoun    = Display{Scale: 1, Singular: "ESSMS", Plural: "ESSMS"}
	essmsMean    = Display{Scale: 1, Decimals: 1, Singular: "ESSMS", Plural: "ESSMS"}
)

func noun(singular, plural string) Display {
	return Display{Scale: 1, Singular: singular, Plural: plural}
}

const (
	champESSMS    = "ESSMS localisés dans le territoire et financés par au moins un projet, hors financement SONS seul"
	champRegional = "projets régionaux, rattachés à l’ARS qui les finance"
	champNational = "projets nationaux, comptés une fois chacun"
	champAll      = "projets régionaux et nationaux, comptés une fois chacun"

	locatedRule = "Un ESSMS est un numéro FINESS, compté une fois quel que soit le nombre de ses projets, " +
		"et situé par sa commune d’implantation. Les lignes financées par SONS seul sont exclues."
	financedRule = "Un projet régional est rattaché à l’ARS qui le finance, où que se trouvent ses ESSMS."
)

var essmsIndicators = []Indicator{
	{
		ID: "essms_finances", Title: "ESSMS financés", Short: "ESSMS financés",
		Definition: "Nombre d’établissements et services sociaux et médico-sociaux implantés dans le territoire et financés par au moins un projet du programme.",
		Method:     "Nombre de numéros FINESS distincts de la feuille ESSMS. " + locatedRule + " Le total de la France comprend les ESSMS dont la commune n’est pas connue.",
		Champ:      champESSMS, Sentence: "{lieu}, le programme finance {valeur}.",
		Theme: ThemeESSMS, Unit: atlas.UnitESSMS, Display: essmsNoun, Levels: everyTerritory, Map: Circles,
		Compute: countESSMS(financed),
	},
	{
		ID: "essms_pour_100000_habitants", Title: "ESSMS financés pour 100 000 habitants", Short: "ESSMS pour 100 000 habitants",
		Definition: "Nombre d’ESSMS financés rapporté à la population du territoire, pour 100 000 habitants.",
		Method:     "ESSMS financés ÷ population municipale de référence 2023 (Mayotte : recensement de 2017) × 100 000. La population ne varie pas d’une année à l’autre.",
		Champ:      champESSMS, Sentence: "{lieu}, le programme finance {valeur}.",
		Theme: ThemeESSMS, Unit: atlas.UnitESSMS, Levels: everyTerritory, Map: Classes, AroundFrance: true, ratio: true,
		Display:   Display{Scale: 1, Decimals: 1, Singular: "ESSMS pour 100 000 habitants", Plural: "ESSMS pour 100 000 habitants"},
		Companion: "taux_couverture",
		Compute:   essmsPerInhabitants(100_000),
	},
	{
		ID: "taux_couverture", Title: "Taux de couverture du parc", Short: "Taux de couverture",
		Definition: "Part des ESSMS existants que le programme finance.",
		Method:     "ESSMS financés ÷ nombre d’ESSMS de la feuille Parc. Le parc d’une région est la somme de celui de ses départements s’il est connu, sinon celui de la région ; il ne varie pas d’une année à l’autre.",
		Champ:      "ESSMS existants, d’après le parc recensé par l’éditeur", Sentence: "{lieu}, le programme finance {valeur} des ESSMS existants.",
		Theme: ThemeESSMS, Unit: atlas.UnitShare, Display: percent, Levels: everyTerritory, Map: Classes, AroundFrance: true, ratio: true,
		Companion: "essms_pour_100000_habitants",
		Compute:   coverage,
	},
	{
		ID: "essms_sons_seul", Title: "ESSMS financés par SONS seul", Short: "SONS seul",
		Definition: "Nombre d’ESSMS dont la mise à niveau est payée directement à l’éditeur (système ouvert non sélectif), sans autre financement du programme ; ils ne comptent pas parmi les ESSMS financés.",
		Method:     "Nombre de numéros FINESS distincts dont toutes les lignes de la feuille ESSMS portent le financement « SONS seul ».",
		Champ:      "ESSMS localisés dans le territoire dont le seul financement est SONS", Sentence: "{lieu}, SONS est le seul financement de {valeur}.",
		Theme: ThemeESSMS, Unit: atlas.UnitESSMS, Display: essmsNoun, Levels: everyTerritory, Map: Circles,
		Compute: countESSMS(sonsOnly),
	},
}

var projectIndicators = []Indicator{
	{
		ID: "projets", Title: "Projets financés", Short: "Projets",
		Definition: "Nombre de projets financés par le programme, régionaux et nationaux.",
		Method:     "Projets régionaux + projets nationaux de la feuille Projets, chacun compté une fois, y compris un projet national suivi par plusieurs ARS.",
		Champ:      champAll, Sentence: "{lieu}, le programme finance {valeur}.",
		Theme: ThemeProjects, Unit: atlas.UnitProjects, Display: noun("projet", "projets"), Levels: france,
		Compute: countProjects(everyProject),
	},
	{
		ID: "projets_regionaux", Title: "Projets régionaux", Short: "Projets régionaux",
		Definition: "Nombre de projets financés par l’ARS ; dans un département, nombre de projets régionaux qui concernent au moins un ESSMS du département.",
		Method:     "Lignes de portée régionale de la feuille Projets. " + financedRule + " Un projet compte dans chaque département où il a un ESSMS : les départements ne s’additionnent pas.",
		Champ:      champRegional, Sentence: "{lieu}, le programme compte {valeur}.",
		Theme: ThemeProjects, Unit: atlas.UnitProjects, Display: noun("projet régional", "projets régionaux"), Levels: everyTerritory, Map: Circles,
		Compute: countProjects(regional),
	},
	{
		ID: "projets_nationaux", Title: "Projets nationaux", Short: "Projets nationaux",
		Definition: "Nombre de projets de portée nationale financés par le programme.",
		Method:     "Lignes de portée nationale de la feuille Projets, chacune comptée une fois.",
		Champ:      champNational, Sentence: "{lieu}, le programme compte {valeur}.",
		Theme: ThemeProjects, Unit: atlas.UnitProjects, Display: noun("projet national", "projets nationaux"), Levels: france,
		Compute: countProjects(national),
	},
	{
		ID: "projets_nationaux_suivis", Title: "Projets nationaux suivis par l’ARS", Short: "Nationaux suivis",
		Definition: "Nombre de projets nationaux dont l’ARS assure le suivi.",
		Method:     "Lignes de portée nationale de la feuille Projets qui nomment l’ARS. Un projet peut être suivi par plusieurs ARS : la somme des régions peut dépasser le nombre de projets nationaux.",
		Champ:      "projets nationaux, comptés dans chaque région dont l’ARS les suit", Sentence: "{lieu}, l’ARS suit {valeur}.",
		Theme: ThemeProjects, Unit: atlas.UnitProjects, Display: noun("projet national", "projets nationaux"), Levels: regions, Map: Circles,
		Compute: countProjects(national),
	},
	{
		ID: "essms_par_projet_regional", Title: "ESSMS par projet régional", Short: "ESSMS par projet régional",
		Definition: "Nombre moyen d’ESSMS réunis par un projet régional.",
		Method:     "Lignes de la feuille ESSMS rattachées à un projet régional ÷ projets régionaux. Un ESSMS présent dans deux projets compte dans chacun. " + financedRule,
		Champ:      champRegional, Sentence: "{lieu}, un projet régional réunit en moyenne {valeur}.",
		Theme: ThemeProjects, Unit: atlas.UnitESSMS, Display: essmsMean, Levels: franceRegions, Map: Classes, ratio: true,
		Companion: "subvention_moyenne_regionale",
		Compute:   linksPerProject(regional),
	},
	{
		ID: "essms_par_projet_national", Title: "ESSMS par projet national", Short: "ESSMS par projet national",
		Definition: "Nombre moyen d’ESSMS réunis par un projet national.",
		Method:     "Lignes de la feuille ESSMS rattachées à un projet national ÷ projets nationaux.",
		Champ:      champNational, Sentence: "{lieu}, un projet national réunit en moyenne {valeur}.",
		Theme: ThemeProjects, Unit: atlas.UnitESSMS, Display: essmsMean, Levels: france, ratio: true,
		Compute: linksPerProject(national),
	},
}

var moneyIndicators = []Indicator{
	{
		ID: "subvention_totale", Title: "Subventions accordées", Short: "Subventions",
		Definition: "Montant total des subventions accordées aux projets régionaux et nationaux.",
		Method:     "Somme de la colonne Subvention de la feuille Projets, chaque projet compté une fois.",
		Champ:      champAll, Sentence: "{lieu}, les subventions accordées atteignent {valeur}.",
		Theme: ThemeMoney, Unit: atlas.UnitEuro, Display: millions, Levels: france,
		Compute: sumSubsidies(everyProject),
	},
	{
		ID: "subvention_regionale", Title: "Subventions aux projets régionaux", Short: "Subventions régionales",
		Definition: "Montant total des subventions accordées par l’ARS aux projets régionaux.",
		Method:     "Somme de la colonne Subvention des projets régionaux. " + financedRule,
		Champ:      champRegional, Sentence: "{lieu}, les projets régionaux reçoivent {valeur} de subventions.",
		Theme: ThemeMoney, Unit: atlas.UnitEuro, Display: millions, Levels: franceRegions, Map: Circles,
		Compute: sumSubsidies(regional),
	},
	{
		ID: "subvention_nationale", Title: "Subventions aux projets nationaux", Short: "Subventions nationales",
		Definition: "Montant total des subventions accordées aux projets nationaux.",
		Method:     "Somme de la colonne Subvention des projets nationaux, chacun compté une fois.",
		Champ:      champNational, Sentence: "{lieu}, les projets nationaux reçoivent {valeur} de subventions.",
		Theme: ThemeMoney, Unit: atlas.UnitEuro, Display: millions, Levels: france,
		Compute: sumSubsidies(national),
	},
	{
		ID: "subvention_moyenne_regionale", Title: "Subvention moyenne d’un projet régional", Short: "Subvention moyenne",
		Definition: "Montant moyen de la subvention accordée à un projet régional.",
		Method:     "Subventions aux projets régionaux ÷ projets régionaux. La moyenne nationale est celle de tous les projets, non celle des moyennes régionales.",
		Champ:      champRegional, Sentence: "{lieu}, un projet régional reçoit en moyenne {valeur}.",
		Theme: ThemeMoney, Unit: atlas.UnitEuro, Display: thousands, Levels: franceRegions, Map: Classes, ratio: true,
		Companion: "essms_par_projet_regional",
		Compute:   subsidyPerProject(regional),
	},
	{
		ID: "subvention_moyenne_nationale", Title: "Subvention moyenne d’un projet national", Short: "Subvention moyenne nationale",
		Definition: "Montant moyen de la subvention accordée à un projet national.",
		Method:     "Subventions aux projets nationaux ÷ projets nationaux.",
		Champ:      champNational, Sentence: "{lieu}, un projet national reçoit en moyenne {valeur}.",
		Theme: ThemeMoney, Unit: atlas.UnitEuro, Display: thousands, Levels: france, ratio: true,
		Compute: subsidyPerProject(national),
	},
	{
		ID: "subvention_par_essms", Title: "Subvention par ESSMS des projets régionaux", Short: "Subvention par ESSMS",
		Definition: "Montant moyen de subvention régionale par ESSMS financé.",
		Method:     "Subventions aux projets régionaux ÷ lignes de la feuille ESSMS rattachées à un projet régional (un ESSMS présent dans deux projets compte dans chacun).",
		Champ:      champRegional, Sentence: "{lieu}, les projets régionaux reçoivent en moyenne {valeur} par ESSMS.",
		Theme: ThemeMoney, Unit: atlas.UnitEuro, Display: fineK, Levels: franceRegions, Map: Classes, AroundFrance: true, ratio: true,
		Companion: "essms_par_projet_regional",
		Compute:   subsidyPerLink(regional),
	},
	{
		ID: "taux_versement", Title: "Taux de versement des subventions", Short: "Taux de versement",
		Definition: "Part des subventions régionales déjà versée aux porteurs.",
		Method:     "Montants versés ÷ subventions, sur les projets régionaux dont le montant versé est renseigné. La moitié est versée à la signature, l’autre quand les cibles d’usage sont atteintes.",
		Champ:      "projets régionaux dont le montant versé est renseigné", Sentence: "{lieu}, {valeur} du montant des subventions régionales est versé.",
		Theme: ThemeMoney, Unit: atlas.UnitShare, Display: percent, Levels: franceRegions, Map: Classes, ratio: true,
		Companion: "taux_engagement", Followed: true,
		Compute: paidShare(regional),
	},
}

var publicIndicators = []Indicator{
	essmsShare("part_personnes_agees_essms", "du champ des personnes âgées", "Personnes âgées", "part_personnes_agees_projets_regionaux",
		"accueillent ou accompagnent des personnes âgées", "de champ connu", "Champ d’intervention", "PA", essmsField(atlas.Elderly)),
	essmsShare("part_handicap_essms", "du champ du handicap", "Handicap", "part_handicap_projets_regionaux",
		"accueillent ou accompagnent des personnes handicapées", "de champ connu", "Champ d’intervention", "PH", essmsField(atlas.Disability)),
	essmsShare("part_domicile_essms", "de l’aide et des soins à domicile", "Domicile", "essms_pour_100000_habitants",
		"apportent une aide ou des soins à domicile", "de champ connu", "Champ d’intervention", "DOMICILE", essmsField(atlas.HomeCare)),
	essmsShare("part_social_essms", "du secteur social", "Secteur social", "essms_pour_100000_habitants",
		"relèvent de la protection de l’enfance, des difficultés spécifiques, de l’hébergement et de l’insertion ou de la protection des majeurs",
		"de champ connu", "Champ d’intervention", "PE, PDS, AHI ou PJM",
		essmsField(atlas.ChildProtection, atlas.Hardship, atlas.Shelter, atlas.Guardianship)),
	essmsShare("part_non_lucratif_essms", "du secteur privé non lucratif", "Privé non lucratif", "part_non_lucratif_projets_regionaux",
		"relèvent d’un organisme privé à but non lucratif", "de statut connu", "Statut", "privé non lucratif", essmsStatus(atlas.NonProfit)),
	essmsShare("part_public_essms", "du secteur public", "Secteur public", "part_non_lucratif_essms",
		"relèvent d’un organisme public", "de statut connu", "Statut", "public", essmsStatus(atlas.Public)),
	essmsShare("part_lucratif_essms", "du secteur privé lucratif", "Privé lucratif", "part_non_lucratif_essms",
		"relèvent d’un organisme privé à but lucratif", "de statut connu", "Statut", "privé lucratif", essmsStatus(atlas.ForProfit)),
}

// essmsShare is an entry for a share of the distinct financed ESSMS.
func essmsShare(id ID, whose, short string, companion ID, predicate, known, column, value string, answer func(*atlas.ESSMS) atlas.Answer) Indicator {
	return Indicator{
		ID: id, Title: "Part des ESSMS financés " + whose, Short: short,
		Definition: "Part des ESSMS financés qui " + predicate + ".",
		Method: "ESSMS financés dont la colonne " + column + " vaut " + value + " ÷ ESSMS financés " + known +
			". La part porte sur des ESSMS, non sur des projets. " + locatedRule,
		Champ: champESSMS + ", " + known, Sentence: "{lieu}, {valeur} des ESSMS financés " + predicate + ".",
		Theme: ThemePublic, Unit: atlas.UnitShare, Display: percent, Levels: everyTerritory, Map: Classes, ratio: true,
		Companion: companion,
		Compute:   shareOfESSMS(answer),
	}
}

var managementIndicators = []Indicator{
	{
		ID: "dossiers_deposes", Title: "Dossiers déposés", Short: "Dossiers déposés",
		Definition: "Nombre de dossiers déposés en réponse aux appels à projets de l’ARS.",
		Method:     "Somme de la colonne Dossiers déposés de la feuille Candidatures.",
		Champ:      "appels à projets des ARS recensés par l’éditeur", Sentence: "{lieu}, les appels à projets ont reçu {valeur}.",
		Theme: ThemeManagement, Unit: atlas.UnitFiles, Display: noun("dossier", "dossiers"), Levels: franceRegions, Map: Circles,
		Compute: deposited,
	},
	{
		ID: "taux_selection", Title: "Taux de sélection des dossiers", Short: "Taux de sélection",
		Definition: "Part des dossiers déposés qui ont été sélectionnés.",
		Method:     "Dossiers sélectionnés ÷ dossiers déposés de la feuille Candidatures.",
		Champ:      "appels à projets des ARS recensés par l’éditeur", Sentence: "{lieu}, {valeur} des dossiers déposés ont été sélectionnés.",
		Theme: ThemeManagement, Unit: atlas.UnitShare, Display: percent, Levels: franceRegions, Map: Classes, AroundFrance: true, ratio: true,
		Companion: "taux_engagement",
		Compute:   selectionRate,
	},
	{
		ID: "enveloppe", Title: "Enveloppes déléguées aux ARS", Short: "Enveloppes",
		Definition: "Montant cumulé des crédits du programme délégués à l’ARS pour ses projets.",
		Method:     "Somme de la colonne Enveloppe de la feuille Enveloppes, toutes années jusqu’à celle considérée.",
		Champ:      "crédits annuels délégués aux ARS pour les projets du programme", Sentence: "{lieu}, les crédits délégués atteignent {valeur}.",
		Theme: ThemeManagement, Unit: atlas.UnitEuro, Display: fineMillions, Levels: franceRegions, Map: Circles,
		Compute: envelopes,
	},
	{
		ID: "taux_engagement", Title: "Taux d’engagement des enveloppes", Short: "Taux d’engagement",
		Definition: "Part des crédits délégués à l’ARS que les subventions de ses projets engagent ; elle peut dépasser 100 %.",
		Method:     "Subventions des projets régionaux décidés dans les années pour lesquelles la région a une enveloppe ÷ somme de ces enveloppes.",
		Champ:      "années pour lesquelles une enveloppe régionale est connue", Sentence: "{lieu}, les projets régionaux engagent {valeur} des crédits délégués.",
		Theme: ThemeManagement, Unit: atlas.UnitShare, Display: percent, Levels: franceRegions, Map: Classes, ratio: true,
		Companion: "taux_couverture",
		Compute:   commitmentRate,
	},
}
