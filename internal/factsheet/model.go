package factsheet

// sheet is what templates/fiche.typ reads: texts already formatted, drawings as SVG, and
// lengths as fractions of 1. Nothing is computed or formatted beyond.
type sheet struct {
	Title         string     `json:"title"` // of the document
	Author        string     `json:"author"`
	Kicker        string     `json:"kicker"` // above the name: what this document is
	Name          string     `json:"name"`
	State         string     `json:"state"`  // « Situation au 31 décembre 2023 »
	Banner        string     `json:"banner"` // on every page; empty: none
	Locator       string     `json:"locator"`
	Summary       []string   `json:"summary"` // paragraphs
	Figures       []figure   `json:"figures"`
	FiguresNote   string     `json:"figuresNote"`
	Map           drawing    `json:"map"`
	Areas         table      `json:"areas"` // beside the map
	Bars          []barTable `json:"bars"`  // two by two
	Dots          dotTable   `json:"dots"`
	Projects      table      `json:"projects"`
	ProjectsEmpty string     `json:"projectsEmpty"` // said instead of an empty table
	Terms         []term     `json:"terms"`
	Notes         []string   `json:"notes"`
	Contact       []string   `json:"contact"` // lines
	Address       string     `json:"address"` // of the page; empty: unknown
	QR            string     `json:"qr"`      // of the address
	Colophon      []string   `json:"colophon"`
}

// figure is a number in large type.
type figure struct {
	Label    string `json:"label"`
	Value    string `json:"value"`
	Spoken   string `json:"spoken"` // what an abbreviation stands for
	Rank     string `json:"rank"`
	Country  string `json:"country"`
	Trend    string `json:"trend"` // up, down, level; empty: nothing to compare with
	Change   string `json:"change"`
	Headline bool   `json:"headline"`
}

// drawing is a map with its legend.
type drawing struct {
	Title  string   `json:"title"`
	SVG    string   `json:"svg"`
	Alt    string   `json:"alt"`
	Unit   string   `json:"unit"`
	Legend []swatch `json:"legend"`
	NoData bool     `json:"noData"`
	Note   string   `json:"note"`
	Share  float64  `json:"share"`  // of the width of the page
	Height float64  `json:"height"` // in points, at most
}

// swatch is an entry of a legend.
type swatch struct {
	Colour string `json:"colour"`
	Hatch  string `json:"hatch"` // colour of its hatching, empty without
	Label  string `json:"label"`
}

// table has one header row; the first cell of each row names it.
type table struct {
	Title   string     `json:"title"`
	Columns []column   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Total   bool       `json:"total"` // the last row is France
}

type column struct {
	Text    string `json:"text"`
	Numeric bool   `json:"numeric"`
}

// barTable is a table whose cells may have a bar beside their text.
type barTable struct {
	Title   string   `json:"title"`
	Columns []string `json:"columns"`
	Rows    []barRow `json:"rows"`
	Note    string   `json:"note"`
	Room    float64  `json:"room"` // for the text beside a bar, in points
}

type barRow struct {
	Label string    `json:"label"`
	Cells []barCell `json:"cells"`
}

// barCell is a text with a bar, whose length is a part of the room for it.
type barCell struct {
	Text   string    `json:"text"`
	Bar    float64   `json:"bar"`  // from 0 to 1; negative: no bar
	Mark   []float64 `json:"mark"` // where France stands on the same scale
	Strong bool      `json:"strong"`
}

// dotTable shows the place of the territory among the others, an indicator a line.
type dotTable struct {
	Title   string   `json:"title"`
	Here    string   `json:"here"` // name of the highlighted territory; empty: none
	Columns []string `json:"columns"`
	Rows    []dotRow `json:"rows"`
	Note    string   `json:"note"`
}

type dotRow struct {
	Label     string    `json:"label"`
	Low       string    `json:"low"`
	High      string    `json:"high"`
	Others    []float64 `json:"others"`
	Here      []float64 `json:"here"`
	Reference []float64 `json:"reference"`
	Alt       string    `json:"alt"`
	Cells     []string  `json:"cells"`
}

// term is a word and its definition.
type term struct {
	Word string `json:"word"`
	Text string `json:"text"`
}
