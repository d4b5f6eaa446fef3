package demo

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"esms.example/atlas/internal/atlas"
)

// The files of data/references that the demonstration is calibrated on.
const (
	figuresFile    = "chiffres-publies.csv"
	regionsFile    = "regions-publiees.csv"
	scaleFile      = "bareme-subventions-2022.csv"
	categoriesFile = "categories-finess.csv"
)

// published is what is known of the real programme: everything the invented records must agree with.
type published struct {
	figures    []figure
	regions    []publishedRegion
	scale      []scaleLine
	categories map[string]atlas.Field // open FINESS categories that have a field
}

// figure is a line of chiffres-publies.csv. One with an indicator goes to sheet « Chiffres
// publiés », one with a label to sheet Programme; the others only calibrate.
type figure struct {
	group, name, label string
	value              float64
	unit               string
	precision          atlas.Precision
	step               string // of a rounded figure; empty otherwise
	source             string
	indicator          string
	territory          string
	year               int // 0: none
	phase              string
}

// publishedRegion is a line of regions-publiees.csv.
type publishedRegion struct {
	code        string
	essms       int // distinct ESSMS, as rounded by the publication
	regional    int // regional projects
	followed    int // national projects followed; 0 where the publication gives none
	hasFollowed bool
	envelope    int // euros, for 2023
}

// scaleLine is a line of the subsidy scale of 2022, in euros.
type scaleLine struct {
	kind, size, component string
	amount                float64
}

// readPublished reads the references that the demonstration is calibrated on.
func readPublished(fsys fs.FS) (*published, error) {
	p := &published{categories: map[string]atlas.Field{}}
	for _, f := range []struct {
		name string
		line func(record) error
	}{
		{figuresFile, p.addFigure}, {regionsFile, p.addRegion}, {scaleFile, p.addScale}, {categoriesFile, p.addCategory},
	} {
		if err := eachRecord(fsys, f.name, f.line); err != nil {
			return nil, fmt.Errorf("lecture de %s : %w", f.name, err)
		}
	}
	slices.SortFunc(p.regions, func(a, b publishedRegion) int { return atlas.RegionID(a.code).Compare(atlas.RegionID(b.code)) })
	return p, nil
}

// figure returns the value of a published figure. It fails when the references lack it:
// the demonstration could not be calibrated.
func (p *published) figure(group, name string) (float64, error) {
	for _, f := range p.figures {
		if f.group == group && f.name == name {
			return f.value, nil
		}
	}
	return 0, fmt.Errorf("%s : la ligne « %s, %s » manque", figuresFile, group, name)
}

func (p *published) addFigure(r record) error {
	value, err := strconv.ParseFloat(r["valeur"], 64)
	if err != nil {
		return err
	}
	year, err := whole(r["annee"])
	if err != nil {
		return err
	}
	p.figures = append(p.figures, figure{group: r["ensemble"], name: r["grandeur"], label: r["libelle"], value: value,
		unit: r["unite"], precision: atlas.Precision(r["precision"]), step: r["arrondi"], source: r["source"],
		indicator: r["indicateur"], territory: r["territoire"], year: year, phase: r["phase"]})
	return nil
}

func (p *published) addRegion(r record) error {
	region := publishedRegion{code: r["region_insee"], hasFollowed: r["projets_nationaux_suivis_2023"] != ""}
	for _, c := range []struct {
		column string
		to     *int
	}{
		{"essms_finances_2023", &region.essms}, {"projets_regionaux_2023", &region.regional},
		{"projets_nationaux_suivis_2023", &region.followed}, {"enveloppe_regionale_2023_eur", &region.envelope},
	} {
		n, err := whole(r[c.column])
		if err != nil {
			return fmt.Errorf("région %s, %s : %w", region.code, c.column, err)
		}
		*c.to = n
	}
	p.regions = append(p.regions, region)
	return nil
}

func (p *published) addScale(r record) error {
	amount, err := strconv.ParseFloat(r["montant_eur_par_essms"], 64)
	p.scale = append(p.scale, scaleLine{r["type_projet"], r["taille"], r["composante"], amount})
	return err
}

func (p *published) addCategory(r record) error {
	if r["champ"] != "" && r["date_fermeture"] == "" {
		p.categories[r["code"]] = atlas.Field(r["champ"])
	}
	return nil
}

// record is a line of a CSV file by the names of its columns.
type record map[string]string

// eachRecord calls visit for every line of a comma-separated file with a header.
func eachRecord(fsys fs.FS, name string, visit func(record) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return fmt.Errorf("le fichier est vide")
	}
	for i, line := range lines[1:] {
		r := record{}
		for j, column := range lines[0] {
			r[column] = line[j]
		}
		if err := visit(r); err != nil {
			return fmt.Errorf("ligne %d : %w", i+2, err)
		}
	}
	return nil
}

// whole reads an integer; an empty cell is 0.
func whole(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	return strconv.Atoi(s)
}
