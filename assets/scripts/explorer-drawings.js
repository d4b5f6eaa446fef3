// The maps and charts of the explorer, drawn by ECharts; a script of its own, for it weighs more than
// all the rest of a page. It draws what it is given: places, classes, radii and texts are in the data.
import { map } from "./lib/map.js";
import { growth, ranking } from "./lib/charts.js";

window.atlas.drawings = { map, ranking, growth };
