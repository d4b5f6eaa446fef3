// The comparison: two to four regions and France side by side. The regions are chosen by boxes and kept in
// the address; texts, ranks and positions come from the data, made when the site was built.
import { el, svg } from "./lib/dom.js";
import { fileLink, readAddress, writeAddress } from "./lib/address.js";
import { valueCell } from "./lib/table.js";

const MARKS = ["circle", "square", "diamond", "triangle"];
const words = ["aucune", "une", "deux", "trois", "quatre"];

function start(root) {
  const form = root.querySelector("form");
  const view = {
    form, most: Number(root.dataset.most), state: root.querySelector("[role=status]"), result: root.querySelector(".comparer-result"),
    captions: root.querySelector(".comparer-captions"), boxes: Array.from(form.elements.regions), keys: [],
  };
  root.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => change(view, event.target));
  window.addEventListener("popstate", () => restore(view));
  restore(view);
}

// change keeps the regions in the order in which they were chosen, four at most.
function change(view, box) {
  if (box.checked && view.keys.length >= view.most) {
    box.checked = false;
    say(view, "Quatre régions au plus\u00a0: décochez-en une pour ajouter " + nameOf(box) + ".", "alert");
    return;
  }
  view.keys = box.checked ? [...view.keys, box.value] : view.keys.filter((key) => key !== box.value);
  writeAddress({ regions: view.keys.join(",") });
  show(view);
}

function nameOf(box) {
  return box.parentElement.textContent.trim();
}

// restore takes the regions of the address; those that do not exist are left out.
function restore(view) {
  const known = new Set(view.boxes.map((box) => box.value));
  const asked = (readAddress().get("regions") || "").split(",").filter((key) => known.has(key));
  view.keys = [...new Set(asked)].slice(0, view.most);
  view.boxes.forEach((box) => { box.checked = view.keys.includes(box.value); });
  show(view);
}

function say(view, text, kind) {
  view.state.textContent = text;
  view.state.classList.toggle("alert", kind === "alert");
}

async function show(view) {
  const { keys } = view;
  view.captions.hidden = keys.length === 0;
  if (keys.length === 0) {
    view.result.replaceChildren();
    say(view, "Cochez deux à quatre régions\u00a0: leurs chiffres et ceux de la France s’affichent côte à côte.");
    return;
  }
  let data;
  try {
    data = await window.atlas.data("regions.json");
  } catch (error) {
    say(view, "Les données n’ont pas pu être chargées. Le tableau plus bas donne les indicateurs clés.", "alert");
    return;
  }
  if (keys !== view.keys) return; // another choice came meanwhile
  const chosen = keys.map((key) => data.regions.findIndex((r) => r.key === key));
  const names = chosen.map((i) => data.regions[i].name);
  view.result.replaceChildren(toolbar(data, chosen), ...data.themes.map((theme, n) => table(data, theme, n, chosen)));
  const more = keys.length === 1 ? " Cochez-en une autre pour comparer deux régions." : "";
  say(view, words[keys.length].replace(/^./, (c) => c.toUpperCase()) + " région" + (keys.length > 1 ? "s" : "") + " et la France\u00a0: " + names.join(", ") + "." + more);
}

// toolbar offers the selection as a file.
function toolbar(data, chosen) {
  const button = el("button", { type: "button", class: "button" }, "Télécharger cette comparaison (CSV)");
  button.addEventListener("click", () => save("comparaison-" + data.edition + "-" + chosen.map((i) => data.regions[i].key).join("-") + ".csv", csv(data, chosen)));
  return el("p", { class: "comparer-tools" }, button);
}

function table(data, theme, n, chosen) {
  const id = "comparaison-" + n;
  const heads = chosen.map((i, k) => el("th", { scope: "col", class: "num" }, sign(k), el("a", { href: fileLink(data.regions[i].page) }, data.regions[i].name)));
  const head = el("tr", {}, el("th", { scope: "col" }, "Indicateur"), ...heads, el("th", { scope: "col", class: "num" }, "France"), el("th", { scope: "col", class: "place-head" }, "Position"));
  return el("div", { class: "scroll", role: "region", "aria-labelledby": id, tabindex: "0" },
    el("table", { class: "comparison comparison-" + chosen.length }, el("caption", { id }, el("span", {}, theme.title)), el("thead", {}, head),
      el("tbody", {}, ...theme.rows.map((row) => line(data, row, chosen)))));
}

function line(data, row, chosen) {
  const france = data.regions.length;
  const cells = chosen.map((i) => {
    const cell = valueCell(row.text[i], spoken[data.statuses[row.status[i]]], row.raw[i]);
    if (row.rank[i]) cell.append(" ", el("small", {}, data.ordinals[row.rank[i] - 1] + (row.ranked < data.count ? " sur " + row.ranked : "")));
    return cell;
  });
  const country = row.text.length > france ? valueCell(row.text[france], spoken[data.statuses[row.status[france]]], row.raw[france]) : valueCell("///", "sans objet", null);
  return el("tr", {}, el("th", { scope: "row" }, el("a", { href: fileLink(row.page) }, row.title)), ...cells, country, el("td", { class: "place" }, position(row, chosen, france)));
}

const spoken = { non_disponible: "non disponible", sans_objet: "sans objet", secret: "couvert par le secret statistique" };

// position draws where the regions stand between the lowest and the highest value; the ranks say it too.
function position(row, chosen, france) {
  const drawing = svg("svg", { class: "position", viewBox: "0 0 168 34", "aria-hidden": "true", focusable: "false" });
  if (row.low === "") return drawing;
  const x = (at) => 10 + (148 * at) / 1000;
  drawing.append(svg("path", { class: "position-line", d: "M10 11H158M10 7V15M158 7V15" }),
    svg("text", { x: 10, y: 31, class: "position-end" }, row.low), svg("text", { x: 158, y: 31, class: "position-end position-high" }, row.high));
  if (row.at.length > france && row.at[france] !== null) drawing.append(svg("path", { class: "position-france", d: "M" + x(row.at[france]) + " 2V20" }));
  chosen.forEach((i, k) => {
    if (row.at[i] !== null) drawing.append(mark(k, x(row.at[i]), 11));
  });
  return drawing;
}

// mark is the sign of the k-th region: its own shape, beside its own colour.
function mark(k, x, y) {
  const shapes = {
    circle: () => svg("circle", { cx: x, cy: y, r: 6 }),
    square: () => svg("rect", { x: x - 5.5, y: y - 5.5, width: 11, height: 11 }),
    diamond: () => svg("path", { d: "M" + x + " " + (y - 7.5) + "l7.5 7.5-7.5 7.5-7.5-7.5z" }),
    triangle: () => svg("path", { d: "M" + x + " " + (y - 7) + "l7.5 12.5h-15z" }),
  };
  const shape = shapes[MARKS[k]]();
  shape.setAttribute("class", "mark mark-" + (k + 1));
  return shape;
}

function sign(k) {
  return svg("svg", { class: "sign", viewBox: "0 0 18 18", "aria-hidden": "true", focusable: "false" }, mark(k, 9, 9.5));
}

// csv is what is on the page, with the raw values of the open data: the columns have the same names.
function csv(data, chosen) {
  const rows = [["edition", "annee", "niveau", "code", "territoire", "indicateur", "libelle", "valeur", "unite", "statut", "rang"]];
  const places = [...chosen, data.regions.length];
  data.themes.forEach((theme) => theme.rows.forEach((row) => places.forEach((i) => {
    if (i >= row.text.length) return;
    const region = data.regions[i];
    rows.push([data.edition, data.year, region ? "region" : "pays", region ? region.code : "FR", region ? region.name : "France",
      row.id, row.name, row.raw[i] === null ? "" : row.raw[i], row.unit, data.statuses[row.status[i]], row.rank[i] || ""]);
  })));
  return rows.map((cells) => cells.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function quoted(cell) {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = el("a", { href: address, download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const root = document.querySelector("section.comparer");
if (root && window.atlas) start(root);
