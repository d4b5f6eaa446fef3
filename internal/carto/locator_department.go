package carto

import "html/template"

// LocatorDepartment draws a small map of the departments of a region, one of them marked. It is
// decorative: hidden from screen readers, without text or id. It is empty for an unknown
// region, and for one of a single department, where there is nothing to find.
func (a *Atlas) LocatorDepartment(region, department string) template.HTML {
	s := a.sheetOf(region)
	if len(s.shapes) < 2 {
		return ""
	}
	var w writer
	w.tag("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "map map-locator",
		"viewBox", "0 0 "+short(s.width)+" "+short(s.height()), "aria-hidden", "true", "focusable", "false")
	w.tag("g", "transform", "scale(.1)", "fill-rule", "evenodd", "stroke", lineColour, "stroke-width", "20", "stroke-linejoin", "round")
	for _, shape := range s.shapes {
		class, fill := "ground", groundDarkColour
		if shape.code == department {
			class, fill = "map-here", circleColour
		}
		w.leaf("path", "class", class, "fill", fill, "d", shape.path)
	}
	w.end("g", "svg")
	return template.HTML(w.String())
}
