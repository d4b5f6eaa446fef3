// The explorer: an indicator, a level, a year and perhaps a territory, chosen in a form and kept in the
// address. Texts, ranks, classes and radii come from the data, made when the site was built. Maps and
// charts need a larger script, fetched at the first sign of interest; the table does without.
import { el, svg } from "./lib/dom.js";
import { addressOf, fileLink, readAddress, writeAddress } from "./lib/address.js";
import { valueCell } from "./lib/table.js";

const NBSP = "\u00a0";
const HATCHES = "M0 70L70 0M0 170L170 0M60 180L240 0M160 180L280 60";

function start(root) {
  const form = root.querySelector("form");
  const part = (name) => root.querySelector(name);
  const parts = {
    title: part("h2"), sentence: part(".explorer-sentence"), map: part(".explorer-map"), chart: part(".explorer-chart"),
    place: part(".explorer-place"), captions: part(".captions"), status: part("[role=status]"),
    table: part(".explorer-values table"), links: part(".explorer-links"),
  };
  const view = { root, form, parts, drawings: null, shown: null, turn: 0 };
  const first = defaults(form);
  form.hidden = false;
  fillTerritories(view, choiceOf(form, first).niveau);

  form.addEventListener("change", () => {
    const choice = settle(form, choiceOf(form, first));
    writeAddress(addressed(choice, first));
    show(view, choice, first);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", () => restore(view, first));
  parts.table.tBodies[0].addEventListener("click", (event) => {
    const link = event.target.closest("a[data-key]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    choose(view, first, link.dataset.key);
  });
  ["focusin", "pointerover"].forEach((kind) => {
    parts.table.tBodies[0].addEventListener(kind, (event) => point(view, event.target.closest("tr")));
  });
  ["focusout", "pointerleave"].forEach((kind) => {
    parts.table.tBodies[0].addEventListener(kind, () => point(view, null));
  });

  if (window.location.search) {
    restore(view, first);
    return;
  }
  // Nothing more is fetched until the reader comes near.
  const wake = () => {
    root.removeEventListener("pointerover", wake);
    form.removeEventListener("focusin", wake);
    if (!view.shown) show(view, choiceOf(form, first), first);
  };
  root.addEventListener("pointerover", wake);
  form.addEventListener("focusin", wake);
}

// defaults are what the page shows before any choice.
function defaults(form) {
  return {
    indicateur: form.elements.indicateur.value, niveau: form.elements.niveau.value,
    annee: form.elements.annee.value, territoire: "",
  };
}

function choiceOf(form, first) {
  return {
    indicateur: form.elements.indicateur.value || first.indicateur, niveau: form.elements.niveau.value,
    annee: form.elements.annee.value, territoire: form.elements.territoire.value,
  };
}

// settle keeps a choice possible: an indicator that does not exist at a level is shown at the other.
function settle(form, choice) {
  const levels = levelsOf(form, choice.indicateur);
  const settled = { ...choice };
  if (!levels.includes(choice.niveau)) {
    settled.niveau = levels[0];
    settled.territoire = "";
  }
  return settled;
}

function levelsOf(form, indicator) {
  const option = Array.from(form.elements.indicateur.options).find((o) => o.value === indicator);
  return option.dataset.levels.split(" ");
}

// addressed is the choice as the address says it.
function addressed(choice, first) {
  const same = Object.keys(first).every((key) => choice[key] === first[key]);
  return same ? {} : choice;
}

// restore shows what the address says; what it says wrong is as if it said nothing.
function restore(view, first) {
  const query = readAddress();
  const { form } = view;
  const known = (name, value) => Array.from(form.elements[name].options || form.elements[name]).some((o) => o.value === value);
  const choice = { ...first };
  ["indicateur", "niveau", "annee"].forEach((name) => {
    const value = query.get(name);
    if (value && known(name, value)) choice[name] = value;
  });
  choice.territoire = query.get("territoire") || "";
  show(view, settle(form, choice), first);
}

function choose(view, first, key) {
  const choice = { ...view.shown.choice };
  choice.territoire = choice.territoire === key ? "" : key;
  writeAddress(addressed(choice, first));
  show(view, choice, first);
}

const files = new Map();

// fetched returns the data of a file, fetched once.
function fetched(name) {
  if (!files.has(name)) {
    files.set(name, window.atlas.data(name + ".json").catch((error) => {
      files.delete(name);
      throw error;
    }));
  }
  return files.get(name);
}

// show fetches what a choice needs, then shows it, unless another choice came meanwhile.
async function show(view, choice, first) {
  const turn = ++view.turn;
  const { parts, root } = view;
  root.setAttribute("aria-busy", "true");
  try {
    const [data, level] = await Promise.all([fetched(choice.indicateur), fetched(choice.niveau)]);
    if (turn !== view.turn) return;
    const place = level.territories.findIndex((t) => t.key === choice.territoire);
    const shown = {
      choice: place < 0 ? { ...choice, territoire: "" } : choice, data, level, place, first,
      now: data.levels[choice.niveau].years[choice.annee], france: data.france && data.france[choice.annee],
    };
    const former = view.shown;
    view.shown = shown;
    fillForm(view, shown);
    fillWords(view, shown, former);
    fillTable(view, shown, former);
    await draw(view, shown, turn);
  } catch (error) {
    if (turn === view.turn) parts.status.textContent = "Les données n’ont pas pu être chargées. Les pages de l’atlas, plus bas, les donnent aussi.";
    if (turn === view.turn) parts.status.classList.remove("hidden");
  }
  if (turn === view.turn) root.removeAttribute("aria-busy");
}

function fillForm(view, shown) {
  const { form } = view;
  const { choice, level } = shown;
  form.elements.indicateur.value = choice.indicateur;
  form.elements.niveau.value = choice.niveau;
  form.elements.annee.value = choice.annee;
  const levels = levelsOf(form, choice.indicateur);
  form.elements.niveau.forEach((radio) => { radio.disabled = !levels.includes(radio.value); });
  fillTerritories(view, choice.niveau, level);
  form.elements.territoire.value = choice.territoire;
}

function fillTerritories(view, name, level) {
  const select = view.form.elements.territoire;
  if (!level || select.dataset.level === name) return;
  select.dataset.level = name;
  select.replaceChildren(select.options[0], ...level.order.map((i) => el("option", { value: level.territories[i].key }, level.territories[i].name)));
}

// phrase is a value as a sentence says it.
function phrase(shown, figures, i) {
  const end = shown.data.ends[figures.end[i]];
  return end.startsWith("=") ? end.slice(1) : figures.text[i] + end;
}

function rankText(shown, i) {
  const rank = shown.now.rank[i];
  return rank ? shown.level.ordinals[rank - 1] : "–";
}

// told is « Bretagne : 980 ESSMS, 5e sur 18 ».
function told(shown, i) {
  const rank = shown.now.rank[i] ? ", " + rankText(shown, i) + " sur " + shown.now.ranked : "";
  return shown.level.territories[i].name + NBSP + ": " + phrase(shown, shown.now, i) + rank;
}

function fillWords(view, shown, former) {
  const { parts } = view;
  const { now, data, choice, level, place } = shown;
  parts.title.textContent = now.title;
  parts.sentence.textContent = now.sentence || "";
  const lines = [["Note", (now.notes || []).join(" ")], ["Lecture", now.reading], ["Champ", data.champ]];
  const kept = Array.from(parts.captions.children).filter((p) => /^(Source|Fond de carte)/.test(p.textContent));
  parts.captions.replaceChildren(...lines.filter(([, text]) => text).map(([name, text]) => el("p", {}, el("b", {}, name + NBSP + ":"), " " + text)), ...kept);
  parts.status.classList.add("hidden");
  parts.status.textContent = (place < 0 ? "" : told(shown, place) + ". ") + now.title;
  const links = [["Définition, méthode et téléchargements de cet indicateur", data.levels[choice.niveau].page], ["D’où viennent ces chiffres\u202f?", data.origin]];
  const compare = parts.links.lastElementChild;
  if (place >= 0) links.push([level.territories[place].link, level.territories[place].page]);
  parts.links.replaceChildren(...links.map(([text, href]) => el("li", {}, el("a", { class: "more", href: fileLink(href) }, text))), compare);
  const compared = compare.querySelector("a");
  compared.search = place >= 0 && choice.niveau === "regions" ? "?regions=" + choice.territoire : "";
  if (former) document.title = document.title.replace(former.now.title, now.title);
}

function fillTable(view, shown, former) {
  const { table } = view.parts;
  const body = table.tBodies[0];
  if (former && former.now === shown.now) {
    body.querySelectorAll("a[data-key]").forEach((link) => mark(link, shown));
    return;
  }
  const focused = body.contains(document.activeElement) ? document.activeElement.textContent : null;
  const head = table.tHead.rows[0].cells;
  Array.from(head).forEach((cell) => cell.removeAttribute("aria-sort"));
  setText(head[0], shown.choice.niveau === "regions" ? "Région" : "Département");
  setText(head[1], "Valeur" + NBSP + "(" + shown.data.unit + ")");
  const rows = shown.level.order.map((i) => row(shown, i));
  if (shown.france) {
    rows.unshift(el("tr", { class: "total" }, el("th", { scope: "row" }, "France"),
      valueCell(shown.france.text[0], phrase(shown, shown.france, 0), shown.france.raw[0]), el("td", { class: "num" })));
  }
  body.replaceChildren(...rows);
  if (focused) {
    const again = Array.from(body.querySelectorAll("a")).find((link) => link.textContent === focused);
    if (again) again.focus();
  }
}

// setText changes the first text of a head, which may stand in a button that sorts.
function setText(cell, text) {
  const holder = cell.querySelector("button") || cell;
  holder.firstChild.nodeValue = text;
}

function row(shown, i) {
  const { now, level, choice, first } = shown;
  const place = level.territories[i];
  const link = el("a", { href: addressOf(addressed({ ...choice, territoire: place.key }, first)), "data-key": place.key, "data-index": String(i) }, place.name);
  mark(link, shown);
  const rank = now.rank[i];
  return el("tr", { "data-index": String(i) }, el("th", { scope: "row" }, link), valueCell(now.text[i], phrase(shown, now, i), now.raw[i]),
    el("td", { class: "num", "data-sort": rank ? String(rank) : null }, rank ? rankText(shown, i) : el("abbr", { title: "sans rang" }, "–")));
}

function mark(link, shown) {
  const here = link.dataset.key === shown.choice.territoire;
  link.closest("tr")?.classList.toggle("chosen", here);
  if (here) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

// point lights up on the map the territory of a row.
function point(view, row) {
  if (view.map) view.map.point(row && row.dataset.index ? Number(row.dataset.index) : -1);
}

// light lights up in the table the row of a territory of the map.
function light(view, i) {
  view.parts.table.querySelectorAll("tr.here").forEach((tr) => tr.classList.remove("here"));
  if (i >= 0) view.parts.table.querySelector('tr[data-index="' + i + '"]')?.classList.add("here");
}

async function draw(view, shown, turn) {
  const { root } = view;
  if (root.dataset.drawings) {
    await window.atlas.load(root.dataset.drawings);
    if (turn !== view.turn) return;
  }
  const { drawings } = window.atlas;
  if (!drawings) return;
  if (!view.map) mount(view, drawings);
  fillLegend(view, shown);
  const of = { shown, told: (i) => told(shown, i), phrase: (figures, i) => phrase(shown, figures, i) };
  view.map.show(of);
  view.ranking.show(of);
  view.map.box.setAttribute("aria-label", "Carte" + NBSP + ": " + shown.now.title + ". Le tableau donne toutes les valeurs.");
  view.ranking.box.setAttribute("aria-label", "Classement" + NBSP + ": " + shown.now.title + ". Le tableau donne tous les rangs.");
  fillGrowth(view, shown, of);
}

// mount puts the drawings of the script in the place of those of the page.
function mount(view, drawings) {
  const { parts } = view;
  const answers = { choose: (i) => choose(view, view.shown.first, view.shown.level.territories[i].key), light: (i) => light(view, i) };
  const box = (name) => el("div", { class: name, role: "img" });
  const boxes = [box("explorer-canvas"), box("explorer-ranking"), box("explorer-growth")];
  view.legend = el("div", { class: "legend" });
  document.querySelector(".bubble")?.remove(); // of the map that goes
  view.growthTitle = el("h3", {});
  parts.map.replaceChildren(el("div", { class: "map-and-legend" }, boxes[0], view.legend));
  parts.chart.replaceChildren(boxes[1]);
  parts.place.replaceChildren(view.growthTitle, boxes[2]);
  parts.place.hidden = false;
  view.map = drawings.map(boxes[0], answers);
  view.ranking = drawings.ranking(boxes[1], answers);
  view.growth = drawings.growth(boxes[2]);
}

function fillLegend(view, shown) {
  const { now } = shown;
  const entries = (now.legend || []).map((c) => el("li", {},
    svg("svg", { class: "swatch", viewBox: "0 0 280 180", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: c.class, width: 280, height: 180, fill: c.colour }), c.hatch ? svg("path", { d: HATCHES, stroke: c.hatch, "stroke-width": 18 }) : null),
    el("span", {}, c.label + " ", el("small", {}, "(" + c.count + ")"))));
  if (now.nodata) entries.push(el("li", {}, el("span", { class: "swatch nd" }), el("span", {}, "n.d." + NBSP + ": non disponible")));
  view.legend.classList.toggle("legend-around", (now.legend || []).some((c) => c.hatch));
  view.legend.hidden = entries.length === 0;
  view.legend.replaceChildren(...(now.legend ? [el("p", { class: "legend-unit" }, now.unit)] : []), el("ul", {}, ...entries));
}

// fillGrowth draws the years of the chosen territory, or of France.
function fillGrowth(view, shown, of) {
  const { data, choice, level, place } = shown;
  const years = Object.keys(data.levels[choice.niveau].years).sort();
  const moments = years.map((y) => view.form.querySelector('[name="annee"][value="' + y + '"]').nextElementSibling.textContent);
  const lines = [];
  const add = (name, figuresOf, i, national) => lines.push({
    name, national, raw: years.map((y) => figuresOf(y).raw[i]), text: years.map((y) => of.phrase(figuresOf(y), i)),
  });
  if (place >= 0) add(level.territories[place].name, (y) => data.levels[choice.niveau].years[y], place, false);
  if (data.france && (place < 0 || data.ratio)) add("France", (y) => data.france[y], 0, true);
  view.parts.place.hidden = lines.length === 0 || years.length < 2;
  if (view.parts.place.hidden) return;
  view.growthTitle.textContent = place < 0 ? "En France, année après année" : level.territories[place].in + ", année après année";
  const words = lines.map((line) => line.name + NBSP + ": " + moments.map((m, i) => m + ", " + line.text[i]).join(" ; ")).join(". ");
  view.growth.box.setAttribute("aria-label", "Évolution. " + words + ".");
  view.growth.show({ moments, lines });
}

const root = document.querySelector("section.explorer");
if (root && window.atlas) start(root);
