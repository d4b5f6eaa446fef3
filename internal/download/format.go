package download

import "io"

// Format is one format of the downloads.
type Format struct {
	Suffix    string // after the name of the table: « .csv », « -excel.csv »
	MediaType string
	Label     string // French, as a link says it: « CSV »
	Short     string // as a data package and a catalogue name it: « csv »
	// Delimiter and Decimal are those of a CSV; empty for other formats, and Decimal where it is a point.
	Delimiter, Decimal string
	Encode             func(io.Writer, Table) error
}

// Formats lists the formats in the order pages offer them. The plain CSV comes first: it is
// the machine-readable contract.
var Formats = []Format{
	{Suffix: ".csv", MediaType: "text/csv", Label: "CSV", Short: "csv", Delimiter: ",", Encode: CSV},
	{Suffix: "-excel.csv", MediaType: "text/csv", Label: "CSV pour Excel", Short: "csv", Delimiter: ";", Decimal: ",", Encode: ExcelCSV},
	{Suffix: ".xlsx", MediaType: WorkbookType, Label: "Excel", Short: "xlsx", Encode: XLSX},
	{Suffix: ".json", MediaType: "application/json", Label: "JSON", Short: "json", Encode: JSON},
}

// WorkbookType is the media type of a workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// GeoJSONType is the media type of boundaries.
const GeoJSONType = "application/geo+json"

// GeoJSONFormat is that of boundaries, which are no table.
var GeoJSONFormat = Format{Suffix: ".geojson", MediaType: GeoJSONType, Label: "GeoJSON", Short: "geojson"}
