package render

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// tricolour is a drawing of three bands, with a text.
const tricolour = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60" font-family="Source Sans 3">` +
	`<rect width="40" height="60" fill="#1f4e79"/><rect x="80" width="40" height="60" fill="#d9a514"/>` +
	`<text x="44" y="36" font-size="11" fill="#16202b">12 345</text></svg>`

func paint(t *testing.T, r *Renderer, i Image) []byte {
	t.Helper()
	data, err := r.PNG(context.Background(), i)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// count tells how many pixels of a part of an image have a colour, written 0xrrggbb.
func count(picture image.Image, part image.Rectangle, colour uint32) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			if r>>8<<16|g>>8<<8|b>>8 == colour {
				n++
			}
		}
	}
	return n
}

func TestImageHasTheSizeAndTheColoursOfItsDrawing(t *testing.T) {
	r := open(t, Options{})
	for _, scale := range []float64{1, 2, 3.5} {
		picture := decoded(t, paint(t, r, Image{ID: "drapeau", SVG: tricolour, Scale: scale}))
		width, height := int(120*scale), int(60*scale)
		if got := picture.Bounds().Size(); got != image.Pt(width, height) {
			t.Errorf("at %g, the image measures %v, want %d × %d", scale, got, width, height)
			continue
		}
		third := width / 3
		for name, test := range map[string]struct {
			from   int
			colour uint32
		}{"left": {0, 0x1f4e79}, "right": {2 * third, 0xd9a514}} {
			if got := count(picture, image.Rect(test.from, 0, test.from+third, height), test.colour); got != third*height {
				t.Errorf("at %g, %d pixels of the %s band have its colour, want all %d", scale, got, name, third*height)
			}
		}
		middle := image.Rect(third, 0, 2*third, height)
		if white, ink := count(picture, middle, 0xffffff), count(picture, middle, 0x16202b); white < third*height/2 || ink == 0 || white+ink == third*height {
			t.Errorf("at %g, the middle has %d white pixels and %d of ink among %d, want a smooth text on white", scale, white, ink, third*height)
		}
	}
}

func TestSameImageGivesTheSameBytesWhoeverPaintsIt(t *testing.T) {
	want := paint(t, open(t, Options{}), Image{ID: "drapeau", SVG: tricolour, Scale: 2})
	r := open(t, Options{})
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if got, err := r.PNG(context.Background(), Image{ID: "drapeau", SVG: tricolour, Scale: 2}); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another painter gives %d other bytes, %v", len(got), err)
			}
		})
	}
	all.Wait()
	if other := paint(t, r, Image{ID: "drapeau", SVG: strings.Replace(tricolour, "12 345", "12 346", 1), Scale: 2}); bytes.Equal(other, want) {
		t.Error("another text gives the same image")
	}
}

func TestImageTellsWhereItComesFrom(t *testing.T) {
	data := paint(t, open(t, Options{}), Image{ID: "drapeau", SVG: tricolour, Scale: 1, Texts: [][2]string{{"Title", "Été"}, {"Source", "CNSA"}}})
	for _, want := range []string{"iTXtTitle\x00\x00\x00\x00\x00Été", "iTXtSource\x00\x00\x00\x00\x00CNSA"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("the image lacks %q", want)
		}
	}
	decoded(t, data)
}

func TestImageHasAtMostThe256ColoursOfItsPalette(t *testing.T) {
	shades := `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><defs><linearGradient id="a"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>` +
		`<linearGradient id="b" x2="0" y2="1"><stop stop-color="#0f0" stop-opacity="0"/><stop offset="1" stop-color="#0f0"/></linearGradient></defs>` +
		`<rect width="300" height="300" fill="url(#a)"/><rect width="300" height="300" fill="url(#b)"/></svg>`
	picture := decoded(t, paint(t, open(t, Options{}), Image{ID: "teintes", SVG: shades, Scale: 1}))
	seen := map[[3]uint32]bool{}
	for y := range 300 {
		for x := range 300 {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	if len(seen) > 256 || len(seen) < 200 {
		t.Errorf("the image has %d colours, want about 256 and no more", len(seen))
	}
}

func TestFaultsOfImagesAreTold(t *testing.T) {
	r := open(t, Options{})
	for name, test := range map[string]struct {
		image Image
		want  string
	}{
		"no scale":   {Image{ID: "a", SVG: tricolour}, `image "a" : its scale 0 is outside 0 to 4`},
		"huge scale": {Image{ID: "a", SVG: tricolour, Scale: 9}, "outside 0 to 4"},
		"no drawing": {Image{ID: "a", SVG: "<p>texte</p>", Scale: 1}, `image "a" : `},
		"too large":  {Image{ID: "a", SVG: strings.Replace(tricolour, `width="120"`, `width="9000"`, 1), Scale: 1}, "9000 × 60 pixels"},
	} {
		if data, err := r.PNG(context.Background(), test.image); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %d bytes, %v, want an error with %q", name, len(data), err, test.want)
		}
	}
	paint(t, r, Image{ID: "b", SVG: tricolour, Scale: 1}) // the painter outlives them
}

func TestMissingPainterIsToldWithItsRemedy(t *testing.T) {
	dir := t.TempDir()
	for _, name := range append(ingredients[:], imageIngredients[:]...) {
		if !strings.Contains(name, "resvg") {
			copyFile(t, filepath.Join(assets, name), filepath.Join(dir, name))
		}
	}
	r := open(t, Options{AssetsDir: dir})
	_, err := r.PNG(context.Background(), Image{ID: "carte", SVG: tricolour, Scale: 1})
	if err == nil {
		t.Fatal("without resvg an image is painted")
	}
	for _, want := range []string{`image "carte"`, "est introuvable", "npm ci --ignore-scripts --prefix " + dir, "--skip-images"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want it to say %q", err, want)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
