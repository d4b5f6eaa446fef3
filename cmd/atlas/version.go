package main

import (
	"fmt"
	"runtime/debug"
	"time"

	"esms.example/atlas/internal/french"
)

// codeVersion says, in French, which code made the figures: the revision that the program was
// built from, its date, and whether the sources had been changed since. A program built without
// its history (go run, an archive of the sources) says that it does not know.
func codeVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return versionOf(nil)
	}
	return versionOf(info)
}

const shownRevision = 12 // characters: enough to find it

func versionOf(info *debug.BuildInfo) string {
	settings := map[string]string{}
	if info != nil {
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
	}
	revision := settings["vcs.revision"]
	if revision == "" {
		return "version inconnue (programme construit sans son historique)"
	}
	text := "révision " + revision[:min(shownRevision, len(revision))]
	if at, err := time.Parse(time.RFC3339, settings["vcs.time"]); err == nil {
		text += " du " + french.Date(at.UTC())
	}
	if settings["vcs.modified"] == "true" {
		text += fmt.Sprintf(" (modifiée%s: les sources avaient changé depuis)", french.NBSP)
	}
	return text
}
