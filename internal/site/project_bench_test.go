//go:build linux

package site

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"esms.example/atlas/internal/atlas"
	"esms.example/atlas/internal/carto"
	"esms.example/atlas/internal/dataset"
	"esms.example/atlas/internal/indicator"
)

// Side by side with Hugo. The same 1,400 projects, written by
//
//	HUGO_DIR=/tmp/hugo-atlas go test ./internal/site -run TestWriteProjectsForHugo
//
// as a Hugo site (a content adapter that reads the CSV, one template), are built in memory by
//
//	time hugo --source /tmp/hugo-atlas --renderToMemory
//
// Ours, in memory too, are composed by
//
//	go test ./internal/site -run '^$' -bench ProjectPages -cpu 2
//
// Measured on two cores shared with other work, so that the time on the clock says little, on
// 22 November 2026. By the clock: ours 1,780 pages/s, Hugo 0.160 560 (1,400 in 2.5 s, start and reading
// included). By the time of the processors, both cores idle else: ours 3,900 pages/s of 14.7 kB, each with
// its map, its ranks, and links that are checked; Hugo 4,600 pages/s of 2.5 kB without these.
//
// Since then each page names its ESSMS, which Hugo's do not: 2,000 pages/s by the clock, two cores, of 18.7 kB.

// scaleEdition is an edition of 1,400 projects and 36,500 rows of ESSMS over the real territories.
func scaleEdition(tb testing.TB, year int) *dataset.Dataset {
	tb.Helper()
	g, err := dataset.ReadGazetteer(os.DirFS("../../data/territoires"))
	if err != nil {
		tb.Fatal(err)
	}
	ds := &dataset.Dataset{Gazetteer: g, Edition: atlas.Edition{Year: year, Title: "Atlas de mesure", DataState: day(year, time.December, 31), PublishedOn: day(year+1, time.May, 1)}}
	regions, kinds := g.Regions(), []atlas.ProjectKind{atlas.Acquisition, atlas.Compliance, atlas.MixedKind}
	within, communes := map[string][]atlas.Territory{}, map[string][]string{}
	g.EachCommune(func(c atlas.Commune) { communes[c.Department] = append(communes[c.Department], c.Code) })
	for _, codes := range communes {
		slices.Sort(codes)
	}
	for _, d := range g.Departments() {
		within[d.Region] = append(within[d.Region], d)
	}
	for i := range 1400 {
		region := regions[i%len(regions)]
		p := &atlas.Project{
			Number: fmt.Sprintf("%d-R%s-%04d", year-i%3, region.ID.Code, i), Scope: atlas.Regional, Regions: []string{region.ID.Code},
			Title:  fmt.Sprintf("Acquisition d’un dossier usager informatisé – Association fictive n° %d", i),
			Holder: fmt.Sprintf("Association fictive n° %d", i%900), SIREN: fmt.Sprintf("%09d", i%900), Phase: atlas.Generalisation,
			DecidedOn: day(year-i%3, time.Month(i%12+1), i%28+1), Kind: kinds[i%3], Infrastructure: atlas.Yes, Grouping: atlas.Cluster,
			Subsidy: float64(100_000 + 1000*(i%700)), Paid: atlas.Known(50_000), Software: "DUI fictif", Listing: atlas.Segur, ActiveFiles: atlas.Known(0.87),
			Origin: atlas.Origin{File: "projets.xlsx", Sheet: "Projets", Row: i + 2},
		}
		if i%50 == 0 {
			p.Scope = atlas.National
		}
		for j := range 20 + i%13 {
			home := within[region.ID.Code]
			if p.Scope == atlas.National {
				home = g.Departments()
			}
			d := home[(i+j*j)%len(home)]
			e := &atlas.ESSMS{FINESS: fmt.Sprintf("%02d%07d", i%90, i*40+j), Department: d.ID.Code, Region: d.Region, Field: atlas.Fields[j%4], Status: atlas.Statuses[j%3],
				Name: fmt.Sprintf("Établissement fictif n° %d", (i*7+j)%500)}
			if places := communes[d.ID.Code]; len(places) > 0 {
				e.Commune = places[(i+j*j*j)%min(len(places), 20)]
			}
			l := &atlas.Link{Project: p, ESSMS: e, Field: e.Field, Status: e.Status, Origin: atlas.Origin{File: "essms.xlsx", Sheet: "ESSMS", Row: 40*i + j}}
			p.Links, e.Links = append(p.Links, l), append(e.Links, l)
			ds.ESSMS = append(ds.ESSMS, e)
		}
		ds.Projects = append(ds.Projects, p)
	}
	return ds
}

// BenchmarkProjectPages composes the 1,400 pages of the projects of an edition, in memory.
func BenchmarkProjectPages(b *testing.B) {
	in := fixture(b)
	in.Editions = []*indicator.Results{indicator.Compute(scaleEdition(b, 2023))}
	var err error
	if in.Maps, err = carto.Load(os.DirFS("../../data/territoires")); err != nil {
		b.Fatal(err)
	}
	c, err := newComposer(in)
	if err != nil {
		b.Fatal(err)
	}
	var pages []*page
	for _, p := range c.pages {
		if p.template == "project.html" {
			pages = append(pages, p)
		}
	}
	c.pages = pages
	var bytes atomic.Int64
	b.ReportAllocs()
	before := processorTime(b)
	for b.Loop() {
		err := c.eachPage(context.Background(), func(ctx context.Context, p *page) error {
			files, err := c.render(ctx, p)
			for _, f := range files {
				bytes.Add(int64(len(f.data)))
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	n := float64(b.N * len(pages))
	b.ReportMetric(n/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(bytes.Load())/n, "B/page")
	b.ReportMetric(n/(processorTime(b)-before).Seconds()*float64(runtime.GOMAXPROCS(0)), "pages/s-if-idle") // what the same work would take on cores that do nothing else
}

// processorTime is what this process has used of all cores.
func processorTime(tb testing.TB) time.Duration {
	tb.Helper()
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// TestWriteProjectsForHugo writes the same projects as a site that Hugo builds, to measure it beside.
func TestWriteProjectsForHugo(t *testing.T) {
	dir := os.Getenv("HUGO_DIR")
	if dir == "" {
		t.Skip("HUGO_DIR=directory to write the site that Hugo builds")
	}
	in := fixture(t)
	ds := scaleEdition(t, 2023)
	in.Editions = []*indicator.Results{indicator.Compute(ds)}
	c, err := newComposer(in)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"numero", "intitule", "organisme_porteur", "siren", "portee", "regions", "phase", "date_decision", "type_projet", "subvention_eur", "montant_verse_eur", "nombre_essms", "departements", "champs", "statuts"}}
	for _, p := range ds.Projects {
		rows = append(rows, []string{p.Number, p.Title, p.Holder, p.SIREN, string(p.Scope), strings.Join(p.Regions, ";"), string(p.Phase), p.DecidedOn.Format(time.DateOnly), string(p.Kind),
			fmt.Sprint(p.Subsidy), fmt.Sprint(p.Paid.Amount), fmt.Sprint(len(p.Links)), splitText(c.editions[0].departmentSplit(p, &linker{known: map[string]bool{}})), splitText(fieldSplit(p)), splitText(statusSplit(p))})
	}
	var projects strings.Builder
	w := csv.NewWriter(&projects)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	save(t, filepath.Join(dir, "assets", "projets.csv"), projects.String())
	for name, text := range hugoSite {
		save(t, filepath.Join(dir, name), text)
	}
}

// splitText is « Finistère|12|40 %;… » for a template to cut.
func splitText(s *Split) string {
	var rows []string
	if s != nil {
		for _, r := range s.Rows {
			rows = append(rows, r.Head.Text+"|"+r.Count+"|"+r.Share)
		}
	}
	return strings.Join(rows, ";")
}

// hugoSite is the site that Hugo builds from the rows: about the same page as ours, without the
// map and what is computed.
var hugoSite = map[string]string{
	"hugo.toml": "baseURL = 'https://atlas.example/'\ntitle = 'Atlas'\ndisableKinds = ['taxonomy', 'term', 'rss', 'sitemap', 'section', 'home', '404', 'robotstxt']\n",
	"content/projets/_content.gotmpl": `{{ $rows := resources.Get "projets.csv" | transform.Unmarshal (dict "targetType" "slice") }}
{{ range $i, $r := $rows }}{{ if $i }}
{{ $.AddPage (dict "path" (index $r 0) "title" (index $r 1) "kind" "page" "params" (dict "row" $r)) }}
{{ end }}{{ end }}`,
	"layouts/_default/single.html": `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }} – {{ site.Title }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/atlas.css"></head><body>
<header><nav aria-label="Menu principal"><ul>
{{ range slice "Accueil" "Indicateurs" "Régions" "Projets" "Données" "Méthode" }}<li><a href="/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}
</ul></nav></header>
<main><h1>{{ .Title }}</h1>
{{ $r := .Params.row }}
<p>Porté par {{ index $r 2 }}, ce projet {{ index $r 4 }} reçoit {{ lang.FormatNumberCustom 0 (float (index $r 9)) "- , ." }} €.</p>
<dl>{{ range $i, $name := slice "Numéro" "Intitulé" "Porteur" "SIREN" "Portée" "Régions" "Phase" "Décision" "Type" "Subvention" "Versé" "ESSMS" }}
<dt>{{ $name }}</dt><dd>{{ index $r $i }}</dd>{{ end }}</dl>
{{ range $k := slice 12 13 14 }}<table><tbody>{{ range split (index $r $k) ";" }}{{ $p := split . "|" }}
<tr><th scope="row">{{ index $p 0 }}</th><td>{{ index $p 1 }}</td><td>{{ index $p 2 }}</td></tr>{{ end }}</tbody></table>{{ end }}
</main>
<footer><ul>{{ range slice "Accessibilité" "Contact" "Glossaire" "Journal" "Mentions légales" "Plan du site" }}<li><a href="/{{ . | urlize }}/">{{ . }}</a></li>{{ end }}</ul></footer>
</body></html>`,
}
