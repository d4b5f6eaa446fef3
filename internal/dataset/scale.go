package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// scaleFile is the scale of subsidies, in the references. It may be missing: then nothing is
// compared with it.
const scaleFile = "bareme-subventions-2022.csv"

// scale is what a subsidy may be, by kind of project and number of ESSMS: the sum of the
// components of the file.
type scale struct {
	rates []scaleRate
	// What a small project may get besides.
	smallPerESSMS, smallPerProject float64
	lines                          []atlas.ScaleLine // as the file gives them
}

// scaleRate is an amount per ESSMS, in euros, for a kind of project of so many ESSMS.
type scaleRate struct {
	kind     atlas.ProjectKind
	from, to int // ESSMS; to 0: without bound
	perESSMS float64
}

func readScale(fsys fs.FS) (scale, error) {
	var s scale
	if _, err := fs.Stat(fsys, scaleFile); errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	err := eachLine(fsys, scaleFile, []string{"type_projet", "taille", "composante", "montant_eur_par_essms"}, s.add)
	return s, err
}

var (
	sizeBelow = regexp.MustCompile(`^moins de (\d+)`)
	sizeFrom  = regexp.MustCompile(`^(\d+) ESSMS ou plus`)
)

func (s *scale) add(l line) error {
	amount, err := strconv.ParseFloat(l.get("montant_eur_par_essms"), 64)
	if err != nil || amount < 0 {
		return fmt.Errorf("le montant %q n’en est pas un", l.get("montant_eur_par_essms"))
	}
	kind, size := atlas.ProjectKind(l.get("type_projet")), l.get("taille")
	told := atlas.ScaleLine{Kind: string(kind), Size: size, Component: l.get("composante"), Euros: amount,
		Limit: l.get("plafond"), Condition: l.get("condition"), Source: l.get("source")}
	if strings.HasPrefix(string(kind), "Petit") {
		if strings.HasSuffix(l.get("composante"), "(par projet)") {
			s.smallPerProject += amount
		} else {
			s.smallPerESSMS += amount
		}
		told.Small = true
		s.lines = append(s.lines, told)
		return nil
	}
	if kind != atlas.Acquisition && kind != atlas.Compliance {
		return fmt.Errorf("le type de projet %q est inconnu", kind)
	}
	rate := scaleRate{kind: kind, perESSMS: amount}
	if m := sizeBelow.FindStringSubmatch(size); m != nil {
		below, _ := strconv.Atoi(m[1])
		rate.to = below - 1
	} else if m := sizeFrom.FindStringSubmatch(size); m != nil {
		rate.from, _ = strconv.Atoi(m[1])
	} else {
		return fmt.Errorf("la taille %q n’est pas comprise", size)
	}
	told.From, told.To = rate.from, rate.to
	s.rates, s.lines = append(s.rates, rate), append(s.lines, told)
	return nil
}

// ceiling returns the most that the scale gives to a project, in euros; it returns false when the
// scale says nothing. A mixed project is held to the higher kind. A larger project is never given
// less than the largest one of the size below.
func (s *scale) ceiling(kind atlas.ProjectKind, essms, minimum int) (float64, bool) {
	if len(s.rates) == 0 || essms == 0 {
		return 0, false
	}
	best := 0.0
	for _, k := range []atlas.ProjectKind{atlas.Acquisition, atlas.Compliance} {
		if kind == k || kind == atlas.MixedKind {
			best = max(best, s.amount(k, essms))
			for _, r := range s.rates {
				if 0 < r.to && r.to < essms {
					best = max(best, s.amount(k, r.to))
				}
			}
		}
	}
	if essms < minimum {
		best += s.smallPerProject + s.smallPerESSMS*float64(essms)
	}
	return best, best > 0
}

func (s *scale) amount(kind atlas.ProjectKind, essms int) float64 {
	sum := 0.0
	for _, r := range s.rates {
		if r.kind == kind && r.from <= essms && (r.to == 0 || essms <= r.to) {
			sum += r.perESSMS
		}
	}
	return sum * float64(essms)
}
