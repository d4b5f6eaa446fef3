package indicator

import (
	"cmp"
	"slices"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// SurveyRates are the rates of sheet Usages, as they were given: nothing is computed from them.
type SurveyRates struct {
	Years    []int         // ascending
	Services []string      // in the order of services, others after them
	Fields   []atlas.Field // in the order of atlas.Fields, the empty one (all fields) first
	Sources  []string      // each once, in the order of the sheet
	rates    map[survey]SurveyRate
}

type survey struct {
	region  string
	year    int
	service string
	field   atlas.Field
}

// SurveyRate is a rate that a survey found.
type SurveyRate struct {
	Rate        float64 // from 0 to 1
	Respondents atlas.Quantity
	Text        string // in per cent, without sign: « 43,5 »; « 43,5 ou 41,0 » where two surveys differ; empty: none
}

// Surveys lays out the rates of sheet Usages; no year without the sheet.
func Surveys(r *Results) SurveyRates {
	s := SurveyRates{rates: map[survey]SurveyRate{}}
	fields := map[atlas.Field]bool{}
	for _, u := range r.dataset.Usages {
		s.Years = append(s.Years, u.Year)
		fields[u.Field] = true
		s.Services, s.Sources = once(s.Services, u.Service), once(s.Sources, u.Source)
		at := survey{u.Region, u.Year, u.Service, u.Field}
		text := shareOf(atlas.Known(u.Rate), atlas.Known(1)).Text
		if before, twice := s.rates[at]; !twice {
			s.rates[at] = SurveyRate{u.Rate, u.Respondents, text}
		} else if !slices.Contains(strings.Split(before.Text, " ou "), text) {
			before.Text += " ou " + text
			s.rates[at] = before
		}
	}
	slices.SortStableFunc(s.Services, func(a, b string) int { return cmp.Compare(serviceRank(a), serviceRank(b)) })
	slices.Sort(s.Years)
	s.Years = slices.Compact(s.Years)
	for _, f := range append([]atlas.Field{""}, atlas.Fields...) {
		if fields[f] {
			s.Fields = append(s.Fields, f)
		}
	}
	return s
}

// services lists the services that sheet Usages knows, in the order pages show them.
var services = []string{"DUI", "DMP", "MSSanté", "e-prescription", "e-parcours"}

func serviceRank(name string) int {
	if i := slices.Index(services, name); i >= 0 {
		return i
	}
	return len(services)
}

// Rate returns the rate of a region, "" for France; without text when the sheet has none.
func (s SurveyRates) Rate(region string, year int, service string, field atlas.Field) SurveyRate {
	return s.rates[survey{region, year, service, field}]
}

// once appends a text that the list does not hold, unless it is empty.
func once(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
