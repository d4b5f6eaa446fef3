// Package workbook turns the rows of a spreadsheet into typed records. It knows Excel
// and the programs that write its format; it knows no region and no project.
//
// A sheet is described by one table of columns. The parser, the checks and the
// documentation of the sheet derive from that table:
//
//	book, ok := workbook.Open("projets.xlsx", data, &problems)
//	records := workbook.Read(book, "Projets", columns, &problems)
//
// Whatever is wrong in a workbook becomes a problem that names its cell; nothing panics.
package workbook
