// What ECharts draws in the pages, in one script that they load when it is asked for: the interactive version
// of a chart, in the place of its drawing, the same option, drawn by the same library, with a value under the pointer, the
// finger or the arrow keys; and the map and charts of the explorer.
import { init } from './lib/canvas.js';
import { growth, ranking } from './lib/charts.js';
import { map } from './lib/map.js';

const steps = { ArrowRight: 1, ArrowLeft: -1 };
const leaps = { ArrowDown: 1, ArrowUp: -1, PageDown: 1, PageUp: -1 };

// points lists the data that have a value to tell, in the order that the arrow keys follow:
// line by line, column by column. A leap goes from one group to the next.
function points(option) {
  const lines = option.yAxis[0].inverse && option.series[0].type === 'scatter';
  const all = option.series.flatMap((series, seriesIndex) => series.data.flatMap((datum, dataIndex) => {
    const text = datum?.tooltip?.formatter?.replaceAll('\u2060', '');
    if (!text) return [];
    let group = dataIndex;
    if (series.type === 'scatter') group = lines ? datum.value[1] : seriesIndex;
    return [{ seriesIndex, dataIndex, group, text }];
  }));
  return all.sort((a, b) => a.group - b.group || a.seriesIndex - b.seriesIndex || a.dataIndex - b.dataIndex);
}

// after returns the place of the point that a key leads to, from the place at (-1: none yet).
function after(all, at, key) {
  if (key === 'Home') return 0;
  if (key === 'End') return all.length - 1;
  if (at < 0) return 0;
  if (steps[key]) return Math.min(Math.max(at + steps[key], 0), all.length - 1);
  const groups = [...new Set(all.map((p) => p.group))];
  const to = groups[groups.indexOf(all[at].group) + leaps[key]];
  return to === undefined ? at : all.findIndex((p) => p.group === to);
}

// prepare adds to an option what only the interactive version needs.
function prepare(option) {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const page = window.getComputedStyle(document.documentElement);
  const token = (name) => page.getPropertyValue(name).trim();
  const tooltip = {
    ...option.tooltip, backgroundColor: token('--paper'), borderColor: token('--ink-soft'), borderWidth: 1, padding: [7, 10],
    transitionDuration: still ? 0 : 0.15, textStyle: { ...option.textStyle, color: token('--ink') },
  };
  return { ...option, tooltip, animation: false, stateAnimation: { duration: still ? 0 : 150 } };
}

// stageOf makes the element that holds the chart, as wide as the drawing whose place it takes.
function stageOf(drawing, width, height) {
  const stage = document.createElement('div');
  stage.className = 'chart-stage';
  stage.tabIndex = 0;
  stage.setAttribute('role', 'application');
  stage.setAttribute('aria-roledescription', 'graphique interactif');
  stage.setAttribute('aria-label', drawing.getAttribute('aria-label'));
  stage.setAttribute('aria-describedby', drawing.getAttribute('aria-describedby'));
  const canvas = document.createElement('div');
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  stage.append(canvas);
  drawing.after(stage);
  const fit = () => {
    const scale = stage.clientWidth / width;
    canvas.style.transform = `scale(${scale})`;
    stage.style.height = `${height * scale}px`;
  };
  new ResizeObserver(fit).observe(stage);
  fit();
  return { stage, canvas };
}

// explore draws the chart in the place of its drawing. It calls say with every value that the
// keyboard reaches, and leave when the reader wants the drawing back. It returns how to give the
// drawing its place back, and how to take it again: a chart is kept, since ECharts may not
// dispose of one under the site's policy.
function explore(holder, drawing, option, say, leave) {
  const [, , width, height] = drawing.querySelector('svg').getAttribute('viewBox').split(' ').map(Number);
  const { stage, canvas } = stageOf(drawing, width, height);
  const chart = init(canvas, null, { renderer: 'svg', locale: 'FR', width, height });
  const all = points(option);
  let at = -1;
  let shown = false; // a value stands over the chart
  chart.setOption(prepare(option));
  chart.on('showtip', () => { shown = true; });
  chart.on('hidetip', () => { shown = false; });

  const where = (i) => ({ seriesIndex: all[i].seriesIndex, dataIndex: all[i].dataIndex });

  function hide() {
    chart.dispatchAction({ type: 'hideTip' });
    if (at >= 0) chart.dispatchAction({ type: 'downplay', ...where(at) });
    shown = false;
  }

  function go(key) {
    if (at >= 0) chart.dispatchAction({ type: 'downplay', ...where(at) });
    at = after(all, at, key);
    chart.dispatchAction({ type: 'highlight', ...where(at) });
    chart.dispatchAction({ type: 'showTip', ...where(at) });
    shown = true;
    say(all[at].text);
  }

  function keyed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const inside = holder.contains(document.activeElement);
    if (event.key === 'Escape' && shown) {
      hide();
    } else if (event.key === 'Escape' && inside) {
      leave();
    } else if (inside && all.length > 0 && (steps[event.key] || leaps[event.key] || event.key === 'Home' || event.key === 'End')) {
      go(event.key);
    } else {
      return;
    }
    event.preventDefault();
  }

  function enter() {
    stage.hidden = false;
    drawing.hidden = true;
    document.addEventListener('keydown', keyed);
  }

  stage.addEventListener('blur', hide);
  enter();
  return {
    enter,
    leave() {
      document.removeEventListener('keydown', keyed);
      hide();
      at = -1;
      stage.hidden = true;
      drawing.hidden = false;
    },
  };
}

window.atlas.explore = explore;
window.atlas.drawings = { map, ranking, growth };
