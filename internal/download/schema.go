package download

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
)

// tableSchema is a Table Schema (https://specs.frictionlessdata.io/table-schema/), with the
// title, description and language that the schemas of data.gouv.fr have.
type tableSchema struct {
	Schema        string        `json:"$schema"`
	Name          string        `json:"name"`
	Title         string        `json:"title"`
	Description   string        `json:"description"`
	Language      string        `json:"lang"`
	Fields        []schemaField `json:"fields"`
	MissingValues []string      `json:"missingValues"`
	PrimaryKey    []string      `json:"primaryKey,omitempty"`
}

type schemaField struct {
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Type        Type         `json:"type"`
	Format      string       `json:"format,omitempty"`
	DecimalChar string       `json:"decimalChar,omitempty"`
	Constraints *Constraints `json:"constraints,omitempty"`
}

// schemaSuffix follows the name of a CSV without its extension: « projets-excel.schema.json ».
const schemaSuffix = ".schema.json"

// Schema is the Table Schema of the CSV that a format makes of a table: the columns, their
// types and what every cell obeys. A text whose first character a spreadsheet would take for
// a formula is preceded by an apostrophe in the CSV: none of the constrained columns holds such.
func Schema(t Table, f Format) ([]byte, error) {
	s := tableSchema{
		Schema: "https://specs.frictionlessdata.io/schemas/table-schema.json",
		Name:   cmp.Or(t.Kind, t.Name), Title: t.Title, Description: t.Doc, Language: "fr", MissingValues: []string{""}, PrimaryKey: t.Key,
	}
	for _, c := range t.Columns {
		field := schemaField{Name: c.Name, Title: c.Title, Description: c.Doc, Type: c.Type}
		if c.Type == Number && f.Decimal != "" {
			field.DecimalChar = f.Decimal
		}
		if c.Type == Date {
			field.Format = "default" // ISO 8601
		}
		if !c.Constraints.none() {
			field.Constraints = &c.Constraints
		}
		s.Fields = append(s.Fields, field)
	}
	return indented(s)
}

func (c Constraints) none() bool {
	return !c.Required && !c.Unique && c.Minimum == "" && c.Maximum == "" && c.Pattern == "" && c.Enum == nil
}

// indented is JSON as people read it, with a final line feed.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(v); err != nil {
		return nil, fmt.Errorf("écriture du JSON : %w", err)
	}
	return b.Bytes(), nil
}
