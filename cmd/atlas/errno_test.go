package main

import "testing"

func TestErrorsOfTheSystemAreSaidInFrench(t *testing.T) {
	for message, want := range map[string]string{
		"écriture de index.html\u00a0: open /srv/.site.new/index.html: no space left on device": "écriture de index.html\u00a0: /srv/.site.new/index.html\u00a0: il n’y a plus de place sur le disque",
		"lecture de 2023/tout.xlsx\u00a0: open data/editions/2023/tout.xlsx: permission denied": "lecture de 2023/tout.xlsx\u00a0: data/editions/2023/tout.xlsx\u00a0: le droit d’accès manque",
		"aucune édition": "aucune édition",
	} {
		if got := inFrench(message); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
