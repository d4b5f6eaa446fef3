package render

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// request is a line sent to the worker; Seq is set when it is sent.
type request struct {
	Seq    int             `json:"seq"`
	Kind   string          `json:"kind"`
	Width  int             `json:"width"`
	Height int             `json:"height"`
	Option json.RawMessage `json:"option"` // of a chart or font; the data of a sheet
	// Of a sheet alone.
	Template  string `json:"template,omitempty"`
	Pages     int    `json:"pages,omitempty"`
	Timestamp int64  `json:"timestamp,omitempty"` // seconds since 1970
}

// response is a line received from it.
type response struct {
	Seq    int     `json:"seq"`
	Result *string `json:"result"`
	Error  string  `json:"error"`
}

var errClosed = errors.New("the renderer is closed")

// worker owns the Node process: starts it when needed, gives it one job at a time, and
// ends it when it is dead, late or out of step, to start afresh at the next job.
type worker struct {
	node, script string
	timeout      time.Duration
	turn         chan struct{} // holds one token: whoever has it may use what follows
	running      *process
	seq          int
	closed       bool
}

func newWorker(node, script string, timeout time.Duration) *worker {
	w := &worker{node: node, script: script, timeout: timeout, turn: make(chan struct{}, 1)}
	w.turn <- struct{}{}
	return w
}

// do has a job done, waiting for its turn. It fails with the worker's own message when the
// job is at fault, and otherwise with what happened to the process.
func (w *worker) do(ctx context.Context, r request) (string, error) {
	select {
	case <-w.turn:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { w.turn <- struct{}{} }()
	if w.closed {
		return "", errClosed
	}
	if w.running == nil {
		p, err := start(w.node, w.script)
		if err != nil {
			return "", fmt.Errorf("starting the renderer: %w", err)
		}
		w.running = p
	}
	w.seq++
	r.Seq = w.seq
	answer, err := w.running.ask(ctx, r, w.timeout)
	if err != nil {
		w.running.kill()
		w.running = nil
		return "", err
	}
	if answer.Result == nil {
		return "", fmt.Errorf("the renderer refused the job: %s", answer.Error)
	}
	return *answer.Result, nil
}

func (w *worker) close() error {
	<-w.turn
	defer func() { w.turn <- struct{}{} }()
	w.closed = true
	if w.running == nil {
		return nil
	}
	p := w.running
	w.running = nil
	return p.end()
}

// process is one life of the worker.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stderr *tail
	lines  chan []byte // closed when the process's output ends
	waited chan error
}

func start(node, script string) (*process, error) {
	p := &process{cmd: exec.Command(node, script), stderr: &tail{}, lines: make(chan []byte, 1), waited: make(chan error, 1)}
	p.cmd.Stderr = p.stderr
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	p.stdin = stdin
	go p.read(stdout)
	return p, nil
}

// read passes the answers on. It lives as long as the process's output.
func (p *process) read(stdout io.Reader) {
	in := bufio.NewReader(stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			break
		}
		p.lines <- line
	}
	close(p.lines)
	p.waited <- p.cmd.Wait()
}

// ask sends a request and waits for its answer. After an error the process is of no use.
func (p *process) ask(ctx context.Context, r request, timeout time.Duration) (response, error) {
	line, err := json.Marshal(r)
	if err != nil {
		return response{}, fmt.Errorf("writing the job: %w", err)
	}
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	// A worker that does not read would block the writing: it goes on beside the waiting,
	// and ends at the latest when the process is killed.
	sent := make(chan error, 1)
	go func() {
		_, err := p.stdin.Write(append(line, '\n'))
		sent <- err
	}()
	for {
		select {
		case answer, ok := <-p.lines:
			if !ok {
				return response{}, p.died(<-p.waited)
			}
			return decode(answer, r.Seq)
		case err := <-sent:
			if err != nil {
				p.kill()
				return response{}, p.died(err)
			}
			sent = nil
		case <-ctx.Done():
			return response{}, ctx.Err()
		case <-deadline.C:
			return response{}, fmt.Errorf("the renderer gave no answer within %v", timeout)
		}
	}
}

func decode(line []byte, seq int) (response, error) {
	var answer response
	if err := json.Unmarshal(line, &answer); err != nil {
		return response{}, fmt.Errorf("reading the renderer's answer %.80q: %w", line, err)
	}
	if answer.Seq != seq {
		return response{}, fmt.Errorf("the renderer answered job %d instead of %d: %s", answer.Seq, seq, answer.Error)
	}
	return answer, nil
}

func (p *process) died(cause error) error {
	said := p.stderr.String()
	if cause == nil {
		cause = errors.New("exit status 0")
	}
	if said == "" {
		return fmt.Errorf("the renderer died: %w", cause)
	}
	return fmt.Errorf("the renderer died: %w: %s", cause, said)
}

// kill ends the process at once, and frees what reads from it.
func (p *process) kill() {
	p.cmd.Process.Kill()
	go func() {
		for range p.lines {
		}
	}()
}

// end lets the process finish by itself, for two seconds.
func (p *process) end() error {
	p.stdin.Close()
	select {
	case err := <-p.waited:
		if err != nil {
			return p.died(err)
		}
		return nil
	case <-time.After(2 * time.Second):
		p.kill()
		return errors.New("the renderer did not end, and was killed")
	}
}

// tail keeps the last lines that a process wrote to standard error.
type tail struct {
	mu   sync.Mutex
	last []byte
}

func (t *tail) Write(b []byte) (int, error) {
	const limit = 2000
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = append(t.last, b...)
	if extra := len(t.last) - limit; extra > 0 {
		t.last = bytes.Clone(t.last[extra:])
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.last))
}
