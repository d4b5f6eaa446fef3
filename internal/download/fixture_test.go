package download

import (
	"fmt"
	"strings"
	"time"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
)

// hostile are texts that a careless writer would run, lose, or break a file with.
var hostile = []string{
	`=HYPERLINK("http://atlas.example","clic")`, "+33", "-1+2", "@SUM(A1)", "\ttab", "\rcr", "<script>alert(1)</script>", "a & b \"c\" 'd'",
	"bell \a null \x00 escape \x1b", "\u202egnp.exe", "_x0041_ _x005F_", "é\u0301 𝄞 \ufffe", "line\nfeed", " spaces ", "00123", "1E5", "2023-01-02", "a;b,c", "'quoted",
	strings.Repeat("é", 40_000), strings.Repeat("𝄞", 20_000), "invalid \xff utf-8",
}

// world is an edition of two regions, decided over the years up to the one given, whose
// names are hostile.
func world(year int) *indicator.Results {
	day := func(y int) time.Time { return time.Date(y, 6, 1, 0, 0, 0, 0, time.UTC) }
	regions := []atlas.Territory{
		{ID: atlas.RegionID("01"), Name: "Guadeloupe", Genitive: "de la Guadeloupe", Population: 1000, MinProjectSize: 8},
		{ID: atlas.RegionID("53"), Name: "Bretagne & <b>", Genitive: "de la Bretagne", Population: 3000, MinProjectSize: 15},
	}
	departments := []atlas.Territory{{ID: atlas.DepartmentID("35"), Name: "Ille-et-Vilaine", Region: "53", Population: 2000}}
	ds := &dataset.Dataset{
		Edition: atlas.Edition{Year: year, Title: "Atlas régional", State: atlas.Demonstration, DataState: time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC),
			PublishedOn: time.Date(year+1, 5, 15, 0, 0, 0, 0, time.UTC), Rounding: map[string]atlas.Rounding{"essms_finances": {{Step: 10}}}},
		Gazetteer: atlas.NewGazetteer(regions, departments, nil),
	}
	for i, name := range hostile {
		p := &atlas.Project{Number: "P-" + string(rune('a'+i)), Title: name, Holder: name, Scope: atlas.Regional, Regions: []string{"53"},
			DecidedOn: day(2022 + i%2), Kind: atlas.Acquisition, Subsidy: 1000.25 * float64(i+1), Phase: atlas.Seeding1}
		if p.DecidedOn.Year() > year {
			continue
		}
		if i%3 == 0 {
			p.Paid = atlas.Known(float64(i) / 3)
			p.Grouping, p.Infrastructure = atlas.Cluster, atlas.Yes
		}
		e := &atlas.ESSMS{FINESS: fmt.Sprintf("0100%02d001", i), Name: name, Commune: "35238", Department: "35", Region: "53",
			Field: atlas.Fields[i%3], Status: atlas.Statuses[i%2]}
		l := &atlas.Link{Project: p, ESSMS: e, Field: e.Field, Status: e.Status}
		p.Links, e.Links = []*atlas.Link{l}, []*atlas.Link{l}
		ds.Projects, ds.ESSMS = append(ds.Projects, p), append(ds.ESSMS, e)
	}
	return indicator.Compute(ds)
}

var brittany = atlas.RegionID("53")
