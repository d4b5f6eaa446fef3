package problem

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Style says how problems are printed. The zero value prints them all.
type Style struct {
	// PerCode, when above 0, groups the problems by code, counts them and shows that many of each.
	PerCode int
	// Coloured colours severities, by the codes that terminals understand.
	Coloured bool
}

// severity writes a severity as the style wants it.
func (s Style) severity(v Severity) string {
	if !s.Coloured {
		return v.String()
	}
	return [...]string{"\x1b[36m", "\x1b[33m", "\x1b[1;31m"}[v] + v.String() + "\x1b[0m"
}

// Fprint writes problems in the order given, each with its remedy under it, then how many there are:
//
//	erreur  projets.xlsx › Projets › F12 : « abc » n’est pas un nombre
//	        → écrire un montant en chiffres, sans texte
//
//	1 erreur
//
// It writes nothing when there is none.
func Fprint(w io.Writer, ps []Problem, style Style) error {
	if len(ps) == 0 {
		return nil
	}
	out := bufio.NewWriter(w)
	if style.PerCode > 0 {
		printGroups(out, ps, style)
	} else {
		for _, p := range ps {
			printOne(out, p, style)
		}
	}
	fmt.Fprintf(out, "\n%s\n", Tally(ps))
	return out.Flush()
}

func printOne(w io.Writer, p Problem, style Style) {
	place := p.Place.String()
	if place != "" {
		place += " : " // as the contract of the command writes it
	}
	fmt.Fprintf(w, "%s  %s%s\n", style.severity(p.Severity), oneLine(place), oneLine(p.Message))
	if p.Remedy != "" {
		fmt.Fprintf(w, "        → %s\n", oneLine(p.Remedy))
	}
}

// printGroups writes the problems code after code under the count of each, in the order in which
// codes first come, the most severe first.
func printGroups(w io.Writer, ps []Problem, style Style) {
	type group struct {
		severity Severity
		code     Code
	}
	var order []group
	members := map[group][]Problem{}
	for _, p := range ps {
		g := group{p.Severity, p.Code}
		if members[g] == nil {
			order = append(order, g)
		}
		members[g] = append(members[g], p)
	}
	for severity := Error; severity >= Information; severity-- {
		for _, g := range order {
			if g.severity != severity {
				continue
			}
			list := members[g]
			fmt.Fprintf(w, "\n%s : %s\n", g.code, counted(len(list), severity.String(), severity.String()+"s"))
			for _, p := range list[:min(style.PerCode, len(list))] {
				printOne(w, p, style)
			}
			if more := len(list) - style.PerCode; more > 0 {
				fmt.Fprintf(w, "        … et %s du même genre\n", counted(more, "autre", "autres"))
			}
		}
	}
}

// Tally counts problems by severity: « 3 erreurs, 12 avertissements ».
func Tally(ps []Problem) string {
	counts := map[Severity]int{}
	for _, p := range ps {
		counts[p.Severity]++
	}
	var parts []string
	for s := Error; s >= Information; s-- {
		if n := counts[s]; n > 0 {
			parts = append(parts, counted(n, s.String(), s.String()+"s"))
		}
	}
	if parts == nil {
		return "aucun problème"
	}
	return strings.Join(parts, ", ")
}

// counted writes a number and its noun, plural from 2, thousands apart.
func counted(n int, singular, plural string) string {
	digits := itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u202f" + digits[i:]
	}
	if n < 2 {
		return digits + " " + singular
	}
	return digits + " " + plural
}

// oneLine keeps what comes from a cell from moving the cursor or breaking the line.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, s)
}

// WriteCSV writes problems as a table for spreadsheets: UTF-8 with a mark of order, semicolons. A cell that
// a spreadsheet would take for a formula is preceded by an apostrophe.
func WriteCSV(w io.Writer, ps []Problem) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	out.UseCRLF = true
	rows := [][]string{{"gravite", "fichier", "feuille", "cellule", "valeur", "message", "remede", "code"}}
	for _, p := range ps {
		row := []string{p.Severity.String(), p.Place.File, p.Place.Sheet, p.Place.Cell(), p.Value, p.Message, p.Remedy, string(p.Code)}
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}
