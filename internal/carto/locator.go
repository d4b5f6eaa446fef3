package carto

import (
	"html/template"
)

// Locator draws a small map of the regions, one of them marked. It is decorative: hidden from
// screen readers, without text or id. An unknown region gives the map with none marked.
func (a *Atlas) Locator(region string) template.HTML {
	s := a.small
	var w writer
	w.tag("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "map map-locator",
		"viewBox", "0 0 "+short(s.width)+" "+short(s.height()), "aria-hidden", "true", "focusable", "false")
	w.tag("g", "transform", "scale(.1)", "fill-rule", "evenodd", "stroke", lineColour, "stroke-width", "5", "stroke-linejoin", "round")
	for _, b := range s.boxes {
		f := s.frame(b)
		w.leaf("rect", "class", "map-frame", "x", short(f.x*tenth), "y", short(f.y*tenth), "width", short(f.w*tenth), "height", short(f.h*tenth),
			"fill", "none", "stroke", groundDarkColour, "stroke-width", "4")
	}
	var here string
	var ground []byte
	for _, shape := range s.shapes {
		if shape.code == region {
			here = shape.path
			continue
		}
		ground = append(ground, absolute(shape)...)
	}
	w.leaf("path", "class", "ground", "fill", groundDarkColour, "d", string(ground))
	if here != "" {
		w.leaf("path", "class", "map-here", "fill", circleColour, "d", here)
	}
	w.end("g", "svg")
	return template.HTML(w.String())
}

// absolute returns the path of a shape for use after another: its first move is absolute.
func absolute(s *shape) string {
	if s.path == "" {
		return ""
	}
	return "M" + s.path[1:]
}
