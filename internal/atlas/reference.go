package atlas

// Category is a category of establishments of the FINESS register, as the reference files list it.
type Category struct {
	Code        string // three digits
	Short, Name string // « M.A.S. », « Maison d’Accueil Spécialisée (M.A.S.) »
	Group       string // aggregate of the nomenclature, four digits; may be empty
	Field       Field  // that the atlas counts it in; empty: it is no ESSMS of the programme
	ClosedOn    string // ISO day since which the register opens none; empty: open
	// Doubtful tells that the category may stand outside article L. 312-1 of the code of social action.
	Doubtful bool
}

// ScaleLine is a component of the scale of subsidies, as the reference files give it.
type ScaleLine struct {
	Kind, Size, Component string
	Euros                 float64 // per ESSMS, or per project where the component says so
	Limit                 string  // « jusqu’à »: the amount is a ceiling; may be empty
	Condition             string  // may be empty
	Source                string
	// From and To bound the number of ESSMS of the projects it is for; To is 0 without bound. Both are
	// 0 for a line that the smallest projects may have besides (Small).
	From, To int
	Small    bool
}
