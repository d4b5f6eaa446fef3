package site

import (
	"testing"

	"esms.example/atlas/internal/problem"
)

func TestThePageOfProblemsExplainsTheWholeCatalogue(t *testing.T) {
	shown, anchors := 0, map[string]bool{}
	for _, topic := range problemsModel().Topics {
		if anchors[topic.ID] || len(topic.Entries) == 0 {
			t.Errorf("section %s: got %d entries", topic.ID, len(topic.Entries))
		}
		anchors[topic.ID] = true
		for _, e := range topic.Entries {
			if anchors[e.ID] {
				t.Errorf("two anchors %s", e.ID)
			}
			anchors[e.ID] = true
			shown++
		}
	}
	if want := len(problem.Catalogue()); shown != want {
		t.Errorf("got %d problems, want %d", shown, want)
	}
}
