package render

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// textBox is the place of a text of a drawing, in its pixels.
type textBox struct {
	text                     string
	left, top, right, bottom float64
}

// textBoxes places the texts of a drawing by the metrics of the font.
func textBoxes(t *testing.T, svg string) []textBox {
	t.Helper()
	var drawing struct {
		Texts []struct {
			Text      string  `xml:",chardata"`
			Anchor    string  `xml:"text-anchor,attr"`
			Baseline  string  `xml:"dominant-baseline,attr"`
			Size      float64 `xml:"font-size,attr"`
			Weight    string  `xml:"font-weight,attr"`
			X         float64 `xml:"x,attr"`
			Y         float64 `xml:"y,attr"`
			Transform string  `xml:"transform,attr"`
		} `xml:"text"`
	}
	if err := xml.Unmarshal([]byte(svg), &drawing); err != nil {
		t.Fatal(err)
	}
	var lines [][2]string
	for _, x := range drawing.Texts {
		lines = append(lines, [2]string{x.Text, x.Weight + " " + strconv.FormatFloat(x.Size, 'f', -1, 64) + "px x"})
	}
	widths := measure(t, lines)
	boxes := make([]textBox, len(drawing.Texts))
	for i, x := range drawing.Texts {
		var dx, dy float64
		if x.Transform != "" {
			if _, err := fmt.Sscanf(x.Transform, "translate(%g %g)", &dx, &dy); err != nil {
				t.Fatalf("transform of text %q = %q, want a translation", x.Text, x.Transform)
			}
		}
		left := x.X + dx - map[string]float64{"middle": 0.5, "end": 1}[x.Anchor]*widths[i]
		middle := x.Y + dy
		if x.Baseline != "central" {
			middle -= 0.3 * x.Size
		}
		boxes[i] = textBox{x.Text, left, middle - x.Size/2, left + widths[i], middle + x.Size/2}
	}
	return boxes
}

// measure asks the worker's own code for the widths of texts.
func measure(t *testing.T, lines [][2]string) []float64 {
	t.Helper()
	module, err := filepath.Abs(filepath.Join(assets, "render", "chart.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(lines)
	if err != nil {
		t.Fatal(err)
	}
	script := `const { measureText } = await import(process.argv[1]);
		let input = ""; for await (const c of process.stdin) input += c;
		console.log(JSON.stringify(JSON.parse(input).map(([t, f]) => measureText(t, f).width)));`
	node := exec.Command("node", "--input-type=module", "-e", script, module)
	node.Stdin = strings.NewReader(string(input))
	out, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var widths []float64
	if err := json.Unmarshal(out, &widths); err != nil {
		t.Fatal(err)
	}
	return widths
}

func TestWidthsAreThoseOfTheFont(t *testing.T) {
	// Advances of Source Sans 3 Regular, in thousandths of an em: a 504, e 496, 1 497; U+202F is a sixth of an em on the pages.
	got := measure(t, [][2]string{{"1", "1000px x"}, {"11", "1000px x"}, {"é", "1000px x"}, {"\u202f", "1000px x"}})
	if got[0] != 497 || got[1] != 994 {
		t.Errorf("widths of 1 and 11 = %v, want 497 and 994", got[:2])
	}
	if x := got[2]; x <= 0 || x > 700 {
		t.Errorf("width of é = %v, want that of a letter", x)
	}
	if math.Abs(got[3]-1000.0/6) > 0.01 {
		t.Errorf("width of U+202F = %v, want %v", got[3], 1000.0/6)
	}
}
