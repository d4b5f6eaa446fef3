package atlas

import (
	"fmt"
	"time"
)

// Origin is where a record was read: the way back from a figure to its rows.
type Origin struct {
	File, Sheet string
	Row         int // 1 is the first row of the sheet
}

// String writes « projets.xlsx › Projets › ligne 12 ».
func (o Origin) String() string { return fmt.Sprintf("%s › %s › ligne %d", o.File, o.Sheet, o.Row) }

// Quantity is a number that may be unknown. The zero value is unknown.
type Quantity struct {
	Amount float64
	Known  bool
}

// Known returns a known quantity.
func Known(x float64) Quantity { return Quantity{x, true} }

// Scope says who decides on a project.
type Scope string

// The scopes, as the open data writes them.
const (
	Regional Scope = "régional"
	National Scope = "national"
)

// Phase is the phase of the programme in which a project was decided.
type Phase string

// The phases, as sheet Projets writes them; the empty one is unknown, or all of them.
const (
	Seeding1       Phase = "Amorçage T1"
	Seeding2       Phase = "Amorçage T2"
	Generalisation Phase = "Généralisation"
)

// ProjectKind says what the project buys.
type ProjectKind string

// The kinds of project, as sheet Projets writes them.
const (
	Acquisition ProjectKind = "Acquisition"
	Compliance  ProjectKind = "Mise en conformité"
	MixedKind   ProjectKind = "Mixte"
)

// Answer is yes, no or, when empty, unknown.
type Answer string

// The known answers.
const (
	Yes Answer = "oui"
	No  Answer = "non"
)

// Grouping says whether bodies carry a project together; empty is unknown.
type Grouping string

// The known groupings.
const (
	Cluster    Grouping = "Grappe"
	SingleBody Grouping = "Organisme seul"
)

// Listing is the referencing of the software bought; empty is unknown.
type Listing string

// The known listings.
const (
	Segur    Listing = "Ségur"
	SAD      Listing = "SAD"
	Unlisted Listing = "aucun"
)

// Field is the public an ESSMS serves (champ d'intervention); empty is unknown.
type Field string

// The fields of intervention. FieldMixed is only ever the dominant field of a project.
const (
	Elderly         Field = "PA"
	Disability      Field = "PH"
	HomeCare        Field = "DOMICILE"
	ChildProtection Field = "PE"
	Hardship        Field = "PDS"
	Shelter         Field = "AHI"
	Guardianship    Field = "PJM"
	OtherField      Field = "AUTRE"
	FieldMixed      Field = "mixte"
)

// Fields lists the fields of intervention in the order tables show them.
var Fields = []Field{Elderly, Disability, HomeCare, ChildProtection, Hardship, Shelter, Guardianship, OtherField}

// Label returns the field in French words; « non renseigné » when unknown.
func (f Field) Label() string {
	if l, ok := fieldLabels[f]; ok {
		return l
	}
	return "non renseigné"
}

var fieldLabels = map[Field]string{
	Elderly:         "personnes âgées",
	Disability:      "personnes handicapées",
	HomeCare:        "aide et soins à domicile",
	ChildProtection: "protection de l’enfance",
	Hardship:        "personnes en difficultés spécifiques",
	Shelter:         "accueil, hébergement, insertion",
	Guardianship:    "protection juridique des majeurs",
	OtherField:      "autre",
	FieldMixed:      "mixte",
}

// LegalStatus is the sector of an ESSMS; empty is unknown.
type LegalStatus string

// The legal statuses, as sheet ESSMS writes them. StatusMixed is only ever the dominant status of a project.
const (
	Public      LegalStatus = "public"
	NonProfit   LegalStatus = "privé non lucratif"
	ForProfit   LegalStatus = "privé lucratif"
	StatusMixed LegalStatus = "mixte"
)

// Statuses lists the legal statuses in the order tables show them.
var Statuses = []LegalStatus{NonProfit, Public, ForProfit}

// Label returns the status in French words; « non renseigné » when unknown.
func (s LegalStatus) Label() string {
	if s == "" {
		return "non renseigné"
	}
	return string(s)
}

// Project is a row of sheet Projets with the rows of sheet ESSMS that name it.
type Project struct {
	Number         string
	Title, Holder  string
	SIREN          string // 9 digits, or empty
	Scope          Scope
	Regions        []string // codes: of the ARS that finances it (regional: exactly one) or of those that follow it, in ascending order
	Phase          Phase
	DecidedOn      time.Time // 00:00 UTC
	Kind           ProjectKind
	Infrastructure Answer
	Grouping       Grouping
	Subsidy        float64 // euros
	Paid           Quantity
	Software       string
	Listing        Listing
	ActiveFiles    Quantity // from 0 to 1
	Links          []*Link  // financed ones, in the order of their FINESS numbers; those of SONS alone are in SONS
	SONS           []*Link  // links financed by SONS alone, left out of every count but essms_sons_seul
	Origin         Origin
}

// DominantField is the field held by strictly more than half of the project's financed
// links whose field is known; FieldMixed when there is none such, empty when no field is known.
func (p *Project) DominantField() Field {
	return dominant(p.Links, func(l *Link) Field { return l.Field }, FieldMixed)
}

// DominantStatus is the legal status held by strictly more than half of the project's financed
// links whose status is known; StatusMixed when there is none such, empty when no status is known.
func (p *Project) DominantStatus() LegalStatus {
	return dominant(p.Links, func(l *Link) LegalStatus { return l.Status }, StatusMixed)
}

func dominant[K ~string](links []*Link, of func(*Link) K, mixed K) K {
	counts, known := map[K]int{}, 0
	for _, l := range links {
		if k := of(l); k != "" {
			counts[k]++
			known++
		}
	}
	if known == 0 {
		return ""
	}
	for k, n := range counts {
		if 2*n > known {
			return k // at most one can hold more than half
		}
	}
	return mixed
}

// Link is a row of sheet ESSMS: an ESSMS in a project.
type Link struct {
	Project  *Project
	ESSMS    *ESSMS
	Category string      // FINESS category code, or empty
	Field    Field       // the one written, else the one of the category
	Status   LegalStatus // the one written, else the register's
	SONSOnly bool
	Origin   Origin
}

// ESSMS is a FINESS number with the one commune, field and status that its rows agree
// on most often (ties: the first in alphabetical order).
type ESSMS struct {
	FINESS     string
	Name       string
	Category   string
	Commune    string // INSEE code, or empty
	Department string // code, or empty: unknown commune, or a collectivity without department
	Region     string // code, or empty
	Field      Field
	Status     LegalStatus
	Links      []*Link // every one, those of SONS alone included, in the order of the projects' numbers
}

// Application is a row of sheet Candidatures.
type Application struct {
	Region              string
	Year                int
	Phase               Phase // may be empty
	Deposited, Selected float64
	Origin              Origin
}

// Envelope is a row of sheet Enveloppes: credits given to an ARS for a year, in euros.
type Envelope struct {
	Region string
	Year   int
	Amount float64
	Origin Origin
}

// FleetRow is a row of sheet Parc: the ESSMS of one field that exist in a territory.
type FleetRow struct {
	Territory TerritoryID // a region or a department
	Field     Field
	Number    float64
	Origin    Origin
}

// ProgrammeLine is a row of sheet Programme: a target or a budget line of the programme.
type ProgrammeLine struct {
	Quantity string
	Year     int // 0: none
	Value    float64
	Unit     string
	Source   string
	Origin   Origin
}

// UsageRate is a row of sheet Usages: a rate found by a survey, shown as given.
type UsageRate struct {
	Region      string // empty: France
	Year        int
	Service     string
	Field       Field // may be empty
	Rate        float64
	Respondents Quantity
	Source      string
	Origin      Origin
}

// Precision says how a published figure was worded, and so what it allows.
type Precision string

// The precisions of sheet « Chiffres publiés ».
const (
	Exact     Precision = "exact"
	Rounded   Precision = "arrondi" // the computed value rounded to the step equals it
	About     Precision = "environ" // within 5 %
	MoreThan  Precision = "plus de" // above, by at most 5 %
	JustUnder Precision = "près de" // below, by at most 5 %
)

// PublishedFigure is a row of sheet « Chiffres publiés ».
type PublishedFigure struct {
	Indicator string
	Territory TerritoryID
	Year      int   // 0: the data state
	Phase     Phase // empty: all
	Value     float64
	Precision Precision
	Step      float64 // of Rounded
	Source    string
	Origin    Origin
}
