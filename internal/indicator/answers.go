package indicator

import (
	"slices"

	"esms.example/atlas/internal/atlas"
)

// The questions that shares are made of: yes, no, or unknown (empty).

func yesIf(condition bool) atlas.Answer {
	if condition {
		return atlas.Yes
	}
	return atlas.No
}

// answered is yes or no where the answer is among the known ones, unknown where it is empty.
func answered[K ~string](given K, yes ...K) atlas.Answer {
	if given == "" {
		return ""
	}
	return yesIf(slices.Contains(yes, given))
}

func dominantField(f atlas.Field) func(*Slice, *atlas.Project) atlas.Answer {
	return func(_ *Slice, p *atlas.Project) atlas.Answer { return answered(p.DominantField(), f) }
}

func dominantNonProfit(_ *Slice, p *atlas.Project) atlas.Answer {
	return answered(p.DominantStatus(), atlas.NonProfit)
}

func withInfrastructure(_ *Slice, p *atlas.Project) atlas.Answer { return p.Infrastructure }

func kindOrMixed(k atlas.ProjectKind) func(*Slice, *atlas.Project) atlas.Answer {
	return func(_ *Slice, p *atlas.Project) atlas.Answer { return answered(p.Kind, k, atlas.MixedKind) }
}

func inCluster(_ *Slice, p *atlas.Project) atlas.Answer { return answered(p.Grouping, atlas.Cluster) }

func segurListed(_ *Slice, p *atlas.Project) atlas.Answer { return answered(p.Listing, atlas.Segur) }

func underMinimum(s *Slice, p *atlas.Project) atlas.Answer {
	region, _ := s.gazetteer.Territory(atlas.RegionID(p.Regions[0]))
	return yesIf(len(p.Links) < region.MinProjectSize)
}

// activeFilesTarget is the share of active files on which the second payment depends
// (instruction of 16 January 2023).
const activeFilesTarget = 0.9

func activeFilesReached(_ *Slice, p *atlas.Project) atlas.Answer {
	if !p.ActiveFiles.Known {
		return ""
	}
	return yesIf(p.ActiveFiles.Amount >= activeFilesTarget)
}

func essmsField(fields ...atlas.Field) func(*atlas.ESSMS) atlas.Answer {
	return func(e *atlas.ESSMS) atlas.Answer { return answered(e.Field, fields...) }
}

func essmsStatus(status atlas.LegalStatus) func(*atlas.ESSMS) atlas.Answer {
	return func(e *atlas.ESSMS) atlas.Answer { return answered(e.Status, status) }
}
