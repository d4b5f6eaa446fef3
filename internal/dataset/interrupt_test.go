package dataset

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"esms.example/atlas/internal/problem"
)

// counted is a context that is done after it has been asked so many times.
type counted struct{ left int }

func (*counted) Deadline() (time.Time, bool) { return time.Time{}, false }
func (*counted) Done() <-chan struct{}       { return nil }
func (*counted) Value(any) any               { return nil }
func (c *counted) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestAnInterruptEndsTheReading(t *testing.T) {
	es := grid{essmsHeader}
	for i := range 3000 {
		es = append(es, essmsLine(fmt.Sprintf("69%07d", i), "P1"))
	}
	dir := dataDir(t, nil, map[string]map[string]grid{"a.xlsx": {"Projets": projects(projectRow("P1")), "ESSMS": es}})
	in, err := Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	whole := &counted{left: 1000}
	if ds, err := in.ReadContext(whole, 2023, new(problem.List)); ds == nil || err != nil {
		t.Fatalf("got %v, want the whole edition", err)
	}
	asked := 1000 - whole.left
	if asked < 5 { // the file, two sheets, twice in the rows
		t.Errorf("the context is asked %d times, want at least 5", asked)
	}
	for after := range asked {
		if ds, err := in.ReadContext(&counted{left: after}, 2023, new(problem.List)); ds != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted after %d questions: got %v, want %v", after, err, context.Canceled)
		}
	}
}
