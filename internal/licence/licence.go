// Package licence lists the software of others that the command and the site hold, with the
// licence of each. The list is gathered from the modules and packages themselves: after a change of
// go.mod or of assets/package-lock.json, run go test ./internal/licence -update.
package licence

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Component is a piece of software of others.
type Component struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Kind    Kind   `json:"kind"`
	Licence string `json:"licence"` // SPDX identifier
	Text    string `json:"text"`    // of the licence and of its notices; empty when the component comes with none
}

// Kind says where a component comes from.
type Kind string

// The kinds, as readers are told.
const (
	Go  Kind = "Go"
	NPM Kind = "npm"
)

//go:embed licences.json
var gathered []byte

// Components returns every component, by kind then name.
func Components() []Component {
	var list []Component
	if err := json.Unmarshal(gathered, &list); err != nil {
		panic("licence: licences.json is part of the program: " + err.Error())
	}
	return list
}

// Document writes the whole list and the text of every licence, each text once.
func Document() string {
	var b strings.Builder
	b.WriteString("Logiciels tiers que contiennent l’atlas et la commande qui le fabrique, avec leurs licences.\n")
	var texts []string
	of := map[string][]Component{}
	for _, c := range Components() {
		if of[c.Text] == nil {
			texts = append(texts, c.Text)
		}
		of[c.Text] = append(of[c.Text], c)
	}
	rule := strings.Repeat("=", 78)
	for _, text := range texts {
		fmt.Fprintf(&b, "\n%s\n", rule)
		for _, c := range of[text] {
			fmt.Fprintf(&b, "%s %s (%s, %s)\n", c.Name, c.Version, c.Kind, c.Licence)
		}
		b.WriteString("\n")
		if text == "" {
			text = "Aucun texte n’accompagne ces paquets\u202f; leur licence est celle qu’ils déclarent."
		}
		b.WriteString(strings.TrimRight(text, "\n") + "\n")
	}
	return b.String()
}
