package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

// front is the summary sheet of a copy: every problem of the workbook, with a link to its cell.
type front struct {
	file     string // as problems name it
	problems []problem.Problem
	tabs     map[string]tab // by name
	notes    []string       // what the copy does not hold
	styles   frontStyles
}

// frontStyles are the numbers of the styles of a summary sheet.
type frontStyles struct {
	title, note, head, text, link int
	severity                      map[problem.Severity]int
}

// frontColour is that of the tab of a summary sheet, which is known by it when it comes back.
const frontColour = "FFC0392A"

// maxLinks is below the number of links that Excel takes in a sheet.
const maxLinks = 65_000

func newFrontStyles(s *styles) frontStyles {
	font := func(more string) int {
		return s.add("fonts", `<font>`+more+`<name val="Calibri"/><family val="2"/></font>`)
	}
	format := func(font, fill, number int, alignment string) int {
		return s.add("cellXfs", fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment %s/></xf>`,
			number, font, fill, alignment))
	}
	const text = 49 // the format of texts: one that begins with = stays one when its cell is edited
	const wrap, top = `vertical="top" wrapText="1"`, `vertical="top"`
	body := font(`<sz val="11"/><color rgb="FF000000"/>`)
	bold := font(`<b/><sz val="11"/><color rgb="FF000000"/>`)
	band := s.add("fills", `<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/><bgColor indexed="64"/></patternFill></fill>`)
	f := frontStyles{
		title: format(font(`<b/><sz val="16"/><color rgb="FF1F4E79"/>`), 0, text, top),
		note:  format(body, 0, text, top), head: format(bold, band, text, wrap), text: format(body, 0, text, wrap),
		link:     format(font(`<u/><sz val="11"/><color rgb="FF0B4F8A"/>`), 0, text, top),
		severity: map[problem.Severity]int{},
	}
	for _, v := range severities {
		f.severity[v] = format(body, s.tint(v), text, top)
	}
	return f
}

// frontColumns are the columns of a summary sheet and their widths.
var frontColumns = []struct {
	title string
	width int
}{{"Gravité", 15}, {"Feuille", 20}, {"Cellule", 12}, {"Valeur lue", 26}, {"Problème", 70}, {"Que faire", 70}, {"Code", 24}}

// write writes the sheet, streamed; its texts are in its cells.
func (f front) write(out io.Writer, namespace, relationships string) error {
	w := &sheetWriter{out: out}
	w.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<worksheet xmlns="` + namespace + `" xmlns:r="` + relationships + `">` +
		`<sheetPr><tabColor rgb="` + frontColour + `"/><pageSetUpPr fitToPage="1"/></sheetPr>`)
	intro := f.intro()
	header := f.header()
	w.put(fmt.Sprintf(`<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`+
		`<selection pane="bottomLeft" activeCell="A%d" sqref="A%d"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`, header, header+1, header+1, header+1))
	for i, c := range frontColumns {
		w.put(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, c.width))
	}
	w.put(`</cols><sheetData>`)
	for i, line := range intro {
		style := f.styles.note
		if i == 0 {
			style = f.styles.title
		}
		w.row(i+1, cell{line, style})
	}
	var head []cell
	for _, c := range frontColumns {
		head = append(head, cell{c.title, f.styles.head})
	}
	w.row(header, head...)
	listed := f.listed()
	for i, p := range listed {
		place, link := p.Place.Cell(), f.styles.text
		if f.target(p.Place) != "" && i < maxLinks {
			link = f.styles.link
			if place == "" {
				place = "feuille"
			}
		}
		sheet := p.Place.Sheet
		if f.tabs[sheet].hidden {
			sheet += " (masquée)"
		}
		w.row(header+1+i, cell{p.Severity.String(), f.styles.severity[p.Severity]}, cell{sheet, f.styles.text}, cell{place, link},
			cell{p.Value, f.styles.text}, cell{p.Message, f.styles.text}, cell{p.Remedy, f.styles.text}, cell{string(p.Code), f.styles.text})
	}
	w.put(`</sheetData>`)
	w.put(`<autoFilter ref="` + strings.ReplaceAll(f.filtered(), "$", "") + `"/>`)
	f.links(w, listed, header)
	w.put(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`)
	return w.err
}

// header is the row of the header of the table.
func (f front) header() int { return len(f.intro()) + 2 }

// listed are the problems that a sheet can hold.
func (f front) listed() []problem.Problem {
	return f.problems[:min(len(f.problems), maxRows-f.header())]
}

// filtered is the range of the table: $A$6:$G$20.
func (f front) filtered() string {
	return fmt.Sprintf("$A$%d:$%s$%d", f.header(), problem.ColumnLetters(len(frontColumns)), f.header()+max(len(f.listed()), 1))
}

func (f front) links(w *sheetWriter, listed []problem.Problem, header int) {
	open := false
	for i, p := range listed[:min(len(listed), maxLinks)] {
		target := f.target(p.Place)
		if target == "" {
			continue
		}
		if !open {
			w.put("<hyperlinks>")
			open = true
		}
		w.put(`<hyperlink ref="C` + strconv.Itoa(header+1+i) + `" location="` + escape(target) + `"/>`)
	}
	if open {
		w.put("</hyperlinks>")
	}
}

// target is the place within the workbook, as a link has it: 'Projets'!F12; "" when there is none
// to go to.
func (f front) target(p problem.Place) string {
	if t, known := f.tabs[p.Sheet]; !known || t.kind != "worksheet" {
		return ""
	}
	return "'" + strings.ReplaceAll(p.Sheet, "'", "''") + "'!" + problem.ColumnLetters(max(p.Column, 1)) + strconv.Itoa(max(p.Row, 1))
}

// intro is what stands above the table.
func (f front) intro() []string {
	lines := []string{
		"Contrôle de " + f.file,
		french.Capitalize(problem.Tally(f.problems)) + ".",
		"Ceci est une copie\u00a0: les cellules en cause sont colorées (rouge\u00a0: erreur\u202f; jaune\u00a0: avertissement\u202f; bleu\u00a0: information) et chacune porte un commentaire.",
		"Cliquer sur une cellule de la colonne «\u00a0Cellule\u00a0» mène à l’endroit en cause. Une erreur empêche de publier.",
	}
	if n := len(f.problems) - maxLinks; n > 0 {
		lines = append(lines, fmt.Sprintf("Au-delà de %s lignes, les cellules ne portent plus de lien.", french.Integer(maxLinks)))
	}
	return append(lines, f.notes...)
}

type cell struct {
	text  string
	style int
}

// sheetWriter writes the rows of a sheet.
type sheetWriter struct {
	out io.Writer
	err error
}

func (w *sheetWriter) put(s string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.out, s)
	}
}

func (w *sheetWriter) row(number int, cells ...cell) {
	row := strconv.Itoa(number)
	w.put(`<row r="` + row + `">`)
	for i, c := range cells {
		ref := problem.ColumnLetters(i+1) + row
		if c.text == "" {
			w.put(`<c r="` + ref + `" s="` + strconv.Itoa(c.style) + `"/>`)
			continue
		}
		w.put(`<c r="` + ref + `" s="` + strconv.Itoa(c.style) + `" t="inlineStr"><is><t xml:space="preserve">` + content(cut(c.text, maxText)) + `</t></is></c>`)
	}
	w.put(`</row>`)
}
