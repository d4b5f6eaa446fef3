package problem

import "strings"

var spaces = strings.NewReplacer(" :", "\u00a0:", " %", "\u00a0%", " €", "\u00a0€", "« ", "«\u00a0", " »", "\u00a0»",
	" ;", "\u202f;", " ?", "\u202f?", " !", "\u202f!")

// typeset puts the spaces of French typography into a message, so that those who write
// messages need not.
func typeset(s string) string { return spaces.Replace(s) }
