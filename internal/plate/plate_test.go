package plate

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func fonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := LoadFonts(os.DirFS(filepath.Join("..", "..", "assets")))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// tiny is a drawing as a page holds it: names, links, classes, a pattern.
const tiny = `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 640 300" role="group" aria-labelledby="t" font-family="sans-serif">
<title id="t">Nom de la carte</title><desc>Description</desc>
<defs><pattern id="carte-nd" width="60" height="60" patternUnits="userSpaceOnUse"><path d="M0 0V60"/></pattern></defs>
<g class="map-areas"><a class="map-area c1of2" data-code="53" href="../../regions/bretagne/" target="_top" aria-label="Bretagne" onclick="alert(1)" tabindex="0" fill="url(#carte-nd)"><path style="fill:red" d="M0 0H90V90Z"/></a></g>
<text class="map-scale" x="4" y="20">×1,2</text><text x="4" y="50" font-size="14">12 &lt; 13</text><script>alert(1)</script><style>*{fill:red}</style><image href="http://x.example/x.png"/></svg>`

const hostile = `<script>alert("x")</script> & 'fils'`

// samples are plates of every make, by the name of their golden file.
func samples() map[string]Plate {
	legend := []Swatch{{"#edf8b1", "moins de 32"}, {"#4fb3ad", "de 32 à moins de 42"}, {"url(#carte-nd)", "plus de 5 points au-dessous"}, {"", "n.d.\u00a0: non disponible"}}
	long := strings.Repeat("Part des projets régionaux avec une mise en conformité des infrastructures ", 3)
	return map[string]Plate{
		"map": {
			Title: "Taux de couverture du parc par région", Subtitle: "En\u00a0%, au 31 décembre 2023", Lead: "Le taux varie de 29,5\u00a0% à 50,9\u00a0%.",
			Drawing: tiny, Width: 680, Unit: "Écart à la France", Legend: legend, Mark: "Données de démonstration\u00a0: chiffres inventés, à ne pas citer",
			Notes: []string{"Note\u00a0: quantiles.", "Champ\u00a0: ESSMS."}, Source: "Source\u00a0: CNSA, situation au 31 décembre 2023.",
			Credits: []string{"Fond de carte\u00a0: Natural Earth.", "Licence Ouverte 2.0"}, Site: "Atlas ESMS numérique",
		},
		"key":     {Title: "ESSMS financés par région", Drawing: tiny, Key: `<svg viewBox="0 0 120 40"><circle cx="20" cy="20" r="19" fill="none" stroke="#000"/></svg>`, Width: 680, Source: "Source\u00a0: CNSA."},
		"long":    {Title: long, Subtitle: long, Lead: long, Drawing: tiny, Width: 520, Unit: long, Legend: append(legend, Swatch{"#123456", long}), Mark: long, Notes: []string{long}, Source: long, Credits: []string{long, strings.Repeat("anticonstitutionnellement", 9)}, Site: long},
		"hostile": {Title: hostile, Subtitle: hostile, Lead: hostile, Drawing: tiny, Width: 520, Unit: hostile, Legend: []Swatch{{`"/><script>`, hostile}}, Mark: hostile, Notes: []string{hostile}, Source: hostile + "\x01\xff", Credits: []string{hostile}, Site: hostile},
	}
}

func TestGoldenPlates(t *testing.T) {
	f := fonts(t)
	made := map[string]Image{}
	for name, p := range samples() {
		image, err := f.Compose(p)
		if err != nil {
			t.Fatalf("Compose(%s): %v", name, err)
		}
		made[name] = image
	}
	for name, c := range cards() {
		image, err := f.Card(c)
		if err != nil {
			t.Fatalf("Card(%s): %v", name, err)
		}
		if image.Width != CardWidth || image.Height != CardHeight {
			t.Errorf("Card(%s) measures %d × %d, want %d × %d", name, image.Width, image.Height, CardWidth, CardHeight)
		}
		made["card-"+name] = image
	}
	for name, image := range made {
		golden := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(golden, []byte(image.SVG), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.ReplaceAll(string(want), "><", ">\n<"), strings.ReplaceAll(image.SVG, "><", ">\n<")); diff != "" {
			t.Errorf("%s differs from its golden file (-want +got); look at it, then run with -update:\n%s", name, diff)
		}
	}
}

func cards() map[string]Card {
	return map[string]Card{
		"indicator": {Kicker: "Atlas 2023", Title: "Taux de couverture du parc", Figure: "38,1\u00a0%", Caption: "en France, au 31 décembre 2023", Mark: "Données de démonstration", Source: "Source\u00a0: CNSA", Drawing: tiny, Omit: []string{"map-scale"}},
		"long": {Kicker: hostile, Title: strings.Repeat("Part des projets régionaux avec mise en conformité ", 6), Figure: "1\u202f234\u202f567,8\u00a0M€", Caption: hostile, Source: strings.Repeat("Source longue ", 20), Drawing: tiny,
			Lines: []Line{{"62", "projets régionaux"}, {"12,4\u00a0M€", "de subventions"}}},
		"bare": {Title: "Projets nationaux", Figure: "45"},
	}
}

// said is a text of an SVG: where it begins and ends, and its size.
type said struct {
	text      string
	x, y, end float64
	inside    bool // of a nested drawing
}

// textsOf measures the texts of an SVG in the real font. It fails on whatever could run or load something.
func textsOf(t *testing.T, f *Fonts, svg string) []said {
	t.Helper()
	in, depth, out := xml.NewDecoder(strings.NewReader(svg)), 0, []said(nil)
	var open *said
	var size float64
	var weight Weight
	for {
		token, err := in.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("the SVG is not well formed: %v\n%s", err, svg)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "script", "style", "a", "image", "foreignObject", "iframe":
				t.Errorf("a plate holds <%s>", e.Name.Local)
			case "svg":
				depth++
			case "text":
				open, weight = &said{inside: depth > 1}, Regular
			}
			for _, a := range e.Attr {
				value, _ := strconv.ParseFloat(a.Value, 64)
				switch name := a.Name.Local; {
				case name == "style" || name == "class" || strings.HasPrefix(name, "on") || name == "href" && !strings.HasPrefix(a.Value, "#"):
					t.Errorf("<%s> of a plate bears %s=%q", e.Name.Local, name, a.Value)
				case open == nil:
				case name == "x":
					open.x = value
				case name == "y":
					open.y = value
				case name == "font-size":
					size = value
				case name == "font-weight":
					weight = Weight(value)
				}
			}
		case xml.CharData:
			if open != nil {
				open.text += string(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "svg":
				depth--
			case "text":
				open.end = open.x + f.Width(open.text, size, weight)
				out = append(out, *open)
				open = nil
			}
		}
	}
}

func TestNoTextLeavesItsPlate(t *testing.T) {
	f := fonts(t)
	check := func(name string, image Image) {
		for _, s := range textsOf(t, f, image.SVG) {
			if !s.inside && (s.x < 0 || s.end > float64(image.Width)-margin/2 || s.y < 8 || s.y > float64(image.Height)-3) {
				t.Errorf("%s: %q goes from %.0f to %.0f at %.0f of %d × %d", name, s.text, s.x, s.end, s.y, image.Width, image.Height)
			}
		}
	}
	for name, p := range samples() {
		image, err := f.Compose(p)
		if err != nil {
			t.Fatal(err)
		}
		check(name, image)
	}
	for name, c := range cards() {
		image, err := f.Card(c)
		if err != nil {
			t.Fatal(err)
		}
		check("card "+name, image)
	}
}

func TestPlateSaysAllItsTexts(t *testing.T) {
	f := fonts(t)
	for name, p := range samples() {
		if name == "long" {
			continue // its legend is cut
		}
		image, err := f.Compose(p)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, s := range textsOf(t, f, image.SVG) {
			all = append(all, s.text)
		}
		got := strings.Join(all, " ")
		for _, want := range append([]string{p.Title, p.Subtitle, p.Lead, p.Mark, strings.TrimSuffix(p.Source, "\x01\xff"), p.Site}, append(p.Notes, p.Credits...)...) {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the texts %q lack %q", name, got, want)
			}
		}
	}
}

func TestDrawingThatCannotBeReadIsAnError(t *testing.T) {
	f := fonts(t)
	for name, drawing := range map[string]string{
		"empty": "", "not closed": "<svg viewBox='0 0 1 1'><g>", "no size": "<svg></svg>", "no SVG": "<html viewBox='0 0 1 1'></html>", "flat": "<svg viewBox='0 0 0 1'/>",
	} {
		if _, err := f.Compose(Plate{Title: "t", Drawing: drawing, Width: 520}); err == nil {
			t.Errorf("%s: Compose gives no error", name)
		}
	}
	if _, err := f.Compose(Plate{Drawing: tiny, Width: 100}); err == nil {
		t.Error("Compose makes a plate of 100 pixels")
	}
}

func TestLinesAreNoWiderThanAsked(t *testing.T) {
	f := fonts(t)
	for _, text := range []string{"", "  ", "un mot", strings.Repeat("é", 400), "Source\u00a0: CNSA, 1\u202f234\u00a0€ " + strings.Repeat("mot ", 60), "漢字 ok"} {
		lines := f.Wrap(text, 200, 14, Bold)
		for _, line := range lines {
			if w := f.Width(line, 14, Bold); w > 200 {
				t.Errorf("Wrap(%.20q) has a line %.0f wide, want 200 at most: %q", text, w, line)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.FieldsFunc(s, breaks), "") }
		if got, want := squeeze(strings.Join(lines, "")), squeeze(text); got != want {
			t.Errorf("Wrap(%.20q) keeps %q, want %q", text, got, want)
		}
	}
}

func FuzzDrawing(f *testing.F) {
	f.Add(tiny)
	f.Add(`<svg viewBox="0 0 10 10"><text>&lt;script></text></svg>`)
	f.Fuzz(func(t *testing.T, svg string) {
		d, err := read(svg, nil)
		if err != nil {
			return
		}
		out := "<svg>" + d.content + "</svg>"
		decoder := xml.NewDecoder(strings.NewReader(out))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("read(%q) = %q: %v", svg, out, err)
			}
			if e, ok := token.(xml.StartElement); ok && !drawn[e.Name.Local] {
				t.Errorf("read(%q) lets <%s> through", svg, e.Name.Local)
			}
		}
	})
}
