import { base, canvas, hatched, ink } from "./canvas.js";

const CIRCLE = "#1f6f9a";

// ranking draws the territories from the highest value to the lowest: lines with their names where there
// are few, columns side by side where there are many.
export function ranking(box, { choose, light }) {
  let last = null;
  const chart = canvas(box, () => { if (last) show(last); });
  chart.on("click", (event) => { if (event.data) choose(event.data.index); });
  chart.on("mouseover", (event) => { light(event.data ? event.data.index : -1); });
  chart.on("mouseout", () => { light(-1); });

  function show(of) {
    last = of;
    const { now } = of.shown;
    const order = now.raw.map((_, i) => i).filter((i) => now.raw[i] !== null).sort((a, b) => now.rank[a] - now.rank[b] || a - b);
    const many = order.length > 30;
    const height = many ? 300 : order.length * 24 + 8;
    box.style.height = height + "px";
    chart.resize({ width: box.clientWidth, height });
    chart.setOption({ ...(many ? columns(of, order, box) : bars(of, order)), ...rest(of) }, { notMerge: true });
  }
  return { box, show };
}

function rest(of) {
  const c = ink();
  const shared = base(c);
  return { ...shared, tooltip: { ...shared.tooltip, formatter: (p) => of.told(p.data.index) } };
}

function item(of, i, c) {
  const { now, place } = of.shown;
  const entry = (now.legend || []).find((e) => now.class && e.index === now.class[i]);
  const here = i === place;
  return {
    index: i, value: now.raw[i],
    itemStyle: { color: !entry ? CIRCLE : entry.hatch ? hatched(entry.colour, entry.hatch) : entry.colour, borderColor: here ? "#b3261e" : entry ? "#7c858c" : "transparent", borderWidth: here ? 2.5 : 0.6 },
  };
}

function bars(of, order) {
  const c = ink();
  const { now, level, place } = of.shown;
  return {
    grid: { left: 4, right: 64, top: 4, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: { type: "value", show: false, min: (v) => Math.min(0, v.min) },
    yAxis: {
      type: "category", inverse: true, data: order.map((i) => level.territories[i].name), axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { interval: 0, color: c.text, fontSize: 13.5, formatter: (name, k) => (order[k] === place ? "{here|" + name + "}" : name), rich: { here: { fontWeight: 700, fontSize: 13.5, color: c.text } } },
    },
    series: [{
      type: "bar", barWidth: "68%", cursor: "pointer", data: order.map((i) => ({
        ...item(of, i, c),
        label: { show: true, position: "right", formatter: now.text[i], color: c.text, fontSize: 13, fontWeight: i === place ? 700 : 400 },
      })),
      emphasis: { itemStyle: { borderColor: c.text, borderWidth: 2 } },
    }],
  };
}

function columns(of, order, box) {
  const c = ink();
  const { now, level, place } = of.shown;
  const at = order.indexOf(place);
  const apart = (k) => at < 0 || at === k || Math.abs(at - k) > order.length / 5;
  const named = new Set([0, order.length - 1].filter(apart).concat(at));
  const left = (k) => k < order.length / 3 ? "left" : k > (2 * order.length) / 3 ? "right" : "center";
  return {
    grid: { left: 4, right: 4, top: 44, bottom: 22 },
    xAxis: {
      type: "category", data: order.map((i) => level.territories[i].name), axisTick: { show: false }, axisLine: { lineStyle: { color: c.rule } }, axisLabel: { show: false },
      name: "Du premier au dernier des " + order.length + " " + level.noun + "s", nameLocation: "middle", nameGap: 8, nameTextStyle: { color: c.soft, fontSize: 13 },
    },
    yAxis: { type: "value", show: false },
    series: [{
      type: "bar", barCategoryGap: box.clientWidth > 500 ? "18%" : "0%", cursor: "pointer", data: order.map((i, k) => ({
        ...item(of, i, c),
        label: named.has(k)
          ? { show: true, position: "top", align: left(k), formatter: level.territories[i].name + "\n" + now.text[i], color: c.text, fontSize: 12.5, lineHeight: 16, fontWeight: i === place ? 700 : 400 }
          : { show: false },
      })),
      labelLayout: { hideOverlap: false, moveOverlap: "shiftX" },
      emphasis: { itemStyle: { borderColor: c.text, borderWidth: 2 } },
    }],
  };
}

// growth draws the values of one or two territories, year after year.
export function growth(box) {
  let last = null;
  const chart = canvas(box, () => { if (last) show(last); });

  function show(of) {
    last = of;
    const c = ink();
    const shared = base(c);
    box.style.height = "260px";
    chart.resize({ width: box.clientWidth, height: 260 });
    chart.setOption({
      ...shared,
      tooltip: { ...shared.tooltip, formatter: (p) => of.lines[p.seriesIndex].name + "\u00a0: " + of.lines[p.seriesIndex].text[p.dataIndex] + ", " + of.moments[p.dataIndex].toLowerCase() },
      grid: { left: 34, right: rightOf(of.lines), top: 34, bottom: 28 },
      xAxis: { type: "category", data: of.moments, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: c.soft } }, axisLabel: { color: c.text, fontSize: 13, interval: 0 } },
      yAxis: { type: "value", show: false, min: 0 },
      series: of.lines.map((line, n) => ({
        type: "line", name: line.name, symbol: line.national ? "rect" : "circle", symbolSize: 8, connectNulls: false,
        lineStyle: { width: line.national ? 2 : 3, type: line.national && of.lines.length > 1 ? "dashed" : "solid", color: line.national ? c.soft : c.accent },
        itemStyle: { color: line.national ? c.soft : c.accent },
        data: line.raw.map((raw, k) => ({ value: raw, label: pointLabel(of.lines, n, k, c) })),
      })),
    }, { notMerge: true });
  }
  return { box, show };
}

// pointLabel writes the figure of a point; beside the last one, the name of its line too.
function pointLabel(lines, n, k, c) {
  const line = lines[n];
  const last = k === line.raw.length - 1;
  return {
    show: line.raw[k] !== null, position: last ? "right" : above(lines, n, k) ? "top" : "bottom", distance: 7,
    color: line.national ? c.soft : c.accent, fontSize: 13, fontWeight: 600, lineHeight: 16,
    verticalAlign: !last || lines.length === 1 ? undefined : above(lines, n, k) ? "bottom" : "top", offset: !last || lines.length === 1 ? [0, 0] : [0, above(lines, n, k) ? 7 : -7],
    formatter: last && lines.length > 1 ? short(line.name) + "\n" + line.text[k] : line.text[k],
  };
}

function short(name) {
  return name.length > 17 ? name.slice(0, 16) + "…" : name;
}

// rightOf is the room that the words beside the last points take.
function rightOf(lines) {
  return Math.max(...lines.map((line) => Math.max(line.text.at(-1).length, lines.length > 1 ? short(line.name).length : 0))) * 7.4 + 14;
}

// above tells whether the figure of a point stands above its line: that of the higher of two does.
function above(lines, n, k) {
  return lines.every((other, m) => m === n || other.raw[k] === null || lines[n].raw[k] > other.raw[k] || (lines[n].raw[k] === other.raw[k] && n < m));
}
