package dataset

import (
	"slices"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/workbook"
)

// The sheets of a blank workbook that hold no data.
const (
	guideSheet = "Mode d’emploi"
	listSheet  = "Listes"
)

// besides are the sheets that may stand in a workbook without being read: those of a blank one,
// and the summary of a returned one.
var besides = map[string]bool{french.Fold(guideSheet): true, french.Fold(listSheet): true, french.Fold("Contrôle"): true}

// Template makes the blank workbook that agencies fill in: what it holds, Read accepts. The same
// territories and references give the same bytes.
func (in *Input) Template() ([]byte, error) {
	form := workbook.Form{
		Title: "Atlas ESMS numérique : classeur à remplir",
		Guide: guideSheet, ListSheet: listSheet,
		Steps: []string{
			"Remplissez les feuilles « Projets » et « ESSMS » ; les autres sont facultatives et peuvent rester vides ou être supprimées.",
			"Dans chaque feuille, écrivez une ligne par enregistrement, à partir de la ligne 2, sans ligne de total, sans cellule fusionnée et sans ligne masquée. Les en-têtes sur fond foncé sont ceux des colonnes qui doivent exister ; les autres colonnes peuvent être supprimées.",
			"Survolez un en-tête pour lire ce que la colonne attend. Les listes déroulantes proposent les valeurs admises ; elles viennent de la feuille « Listes ».",
			"N’écrivez rien dans une cellule dont la valeur est inconnue : ni zéro, ni tiret, ni « NC ».",
			"Les numéros et les codes (FINESS, SIREN, commune) sont des textes : leurs zéros de tête comptent. Collez-les sans changer le format des colonnes (collage spécial, valeurs).",
			"Remplacez les formules par leurs valeurs avant l’envoi.",
			"Enregistrez le classeur au format « Classeur Excel (.xlsx) », sans mot de passe, et renvoyez-le à la personne qui vous l’a transmis. Elle vous rendra la liste des cellules à corriger, s’il y en a.",
		},
	}
	form.Title = french.Typeset(form.Title)
	lists := in.formLists()
	for _, s := range Sheets() {
		sheet := workbook.FormSheet{Name: s.Name, Doc: s.Doc, Required: s.Required}
		for _, d := range s.Columns {
			column := workbook.FormColumn{Description: d}
			column.List, column.Open = lists.of(d)
			sheet.Columns = append(sheet.Columns, column)
		}
		form.Sheets = append(form.Sheets, sheet)
	}
	form.Lists = lists.all
	return form.Write()
}

// formLists are the lists of the blank workbook: those of the columns, in the order in which
// they come, then those of the territories and of the categories.
type formLists struct {
	all  []workbook.FormList
	open map[string]string // header of a column that is no closed list, to the title of its list
}

const colRegions = "Régions"

func (in *Input) formLists() *formLists {
	named := func(level atlas.Level) []string {
		var out []string
		for _, t := range in.gazetteer.At(level) {
			out = append(out, t.ID.Code+" - "+t.Name)
		}
		return out
	}
	var categories []string
	for _, code := range sortedKeys(in.references.categories) {
		if c := in.references.categories[code]; c.field != "" {
			categories = append(categories, code+" - "+c.label)
		}
	}
	l := &formLists{open: map[string]string{colRegion: colRegions, colDept: "Départements", colCategory: "Catégories"}}
	for _, s := range Sheets() {
		for _, d := range s.Columns {
			if len(d.Choices) > 0 && !slices.ContainsFunc(l.all, func(o workbook.FormList) bool { return o.Title == d.Header }) {
				l.all = append(l.all, workbook.FormList{Title: d.Header, Values: d.Choices})
			}
		}
	}
	l.all = append(l.all, workbook.FormList{Title: colRegions, Values: named(atlas.RegionLevel)},
		workbook.FormList{Title: "Départements", Values: named(atlas.DepartmentLevel)},
		workbook.FormList{Title: "Catégories", Values: categories})
	return l
}

// of returns the list that a column chooses from. A territory may be written in several ways, and a national project
// may name several regions: their lists help without refusing anything.
func (l *formLists) of(d workbook.Description) (title string, open workbook.Openness) {
	if len(d.Choices) > 0 {
		return d.Header, workbook.ClosedList
	}
	return l.open[d.Header], workbook.OpenList
}
