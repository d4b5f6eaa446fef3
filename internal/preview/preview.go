// Package preview shows a site on the author's own machine as a web server would publish
// it, under the strict policy that it must obey, and reloads the pages when it changes.
package preview

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"esms.example/atlas/internal/site"
)

// Where the reloading lives: paths that no site has.
const (
	eventsPath = "/_apercu/changements"
	scriptPath = "/_apercu/recharger.js"
)

const script = `new EventSource("` + eventsPath + `").onmessage = () => location.reload();`

// Site serves the site in a directory.
type Site struct {
	dir   string
	files http.Handler

	mu      sync.Mutex
	readers map[chan struct{}]bool
}

// New serves the site in dir, which may be replaced, or missing, at any time.
func New(dir string) *Site {
	return &Site{dir: dir, files: http.FileServer(http.Dir(dir)), readers: map[chan struct{}]bool{}}
}

// Reload makes every open page load itself again.
func (s *Site) Reload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for r := range s.readers {
		select {
		case r <- struct{}{}:
		default: // already told
		}
	}
}

// ServeHTTP serves a file, index.html for a directory, 404.html for what does not exist. What it serves is not published
// yet: the pages of other sites may not read it, neither from their own origin nor under a name of theirs that leads here.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	for _, h := range site.Headers() {
		header.Set(h.Name, h.Value)
	}
	header.Del("Access-Control-Allow-Origin")
	header.Set("Cache-Control", "no-cache")
	if !near(r.Host) {
		http.Error(w, "L’aperçu se lit à l’adresse que la commande affiche, et non sous ce nom.", http.StatusMisdirectedRequest)
		return
	}
	switch r.URL.Path {
	case eventsPath:
		s.serveEvents(w, r)
		return
	case scriptPath:
		header.Set("Content-Type", "text/javascript; charset=utf-8")
		fmt.Fprint(w, script)
		return
	}
	name := filepath.Join(s.dir, filepath.FromSlash(path.Clean("/"+r.URL.Path)))
	if strings.HasSuffix(r.URL.Path, "/") {
		name = filepath.Join(name, "index.html")
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		s.servePage(w, filepath.Join(s.dir, "404.html"), http.StatusNotFound)
	case !info.IsDir() && strings.HasSuffix(name, ".html"):
		s.servePage(w, name, http.StatusOK)
	default:
		s.files.ServeHTTP(w, r)
	}
}

// near reports whether the host of a request is an address, or a name that only this machine or its local network knows.
func near(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.Trim(host, "[]"), ".")
	return net.ParseIP(host) != nil || !strings.Contains(host, ".") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".localhost")
}

// servePage serves a page with the script that reloads it.
func (s *Site) servePage(w http.ResponseWriter, name string, status int) {
	page, err := os.ReadFile(name)
	if err != nil {
		http.Error(w, "Cette page n’existe pas, ou le site n’est pas encore construit.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(bytes.Replace(page, []byte("</body>"), []byte(`<script src="`+scriptPath+`"></script></body>`), 1))
}

func (s *Site) serveEvents(w http.ResponseWriter, r *http.Request) {
	changed := make(chan struct{}, 1)
	s.mu.Lock()
	s.readers[changed] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.readers, changed)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	control.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			fmt.Fprint(w, "data: changement\n\n")
			control.Flush()
		}
	}
}
