package browser

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var lighthouseDir = flag.String("lighthouse", "", "note the main pages with the Lighthouse installed in this directory")

// TestLighthouseGivesFullMarks notes the pages that readers meet first; it runs for make lighthouse only. The time that
// a page takes depends on what else the machine does: performance is the best of three visits.
func TestLighthouseGivesFullMarks(t *testing.T) {
	if *lighthouseDir == "" {
		t.Skip("make lighthouse")
	}
	browser, origin := chromium(t), serveCompressed(t, built(t))
	for _, page := range []string{"2023/", "2023/indicateurs/taux_couverture/", "2023/regions/bretagne/"} {
		for kind, flags := range map[string][]string{"mobile": nil, "desktop": {"--preset=desktop"}} {
			report := visit(t, browser, origin+"/"+page, flags)
			for again := 0; again < 2 && report.Categories["performance"].Score < 1; again++ {
				if other := visit(t, browser, origin+"/"+page, flags); other.Categories["performance"].Score > report.Categories["performance"].Score {
					report = other
				}
			}
			for name, category := range report.Categories {
				t.Logf("/%s, %s, %s: %.0f", page, kind, name, 100*category.Score)
				if category.Score < 1 {
					t.Errorf("/%s, %s, %s: %.0f, want 100: %q", page, kind, name, 100*category.Score, report.lost(name))
				}
			}
			if len(report.Categories) != 4 {
				t.Errorf("/%s, %s: %d categories, want 4", page, kind, len(report.Categories))
			}
		}
	}
}

// visit lets Lighthouse open a page once.
func visit(t *testing.T, browser, address string, flags []string) lighthouseReport {
	t.Helper()
	command := filepath.Join(*lighthouseDir, "node_modules", "lighthouse", "cli", "index.js")
	run := exec.Command("node", append([]string{command, address, "--quiet", "--output=json",
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --disable-component-update"}, flags...)...)
	run.Env = append(os.Environ(), "CHROME_PATH="+browser)
	answer, err := run.Output()
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	var report lighthouseReport
	if err := json.Unmarshal(answer, &report); err != nil {
		t.Fatal(err)
	}
	return report
}

type lighthouseReport struct {
	Categories map[string]struct {
		Score     float64
		AuditRefs []struct {
			ID     string
			Weight float64
		}
	}
	Audits map[string]struct {
		Title        string
		DisplayValue string
		Score        *float64
	}
}

// lost names the audits that cost a category its full marks.
func (r lighthouseReport) lost(category string) []string {
	var out []string
	for _, ref := range r.Categories[category].AuditRefs {
		if a := r.Audits[ref.ID]; ref.Weight > 0 && a.Score != nil && *a.Score < 1 {
			out = append(out, ref.ID+": "+a.Title+" "+a.DisplayValue)
		}
	}
	return out
}
