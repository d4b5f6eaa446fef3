package demo

import (
	"math"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// applications invents the files deposited: those selected are the projects decided, and
// the first call has as many deposited as published.
func (p *plan) applications() []atlas.Application {
	deposited := p.depositedByPeriod()
	var out []atlas.Application
	for period := range periods {
		weights := make([]float64, len(p.published.regions))
		selected, all := make([]int, len(weights)), 0
		for i, region := range p.published.regions {
			for _, d := range p.regional {
				if d.home == region.code && d.period == period {
					selected[i]++
				}
			}
			all += selected[i]
			weights[i] = float64(selected[i]) + 0.3
		}
		extra := apportion(deposited[period]-all, 0, weights)
		if period == seeding1 {
			extra = p.firstCallRefusals(selected, weights)
		}
		for i, region := range p.published.regions {
			if n := selected[i] + extra[i]; n > 0 {
				out = append(out, atlas.Application{Region: region.code, Year: calendar[period].from.Year(),
					Phase: calendar[period].phase, Deposited: float64(n), Selected: float64(selected[i])})
			}
		}
	}
	return out
}

// depositedByPeriod shares the files deposited after the first call: the calls of 2021
// refused more than the generalisation does.
func (p *plan) depositedByPeriod() [periods]int {
	t := p.target
	refused := apportion(t.files-t.deposited-(t.regionalN-t.regional[seeding1]), 0, []float64{
		1.6 * float64(t.regional[seeding2]), 0.8 * float64(t.regional[year2022]), 0.7 * float64(t.regional[year2023])})
	return [periods]int{t.deposited, t.regional[seeding2] + refused[0], t.regional[year2022] + refused[1], t.regional[year2023] + refused[2]}
}

// firstCallRefusals shares the files refused at the first call, those of Nouvelle-Aquitaine as published.
func (p *plan) firstCallRefusals(selected []int, weights []float64) []int {
	t, at := p.target, 0
	for i, region := range p.published.regions {
		if region.code == nouvelleAquitaine {
			at = i
		}
	}
	own := t.depositedNAQ - selected[at]
	weights[at] = 0
	out := apportion(t.deposited-t.regional[seeding1]-own, 0, weights)
	out[at] = own
	return out
}

// fleet invents the ESSMS that exist, by department and field, so that a third to a half
// of them are financed by the last edition.
func (p *plan) fleet() []atlas.FleetRow {
	r := stream(drawSurveys)
	financed := map[string]map[atlas.Field]int{}
	for _, e := range p.register {
		if e.Department == "" || e.Links[0].SONSOnly {
			continue
		}
		if financed[e.Department] == nil {
			financed[e.Department] = map[atlas.Field]int{}
		}
		financed[e.Department][e.Field]++
	}
	coverage := map[string]float64{}
	for _, region := range p.published.regions {
		coverage[region.code] = 0.32 + 0.2*r.Float64()
	}
	var out []atlas.FleetRow
	for _, d := range p.gazetteer.Departments() {
		rate := coverage[d.Region] * (0.88 + 0.3*r.Float64())
		for _, f := range atlas.Fields {
			n := math.Ceil((float64(financed[d.ID.Code][f]) + 0.4) / rate)
			out = append(out, atlas.FleetRow{Territory: d.ID, Field: f, Number: n})
		}
	}
	return out
}

// services are what the invented survey asks about, with the rates of the older people's
// and handicap fields at the first survey and what a year adds.
var services = []struct {
	name                   string
	elderly, handicap, add float64
}{
	{"DUI", 0.68, 0.51, 0.09}, {"DMP", 0.21, 0.07, 0.08}, {"MSSanté", 0.55, 0.34, 0.09}, {"e-prescription", 0.12, 0.04, 0.05}, {"e-parcours", 0.31, 0.22, 0.06},
}

// firstSurvey is the year of the first survey of uses.
const firstSurvey = 2022

// usages invents a yearly survey of equipment and use, by region, and for France as a whole.
func (p *plan) usages(until int) []atlas.UsageRate {
	r := stream(drawSurveys + 100)
	type place struct {
		code        string
		pull        float64
		respondents float64
	}
	places := []place{{"", 1, 6240}}
	for _, region := range p.published.regions {
		places = append(places, place{region.code, 0.82 + 0.36*r.Float64(), math.Round(float64(region.essms) * (0.3 + 0.15*r.Float64()))})
	}
	var out []atlas.UsageRate
	for year := firstSurvey; year <= until; year++ {
		for _, pl := range places {
			for _, s := range services {
				for _, f := range []struct {
					field atlas.Field
					rate  float64
				}{{atlas.Elderly, s.elderly}, {atlas.Disability, s.handicap}} {
					rate := min(0.98, (f.rate+s.add*float64(year-firstSurvey))*pl.pull)
					out = append(out, atlas.UsageRate{Region: pl.code, Year: year, Service: s.name, Field: f.field,
						Rate: math.Round(rate*1000) / 1000, Respondents: atlas.Known(math.Round(pl.respondents / 2)),
						Source: "Enquête fictive de démonstration, " + strconv.Itoa(year)})
				}
			}
		}
	}
	return out
}

// programme returns the lines of sheet Programme known by the end of a year.
func (p *published) programme(year int) []atlas.ProgrammeLine {
	var out []atlas.ProgrammeLine
	for _, f := range p.figures {
		if f.label != "" && f.year <= year {
			out = append(out, atlas.ProgrammeLine{Quantity: f.label, Year: f.year, Value: f.value, Unit: f.unit, Source: f.source})
		}
	}
	return out
}

// regionsSource is where the figures of regions-publiees.csv were published.
const regionsSource = "Atlas régional ESMS numérique, état au 31 décembre 2023"

// toReconcile returns the figures published of the years up to one, as sheet « Chiffres publiés » writes them.
func (p *published) toReconcile(year int) []atlas.PublishedFigure {
	var out []atlas.PublishedFigure
	for _, f := range p.figures {
		if f.indicator == "" || f.year > year {
			continue
		}
		step, _ := strconv.ParseFloat(f.step, 64) // empty: 0, no step
		out = append(out, atlas.PublishedFigure{Indicator: f.indicator, Territory: territoryID(f.territory), Year: f.year,
			Phase: atlas.Phase(f.phase), Value: f.value, Precision: f.precision, Step: step, Source: f.source})
	}
	if year < lastYear {
		return out
	}
	for _, r := range p.regions {
		add := func(indicator string, value int, precision atlas.Precision, step float64) {
			out = append(out, atlas.PublishedFigure{Indicator: indicator, Territory: atlas.RegionID(r.code), Year: lastYear,
				Value: float64(value), Precision: precision, Step: step, Source: regionsSource})
		}
		add("essms_finances", r.essms, atlas.Rounded, essmsRounding.StepFor(float64(r.essms)))
		add("projets_regionaux", r.regional, atlas.Exact, 0)
		if r.hasFollowed {
			add("projets_nationaux_suivis", r.followed, atlas.Exact, 0)
		}
	}
	return out
}

// essmsRounding is how the published atlas rounds ESSMS: to the ten, to five below 100.
var essmsRounding = atlas.Rounding{{Below: 100, Step: 5}, {Step: 10}}

// territoryID reads « FR », « region:75 », « departement:2A ».
func territoryID(s string) atlas.TerritoryID {
	for _, l := range atlas.Levels[1:] {
		if code, ok := strings.CutPrefix(s, l.String()+":"); ok {
			return atlas.TerritoryID{Level: l, Code: code}
		}
	}
	return atlas.France
}
