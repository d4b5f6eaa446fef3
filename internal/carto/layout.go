package carto

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Coordinates are whole tenths of a pixel, on some papers whole multiples of a few; the sheet is in Lambert-93 metres
// until it is scaled to the paper.
const (
	tenth  = 10
	margin = 6.0 // pixels around the sheet

	sheetWest, sheetEast   = 79_000.0, 1_245_000.0
	sheetSouth, sheetNorth = 6_040_000.0, 7_115_000.0
)

// box is a framed part of the sheet where territories are drawn at another scale, away from
// their place.
type box struct {
	zone  zone     // the overseas region it holds, or
	zoom  []string // the codes of the departments it shows again, enlarged
	name  string
	scale float64 // relative to the metropole
	// west, north, width and height are those of the frame, in metres; figureStrip is how far from
	// its middle to the right the territory is drawn.
	west, north, width, height, figureStrip float64
}

const boxPitch = 124_000.0

func overseasBox(i int, z zone, name string, scale float64) box {
	return box{zone: z, name: name, scale: scale, west: sheetWest, north: 6_690_000 - boxPitch*float64(i), width: 190_000, height: 118_000, figureStrip: 34_000}
}

func overseasBoxes() []box {
	return []box{
		overseasBox(0, guadeloupe, "Guadeloupe", 1),
		overseasBox(1, martinique, "Martinique", 1.2),
		overseasBox(2, guyane, "Guyane", 0.2),
		overseasBox(3, reunion, "La Réunion", 1.2),
		overseasBox(4, mayotte, "Mayotte", 1.6),
	}
}

func parisBox() box {
	return box{zoom: []string{"75", "92", "93", "94"}, name: "Paris et petite couronne", scale: 4.5,
		west: sheetWest, north: sheetNorth, width: 236_000, height: 200_000}
}

// paper is the size and finish of a drawing.
type paper struct {
	width     float64 // pixels
	tall      float64 // pixels; 0: what the sheet of the metropole takes
	tolerance float64 // tenths of a pixel: a vertex nearer than that to the simplified line goes
	smallest  float64 // square pixels: a smaller islet goes, unless it is all there is
	coarse    int     // tenths of a pixel that all coordinates are multiples of; 0: 1
	boxes     []box
}

func regionPaper() paper {
	return paper{width: 640, tolerance: 3, smallest: 0.4, boxes: overseasBoxes()}
}

func departmentPaper() paper {
	return paper{width: 640, tolerance: 7, smallest: 0.4, coarse: 4, boxes: append(overseasBoxes(), parisBox())}
}

func locatorPaper() paper {
	return paper{width: 96, tolerance: 5, smallest: 0.8, boxes: overseasBoxes()}
}

// pixels returns how many pixels a metre of the metropole takes.
func (p paper) pixels() float64 { return (p.width - 2*margin) / (sheetEast - sheetWest) }

func (p paper) height() float64 {
	if p.tall > 0 {
		return p.tall
	}
	return 2*margin + (sheetNorth-sheetSouth)*p.pixels()
}

// grid is the unit of the paths, in tenths of a pixel.
func (p paper) grid() int { return max(1, p.coarse) }

// scaling brings the paths to pixels.
func (p paper) scaling() string {
	return "scale(" + strings.TrimPrefix(strconv.FormatFloat(float64(p.grid())/tenth, 'f', -1, 64), "0") + ")"
}

// length writes a length in tenths of a pixel in the unit of the paths.
func (p paper) length(tenths float64) string {
	return strconv.FormatFloat(math.Round(100*tenths/float64(p.grid()))/100, 'f', -1, 64)
}

// place turns a point of the sheet into pixels.
func (p paper) place(metres orb.Point) orb.Point {
	return orb.Point{margin + (metres[0]-sheetWest)*p.pixels(), margin + (sheetNorth-metres[1])*p.pixels()}
}

// frame returns the frame of a box, in pixels.
func (p paper) frame(b box) rect {
	corner := p.place(orb.Point{b.west, b.north})
	return rect{corner[0], corner[1], b.width * p.pixels(), b.height * p.pixels()}
}

// sheet is a composed level, ready to be drawn: coordinates in tenths of a pixel.
type sheet struct {
	paper
	shapes  []*shape   // in the order of their codes
	borders [][]vertex // between regions, for departments
}

// shape is a territory on the sheet.
type shape struct {
	code, region string
	rings        [][]vertex // main place first, then the zoom
	path         string
	main         []ring // pixels: the part that bears the label and the circle
	centre       orb.Point
	anchor       orb.Point // the middle of the roomiest place for a line of text
	home         orb.Point // the middle of its main place, the zoom apart
	bordering    []*shape
	box          *box // nil in the metropole
}

// layer is what is simplified together: the shapes of one zone, or of the zoom.
type layer struct {
	box    *box
	owners []*shape
	rings  [][]vertex // rings[i] belongs to owners[i]
}

func compose(territories []territory, p paper) *sheet {
	s := &sheet{paper: p}
	for i := range territories {
		s.shapes = append(s.shapes, &shape{code: territories[i].code, region: territories[i].region})
	}
	for i := range p.boxes {
		if b := &p.boxes[i]; b.zoom == nil {
			s.add(territories, b, b.zone, func(t territory) bool { return zoneOf(t.region) == b.zone })
		}
	}
	s.borders = s.add(territories, nil, metropole, func(t territory) bool { return zoneOf(t.region) == metropole })
	for i := range p.boxes {
		if b := &p.boxes[i]; b.zoom != nil {
			s.add(territories, b, metropole, func(t territory) bool { return slices.Contains(b.zoom, t.code) })
		}
	}
	for _, shape := range s.shapes {
		shape.path = encodePath(shape.rings, p.grid())
		shape.centre, shape.anchor = middle(shape.main), roomiest(shape.main)
	}
	return s
}

// add draws the chosen territories in a box, or in their place without one, and returns the borders
// between two regions among them.
func (s *sheet) add(territories []territory, b *box, z zone, chosen func(territory) bool) [][]vertex {
	project := z.projection()
	var l layer
	var points [][]orb.Point
	bound := orb.MultiPoint{}
	for i, t := range territories {
		if !chosen(t) {
			continue
		}
		for _, polygon := range t.polygons {
			for _, ring := range polygon {
				projected := make([]orb.Point, len(ring)-1)
				for j := range projected {
					projected[j] = project(ring[j])
				}
				points = append(points, projected)
				bound = append(bound, projected...)
				l.owners = append(l.owners, s.shapes[i])
			}
		}
	}
	if len(points) == 0 {
		return nil
	}
	move := s.moveInto(b, bound.Bound())
	for _, ring := range points {
		rounded := make([]vertex, len(ring))
		for j, p := range ring {
			rounded[j] = toVertex(s.place(move(p)), s.grid())
		}
		l.rings = append(l.rings, withoutRepeats(rounded))
	}
	return s.keep(l.owners, b, l.simplify(s.tolerance, s.smallest*tenth*tenth))
}

// moveInto returns the function that brings what fills bound into the box: under the name, and to the right of
// the corner where an overseas region has its figure.
func (s *sheet) moveInto(b *box, bound orb.Bound) func(orb.Point) orb.Point {
	if b == nil {
		return func(p orb.Point) orb.Point { return p }
	}
	const nameStrip = 22_000.0 // metres
	middle := bound.Center()
	x, y := b.west+b.width/2+b.figureStrip, b.north-nameStrip-(b.height-nameStrip)/2
	return func(p orb.Point) orb.Point {
		return orb.Point{x + (p[0]-middle[0])*b.scale, y + (p[1]-middle[1])*b.scale}
	}
}

// keep gives the simplified rings to their shapes. The last layer in which a shape appears bears
// its label, but its main place stays first in the path.
func (s *sheet) keep(owners []*shape, b *box, l simplified) [][]vertex {
	fresh := map[*shape]bool{}
	for i, vertices := range l.rings {
		shape := owners[i]
		if !fresh[shape] {
			fresh[shape], shape.main, shape.box = true, nil, b
		}
		if len(vertices) > 0 {
			shape.rings = append(shape.rings, vertices)
			shape.main = append(shape.main, toRing(vertices))
		}
	}
	for shape := range fresh {
		if shape.home == (orb.Point{}) {
			shape.home = middle(shape.main)
		}
	}
	return l.borders
}
