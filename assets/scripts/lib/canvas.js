// What the drawings share: ECharts, which weighs more than all the rest of a site, once for all that is
// interactive, with the parts they use, in French; and the colours of the page.
import * as echarts from "echarts/core";
import { BarChart, LineChart, LinesChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, GeoComponent, GraphicComponent, GridComponent, LegendPlainComponent, MarkLineComponent, MarkPointComponent,
  TooltipComponent,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import langFR from "echarts/i18n/langFR-obj.js";

echarts.use([
  BarChart, LineChart, LinesChart, ScatterChart, AriaComponent, GeoComponent, GraphicComponent, GridComponent, LegendPlainComponent,
  MarkLineComponent, MarkPointComponent, TooltipComponent, SVGRenderer,
]);
echarts.registerLocale("FR", langFR);

export const { init } = echarts;
export const registerMap = echarts.registerMap;

// canvas makes a drawing in a box, drawn again when the box or the colours of the page change.
export function canvas(box, redraw) {
  const chart = init(box, null, { renderer: "svg", locale: "FR" });
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth === width || box.clientWidth === 0) return;
    width = box.clientWidth;
    redraw();
  }).observe(box);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  box.ownerDocument.addEventListener("keydown", (event) => {
    if (event.key === "Escape") chart.dispatchAction({ type: "hideTip" });
  });
  return chart;
}

// ink returns the colours and the font of the page.
export function ink() {
  const styles = window.getComputedStyle(document.documentElement);
  const token = (name, otherwise) => styles.getPropertyValue(name).trim() || otherwise;
  return {
    text: token("--ink", "#16202b"), soft: token("--ink-soft", "#4a5866"), paper: token("--paper", "#fff"), rule: token("--rule", "#d3dbe3"),
    accent: token("--accent", "#1f4e79"), warm: token("--warm", "#b3521e"), font: window.getComputedStyle(document.body).fontFamily,
  };
}

// still reports whether the reader asked for no motion.
export function still() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// base is what every drawing sets.
export function base(colours) {
  return {
    animation: !still(), animationDuration: 250, animationDurationUpdate: 250,
    textStyle: { fontFamily: colours.font, color: colours.text },
    aria: { enabled: false },
    tooltip: {
      show: true, renderMode: "richText", confine: true, transitionDuration: 0, backgroundColor: colours.paper, borderColor: colours.soft, borderWidth: 1,
      textStyle: { color: colours.text, fontFamily: colours.font, fontSize: 14 },
    },
  };
}

// hatched is a fill of a colour under lines: that of what lies below France, and of what is not known.
export function hatched(colour, lines) {
  const node = (tag, attrs, children = []) => ({ tag, attrs, children, key: tag + colour });
  return {
    svgElement: node("g", {}, [node("rect", { width: 7, height: 7, fill: colour }), node("path", { d: "M0 0V7", stroke: lines, "stroke-width": 1.5 })]),
    svgWidth: 7, svgHeight: 7, repeat: "repeat", rotation: Math.PI / 4, x: 0, y: 0,
  };
}
