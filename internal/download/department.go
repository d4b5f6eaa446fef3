package download

import (
	"cmp"
	"strings"

	"esms.example/atlas/internal/indicator"
)

// Equipping is the projects that equip a territory, national ones included, the most ESSMS there first.
func Equipping(s *indicator.Slice) Table {
	t := Table{Name: "projets", Title: "Projets qui concernent des ESSMS\u00a0: " + s.Territory.Name, Columns: []Column{
		{Name: "numero_projet", Type: Text, Title: "N° de projet", Doc: "Numéro du projet"},
		{Name: "intitule", Type: Text, Title: "Intitulé", Doc: "Intitulé du projet"},
		{Name: "organisme_porteur", Type: Text, Title: "Organisme porteur", Doc: "Organisme qui porte le projet"},
		{Name: "portee", Type: Text, Title: "Portée", Doc: "régional ou national"},
		{Name: "regions", Type: Text, Title: "Régions", Doc: "Codes Insee des régions des ARS qui financent (projet régional) ou suivent (projet national) le projet, séparés par un point-virgule"},
		{Name: "phase", Type: Text, Title: "Phase", Doc: "Phase du programme"},
		{Name: "date_decision", Type: Date, Title: "Date de décision", Doc: "Date de la décision de financement"},
		{Name: "subvention_eur", Type: Number, Title: "Subvention (€)", Doc: "Subvention accordée au projet entier, en euros"},
		{Name: "essms_territoire", Type: Integer, Title: "ESSMS dans le territoire", Doc: "Nombre d’ESSMS distincts du projet implantés dans le territoire, hors financement SONS seul"},
		{Name: "nombre_essms", Type: Integer, Title: "Nombre d’ESSMS", Doc: "Nombre d’ESSMS du projet, hors financement SONS seul, où qu’ils soient implantés"},
	}}
	for _, e := range s.Equipping() {
		p := e.Project
		t.Rows = append(t.Rows, []Cell{
			text(p.Number), text(p.Title), text(p.Holder), text(p.Scope), text(strings.Join(p.Regions, ";")), text(p.Phase),
			date(p.DecidedOn), number(p.Subsidy), integer(e.Here), integer(len(p.Links)),
		})
	}
	return t
}

// Breakdown is the financed ESSMS of a territory by field, then by legal status, beside France.
func Breakdown(s, country *indicator.Slice) Table {
	t := Table{Name: "repartition", Title: "ESSMS par champ et par statut : " + s.Territory.Name, Columns: []Column{
		{Name: "repartition", Type: Text, Title: "Répartition", Doc: "champ ou statut"},
		{Name: "modalite", Type: Text, Title: "Modalité", Doc: "Champ d’intervention (code) ou statut\u202f; «\u00a0non renseigné\u00a0» pour les ESSMS dont il est inconnu"},
		{Name: "essms", Type: Integer, Title: "ESSMS", Doc: "ESSMS distincts financés et implantés dans le territoire, hors financement SONS seul"},
		{Name: "essms_france", Type: Integer, Title: "ESSMS, France", Doc: "ESSMS distincts financés en France"},
	}}
	national := country.ByField()
	for i, f := range s.ByField() {
		t.Rows = append(t.Rows, []Cell{text("champ"), text(cmp.Or(string(f.Field), "non renseigné")), integer(f.Count), integer(national[i].Count)})
	}
	statuses := country.ByStatus()
	for i, st := range s.ByStatus() {
		t.Rows = append(t.Rows, []Cell{text("statut"), text(st.Status.Label()), integer(st.Count), integer(statuses[i].Count)})
	}
	return t
}
