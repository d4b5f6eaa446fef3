package site

import (
	"math"
	"strconv"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// projectLead opens the page of a project with sentences that may each be quoted alone.
func (e *edition) projectLead(p *atlas.Project) []string {
	holder := french.Isolated(p.Holder)
	first := "Porté par " + holder
	if p.Grouping == atlas.Cluster {
		first = "Porté en grappe par " + holder + " avec d’autres organismes"
	}
	amount := euros(p.Subsidy)
	if p.Scope == atlas.National {
		first += ", ce projet national reçoit une subvention de " + amount + " et est suivi par " + e.agencies(p) + "."
	} else {
		first += ", ce projet régional est financé par " + e.agencies(p) + " à hauteur de " + amount + "."
	}
	lead := []string{first, e.reach(p)}
	if p.Paid.Known && p.Subsidy > 0 {
		if p.Paid.Amount == 0 {
			lead = append(lead, french.Capitalize(e.state())+", rien n’a encore été versé.")
		} else {
			lead = append(lead, french.Capitalize(e.state())+", "+euros(p.Paid.Amount)+" ont été versés, soit "+paidShare(p)+" de la subvention.")
		}
	}
	return lead
}

// agencies is « l’ARS Bretagne », « les ARS Bretagne et Corse ».
func (e *edition) agencies(p *atlas.Project) string {
	names := e.regionNames(p)
	if len(names) == 1 {
		return "l’ARS " + names[0]
	}
	return "les ARS " + french.Join(names)
}

// reach says how many ESSMS a project concerns, where, and of which field.
func (e *edition) reach(p *atlas.Project) string {
	if len(p.Links) == 0 {
		return "Aucun ESSMS n’y est encore rattaché."
	}
	text := "Il concerne " + essms(len(p.Links))
	switch places := e.departmentsOf(p); {
	case len(places) == 1:
		text += " " + places[0].Locative
	case len(places) > 1 && len(places) <= 4:
		var names []string
		for _, t := range places {
			names = append(names, t.Name)
		}
		text += " dans " + strconv.Itoa(len(places)) + " départements (" + french.Join(names) + ")"
	case len(places) > 1:
		text += " dans " + strconv.Itoa(len(places)) + " départements"
	}
	switch f := p.DominantField(); f {
	case "":
	case atlas.FieldMixed:
		text += ", sans champ d’intervention majoritaire"
	default:
		if len(p.Links) > 1 {
			text += ", en majorité"
		} else {
			text += ","
		}
		text += " du champ «" + french.NBSP + f.Label() + french.NBSP + "»"
	}
	return text + "."
}

// departmentsOf are the departments of a project's ESSMS, in the order of their codes.
func (e *edition) departmentsOf(p *atlas.Project) []atlas.Territory {
	has := map[string]bool{}
	for _, link := range p.Links {
		has[link.ESSMS.Department] = true
	}
	var out []atlas.Territory
	for _, t := range e.results.Gazetteer().Departments() {
		if has[t.ID.Code] {
			out = append(out, t)
		}
	}
	return out
}

// paidShare is the share of the subsidy that is paid, written as the indicator writes it.
func paidShare(p *atlas.Project) string {
	_, phrase := indicator.ByID("taux_versement").Format(atlas.Ratio(p.Paid, atlas.Known(p.Subsidy), 1), atlas.Edition{})
	return phrase
}

// activeFilesTarget is the share of active files that the second payment depends on: that of
// the indicator part_cible_dossiers_actifs_projets_regionaux.
const activeFilesTarget = 0.9

// activeFiles is « 78 % », with as many decimals, up to two, as the workbook gives.
func activeFiles(x float64) string {
	for decimals := range 2 {
		if math.Abs(atlas.RoundTo(x, math.Pow10(-2-decimals))-x) < 1e-9 {
			return french.Percent(x, decimals)
		}
	}
	return french.Percent(x, 2)
}

// means are the indicators that a project of each scope is compared with.
var means = map[atlas.Scope]struct{ subsidy, essms, perESSMS indicator.ID }{
	atlas.Regional: {"subvention_moyenne_regionale", "essms_par_projet_regional", "subvention_par_essms"},
	atlas.National: {"subvention_moyenne_nationale", "essms_par_projet_national", ""},
}

func (e *edition) projectFigures(p *atlas.Project) []ProjectFigure {
	mean, peers, place := means[p.Scope], "des projets nationaux", atlas.France
	if p.Scope == atlas.Regional {
		peers, place = "de la région", atlas.RegionID(p.Regions[0])
	}
	average := func(id indicator.ID) []string {
		if id == "" {
			return nil
		}
		row := e.now(id, place)
		return []string{"Moyenne " + peers + french.NBSP + ": " + large(indicator.ByID(id), row)}
	}
	none := ProjectFigure{Value: "n.d.", Spoken: "non disponible"}
	subsidy := ProjectFigure{Label: "Subvention accordée", Value: euros(p.Subsidy), Notes: average(mean.subsidy)}
	if s := e.projects.rank[p]; s.among > 1 {
		subsidy.Notes = append([]string{french.Ordinal(s.rank, french.Feminine) + " sur " + strconv.Itoa(s.among) + " par le montant"}, subsidy.Notes...)
	}
	size := ProjectFigure{Label: "ESSMS concernés", Value: french.Integer(float64(len(p.Links))), Notes: average(mean.essms)}
	if least := e.minimum(p); least > 0 {
		size.Notes = append([]string{minimumText(least, len(p.Links))}, size.Notes...)
	}
	each := none
	if len(p.Links) > 0 {
		each = ProjectFigure{Value: euros(p.Subsidy / float64(len(p.Links)))}
	}
	each.Label, each.Notes = "Subvention par ESSMS", average(mean.perESSMS)
	paid := none
	if p.Paid.Known {
		paid = ProjectFigure{Value: euros(p.Paid.Amount)}
		if p.Subsidy > 0 {
			paid.Notes = []string{paidShare(p) + " de la subvention"}
		}
	}
	paid.Label = "Montant versé"
	active := none
	if p.ActiveFiles.Known {
		active = ProjectFigure{Value: activeFiles(p.ActiveFiles.Amount), Notes: []string{"Cible de " + french.Percent(activeFilesTarget, 0) + " non atteinte"}}
		if p.ActiveFiles.Amount >= activeFilesTarget {
			active.Notes[0] = "Cible de " + french.Percent(activeFilesTarget, 0) + " atteinte"
		}
	}
	active.Label = "Dossiers actifs"
	return []ProjectFigure{subsidy, size, each, paid, active, e.spread(p)}
}

// minimum is the number of ESSMS under which a project of that region is small; 0 when it has none.
func (e *edition) minimum(p *atlas.Project) int {
	if p.Scope != atlas.Regional {
		return 0
	}
	t, _ := e.results.Gazetteer().Territory(atlas.RegionID(p.Regions[0]))
	return t.MinProjectSize
}

func minimumText(least, n int) string {
	if n < least {
		return "Sous le minimum de la région (" + strconv.Itoa(least) + ")"
	}
	return "Minimum de la région (" + strconv.Itoa(least) + ") atteint"
}

// spread counts the departments of a project, and its regions where there are several.
func (e *edition) spread(p *atlas.Project) ProjectFigure {
	places := e.departmentsOf(p)
	regions := map[string]bool{}
	for _, t := range places {
		regions[t.Region] = true
	}
	f := ProjectFigure{Label: "Départements", Value: strconv.Itoa(len(places))}
	if len(regions) > 1 {
		f.Notes = []string{"dans " + strconv.Itoa(len(regions)) + " régions"}
	}
	if len(p.Links) == 0 {
		f.Value, f.Spoken = "///", "sans objet"
	}
	return f
}

// projectFacts are the words of the workbook's row.
func (e *edition) projectFacts(p *atlas.Project, l *linker) []Fact {
	known := func(name, value string) Fact {
		if value == "" {
			return Fact{Name: name, Value: "n.d.", Spoken: "non disponible"}
		}
		return Fact{Name: name, Value: french.Capitalize(value)}
	}
	grouping := known("Groupement", string(p.Grouping))
	if p.Grouping == atlas.Cluster {
		grouping.Note = "Plusieurs organismes ensemble" + french.NNBSP + "; les données ne nomment que le porteur."
	}
	agency := Fact{Name: "ARS qui finance", Links: e.regionLinks(p, l)}
	if p.Scope == atlas.National {
		agency.Name = french.Plural(float64(len(p.Regions)), "ARS qui suit", "ARS qui suivent")
	}
	facts := []Fact{
		known("Organisme porteur", french.Isolated(p.Holder)), known("SIREN", p.SIREN), grouping, agency,
		known("Phase", string(p.Phase)), known("Décision", french.Date(p.DecidedOn)), known("Type de projet", string(p.Kind)),
		known("Infrastructures", infrastructureWords[p.Infrastructure]), known("Solution DUI", french.Isolated(p.Software)),
		known("Référencement", listingWords[p.Listing]),
	}
	if least := e.minimum(p); least > 0 {
		facts = append(facts, Fact{Name: "Taille minimale", Value: minimumText(least, len(p.Links)),
			Note: "L’ARS peut déroger à ce minimum."})
	}
	if n := len(p.SONS); n > 0 {
		facts = append(facts, Fact{Name: "Financement SONS seul", Value: essms(n), Note: "Non comptés dans les autres chiffres."})
	}
	return facts
}

var infrastructureWords = map[atlas.Answer]string{
	atlas.Yes: "mise en conformité comprise", atlas.No: "sans mise en conformité",
}

var listingWords = map[atlas.Listing]string{atlas.Segur: "Ségur", atlas.SAD: "SAD", atlas.Unlisted: "aucun"}
