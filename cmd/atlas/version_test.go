package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionNamesTheRevisionOrSaysItIsUnknown(t *testing.T) {
	build := func(pairs ...string) *debug.BuildInfo {
		info := &debug.BuildInfo{}
		for i := 0; i < len(pairs); i += 2 {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: pairs[i], Value: pairs[i+1]})
		}
		return info
	}
	for _, c := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{nil, "version inconnue (programme construit sans son historique)"},
		{build("GOOS", "linux"), "version inconnue (programme construit sans son historique)"},
		{build("vcs.revision", "0123456789abcdef", "vcs.time", "2024-05-01T23:30:00Z", "vcs.modified", "false"), "révision 0123456789ab du 1er\u00a0mai 2024"},
		{build("vcs.revision", "0123", "vcs.modified", "true"), "révision 0123 (modifiée\u00a0: les sources avaient changé depuis)"},
	} {
		if got := versionOf(c.info); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
