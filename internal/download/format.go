package download

import "io"

// Format is one format of the downloads.
type Format struct {
	Suffix    string // after the name of the table: « .csv », « -excel.csv »
	MediaType string
	Label     string // French, as a link says it: « CSV »
	Encode    func(io.Writer, Table) error
}

// Formats lists the formats in the order pages offer them. The plain CSV comes first: it is
// the machine-readable contract.
var Formats = []Format{
	{Suffix: ".csv", MediaType: "text/csv", Label: "CSV", Encode: CSV},
	{Suffix: "-excel.csv", MediaType: "text/csv", Label: "CSV pour Excel", Encode: ExcelCSV},
	{Suffix: ".xlsx", MediaType: WorkbookType, Label: "Excel", Encode: XLSX},
	{Suffix: ".json", MediaType: "application/json", Label: "JSON", Encode: JSON},
}

// WorkbookType is the media type of a workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
