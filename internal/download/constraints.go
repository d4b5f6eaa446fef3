package download

import (
	"encoding/json"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/indicator"
)

// Constraints are what every cell of a column obeys, in the words of Table Schema. The zero
// value allows anything, nothing included.
type Constraints struct {
	Required bool        `json:"required,omitempty"` // no cell is empty
	Unique   bool        `json:"unique,omitempty"`   // no two cells hold the same
	Minimum  json.Number `json:"minimum,omitempty"`  // the least number allowed; empty: none
	Maximum  json.Number `json:"maximum,omitempty"`  // the greatest number allowed; empty: none
	Pattern  string      `json:"pattern,omitempty"`  // a regular expression that the whole of a text matches
	Enum     []string    `json:"enum,omitempty"`     // the only texts allowed
}

// The constraints that several columns share.
var (
	anything   = Constraints{}
	required   = Constraints{Required: true}
	identifier = Constraints{Required: true, Unique: true}
	amountRule = Constraints{Minimum: "0"}
	shareRule  = Constraints{Minimum: "0", Maximum: "1"}
	yearRule   = Constraints{Required: true, Minimum: "1000", Maximum: "9999"}
	rowRule    = Constraints{Required: true, Minimum: "1"}
	regionRule = Constraints{Pattern: "[0-9][0-9]"}
	regionList = Constraints{Required: true, Pattern: "[0-9][0-9](;[0-9][0-9])*"}
	finessRule = Constraints{Required: true, Unique: true, Pattern: "[0-9][0-9A-Z][0-9]{7}"}
)

// oneOf allows the texts of a closed list, and nothing where optional.
func oneOf[S ~string](values ...S) Constraints {
	c := Constraints{}
	for _, v := range values {
		c.Enum = append(c.Enum, string(v))
	}
	return c
}

func (c Constraints) always() Constraints {
	c.Required = true
	return c
}

func levelRule() Constraints {
	var names []string
	for _, l := range atlas.Levels {
		names = append(names, l.String())
	}
	return oneOf(names...).always()
}

func indicatorRule() Constraints {
	var ids []indicator.ID
	for i := range indicator.All {
		ids = append(ids, indicator.All[i].ID)
	}
	return oneOf(ids...).always()
}

func unitRule() Constraints {
	return oneOf(atlas.UnitESSMS, atlas.UnitProjects, atlas.UnitFiles, atlas.UnitEuro, atlas.UnitShare).always()
}

func statusRule() Constraints {
	var names []string
	for s := atlas.Missing; s <= atlas.AsPublished; s++ {
		names = append(names, s.String())
	}
	return oneOf(names...).always()
}
