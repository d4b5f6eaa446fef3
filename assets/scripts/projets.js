// The directory of the projects: search as one types, filters that say how many projects they would
// leave, sorting, and the export of the selection. What is shown is kept in the address.
import { el } from "./lib/dom.js";
import { fileLink, readAddress, writeAddress } from "./lib/address.js";
import { matches, prepare, words } from "./lib/projects.js";

const NBSP = "\u00a0";
const perPage = 40;
const byText = new Intl.Collator("fr", { numeric: true });

const orders = {
  subvention: (a, b) => a.m - b.m,
  essms: (a, b) => a.e - b.e,
  date: (a, b) => (a.d < b.d ? -1 : a.d > b.d ? 1 : 0),
  porteur: (a, b) => byText.compare(a.h, b.h),
  numero: (a, b) => byText.compare(a.n, b.n),
};
const firstOrder = "-subvention";

// grouped writes a whole number as the pages do: U+202F between thousands.
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const projects = (n) => grouped(n) + NBSP + (n < 2 ? "projet" : "projets");

function start(root, list) {
  const part = (name) => root.querySelector(name);
  const view = {
    root, list,
    query: part("#q"), sort: part("#tri"), status: part("[role=status]"), chosen: part(".directory-chosen"),
    results: part(".directory-list"), pages: part("nav.pages"), exports: [...root.querySelectorAll("[data-lines]")],
    facets: [...root.querySelectorAll("[data-facet]")].map(facet),
    page: 1, found: [],
  };
  prepare(list);
  root.hidden = false;
  fold(root);
  restore(view);

  let typing;
  view.query.addEventListener("input", () => {
    view.page = 1;
    show(view);
    clearTimeout(typing);
    typing = setTimeout(() => remember(view), 600);
  });
  root.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => event.preventDefault()));
  root.addEventListener("change", (event) => {
    if (event.target === view.query) return;
    clearTimeout(typing);
    view.page = 1;
    show(view);
    remember(view);
  });
  window.addEventListener("popstate", () => {
    clearTimeout(typing);
    restore(view);
  });
  view.exports.forEach((button) => button.addEventListener("click", () => save(view, button)));
}

// fold closes the filters where there is no room beside the results.
function fold(root) {
  const wide = window.matchMedia("(min-width: 60rem)");
  const filters = root.querySelector(".directory-filters");
  const follow = () => { filters.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}

// facet is a question, with the boxes of its answers.
function facet(node) {
  const boxes = [...node.querySelectorAll("input")];
  return {
    id: node.dataset.facet, node, boxes, name: node.querySelector("summary").textContent,
    counts: boxes.map((box) => box.closest("li").querySelector("small")),
    texts: boxes.map((box) => box.closest("li").querySelector("span").textContent),
  };
}

const ticked = (facet) => facet.boxes.flatMap((box, i) => (box.checked ? [i] : []));

// restore reads the address.
function restore(view) {
  const address = readAddress();
  view.query.value = address.get("q") ?? "";
  view.sort.value = address.get("tri") ?? firstOrder;
  if (!view.sort.value) view.sort.value = firstOrder;
  view.page = Math.max(1, Number.parseInt(address.get("page"), 10) || 1);
  for (const f of view.facets) {
    const keys = (address.get(f.id) ?? "").split(",");
    let any = false;
    for (const box of f.boxes) {
      box.checked = keys.includes(box.value);
      any ||= box.checked;
    }
    if (any) f.node.open = true;
  }
  show(view);
}

function remember(view) {
  const state = { q: view.query.value.trim() };
  for (const f of view.facets) state[f.id] = ticked(f).map((i) => f.boxes[i].value).join(",");
  state.tri = view.sort.value === firstOrder ? "" : view.sort.value;
  state.page = view.page > 1 ? String(view.page) : "";
  try {
    writeAddress(state);
  } catch {
    // Some browsers keep no state for a page opened from a disk.
  }
}

// show finds, counts and writes everything anew.
function show(view) {
  const wanted = words(view.query.value);
  const choices = view.facets.map((f) => new Set(ticked(f)));
  const counts = view.facets.map((f) => f.boxes.map(() => 0));
  view.found = [];
  for (const project of view.list) {
    if (!matches(project, wanted)) continue;
    const refused = choices.flatMap((chosen, k) => (chosen.size && !project.f[k].some((i) => chosen.has(i)) ? [k] : []));
    if (refused.length === 0) view.found.push(project);
    // An answer counts the projects that all the other questions leave.
    if (refused.length < 2) {
      project.f.forEach((options, k) => {
        if (refused.length === 0 || refused[0] === k) for (const i of options) counts[k][i]++;
      });
    }
  }
  const order = view.sort.value.replace("-", "");
  const way = view.sort.value.startsWith("-") ? -1 : 1;
  view.found.sort((a, b) => way * orders[order](a, b) || a.place - b.place);
  view.page = Math.min(view.page, Math.max(1, Math.ceil(view.found.length / perPage)));
  showFacets(view, counts);
  showChosen(view);
  showStatus(view);
  showList(view, wanted);
  showPages(view);
  for (const button of view.exports) button.disabled = view.found.length === 0;
}

function showFacets(view, counts) {
  view.facets.forEach((f, k) => {
    f.boxes.forEach((box, i) => {
      f.counts[i].textContent = grouped(counts[k][i]);
      const item = box.closest("li");
      item.classList.toggle("none", counts[k][i] === 0);
      // An answer that no project of the edition gives is not worth a line.
      item.hidden = counts[k][i] === 0 && !box.checked && !view.list.some((p) => p.f[k].includes(i));
    });
    const n = ticked(f).length;
    f.node.querySelector("summary").replaceChildren(f.name, ...(n ? [" ", el("span", { class: "chosen" }, "(" + n + ")")] : []));
  });
}

// showChosen lists the answers in force; each is a button that takes it away.
function showChosen(view) {
  const chips = view.facets.flatMap((f) => ticked(f).map((i) => {
    const button = el("button", { type: "button", "aria-label": "Retirer le filtre " + f.name + NBSP + ": " + f.texts[i] }, f.texts[i] + NBSP + "×");
    button.addEventListener("click", () => {
      f.boxes[i].checked = false;
      afterRemoval(view);
    });
    return el("li", {}, button);
  }));
  if (chips.length) {
    const all = el("button", { type: "button" }, "Tout effacer");
    all.addEventListener("click", () => {
      view.query.value = "";
      for (const f of view.facets) for (const box of f.boxes) box.checked = false;
      afterRemoval(view);
    });
    chips.push(el("li", { class: "all" }, all));
  }
  view.chosen.hidden = chips.length === 0;
  view.chosen.replaceChildren(...chips);
}

// afterRemoval keeps the focus near the button that has gone.
function afterRemoval(view) {
  view.page = 1;
  show(view);
  remember(view);
  (view.chosen.querySelector("button") ?? view.query).focus();
}

function showStatus(view) {
  const sum = view.found.reduce((total, p) => total + p.m, 0);
  const details = view.found.length ? el("small", {}, " · " + grouped(Math.round(sum)) + NBSP + "€ de subventions") : null;
  const line = [projects(view.found.length), details].filter(Boolean);
  // Said aloud again only when it changes.
  if (view.status.textContent !== line.map((x) => x.textContent ?? x).join("")) view.status.replaceChildren(...line);
}

function showList(view, wanted) {
  const first = (view.page - 1) * perPage;
  if (view.found.length === 0) {
    view.results.replaceChildren(el("p", { class: "nothing" }, "Aucun projet ne répond à cette recherche. Essayez moins de mots, ou retirez un filtre."));
    return;
  }
  view.results.replaceChildren(el("ol", { start: first + 1 }, ...view.found.slice(first, first + perPage).map((p) => item(p, wanted))));
}

function item(p, wanted) {
  return el("li", {},
    el("a", { href: fileLink(p.a + "/") }, ...marked(p.t, wanted)),
    el("span", { class: "amount" }, p.u),
    el("span", { class: "about" }, ...marked(p.h, wanted), " · ", p.r.join(", "), " · ", ...marked(p.n, wanted), " · ", p.p, ", ", p.j),
    el("span", { class: "size" }, grouped(p.e) + NBSP + "ESSMS"));
}

// marked shows where the words that are looked for stand.
function marked(text, wanted) {
  if (wanted.length === 0) return [text];
  const out = [];
  let end = 0;
  for (const piece of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const plain = words(piece[0])[0] ?? "";
    if (!wanted.some((word) => plain.includes(word))) continue;
    out.push(text.slice(end, piece.index), el("mark", {}, piece[0]));
    end = piece.index + piece[0].length;
  }
  out.push(text.slice(end));
  return out;
}

function showPages(view) {
  const pages = Math.ceil(view.found.length / perPage);
  view.pages.hidden = pages < 2;
  const go = (text, to) => {
    const button = el("button", { type: "button", disabled: to < 1 || to > pages }, text);
    button.addEventListener("click", () => {
      view.page = to;
      show(view);
      remember(view);
      view.results.focus({ preventScroll: true });
      view.status.scrollIntoView({ block: "start" });
    });
    return button;
  };
  view.pages.replaceChildren(go("Précédente", view.page - 1), el("span", { class: "where" }, "Page " + view.page + " sur " + pages), go("Suivante", view.page + 1));
}

// save writes the lines of the selection, in the order of the open data.
async function save(view, button) {
  const data = await window.atlas.data(button.dataset.lines);
  const lines = [...view.found].sort((a, b) => a.place - b.place).map((p) => data.lignes[p.place]);
  const address = URL.createObjectURL(new Blob([data.entete, ...lines], { type: "text/csv;charset=utf-8" }));
  el("a", { href: address, download: data.nom }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const root = document.querySelector("#annuaire");
if (root) window.atlas.data(root.dataset.projects).then((list) => start(root, list));
