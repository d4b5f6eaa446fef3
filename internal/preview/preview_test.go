package preview

import (
	"bufio"
	"io"
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
			if got := response.Header.Get(h.Name); got != h.Value {
				t.Errorf("%s: got %s %q, want %q", c.path, h.Name, got, h.Value)
			}
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
