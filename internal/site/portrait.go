package site

import (
	"cmp"
	"strings"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// Portrait is the typical regional and national project, side by side.
type Portrait struct {
	Rows []PortraitRow
	Captions
}

// PortraitRow is one feature of the two.
type PortraitRow struct {
	Label              string
	Regional, National PortraitCell
}

// PortraitCell is a value that leads to where it comes from.
type PortraitCell struct{ Value, Href, Spoken string }

// portraitFeature is an indicator of regional projects, and the same of national ones.
type portraitFeature struct {
	label              string
	regional, national indicator.ID
}

// portraitFeatures pairs the indicators of regional and national projects.
var portraitFeatures = []portraitFeature{
	{"Nombre de projets", "projets_regionaux", "projets_nationaux"},
	{"ESSMS par projet, en moyenne", "essms_par_projet_regional", "essms_par_projet_national"},
	{"Subvention moyenne", "subvention_moyenne_regionale", "subvention_moyenne_nationale"},
	{"Projets avec mise en conformité des infrastructures", "part_infrastructures_projets_regionaux", "part_infrastructures_projets_nationaux"},
	{"Projets du privé non lucratif", "part_non_lucratif_projets_regionaux", "part_non_lucratif_projets_nationaux"},
	{"Projets du champ du handicap", "part_handicap_projets_regionaux", "part_handicap_projets_nationaux"},
}

func (e *edition) portrait(c *composer, l *linker) Portrait {
	return e.portraitOf(c, portraitFeatures, l)
}

func (e *edition) portraitOf(c *composer, features []portraitFeature, l *linker) Portrait {
	cell := func(id indicator.ID) PortraitCell {
		row := e.now(id, atlas.France)
		out := PortraitCell{Value: large(indicator.ByID(id), row), Href: cmp.Or(e.provenanceOf(id, atlas.France, l), l.to(e.indicatorPath(id)))}
		if !row.Value.Shown() {
			out.Spoken = row.Phrase
		}
		return out
	}
	var p Portrait
	for _, f := range features {
		p.Rows = append(p.Rows, PortraitRow{f.label, cell(f.regional), cell(f.national)})
	}
	mean := indicator.ByID("essms_par_projet_regional")
	p.Captions = Captions{
		Notes: []string{
			"Les parts portent sur des projets, non sur des ESSMS" + french.NBSP + ": un projet est du champ du handicap, ou du privé non lucratif, quand plus de la moitié de ses ESSMS le sont.",
		},
		Reading: french.Capitalize(e.state()) + ", " + uncapitalize(mean.Reading(e.now(mean.ID, atlas.France))),
		Champ:   "Projets régionaux et projets nationaux, comptés une fois chacun.",
		Source:  sentence(sourceLine(c.settings, e)),
	}
	if note := e.portraitUnknown(features); note != "" {
		p.Notes = append(p.Notes, note)
	}
	return p
}

// portraitUnknown says how many projects gave no answer, feature by feature: « du privé
// non lucratif : 2 régionaux, 1 national ».
func (e *edition) portraitUnknown(features []portraitFeature) string {
	var parts []string
	for _, f := range features {
		var counts []string
		add := func(id indicator.ID, one, many string) {
			if n := e.now(id, atlas.France).Value.Unknown; n > 0 {
				counts = append(counts, french.Count(float64(n), one, many))
			}
		}
		add(f.regional, "régional", "régionaux")
		add(f.national, "national", "nationaux")
		if len(counts) > 0 {
			parts = append(parts, strings.TrimPrefix(f.label, "Projets ")+french.NBSP+": "+strings.Join(counts, ", "))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Projets sans réponse, laissés hors du calcul" + french.NBSP + "– " + strings.Join(parts, french.NNBSP+"; ") + "."
}
