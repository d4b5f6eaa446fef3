import { base, canvas, hatched, ink, registerMap } from "./canvas.js";
import { outlines } from "./outlines.js";

const CIRCLE = "#1f6f9a";
const HERE = "#b3261e";
const registered = new Map();

// map draws a level of the atlas: the outlines, boxes and zoom of its printed maps, with their classes or
// circles. choose and light are told the index of the territory that is clicked, or pointed at (−1: none).
export function map(box, { choose, light }) {
  let last = null;
  const chart = canvas(box, () => { if (last) show(last); });
  let pointed = -1;
  const index = (event) => event.componentType === "geo" ? indexOf(last.shown.level, event.name)
    : event.seriesId === "circles" ? event.data.index : -1;
  chart.on("click", (event) => { if (index(event) >= 0) choose(index(event)); });
  chart.on("mouseover", (event) => { light(index(event)); });
  chart.on("mouseout", () => { light(-1); });

  function show(of) {
    const { level, choice } = of.shown;
    box.dataset.level = choice.niveau;
    const height = box.clientWidth * level.height / level.width;
    box.style.height = height + "px";
    if (registered.get(choice.niveau) !== level) {
      registerMap(choice.niveau, { geoJSON: outlines(level) });
      registered.set(choice.niveau, level);
    }
    point(-1);
    last = of;
    chart.resize({ width: box.clientWidth, height });
    chart.setOption(option(of, box.clientWidth / level.width, colours(box)), { notMerge: true });
  }

  // point lights up a territory, none for −1.
  function point(i) {
    if (!last || i === pointed) return;
    const name = (at) => last.shown.level.areas[at].code;
    if (pointed >= 0) chart.dispatchAction({ type: "downplay", geoIndex: 0, name: name(pointed) });
    pointed = i;
    if (i < 0) {
      chart.dispatchAction({ type: "hideTip" });
      return;
    }
    chart.dispatchAction({ type: "highlight", geoIndex: 0, name: name(i) });
    chart.dispatchAction({ type: "showTip", geoIndex: 0, name: name(i) });
  }
  return { box, show, point };
}

function indexOf(level, code) {
  return level.areas.findIndex((area) => area.code === code);
}

// colours adds to those of the page the colours of the classes, as the legend beside the map shows them.
function colours(box) {
  const out = { ...ink(), classes: new Map() };
  const legend = box.parentElement.querySelector(".legend");
  legend?.querySelectorAll("svg.swatch rect").forEach((rect) => {
    out.classes.set(rect.getAttribute("class"), window.getComputedStyle(rect).fill);
  });
  return out;
}

function option(of, scale, c) {
  const { level, now, place, choice } = of.shown;
  const circles = Boolean(now.radius);
  const classes = new Map((now.legend || []).map((entry) => [entry.index, entry]));
  const regions = level.areas.map((area, i) => {
    const areaColor = areaFill(now, i, classes, c);
    const label = areaLabel(of, i, circles, classes, scale, c);
    return {
      name: area.code, label, selected: i === place, itemStyle: { areaColor },
      emphasis: { label, itemStyle: { areaColor, borderColor: i === place ? HERE : c.text, borderWidth: 2.5 } },
      select: { label, itemStyle: { areaColor, borderColor: HERE, borderWidth: 2.5 } },
    };
  });
  return {
    ...base(c),
    tooltip: { ...base(c).tooltip, formatter: (p) => of.told(p.componentType === "geo" ? indexOf(level, p.name) : p.data.index) },
    geo: {
      map: choice.niveau, aspectScale: 1, left: 0, top: 0, right: 0, bottom: 0,
      boundingCoords: [[0, level.height], [level.width, 0]], roam: false, selectedMode: "single",
      regions,
      itemStyle: { areaColor: "#e4e6e8", borderColor: circles ? "#ffffff" : "#7c858c", borderWidth: 0.6 },
      tooltip: { show: true },
    },
    series: [borders(level, circles), discs(of, scale, c)].filter(Boolean),
    graphic: [...frames(level, scale, c), ...nested(of, scale, c)],
  };
}

function areaFill(now, i, classes, c) {
  if (now.raw[i] === null) return hatched("#f4f4f4", "#868b90");
  const entry = now.class && classes.get(now.class[i]);
  if (!entry) return "#e4e6e8";
  const colour = c.classes.get(entry.class) || entry.colour;
  return entry.hatch ? hatched(colour, entry.hatch) : colour;
}

function areaLabel(of, i, circles, classes, scale, c) {
  const { now, choice, level } = of.shown;
  if (choice.niveau !== "regions" || circles) return { show: false };
  const entry = classes.get(now.class[i]);
  const boxed = level.frames.some((f) => inside(f, level.areas[i].centre));
  const colour = entry && !boxed ? entry.ink : "#1b1f23";
  const halo = boxed || !entry ? "#ffffff" : entry.colour;
  return {
    show: true, formatter: now.text[i], color: boxed ? c.text : colour, fontSize: Math.max(11, Math.min(14.5, 14.5 * scale)),
    textBorderColor: boxed ? c.paper : halo, textBorderWidth: 2.5,
  };
}

function inside(frame, [x, y]) {
  return x > frame.x && x < frame.x + frame.width && y > frame.y && y < frame.y + frame.height;
}

// discs are the circles of counts and amounts, the widest drawn first.
function discs(of, scale, c) {
  const { now, level, choice, place } = of.shown;
  if (!now.radius) return null;
  const data = level.areas
    .map((area, i) => ({
      index: i, value: [area.centre[0], level.height - area.centre[1]], symbolSize: 2 * now.radius[i] * scale,
      itemStyle: i === place ? { borderColor: HERE, borderWidth: 2.5 } : {},
      label: discLabel(of.shown, i, scale, c),
    }))
    .filter((d) => now.radius[d.index] > 0)
    .sort((a, b) => b.symbolSize - a.symbolSize || a.index - b.index);
  return {
    id: "circles", type: "scatter", coordinateSystem: "geo", data, labelLayout: { hideOverlap: true },
    itemStyle: { color: CIRCLE, opacity: 0.9, borderColor: "#ffffff", borderWidth: 0.8 },
    emphasis: { scale: false, itemStyle: { borderColor: c.text, borderWidth: 2.5 } },
  };
}

function discLabel({ now, choice, level }, i, scale, c) {
  const size = choice.niveau === "regions" ? Math.max(11, 14 * scale) : Math.max(9, 10.5 * scale);
  const within = now.radius[i] * scale > 3 + now.text[i].length * size * 0.28;
  if (!within && choice.niveau !== "regions") return { show: false };
  const beyond = (level.areas[i].centre[0] + now.radius[i]) * scale + now.text[i].length * size * 0.6 > level.width * scale;
  return {
    show: true, formatter: now.text[i], fontSize: size, position: within ? "inside" : beyond ? "bottom" : "right", distance: 3,
    color: within ? "#ffffff" : c.text, textBorderColor: within ? CIRCLE : c.paper, textBorderWidth: within ? 0 : 2.5,
  };
}

// borders are those of the regions on a map of departments.
function borders(level, circles) {
  if (!level.borders) return null;
  return {
    type: "lines", coordinateSystem: "geo", polyline: true, silent: true,
    data: outlines.lines(level).map((coords) => ({ coords })),
    lineStyle: { color: circles ? "#8d959c" : "#1b1f23", width: 0.9, opacity: 1 },
  };
}

function frames(level, scale, c) {
  return level.frames.flatMap((f) => [
    { type: "rect", silent: true, z: 0, shape: { x: f.x * scale, y: f.y * scale, width: f.width * scale, height: f.height * scale }, style: { fill: "none", stroke: "#7c858c", lineWidth: 0.6 } },
    { type: "text", silent: true, x: (f.x + 4) * scale, y: (f.y + 4) * scale, style: { text: f.name, fill: c.text, font: Math.max(9, 11 * scale) + "px " + c.font } },
    ...(scale < 0.8 ? [] : [{ type: "text", silent: true, x: (f.x + 4) * scale, y: (f.y + 17) * scale, style: { text: f.scale, fill: c.soft, font: 9.5 * scale + "px " + c.font } }]),
  ]);
}

// nested is the legend of the circles, at the top right of the map, at its scale.
function nested(of, scale, c) {
  const { now, level, data } = of.shown;
  if (!now.circles || now.circles.length === 0) return [];
  const size = Math.max(11, 13 * scale);
  const right = (level.width - 6) * scale;
  const widest = now.circles[0].radius * scale;
  const room = Math.max(...now.circles.map((k) => k.text.length)) * size * 0.55 + 10;
  const x = right - room - widest;
  const bottom = 6 * scale + size + 8 + 2 * widest;
  let above = -Infinity;
  const out = [{ type: "text", silent: true, x: right, y: 4, style: { text: data.unit, fill: c.text, align: "right", font: "600 " + size + "px " + c.font } }];
  now.circles.forEach((circle) => {
    const r = circle.radius * scale;
    const y = Math.max(bottom - 2 * r, above + size);
    above = y;
    out.push(
      { type: "circle", silent: true, shape: { cx: x, cy: bottom - r, r }, style: { fill: "none", stroke: c.text, lineWidth: 0.8 } },
      { type: "line", silent: true, shape: { x1: x, y1: bottom - 2 * r, x2: right - room + 6, y2: y }, style: { stroke: c.text, lineWidth: 0.5 } },
      { type: "text", silent: true, x: right, y, style: { text: circle.text, fill: c.text, align: "right", verticalAlign: "middle", font: size + "px " + c.font } },
    );
  });
  return out;
}
