package preview

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	headers "esms.example/atlas/internal/site"
)

func open(t *testing.T, files map[string]string) (*Site, *httptest.Server) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	site := New(dir)
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	return site, server
}

func TestPagesAreServedUnderThePolicyAndWithTheReloadingScript(t *testing.T) {
	_, server := open(t, map[string]string{
		"index.html": "<body>home</body>", "2023/index.html": "<body>2023</body>", "404.html": "<body>nothing here</body>", "data.csv": "a,b",
	})
	for _, c := range []struct {
		path, want string
		status     int
	}{
		{"/", "home<script", 200}, {"/2023/", "2023<script", 200}, {"/2023", "2023<script", 200}, {"/nowhere/", "nothing here", 404},
		{"/data.csv", "a,b", 200}, {"/../../etc/passwd", "nothing here", 404}, {scriptPath, "EventSource", 200},
	} {
		response, err := http.Get(server.URL + c.path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != c.status || !strings.Contains(string(body), c.want) {
			t.Errorf("%s: %d %q (%v), want %d with %q", c.path, response.StatusCode, body, err, c.status, c.want)
		}
		for _, h := range headers.Headers() {
			want := h.Value
			if h.Name == "Access-Control-Allow-Origin" {
				want = "" // no page of another site may read what is not published yet
			}
			if got := response.Header.Get(h.Name); got != want {
				t.Errorf("%s: got %s %q, want %q", c.path, h.Name, got, want)
			}
		}
	}
}

// ask sends a request as written, which a client of good manners would mend.
func ask(t *testing.T, server *httptest.Server, path, host string) string {
	t.Helper()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host)
	answer, err := io.ReadAll(connection)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func TestNothingOutsideTheSiteIsServed(t *testing.T) {
	site, server := open(t, map[string]string{"site/index.html": "home", "site/404.html": "nothing here", "secret.html": "secret", "index.html": "secret"})
	site.dir = filepath.Join(site.dir, "site")
	for _, path := range []string{"/../secret.html", "/..%2fsecret.html", "/%2e%2e/secret.html", "/a/../../secret.html", "/../", "/..", "//../secret.html", "/..\\secret.html", "/\x00", "/%00", "/secret.html%00.html"} {
		if answer := ask(t, server, path, "127.0.0.1"); strings.Contains(answer, "secret") {
			t.Errorf("%q: got %q", path, answer)
		}
	}
	if answer := ask(t, server, "/index.html", "127.0.0.1"); !strings.Contains(answer, "home") {
		t.Errorf("the home page: got %q", answer)
	}
}

// A page of another site, whose name is made to lead here, would read an edition that is not published yet.
func TestOtherSitesNamesLeadNowhere(t *testing.T) {
	_, server := open(t, map[string]string{"index.html": "home"})
	for host, served := range map[string]bool{"127.0.0.1:8000": true, "[::1]:8000": true, "localhost:8000": true, "localhost": true, "poste-12:8000": true,
		"poste.local": true, "192.168.1.7": true, "evil.example": false, "evil.example:8000": false, "127.0.0.1.evil.example": false, "localhost.evil.example": false} {
		if answer := ask(t, server, "/", host); strings.Contains(answer, "home") != served {
			t.Errorf("%s: got %q", host, answer)
		}
	}
}

func TestOpenPagesAreToldOfAChange(t *testing.T) {
	site, server := open(t, nil)
	response, err := http.Get(server.URL + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	site.Reload()
	line, err := bufio.NewReader(response.Body).ReadString('\n')
	if err != nil || line != "data: changement\n" {
		t.Errorf("got %q (%v)", line, err)
	}
}

func TestSiteNotYetBuiltIsSaid(t *testing.T) {
	_, server := open(t, nil)
	response, err := http.Get(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != 404 || !strings.Contains(string(body), "pas encore construit") {
		t.Errorf("%d %q", response.StatusCode, body)
	}
}
