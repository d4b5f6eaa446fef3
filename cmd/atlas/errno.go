package main

import (
	"regexp"
	"strings"
)

// systemWords are what the system answers, and how an operator is told.
var systemWords = strings.NewReplacer(
	"no space left on device", "il n’y a plus de place sur le disque",
	"disk quota exceeded", "le quota de disque est dépassé",
	"file too large", "le fichier dépasse la taille que le système permet",
	"permission denied", "le droit d’accès manque",
	"operation not permitted", "le système ne le permet pas",
	"read-only file system", "le disque est en lecture seule",
	"no such file or directory", "le fichier ou le dossier n’existe pas",
	"not a directory", "ce n’est pas un dossier",
	"is a directory", "c’est un dossier",
	"too many open files", "trop de fichiers sont ouverts",
	"input/output error", "le disque ne répond pas",
	"address already in use", "elle est déjà prise",
)

// systemCall is the name of a call before the path it failed on.
var systemCall = regexp.MustCompile(`\b(open|openat|create|mkdir|read|readdir|write|stat|lstat|rename|unlinkat|remove|chmod|fdopendir|open[a-z]*) (/[^\s:]*|[^\s:/]+(/[^\s:]*)+): `)

// inFrench says an error of the system in French: « open /a/b: permission denied » is « /a/b : le droit d’accès manque ».
func inFrench(message string) string {
	return systemWords.Replace(systemCall.ReplaceAllString(message, "$2\u00a0: "))
}
