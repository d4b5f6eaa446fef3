package workbook

import (
	"bytes"
	"strconv"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// Codes of the problems of the way a sheet is laid out.
const (
	CodeBlankRow    problem.Code = "ligne-vide"
	CodeHiddenRows  problem.Code = "lignes-masquees"
	CodeMerged      problem.Code = "cellule-fusionnee"
	CodeHiddenSheet problem.Code = "feuille-masquee"
	Code1904        problem.Code = "dates-1904"
)

// habits are what people do to a sheet without breaking it: each is reported once, where it is first met.
type habits struct {
	last      int // the last row met; 0: none yet
	first     int // the first row of data
	blank     int // empty rows between those met
	blankAt   int // the first of them
	hidden    tally
	since1904 tally
}

// tally counts places and keeps the first.
type tally struct {
	count int
	first problem.Place
}

func (t *tally) note(p problem.Place) {
	if t.count++; t.count == 1 {
		t.first = p
	}
}

// pass notes that a row of data was met.
func (h *habits) pass(row int) {
	if h.last > 0 && row > h.last+1 {
		if h.blank == 0 {
			h.blankAt = h.last + 1
		}
		h.blank += row - h.last - 1
	}
	if h.first == 0 {
		h.first = row
	}
	h.last = row
}

// reportHabits reports how the sheet is laid out, once it was read to its end.
func (r *reader[T]) reportHabits() {
	if r.layout == nil || len(r.records) == 0 {
		return
	}
	h, sheet := &r.habits, problem.Place{File: r.book.name, Sheet: r.sheet}
	add := func(code problem.Code, place problem.Place, message, remedy string) {
		r.problems.Add(problem.Problem{Code: code, Place: place, Message: message, Remedy: remedy})
	}
	if r.book.Hidden(r.sheet) {
		add(CodeHiddenSheet, sheet, "la feuille est masquée et contient "+counted(len(r.records), "ligne, qui est lue", "lignes, qui sont lues"),
			"afficher la feuille et vérifier ses lignes, ou la supprimer")
	}
	if h.hidden.count > 0 {
		add(CodeHiddenRows, h.hidden.first, counted(h.hidden.count, "ligne masquée contient des données : elle est lue", "lignes masquées contiennent des données : elles sont lues, celle-ci la première"),
			"retirer le filtre ou afficher les lignes, et vérifier qu’elles doivent être publiées")
	}
	if h.blank > 0 {
		place := sheet
		place.Row = h.blankAt
		add(CodeBlankRow, place, counted(h.blank, "ligne est vide parmi les données", "lignes sont vides parmi les données, celle-ci la première"), "supprimer ce qui est vide si rien n’y manque")
	}
	if h.since1904.count > 0 {
		add(Code1904, h.since1904.first, "le classeur compte les jours depuis 1904 : ses dates sont lues en conséquence", "vérifier une date")
	}
	for _, m := range merged(r.book.parts[r.sheet]) {
		r.reportMerged(m)
	}
}

func counted(n int, singular, plural string) string {
	return french.Count(float64(n), singular, plural)
}

// reportMerged warns of merged cells that touch the data of a column that is read.
func (r *reader[T]) reportMerged(m area) {
	if m.bottom < r.habits.first || m.top > r.habits.last {
		return
	}
	for column := m.left; column <= m.right && column <= len(r.layout.byColumn); column++ {
		if r.layout.byColumn[column-1] >= 0 {
			r.problems.Add(problem.Problem{Code: CodeMerged, Place: problem.Place{File: r.book.name, Sheet: r.sheet, Row: m.top, Column: m.left},
				Message: "les cellules " + m.String() + " sont fusionnées : seule la première a une valeur", Remedy: "annuler la fusion et écrire la valeur dans chaque cellule"})
			return
		}
	}
}

// area is a rectangle of cells, counted from 1.
type area struct{ left, top, right, bottom int }

// String writes « B2:B5 ».
func (a area) String() string {
	return problem.ColumnLetters(a.left) + strconv.Itoa(a.top) + ":" + problem.ColumnLetters(a.right) + strconv.Itoa(a.bottom)
}

// merged returns the merged cells of a worksheet part: their list comes after the rows.
func merged(part []byte) []area {
	at := bytes.LastIndex(part, []byte("sheetData"))
	if at < 0 {
		return nil
	}
	var out []area
	s := scanner{rest: part[at:]}
	for {
		i := bytes.Index(s.rest, []byte("mergeCell "))
		if i < 0 {
			return out
		}
		s.rest = s.rest[i+len("mergeCell"):]
		end := tagEnd(s.rest)
		if end < 0 {
			return out
		}
		if a, ok := parseArea(string(attribute(s.rest[:end], "ref"))); ok {
			out = append(out, a)
		}
	}
}

// parseArea reads « B2:B5 ».
func parseArea(ref string) (area, bool) {
	from, to, ok := strings.Cut(ref, ":")
	left, top := cellOf(from)
	right, bottom := cellOf(to)
	return area{left, top, right, bottom}, ok && 0 < left && left <= right && 0 < top && top <= bottom
}

func cellOf(ref string) (column, row int) {
	digits := strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	row, err := strconv.Atoi(digits)
	if err != nil {
		return 0, 0
	}
	return columnOf([]byte(ref)), row
}
