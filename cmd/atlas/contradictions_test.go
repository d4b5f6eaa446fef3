package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
	"esms.example/atlas/internal/problem"
)

// What is known to be wrong, or to look wrong, in the figures published of the programme, and
// how the committed editions surface it. A case holds when one verdict has the subject, the
// agreement and every text, in its message, its texts or its causes.
var knownContradictions = []struct {
	name      string
	year      int
	subject   indicator.Subject
	agreement indicator.Agreement
	texts     []string
}{
	{"684 projects, and 686 when the regions are added", 2023, indicator.Sum, indicator.Explained, []string{
		"652 projets régionaux et 34 projets nationaux suivis, soit 686 projets", "« 684 projets »",
		"2 projets sont communs à plusieurs ARS, et 32 projets nationaux font 34 suivis",
		"aucun chiffre n’est publié pour la Guadeloupe, la Martinique, la Guyane, La Réunion, Mayotte et la Corse : il manque, il ne vaut pas zéro"}},
	{"275 M€, which the means allow of 686 projects only", 2023, indicator.Identity, indicator.Contradicts, []string{
		"« plus de 275,0 M€ » et « 684 projets »", "n’autorisent que de 273,0 M€ à 273,7 M€",
		"avec 686 projets", "donnent de 274,8 M€ à 275,5 M€, ce qui concorde", "2 projets nationaux seraient de trop"}},
	{"275 M€, against the records", 2023, indicator.Figure, indicator.Contradicts, []string{
		"publié plus de 275,0 M€, calculé 273,3 M€", "−1,7 M€", "−0,6 %"}},
	{"16,365 ESSMS in the regions, nearly 17,000 in France", 2023, indicator.Sum, indicator.Explained, []string{
		"les régions publiées totalisent 16 365 ESSMS", "« près de 17 000 ESSMS »", "175 ESSMS sur 16 526 ne se situent dans aucune région",
		"16 966 lignes de projets pour 16 526 ESSMS distincts", "(652 × 20 + 34 × 119) font 17 086 ESSMS", "entre 16 288 ESSMS et 16 443 ESSMS"}},
	{"national shares attainable together out of 31, not of 32 nor 34", 2023, indicator.Shares, indicator.Explained, []string{
		"42 %, 61 % et 71 %", "ne peuvent être toutes exactes ni sur 32", "ni sur 34 (somme des projets suivis publiés)", "elles le sont sur 31 (13, 19 et 22)",
		"1 réponse semble manquer : 31 au lieu de 32", "42 % (Handicap) peut être 13 sur 31 ou 14 sur 33, et rien d’autre sur un nombre de 29 à 35"}},
	{"1,356 and 1,340 structures for one call", 2023, indicator.Repetition, indicator.Contradicts, []string{
		"la source se contredit", "« 1 340 ESSMS » et « 1 356 ESSMS »", "Amorçage T1, 2021"}},
	{"1,356 structures, against the records", 2023, indicator.Figure, indicator.Contradicts, []string{
		"publié 1 356 ESSMS, calculé 1 340 ESSMS", "elle publie aussi « 1 340 ESSMS », qui concorde"}},
	{"230 projects, which their own parts make 233", 2022, indicator.Identity, indicator.Contradicts, []string{
		"« 230 projets »", "« 224 projets régionaux » et « 9 projets nationaux » font 233 projets", "à 10 projets près"}},
	{"the 18 envelopes, which agree to the euro", 2023, indicator.Credits, indicator.Agrees, []string{
		"18 régions en 2023 totalisent 67 000 000 €, soit exactement"}},
}

func TestCommittedEditionsSurfaceTheKnownContradictions(t *testing.T) {
	data := filepath.Join("..", "..", "data")
	in, err := dataset.Open(data, data)
	if err != nil {
		t.Fatal(err)
	}
	var problems problem.List
	editions, err := readEditions(t.Context(), in, 0, &problems, io.Discard)
	if err != nil {
		t.Fatalf("%v: %v", err, problems.Sorted())
	}
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
	for _, c := range knownContradictions {
		var seen []string
		found := false
		for _, e := range editions {
			for _, v := range e.verdicts() {
				if e.results.Edition().Year != c.year || v.Subject != c.subject || v.Agreement != c.agreement {
					continue
				}
				said := plain.Replace(strings.Join(slices.Concat([]string{v.Message, v.PublishedText, v.ComputedText, v.DifferenceText, v.RelativeText}, v.Causes), "\n"))
				seen = append(seen, said)
				found = found || !slices.ContainsFunc(c.texts, func(text string) bool { return !strings.Contains(said, text) })
			}
		}
		if !found {
			t.Errorf("%s: no verdict (%s, %s) says\n  %s\ngot\n%s", c.name, c.subject, c.agreement, strings.Join(c.texts, "\n  "), strings.Join(seen, "\n\n"))
		}
	}
}
