package browser

import (
	"image"
	_ "image/png"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// imagesOf lists the images of the site whose name ends so, a few of each kind of page.
func imagesOf(t *testing.T, suffix string) []string {
	t.Helper()
	var names []string
	seen := map[string]int{}
	err := fs.WalkDir(os.DirFS(built(t)), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, suffix) && strings.HasPrefix(path.Base(name), "atlas-") {
			kind := kindOf(path.Dir(name)+"/") + path.Base(name)[strings.LastIndex(path.Base(name), "-"):]
			if seen[kind]++; seen[kind] <= 3 {
				names = append(names, name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skipf("the site has no %s: it was built with --skip-images", suffix)
	}
	return names
}

var sizeOfSVG = regexp.MustCompile(`^<svg[^>]* width="(\d+)" height="(\d+)"`)

func TestImagesOfFiguresAreWhole(t *testing.T) {
	for _, name := range imagesOf(t, ".png") {
		f, err := os.Open(path.Join(built(t), name))
		if err != nil {
			t.Fatal(err)
		}
		picture, _, err := image.Decode(f)
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
		if strings.HasSuffix(name, "-partage.png") {
			if width != 1200 || height != 630 {
				t.Errorf("%s measures %d × %d, want 1200 × 630", name, width, height)
			}
		} else {
			svg, err := os.ReadFile(path.Join(built(t), strings.TrimSuffix(name, ".png")+".svg"))
			if err != nil {
				t.Fatal(err)
			}
			m := sizeOfSVG.FindSubmatch(svg)
			if m == nil || double(m[1]) != width || double(m[2]) != height {
				t.Errorf("%s measures %d × %d, want twice its SVG: %s", name, width, height, m)
			}
		}
		if colours := colours(picture); colours < 8 {
			t.Errorf("%s has %d colours: it is blank", name, colours)
		}
	}
}

// double is twice a length written in an SVG.
func double(length []byte) int {
	n, _ := strconv.Atoi(string(length))
	return 2 * n
}

// colours counts those of an image, one pixel in nine.
func colours(picture image.Image) int {
	seen := map[[3]uint32]bool{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 3 {
		for x := bounds.Min.X; x < bounds.Max.X; x += 3 {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	return len(seen)
}

// A reader who has not the font of the site sees a plate in another: its texts stay inside.
func TestTextsOfPlatesStayInsideInAnotherFont(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	for _, name := range imagesOf(t, ".svg") {
		p := open(t, browser, origin+"/"+name, withoutScripts, 1280)
		outside, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`(() => {
			const root = document.documentElement, out = [];
			for (const text of root.querySelectorAll(':scope > text')) {
				const box = text.getBBox();
				if (box.x < 0 || box.x + box.width > root.width.baseVal.value || box.y + box.height > root.height.baseVal.value)
					out.push(text.textContent);
			}
			return out;
		})()`))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(outside) > 0 {
			t.Errorf("%s: texts leave the plate: %q", name, outside)
		}
	}
}

func TestCopyButtonsComeWithScripts(t *testing.T) {
	origin, browser := serve(t, built(t)), window(t)
	at := origin + "/2023/regions/bretagne/reprendre/champs/"
	for scripts, want := range map[scripting]int{withScripts: 3, withoutScripts: 0} {
		p := open(t, browser, at, scripts, 1280)
		buttons, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](`document.querySelectorAll('button.copy').length`))
		if err != nil {
			t.Fatal(err)
		}
		citation, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.getElementById('citation').textContent`))
		if err != nil {
			t.Fatal(err)
		}
		if buttons != want || !strings.Contains(citation, "/2023/regions/bretagne/#champs") {
			t.Errorf("the page has %d buttons to copy, want %d; its citation is %q", buttons, want, citation)
		}
	}
}
