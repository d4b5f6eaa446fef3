// Package dataset knows which files, sheets and columns an edition is made of and the
// rules that bind them. It turns what package workbook read into the records of one
// edition, or into problems.
package dataset

import "esms.example/atlas/internal/atlas"

// Dataset is one edition, read, checked and linked: the whole input of the computation.
// It is read only once made; its order does not depend on the order of the rows read.
type Dataset struct {
	Edition      atlas.Edition
	Gazetteer    *atlas.Gazetteer
	Projects     []*atlas.Project // in the order of their numbers
	ESSMS        []*atlas.ESSMS   // in the order of their FINESS numbers; those of SONS alone included
	Applications []atlas.Application
	Envelopes    []atlas.Envelope
	Fleet        []atlas.FleetRow
	Programme    []atlas.ProgrammeLine
	Usages       []atlas.UsageRate
	Published    []atlas.PublishedFigure
	Sources      []Source // the files read, in the order of their names
	// Categories are the categories of the FINESS register that the references list, by code; Scale
	// is the scale of subsidies, in the order of its file, nil without one.
	Categories map[string]atlas.Category
	Scale      []atlas.ScaleLine
}
