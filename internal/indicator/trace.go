package indicator

import "esms.example/atlas/internal/atlas"

// Trace gathers the rows that a value counts: the way back from a figure to its cells.
// A nil Trace gathers nothing, at no cost.
type Trace struct {
	// Counted are the rows of a count or sum, or of a ratio's numerator; Base those of its
	// denominator; Unknown those left out of both for want of an answer.
	Counted, Base, Unknown []atlas.Origin
	// Beside says, in French, what the value takes from elsewhere than the workbooks.
	Beside []string
}

func (t *Trace) counted(o ...atlas.Origin) {
	if t != nil {
		t.Counted = append(t.Counted, o...)
	}
}

func (t *Trace) base(o ...atlas.Origin) {
	if t != nil {
		t.Base = append(t.Base, o...)
	}
}

func (t *Trace) unknown(o ...atlas.Origin) {
	if t != nil {
		t.Unknown = append(t.Unknown, o...)
	}
}

func (t *Trace) beside(note string) {
	if t != nil {
		t.Beside = append(t.Beside, note)
	}
}

// rows are the rows of the financed links of an ESSMS that count in the slice; all its
// links where it has none financed. It costs nothing without a trace to feed.
func (s *Slice) rows(t *Trace, e *atlas.ESSMS) []atlas.Origin {
	if t == nil {
		return nil
	}
	var financed, sons []atlas.Origin
	for _, l := range e.Links {
		switch {
		case !s.kept(l.Project):
		case l.SONSOnly:
			sons = append(sons, l.Origin)
		default:
			financed = append(financed, l.Origin)
		}
	}
	if financed == nil {
		return sons
	}
	return financed
}

// linkRows are the rows of the financed links of a project.
func linkRows(t *Trace, p *atlas.Project) []atlas.Origin {
	if t == nil {
		return nil
	}
	var out []atlas.Origin
	for _, l := range p.Links {
		out = append(out, l.Origin)
	}
	return out
}
