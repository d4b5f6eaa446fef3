import { el } from "./dom.js";

// valueCell is a cell that holds a figure, with what its sign stands for when there is none.
export function valueCell(text, phrase, raw) {
  const shown = raw !== null;
  return el("td", { class: "num", "data-sort": shown ? String(raw) : null }, shown ? text : el("abbr", { title: phrase }, text));
}
