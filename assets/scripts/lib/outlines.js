// Outlines of territories, from the relative paths of the data (tenths of a pixel, north up the page) to
// the coordinates that ECharts draws with north up.

// outlines returns the territories of a level as GeoJSON, each named by its code.
export function outlines(level) {
  const ring = (points) => {
    const closed = points.map(([x, y]) => [x, level.height - y]);
    return closed.concat([closed[0]]);
  };
  return {
    type: "FeatureCollection",
    features: level.areas.map((area) => ({
      type: "Feature",
      properties: { name: area.code, cp: [area.label[0], level.height - area.label[1]] },
      geometry: { type: "MultiPolygon", coordinates: area.polygons.map((path) => decode(path).map(ring)) },
    })),
  };
}

// lines returns the borders of a level as lines of coordinates.
outlines.lines = (level) => decode(level.borders).map((points) => points.map(([x, y]) => [x, level.height - y]));

// decode returns the lines of a path of relative moves: « m10 10l5 0-5 5zm… ».
export function decode(path) {
  const out = [];
  let pen = [0, 0];
  for (const text of path.split("m").slice(1)) {
    const numbers = text.match(/-?\d+/g).map(Number);
    const points = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      pen = [pen[0] + numbers[i], pen[1] + numbers[i + 1]];
      points.push([pen[0] / 10, pen[1] / 10]);
    }
    if (text.endsWith("z")) pen = [points[0][0] * 10, points[0][1] * 10].map(Math.round);
    out.push(points);
  }
  return out;
}
